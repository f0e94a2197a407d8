//! Telephone and fax numbers as people write them, read by the numbering plans of all countries (libphonenumber).

use rlibphonenumber::{NumberLengthType, PhoneNumber, PhoneNumberFormat, Region};
use unicode_normalization::UnicodeNormalization;

use crate::domain::enquiry::Number;

/// Whose number it is that begins with no `+`, as people whose language we speak write theirs; the first that can be.
const HOMES: [Region; 4] = [Region::JP, Region::KR, Region::CN, Region::FR];
/// The fewest digits of a number that can be dialled: Japan's shortest, such as 110 and 118, have three.
const FEWEST_DIGITS: usize = 3;
/// The most digits of a number (ITU-T E.164 has 15; offices write an extension behind).
const MOST_DIGITS: usize = 20;
/// The most characters that are read: a number, and a word or two beside it.
const LONGEST: usize = 80;
/// What people write before an extension, beside what libphonenumber knows: Japanese, Korean, Chinese, French, German.
const EXTENSIONS: [&str; 7] =
    ["\u{5185}\u{7dda}", "\u{8ee2}", "\u{ad6c}\u{b0b4}", "\u{5185}\u{c120}", "\u{8f6c}", "poste", "Durchwahl"];
/// What people write between two numbers.
const BETWEEN_NUMBERS: [char; 4] = ['/', '、', ',', ';'];
/// What people write between digits that looks like a hyphen and is none (NFKC leaves them).
const DASHES: [char; 3] = ['ー', '―', '−'];

/// Reads a number: any width, brackets, dashes, blanks, an extension, a word beside it. `None` where it cannot be a number,
/// or has too many or too few digits for the country that it says.
#[must_use]
pub fn read(text: &str) -> Option<Number> {
    let shown: String = text.nfkc().collect::<String>().trim().to_owned();
    if shown.chars().count() > LONGEST {
        return None;
    }
    let mut written = shown.replace(DASHES, "-");
    for word in EXTENSIONS {
        written = written.replace(word, " ext. ");
    }
    let (end, last) = written.char_indices().rfind(|(_, sign)| sign.is_numeric())?;
    written.truncate(end + last.len_utf8());
    let first_of_several = || written.split(BETWEEN_NUMBERS).find_map(dialled);
    if let Some(number) = dialled(&written).or_else(first_of_several) {
        return Some(Number { value: number.format_as(PhoneNumberFormat::E164).into_owned(), shown });
    }
    // Emergency and service numbers, and those within an area.
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let is_plain = written.chars().all(|sign| sign.is_ascii_digit() || " -()./‐‑–—－#x".contains(sign));
    let is_short = is_plain && !written.trim_start_matches('(').starts_with('0');
    let can_be_dialled = is_short && (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len());
    can_be_dialled.then_some(Number { value: digits, shown })
}

fn dialled(written: &str) -> Option<PhoneNumber> {
    // As most of the world dials abroad; none of these countries' numbers begins so.
    let written = written.strip_prefix("00").map_or(written.to_owned(), |abroad| format!("+{abroad}"));
    let is_possible = |number: &PhoneNumber| {
        number.is_possible_with_reason().is_ok_and(|length| length == NumberLengthType::IsPossible)
    };
    let [first, ..] = HOMES;
    let read = |home: Region| PhoneNumber::parse(&written, Some(home)).ok().filter(is_possible);
    let begins = written.chars().find(|sign| sign.is_numeric() || *sign == '+');
    let is_whole = begins.is_some_and(|sign| sign == '+' || sign.to_digit(10) == Some(0));
    let at_home = read(first).filter(|number| is_whole || number.is_valid());
    at_home.or_else(|| HOMES.into_iter().filter_map(read).find(PhoneNumber::is_valid))
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
            ("03-5213-1723（代表）", Some("+81352131723")),
            ("TEL: 03-5213-1723", Some("+81352131723")),
            ("03-5213-1723 / 090-1234-5678", Some("+81352131723")),
            ("03―5213―1723", Some("+81352131723")),
            ("+1 212 356 1234 ext 5", Some("+12123561234")),
            ("+33 1 42 00 00 00 poste 12", Some("+33142000000")),
            ("+86 10 6512 3456 转8001", Some("+861065123456")),
            ("+82 2-2100-1234 구내 12", Some("+82221001234")),
            ("+٩٧١ ٥٠ ١٢٣ ٤٥٦٧", Some("+971501234567")),
            ("010-1234-5678", Some("+821012345678")),
            ("138 1234 5678", Some("+8613812345678")),
            ("8000 characters are not a number, however many digits they have: 03-5213-1723 and so on", None),
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
