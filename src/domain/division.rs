//! The organisation, its divisions and topics: data, the same in every door.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::domain::Named;
use crate::domain::calendar::WorkingCalendar;
use crate::domain::language::Language;
use crate::domain::person::EmailAddress;
use crate::domain::routing::{Map, Rule};
use crate::domain::wording::Wordings;

/// A text in several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// The text in a language; where it is missing, in English, Japanese, or any.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        [language, Language::English, Language::Japanese]
            .iter()
            .find_map(|language| self.0.get(language.name()))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }
}

/// A part of the organisation with its own queue and channels.
#[derive(Debug, Clone)]
pub struct Division {
    /// Key.
    pub id: Uuid,
    /// Name in paths.
    pub slug: String,
    /// Name by language.
    pub names: Names,
    /// Telephone number, E.164.
    pub telephone: String,
    /// Fax number, E.164.
    pub fax: String,
    /// Address for enquiries and sender of replies.
    pub email: EmailAddress,
    /// When it is open.
    pub calendar: WorkingCalendar,
}

/// What an enquiry can be about.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Name in the form and in queries.
    pub slug: String,
    /// Name by language.
    pub names: Names,
    /// A few words below it in the form.
    pub hints: Names,
    /// The division that answers.
    pub division: Uuid,
}

/// All of it, as it stood when it was read.
#[derive(Debug, Clone)]
pub struct Directory {
    /// The organisation's name by language.
    pub organisation: Names,
    /// Divisions; the first takes what nothing routes.
    pub divisions: Vec<Division>,
    /// Topics in the order of the form.
    pub topics: Vec<Topic>,
    /// Routing rules in the order in which they are asked.
    pub rules: Vec<Rule>,
    /// What administrators have automatic messages say.
    pub wordings: Wordings,
}

impl Directory {
    /// A division by its key.
    #[must_use]
    pub fn division(&self, id: Uuid) -> Option<&Division> {
        self.divisions.iter().find(|division| division.id == id)
    }

    /// A division by its slug.
    #[must_use]
    pub fn division_called(&self, slug: &str) -> Option<&Division> {
        self.divisions.iter().find(|division| division.slug == slug)
    }

    /// A topic by its slug.
    #[must_use]
    pub fn topic(&self, slug: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.slug == slug)
    }

    /// What routing asks of it.
    #[must_use]
    pub fn map(&self) -> Map {
        Map {
            rules: self.rules.clone(),
            topics: self.topics.iter().map(|topic| (topic.slug.clone(), topic.division)).collect(),
            divisions: self
                .divisions
                .iter()
                .map(|division| (division.id, division.email.as_str().to_owned()))
                .collect(),
        }
    }

    /// Our own addresses, folded: nobody is acknowledged there.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        self.divisions.iter().map(|division| division.email.folded()).collect()
    }
}
