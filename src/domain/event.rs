//! What happens to a ticket: the lines of its history.

use uuid::Uuid;

use crate::domain::authenticity::Check;
use crate::domain::channel::Channel;
use crate::domain::enquiry::BounceReport;
use crate::domain::language::Language;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::status::{Priority, Status};

/// One line of a ticket's history. Stored as JSON for good: a variant may be added, never changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// The enquiry came.
    Created {
        /// How.
        channel: Channel,
    },
    /// The enquirer wrote again.
    Received {
        /// How.
        channel: Channel,
        /// The status before and after.
        status: Step<Status>,
    },
    /// A letter that went into another ticket was sent to this one too.
    LetterElsewhere {
        /// Where it stands.
        ticket: Reference,
    },
    /// A letter that named this ticket in its subject stands in one of its own, since its sender is not whom it says.
    PutApart {
        /// Where it stands.
        ticket: Reference,
        /// The checks of its sender that failed.
        failed: Vec<Check>,
    },
    /// We answered.
    Replied {
        /// The status before and after.
        status: Step<Status>,
    },
    /// A note was written.
    Noted,
    /// It changed hands.
    Assigned {
        /// Who had it and has it.
        assignee: Step<Option<Uuid>>,
        /// The status before and after.
        status: Step<Status>,
    },
    /// The status was set.
    StatusSet {
        /// Before and after.
        status: Step<Status>,
    },
    /// It went to another division or topic.
    Routed {
        /// The division before and after.
        division: Step<Uuid>,
        /// The main topic before and after.
        topic: Step<String>,
    },
    /// Its priority was set.
    PrioritySet {
        /// Before and after.
        priority: Step<Priority>,
    },
    /// Its language was set.
    LanguageSet {
        /// Before and after.
        language: Step<Option<Language>>,
    },
    /// Answers go to another address.
    AddressSet {
        /// Before and after.
        address: Step<Option<EmailAddress>>,
    },
    /// Its topics besides the main one were set.
    FurtherTopicsSet {
        /// All of them from then on.
        topics: Vec<String>,
    },
    /// Its tags were set.
    Tagged {
        /// All of them from then on.
        tags: Vec<String>,
    },
    /// A letter of ours did not arrive.
    Bounced {
        /// What the other server says.
        report: BounceReport,
    },
    /// A mail server refused a letter of ours for good.
    Refused {
        /// Who does not get it.
        recipient: String,
        /// The server's code.
        code: String,
        /// The server's words.
        words: String,
    },
    /// The connection was lost while a letter was being handed over.
    FateUnknown {
        /// Who may or may not get it.
        recipient: String,
    },
    /// A person decided about a letter in the outbox.
    LetterDecided {
        /// What they decided.
        decision: LetterDecision,
        /// Whom the letter is to; empty in events of earlier versions.
        #[serde(default)]
        recipient: String,
    },
}

/// Before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Step<T> {
    /// Before.
    pub from: T,
    /// After.
    pub to: T,
}

/// What a person decides about a letter that failed or whose fate is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterDecision {
    /// Send it again.
    SendAgain,
    /// Leave it.
    Settle,
    /// It arrived, as somebody found out.
    Arrived,
}
