//! Dates of letters (RFC 5322, 3.3 and 4.3) to RFC 3339.

/// What a `Date` says; `None` where that is no date.
pub(super) fn rfc3339(text: &str) -> Option<String> {
    let text = text.trim();
    // Some write the standard for data instead of that for mail.
    if text.get(4..5) == Some("-")
        && let Ok(zoned) = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text)
        && let (date, Some(time), Some(offset)) = (zoned.date(), zoned.time(), zoned.to_numeric_offset())
    {
        return Some(written(date.to_datetime(time), offset));
    }
    let parsed = mail_parser::DateTime::parse_rfc822(text).filter(mail_parser::DateTime::is_valid)?;
    Some(parsed.to_rfc3339())
}

fn written(date: jiff::civil::DateTime, offset: jiff::tz::Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    let zone = if minutes == 0 { "Z".to_owned() } else { format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60) };
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
            ("Tue,24 Nov 2026 10:00:00 -0330", Some("2026-11-24T10:00:00-03:30")),
            ("2026-11-24T10:00:00+09:00", Some("2026-11-24T10:00:00+09:00")),
            ("2026-11-24 10:00:00Z", Some("2026-11-24T10:00:00Z")),
            ("yesterday", None),
            ("Tue, 32 Nov 2026 10:00:00 +0900", None),
            ("", None),
        ] {
            assert_eq!(rfc3339(text).as_deref(), expected, "{text}");
        }
    }
}
