//! Hours and closed days as people type them: "9:00-12:00, 13:00-17:30" and "12/29-1/3".

use jiff::civil::Weekday;
use unicode_normalization::UnicodeNormalization;

use super::{BadCalendar, Closed, PublicHolidays, WEEKDAYS, WorkingCalendar, read_time};

/// What parts one from another.
const BETWEEN: [char; 5] = [',', '、', ';', '\n', '､'];
/// What stands between a beginning and an end.
const UNTIL: [char; 7] = ['-', '–', '—', '~', '〜', '−', '‐'];

impl WorkingCalendar {
    /// The days of the week, Monday first, as they are called where hours are kept.
    pub fn weekdays() -> impl Iterator<Item = (&'static str, Weekday)> {
        WEEKDAYS.into_iter()
    }

    /// The hours of a day of the week as they are typed; nothing where it is closed.
    #[must_use]
    pub fn typed_hours(&self, weekday: Weekday) -> String {
        let spans = self.hours_of(weekday).iter().map(|(from, until)| {
            format!("{}:{:02}-{}:{:02}", from.hour(), from.minute(), until.hour(), until.minute())
        });
        spans.collect::<Vec<_>>().join(", ")
    }

    /// The closed days as they are typed, a line for each run of days.
    #[must_use]
    pub fn typed_closed(&self) -> String {
        let runs = self.closed.iter().map(|closed| {
            let ends = match *closed {
                Closed::EachYear(from, until) => [from, until].map(|(month, day)| format!("{month}/{day}")),
                Closed::Once(from, until) => {
                    [from, until].map(|day| format!("{}/{}/{}", day.year(), day.month(), day.day()))
                }
            };
            let [from, until] = ends;
            if from == until { from } else { format!("{from}-{until}") }
        });
        runs.collect::<Vec<_>>().join("\n")
    }

    /// Whose public holidays are observed.
    #[must_use]
    pub fn public_holidays(&self) -> PublicHolidays {
        self.public_holidays
    }

    /// The runs of days that are free.
    #[must_use]
    pub fn closed(&self) -> &[Closed] {
        &self.closed
    }

    /// The same with the hours of one day of the week as they were typed.
    ///
    /// # Errors
    /// When they cannot be read, or are not in order.
    pub fn with_hours(mut self, weekday: Weekday, typed: &str) -> Result<Self, BadCalendar> {
        let mut spans = Vec::new();
        for (from, until) in runs(typed) {
            let until = until.ok_or_else(|| BadCalendar::Time(from.clone()))?;
            spans.push((read_time(&from)?, read_time(&until)?));
        }
        let ends = spans.iter().flat_map(|(from, until)| [*from, *until]).collect::<Vec<_>>();
        if !ends.is_sorted_by(|earlier, later| earlier < later) {
            return Err(BadCalendar::Order(typed.trim().to_owned()));
        }
        self.hours[weekday.to_monday_zero_offset() as usize] = spans;
        Ok(self)
    }

    /// The same with the closed days as they were typed.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn with_closed(mut self, typed: &str) -> Result<Self, BadCalendar> {
        let mut all = Vec::new();
        for (from, until) in runs(typed) {
            let [from, until] = [&from, until.as_ref().unwrap_or(&from)].map(|day| day.replace('/', "-"));
            let closed = Closed::read(&from, &until)?;
            if !all.contains(&closed) {
                all.push(closed);
            }
        }
        self.closed = all;
        Ok(self)
    }

    /// The same with other public holidays.
    #[must_use]
    pub fn with_public_holidays(self, public_holidays: PublicHolidays) -> Self {
        Self { public_holidays, ..self }
    }
}

/// What was typed, as beginnings and ends.
fn runs(typed: &str) -> impl Iterator<Item = (String, Option<String>)> {
    let runs: Vec<(String, Option<String>)> = typed
        .split(BETWEEN)
        .map(|run| run.nfkc().collect::<String>())
        .filter(|run| !run.trim().is_empty())
        .map(|run| match run.split_once(UNTIL) {
            Some((from, until)) => (from.trim().to_owned(), Some(until.trim().to_owned())),
            None => (run.trim().to_owned(), None),
        })
        .collect();
    runs.into_iter()
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;
    use proptest::prelude::*;

    use super::WorkingCalendar;

    #[test]
    fn hours_as_people_type_them() {
        for (typed, read) in [
            ("9:00-12:00, 13:00-17:30", Some("9:00-12:00, 13:00-17:30")),
            ("９：００〜１２：００、１３：００～１７：３０", Some("9:00-12:00, 13:00-17:30")),
            ("08:30 – 17:15", Some("8:30-17:15")),
            ("", Some("")),
            ("9-17", None),
            ("9:00", None),
            ("17:00-9:00", None),
            ("9:00-12:00, 11:00-17:00", None),
            ("9:00-25:00", None),
        ] {
            let calendar = WorkingCalendar::japanese_office().with_hours(Weekday::Monday, typed);
            assert_eq!(calendar.ok().map(|calendar| calendar.typed_hours(Weekday::Monday)).as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn closed_days_as_people_type_them() {
        for (typed, read) in [
            ("12/29-1/3", Some("12/29-1/3")),
            ("12/29〜1/3\n8/13、8/15", Some("12/29-1/3\n8/13\n8/15")),
            ("2/29", Some("2/29")),
            ("1/1\n1/1", Some("1/1")),
            ("2026/12/1, 2026/12/24-2027/1/2", Some("2026/12/1\n2026/12/24-2027/1/2")),
            ("2026/12/3-2026/12/1", None),
            ("2026/12/1-12/3", None),
            ("2026/2/29", None),
            ("", Some("")),
            ("2/30", None),
            ("New Year", None),
        ] {
            let calendar = WorkingCalendar::japanese_office().with_closed(typed);
            assert_eq!(calendar.ok().map(|calendar| calendar.typed_closed()).as_deref(), read, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_makes_it_panic(typed in "\\PC{0,30}") {
            let _ = WorkingCalendar::japanese_office().with_hours(Weekday::Friday, &typed);
            let _ = WorkingCalendar::japanese_office().with_closed(&typed);
        }
    }
}
