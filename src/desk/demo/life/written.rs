//! The rows of a life, as the tables want them.

use jiff::Timestamp;
use uuid::Uuid;

use super::Life;
use crate::desk::demo::chance::Chance;
use crate::desk::demo::rows::Rows;
use crate::desk::demo::world::Member;
use crate::desk::search::{Indexed, in_all_languages};
use crate::desk::writing;
use crate::domain::Named;
use crate::domain::arrival::Outcome;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{BounceReport, Enquiry, File, Nature};
use crate::domain::event::Event;

/// A message, until it is written.
pub(super) struct Message {
    pub(super) id: Uuid,
    pub(super) kind: &'static str,
    pub(super) channel: Channel,
    pub(super) staff: Option<Uuid>,
    pub(super) arrival: Option<Uuid>,
    pub(super) sender_name: String,
    pub(super) sender_address: String,
    pub(super) automatic: bool,
    pub(super) text: String,
    pub(super) new_part: Option<String>,
    pub(super) mail_id: Option<String>,
    pub(super) bounce: Option<BounceReport>,
    pub(super) at: Timestamp,
}

impl Life<'_> {
    /// Writes the ticket as it is at the end, and its messages with their search documents.
    pub(in crate::desk::demo) fn end(self) {
        let (ticket, enquiry) = (&self.ticket, &self.enquiry);
        let number = ticket.reference.number();
        let address = enquiry.sender.email.as_ref().map(ToString::to_string);
        self.rows
            .tickets
            .row()
            .plain(self.id)
            .plain(number)
            .text(&enquiry.subject)
            .plain(ticket.status)
            .plain(ticket.priority)
            .plain(enquiry.channel)
            .plain(ticket.division)
            .text(&ticket.topic)
            .plain(self.person.id)
            .text(&enquiry.sender.name)
            .text(&enquiry.sender.organisation)
            .perhaps(address.as_deref())
            .id(ticket.assignee)
            .perhaps(ticket.language.map(Named::name))
            .plain(ticket.version)
            .plain(enquiry.nature != Nature::Human)
            .plain(self.ticket.bounced)
            .perhaps(writing::doubts(&enquiry.doubts).as_deref())
            .plain(enquiry.received_at)
            .plain(self.updated_at)
            .at(ticket.waiting_since)
            .plain(self.due_at)
            .at(ticket.answered_at);
        if let Some(email) = &enquiry.sender.email {
            self.rows.participants.row().plain(self.id).text(&email.folded());
        }
        for (place, message) in self.messages.iter().enumerate() {
            let line = self
                .rows
                .messages
                .row()
                .plain(message.id)
                .plain(self.id)
                .plain(message.kind)
                .plain(message.channel)
                .id(message.staff)
                .id(message.arrival)
                .text(&message.sender_name)
                .text(&message.sender_address)
                .plain(true)
                .plain(message.automatic)
                .perhaps(ticket.language.map(Named::name))
                .text(&message.text)
                .perhaps(message.new_part.as_deref())
                .perhaps(message.mail_id.as_deref());
            match &message.bounce {
                Some(report) => line.json(report),
                None => line.null(),
            }
            .plain(message.at);
            let answered = enquiry.answered.as_ref().filter(|_| place == 0);
            if let Some(answered) = answered {
                let row = self.rows.answers.row().plain(message.id).plain(answered.questionnaire.id);
                row.json(&answered.answers);
            }
            let answers = answered.map(in_all_languages).unwrap_or_default();
            let indexed = Indexed {
                number: i64::try_from(number).unwrap_or(i64::MAX),
                subject: &enquiry.subject,
                sender_name: &message.sender_name,
                sender_address: &message.sender_address,
                reading: &enquiry.sender.reading,
                organisation: &enquiry.sender.organisation,
                enquirer_address: address.as_deref().unwrap_or_default(),
                own_subject: "",
                text: &message.text,
                answers: &answers,
            };
            for (part, document) in indexed.documents().into_iter().enumerate() {
                let row = self.rows.documents.row().plain(message.id).plain(part).plain(number);
                row.lexemes(&document.tokens).text(&document.folded);
            }
        }
    }
}

/// The sender's address as it was written; nothing where there is none.
pub(super) fn address_of(enquiry: &Enquiry) -> String {
    enquiry.sender.email.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// A message of a colleague's.
pub(super) fn ours(
    id: Uuid,
    kind: &'static str,
    by: &Member,
    text: &str,
    mail_id: Option<String>,
    at: Timestamp,
) -> Message {
    Message {
        id,
        kind,
        channel: Channel::Email,
        staff: Some(by.id),
        arrival: None,
        sender_name: by.name.clone(),
        sender_address: String::new(),
        automatic: false,
        text: text.to_owned(),
        new_part: None,
        mail_id,
        bounce: None,
        at,
    }
}

pub(super) fn write_event(
    rows: &mut Rows,
    chance: &mut Chance,
    ticket: Uuid,
    at: Timestamp,
    staff: Option<Uuid>,
    event: &Event,
) {
    rows.events.row().plain(chance.id(at)).plain(ticket).plain(at).id(staff).json(event);
}

/// Writes the arrival of an enquiry, or its second delivery.
pub(super) fn write_arrival(
    rows: &mut Rows,
    id: Uuid,
    enquiry: &Enquiry,
    at: Timestamp,
    outcome: Outcome,
    ticket: Uuid,
    acknowledged: bool,
) {
    let line = rows.arrivals.row().plain(id).plain(at).plain(enquiry.channel);
    let line = line.text(&writing::shown_sender(&enquiry.sender)).json(&enquiry.recipients);
    let line = line.bytes(&enquiry.raw).bytes(&enquiry.sameness);
    match &enquiry.form {
        Some(nonce) => line.bytes(nonce),
        None => line.null(),
    }
    .plain(outcome)
    .null()
    .plain(ticket)
    .plain(acknowledged);
}

pub(super) fn write_files(rows: &mut Rows, chance: &mut Chance, message: Uuid, files: &[File], at: Timestamp) {
    for (position, file) in files.iter().enumerate() {
        let line = rows.attachments.row().plain(chance.id(at)).plain(message).plain(position);
        let line = line.text(&file.filename).text(&file.content_type).text(&file.sniffed_type);
        line.plain(file.content.len()).bytes(&file.sha256).plain(file.inline);
    }
}
