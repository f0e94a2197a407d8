//! When things happen: enquiries come by day more than by night, and more of them of late; staff work in office hours.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::domain::calendar::WorkingCalendar;

/// How far back the demo goes.
const DAYS: i64 = 365;
/// The days of which some enquiries are still under way.
const RECENT_DAYS: i64 = 15;
/// How many enquiries come on a free day, of those on a working day.
const FREE_DAY: f64 = 0.2;
/// The hours by which so much of a day's enquiries have come.
const BY_HOUR: [(f64, f64); 8] =
    [(0.0, 0.0), (7.0, 0.06), (9.0, 0.14), (12.0, 0.46), (13.0, 0.54), (18.0, 0.88), (22.0, 0.97), (24.0, 1.0)];

struct Day {
    begins: Timestamp,
    /// The share of all that came before it, and of what comes on it.
    before: f64,
    weight: f64,
}

/// The year of a demo.
pub(super) struct Times {
    pub(super) now: Timestamp,
    old: Vec<Day>,
    recent: Vec<Day>,
    /// Opening and closing.
    office: Vec<(Timestamp, Timestamp)>,
    promises: HashMap<Date, Timestamp>,
    calendar: WorkingCalendar,
}

impl Times {
    pub(super) fn new(calendar: &WorkingCalendar, now: Timestamp) -> Self {
        let today = now.to_zoned(calendar.zone.clone()).date();
        let dates: Vec<Date> = (0..=DAYS).rev().filter_map(|back| today.checked_sub(back.days()).ok()).collect();
        let first_recent = dates.len().saturating_sub(RECENT_DAYS as usize);
        Self {
            now,
            old: days(calendar, &dates[..first_recent], now),
            recent: days(calendar, &dates[first_recent..], now),
            office: office(calendar, &dates),
            promises: dates.iter().filter_map(|date| Some((*date, promise_on(calendar, *date)?))).collect(),
            calendar: calendar.clone(),
        }
    }

    /// When an enquiry came: `place` is its place, from 0 to below 1, among those of the year or of late.
    pub(super) fn of(&self, period: Period, place: f64) -> Timestamp {
        let days = match period {
            Period::Old => &self.old,
            Period::Recent => &self.recent,
        };
        let at = days.partition_point(|day| day.before <= place).saturating_sub(1);
        let Some(day) = days.get(at) else { return self.now };
        let within = ((place - day.before) / day.weight).clamp(0.0, 1.0);
        let longest = ended_share(day.begins, self.now);
        let seconds = hour_of(within * longest) * 3600.0;
        (day.begins + SignedDuration::from_millis((seconds * 1000.0) as i64))
            .min(self.now - SignedDuration::from_secs(1))
    }

    /// The promise for what came at a time.
    pub(super) fn promise(&self, at: Timestamp) -> Timestamp {
        let date = at.to_zoned(self.calendar.zone.clone()).date();
        self.promises.get(&date).copied().unwrap_or_else(|| self.calendar.promise(at).at)
    }

    /// Whether somebody is in the office.
    pub(super) fn is_open(&self, at: Timestamp) -> bool {
        let next = self.office.partition_point(|(_, closes)| *closes <= at);
        self.office.get(next).is_some_and(|(opens, _)| *opens <= at)
    }

    /// This time, or the next opening with some minutes for coffee.
    pub(super) fn when_open(&self, at: Timestamp, minutes: i64) -> Timestamp {
        let next = self.office.partition_point(|(_, closes)| *closes <= at);
        match self.office.get(next) {
            Some((opens, _)) if *opens > at => *opens + SignedDuration::from_mins(minutes % 150),
            _ => at,
        }
    }

    pub(super) fn year(&self, at: Timestamp) -> i16 {
        at.to_zoned(self.calendar.zone.clone()).year()
    }
}

/// Long ago, or so late that it may be under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    /// Before the last days.
    Old,
    /// Within them.
    Recent,
}

fn days(calendar: &WorkingCalendar, dates: &[Date], now: Timestamp) -> Vec<Day> {
    let weight = |date: Date, begins: Timestamp| {
        let full = if calendar.is_working_day(date) { 1.0 } else { FREE_DAY };
        full * ended_share(begins, now)
    };
    let begins = |date: Date| date.to_zoned(calendar.zone.clone()).map_or(now, |midnight| midnight.timestamp());
    let total: f64 = dates.iter().map(|date| weight(*date, begins(*date))).sum();
    let mut before = 0.0;
    let mut days = Vec::new();
    for date in dates {
        let begins = begins(*date);
        let weight = weight(*date, begins) / total;
        if weight > 0.0 {
            days.push(Day { begins, before, weight });
            before += weight;
        }
    }
    days
}

/// How much of a day's enquiries have come by now.
fn ended_share(begins: Timestamp, now: Timestamp) -> f64 {
    let hour = (now.duration_since(begins).as_secs_f64() / 3600.0).clamp(0.0, 24.0);
    between(&BY_HOUR, hour)
}

fn hour_of(share: f64) -> f64 {
    between(&BY_HOUR.map(|(hour, share)| (share, hour)), share)
}

fn between(points: &[(f64, f64)], at: f64) -> f64 {
    let pair = points.windows(2).find(|pair| at <= pair[1].0).unwrap_or(&points[points.len() - 2..]);
    let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
    y0 + (y1 - y0) * ((at - x0) / (x1 - x0)).clamp(0.0, 1.0)
}

fn office(calendar: &WorkingCalendar, dates: &[Date]) -> Vec<(Timestamp, Timestamp)> {
    let mut office = Vec::new();
    for date in dates.iter().filter(|date| calendar.is_working_day(**date)) {
        for (from, until) in calendar.hours_of(date.weekday()) {
            let at = |time| date.to_datetime(time).to_zoned(calendar.zone.clone()).map(|zoned| zoned.timestamp());
            if let (Ok(opens), Ok(closes)) = (at(*from), at(*until)) {
                office.push((opens, closes));
            }
        }
    }
    office
}

fn promise_on(calendar: &WorkingCalendar, date: Date) -> Option<Timestamp> {
    Some(calendar.promise(date.to_zoned(calendar.zone.clone()).ok()?.timestamp()).at)
}

#[cfg(test)]
mod tests {
    use super::{Period, Times};
    use crate::domain::calendar::WorkingCalendar;

    #[test]
    fn enquiries_come_in_order_and_never_after_now() {
        let now = "2026-11-25T05:00:00Z".parse().expect("a time");
        let calendar = WorkingCalendar::japanese_office();
        let times = Times::new(&calendar, now);
        let all: Vec<_> = [Period::Old, Period::Recent]
            .into_iter()
            .flat_map(|period| (0..500).map(move |step| (period, f64::from(step) / 500.0)))
            .map(|(period, place)| times.of(period, place))
            .collect();
        assert!(all.is_sorted(), "in order");
        assert!(all.iter().all(|at| *at < now));
        assert!(now.duration_since(all[0]).as_hours() > 364 * 24);
        assert!(now.duration_since(all[500]).as_hours() <= 15 * 24);
        for at in all.iter().step_by(50) {
            assert_eq!(times.promise(*at), calendar.promise(*at).at);
            assert!(times.is_open(times.when_open(*at, 10)) || times.when_open(*at, 10) >= now);
        }
    }
}
