//! The rows of new tickets, as `create.sql` reads them.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::desk::attachments;
use crate::desk::questionnaires;
use crate::domain::authenticity::Check;
use crate::domain::channel::Channel;
use crate::domain::event::Event;
use crate::domain::language::Language;
use crate::domain::letter::{Correspondent, Letter};
use crate::domain::status::{Priority, Status};

/// The rows of all tables, in the shape that `create.sql` reads.
#[derive(Debug, Default, Serialize)]
pub(super) struct Rows {
    pub(super) people: Vec<PersonRow>,
    pub(super) contacts: Vec<ContactRow>,
    pub(super) tickets: Vec<TicketRow>,
    pub(super) participants: Vec<ParticipantRow>,
    pub(super) arrivals: Vec<ArrivalRow>,
    pub(super) messages: Vec<MessageRow>,
    pub(super) attachments: Vec<attachments::Row>,
    pub(super) answers: Vec<questionnaires::Row>,
    pub(super) events: Vec<EventRow>,
    pub(super) unjudged: Vec<UnjudgedRow>,
    pub(super) outbox: Vec<OutboxRow>,
}

#[derive(Debug, Serialize)]
pub(super) struct PersonRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) organisation: String,
    pub(super) created_at: Timestamp,
}

#[derive(Debug, Serialize)]
pub(super) struct ContactRow {
    pub(super) person_id: Uuid,
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) shown: String,
}

#[derive(Debug, Serialize)]
pub(super) struct TicketRow {
    pub(super) id: Uuid,
    pub(super) number: u64,
    pub(super) subject: String,
    pub(super) status: Status,
    pub(super) priority: Priority,
    pub(super) channel: Channel,
    pub(super) division_id: Uuid,
    pub(super) topic: String,
    pub(super) person_id: Uuid,
    pub(super) enquirer_name: String,
    pub(super) enquirer_reading: String,
    pub(super) enquirer_organisation: String,
    pub(super) enquirer_address: Option<String>,
    pub(super) language: Option<Language>,
    pub(super) automatic: bool,
    pub(super) related_number: Option<u64>,
    pub(super) spam_reason: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) waiting_since: Option<Timestamp>,
    pub(super) due_at: Timestamp,
}

#[derive(Debug, Serialize)]
pub(super) struct ParticipantRow {
    pub(super) ticket_id: Uuid,
    pub(super) address: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ArrivalRow {
    pub(super) id: Uuid,
    /// Counts from one; the bytes are a parameter of their own, since JSON has no bytes.
    pub(super) raw_index: usize,
    pub(super) received_at: Timestamp,
    pub(super) channel: Channel,
    pub(super) sender: String,
    pub(super) recipients: Vec<String>,
    pub(super) sameness: String,
    pub(super) form_nonce: Option<String>,
    pub(super) ticket_id: Uuid,
    pub(super) acknowledged: bool,
    pub(super) flooded: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct MessageRow {
    pub(super) id: Uuid,
    pub(super) ticket_id: Uuid,
    pub(super) channel: Channel,
    pub(super) staff_id: Option<Uuid>,
    pub(super) arrival_id: Uuid,
    pub(super) sender_name: String,
    pub(super) sender_address: String,
    pub(super) automatic: bool,
    pub(super) language: Option<Language>,
    pub(super) text: String,
    pub(super) new_part: Option<String>,
    pub(super) html: Option<String>,
    pub(super) mail_id: Option<String>,
    pub(super) cc: Vec<Correspondent>,
    pub(super) failed_checks: Vec<Check>,
    pub(super) created_at: Timestamp,
}

#[derive(Debug, Serialize)]
pub(super) struct EventRow {
    pub(super) id: Uuid,
    pub(super) ticket_id: Uuid,
    pub(super) at: Timestamp,
    pub(super) staff_id: Option<Uuid>,
    pub(super) event: Event,
}

#[derive(Debug, Serialize)]
pub(super) struct OutboxRow {
    pub(super) id: Uuid,
    pub(super) ticket_id: Uuid,
    pub(super) channel: Channel,
    pub(super) recipient: String,
    pub(super) letter: Letter,
    pub(super) mail_id: String,
    pub(super) created_at: Timestamp,
}

#[derive(Debug, Serialize)]
pub(super) struct UnjudgedRow {
    pub(super) message_id: Uuid,
    pub(super) next_attempt_at: Timestamp,
}
