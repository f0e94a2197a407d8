//! The division at the counter: how it is reached, and when.

use jiff::civil::{Date, Time, Weekday};

use crate::domain::calendar::Closed;
use crate::web::public::view::shell::Translated;

/// The division at the counter.
#[derive(Debug, Clone)]
pub struct DivisionView {
    /// Its name in the page's language.
    pub name: Translated,
    /// Telephone.
    pub telephone: NumberView,
    /// Fax.
    pub fax: Option<NumberView>,
    /// Address for enquiries.
    pub email: String,
    /// When somebody is at the counter.
    pub hours: Vec<HoursView>,
    /// On which days nobody is.
    pub closed: ClosedView,
    /// Whether somebody is there now.
    pub open: OpenView,
    /// When that changes (RFC 3339), for the script that tells it in the reader's own time.
    pub turns_at: Option<String>,
}

/// Days on which nobody is at the counter, besides those without hours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClosedView {
    /// Saturday and Sunday are among those without hours.
    pub on_weekends: bool,
    /// Japan's public holidays.
    pub on_holidays: bool,
    /// A run of days from December into January.
    pub over_new_year: bool,
    /// Further runs of days.
    pub runs: Vec<Closed>,
}

/// A number as it is dialled.
#[derive(Debug, Clone)]
pub struct NumberView {
    /// Within Japan: "03-5213-1723".
    pub national: String,
    /// From anywhere: "+81-3-5213-1723".
    pub international: String,
}

/// Days with the same hours.
#[derive(Debug, Clone)]
pub struct HoursView {
    /// The first of the days.
    pub first: Weekday,
    /// The last of them.
    pub last: Weekday,
    /// From when to when.
    pub spans: Vec<(Time, Time)>,
}

/// A line of hours in words. A span stays in one piece; [`Shell::hours_between`] stands between two.
#[derive(Debug, Clone)]
pub struct HoursLine {
    /// On which days.
    pub days: String,
    /// From when to when.
    pub spans: Vec<String>,
    /// In whose time, with what parts it from the spans; nothing in Japanese.
    pub zone: String,
}

/// Whether the counter is open, in the division's time.
#[derive(Debug, Clone, Copy)]
pub enum OpenView {
    /// Until its next closing.
    Open {
        /// When that is.
        until: Time,
    },
    /// Until it opens.
    Closed {
        /// On which day.
        day: OpeningDay,
        /// When.
        at: Time,
    },
    /// No opening is known.
    Unknown,
}

/// The day on which the counter opens again.
#[derive(Debug, Clone, Copy)]
pub enum OpeningDay {
    /// Later today.
    Today,
    /// Tomorrow.
    Tomorrow,
    /// Another day.
    On(Date),
}

impl DivisionView {
    /// The address for enquiries up to its `@` and behind it: between them a narrow column may break it.
    #[must_use]
    pub fn email_parts(&self) -> (&str, &str) {
        self.email.rfind('@').map_or((&self.email, ""), |at| self.email.split_at(at + 1))
    }

    /// Whether somebody is at the counter now.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.open, OpenView::Open { .. })
    }
}
