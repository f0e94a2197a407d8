//! Dates of letters (RFC 5322, 3.3 and 4.3), as clients really write them, to RFC 3339.

use jiff::civil::DateTime;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

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
        && let Ok(pieces) = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text)
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
    let text = text.split('(').next().unwrap_or(text).to_ascii_lowercase();
    let (mut day, mut month, mut year, mut time, mut zone) = (None, None, None, None, None);
    for word in text.split([' ', '\t', ',']).filter(|word| !word.is_empty()).take(12) {
        if let Some(found) = clock(word).filter(|_| time.is_none()) {
            time = Some(found);
        } else if let Some(minutes) = offset(word).filter(|_| time.is_some()) {
            zone = zone.or(Some(minutes));
        } else {
            // `24-nov-2026` is three words.
            for piece in word.split(['-', '.', '/']).filter(|piece| !piece.is_empty()) {
                let named = piece.get(..3).and_then(|start| MONTHS.iter().position(|name| *name == start));
                match (piece.parse::<i16>(), named) {
                    (Ok(number), _) if piece.len() <= 2 && day.is_none() => day = Some(number),
                    (Ok(number), _) if year.is_none() => year = Some(full_year(number, piece.len())?),
                    (_, Some(index)) if month.is_none() => month = Some(index as i8 + 1),
                    _ => {}
                }
            }
        }
    }
    let (hour, minute, second) = time?;
    // A leap second is the one before it.
    let date = DateTime::new(year?, month?, i8::try_from(day?).ok()?, hour, minute, second.min(59), 0).ok()?;
    Some(written(date, zone.unwrap_or(0)))
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

fn clock(word: &str) -> Option<(i8, i8, i8)> {
    let mut parts = word.split(':');
    let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let second = parts.next().map_or(Some(0), |second| second.split('.').next()?.parse().ok())?;
    Some((hour, minute, second))
}

/// `+0900`, `+09:00`, `jst`, in minutes.
fn offset(word: &str) -> Option<i32> {
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == word) {
        return Some(*minutes);
    }
    let (sign, digits) = match word.as_bytes().first()? {
        b'+' => (1, &word[1..]),
        b'-' => (-1, &word[1..]),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    let number: i32 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    let minutes = number / 100 * 60 + number % 100;
    (minutes < 24 * 60).then_some(sign * minutes)
}

fn written(date: DateTime, minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let east = minutes.unsigned_abs();
    let zone = if east == 0 { "Z".to_owned() } else { format!("{sign}{:02}:{:02}", east / 60, east % 60) };
    format!("{}{zone}", date.strftime("%Y-%m-%dT%H:%M:%S"))
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
