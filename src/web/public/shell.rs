//! What surrounds a public page, from what the desk knows.

use jiff::civil::Weekday;
use jiff::{Timestamp, Zoned};

use crate::domain::Named;
use crate::domain::calendar::{OpenState, WorkingCalendar};
use crate::domain::division::{Directory, Division};
use crate::domain::language::Language;
use crate::domain::phone::national;
use crate::language::Words;
use crate::web::assets::Embedded;
use crate::web::public::view::shell::{
    DivisionView, HoursView, LanguageLink, NumberView, OpenView, OpeningDay, Section, Shell,
};

/// The language that a path names.
pub(crate) fn language(name: &str) -> poem::Result<Language> {
    Language::from_name(name).map_err(|_| poem::Error::from_status(poem::http::StatusCode::NOT_FOUND))
}

/// What surrounds a page. `rest` is the page's path after the language.
pub(crate) fn shell(directory: &Directory, language: Language, section: Section, rest: &str, now: Timestamp) -> Shell {
    let words = Words::public(language);
    Shell {
        language,
        words,
        title: String::new(),
        languages: Language::ALL
            .iter()
            .map(|other| LanguageLink { language: *other, href: format!("/{other}/{rest}") })
            .collect(),
        section,
        division: division_view(directory, language, now),
        stylesheet: Embedded::PublicStyle.path(),
        script: Embedded::PublicScript.path(),
    }
}

fn division_view(directory: &Directory, language: Language, now: Timestamp) -> DivisionView {
    let second = if language == Language::Japanese { Language::English } else { Language::Japanese };
    let Some(division) = directory.divisions.first() else { return nobody(language, second) };
    DivisionView {
        organisation: directory.organisation.text(language).to_owned(),
        name: division.names.text(language).to_owned(),
        second_name: division.names.text(second).to_owned(),
        second_language: second,
        telephone: number(&division.telephone),
        fax: number(&division.fax),
        email: division.email.to_string(),
        hours: hours(&division.calendar),
        open: open(division, now),
    }
}

/// An installation from which somebody took all divisions.
fn nobody(_: Language, second: Language) -> DivisionView {
    DivisionView {
        organisation: String::new(),
        name: String::new(),
        second_name: String::new(),
        second_language: second,
        telephone: number(""),
        fax: number(""),
        email: String::new(),
        hours: Vec::new(),
        open: OpenView::Unknown,
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

fn opening_day(opens: &Zoned, today: jiff::civil::Date) -> OpeningDay {
    match opens.date() {
        day if day == today => OpeningDay::Today,
        day if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) => OpeningDay::Tomorrow,
        day => OpeningDay::On(day),
    }
}
