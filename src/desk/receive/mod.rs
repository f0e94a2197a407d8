//! One door in: every arrival of any channel is stored as it came with exactly one outcome, in the same transaction as
//! what follows from it.
//!
//! A writer takes what waits, up to 64 arrivals at a time ([`writer`]): it asks what the database knows of them
//! ([`context`]), decides by the domain's rules ([`plan`]), and stores new tickets in one statement ([`create`]).
//! What belongs to an existing ticket locks that ticket, each in a transaction of its own ([`append`]). What makes
//! this code fail is stored as `quarantined` ([`ledger`]) and stops nobody else.

pub mod again;
mod apart;
mod append;
mod context;
mod correct;
mod create;
mod flood;
mod ledger;
pub mod letter;
mod plan;
mod writer;

use uuid::Uuid;

use crate::desk::{Desk, DeskError};
use crate::domain::arrival::{Obstacle, Outcome};
use crate::domain::channel::Channel;
use crate::domain::enquiry::Enquiry;
use crate::domain::reference::Reference;

pub(in crate::desk) use create::draw_numbers;
pub use writer::Intake;

/// What became of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its one outcome.
    pub outcome: Outcome,
    /// The ticket made, added to, or whose letter bounced.
    pub ticket: Option<Reference>,
    /// When an answer is due, where a ticket is known.
    pub due_at: Option<jiff::Timestamp>,
    /// Whether an acknowledgement was written.
    pub acknowledged: bool,
    /// Why, where that needs a word.
    pub reason: Option<String>,
}

/// An arrival that could not be understood.
#[derive(Debug, Clone)]
pub struct NotUnderstood {
    /// How it came.
    pub channel: Channel,
    /// When it came.
    pub received_at: jiff::Timestamp,
    /// The bytes as they came.
    pub raw: Vec<u8>,
    /// From whom, as far as the door knows.
    pub sender: String,
    /// The addresses it was sent to.
    pub recipients: Vec<String>,
    /// Why it was not understood.
    pub reason: Obstacle,
}

impl NotUnderstood {
    /// A letter of which more came than is taken apart, from a door where nobody would learn of a refusal. Of very large
    /// ones `raw` may be the beginning.
    #[must_use]
    pub fn too_large(size: usize, raw: Vec<u8>, recipients: Vec<String>, now: jiff::Timestamp) -> Self {
        let (bytes, most) = (size as u64, letter::LARGEST as u64);
        Self {
            channel: Channel::Email,
            received_at: now,
            sender: crate::mail::parse::sender(&raw).unwrap_or_default(),
            recipients,
            reason: Obstacle::TooLarge { bytes, most, is_whole: raw.len() >= size },
            raw,
        }
    }
}

/// What a door hands over.
#[derive(Debug, Clone)]
pub enum Arrival {
    /// Understood.
    Enquiry(Box<Enquiry>),
    /// Not understood: for staff to look at.
    NotUnderstood(NotUnderstood),
}

impl Arrival {
    /// The sender's mailbox, or nothing: arrivals of one sender are taken one after the other.
    fn sender(&self) -> String {
        match self {
            Self::Enquiry(enquiry) => enquiry.mailbox().unwrap_or_default(),
            Self::NotUnderstood(arrival) => arrival.sender.to_lowercase(),
        }
    }
}

impl Desk {
    /// Stores one arrival, without a writer beside it: for commands that bring a single one.
    ///
    /// # Errors
    /// When it could not be stored; then nothing of it is.
    pub async fn receive(&self, arrival: Arrival) -> Result<Receipt, DeskError> {
        let mut connection = self.database.connection().await?;
        writer::store_one(self, &mut connection, arrival).await
    }
}

/// A key for a new row: uuid v7, so that the order of keys is the order of time.
fn new_id() -> Uuid {
    Uuid::now_v7()
}
