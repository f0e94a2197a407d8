//! What surrounds every page of staff.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::domain::language::Language;
use crate::language::{Words, dates};

/// Where in the navigation a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// The dashboard.
    Dashboard,
    /// What waits for us.
    Queue,
    /// One's own tickets.
    Mine,
    /// All tickets.
    All,
    /// The intake ledger.
    Arrivals,
    /// Letters.
    Outbox,
    /// What was taken for spam.
    Spam,
    /// The pages of the public.
    Pages,
    /// The directory of sister cities.
    SisterCities,
    /// What automatic messages say.
    Wording,
    /// The organisation, its divisions, topics and colours.
    Settings,
    /// Nowhere.
    Elsewhere,
}

/// What surrounds a page.
#[derive(Debug, Clone)]
pub struct StaffShell {
    /// The words of the page.
    pub words: Words,
    /// The language of the page.
    pub language: Language,
    /// Who is signed in.
    pub member: String,
    /// The division.
    pub division: String,
    /// Where the page stands.
    pub nav: Nav,
    /// Tickets that wait for us.
    pub waiting: i64,
    /// One's own live tickets.
    pub mine: i64,
    /// Live tickets that nobody has.
    pub unassigned: i64,
    /// Arrivals that were not understood.
    pub quarantined: i64,
    /// Letters that wait for a person.
    pub troubled: i64,
    /// Whether one may change tickets.
    pub may_change: bool,
    /// Whether one may change the desk's settings.
    pub may_administer: bool,
    /// The hidden token of the forms of the shell.
    pub token: String,
    /// Path of the style sheet.
    pub stylesheet: String,
    /// Path of the style sheet with the organisation's colours, where it has its own.
    pub theme: Option<String>,
    /// Path of the script.
    pub script: String,
    /// The division's zone.
    pub zone: TimeZone,
    /// Now.
    pub now: Timestamp,
    /// The page's title.
    pub title: String,
    /// Where the language switch leads back to.
    pub path: String,
}

impl StaffShell {
    /// The first letter of one's name, for the mark beside it.
    #[must_use]
    pub fn initial(&self) -> String {
        initial(&self.member)
    }

    /// A time in the division's zone: the hour today and yesterday, the date before, with its year where that is over.
    #[must_use]
    pub fn when(&self, at: &Timestamp) -> String {
        let (at, now) = (self.local(*at), self.local(self.now));
        let clock = dates::clock(at.time());
        match at.date() {
            day if day == now.date() => clock,
            day if now.date().yesterday().is_ok_and(|yesterday| yesterday == day) => {
                self.words.with("yesterday", "time", clock)
            }
            day if day.year() == now.date().year() => format!("{} {clock}", dates::date_short(self.language, day)),
            day => format!("{} {clock}", dates::date_numeric(self.language, day)),
        }
    }

    /// How long ago, in the largest unit that is not nought.
    #[must_use]
    pub fn age(&self, since: &Timestamp) -> String {
        let minutes = (self.now.as_second() - since.as_second()).max(0) / 60;
        let (key, count) = match minutes {
            0 => return self.words.say("age-now"),
            1..60 => ("age-minutes", minutes),
            60..1440 => ("age-hours", minutes / 60),
            _ => ("age-days", minutes / 1440),
        };
        self.words.count(key, count)
    }

    /// The other language of staff.
    #[must_use]
    pub fn other_language(&self) -> Language {
        if self.language == Language::Japanese { Language::English } else { Language::Japanese }
    }

    pub(crate) fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }
}

/// The first letter of a name.
pub(crate) fn initial(name: &str) -> String {
    name.chars().next().map(|first| first.to_uppercase().collect()).unwrap_or_default()
}
