//! What people and officials write, from `texts.toml`: parts that are combined.

use std::collections::HashMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::desk::demo::chance::Chance;
use crate::domain::language::Language;

const FILE: &str = include_str!("texts.toml");

/// All texts.
#[derive(Debug, Deserialize)]
pub(super) struct Texts {
    pub(super) staff: Staff,
    pub(super) files: Files,
    pub(super) spam: Spam,
    pub(super) machine: Machine,
    ja: Tongue,
    en: Tongue,
    zh: Tongue,
    ko: Tongue,
    fr: Tongue,
}

#[derive(Debug, Deserialize)]
pub(super) struct Staff {
    pub(super) names: Vec<String>,
    pub(super) addresses: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) tags: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Files {
    pub(super) names: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Spam {
    pub(super) subjects: Vec<String>,
    pub(super) texts: Vec<String>,
    pub(super) senders: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Machine {
    pub(super) subjects: Vec<String>,
    pub(super) texts: Vec<String>,
}

/// What is written in one language.
#[derive(Debug, Deserialize)]
pub(super) struct Tongue {
    pub(super) family: Vec<String>,
    pub(super) given: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) partners: Vec<String>,
    pub(super) organisations: Vec<String>,
    pub(super) hosts: Vec<String>,
    pub(super) private: Vec<String>,
    pub(super) greetings: Vec<String>,
    pub(super) closings: Vec<String>,
    pub(super) follow_ups: Vec<String>,
    pub(super) thanks: Vec<String>,
    pub(super) answers_open: Vec<String>,
    pub(super) answers_close: Vec<String>,
    pub(super) calls: Vec<String>,
    topics: HashMap<String, About>,
}

/// What is written about one topic.
#[derive(Debug, Deserialize)]
pub(super) struct About {
    pub(super) subjects: Vec<String>,
    pub(super) questions: Vec<String>,
    pub(super) answers: Vec<String>,
}

impl Texts {
    pub(super) fn read() -> Self {
        toml::from_str(FILE).expect("the file is part of the program, and a test reads it")
    }

    pub(super) fn of(&self, language: Language) -> &Tongue {
        match language {
            Language::Japanese => &self.ja,
            Language::English => &self.en,
            Language::Chinese => &self.zh,
            Language::Korean => &self.ko,
            Language::French => &self.fr,
        }
    }
}

impl Tongue {
    /// What is written about a topic; of topics that the demo does not know, as of any other matter.
    pub(super) fn about(&self, topic: &str) -> &About {
        self.topics.get(topic).unwrap_or(&self.topics["other"])
    }
}

/// What stands in the places that a text leaves open.
#[derive(Debug, Clone, Default)]
pub(super) struct Filling<'a> {
    pub(super) place: &'a str,
    pub(super) partner: &'a str,
    pub(super) name: &'a str,
    pub(super) org: &'a str,
    pub(super) topic: &'a str,
    pub(super) year: i16,
}

impl Filling<'_> {
    /// Fills a text; numbers are drawn.
    pub(super) fn fill(&self, text: &str, chance: &mut Chance) -> String {
        let mut filled = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (gap, after) = after.split_once('}').unwrap_or((after, ""));
            // Writing into a string does not fail.
            let _ = match gap {
                "place" => write!(filled, "{}", self.place),
                "partner" => write!(filled, "{}", self.partner),
                "name" => write!(filled, "{}", self.name),
                "org" => write!(filled, "{}", if self.org.is_empty() { self.place } else { self.org }),
                "topic" => write!(filled, "{}", self.topic),
                "year" => write!(filled, "{}", self.year + i16::from(chance.happens(0.3))),
                "month" => write!(filled, "{}", chance.between(1, 12)),
                "day" => write!(filled, "{}", chance.between(1, 28)),
                _ => write!(filled, "{}", chance.between(2, 40)),
            };
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

/// `山田=yamada`: as it is written, and as it stands in an address.
pub(super) fn both_ways(word: &str) -> (&str, &str) {
    word.split_once('=').unwrap_or((word, word))
}

#[cfg(test)]
mod tests {
    use super::{Filling, Texts, both_ways};
    use crate::desk::demo::chance::Chance;
    use crate::domain::Named;
    use crate::domain::language::Language;

    #[test]
    fn every_language_has_something_to_say_about_every_topic() {
        let texts = Texts::read();
        assert_eq!(texts.staff.names.len(), texts.staff.addresses.len());
        for language in Language::ALL {
            let tongue = texts.of(*language);
            assert_eq!(tongue.topics.len(), 6, "{language}");
            for about in tongue.topics.values() {
                assert!(!about.subjects.is_empty() && !about.questions.is_empty() && !about.answers.is_empty());
            }
            for host in tongue.hosts.iter().chain(&tongue.private) {
                assert!(host.ends_with(".example") || host.ends_with(".test"), "{host} is a reserved name");
            }
        }
    }

    #[test]
    fn gaps_are_filled() {
        let filling = Filling { place: "Nancy", year: 2026, ..Filling::default() };
        let filled = filling.fill("{org}, {n}.{month}.", &mut Chance::new(1, 1));
        assert!(filled.starts_with("Nancy, ") && !filled.contains('{'), "{filled}");
        assert_eq!(both_ways("山田=yamada"), ("山田", "yamada"));
    }
}
