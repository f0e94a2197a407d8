//! Japan's public holidays by the law in force (国民の祝日に関する法律, Act 178 of 1948, as amended), from 2000 on.
//!
//! Fixed days, Mondays, the equinoxes (computed as the almanac's, for 2000 to 2099), the day after a holiday on a
//! Sunday (Article 3, 2), and the day between two holidays (Article 3, 3). 2019 to 2021 had days of their own, for
//! the succession and the games.

use jiff::civil::{Date, Weekday, date};

/// Whether a day is a public holiday of Japan.
#[must_use]
pub fn is_public_holiday(day: Date) -> bool {
    is_named(day) || is_substitute(day) || is_between(day)
}

/// Article 3, 2: where a holiday falls on a Sunday, the next day that is none is free.
fn is_substitute(day: Date) -> bool {
    let mut before = day.yesterday();
    while let Ok(candidate) = before
        && is_named(candidate)
    {
        if candidate.weekday() == Weekday::Sunday {
            return !is_named(day) && (in_force_since_2007(day) || day.weekday() == Weekday::Monday);
        }
        before = candidate.yesterday();
    }
    false
}

/// Until 2006 only a Monday could be the substitute.
fn in_force_since_2007(day: Date) -> bool {
    day.year() >= 2007
}

/// Article 3, 3: the day between two holidays is free.
fn is_between(day: Date) -> bool {
    let named = |neighbour: Result<Date, jiff::Error>| neighbour.is_ok_and(is_named);
    !is_named(day) && day.weekday() != Weekday::Sunday && named(day.yesterday()) && named(day.tomorrow())
}

fn is_named(day: Date) -> bool {
    fixed(day) || monday(day) || equinox(day) || once(day)
}

fn fixed(day: Date) -> bool {
    let year = day.year();
    match (day.month(), day.day()) {
        (1, 1) | (2, 11) | (4, 29) | (5, 3 | 5) | (11, 3 | 23) => true,
        (2, 23) => year >= 2020,
        (5, 4) => year >= 2007,
        (8, 11) => year >= 2016 && !matches!(year, 2020 | 2021),
        (12, 23) => year <= 2018,
        (7, 20) | (9, 15) => year <= 2002,
        _ => false,
    }
}

fn monday(day: Date) -> bool {
    let nth = (day.day() - 1) / 7 + 1;
    let games = matches!(day.year(), 2020 | 2021);
    day.weekday() == Weekday::Monday
        && match (day.month(), nth) {
            (1, 2) => true,
            (7, 3) => day.year() >= 2003 && !games,
            (9, 3) => day.year() >= 2003,
            (10, 2) => !games,
            _ => false,
        }
}

/// The almanac's formula: the Sun passes the point a little later each year, and leap days take it back.
fn equinox(day: Date) -> bool {
    let years = f64::from(day.year()) - 1980.0;
    let leaps = f64::from((i32::from(day.year()) - 1980).div_euclid(4));
    let falls = |at: f64| (at + 0.242_194 * years - leaps) as i8;
    match day.month() {
        3 => day.day() == falls(20.8431),
        9 => day.day() == falls(23.2488),
        _ => false,
    }
}

/// Days that special laws made holidays once, or moved.
fn once(day: Date) -> bool {
    const ONCE: [Date; 8] = [
        date(2019, 5, 1),
        date(2019, 10, 22),
        date(2020, 7, 23),
        date(2020, 7, 24),
        date(2020, 8, 10),
        date(2021, 7, 22),
        date(2021, 7, 23),
        date(2021, 8, 8),
    ];
    ONCE.contains(&day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::is_public_holiday;

    /// All holidays of a year, as `month-day`.
    fn of(year: i16) -> String {
        let first: Date = date(year, 1, 1);
        let days = first.series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
        let holidays = days.filter(|day| is_public_holiday(*day)).map(|day| format!("{}-{}", day.month(), day.day()));
        holidays.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn as_the_cabinet_office_published_them() {
        for (year, days) in [
            (2009, "1-1 1-12 2-11 3-20 4-29 5-3 5-4 5-5 5-6 7-20 9-21 9-22 9-23 10-12 11-3 11-23 12-23"),
            (
                2019,
                "1-1 1-14 2-11 3-21 4-29 4-30 5-1 5-2 5-3 5-4 5-5 5-6 7-15 8-11 8-12 9-16 9-23 10-14 10-22 11-3 11-4 11-23",
            ),
            (2020, "1-1 1-13 2-11 2-23 2-24 3-20 4-29 5-3 5-4 5-5 5-6 7-23 7-24 8-10 9-21 9-22 11-3 11-23"),
            (2021, "1-1 1-11 2-11 2-23 3-20 4-29 5-3 5-4 5-5 7-22 7-23 8-8 8-9 9-20 9-23 11-3 11-23"),
            (
                2024,
                "1-1 1-8 2-11 2-12 2-23 3-20 4-29 5-3 5-4 5-5 5-6 7-15 8-11 8-12 9-16 9-22 9-23 10-14 11-3 11-4 11-23",
            ),
            (2025, "1-1 1-13 2-11 2-23 2-24 3-20 4-29 5-3 5-4 5-5 5-6 7-21 8-11 9-15 9-23 10-13 11-3 11-23 11-24"),
            (2026, "1-1 1-12 2-11 2-23 3-20 4-29 5-3 5-4 5-5 5-6 7-20 8-11 9-21 9-22 9-23 10-12 11-3 11-23"),
            (2027, "1-1 1-11 2-11 2-23 3-21 3-22 4-29 5-3 5-4 5-5 7-19 8-11 9-20 9-23 10-11 11-3 11-23"),
        ] {
            assert_eq!(of(year), days, "{year}");
        }
    }
}
