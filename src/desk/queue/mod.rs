//! Lists of tickets: the queue of a division, the list with its filters, and how many wait where.

mod counts;
mod list;
mod overview;

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::domain::reference::Reference;
use crate::domain::status::{Priority, Status};

pub use counts::{Counts, Undelivered};
pub use list::{Bounced, Cursor, Filter, Page, Sort, Who};
pub(crate) use overview::OverviewCache;
pub use overview::{Dashboard, Overview};

/// A ticket as a row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its reference.
    pub reference: Reference,
    /// Its subject.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// How urgent it is.
    pub priority: Priority,
    /// How it came.
    pub channel: Channel,
    /// In whose queue it is.
    pub division: Uuid,
    /// Its main topic.
    pub topic: String,
    /// The enquirer's name.
    pub name: String,
    /// How the name is read; may be empty.
    pub reading: String,
    /// The enquirer's organisation.
    pub organisation: String,
    /// The enquirer's address.
    pub address: Option<String>,
    /// Who has it.
    pub assignee: Option<String>,
    /// The enquirer's language.
    pub language: Option<Language>,
    /// Made of automatic mail.
    pub automatic: bool,
    /// A letter of ours came back.
    pub bounced: bool,
    /// When it came.
    pub created_at: Timestamp,
    /// When something last happened.
    pub updated_at: Timestamp,
    /// Since when it waits for us.
    pub waiting_since: Option<Timestamp>,
    /// When the promise ends.
    pub due_at: Timestamp,
    /// When we first answered.
    pub answered_at: Option<Timestamp>,
}
