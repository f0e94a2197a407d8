//! Telephone and fax numbers as people write them.

use unicode_normalization::UnicodeNormalization;

use crate::domain::enquiry::Number;

/// The fewest digits of a number that can be dialled: Japan's shortest, such as 110 and 118, have three.
const FEWEST_DIGITS: usize = 3;
/// The most digits of a number (ITU-T E.164 has 15; offices write an extension behind).
const MOST_DIGITS: usize = 20;

/// Reads a number: any width, brackets, dashes, blanks. One that begins with 0 is one of Japan's. `None` where it
/// cannot be a number.
#[must_use]
pub fn read(text: &str) -> Option<Number> {
    let shown: String = text.nfkc().collect::<String>().trim().to_owned();
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    let plain = shown.chars().all(|c| c.is_ascii_digit() || " +-()./‐‑–—−ー－#x".contains(c));
    if !plain || !(FEWEST_DIGITS..=MOST_DIGITS).contains(&digits.len()) {
        return None;
    }
    let value = match (shown.starts_with('+'), digits.strip_prefix('0')) {
        (true, _) => format!("+{}", digits.strip_prefix("810").map_or(digits.clone(), |rest| format!("81{rest}"))),
        (false, Some(national)) if digits.len() >= 9 && !national.starts_with('0') => format!("+81{national}"),
        _ => digits,
    };
    Some(Number { value, shown })
}

/// One of Japan's numbers in `+81-3-…` form as it is dialled within Japan; others as they are.
#[must_use]
pub fn national(international: &str) -> String {
    international.strip_prefix("+81-").map_or_else(|| international.to_owned(), |rest| format!("0{rest}"))
}

#[cfg(test)]
mod tests {
    use super::{national, read};

    #[test]
    fn numbers_as_people_write_them() {
        for (text, value) in [
            ("０３−５２１３−１７２３", Some("+81352131723")),
            ("03(5213)1723", Some("+81352131723")),
            ("+81 3 5213 1723", Some("+81352131723")),
            ("+81 (0)3 5213 1723", Some("+81352131723")),
            ("+33 1 42 00 00 00", Some("+33142000000")),
            ("110", Some("110")),
            ("12", None),
            ("call me", None),
            ("", None),
        ] {
            assert_eq!(read(text).map(|number| number.value), value.map(str::to_owned), "{text}");
        }
        assert_eq!(national("+81-3-5213-1723"), "03-5213-1723");
    }
}
