//! Calendars (iCalendar, RFC 5545), cards (vCard, RFC 6350) and letters (RFC 5322) that came as files, in short.
//!
//! Not done: what repeats, tasks, time zones of the file's own (`VTIMEZONE`): their names are shown as they stand.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameterName, ICalendarProperty,
};
use calcard::vcard::{VCard, VCardProperty, VCardValue};
use calcard::{Entry, Parser};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::domain::Named;
use crate::domain::summary::{Method, Moment, Summary};
use crate::mail::charset::{self, Surroundings};
use crate::mail::header::{is_direction_mark, one_line};
use crate::mail::parse::parse;

/// The most bytes of a file that is read for it.
const LARGEST: usize = 256 * 1024;
/// The same of a letter, which has files of its own.
const LARGEST_LETTER: usize = 5 * 1024 * 1024;
/// The most characters of a letter's text.
const LONGEST_TEXT: usize = 10_000;
/// The most characters of each thing that it says.
const LONGEST: usize = 200;
/// The most numbers and addresses of a person.
const MOST_CONTACTS: usize = 4;
/// The most entries of a file that are counted.
const MOST_ENTRIES: usize = 500;

/// What a file says in short; `None`: it is neither, or nothing is to be got from it.
#[must_use]
pub fn summary(content_type: &str, filename: &str, content: &[u8]) -> Option<Summary> {
    let kind = content_type.to_ascii_lowercase();
    let name = filename.to_ascii_lowercase();
    let is_letter = ["message/rfc822", "message/global"].contains(&kind.as_str()) || name.ends_with(".eml");
    if is_letter && content.len() <= LARGEST_LETTER {
        return of_letter(content);
    }
    let is_calendar = ["text/calendar", "application/ics"].contains(&kind.as_str()) || name.ends_with(".ics");
    let is_card = ["text/vcard", "text/x-vcard", "text/directory"].contains(&kind.as_str()) || name.ends_with(".vcf");
    if !(is_calendar || is_card) || content.len() > LARGEST {
        return None;
    }
    let text = charset::decode(content, None, &Surroundings::NONE);
    let mut parser = Parser::new(&text);
    let (mut calendars, mut cards) = (Vec::new(), Vec::new());
    for _ in 0..MOST_ENTRIES {
        match parser.entry() {
            Entry::ICalendar(calendar) => calendars.push(calendar),
            Entry::VCard(card) => cards.push(card),
            Entry::Eof | Entry::TooManyComponents => break,
            _ => {}
        }
    }
    if is_calendar { of_calendar(calendars.first()?) } else { of_cards(&cards) }
}

fn of_letter(content: &[u8]) -> Option<Summary> {
    let letter = parse(content);
    let from = letter.from.map(|from| if from.name.is_empty() { from.address } else { from.name });
    let (from, subject) = (shown(&from.unwrap_or_default()), shown(&letter.subject));
    if from.is_empty() && subject.is_empty() {
        return None;
    }
    let at = letter.date.and_then(|date| date.parse().ok());
    let text = letter.text.chars().take(LONGEST_TEXT).collect();
    Some(Summary::Letter { from, subject, at, text })
}

fn of_calendar(calendar: &ICalendar) -> Option<Summary> {
    let whole = calendar.components.iter().find(|part| part.component_type == ICalendarComponentType::VCalendar);
    let method = whole.map(|whole| text(whole, &ICalendarProperty::Method)).unwrap_or_default();
    let mut events = calendar.components.iter().filter(|part| part.component_type == ICalendarComponentType::VEvent);
    let event = events.next()?;
    let title = text(event, &ICalendarProperty::Summary);
    let begins = moment(event, &ICalendarProperty::Dtstart);
    if title.is_empty() && begins.is_none() {
        return None;
    }
    Some(Summary::Event {
        method: meant(&method.to_ascii_lowercase(), event),
        title,
        begins,
        ends: moment(event, &ICalendarProperty::Dtend),
        place: text(event, &ICalendarProperty::Location),
        organiser: organiser(event),
        further: events.count(),
    })
}

/// Of an answer, what the one who answers says (RFC 5545, 3.2.12).
fn meant(method: &str, event: &ICalendarComponent) -> Method {
    let method = Method::from_name(method).unwrap_or(Method::Publish);
    let mut attendees = event.properties(&ICalendarProperty::Attendee);
    match (method, attendees.next(), attendees.next()) {
        (Method::Reply, Some(attendee), None) => {
            let said = attendee.parameter(&ICalendarParameterName::Partstat).and_then(|said| said.as_text());
            let answers = [Method::Accepted, Method::Declined, Method::Tentative].into_iter();
            let mut known = answers.filter(|answer| said.is_some_and(|said| said.eq_ignore_ascii_case(answer.name())));
            known.next().unwrap_or(method)
        }
        _ => method,
    }
}

fn text(part: &ICalendarComponent, property: &ICalendarProperty) -> String {
    let value = part.property(property).and_then(|entry| entry.values.first()?.as_text());
    shown(value.unwrap_or_default())
}

/// By name, or else by address.
fn organiser(event: &ICalendarComponent) -> String {
    let Some(entry) = event.property(&ICalendarProperty::Organizer) else { return String::new() };
    let name = entry.parameter(&ICalendarParameterName::Cn).and_then(|name| name.as_text());
    shown(name.filter(|name| !name.is_empty()).or_else(|| entry.calendar_address()).unwrap_or_default())
}

fn moment(event: &ICalendarComponent, property: &ICalendarProperty) -> Option<Moment> {
    let entry = event.property(property)?;
    let given = entry.values.first()?.as_partial_date_time()?;
    let date = date(given)?;
    let Some(time) = time(given) else { return Some(Moment::Day { date }) };
    let at = DateTime::from_parts(date, time);
    let zone = zone_name(entry);
    let known = offset(given).map(TimeZone::fixed).or_else(|| TimeZone::get(&zone).ok());
    Some(match known.and_then(|zone| at.to_zoned(zone).ok()) {
        Some(zoned) => Moment::Instant { at: zoned.timestamp() },
        None => Moment::Clock { at, zone: shown(&zone) },
    })
}

fn zone_name(entry: &ICalendarEntry) -> String {
    let zone = entry.parameter(&ICalendarParameterName::Tzid).and_then(|zone| zone.as_text());
    zone.unwrap_or_default().trim_matches('"').to_owned()
}

fn date(given: &PartialDateTime) -> Option<Date> {
    let part = |part: Option<u8>| part.and_then(|part| i8::try_from(part).ok());
    Date::new(i16::try_from(given.year?).ok()?, part(given.month)?, part(given.day)?).ok()
}

fn time(given: &PartialDateTime) -> Option<Time> {
    let part = |part: Option<u8>| part.and_then(|part| i8::try_from(part).ok());
    Time::new(part(given.hour)?, part(given.minute)?, part(given.second).unwrap_or(0), 0).ok()
}

fn offset(given: &PartialDateTime) -> Option<Offset> {
    let seconds = i32::from(given.tz_hour?) * 3600 + i32::from(given.tz_minute.unwrap_or(0)) * 60;
    Offset::from_seconds(if given.tz_minus { -seconds } else { seconds }).ok()
}

fn of_cards(cards: &[VCard]) -> Option<Summary> {
    let card = cards.first()?;
    let name = first(card, &VCardProperty::Fn);
    let name = if name.is_empty() { in_parts(card, &VCardProperty::N, " ") } else { name };
    let organisation = in_parts(card, &VCardProperty::Org, " ");
    let contacts = [VCardProperty::Tel, VCardProperty::Email];
    let contacts = contacts.iter().flat_map(|property| card.properties(property));
    let contacts = contacts.filter_map(|entry| entry.values.first()?.as_text());
    let contacts: Vec<String> = contacts.map(|contact| shown(contact.trim_start_matches("tel:"))).collect();
    let contacts: Vec<String> =
        contacts.into_iter().filter(|contact| !contact.is_empty()).take(MOST_CONTACTS).collect();
    if name.is_empty() && organisation.is_empty() && contacts.is_empty() {
        return None;
    }
    Some(Summary::Person { name, organisation, contacts, further: cards.len() - 1 })
}

fn first(card: &VCard, property: &VCardProperty) -> String {
    shown(card.property(property).and_then(|entry| entry.values.first()?.as_text()).unwrap_or_default())
}

fn in_parts(card: &VCard, property: &VCardProperty, between: &str) -> String {
    let Some(entry) = card.property(property) else { return String::new() };
    let parts = entry.values.iter().flat_map(|value| match value {
        VCardValue::Component(parts) => parts.iter().map(String::as_str).collect(),
        other => other.as_text().into_iter().collect::<Vec<&str>>(),
    });
    shown(&parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between))
}

/// On one line, without what only confuses a reader, and not endless.
fn shown(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !is_direction_mark(*c)).take(LONGEST).collect();
    one_line(&plain).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};
    use proptest::prelude::*;

    use super::summary;
    use crate::domain::summary::{Method, Moment, Summary};

    const INVITATION: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Asia/Tokyo\r\n\
        BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nEND:STANDARD\r\n\
        END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Asia/Tokyo:20261203T100000\r\n\
        DTEND;TZID=Asia/Tokyo:20261203T113000\r\nSUMMARY:日中韓3か国地方政府交流会議の打\r\n 合せ\r\nLOCATION:東京\\, 全国町村会館\r\n\
        ORGANIZER;CN=\"山田太郎\":mailto:yamada@town.example\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nACTION:DISPLAY\r\n\
        DESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn an_invitation() {
        let at = |text: &str| Some(Moment::Instant { at: text.parse().expect("a time") });
        let expected = Summary::Event {
            method: Method::Request,
            title: "日中韓3か国地方政府交流会議の打合せ".into(),
            begins: at("2026-12-03T10:00:00+09:00"),
            ends: at("2026-12-03T11:30:00+09:00"),
            place: "東京, 全国町村会館".into(),
            organiser: "山田太郎".into(),
            further: 0,
        };
        assert_eq!(summary("text/calendar", "", INVITATION.as_bytes()), Some(expected.clone()));
        let by_name = summary("application/octet-stream", "Invite.ICS", INVITATION.replace("\r\n", "\n").as_bytes());
        assert_eq!(by_name, Some(expected));
        let (sjis, ..) = encoding_rs::SHIFT_JIS.encode(INVITATION);
        let Some(Summary::Event { place, .. }) = summary("text/calendar", "", &sjis) else { panic!("an event") };
        assert_eq!(place, "東京, 全国町村会館");
    }

    #[test]
    fn answers_to_an_invitation() {
        for (attendees, expected) in [
            ("ATTENDEE;PARTSTAT=DECLINED;CN=Ada:mailto:ada@town.example", Method::Declined),
            ("ATTENDEE;CN=Ada;PARTSTAT=accepted:mailto:ada@town.example", Method::Accepted),
            ("ATTENDEE;PARTSTAT=TENTATIVE:mailto:ada@town.example", Method::Tentative),
            ("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ada@town.example", Method::Reply),
            (
                "ATTENDEE;PARTSTAT=DECLINED:mailto:a@x.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x.example",
                Method::Reply,
            ),
            ("SEQUENCE:0", Method::Reply),
        ] {
            let text = format!(
                "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nSUMMARY:Visit\n{attendees}\nEND:VEVENT\nEND:VCALENDAR\n"
            );
            let Some(Summary::Event { method, .. }) = summary("text/calendar", "", text.as_bytes()) else {
                panic!("an event: {text}");
            };
            assert_eq!(method, expected, "{attendees}");
        }
    }

    #[test]
    fn days_zones_and_what_is_left_out() {
        let event = |lines: &str| {
            let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n");
            match summary("text/calendar", "", text.as_bytes()) {
                Some(Summary::Event { begins, title, organiser, .. }) => Some((title, begins, organiser)),
                _ => None,
            }
        };
        let none = String::new;
        let day = Moment::Day { date: date(2026, 12, 3) };
        let clock = |zone: &str| Moment::Clock { at: datetime(2026, 12, 3, 10, 0, 0, 0), zone: zone.into() };
        let utc = Moment::Instant { at: "2026-12-03T01:00:00Z".parse().expect("a time") };
        for (lines, expected) in [
            ("DTSTART;VALUE=DATE:20261203\nSUMMARY:Visit", Some(("Visit".to_owned(), Some(day), none()))),
            ("DTSTART:20261203T010000Z", Some((none(), Some(utc), none()))),
            ("DTSTART:20261203T100000", Some((none(), Some(clock("")), none()))),
            (
                "DTSTART;TZID=\"(UTC+09:00) Osaka, Sapporo, Tokyo\":20261203T100000",
                Some((none(), Some(clock("(UTC+09:00) Osaka, Sapporo, Tokyo")), none())),
            ),
            ("SUMMARY:A\\nB\nORGANIZER:mailto:a@b.example", Some(("A B".to_owned(), None, "a@b.example".to_owned()))),
            ("DTSTART:20261399T100000\nSUMMARY:Never", Some(("Never".to_owned(), None, none()))),
            ("DESCRIPTION:nothing", None),
        ] {
            assert_eq!(event(lines), expected, "{lines}");
        }
    }

    #[test]
    fn a_letter_that_was_forwarded() {
        let letter = "From: =?utf-8?B?5bGx55Sw?= <yamada@town.example>\nSubject: =?utf-8?B?5aeJ5aa56YO95biC?=\n\
            Date: Wed, 25 Nov 2026 10:00:00 +0900\n\nどうぞよろしく。\n";
        let expected = Summary::Letter {
            from: "山田".into(),
            subject: "姉妹都市".into(),
            at: Some("2026-11-25T01:00:00Z".parse().expect("a time")),
            text: "どうぞよろしく。".into(),
        };
        assert_eq!(summary("message/rfc822", "", letter.as_bytes()), Some(expected));
        assert_eq!(summary("message/rfc822", "", b"nothing of a letter"), None);
    }

    #[test]
    fn cards() {
        let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:山田;太郎;;;\r\nFN:山田 太郎\r\nORG:青葉町;企画課\r\n\
            TEL;TYPE=WORK:+81-3-5213-1723\r\nEMAIL:yamada@town.example\r\nEND:VCARD\r\n";
        let expected = Summary::Person {
            name: "山田 太郎".into(),
            organisation: "青葉町 企画課".into(),
            contacts: vec!["+81-3-5213-1723".into(), "yamada@town.example".into()],
            further: 1,
        };
        assert_eq!(summary("text/x-vcard", "", card.repeat(2).as_bytes()), Some(expected));
        let old =
            "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=B1=B1=E7=94=B0;\nEND:VCARD\n";
        let Some(Summary::Person { name, .. }) = summary("", "me.vcf", old.as_bytes()) else { panic!("a card") };
        assert_eq!(name, "山田");
        for (kind, name, content) in [
            ("text/plain", "a.txt", card),
            ("text/vcard", "", ""),
            ("text/vcard", "", "BEGIN:VCARD\nEND:VCARD"),
            ("text/calendar", "", card),
        ] {
            assert_eq!(summary(kind, name, content.as_bytes()), None, "{kind} {name}");
        }
    }

    proptest! {
        #[test]
        fn never_a_panic(lines in proptest::collection::vec("(BEGIN|END|DTSTART|SUMMARY|N|ORG|TEL)(;TZID=[A-Z\"/]{0,9})?:[\\PC\\\\]{0,12}", 0..12)) {
            for head in ["BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "BEGIN:VCARD\n", ""] {
                let text = format!("{head}{}", lines.join("\n"));
                let _ = summary("text/calendar", "", text.as_bytes());
                let _ = summary("text/vcard", "", text.as_bytes());
            }
        }
    }
}
