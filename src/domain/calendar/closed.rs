//! Days on which nobody is there: the same each year, or once.

use jiff::civil::Date;

use super::BadCalendar;

/// A month and a day of it, in every year.
pub type MonthDay = (i8, i8);

/// A run of days, its ends among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Each year; it may run over the New Year.
    EachYear(MonthDay, MonthDay),
    /// Once.
    Once(Date, Date),
}

impl Closed {
    /// Reads both ends: `12-29` and `01-03`, or `2026-12-01` and `2026-12-03`.
    pub(super) fn read(from: &str, until: &str) -> Result<Self, BadCalendar> {
        match (day(from)?, day(until)?) {
            (Day::EachYear(from), Day::EachYear(until)) => Ok(Self::EachYear(from, until)),
            (Day::Once(from), Day::Once(until)) if from <= until => Ok(Self::Once(from, until)),
            _ => Err(BadCalendar::Time(format!("{from} to {until}"))),
        }
    }

    /// Both ends as they are read.
    pub(super) fn written(self) -> (String, String) {
        let each_year = |(month, day): MonthDay| format!("{month:02}-{day:02}");
        match self {
            Self::EachYear(from, until) => (each_year(from), each_year(until)),
            Self::Once(from, until) => (from.to_string(), until.to_string()),
        }
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        match self {
            Self::Once(from, until) => (from..=until).contains(&day),
            Self::EachYear(from, until) => {
                let day = (day.month(), day.day());
                if from <= until { (from..=until).contains(&day) } else { day >= from || day <= until }
            }
        }
    }
}

enum Day {
    EachYear(MonthDay),
    Once(Date),
}

fn day(text: &str) -> Result<Day, BadCalendar> {
    let bad = || BadCalendar::Time(text.to_owned());
    let parts = text.split('-').map(|part| part.trim().parse::<i16>()).collect::<Result<Vec<_>, _>>();
    let date = |year, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match parts.map_err(|_| bad())?[..] {
        // 2000 was a leap year, so that 02-29 can be named.
        [month, day] => date(2000, month, day).map(|day| Day::EachYear((day.month(), day.day()))).ok_or_else(bad),
        [year @ 2000..=9999, month, day] => date(year, month, day).map(Day::Once).ok_or_else(bad),
        _ => Err(bad()),
    }
}
