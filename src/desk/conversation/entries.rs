//! Messages and history of a ticket, in the order in which they came.

use std::collections::HashMap;

use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::try_join;
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::outgoing::State;
use crate::desk::screening::scan_of_columns;
use crate::desk::{DeskError, questionnaires};
use crate::domain::authenticity::Check;
use crate::domain::channel::Channel;
use crate::domain::enquiry::BounceReport;
use crate::domain::event::Event;
use crate::domain::language::Language;
use crate::domain::letter::Correspondent;
use crate::domain::named::named;
use crate::domain::questionnaire::Answered;
use crate::domain::scan::Scan;
use crate::domain::summary::Summary;
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::{attachments, blobs, events, messages, outbox, staff};

/// The most messages of a page, the first of the ticket aside.
const MOST_MESSAGES: i64 = 200;
/// The most copies of letters whose fate a page tells; the newest.
const MOST_DELIVERIES: i64 = 1000;
/// The most lines of history of a page; the newest.
const MOST_EVENTS: i64 = 300;

named! {
    /// What a message is.
    pub enum Kind as "kind of message" {
        /// From the enquirer.
        Inbound = "inbound",
        /// From us to the enquirer.
        Outbound = "outbound",
        /// For staff only.
        Note = "note",
    }
}

/// One entry of the page.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A message.
    Message(Box<Message>),
    /// A line of history.
    Past(Past),
}

impl Entry {
    /// When it came or happened.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Message(message) => message.created_at,
            Self::Past(past) => past.at,
        }
    }
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    /// Key.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// How it came or went.
    pub channel: Channel,
    /// Who wrote it.
    pub sender_name: String,
    /// Their address; may be empty.
    pub sender_address: String,
    /// Whether that address took part before.
    pub sender_known: bool,
    /// How the sender could not be confirmed.
    pub failed_checks: Vec<Check>,
    /// Written by a machine.
    pub automatic: bool,
    /// Its language.
    pub language: Option<Language>,
    /// What its subject says that the ticket's does not.
    pub subject: Option<String>,
    /// The whole text.
    pub text: String,
    /// The text less quoted history and signature.
    pub new_part: Option<String>,
    /// Whether it has HTML of its own.
    pub has_html: bool,
    /// The arrival that it was made of.
    pub arrival: Option<Uuid>,
    /// The report that it did not arrive.
    pub bounce: Option<BounceReport>,
    /// Who else was addressed.
    pub cc: Vec<Correspondent>,
    /// Who got it without the others seeing it.
    pub bcc: Vec<Correspondent>,
    /// What became of each copy on its way, the enquirer's first.
    pub deliveries: Vec<Delivery>,
    /// What became of the acknowledgements of a ticket's first message.
    pub acknowledgements: Vec<Delivery>,
    /// What was answered with it to a topic's own questions.
    pub answered: Option<Answered>,
    /// Files.
    pub files: Vec<FileOf>,
    /// When it came or was written.
    pub created_at: Timestamp,
}

/// What became of a letter of ours on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Where it stands.
    pub state: State,
    /// Who is to get it.
    pub recipient: String,
    /// The server's last code.
    pub code: Option<String>,
    /// The server's last words.
    pub words: Option<String>,
    /// When its fate was sealed.
    pub finished_at: Option<Timestamp>,
    /// The report that it did not arrive.
    pub bounce: Option<BounceReport>,
}

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileOf {
    /// Key.
    pub id: Uuid,
    /// Its name.
    pub filename: String,
    /// In bytes.
    pub size: i64,
    /// What a calendar or a card says in short.
    pub summary: Option<Summary>,
    /// What the virus scanner says of it; `None`: it was not asked yet.
    pub scan: Option<Scan>,
}

/// A line of history.
#[derive(Debug, Clone)]
pub struct Past {
    /// When.
    pub at: Timestamp,
    /// Who did it: a member of staff.
    pub staff: Option<String>,
    /// What happened.
    pub event: Event,
}

#[derive(diesel::Queryable, diesel::Selectable)]
#[diesel(table_name = messages, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: Uuid,
    kind: Word<Kind>,
    channel: Word<Channel>,
    sender_name: String,
    sender_address: String,
    sender_known: bool,
    automatic: bool,
    language: Option<Word<Language>>,
    subject: Option<String>,
    text: String,
    new_part: Option<String>,
    arrival_id: Option<Uuid>,
    bounce: Option<Json<BounceReport>>,
    cc: Json<Vec<Correspondent>>,
    bcc: Json<Vec<Correspondent>>,
    failed_checks: Json<Vec<Check>>,
    created_at: jiff_diesel::Timestamp,
}

#[derive(diesel::Queryable, diesel::Selectable)]
#[diesel(table_name = outbox, check_for_backend(diesel::pg::Pg))]
struct DeliveryRow {
    message_id: Option<Uuid>,
    state: Word<State>,
    recipient: String,
    server_code: Option<String>,
    server_words: Option<String>,
    finished_at: Option<jiff_diesel::Timestamp>,
    bounce: Option<Json<BounceReport>>,
}

/// A page of a ticket's entries.
pub(super) struct Page {
    /// The entries, oldest first; the ticket's first message is always among them.
    pub(super) entries: Vec<Entry>,
    /// How many messages stand between the first one and the others.
    pub(super) left_out: i64,
}

/// Reads the newest entries of a ticket, or those before one of its messages.
pub(super) async fn read(
    connection: &AsyncPgConnection,
    ticket: Uuid,
    before: Option<Uuid>,
) -> Result<Page, DeskError> {
    let before = before.unwrap_or(Uuid::max());
    let (mut rows, mut files, mut answered, mut deliveries, past) = try_join!(
        read_messages(connection, ticket, before),
        read_files(connection, ticket),
        questionnaires::read_of_ticket(connection, ticket),
        read_deliveries(connection, ticket),
        read_past(connection, ticket, before),
    )?;
    let mut left_out = 0;
    if rows.len() as i64 == MOST_MESSAGES
        && let Some((oldest, _)) = rows.last()
    {
        let (first, count) = try_join!(read_first(connection, ticket), count_before(connection, ticket, oldest.id))?;
        left_out = (count - 1).max(0);
        rows.extend(first.filter(|_| count > 0));
    }
    let mut entries: Vec<Entry> = rows
        .into_iter()
        .rev()
        .map(|(row, has_html)| {
            let (files, deliveries) = (files.remove(&row.id), deliveries.remove(&Some(row.id)));
            let (files, deliveries) = (files.unwrap_or_default(), deliveries.unwrap_or_default());
            let answered = answered.remove(&row.id);
            Entry::Message(Box::new(Message { answered, ..message(row, has_html, files, deliveries) }))
        })
        .collect();
    let first = entries.iter_mut().find_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        Entry::Past(_) => None,
    });
    if let Some(first) = first {
        first.acknowledgements = deliveries.remove(&None).unwrap_or_default();
    }
    entries.extend(past.into_iter().map(Entry::Past));
    entries.sort_by_key(Entry::at);
    Ok(Page { entries, left_out })
}

async fn read_first(mut connection: &AsyncPgConnection, ticket: Uuid) -> Result<Option<(Row, bool)>, DeskError> {
    let first = messages::table
        .filter(messages::ticket_id.eq(ticket))
        .order(messages::id.asc())
        .select((Row::as_select(), messages::html.is_not_null()));
    Ok(first.first(&mut connection).await.optional()?)
}

async fn count_before(mut connection: &AsyncPgConnection, ticket: Uuid, before: Uuid) -> Result<i64, DeskError> {
    let earlier = messages::table.filter(messages::ticket_id.eq(ticket)).filter(messages::id.lt(before));
    Ok(earlier.count().get_result(&mut connection).await?)
}

async fn read_messages(
    mut connection: &AsyncPgConnection,
    ticket: Uuid,
    before: Uuid,
) -> Result<Vec<(Row, bool)>, DeskError> {
    let messages = messages::table
        .filter(messages::ticket_id.eq(ticket))
        .filter(messages::id.lt(before))
        .order(messages::id.desc())
        .limit(MOST_MESSAGES)
        .select((Row::as_select(), messages::html.is_not_null()));
    Ok(messages.load(&mut connection).await?)
}

fn message(row: Row, has_html: bool, files: Vec<FileOf>, deliveries: Vec<Delivery>) -> Message {
    Message {
        id: row.id,
        kind: row.kind.0,
        channel: row.channel.0,
        sender_name: row.sender_name,
        sender_address: row.sender_address,
        sender_known: row.sender_known,
        failed_checks: row.failed_checks.0,
        automatic: row.automatic,
        language: row.language.map(|Word(language)| language),
        subject: row.subject,
        text: row.text,
        new_part: row.new_part,
        has_html,
        arrival: row.arrival_id,
        bounce: row.bounce.map(|Json(report)| report),
        cc: row.cc.0,
        bcc: row.bcc.0,
        deliveries,
        acknowledgements: Vec::new(),
        answered: None,
        files,
        created_at: row.created_at.to_jiff(),
    }
}

async fn read_files(mut connection: &AsyncPgConnection, ticket: Uuid) -> Result<HashMap<Uuid, Vec<FileOf>>, DeskError> {
    type Row = (Uuid, Uuid, String, i64, Option<Json<Summary>>, (Option<String>, Option<String>));
    let rows: Vec<Row> = attachments::table
        .inner_join(messages::table)
        .inner_join(blobs::table)
        .filter(messages::ticket_id.eq(ticket))
        .order((attachments::message_id, attachments::position))
        .select((
            attachments::message_id,
            attachments::id,
            attachments::filename,
            attachments::size,
            attachments::summary,
            (blobs::scan, blobs::virus),
        ))
        .load(&mut connection)
        .await?;
    let mut files: HashMap<Uuid, Vec<FileOf>> = HashMap::new();
    for (message, id, filename, size, summary, (scan, virus)) in rows {
        let summary = summary.map(|Json(summary)| summary);
        let scan = scan_of_columns(scan.as_deref(), virus);
        files.entry(message).or_default().push(FileOf { id, filename, size, summary, scan });
    }
    Ok(files)
}

/// By message; the acknowledgements of a ticket belong to none.
async fn read_deliveries(
    mut connection: &AsyncPgConnection,
    ticket: Uuid,
) -> Result<HashMap<Option<Uuid>, Vec<Delivery>>, DeskError> {
    let rows: Vec<DeliveryRow> = outbox::table
        .filter(outbox::ticket_id.eq(ticket))
        .order(outbox::number.desc())
        .limit(MOST_DELIVERIES)
        .select(DeliveryRow::as_select())
        .load(&mut connection)
        .await?;
    let mut deliveries: HashMap<Option<Uuid>, Vec<Delivery>> = HashMap::new();
    for row in rows.into_iter().rev() {
        deliveries.entry(row.message_id).or_default().push(Delivery {
            state: row.state.0,
            recipient: row.recipient,
            code: row.server_code,
            words: row.server_words,
            finished_at: row.finished_at.map(|at| at.to_jiff()),
            bounce: row.bounce.map(|Json(report)| report),
        });
    }
    Ok(deliveries)
}

async fn read_past(mut connection: &AsyncPgConnection, ticket: Uuid, before: Uuid) -> Result<Vec<Past>, DeskError> {
    let rows: Vec<(jiff_diesel::Timestamp, Option<String>, Json<Event>)> = events::table
        .left_join(staff::table.on(events::staff_id.eq(staff::id.nullable())))
        .filter(events::ticket_id.eq(ticket))
        .filter(events::id.lt(before))
        .order(events::id.desc())
        .limit(MOST_EVENTS)
        .select((events::at, staff::name.nullable(), events::event))
        .load(&mut connection)
        .await?;
    Ok(rows.into_iter().map(|(at, staff, Json(event))| Past { at: at.to_jiff(), staff, event }).rev().collect())
}
