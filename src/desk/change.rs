//! One way to change a ticket: lock the row, ask [`crate::domain::change::decide`], write what it says, in one
//! transaction.

mod sending;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::own_page::deeds::renew_key;
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::change::{Change, Decision, FollowUp, Seen, Writing, decide};
use crate::domain::channel::Channel;
use crate::domain::division::Directory;
use crate::domain::enquiry::File;
use crate::domain::event::{Event, Step};
use crate::domain::language::Language;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::status::{Priority, Status};
use crate::domain::ticket::{Actor, Ticket};
use crate::postgres::DatabaseError;
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::{
    contacts, deeds, events, messages, participants, search_pending, ticket_tags, ticket_topics, tickets,
};

/// A form of staff, as it was sent.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Hash of the form's hidden token and content: the same form sent twice is one deed.
    pub key: [u8; 32],
    /// What is wanted.
    pub change: Change,
    /// What the page showed.
    pub seen: Seen,
    /// Files that go with a reply.
    pub files: Vec<File>,
}

/// A ticket whose row is locked.
#[derive(Debug, Clone)]
pub(crate) struct Locked {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    pub(crate) due_at: Timestamp,
    pub(crate) ticket: Ticket,
    pub(crate) subject: String,
    pub(crate) enquirer_name: String,
    /// Made of automatic mail.
    pub(crate) automatic: bool,
}

#[derive(diesel::Queryable, diesel::Selectable)]
#[diesel(table_name = tickets, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: Uuid,
    subject: String,
    status: Word<Status>,
    priority: Word<Priority>,
    division_id: Uuid,
    topic: String,
    person_id: Uuid,
    enquirer_name: String,
    enquirer_address: Option<String>,
    automatic: bool,
    bounced: bool,
    assignee_id: Option<Uuid>,
    language: Option<Word<Language>>,
    version: i64,
    waiting_since: Option<jiff_diesel::Timestamp>,
    due_at: jiff_diesel::Timestamp,
    answered_at: Option<jiff_diesel::Timestamp>,
}

/// Locks a ticket until the transaction ends.
pub(crate) async fn lock(connection: &mut AsyncPgConnection, reference: Reference) -> Result<Locked, DeskError> {
    use diesel::SelectableHelper;
    let number = i64::try_from(reference.number()).map_err(|_| DeskError::NotFound { what: "ticket" })?;
    let row: Option<Row> = tickets::table
        .filter(tickets::number.eq(number))
        .select(Row::as_select())
        .for_update()
        .first(connection)
        .await
        .optional()?;
    let row = row.ok_or(DeskError::NotFound { what: "ticket" })?;
    let address = row.enquirer_address.map(|address| EmailAddress::parse(&address)).transpose();
    let address = address.map_err(|error| DatabaseError::Row(format!("ticket {reference}, address: {error}")))?;
    Ok(Locked {
        id: row.id,
        person: row.person_id,
        due_at: row.due_at.to_jiff(),
        subject: row.subject,
        enquirer_name: row.enquirer_name,
        automatic: row.automatic,
        ticket: Ticket {
            reference,
            status: row.status.0,
            priority: row.priority.0,
            division: row.division_id,
            topic: row.topic,
            assignee: row.assignee_id,
            language: row.language.map(|Word(language)| language),
            enquirer_addresses: address.iter().map(EmailAddress::folded).collect(),
            address,
            bounced: row.bounced,
            waiting_since: row.waiting_since.map(|at| at.to_jiff()),
            answered_at: row.answered_at.map(|at| at.to_jiff()),
            version: row.version,
        },
    })
}

/// Writes what was decided about a locked ticket, and its event.
pub(crate) async fn write(
    connection: &mut AsyncPgConnection,
    locked: &Locked,
    decision: &Decision,
    staff: Option<Uuid>,
    now: Timestamp,
) -> Result<(), DeskError> {
    let Some(event) = &decision.event else { return Ok(()) };
    let after = &decision.after;
    diesel::update(tickets::table.find(locked.id))
        .set((
            tickets::status.eq(Word(after.status)),
            tickets::priority.eq(Word(after.priority)),
            tickets::division_id.eq(after.division),
            tickets::topic.eq(&after.topic),
            tickets::assignee_id.eq(after.assignee),
            tickets::language.eq(after.language.map(Word)),
            tickets::version.eq(after.version),
            tickets::bounced.eq(after.bounced),
            tickets::waiting_since.eq(after.waiting_since.map(jiff_diesel::Timestamp::from)),
            tickets::answered_at.eq(after.answered_at.map(jiff_diesel::Timestamp::from)),
            tickets::updated_at.eq(jiff_diesel::Timestamp::from(now)),
        ))
        .execute(connection)
        .await?;
    write_event(connection, locked.id, staff, event, now).await
}

/// Writes a line of history.
pub(crate) async fn write_event(
    connection: &mut AsyncPgConnection,
    ticket: Uuid,
    staff: Option<Uuid>,
    event: &Event,
    now: Timestamp,
) -> Result<(), DeskError> {
    diesel::insert_into(events::table)
        .values((
            events::id.eq(Uuid::now_v7()),
            events::ticket_id.eq(ticket),
            events::at.eq(jiff_diesel::Timestamp::from(now)),
            events::staff_id.eq(staff),
            events::event.eq(Json(event)),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

impl Desk {
    /// Changes a ticket as a member of staff wants, or says why not; then nothing is changed.
    ///
    /// # Errors
    /// [`DeskError::Refused`] by the rules, [`DeskError::NotFound`] for tickets that are not theirs to see.
    pub async fn change(
        &self,
        viewer: &Viewer,
        reference: Reference,
        deed: Deed,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let directory = self.directory().await?;
        let mut connection = self.database.connection().await?;
        let desk = self.clone();
        let viewer = viewer.clone();
        let changed = connection
            .transaction::<_, DeskError, _>(async move |connection| {
                carry_out(&desk, connection, &directory, &viewer, reference, &deed, now).await
            })
            .await;
        self.letter_written();
        changed
    }
}

async fn carry_out(
    desk: &Desk,
    connection: &mut AsyncPgConnection,
    directory: &Directory,
    viewer: &Viewer,
    reference: Reference,
    deed: &Deed,
    now: Timestamp,
) -> Result<(), DeskError> {
    let mut locked = lock(connection, reference).await?;
    if !viewer.sees(locked.ticket.division) {
        return Err(DeskError::NotFound { what: "ticket" });
    }
    let first = diesel::insert_into(deeds::table)
        .values((
            deeds::key.eq(&deed.key[..]),
            deeds::ticket_id.eq(locked.id),
            deeds::at.eq(jiff_diesel::Timestamp::from(now)),
        ))
        .on_conflict_do_nothing()
        .execute(connection)
        .await?;
    if first == 0 {
        return Ok(());
    }
    let actor = Actor::Staff { id: viewer.id, role: viewer.role };
    if matches!(&deed.change, Change::Reply { copies, .. } if copies.all().next().is_some()) {
        locked.ticket.enquirer_addresses = sending::addresses(connection, &locked).await?;
    }
    let decision = decide(&locked.ticket, actor, &deed.change, deed.seen, now)?;
    let around = sending::Around { desk, directory, viewer, locked: &locked, now };
    match &decision.writing {
        Some(Writing::Reply { body, copies }) => {
            sending::reply(around, connection, body, copies, &deed.files).await?;
        }
        Some(Writing::Note(body)) => {
            write_message(connection, viewer, &locked, Kind::Note, body, None, now).await?;
        }
        None => {}
    }
    match &decision.event {
        Some(Event::Tagged { tags }) => write_tags(connection, &locked, tags).await?,
        Some(Event::AddressSet { address: Step { to: Some(address), .. } }) => {
            write_address(connection, &locked, address).await?;
        }
        Some(Event::FurtherTopicsSet { topics }) => write_further_topics(connection, locked.id, topics).await?,
        _ => {}
    }
    if let Change::Route { topic, .. } = &deed.change {
        drop_main_topic_from_further(connection, locked.id, topic).await?;
    }
    if decision.follow_up == FollowUp::Acknowledge {
        sending::acknowledge_late(around, connection).await?;
    }
    write(connection, &locked, &decision, Some(viewer.id), now).await
}

/// A message of ours: sent to the enquirer, or for staff only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Outbound,
    Note,
}

async fn write_message(
    connection: &mut AsyncPgConnection,
    viewer: &Viewer,
    locked: &Locked,
    kind: Kind,
    body: &str,
    mail_id: Option<&str>,
    now: Timestamp,
) -> Result<Uuid, DeskError> {
    let id = Uuid::now_v7();
    diesel::insert_into(messages::table)
        .values((
            messages::id.eq(id),
            messages::ticket_id.eq(locked.id),
            messages::kind.eq(if kind == Kind::Outbound { "outbound" } else { "note" }),
            messages::channel.eq(Word(Channel::Email)),
            messages::staff_id.eq(viewer.id),
            messages::sender_name.eq(&viewer.name),
            messages::sender_address.eq(""),
            messages::language.eq(locked.ticket.language.map(Word)),
            messages::text.eq(body),
            messages::mail_id.eq(mail_id),
            messages::created_at.eq(jiff_diesel::Timestamp::from(now)),
        ))
        .execute(connection)
        .await?;
    diesel::insert_into(search_pending::table).values(search_pending::message_id.eq(id)).execute(connection).await?;
    Ok(id)
}

async fn write_tags(connection: &mut AsyncPgConnection, locked: &Locked, tags: &[String]) -> Result<(), DeskError> {
    diesel::delete(ticket_tags::table.filter(ticket_tags::ticket_id.eq(locked.id))).execute(connection).await?;
    let number = i64::try_from(locked.ticket.reference.number()).unwrap_or(i64::MAX);
    let rows: Vec<_> = tags
        .iter()
        .map(|tag| (ticket_tags::ticket_id.eq(locked.id), ticket_tags::tag.eq(tag), ticket_tags::number.eq(number)))
        .collect();
    diesel::insert_into(ticket_tags::table).values(rows).execute(connection).await?;
    Ok(())
}

/// Answers go to another address from now on, and what comes from it takes part.
pub(crate) async fn readdress(
    connection: &mut AsyncPgConnection,
    locked: &Locked,
    address: &EmailAddress,
) -> Result<(), DeskError> {
    diesel::update(tickets::table.find(locked.id))
        .set(tickets::enquirer_address.eq(address.as_str()))
        .execute(connection)
        .await?;
    diesel::insert_into(participants::table)
        .values((participants::ticket_id.eq(locked.id), participants::address.eq(address.folded())))
        .on_conflict_do_nothing()
        .execute(connection)
        .await?;
    // Who had the letters so far may be somebody else.
    renew_key(connection, locked.id).await
}

/// What staff say is the enquirer's address is remembered as theirs, unless it is somebody else's already.
async fn write_address(
    connection: &mut AsyncPgConnection,
    locked: &Locked,
    address: &EmailAddress,
) -> Result<(), DeskError> {
    readdress(connection, locked, address).await?;
    diesel::insert_into(contacts::table)
        .values((
            contacts::person_id.eq(locked.person),
            contacts::kind.eq("email"),
            contacts::value.eq(address.folded()),
            contacts::shown.eq(address.as_str()),
        ))
        .on_conflict_do_nothing()
        .execute(connection)
        .await?;
    Ok(())
}

async fn write_further_topics(
    connection: &mut AsyncPgConnection,
    ticket: Uuid,
    topics: &[String],
) -> Result<(), DeskError> {
    diesel::delete(ticket_topics::table.filter(ticket_topics::ticket_id.eq(ticket))).execute(connection).await?;
    let rows: Vec<_> =
        topics.iter().map(|topic| (ticket_topics::ticket_id.eq(ticket), ticket_topics::topic.eq(topic))).collect();
    diesel::insert_into(ticket_topics::table).values(rows).execute(connection).await?;
    Ok(())
}

/// A topic is either the main one or a further one.
async fn drop_main_topic_from_further(
    connection: &mut AsyncPgConnection,
    ticket: Uuid,
    topic: &str,
) -> Result<(), DeskError> {
    let further =
        ticket_topics::table.filter(ticket_topics::ticket_id.eq(ticket)).filter(ticket_topics::topic.eq(topic));
    diesel::delete(further).execute(connection).await?;
    Ok(())
}
