//! New tickets: all that follows from a batch of arrivals, in one statement.
//!
//! PostgreSQL's processor time is the limit of intake, and a statement per row costs it most. So the rows of all tables
//! go to the server as one JSON document and are inserted by one statement of common table expressions, whether there is
//! one enquiry or sixty-four. It is a transaction by itself: all of it is stored, or nothing.

mod rows;

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Binary, Jsonb};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::attachments;
use crate::desk::questionnaires;
use crate::desk::receive::context::Known;
use crate::desk::receive::create::rows::{
    ArrivalRow, ContactRow, EventRow, MessageRow, OutboxRow, ParticipantRow, PersonRow, Rows, TicketRow, UnjudgedRow,
};
use crate::desk::receive::{Receipt, new_id};
use crate::desk::writing::{self, Acknowledged};
use crate::desk::{Desk, DeskError};
use crate::domain::acknowledgement::{self, Acknowledging};
use crate::domain::arrival::Outcome;
use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::division::Directory;
use crate::domain::enquiry::{Enquiry, Nature, Sender};
use crate::domain::event::Event;
use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::reference::Reference;
use crate::domain::routing;
use crate::domain::status::Status;
use crate::postgres::DatabaseError;
use crate::postgres::column::Json;

const STATEMENT: &str = include_str!("create.sql");

struct Create<'a> {
    rows: &'a Json<Rows>,
    raws: &'a [&'a [u8]],
}

impl QueryFragment<Pg> for Create<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH batch AS MATERIALIZED (SELECT ");
        out.push_bind_param::<Jsonb, _>(self.rows)?;
        out.push_sql(" AS rows, ");
        out.push_bind_param::<Array<Binary>, _>(&self.raws)?;
        out.push_sql(" AS raws)");
        out.push_sql(STATEMENT);
        Ok(())
    }
}

/// The SQL never changes, so that it is prepared once a connection.
impl QueryId for Create<'_> {
    type QueryId = Create<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl diesel::query_builder::Query for Create<'_> {
    type SqlType = BigInt;
}

/// Stores new tickets and what follows from them.
pub(super) async fn store(
    desk: &Desk,
    connection: &mut AsyncPgConnection,
    directory: &Directory,
    known: &Known,
    enquiries: &[(&Enquiry, Option<Reference>)],
) -> Result<Vec<Receipt>, DeskError> {
    if enquiries.is_empty() {
        return Ok(Vec::new());
    }
    attachments::keep(connection, enquiries.iter().flat_map(|(enquiry, _)| &enquiry.files)).await?;
    let numbers = draw_numbers(connection, enquiries.len()).await?;
    let mut batch = Batch { desk, directory, known, lately: known.lately, rows: Rows::default(), raws: Vec::new() };
    let mut receipts = Vec::new();
    for ((enquiry, related), number) in enquiries.iter().zip(numbers) {
        receipts.push(batch.add(enquiry, *related, number)?);
    }
    let Batch { rows, raws, .. } = batch;
    let rows = Json(rows);
    let _: i64 = Create { rows: &rows, raws: &raws }.get_result(connection).await?;
    Ok(receipts)
}

/// Numbers for tickets. One that is drawn and not used leaves a gap; none is given twice.
pub(in crate::desk) async fn draw_numbers(
    connection: &mut AsyncPgConnection,
    count: usize,
) -> Result<Vec<u64>, DeskError> {
    #[derive(QueryId)]
    struct Draw(i64);
    impl QueryFragment<Pg> for Draw {
        fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
            out.push_sql("SELECT nextval('ticket_number') FROM generate_series(1, ");
            out.push_bind_param::<BigInt, _>(&self.0)?;
            out.push_sql(")");
            Ok(())
        }
    }
    impl diesel::query_builder::Query for Draw {
        type SqlType = BigInt;
    }
    let count = i64::try_from(count).map_err(|_| DatabaseError::Row("a batch is small".into()))?;
    let numbers: Vec<i64> = Draw(count).get_results(connection).await?;
    Ok(numbers.into_iter().filter_map(|number| u64::try_from(number).ok()).collect())
}

struct Batch<'a> {
    desk: &'a Desk,
    directory: &'a Directory,
    known: &'a Known,
    /// Letters that were acknowledged lately, with those of the batch.
    lately: usize,
    rows: Rows,
    raws: Vec<&'a [u8]>,
}

/// The keys of one new ticket.
struct Keys {
    ticket: Uuid,
    arrival: Uuid,
    message: Uuid,
    person: Uuid,
}

impl<'a> Batch<'a> {
    fn add(&mut self, enquiry: &'a Enquiry, related: Option<Reference>, number: u64) -> Result<Receipt, DeskError> {
        let reference = Reference::from_number(number);
        let nowhere = || DatabaseError::Row("there is no division".into());
        let route = routing::route(enquiry, &self.directory.map()).ok_or_else(nowhere)?;
        let division = self.directory.division(route.division).ok_or_else(nowhere)?;
        let person = self.person(enquiry);
        let keys = Keys { ticket: new_id(), arrival: new_id(), message: new_id(), person };
        let address = enquiry.sender.email.as_ref().map(|email| email.folded());
        let last_language = address.as_ref().and_then(|address| self.known.people.get(address)?.language);
        let language = enquiry.language.or(last_language);
        let due_at = division.calendar.promise(enquiry.received_at).at;
        let recent = enquiry.mailbox().and_then(|mailbox| self.known.recent.get(&mailbox)).copied();
        let recent = recent.unwrap_or_default();
        let ours = self.directory.addresses();
        let acknowledging = acknowledgement::acknowledging(enquiry, recent, self.lately, self.desk.cap, &ours);
        if acknowledging == Acknowledging::Flooded {
            tracing::warn!(ticket = %reference, "letters come faster than people write: not acknowledged");
        }
        let acknowledged = acknowledging == Acknowledging::AtOnce;
        if acknowledged && let Some(to) = &enquiry.sender.email {
            let facts = Acknowledged { reference, division, directory: self.directory, language, due_at, to, enquiry };
            let letter = writing::acknowledgement(&self.desk.tokens, &facts);
            self.rows.outbox.push(outbox_row(enquiry, keys.ticket, letter));
            self.lately += usize::from(enquiry.channel == Channel::Email);
        }
        self.rows.tickets.push(ticket_row(enquiry, &keys, number, &route, language, related, due_at));
        self.rows.participants.extend(address.map(|address| ParticipantRow { ticket_id: keys.ticket, address }));
        self.raws.push(&enquiry.raw);
        self.rows.arrivals.push(arrival_row(enquiry, &keys, self.known, self.raws.len(), acknowledging));
        self.rows.messages.push(message_row(enquiry, &keys));
        if enquiry.authenticity == Authenticity::Signed {
            let next_attempt_at = enquiry.received_at;
            self.rows.unjudged.push(UnjudgedRow { message_id: keys.message, next_attempt_at });
        }
        self.rows.attachments.extend(attachments::rows(keys.message, &enquiry.files));
        self.rows.answers.extend(enquiry.answered.iter().map(|answered| questionnaires::row(keys.message, answered)));
        self.rows.events.push(EventRow {
            id: new_id(),
            ticket_id: keys.ticket,
            at: enquiry.received_at,
            staff_id: enquiry.logged_by,
            event: Event::Created { channel: enquiry.channel },
        });
        let outcome = Outcome::Created;
        Ok(Receipt { outcome, ticket: Some(reference), due_at: Some(due_at), acknowledged, reason: None })
    }

    /// The person who wrote before from this address, or a new one. How they can be reached is remembered either way.
    fn person(&mut self, enquiry: &Enquiry) -> Uuid {
        let sender = &enquiry.sender;
        let folded = sender.email.as_ref().map(|email| email.folded());
        let known = folded.as_ref().and_then(|address| self.known.people.get(address)).map(|person| person.id);
        let id = known.unwrap_or_else(new_id);
        if known.is_none() {
            self.rows.people.push(PersonRow {
                id,
                name: sender.name.clone(),
                organisation: sender.organisation.clone(),
                created_at: enquiry.received_at,
            });
        }
        let email = sender.email.as_ref().map(|email| ("email", email.folded(), email.to_string()));
        let email = email.filter(|_| known.is_none());
        let contacts = email.into_iter().chain(numbers(sender));
        self.rows.contacts.extend(contacts.map(|(kind, value, shown)| ContactRow {
            person_id: id,
            kind,
            value,
            shown,
        }));
        id
    }
}

/// Telephone and fax of a sender: kind, folded, as given.
pub(super) fn numbers(sender: &Sender) -> impl Iterator<Item = (&'static str, String, String)> {
    let phone = sender.telephone.as_ref().map(|number| ("phone", number.value.clone(), number.shown.clone()));
    let fax = sender.fax.as_ref().map(|number| ("fax", number.value.clone(), number.shown.clone()));
    phone.into_iter().chain(fax)
}

fn ticket_row(
    enquiry: &Enquiry,
    keys: &Keys,
    number: u64,
    route: &routing::Route,
    language: Option<Language>,
    related: Option<Reference>,
    due_at: Timestamp,
) -> TicketRow {
    let status = if !enquiry.doubts.is_empty() { Status::Spam } else { Status::New };
    TicketRow {
        id: keys.ticket,
        number,
        subject: enquiry.subject.clone(),
        status,
        priority: route.priority,
        channel: enquiry.channel,
        division_id: route.division,
        topic: route.topic.clone(),
        person_id: keys.person,
        enquirer_name: enquiry.sender.name.clone(),
        enquirer_reading: enquiry.sender.reading.clone(),
        enquirer_organisation: enquiry.sender.organisation.clone(),
        enquirer_address: enquiry.sender.email.as_ref().map(ToString::to_string),
        language,
        automatic: enquiry.nature != Nature::Human,
        related_number: related.map(Reference::number),
        spam_reason: writing::doubts(&enquiry.doubts),
        created_at: enquiry.received_at,
        waiting_since: status.waits_for_us().then_some(enquiry.received_at),
        due_at,
    }
}

fn arrival_row(
    enquiry: &Enquiry,
    keys: &Keys,
    known: &Known,
    raw_index: usize,
    acknowledging: Acknowledging,
) -> ArrivalRow {
    // A form that made a ticket already, and was then sent by somebody else, is not known by its token a second time.
    let form = enquiry.form.filter(|form| !known.forms.contains_key(form));
    ArrivalRow {
        id: keys.arrival,
        raw_index,
        received_at: enquiry.received_at,
        channel: enquiry.channel,
        sender: writing::shown_sender(&enquiry.sender),
        recipients: enquiry.recipients.clone(),
        sameness: bytea(&enquiry.sameness),
        form_nonce: form.as_ref().map(|nonce| bytea(nonce)),
        ticket_id: keys.ticket,
        acknowledged: acknowledging == Acknowledging::AtOnce,
        flooded: acknowledging == Acknowledging::Flooded,
    }
}

fn message_row(enquiry: &Enquiry, keys: &Keys) -> MessageRow {
    MessageRow {
        id: keys.message,
        ticket_id: keys.ticket,
        channel: enquiry.channel,
        staff_id: enquiry.logged_by,
        arrival_id: keys.arrival,
        sender_name: enquiry.sender.name.clone(),
        sender_address: enquiry.author().map(ToString::to_string).unwrap_or_default(),
        automatic: enquiry.nature != Nature::Human,
        language: enquiry.language,
        text: enquiry.text.clone(),
        new_part: enquiry.new_part.clone(),
        html: enquiry.html.clone(),
        mail_id: enquiry.thread.mail_id.clone(),
        cc: enquiry.copied_to.clone(),
        failed_checks: enquiry.authenticity.failed().to_vec(),
        created_at: enquiry.received_at,
    }
}

fn outbox_row(enquiry: &Enquiry, ticket_id: Uuid, letter: Letter) -> OutboxRow {
    OutboxRow {
        id: new_id(),
        ticket_id,
        channel: enquiry.channel,
        recipient: letter.recipient().folded(),
        mail_id: letter.mail_id.clone(),
        created_at: enquiry.received_at,
        letter,
    }
}

/// Bytes in the form in which PostgreSQL reads them from text.
pub(super) fn bytea(bytes: &[u8]) -> String {
    format!("\\x{}", data_encoding::HEXLOWER.encode(bytes))
}
