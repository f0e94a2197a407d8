//! Dates of letters (RFC 5322, 3.3 and 4.3), as clients really write them, to RFC 3339.

use jiff::civil::DateTime;
use jiff::fmt::temporal::{DateTimeParser, DateTimePrinter};

use crate::mail::comment;

const MONTHS: [&[u8; 3]; 12] =
    [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];

/// Names of zones with their minutes east of Greenwich; those of RFC 5322, 4.3 and those of our neighbours.
const ZONES: &[(&str, i32)] = &[
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("jst", 540),
    ("kst", 540),
    ("hkt", 480),
    ("bst", 60),
    ("wet", 0),
    ("cet", 60),
    ("cest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("aest", 600),
    ("nzst", 720),
];

/// What a `Date` says; `None` where that is no date. A zone that nobody knows counts as none (RFC 5322, 4.3).
pub(super) fn rfc3339(text: &str) -> Option<String> {
    let text = text.trim();
    // Some write the standard for data instead of that for mail.
    if text.get(4..5) == Some("-")
        && let Ok(pieces) = DateTimeParser::new().parse_pieces(text)
        && let (date, Some(time)) = (pieces.date(), pieces.time())
    {
        let minutes = pieces.to_numeric_offset().map_or(0, |offset| offset.seconds() / 60);
        return Some(written(date.to_datetime(time), minutes));
    }
    by_pieces(text).or_else(|| {
        let parsed = mail_parser::DateTime::parse_rfc822(text).filter(mail_parser::DateTime::is_valid)?;
        Some(parsed.to_rfc3339())
    })
}

/// Day, month by its name, year, time and zone, in any order that is in use.
fn by_pieces(text: &str) -> Option<String> {
    let text = comment::without(text);
    let text = if text.contains(" :") || text.contains(": ") { comment::tight(&text, &[':']).into() } else { text };
    let text = text.as_bytes();
    let (mut day, mut month, mut year, mut time, mut zone) = (None, None, None, None, None);
    let words = text.split(|byte| matches!(byte, b' ' | b'\t' | b',')).filter(|word| !word.is_empty());
    for word in words.take(12) {
        if let Some(found) = clock(word).filter(|_| time.is_none()) {
            time = Some(found);
        } else if let Some(minutes) = time.and_then(|_| offset(word)) {
            zone = zone.or(Some(minutes));
        } else {
            // `24-nov-2026` is three words.
            for piece in word.split(|byte| matches!(byte, b'-' | b'.' | b'/')).filter(|piece| !piece.is_empty()) {
                match number(piece) {
                    Some(number) if piece.len() <= 2 && day.is_none() => day = i8::try_from(number).ok(),
                    Some(number) if year.is_none() => year = Some(full_year(number, piece.len())?),
                    _ => month = month.or_else(|| named_month(piece)),
                }
            }
        }
    }
    let (hour, minute, second) = time?;
    // A leap second is the one before it.
    let date = DateTime::new(year?, month?, day?, hour, minute, second.min(59), 0).ok()?;
    Some(written(date, zone.unwrap_or(0)))
}

/// Up to four digits.
fn number(digits: &[u8]) -> Option<i16> {
    let is_one = (1..=4).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    is_one.then(|| digits.iter().fold(0, |number, digit| number * 10 + i16::from(digit - b'0')))
}

fn named_month(word: &[u8]) -> Option<i8> {
    let start = word.first_chunk::<3>()?.map(|byte| byte.to_ascii_lowercase());
    (1..).zip(MONTHS).find(|(_, name)| **name == start).map(|(number, _)| number)
}

/// RFC 5322, 4.3: two digits up to 49 are of this century, three are since 1900.
fn full_year(number: i16, digits: usize) -> Option<i16> {
    match digits {
        1 | 2 if number < 50 => Some(number + 2000),
        2 | 3 => Some(number + 1900),
        4 => Some(number),
        _ => None,
    }
}

fn clock(word: &[u8]) -> Option<(i8, i8, i8)> {
    let mut parts = word.split(|byte| *byte == b':');
    let mut next = || i8::try_from(number(parts.next()?)?).ok();
    let (hour, minute) = (next()?, next()?);
    let second = match parts.next() {
        Some(second) => i8::try_from(number(second.split(|byte| *byte == b'.').next()?)?).ok()?,
        None => 0,
    };
    Some((hour, minute, second))
}

/// `+0900`, `+09:00`, `jst`, in minutes.
fn offset(word: &[u8]) -> Option<i32> {
    let (sign, digits) = match word {
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => {
            return ZONES
                .iter()
                .find(|(name, _)| word.eq_ignore_ascii_case(name.as_bytes()))
                .map(|(_, minutes)| *minutes);
        }
    };
    let number = match digits {
        [a, b, b':', c, d] => number(&[*a, *b, *c, *d])?,
        // The next header may be glued to it.
        [a, b, c, d, rest @ ..] if !rest.first().is_some_and(u8::is_ascii_digit) => number(&[*a, *b, *c, *d])?,
        _ => return None,
    };
    let minutes = i32::from(number / 100 * 60 + number % 100);
    (minutes < 24 * 60).then_some(sign * minutes)
}

fn written(date: DateTime, minutes: i32) -> String {
    let digits = |number: u32| [b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8].map(char::from);
    let mut text = String::with_capacity("2026-11-24T10:00:00+09:00".len());
    DateTimePrinter::new().print_datetime(&date, &mut text).expect("a string takes all that is written into it");
    if minutes == 0 {
        text.push('Z');
    } else {
        let east = minutes.unsigned_abs();
        text.push(if minutes < 0 { '-' } else { '+' });
        text.extend(digits(east / 60).into_iter().chain([':']).chain(digits(east % 60)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::rfc3339;

    #[test]
    fn as_they_are_written() {
        for (text, expected) in [
            ("Tue, 24 Nov 2026 10:00:00 +0900", Some("2026-11-24T10:00:00+09:00")),
            ("24 Nov 2026 10:00 +0900 (JST)", Some("2026-11-24T10:00:00+09:00")),
            ("Tue, 24 Nov 2026 10:00:00 GMT", Some("2026-11-24T10:00:00Z")),
            ("Tue, 24 Nov 26 10:00:00 EST", Some("2026-11-24T10:00:00-05:00")),
            ("Tue, 24 Nov 2026 10:00:00 JST", Some("2026-11-24T10:00:00+09:00")),
            ("Tue,24 Nov 2026 10:00:00 -0330", Some("2026-11-24T10:00:00-03:30")),
            ("Tue, 24-Nov-2026 10:00:00 +0900", Some("2026-11-24T10:00:00+09:00")),
            ("Tue, 24 November 2026 10:00:00 +0900", Some("2026-11-24T10:00:00+09:00")),
            ("Tue Nov 24 10:00:00 2026", Some("2026-11-24T10:00:00Z")),
            ("Tue, 24 Nov 2026 10:00:00", Some("2026-11-24T10:00:00Z")),
            ("Thu, 31 Dec 1998 23:59:60 +0000", Some("1998-12-31T23:59:59Z")),
            ("2026-11-24T10:00:00+09:00", Some("2026-11-24T10:00:00+09:00")),
            ("2026-11-24 10:00:00Z", Some("2026-11-24T10:00:00Z")),
            ("yesterday", None),
            ("Tue, 32 Nov 2026 10:00:00 +0900", None),
            ("Tue, 24 Nov 2026", None),
            ("", None),
        ] {
            assert_eq!(rfc3339(text).as_deref(), expected, "{text}");
        }
    }
}
