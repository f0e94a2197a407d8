//! The outbox's page.

use askama::Template;

use crate::desk::outgoing::State;
use crate::desk::outgoing::list::Posted;
use crate::domain::Named;
use crate::domain::enquiry::{BounceReport, Permanence};
use crate::domain::named::named;
use crate::language::Words;
use crate::web::staff::view::delivery::Reason;
use crate::web::staff::view::shell::{Nav, StaffShell};

named! {
    /// A part of the outbox.
    pub enum Shelf as "part of the outbox" {
        /// Waiting, refused, or of unknown fate.
        Unsent = "unsent",
        /// Sent, and reported as not delivered.
        Returned = "returned",
        /// Sent, or settled.
        Sent = "sent",
    }
}

/// The outbox.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/outbox.html")]
pub struct OutboxPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// Which part of it.
    pub shelf: Shelf,
    /// Letters.
    pub letters: Vec<Posted>,
    /// The next page.
    pub next: Option<String>,
    /// Whether letters are only kept as files.
    pub captured: bool,
}

impl Shelf {
    /// Where it is shown.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Unsent => "/staff/outbox".to_owned(),
            other => format!("/staff/outbox?state={other}"),
        }
    }
}

impl Posted {
    /// Why it was not taken the last time.
    #[must_use]
    pub fn reason(&self, words: Words) -> Option<Reason> {
        let reason = Reason::of(words, self.code.as_deref(), self.words.as_deref());
        (!reason.words().is_empty()).then_some(reason)
    }

    /// Its state in words; what the desk itself did not hand over was not refused by a server.
    #[must_use]
    pub fn state_key(&self, words: Words) -> String {
        match self.reason(words) {
            Some(Reason::Desk(_)) if self.state == State::Refused => "letter-hindered".to_owned(),
            _ => format!("letter-{}", self.state),
        }
    }

    /// Whether it waits for a person.
    #[must_use]
    pub fn needs_a_person(&self) -> bool {
        matches!(self.state, State::Refused | State::Unknown)
    }

    /// The report that it came back, until somebody has taken care of that.
    #[must_use]
    pub fn returned(&self) -> Option<&BounceReport> {
        self.bounce.as_ref().filter(|_| self.state != State::Settled)
    }

    /// Whether a person may decide about it: where it failed, for good or for now.
    #[must_use]
    pub fn can_be_decided(&self) -> bool {
        self.needs_a_person() || self.returned().is_some() || (self.state == State::Waiting && self.tries > 0)
    }
}
