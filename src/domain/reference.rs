//! References of tickets: `000123-4`, short enough to read out on the telephone.
//!
//! The digit behind the hyphen is a check digit by H. Michael Damm's method (2004), with his totally anti-symmetric
//! quasigroup of order 10: it notices every wrong digit and every swap of neighbours.

use std::fmt;
use std::str::FromStr;

/// A ticket's number with its check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(u64);

/// Why a text is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadReference {
    /// It has another form.
    #[error("this is no reference; one looks like 000123-4")]
    Form,
    /// The last digit does not agree with the others.
    #[error("the last digit does not agree with the others")]
    CheckDigit,
}

/// Digits before the hyphen, at the least.
const WIDTH: usize = 6;
/// Digits before the hyphen, at the most: as many as PostgreSQL's `bigint` surely holds.
const LONGEST: usize = 18;

const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn damm(digits: &str) -> u8 {
    digits.bytes().fold(0, |interim, digit| DAMM[usize::from(interim)][usize::from(digit - b'0')])
}

impl Reference {
    /// The reference of a ticket's number.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        Self(number)
    }

    /// The ticket's number.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }

    /// Reads a reference as people write it: full-width digits, any dash or none, blanks, `#` and brackets around it.
    ///
    /// # Errors
    /// Tells another form from a wrong check digit.
    pub fn read(text: &str) -> Result<Self, BadReference> {
        let mut digits = String::new();
        for character in text.trim().chars() {
            match character {
                '0'..='9' => digits.push(character),
                '０'..='９' => digits.extend(char::from_u32(character as u32 - '０' as u32 + '0' as u32)),
                '-' | '‐' | '‑' | '–' | '—' | '−' | 'ー' | '－' | '#' | '＃' | '[' | ']' | '（' | '）' | '(' | ')' =>
                    {}
                blank if blank.is_whitespace() => {}
                _ => return Err(BadReference::Form),
            }
        }
        Self::from_digits(&digits)
    }

    /// Every reference in a text whose check digit is right, once each.
    #[must_use]
    pub fn find_all(text: &str) -> Vec<Self> {
        let mut found = Vec::new();
        for word in text.split(|character: char| !character.is_ascii_digit() && character != '-') {
            if let Ok(reference) = word.parse()
                && !found.contains(&reference)
            {
                found.push(reference);
            }
        }
        found
    }

    /// What may have been said where the check digit is wrong: one digit misheard, or two neighbours swapped.
    #[must_use]
    pub fn suggestions(text: &str) -> Vec<Self> {
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        if digits.len() <= WIDTH || digits.len() > LONGEST {
            return Vec::new();
        }
        let mut near = Vec::new();
        let mut consider = |digits: &[char]| {
            let reference = Self::from_digits(&digits.iter().collect::<String>());
            if let Ok(reference) = reference
                && !near.contains(&reference)
            {
                near.push(reference);
            }
        };
        for at in 0..digits.len() - 1 {
            let mut swapped = digits.clone();
            swapped.swap(at, at + 1);
            consider(&swapped);
        }
        for at in 0..digits.len() {
            for digit in '0'..='9' {
                let mut changed = digits.clone();
                changed[at] = digit;
                consider(&changed);
            }
        }
        near
    }

    fn from_digits(digits: &str) -> Result<Self, BadReference> {
        if digits.len() <= WIDTH || digits.len() > LONGEST + 1 {
            return Err(BadReference::Form);
        }
        if damm(digits) != 0 {
            return Err(BadReference::CheckDigit);
        }
        let number = digits[..digits.len() - 1].parse().map_err(|_| BadReference::Form)?;
        if number == 0 { Err(BadReference::Form) } else { Ok(Self(number)) }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:0WIDTH$}", self.0);
        write!(formatter, "{digits}-{}", damm(&digits))
    }
}

impl FromStr for Reference {
    type Err = BadReference;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, check) = text.split_once('-').ok_or(BadReference::Form)?;
        let all_digits = number.bytes().chain(check.bytes()).all(|byte| byte.is_ascii_digit());
        let canonical = number.len() == WIDTH || !number.starts_with('0');
        if !all_digits || check.len() != 1 || !canonical {
            return Err(BadReference::Form);
        }
        Self::from_digits(&format!("{number}{check}"))
    }
}

impl serde::Serialize for Reference {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Reference {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BadReference, Reference, damm};

    #[test]
    fn as_the_books_have_it() {
        assert_eq!(damm("572"), 4);
        assert_eq!(Reference::from_number(572).to_string(), format!("000572-{}", damm("000572")));
        assert_eq!(Reference::from_number(1_234_567).to_string().len(), 9);
    }

    #[test]
    fn read_as_people_write_it() {
        let right = Reference::from_number(572);
        let check = damm("000572");
        for text in [
            format!("000572-{check}"),
            format!("[#000572-{check}]"),
            format!("０００５７２－{check}"),
            format!(" 000572 {check}"),
        ] {
            assert_eq!(Reference::read(&text), Ok(right), "{text}");
        }
        assert_eq!(Reference::read("hello"), Err(BadReference::Form));
        assert_eq!(Reference::read("123"), Err(BadReference::Form));
        assert_eq!("00000572-4".parse::<Reference>(), Err(BadReference::Form));
        assert_eq!("000000-0".parse::<Reference>(), Err(BadReference::Form));
    }

    #[test]
    fn found_in_subjects() {
        let (first, second) = (Reference::from_number(572), Reference::from_number(409));
        let subject = format!("Re: [#{first}] 姉妹都市（{second}）{first}、tel 03-5213-1723");
        assert_eq!(Reference::find_all(&subject), [first, second]);
    }

    proptest! {
        #[test]
        fn every_wrong_digit_and_every_swap_is_noticed(number in 1_u64..100_000_000, at in 0_usize..9, digit in 0_u8..10) {
            let right: Vec<u8> = Reference::from_number(number).to_string().bytes().filter(u8::is_ascii_digit).collect();
            let at = at % right.len();
            let mut wrong = right.clone();
            wrong[at] = b'0' + digit;
            let mut swapped = right.clone();
            swapped.swap(at, (at + 1) % right.len());
            for changed in [wrong, swapped.clone()] {
                let next_to_each_other = at + 1 < right.len() || changed != swapped;
                if changed != right && next_to_each_other {
                    prop_assert!(Reference::read(std::str::from_utf8(&changed).expect("digits")).is_err());
                    let heard = String::from_utf8(changed).expect("digits");
                    prop_assert!(Reference::suggestions(&heard).contains(&Reference::from_number(number)));
                }
            }
        }
    }
}
