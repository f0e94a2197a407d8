//! What a calendar, a card or a letter that came as a file says, in one line.

use jiff::civil::DateTime;

use crate::domain::Named;
use crate::domain::summary::{Method, Moment, Summary};
use crate::language::dates;
use crate::web::staff::view::shell::StaffShell;

/// The line.
#[must_use]
pub fn line(shell: &StaffShell, summary: &Summary) -> String {
    let (parts, further) = match summary {
        Summary::Event { method, title, begins, ends, place, organiser, further } => {
            let said = match method {
                Method::Publish => shell.words.say("summary-event"),
                other => shell.words.say(&format!("summary-{}", other.name())),
            };
            let time = begins.as_ref().map(|begins| span(shell, begins, ends.as_ref())).unwrap_or_default();
            (vec![said, title.clone(), time, place.clone(), organiser.clone()], *further)
        }
        Summary::Letter { from, subject, at, .. } => {
            let at = at.map(|at| shell.when(&at)).unwrap_or_default();
            (vec![shell.words.say("summary-letter"), from.clone(), subject.clone(), at], 0)
        }
        Summary::Person { name, organisation, contacts, further } => {
            let mut parts = vec![shell.words.say("summary-person"), name.clone(), organisation.clone()];
            parts.extend(contacts.iter().cloned());
            (parts, *further)
        }
    };
    let more = if further > 0 { shell.words.count("summary-further", further) } else { String::new() };
    let said: Vec<String> = parts.into_iter().chain([more]).filter(|part| !part.is_empty()).collect();
    said.join(" · ")
}

/// The text that unfolds below it.
#[must_use]
pub fn text(summary: &Summary) -> Option<&str> {
    match summary {
        Summary::Letter { text, .. } if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

/// From when to when, in the division's time where the moment is known.
fn span(shell: &StaffShell, begins: &Moment, ends: Option<&Moment>) -> String {
    let from = date_and_time(shell, begins);
    match (from, ends.map(|ends| date_and_time(shell, ends))) {
        (Shown::At(from, zone), Some(Shown::At(to, _))) if from.date() == to.date() && from < to => {
            let date = day(shell, from.date());
            format!("{date} {}–{}{zone}", dates::clock(from.time()), dates::clock(to.time()))
        }
        (Shown::Day(from), Some(Shown::Day(after))) => match after.yesterday() {
            Ok(last) if last > from => {
                format!("{} – {}", day(shell, from), day(shell, last))
            }
            _ => day(shell, from),
        },
        (from, None | Some(Shown::Day(_))) => from.alone(shell),
        (from, Some(to)) => format!("{} – {}", from.alone(shell), to.alone(shell)),
    }
}

/// With the weekday this year, else with the year.
fn day(shell: &StaffShell, date: jiff::civil::Date) -> String {
    let is_this_year = shell.now.to_zoned(shell.zone.clone()).year() == date.year();
    if is_this_year { dates::date_long(shell.language, date) } else { dates::date_full(shell.language, date) }
}

enum Shown {
    Day(jiff::civil::Date),
    /// With the zone where it is not the division's.
    At(DateTime, String),
}

impl Shown {
    fn alone(&self, shell: &StaffShell) -> String {
        match self {
            Self::Day(date) => day(shell, *date),
            Self::At(at, zone) => {
                format!("{} {}{zone}", day(shell, at.date()), dates::clock(at.time()))
            }
        }
    }
}

fn date_and_time(shell: &StaffShell, moment: &Moment) -> Shown {
    match moment {
        Moment::Day { date } => Shown::Day(*date),
        Moment::Instant { at } => Shown::At(at.to_zoned(shell.zone.clone()).datetime(), String::new()),
        Moment::Clock { at, zone } if zone.is_empty() => Shown::At(*at, String::new()),
        Moment::Clock { at, zone } => Shown::At(*at, format!(" ({zone})")),
    }
}
