//! The directory of sister cities: who is tied to whom, and who is looking for a partner.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::domain::division::Names;

/// A prefecture of Japan, by its code in JIS X 0401: 1 to 47.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prefecture(u8);

impl Prefecture {
    /// The prefecture of a code.
    #[must_use]
    pub fn new(code: u8) -> Option<Self> {
        (1..=47).contains(&code).then_some(Self(code))
    }

    /// Its code.
    #[must_use]
    pub fn code(self) -> u8 {
        self.0
    }

    /// All of them, from the north.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=47).map(Self)
    }
}

/// A country or region, by its code in ISO 3166-1 alpha-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// The country of a code: two letters.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_alphabetic).then(|| Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(out, "{}", char::from(*letter)))
    }
}

/// Since when, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Since {
    /// The year.
    Year(i16),
    /// The first day of the month.
    Month(Date),
    /// The day.
    Day(Date),
}

/// Not a year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date such as 1955, 1955-12 or 1955-12-07")]
pub struct BadSince;

impl FromStr for Since {
    type Err = BadSince;

    /// `1955`, `1955-12`, `1955-12-07` (ISO 8601), also as spreadsheets write it: `1955/12/7`.
    fn from_str(text: &str) -> Result<Self, BadSince> {
        let parts = text.trim().split(['-', '/', '.']).map(|part| part.parse::<i16>().map_err(|_| BadSince));
        let parts = parts.collect::<Result<Vec<i16>, BadSince>>()?;
        let date = |year, month: i16, day: i16| {
            let (month, day) = (i8::try_from(month).map_err(|_| BadSince)?, i8::try_from(day).map_err(|_| BadSince)?);
            Date::new(year, month, day).map_err(|_| BadSince)
        };
        match parts[..] {
            [year @ 1000..=9999] => Ok(Self::Year(year)),
            [year @ 1000..=9999, month] => date(year, month, 1).map(Self::Month),
            [year @ 1000..=9999, month, day] => date(year, month, day).map(Self::Day),
            _ => Err(BadSince),
        }
    }
}

impl fmt::Display for Since {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(out, "{year}"),
            Self::Month(first) => write!(out, "{}", first.strftime("%Y-%m")),
            Self::Day(day) => write!(out, "{day}"),
        }
    }
}

/// A municipality of Japan, or a prefecture itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Where it lies.
    pub prefecture: Prefecture,
    /// Its name by language.
    pub names: Names,
}

/// A local government elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Where it lies.
    pub country: Country,
    /// Its name by language.
    pub names: Names,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tie {
    /// Two are tied.
    Affiliation {
        /// In Japan.
        home: Home,
        /// Elsewhere.
        partner: Partner,
        /// Since when.
        since: Option<Since>,
    },
    /// One in Japan looks for a partner elsewhere.
    HomeSeeks {
        /// Who.
        home: Home,
        /// For what kind of partner, by language.
        wish: Names,
    },
    /// One elsewhere looks for a partner in Japan.
    PartnerSeeks {
        /// Who.
        partner: Partner,
        /// For what kind of partner, by language.
        wish: Names,
    },
}

/// Whether an entry is there only to show what entries look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It is so.
    Real,
    /// It was made up.
    Example,
}

/// An entry of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it says.
    pub tie: Tie,
    /// Whether it is so.
    pub truth: Truth,
}

impl Entry {
    /// The side in Japan.
    #[must_use]
    pub fn home(&self) -> Option<&Home> {
        match &self.tie {
            Tie::Affiliation { home, .. } | Tie::HomeSeeks { home, .. } => Some(home),
            Tie::PartnerSeeks { .. } => None,
        }
    }

    /// The side elsewhere.
    #[must_use]
    pub fn partner(&self) -> Option<&Partner> {
        match &self.tie {
            Tie::Affiliation { partner, .. } | Tie::PartnerSeeks { partner, .. } => Some(partner),
            Tie::HomeSeeks { .. } => None,
        }
    }

    /// Since when they are tied, where they are and that is known.
    #[must_use]
    pub fn since(&self) -> Option<Since> {
        match &self.tie {
            Tie::Affiliation { since, .. } => *since,
            Tie::HomeSeeks { .. } | Tie::PartnerSeeks { .. } => None,
        }
    }

    /// What kind of partner is looked for, where one is.
    #[must_use]
    pub fn wish(&self) -> Option<&Names> {
        match &self.tie {
            Tie::Affiliation { .. } => None,
            Tie::HomeSeeks { wish, .. } | Tie::PartnerSeeks { wish, .. } => Some(wish),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BadSince, Country, Prefecture, Since};

    #[test]
    fn dates_as_far_as_they_are_known() {
        for (text, expected) in [
            ("1955", Ok("1955")),
            ("1955-12", Ok("1955-12")),
            ("1955/12/7", Ok("1955-12-07")),
            ("1955.2.29", Err(BadSince)),
            ("55", Err(BadSince)),
            ("1955-13", Err(BadSince)),
            ("昭和30年", Err(BadSince)),
            ("", Err(BadSince)),
        ] {
            assert_eq!(text.parse::<Since>().map(|since| since.to_string()), expected.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn codes_of_places() {
        assert_eq!((Prefecture::new(0), Prefecture::new(48), Prefecture::all().count()), (None, None, 47));
        assert_eq!(Country::new("fr").map(|country| country.to_string()).as_deref(), Some("FR"));
        assert!(Country::new("F1").is_none() && Country::new("FRA").is_none() && Country::new("é").is_none());
    }

    proptest! {
        #[test]
        fn dates_are_read_back(year in 1000_i16..=9999, month in 1_i8..=12, day in 1_i8..=28) {
            for text in [format!("{year}"), format!("{year}-{month:02}"), format!("{year}-{month:02}-{day:02}")] {
                prop_assert_eq!(text.parse::<Since>().map(|since| since.to_string()), Ok(text));
            }
        }
    }
}
