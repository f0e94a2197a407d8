//! When a division is open, and by which day an answer is due.

mod closed;
mod typed;

use std::collections::BTreeMap;

pub use closed::{Closed, MonthDay};
use jiff::civil::{Date, Time, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

use crate::domain::holidays;

/// Working days within which an answer is promised, the day of arrival not counted.
pub const PROMISED_WORKING_DAYS: u32 = 3;
/// How far ahead a working day is looked for: a calendar may have none.
const HORIZON_DAYS: usize = 400;

/// A division's hours and closed days. As JSON:
/// `{"zone": "Asia/Tokyo", "hours": {"monday": [["09:00", "12:00"], …], …}, "closed": [["12-29", "01-03"]],
/// "public_holidays": "japan"}`.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct WorkingCalendar {
    /// The zone that its times are in.
    pub zone: TimeZone,
    hours: [Vec<(Time, Time)>; 7],
    closed: Vec<Closed>,
    public_holidays: PublicHolidays,
}

/// Whose public holidays are observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublicHolidays {
    /// Japan's.
    Japan,
    /// Nobody's.
    None,
}

/// Why a calendar cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCalendar {
    /// The zone is unknown.
    #[error("no time zone is called \"{0}\"")]
    Zone(String),
    /// A day of the week is unknown.
    #[error("no day of the week is called \"{0}\"")]
    Weekday(String),
    /// A time or day cannot be read.
    #[error("\"{0}\" is neither a time such as 09:00 nor a day such as 12-29")]
    Time(String),
    /// Hours end before they begin, or overlap.
    #[error("the hours of {0} are not in order")]
    Order(String),
}

/// The calendar as JSON.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Written {
    zone: String,
    hours: BTreeMap<String, Vec<(String, String)>>,
    closed: Vec<(String, String)>,
    public_holidays: PublicHolidays,
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The end of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The day, as it is shown.
    pub day: Date,
    /// The last closing of that day.
    pub at: Timestamp,
}

/// Whether somebody is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenState {
    /// Yes, until the next closing.
    Open {
        /// The next closing.
        until: Zoned,
    },
    /// No.
    Closed {
        /// The next opening; `None` where there is none within a year.
        opens: Option<Zoned>,
    },
}

impl WorkingCalendar {
    /// The hours of a Japanese office: Monday to Friday 9:00–12:00 and 13:00–17:30, Asia/Tokyo, closed on public
    /// holidays and from 29 December to 3 January.
    #[must_use]
    pub fn japanese_office() -> Self {
        let day = || vec![(time(9, 0, 0, 0), time(12, 0, 0, 0)), (time(13, 0, 0, 0), time(17, 30, 0, 0))];
        Self {
            zone: TimeZone::get("Asia/Tokyo").expect("the bundled zone data has Tokyo"),
            hours: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()],
            closed: vec![Closed::EachYear((12, 29), (1, 3))],
            public_holidays: PublicHolidays::Japan,
        }
    }

    /// The hours of a day of the week, whether or not a certain day is free.
    #[must_use]
    pub fn hours_of(&self, weekday: Weekday) -> &[(Time, Time)] {
        &self.hours[weekday.to_monday_zero_offset() as usize]
    }

    /// Whether a day is a working day.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let holiday = self.public_holidays == PublicHolidays::Japan && holidays::is_public_holiday(day);
        !self.hours_of(day.weekday()).is_empty() && !holiday && !self.is_closed(day)
    }

    fn is_closed(&self, day: Date) -> bool {
        self.closed.iter().any(|closed| closed.contains(day))
    }

    /// Whether there is a working day in the year after this one.
    #[must_use]
    pub fn is_ever_open(&self, from: Date) -> bool {
        let days = std::iter::successors(Some(from), |day| day.tomorrow().ok()).take(HORIZON_DAYS);
        days.into_iter().any(|day| self.is_working_day(day))
    }

    /// By when what arrived now is to be answered: the last closing of the third working day after. In a calendar
    /// without working days, the third day's midnight.
    #[must_use]
    pub fn promise(&self, arrived: Timestamp) -> Promise {
        let arrival_day = arrived.to_zoned(self.zone.clone()).date();
        let days_after = std::iter::successors(arrival_day.tomorrow().ok(), |day| day.tomorrow().ok());
        let mut working = days_after.take(HORIZON_DAYS).filter(|day| self.is_working_day(*day));
        let nominal = arrival_day.saturating_add(i64::from(PROMISED_WORKING_DAYS).days());
        let day = working.nth(PROMISED_WORKING_DAYS as usize - 1).unwrap_or(nominal);
        let closing = self.hours_of(day.weekday()).last().map_or(time(23, 59, 0, 0), |(_, until)| *until);
        let at = day.to_datetime(closing).to_zoned(self.zone.clone()).map_or(arrived, |zoned| zoned.timestamp());
        Promise { day, at }
    }

    /// Whether somebody is there.
    #[must_use]
    pub fn open_state(&self, now: Timestamp) -> OpenState {
        let now = now.to_zoned(self.zone.clone());
        let at = |day: Date, time: Time| day.to_datetime(time).to_zoned(self.zone.clone()).ok();
        let days = std::iter::successors(Some(now.date()), |day| day.tomorrow().ok()).take(HORIZON_DAYS);
        for day in days.filter(|day| self.is_working_day(*day)) {
            for (from, until) in self.hours_of(day.weekday()) {
                let (Some(opens), Some(closes)) = (at(day, *from), at(day, *until)) else { continue };
                if now >= opens && now < closes {
                    return OpenState::Open { until: closes };
                }
                if now < opens {
                    return OpenState::Closed { opens: Some(opens) };
                }
            }
        }
        OpenState::Closed { opens: None }
    }
}

impl TryFrom<Written> for WorkingCalendar {
    type Error = BadCalendar;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let zone = TimeZone::get(&written.zone).map_err(|_| BadCalendar::Zone(written.zone))?;
        let mut hours: [Vec<(Time, Time)>; 7] = Default::default();
        for (name, spans) in written.hours {
            let known = WEEKDAYS.iter().find(|(word, _)| *word == name);
            let (_, weekday) = known.ok_or_else(|| BadCalendar::Weekday(name.clone()))?;
            let mut day = Vec::new();
            for (from, until) in spans {
                day.push((read_time(&from)?, read_time(&until)?));
            }
            let ends: Vec<Time> = day.iter().flat_map(|(from, until)| [*from, *until]).collect();
            if !ends.is_sorted_by(|earlier, later| earlier < later) {
                return Err(BadCalendar::Order(name));
            }
            hours[weekday.to_monday_zero_offset() as usize] = day;
        }
        let closed = written.closed.iter().map(|(from, until)| Closed::read(from, until));
        Ok(Self { zone, hours, closed: closed.collect::<Result<_, _>>()?, public_holidays: written.public_holidays })
    }
}

impl From<WorkingCalendar> for Written {
    fn from(calendar: WorkingCalendar) -> Self {
        let write = |time: &Time| format!("{:02}:{:02}", time.hour(), time.minute());
        let spans = |weekday: Weekday| calendar.hours_of(weekday).iter().map(|(a, b)| (write(a), write(b))).collect();
        let hours = WEEKDAYS.iter().map(|(name, weekday)| ((*name).to_owned(), spans(*weekday))).collect();
        Self {
            zone: calendar.zone.iana_name().unwrap_or("UTC").to_owned(),
            hours,
            closed: calendar.closed.iter().map(|closed| closed.written()).collect(),
            public_holidays: calendar.public_holidays,
        }
    }
}

fn read_time(text: &str) -> Result<Time, BadCalendar> {
    let bad = || BadCalendar::Time(text.to_owned());
    let (hour, minute) = text.split_once(':').ok_or_else(bad)?;
    Time::new(hour.parse().map_err(|_| bad())?, minute.parse().map_err(|_| bad())?, 0, 0).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::DateTime;

    use super::{OpenState, WorkingCalendar};

    fn tokyo(text: &str) -> Timestamp {
        let local: DateTime = text.parse().expect("a local time");
        local.in_tz("Asia/Tokyo").expect("Tokyo").timestamp()
    }

    #[test]
    fn promises() {
        let calendar = WorkingCalendar::japanese_office();
        for (name, arrived, due) in [
            ("Tuesday", "2026-11-24T10:00", "2026-11-27T17:30"),
            ("late in the evening is still that day", "2026-11-24T23:59", "2026-11-27T17:30"),
            ("Friday", "2026-11-27T08:00", "2026-12-02T17:30"),
            ("Saturday", "2026-11-28T12:00", "2026-12-02T17:30"),
            ("before a holiday", "2026-11-20T09:00", "2026-11-26T17:30"),
            ("before the year's end", "2026-12-25T15:00", "2027-01-05T17:30"),
            ("Golden Week", "2026-05-01T15:00", "2026-05-11T17:30"),
            ("the sandwiched days of September 2026", "2026-09-18T15:00", "2026-09-28T17:30"),
        ] {
            assert_eq!(calendar.promise(tokyo(arrived)).at, tokyo(due), "{name}");
        }
    }

    #[test]
    fn open_until_the_next_closing() {
        let calendar = WorkingCalendar::japanese_office();
        for (now, open, next) in [
            ("2026-11-24T09:00", true, "2026-11-24T12:00"),
            ("2026-11-24T11:59", true, "2026-11-24T12:00"),
            ("2026-11-24T12:00", false, "2026-11-24T13:00"),
            ("2026-11-24T13:00", true, "2026-11-24T17:30"),
            ("2026-11-24T17:30", false, "2026-11-25T09:00"),
            ("2026-11-22T10:00", false, "2026-11-24T09:00"),
            ("2026-12-28T18:00", false, "2027-01-04T09:00"),
        ] {
            let state = match calendar.open_state(tokyo(now)) {
                OpenState::Open { until } => (true, until.timestamp()),
                OpenState::Closed { opens } => (false, opens.expect("it opens again").timestamp()),
            };
            assert_eq!(state, (open, tokyo(next)), "{now}");
        }
    }

    #[test]
    fn stands_as_json_and_refuses_nonsense() {
        let office = WorkingCalendar::japanese_office();
        let json = serde_json::to_string(&office).expect("written");
        assert_eq!(serde_json::from_str::<WorkingCalendar>(&json).expect("read"), office);
        for (name, json) in [
            ("zone", r#"{"zone":"Mars","hours":{},"closed":[],"public_holidays":"none"}"#),
            ("weekday", r#"{"zone":"UTC","hours":{"someday":[]},"closed":[],"public_holidays":"none"}"#),
            ("order", r#"{"zone":"UTC","hours":{"monday":[["12:00","09:00"]]},"closed":[],"public_holidays":"none"}"#),
            ("day", r#"{"zone":"UTC","hours":{},"closed":[["13-01","13-02"]],"public_holidays":"none"}"#),
        ] {
            assert!(serde_json::from_str::<WorkingCalendar>(json).is_err(), "{name}");
        }
    }

    #[test]
    fn without_hours_it_neither_opens_nor_hangs() {
        let json = r#"{"zone":"UTC","hours":{},"closed":[],"public_holidays":"none"}"#;
        let never: WorkingCalendar = serde_json::from_str(json).expect("read");
        assert_eq!(never.open_state(tokyo("2026-11-24T09:00")), OpenState::Closed { opens: None });
        let _ = never.promise(tokyo("2026-11-24T09:00"));
    }
}
