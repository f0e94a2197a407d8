//! Telephone and fax numbers as people write them, read by the numbering plans of all countries (libphonenumber).

use rlibphonenumber::{NumberLengthType, PhoneNumber, PhoneNumberFormat, Region};
use unicode_normalization::UnicodeNormalization;

use crate::domain::enquiry::Number;

/// Whose number it is that begins with no `+`.
const HOME: Region = Region::JP;
/// The fewest digits of a number that can be dialled: Japan's shortest, such as 110 and 118, have three.
const FEWEST_DIGITS: usize = 3;
/// The most digits of a number (ITU-T E.164 has 15; offices write an extension behind).
const MOST_DIGITS: usize = 20;
/// What offices in Japan write before an extension, and what is read.
const EXTENSION: (&str, &str) = ("\u{5185}\u{7dda}", " ext. ");

/// Reads a number: any width, brackets, dashes, blanks, an extension. One without `+` is one of Japan's. `None` where it
/// cannot be a number, or has too many or too few digits for its country.
#[must_use]
pub fn read(text: &str) -> Option<Number> {
    let shown: String = text.nfkc().collect::<String>().trim().to_owned();
    let written = shown.replace(EXTENSION.0, EXTENSION.1);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let is_plain = |sign: char| sign.is_ascii_digit() || " +-()./‐‑–—−ー－#x".contains(sign);
    let plain = written.replace("ext.", "#").chars().all(is_plain);
    if !plain || !(FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len()) {
        return None;
    }
    let is_whole = written.starts_with(['+', '0', '(']);
    let value = match dialled(&written).filter(|number| is_whole || number.is_valid()) {
        Some(number) => number.format_as(PhoneNumberFormat::E164).into_owned(),
        // Emergency and service numbers, and those within an area.
        None if !is_whole => digits,
        None => return None,
    };
    Some(Number { value, shown })
}

fn dialled(written: &str) -> Option<PhoneNumber> {
    let written = written.replace('ー', "-");
    // As most of the world dials abroad; none of Japan's numbers begins so.
    let written = written.strip_prefix("00").map_or(written.clone(), |abroad| format!("+{abroad}"));
    let number = PhoneNumber::parse(written, Some(HOME)).ok()?;
    number.is_possible_with_reason().is_ok_and(|length| length == NumberLengthType::IsPossible).then_some(number)
}

/// A number as it is written for readers anywhere, with hyphens: "+81-3-5213-1723". Grouped as it was typed, or as its
/// country's plan has it (RFC 3966). `None` where it neither says its country nor is one of Japan's.
#[must_use]
pub fn international(text: &str) -> Option<String> {
    let number = read(text).filter(|number| number.value.starts_with('+'))?;
    let typed = number.shown.replace([' ', '.'], "-");
    if typed.starts_with('+') && typed.contains('-') && typed.chars().all(|sign| "+-0123456789".contains(sign)) {
        return Some(typed);
    }
    let known = dialled(&number.value).filter(PhoneNumber::is_valid)?;
    known.format_as(PhoneNumberFormat::RFC3966).strip_prefix("tel:").map(str::to_owned)
}

/// One of Japan's numbers in `+81-3-…` form as it is dialled within Japan; others as they are.
#[must_use]
pub fn national(international: &str) -> String {
    international.strip_prefix("+81-").map_or_else(|| international.to_owned(), |rest| format!("0{rest}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{international, national, read};

    #[test]
    fn numbers_as_people_write_them() {
        for (text, value) in [
            ("０３−５２１３−１７２３", Some("+81352131723")),
            ("03(5213)1723", Some("+81352131723")),
            ("+81 3 5213 1723", Some("+81352131723")),
            ("+81 (0)3 5213 1723", Some("+81352131723")),
            ("+33 1 42 00 00 00", Some("+33142000000")),
            ("0033 1 42 00 00 00", Some("+33142000000")),
            ("010 33 1 42 00 00 00", Some("+33142000000")),
            ("090ー1234ー5678", Some("+819012345678")),
            ("03-5213-1723 内線12", Some("+81352131723")),
            ("03-5213-1723 ext. 12", Some("+81352131723")),
            ("03-5213-1723 #12", Some("+81352131723")),
            ("0120-444-444", Some("+81120444444")),
            ("+233 30 266 6123", Some("+233302666123")),
            ("+33 1 42", None),
            ("+33 1 42 00 00 00 00 00", None),
            ("03-52", None),
            ("5213-1723", Some("52131723")),
            ("+999 123 4567", None),
            ("110", Some("110")),
            ("12", None),
            ("call me", None),
            ("", None),
        ] {
            assert_eq!(read(text).map(|number| number.value), value.map(str::to_owned), "{text}");
        }
        assert_eq!(national("+81-3-5213-1723"), "03-5213-1723");
    }

    #[test]
    fn numbers_for_readers_anywhere() {
        for (text, written) in [
            ("０３（５２１３）１７２３", Some("+81-3-5213-1723")),
            ("+33142000000", Some("+33-1-42-00-00-00")),
            ("110", None),
            ("+81 22 555 0100", Some("+81-22-555-0100")),
            ("call me", None),
        ] {
            assert_eq!(international(text).as_deref(), written, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(typed in "[0-9+() ext.内線#-]{0,24}|\\PC{0,24}") {
            let _ = (read(&typed), international(&typed));
        }
    }
}
