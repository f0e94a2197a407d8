//! What is said to people: five languages for enquirers, Japanese and English for staff, in Fluent files under
//! `templates/text`. A language is added by its files and one line in [`crate::domain::language`].

pub mod answers;
pub mod dates;
pub mod detect;
pub mod places;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;

use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid};

use crate::domain::language::Language;

fluent_templates::static_loader! {
    static PUBLIC = { locales: "./templates/text/public", fallback_language: "en", customise: |bundle| bundle.set_use_isolating(false) };
}
fluent_templates::static_loader! {
    static STAFF = { locales: "./templates/text/staff", fallback_language: "en", customise: |bundle| bundle.set_use_isolating(false) };
}

/// Whose words: each audience has a folder of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Enquirers: pages and letters in all languages.
    Public,
    /// Staff: Japanese and English.
    Staff,
}

/// The words of one audience in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Whose words.
    pub audience: Audience,
    /// In which language.
    pub language: Language,
}

impl Words {
    /// The words for enquirers.
    #[must_use]
    pub fn public(language: Language) -> Self {
        Self { audience: Audience::Public, language }
    }

    /// The words for staff.
    #[must_use]
    pub fn staff(language: Language) -> Self {
        Self { audience: Audience::Staff, language }
    }

    /// What stands under a key. A key that no file has is shown as itself; `tests/it/tidy.rs` keeps that from happening.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.loader().try_lookup(&identifier(self.language), key).unwrap_or_else(|| key.to_owned())
    }

    /// What stands under a key, with its variables filled in: `words.tell("wait-days", &[("days", 3.into())])`.
    #[must_use]
    pub fn tell(&self, key: &str, variables: &[(&'static str, FluentValue<'_>)]) -> String {
        let variables: HashMap<Cow<'static, str>, FluentValue<'_>> =
            variables.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
        self.loader()
            .try_lookup_with_args(&identifier(self.language), key, &variables)
            .unwrap_or_else(|| key.to_owned())
    }

    /// What stands under a key, with one variable filled in. Templates write `words.with("wait-until", "time", time)`;
    /// the value stands as it is written, never as a number to choose a plural by.
    #[must_use]
    pub fn with(&self, key: &str, name: &'static str, value: impl Display) -> String {
        self.tell(key, &[(name, value.to_string().into())])
    }

    /// What stands under a key for so many things: `$count` is a number, so that a language may choose its plural.
    #[must_use]
    pub fn count(&self, key: &str, count: impl Display) -> String {
        let value = match count.to_string().parse::<i64>() {
            Ok(number) => number.into(),
            Err(_) => count.to_string().into(),
        };
        self.tell(key, &[("count", value)])
    }

    fn loader(&self) -> &'static fluent_templates::StaticLoader {
        match self.audience {
            Audience::Public => &PUBLIC,
            Audience::Staff => &STAFF,
        }
    }
}

fn identifier(language: Language) -> LanguageIdentifier {
    match language {
        Language::Japanese => langid!("ja"),
        Language::English => langid!("en"),
        Language::Chinese => langid!("zh"),
        Language::Korean => langid!("ko"),
        Language::French => langid!("fr"),
    }
}
