//! Closed sets of words (statuses, channels, languages): an enum in the program, one word in the database, a form
//! field or a path.

use std::fmt;

/// A word that is not one of the set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{word}\" is no {set}")]
pub struct UnknownName {
    /// What the set is called.
    pub set: &'static str,
    /// The word that was given.
    pub word: String,
}

/// An enum each of whose values has one name, by which people and other programs know it.
pub trait Named: Copy + Eq + fmt::Debug + Sized + Send + Sync + 'static {
    /// What the set is called in an error.
    const SET: &'static str;
    /// Every value, in the order in which people see them.
    const ALL: &'static [Self];

    /// The name of this value.
    fn name(self) -> &'static str;

    /// The value of this name.
    ///
    /// # Errors
    /// When no value has this name.
    fn from_name(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .iter()
            .copied()
            .find(|value| value.name() == name)
            .ok_or_else(|| UnknownName { set: Self::SET, word: name.to_owned() })
    }
}

/// Declares an enum with [`Named`], `Display`, `FromStr` and serde by name.
macro_rules! named {
    ($(#[$doc:meta])* pub enum $name:ident as $set:literal { $($(#[$value_doc:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$value_doc])* #[serde(rename = $word)] $value,)+ }

        impl $crate::domain::Named for $name {
            const SET: &'static str = $set;
            const ALL: &'static [Self] = &[$(Self::$value,)+];
            fn name(self) -> &'static str {
                match self { $(Self::$value => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str($crate::domain::Named::name(*self))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::UnknownName;
            fn from_str(name: &str) -> Result<Self, Self::Err> {
                <Self as $crate::domain::Named>::from_name(name)
            }
        }
    };
}
pub(crate) use named;
