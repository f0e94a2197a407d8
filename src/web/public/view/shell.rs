//! What surrounds every page of the public: languages, navigation, the division and its hours.

use jiff::civil::{Date, Weekday};

use crate::domain::calendar::{Closed, MonthDay};
use crate::domain::division::Names;
use crate::domain::language::Language;
use crate::language::{Words, dates};
use crate::web::public::view::counter::{
    ClosedView, DivisionView, HoursLine, HoursView, NumberView, OpenView, OpeningDay,
};
use crate::web::view::own_name;
pub(crate) use crate::web::view::tag;

/// What surrounds a page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language of the page.
    pub language: Language,
    /// Its words.
    pub words: Words,
    /// The title of the page, without the division.
    pub title: String,
    /// The page in one sentence, for lists of search engines; empty where there is none.
    pub description: String,
    /// The same page in every language, this one too.
    pub languages: Vec<LanguageLink>,
    /// Links that hold outside of this site begin so: `https://desk.example`.
    pub public_url: String,
    /// Whether search engines may list the page.
    pub listing: Listing,
    /// What stands at the foot of each page: title and path.
    pub information: Vec<(Translated, String)>,
    /// Whether there is a directory of sister cities.
    pub has_sister_cities: bool,
    /// Where in the navigation the page stands.
    pub section: Section,
    /// Whose site it is.
    pub site: SiteView,
    /// Whose page it is.
    pub division: DivisionView,
    /// Path of the style sheet.
    pub stylesheet: String,
    /// The organisation's logo: where it is, its width and its height.
    pub logo: Option<(String, i32, i32)>,
    /// Path of the style sheet with the organisation's colours, where it has its own.
    pub theme: Option<String>,
    /// Path of the script.
    pub script: String,
}

/// Where in the navigation a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The start page.
    Start,
    /// A programme.
    Programmes,
    /// Questions often asked.
    Questions,
    /// The directory of sister cities.
    SisterCities,
    /// What was looked for.
    Search,
    /// The form and its receipt.
    Enquiries,
    /// Nowhere in the navigation.
    Elsewhere,
}

/// Whether search engines may list a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// They may.
    Listed,
    /// It is one visitor's, or says what is wrong.
    Unlisted,
}

/// The same page in another language.
#[derive(Debug, Clone)]
pub struct LanguageLink {
    /// That language.
    pub language: Language,
    /// Its path.
    pub href: String,
}

/// A text of staff, with the tag of its language where that is not the reader's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translated {
    /// The name.
    pub text: String,
    /// The tag.
    pub foreign: Option<&'static str>,
}

impl Translated {
    /// A text in several languages as a reader gets it.
    #[must_use]
    pub fn of(names: &Names, reader: Language) -> Self {
        let written_in = names.language_for(reader);
        let foreign = (written_in != reader).then(|| tag(written_in));
        Self { text: names.text(reader).to_owned(), foreign }
    }
}

/// Whose site it is.
#[derive(Debug, Clone)]
pub struct SiteView {
    /// The organisation, in the page's language.
    pub organisation: Translated,
    /// The first division's name in the page's language.
    pub name: Translated,
    /// Its name in a second language: English beside Japanese, Japanese beside the others.
    pub second_name: String,
    /// That language.
    pub second_language: Language,
}

impl SiteView {
    /// The tag of the second language.
    #[must_use]
    pub fn second_tag(&self) -> &'static str {
        tag(self.second_language)
    }
}

impl Shell {
    /// The tag for `lang` attributes: the script of Chinese is said, since fonts differ by it.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        tag(self.language)
    }

    /// What stands in the window's title.
    #[must_use]
    pub fn page_title(&self) -> String {
        self.words.tell(
            "page-title",
            &[("title", self.title.as_str().into()), ("division", self.site.name.text.as_str().into())],
        )
    }

    /// A path of the public pages in this language: `shell.path("enquiries/new")`.
    #[must_use]
    pub fn path(&self, rest: &str) -> String {
        format!("/{}/{rest}", self.language)
    }

    /// What was asked for goes along to the page in another language; search engines need not list every answer.
    pub fn ask_in_every_language(&mut self, query: &str) {
        self.languages.iter_mut().for_each(|link| link.href = format!("{}?{query}", link.href));
        self.listing = Listing::Unlisted;
    }

    /// The page's own address, by which search engines know it.
    #[must_use]
    pub fn canonical(&self) -> Option<String> {
        let own = self.languages.iter().find(|link| link.language == self.language)?;
        (self.listing == Listing::Listed).then(|| self.outside(&own.href))
    }

    /// The language as Open Graph names it.
    #[must_use]
    pub fn locale(&self) -> &'static str {
        match self.language {
            Language::Japanese => "ja_JP",
            Language::English => "en_GB",
            Language::Chinese => "zh_CN",
            Language::Korean => "ko_KR",
            Language::French => "fr_FR",
        }
    }

    /// A path of ours as a link that holds outside of this site.
    #[must_use]
    pub fn outside(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// The telephone number that the readers of this language dial.
    #[must_use]
    pub fn telephone(&self) -> &str {
        self.dialled(&self.division.telephone)
    }

    /// The fax number that the readers of this language dial, if there is one.
    #[must_use]
    pub fn fax(&self) -> Option<&str> {
        self.division.fax.as_ref().map(|fax| self.dialled(fax))
    }

    /// Whether the page is Japanese, whose readers dial within the country.
    #[must_use]
    pub fn is_japanese(&self) -> bool {
        self.language == Language::Japanese
    }

    /// The hours, a line for each group of days.
    #[must_use]
    pub fn hours(&self) -> Vec<HoursLine> {
        self.division.hours.iter().map(|hours| self.hours_line(hours)).collect()
    }

    /// On which days the counter is closed, in sentences.
    #[must_use]
    pub fn closed(&self) -> Vec<String> {
        let ClosedView { on_weekends, on_holidays, over_new_year, runs } = &self.division.closed;
        let usual: &[&str] = match (on_weekends, on_holidays, over_new_year) {
            (true, true, true) => &["hours-closed"],
            (_, true, true) => &["hours-closed-holidays", "hours-closed-new-year"],
            (_, true, false) => &["hours-closed-holidays"],
            (_, false, true) => &["hours-closed-new-year"],
            (_, false, false) => &[],
        };
        // Any year has these days; the leap year has all of them.
        let day = |(month, day): MonthDay| Date::new(2000, month, day).map(|day| dates::date_short(self.language, day));
        let runs = runs.iter().filter_map(|closed| {
            let (first, last) = match *closed {
                Closed::EachYear(from, until) => (day(from).ok()?, day(until).ok()?),
                Closed::Once(from, until) => {
                    (dates::date_full(self.language, from), dates::date_full(self.language, until))
                }
            };
            Some(match first == last {
                true => self.words.with("hours-closed-day", "day", first),
                false => self.words.tell("hours-closed-days", &[("first", first.into()), ("last", last.into())]),
            })
        });
        usual.iter().map(|key| self.words.say(key)).chain(runs).collect()
    }

    /// What stands between two spans of hours.
    #[must_use]
    pub fn hours_between(&self) -> String {
        let between = self.words.say("hours-between");
        if matches!(self.language, Language::Japanese | Language::Chinese) { between } else { format!("{between} ") }
    }

    /// "until 12:00 Japan time", or when the counter opens again.
    #[must_use]
    pub fn open_words(&self) -> String {
        let (key, date, at) = match self.division.open {
            OpenView::Open { until } => ("counter-open-until", None, until),
            OpenView::Closed { day: OpeningDay::Today, at } => ("counter-opens-today", None, at),
            OpenView::Closed { day: OpeningDay::Tomorrow, at } => ("counter-opens-tomorrow", None, at),
            OpenView::Closed { day: OpeningDay::On(date), at } => ("counter-opens-on", Some(date), at),
            OpenView::Unknown => return String::new(),
        };
        let date = date.map(|date| dates::date_long(self.language, date)).unwrap_or_default();
        let time = dates::time(self.language, at);
        self.words.tell(key, &[("date", date.into()), ("time", time.into())])
    }

    /// What stands between a word and the link after it: Japanese and Chinese write without blanks.
    #[must_use]
    pub fn gap_before_link(&self) -> &'static str {
        if matches!(self.language, Language::Japanese | Language::Chinese) { "" } else { " " }
    }

    /// What stands between a link and the word after it: Korean joins its particles too.
    #[must_use]
    pub fn gap_after_link(&self) -> &'static str {
        if self.language == Language::Korean { "" } else { self.gap_before_link() }
    }

    fn dialled<'a>(&self, number: &'a NumberView) -> &'a str {
        if self.is_japanese() { &number.national } else { &number.international }
    }

    fn hours_line(&self, hours: &HoursView) -> HoursLine {
        let days = match (hours.first, hours.last) {
            (Weekday::Monday, Weekday::Friday) => self.words.say("hours-monday-friday"),
            (first, last) if first == last => self.words.with("hours-day", "day", dates::weekday(self.language, first)),
            (first, last) => self.words.tell(
                "hours-days",
                &[
                    ("first", dates::weekday(self.language, first).into()),
                    ("last", dates::weekday(self.language, last).into()),
                ],
            ),
        };
        let zone = self.words.say("hours-zone");
        let gap = if zone.is_empty() || zone.starts_with([',', '（']) { "" } else { " " };
        let spans = hours.spans.iter().map(|(from, to)| dates::time_span(self.language, *from, *to));
        HoursLine { days, spans: spans.collect(), zone: format!("{gap}{zone}") }
    }
}

impl LanguageLink {
    /// The tag for `lang` and `hreflang`.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        tag(self.language)
    }

    /// The language's name in itself.
    #[must_use]
    pub fn own_name(&self) -> String {
        own_name(self.language)
    }
}
