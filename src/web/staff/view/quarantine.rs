//! What was not understood, and what can be done with it.

use std::collections::BTreeMap;

use askama::Template;
use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::Named;
use crate::domain::arrival::Obstacle;
use crate::domain::channel::Channel;
use crate::language::Words;
use crate::web::staff::view::pages::Choice;
use crate::web::staff::view::shell::{Nav, StaffShell};
use crate::web::view::file_size;

/// An arrival that was not understood.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/quarantine.html")]
pub struct QuarantinePage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// Its key.
    pub id: Uuid,
    /// When it came.
    pub received_at: Timestamp,
    /// How it came.
    pub channel: Channel,
    /// From whom, as far as the door knew.
    pub sender: String,
    /// The addresses it was sent to.
    pub recipients: String,
    /// Why it was not understood.
    pub reason: Told,
    /// The first of the original, as far as it is text.
    pub original: String,
    /// How many bytes are not shown.
    pub rest: usize,
    /// Whether it can be read again.
    pub can_be_read: bool,
    /// What it is about.
    pub topics: Choice,
    /// What was typed, by the names of the fields.
    pub typed: BTreeMap<&'static str, String>,
    /// What is wrong: the field and a sentence.
    pub mistakes: Vec<(&'static str, String)>,
}

impl QuarantinePage {
    /// What was typed into a field.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn wrong(&self, name: &str) -> Option<&str> {
        self.mistakes.iter().find(|(field, _)| *field == name).map(|(_, sentence)| sentence.as_str())
    }
}

/// Why an arrival was not understood, in words.
#[derive(Debug, Clone)]
pub struct Told {
    /// The words.
    pub words: String,
    /// The tag of their language: what nobody foresaw is told in English.
    pub language: &'static str,
}

/// Tells of what the ledger keeps.
#[must_use]
pub fn told(words: Words, kept: &str) -> Told {
    let language = words.language.name();
    let said = |words: String| Told { words, language };
    match Obstacle::read(kept) {
        Obstacle::TooLarge { bytes, most, is_whole } => {
            let sizes = [("size", file_size(words, bytes).into()), ("most", file_size(words, most).into())];
            said(words.tell(if is_whole { "trouble-too-large" } else { "trouble-too-large-cut" }, &sizes))
        }
        Obstacle::TooSlow(seconds) => said(words.with("trouble-too-slow", "seconds", seconds)),
        Obstacle::Unreadable => said(words.say("trouble-unreadable")),
        Obstacle::Other(words) => Told { words, language: "en" },
    }
}
