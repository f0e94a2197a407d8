//! What surrounds a public page, from what the desk knows.

use std::sync::Arc;

use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp, Zoned};
use uuid::Uuid;

use crate::desk::site::Published;
use crate::desk::site::sister_cities::SisterCities;
use crate::domain::Named;
use crate::domain::calendar::{Closed, OpenState, PublicHolidays, WorkingCalendar};
use crate::domain::division::{Directory, Division};
use crate::domain::language::Language;
use crate::domain::page::PageKind;
use crate::domain::phone::national;
use crate::language::Words;
use crate::web::assets::Embedded;
use crate::web::public::failure::away;
use crate::web::public::view::counter::{ClosedView, DivisionView, HoursView, NumberView, OpenView, OpeningDay};
use crate::web::public::view::shell::{LanguageLink, Listing, Section, Shell, SiteView, Translated, tag};
use crate::web::site::Site;
use crate::web::{logo, theme};

/// The language that a path names.
pub(crate) fn language(name: &str) -> poem::Result<Language> {
    Language::from_name(name).map_err(|_| poem::Error::from_status(poem::http::StatusCode::NOT_FOUND))
}

/// What the pages of the public are made of, as it was read for one of them.
pub(crate) struct PublicDesk {
    pub(crate) language: Language,
    pub(crate) directory: Arc<Directory>,
    pub(crate) published: Arc<Published>,
    pub(crate) sister_cities: Arc<SisterCities>,
    pub(crate) now: Timestamp,
    public_url: String,
}

impl PublicDesk {
    /// For a page in the language that its path names.
    ///
    /// # Errors
    /// 404 for a language that is none of ours, 503 while the database is away.
    pub(crate) async fn read(site: &Site, language_name: &str) -> poem::Result<Self> {
        let language = language(language_name)?;
        let desk = &site.opened()?.desk;
        let reading = async { tokio::try_join!(desk.directory(), desk.published(), desk.sister_cities()) };
        let (directory, published, sister_cities) = reading.await.map_err(away)?;
        Ok(Self::new(site, language, directory, published, sister_cities))
    }

    /// As it was last read, however old: for pages that must say something while the database is away.
    pub(crate) async fn as_last_read(site: &Site, language: Language) -> Option<Self> {
        let desk = &site.opened().ok()?.desk;
        let directory = desk.directory_as_last_read().await?;
        let published = desk.published_as_last_read().await.unwrap_or_default();
        let sister_cities = desk.sister_cities_as_last_read().await.unwrap_or_default();
        Some(Self::new(site, language, directory, published, sister_cities))
    }

    fn new(
        site: &Site,
        language: Language,
        directory: Arc<Directory>,
        published: Arc<Published>,
        sister_cities: Arc<SisterCities>,
    ) -> Self {
        let public_url = site.serving().public_url.clone();
        Self { language, directory, published, sister_cities, now: Timestamp::now(), public_url }
    }

    /// What surrounds a page about something that a certain division answers: that one stands at its counter.
    pub(crate) fn shell_at(&self, division: Option<Uuid>, section: Section, rest: &str) -> Shell {
        let mut shell = self.shell(section, rest);
        if let Some(division) = division.and_then(|id| self.directory.division(id)) {
            shell.division = division_view(division, self.language, self.now);
        }
        shell
    }

    /// The division that answers about a topic.
    pub(crate) fn answering(&self, topic: &str) -> Option<Uuid> {
        self.directory.topic(topic).map(|topic| topic.division)
    }

    /// What surrounds a page. `rest` is the page's path after the language. The first division stands at its counter.
    pub(crate) fn shell(&self, section: Section, rest: &str) -> Shell {
        let (language, words) = (self.language, Words::public(self.language));
        let information = self.published.catalogue.of_kind(PageKind::Information).into_iter().filter_map(|page| {
            let (written_in, text) = page.texts.for_reader(language)?;
            let foreign = (written_in != language).then_some(written_in);
            let title = Translated { text: text.title.clone(), foreign: foreign.map(tag) };
            Some((title, format!("/{language}/pages/{}", page.slug)))
        });
        let first = self.directory.divisions.first();
        Shell {
            language,
            words,
            title: String::new(),
            description: String::new(),
            public_url: self.public_url.clone(),
            listing: Listing::Listed,
            information: information.collect(),
            languages: Language::ALL
                .iter()
                .map(|other| LanguageLink { language: *other, href: format!("/{other}/{rest}") })
                .collect(),
            has_sister_cities: !self.sister_cities.entries.is_empty(),
            section,
            site: site_view(&self.directory, language),
            division: first.map_or_else(nobody, |division| division_view(division, language, self.now)),
            stylesheet: Embedded::PublicStyle.path(),
            logo: self.directory.organisation.logo.as_ref().map(|logo| (logo::path(logo), logo.width, logo.height)),
            theme: theme::path(&self.directory),
            script: Embedded::PublicScript.path(),
        }
    }
}

fn site_view(directory: &Directory, language: Language) -> SiteView {
    let second = if language == Language::Japanese { Language::English } else { Language::Japanese };
    let first = directory.divisions.first();
    SiteView {
        organisation: Translated::of(&directory.organisation.names, language),
        name: first.map(|division| Translated::of(&division.names, language)).unwrap_or_default(),
        second_name: first.map(|division| division.names.text(second).to_owned()).unwrap_or_default(),
        second_language: second,
    }
}

fn division_view(division: &Division, language: Language, now: Timestamp) -> DivisionView {
    DivisionView {
        name: Translated::of(&division.names, language),
        telephone: number(&division.telephone),
        fax: division.fax.as_deref().map(number),
        email: division.email.to_string(),
        hours: hours(&division.calendar),
        closed: closed(&division.calendar, now),
        open: open(division, now),
        turns_at: turns_at(division, now).map(|at| at.to_string()),
    }
}

/// An installation from which somebody took all divisions.
fn nobody() -> DivisionView {
    DivisionView {
        name: Translated::default(),
        telephone: number(""),
        fax: None,
        email: String::new(),
        hours: Vec::new(),
        closed: ClosedView::default(),
        open: OpenView::Unknown,
        turns_at: None,
    }
}

fn number(international: &str) -> NumberView {
    NumberView { national: national(international), international: international.to_owned() }
}

/// Days in a row with the same hours.
fn hours(calendar: &WorkingCalendar) -> Vec<HoursView> {
    let mut groups: Vec<HoursView> = Vec::new();
    for weekday in std::iter::successors(Some(Weekday::Monday), |day| Some(day.next())).take(7) {
        let spans = calendar.hours_of(weekday);
        match groups.last_mut() {
            _ if spans.is_empty() => {}
            Some(group) if group.spans == spans && group.last.next() == weekday => group.last = weekday,
            _ => groups.push(HoursView { first: weekday, last: weekday, spans: spans.to_vec() }),
        }
    }
    groups
}

/// How far ahead days are told on which the counter is closed once.
const TOLD_AHEAD: SignedDuration = SignedDuration::from_hours(60 * 24);

fn closed(calendar: &WorkingCalendar, now: Timestamp) -> ClosedView {
    let weekend = [Weekday::Saturday, Weekday::Sunday];
    let is_new_year = |closed: &Closed| matches!(closed, Closed::EachYear((12, _), (1, _)));
    let today = now.to_zoned(calendar.zone.clone()).date();
    let soon = today.checked_add(TOLD_AHEAD).unwrap_or(today);
    let is_told = |closed: &Closed| match closed {
        Closed::EachYear(..) => true,
        Closed::Once(from, until) => *until >= today && *from <= soon,
    };
    let (new_year, runs): (Vec<_>, Vec<_>) = calendar.closed().iter().copied().filter(is_told).partition(is_new_year);
    ClosedView {
        on_weekends: weekend.iter().all(|weekday| calendar.hours_of(*weekday).is_empty()),
        on_holidays: calendar.public_holidays() == PublicHolidays::Japan,
        over_new_year: !new_year.is_empty(),
        runs,
    }
}

fn open(division: &Division, now: Timestamp) -> OpenView {
    let today = now.to_zoned(division.calendar.zone.clone()).date();
    match division.calendar.open_state(now) {
        OpenState::Open { until } => OpenView::Open { until: until.time() },
        OpenState::Closed { opens: Some(opens) } => {
            OpenView::Closed { day: opening_day(&opens, today), at: opens.time() }
        }
        OpenState::Closed { opens: None } => OpenView::Unknown,
    }
}

fn turns_at(division: &Division, now: Timestamp) -> Option<Timestamp> {
    match division.calendar.open_state(now) {
        OpenState::Open { until } => Some(until.timestamp()),
        OpenState::Closed { opens } => opens.map(|opens| opens.timestamp()),
    }
}

fn opening_day(opens: &Zoned, today: jiff::civil::Date) -> OpeningDay {
    match opens.date() {
        day if day == today => OpeningDay::Today,
        day if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) => OpeningDay::Tomorrow,
        day => OpeningDay::On(day),
    }
}
