//! The organisation, its divisions and topics: data, the same in every door.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::domain::Named;
use crate::domain::calendar::WorkingCalendar;
use crate::domain::colour::Colours;
use crate::domain::language::Language;
use crate::domain::logo::Logo;
use crate::domain::person::EmailAddress;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::routing::{Map, Rule};
use crate::domain::wording::Wordings;

/// A text in several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// A text in the languages that it is in; what is blank is left out.
    pub fn new(texts: impl IntoIterator<Item = (Language, String)>) -> Self {
        let texts = texts.into_iter().filter(|(_, text)| !text.trim().is_empty());
        Self(texts.map(|(language, text)| (language.name().to_owned(), text.trim().to_owned())).collect())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text in this language, if it is there.
    #[must_use]
    pub fn written_in(&self, language: Language) -> Option<&str> {
        self.0.get(language.name()).map(String::as_str)
    }

    /// The language of what [`Self::text`] gives a reader.
    #[must_use]
    pub fn language_for(&self, reader: Language) -> Language {
        let wished = [reader, Language::English, Language::Japanese];
        let mut order = wished.into_iter().chain(Language::ALL.iter().copied());
        order.find(|language| self.written_in(*language).is_some()).unwrap_or(reader)
    }

    /// The text in all its languages.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// The text in a language; where it is missing, in English, Japanese, or any.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        self.written_in(self.language_for(language)).unwrap_or_default()
    }
}

/// The public body.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    /// Name by language.
    pub names: Names,
    /// The heading of the start page by language; where it is not there, the program's.
    pub headline: Names,
    /// What stands below it, likewise.
    pub lead: Names,
    /// The accent of its pages; none: the program's.
    pub colours: Option<Colours>,
    /// The picture beside its name; none: the program's.
    pub logo: Option<Logo>,
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
    /// Fax number, E.164, of one that still has a fax.
    pub fax: Option<String>,
    /// Address for enquiries and sender of replies.
    pub email: EmailAddress,
    /// Order on pages; the lowest takes what nothing routes.
    pub position: i32,
    /// When it is open.
    pub calendar: WorkingCalendar,
}

/// Whether the form offers a topic. Tickets keep one that it no longer offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It does.
    Offered,
    /// It did.
    Withdrawn,
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
    /// Order in the form.
    pub position: i32,
    /// Whether the form offers it.
    pub offer: Offer,
    /// The division that answers.
    pub division: Uuid,
}

/// All of it, as it stood when it was read.
#[derive(Debug, Clone)]
pub struct Directory {
    /// What stands above the divisions.
    pub organisation: Organisation,
    /// Divisions; the first takes what nothing routes.
    pub divisions: Vec<Division>,
    /// Topics in the order of the form.
    pub topics: Vec<Topic>,
    /// Routing rules in the order in which they are asked.
    pub rules: Vec<Rule>,
    /// What administrators have automatic messages say.
    pub wordings: Wordings,
    /// What topics ask beside what every form asks; at most one for each.
    pub questionnaires: Vec<Questionnaire>,
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

    /// The topics that the form offers, in its order.
    pub fn offered(&self) -> impl Iterator<Item = &Topic> {
        self.topics.iter().filter(|topic| topic.offer == Offer::Offered)
    }

    /// What the form asks about a topic beside what it always asks.
    #[must_use]
    pub fn questionnaire(&self, topic: &str) -> Option<&Questionnaire> {
        self.questionnaires.iter().find(|questionnaire| questionnaire.topic == topic)
    }

    /// The day that it is then at the desk: where its first division is.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Date {
        let zone = self.divisions.first().map_or(TimeZone::UTC, |division| division.calendar.zone.clone());
        at.to_zoned(zone).date()
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
