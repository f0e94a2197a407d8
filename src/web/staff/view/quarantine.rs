//! What was not understood, and what can be done with it.

use std::collections::BTreeMap;

use askama::Template;
use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::Named;
use crate::domain::channel::Channel;
use crate::web::staff::view::pages::Choice;
use crate::web::staff::view::shell::{Nav, StaffShell};

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
    pub reason: String,
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
