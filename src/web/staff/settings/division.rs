//! A division: its names, how it is reached, and when it is open.

use super::fields::{Need, POSITION, SLUG, Slug, field, names, names_group, place_group, position, text, with_names};
use super::{Mistake, Values};
use crate::desk::house::DivisionEntry;
use crate::domain::calendar::{PublicHolidays, WorkingCalendar};
use crate::domain::division::{Directory, Division, Names};
use crate::domain::person::EmailAddress;
use crate::domain::phone;
use crate::language::Words;
use crate::web::staff::view::settings::{Group, Kind};

const TELEPHONE: &str = "telephone";
const FAX: &str = "fax";
const EMAIL: &str = "email";
const CLOSED: &str = "closed";
const HOLIDAYS: &str = "holidays";
/// What is chosen where a division is open on public holidays.
const NO_HOLIDAYS: &str = "none";

pub(super) fn values(division: &Division) -> Values {
    let mut values = Values::from([
        (TELEPHONE.to_owned(), division.telephone.clone()),
        (FAX.to_owned(), division.fax.clone().unwrap_or_default()),
        (EMAIL.to_owned(), division.email.to_string()),
        (POSITION.to_owned(), division.position.to_string()),
    ]);
    with_names(&mut values, "names", &division.names);
    with_calendar(&mut values, &division.calendar);
    values
}

pub(super) fn blank(directory: &Directory) -> Values {
    let last = directory.divisions.iter().map(|division| division.position).max().unwrap_or_default();
    let empty = [SLUG, TELEPHONE, FAX, EMAIL].map(|name| (name.to_owned(), String::new()));
    let mut values = Values::from(empty);
    values.insert(POSITION.to_owned(), (last + 1).to_string());
    with_names(&mut values, "names", &Names::default());
    with_calendar(&mut values, &WorkingCalendar::japanese_office());
    values
}

fn with_calendar(values: &mut Values, calendar: &WorkingCalendar) {
    for (name, weekday) in WorkingCalendar::weekdays() {
        values.insert(format!("hours-{name}"), calendar.typed_hours(weekday));
    }
    values.insert(CLOSED.to_owned(), calendar.typed_closed());
    let holidays = match calendar.public_holidays() {
        PublicHolidays::Japan => "japan",
        PublicHolidays::None => NO_HOLIDAYS,
    };
    values.insert(HOLIDAYS.to_owned(), holidays.to_owned());
}

pub(super) fn groups(values: &Values, words: Words, slug: Slug) -> Vec<Group> {
    let days = WorkingCalendar::weekdays()
        .map(|(name, _)| field(values, &format!("hours-{name}"), words.say(&format!("settings-{name}")), Kind::Line));
    let holidays =
        ["japan", NO_HOLIDAYS].map(|value| (value.to_owned(), words.say(&format!("settings-holidays-{value}"))));
    vec![
        names_group(values, "names", words.say("settings-names"), words.say("settings-names-hint"), words),
        Group {
            title: words.say("settings-reached"),
            hint: words.say("settings-reached-hint"),
            fields: vec![
                field(values, TELEPHONE, words.say("settings-telephone"), Kind::Telephone),
                field(values, FAX, words.say("settings-fax"), Kind::Telephone),
                field(values, EMAIL, words.say("email"), Kind::Email),
            ],
        },
        Group { title: words.say("settings-hours"), hint: words.say("settings-hours-hint"), fields: days.collect() },
        Group {
            title: words.say("settings-closed"),
            hint: words.say("settings-closed-hint"),
            fields: vec![
                field(values, CLOSED, words.say("settings-closed-days"), Kind::Text),
                field(values, HOLIDAYS, words.say("settings-holidays"), Kind::Choice(holidays.into())),
            ],
        },
        place_group(values, slug, words.say("settings-place-division-hint"), words),
    ]
}

pub(super) fn read(
    values: &Values,
    directory: &Directory,
    slug: &str,
    words: Words,
) -> Result<DivisionEntry, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let names = names(values, "names", Need::Names, words, &mut mistakes);
    let telephone = number(values, TELEPHONE, words, &mut mistakes);
    let has_fax = !text(values, FAX).is_empty();
    let fax = has_fax.then(|| number(values, FAX, words, &mut mistakes));
    let email = EmailAddress::parse(text(values, EMAIL));
    let others = directory.divisions.iter().filter(|division| division.slug != slug);
    match &email {
        Err(_) => mistakes.push((EMAIL.to_owned(), words.say("settings-email-bad"))),
        Ok(email) if others.into_iter().any(|other| other.email.folded() == email.folded()) => {
            mistakes.push((EMAIL.to_owned(), words.say("settings-email-taken")));
        }
        Ok(_) => {}
    }
    let before = directory.division_called(slug).map(|division| division.calendar.clone());
    let calendar = calendar(before.unwrap_or_else(WorkingCalendar::japanese_office), values, words, &mut mistakes);
    let position = position(values, words, &mut mistakes);
    match email {
        Ok(email) if mistakes.is_empty() => {
            Ok(DivisionEntry { slug: slug.to_owned(), names, telephone, fax, email, calendar, position })
        }
        _ => Err(mistakes),
    }
}

/// A number that can be dialled from anywhere.
fn number(values: &Values, name: &str, words: Words, mistakes: &mut Vec<Mistake>) -> String {
    phone::international(text(values, name)).unwrap_or_else(|| {
        mistakes.push((name.to_owned(), words.say("settings-number-bad")));
        String::new()
    })
}

fn calendar(before: WorkingCalendar, values: &Values, words: Words, mistakes: &mut Vec<Mistake>) -> WorkingCalendar {
    let mut calendar = before;
    for (name, weekday) in WorkingCalendar::weekdays() {
        let field = format!("hours-{name}");
        match calendar.clone().with_hours(weekday, text(values, &field)) {
            Ok(changed) => calendar = changed,
            Err(_) => mistakes.push((field, words.say("settings-hours-bad"))),
        }
    }
    match calendar.clone().with_closed(text(values, CLOSED)) {
        Ok(changed) => calendar = changed,
        Err(_) => mistakes.push((CLOSED.to_owned(), words.say("settings-closed-bad"))),
    }
    let today = jiff::Timestamp::now().to_zoned(calendar.zone.clone()).date();
    let holidays = match text(values, HOLIDAYS) {
        "japan" => PublicHolidays::Japan,
        NO_HOLIDAYS => PublicHolidays::None,
        _ => {
            mistakes.push((HOLIDAYS.to_owned(), words.say("settings-holidays-bad")));
            calendar.public_holidays()
        }
    };
    let calendar = calendar.with_public_holidays(holidays);
    if mistakes.is_empty() && !calendar.is_ever_open(today) {
        // An answer is promised by the division's working days.
        mistakes.push(("hours-monday".to_owned(), words.say("settings-never-open")));
    }
    calendar
}
