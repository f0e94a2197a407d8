//! The enquirer's own page: what they may see of a ticket, for whoever has the key that only their letters hold.

pub mod deeds;
pub mod files;
pub mod links;

use diesel::{ExpressionMethods, NullableExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::desk::change::Locked;
use crate::desk::outgoing::Claimed;
use crate::desk::{Desk, DeskError, questionnaires};
use crate::domain::channel::Channel;
use crate::domain::event::Event;
use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::person::EmailAddress;
use crate::domain::questionnaire::Answered;
use crate::domain::reference::Reference;
use crate::domain::status::Status;
use crate::mail::own_page::with_links;
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::{contacts, events, messages, outbox, own_page_keys, satisfactions, tickets};

pub use files::OwnFile;

/// What the enquirer sees.
#[derive(Debug, Clone)]
pub struct OwnTicket {
    /// Its key in the database.
    pub id: Uuid,
    /// Its reference.
    pub reference: Reference,
    /// Its subject.
    pub subject: String,
    /// Where it stands; what is taken for spam is shown as new.
    pub status: Status,
    /// The division.
    pub division: Uuid,
    /// Its main topic.
    pub topic: String,
    /// The enquirer's name.
    pub name: String,
    /// Where answers go.
    pub address: Option<EmailAddress>,
    /// The enquirer's language.
    pub language: Option<Language>,
    /// When it came.
    pub created_at: Timestamp,
    /// Since when it waits for us.
    pub waiting_since: Option<Timestamp>,
    /// The conversation between the enquirer and the division, oldest first.
    pub messages: Vec<OwnMessage>,
    /// How it was ended, where it is.
    pub resolution: Option<Resolution>,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// The enquirer.
    Enquirer,
    /// The division.
    Division,
}

/// A message that the enquirer wrote or was sent.
#[derive(Debug, Clone)]
pub struct OwnMessage {
    /// Key.
    pub id: Uuid,
    /// Whose it is.
    pub writer: Writer,
    /// What it says.
    pub text: String,
    /// In which language.
    pub language: Option<Language>,
    /// When.
    pub at: Timestamp,
    /// What was answered with it to a topic's own questions.
    pub answered: Option<Answered>,
    /// Its files.
    pub files: Vec<OwnFile>,
}

/// How a ticket was ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// The event by which it was.
    pub event: Uuid,
    /// When.
    pub at: Timestamp,
    /// How content the enquirer was, if they said.
    pub score: Option<i16>,
}

/// How long after its end a page can be opened.
const OPEN_AFTER_CLOSING: SignedDuration = SignedDuration::from_hours(24 * 365);
/// Messages that are shown.
const MOST_MESSAGES: i64 = 500;
/// Lines of history that are looked through for the end.
const MOST_EVENTS: i64 = 500;

/// Which key holds: the first one where nobody asked for another.
pub(crate) fn generation(kept: Option<i32>) -> u32 {
    kept.and_then(|generation| u32::try_from(generation).ok()).unwrap_or(1)
}

type TicketRow = (
    (Uuid, String, Word<Status>, Uuid, String, Uuid, String, Option<String>),
    (Option<Word<Language>>, jiff_diesel::Timestamp, Option<jiff_diesel::Timestamp>, Option<i32>),
);

impl Desk {
    /// A ticket as its enquirer sees it.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is none, the key does not open it, or its time is over: nobody learns which.
    pub async fn own_ticket(&self, reference: Reference, key: &str, now: Timestamp) -> Result<OwnTicket, DeskError> {
        let connection: &AsyncPgConnection = &*self.database.connection().await?;
        let (head, kept) = read_ticket(connection, reference).await?;
        let ((id, subject, Word(status), division, topic, person, name, address), (language, created, waiting, _)) =
            head;
        if !self.keys.opens(key, reference, kept) {
            return Err(DeskError::NotFound { what: "ticket" });
        }
        let ended = read_end(connection, id, status).await?;
        if status == Status::Closed && ended.as_ref().is_some_and(|end| now.duration_since(end.at) > OPEN_AFTER_CLOSING)
        {
            return Err(DeskError::NotFound { what: "ticket" });
        }
        let address = address.and_then(|address| EmailAddress::parse(&address).ok());
        let theirs = read_addresses(connection, person, address.as_ref()).await?;
        let messages = read_messages(connection, id, &theirs).await?;
        Ok(OwnTicket {
            id,
            reference,
            subject,
            status: if status == Status::Spam { Status::New } else { status },
            division,
            topic,
            name,
            address,
            language: language.map(|Word(language)| language),
            created_at: created.to_jiff(),
            waiting_since: waiting.map(|at| at.to_jiff()),
            messages,
            resolution: ended,
        })
    }

    /// The key that opens a locked ticket's page.
    pub(crate) async fn key_of(
        &self,
        connection: &mut AsyncPgConnection,
        locked: &Locked,
    ) -> Result<String, DeskError> {
        let kept = own_page_keys::table.find(locked.id).select(own_page_keys::generation);
        let kept: Option<i32> = kept.first(connection).await.optional()?;
        Ok(self.keys.key(locked.ticket.reference, generation(kept)))
    }

    /// A letter as it leaves, with the links that it has placeholders for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn leaving(&self, claimed: &Claimed) -> Result<Letter, DeskError> {
        let letter = &claimed.letter;
        let others: Vec<i64> = letter
            .opens
            .iter()
            .filter(|page| page.ticket != claimed.ticket)
            .filter_map(|page| i64::try_from(page.ticket.number()).ok())
            .collect();
        let mut generations = vec![(claimed.ticket, claimed.generation)];
        if !others.is_empty() {
            let mut connection = self.database.connection().await?;
            let rows: Vec<(i64, Option<i32>)> = tickets::table
                .left_join(own_page_keys::table)
                .filter(tickets::number.eq_any(others))
                .select((tickets::number, own_page_keys::generation.nullable()))
                .load(&mut connection)
                .await?;
            generations.extend(rows.into_iter().map(|(number, kept)| (reference_of(number), generation(kept))));
        }
        Ok(with_links(letter, &self.public_url, |ticket| {
            let (_, generation) = generations.iter().find(|(other, _)| *other == ticket)?;
            Some(self.keys.key(ticket, *generation))
        }))
    }
}

fn reference_of(number: i64) -> Reference {
    Reference::from_number(u64::try_from(number).unwrap_or_default())
}

async fn read_ticket(mut connection: &AsyncPgConnection, reference: Reference) -> Result<(TicketRow, u32), DeskError> {
    let row: Option<TicketRow> = tickets::table
        .left_join(own_page_keys::table)
        .filter(tickets::number.eq(i64::try_from(reference.number()).unwrap_or_default()))
        .select((
            (
                tickets::id,
                tickets::subject,
                tickets::status,
                tickets::division_id,
                tickets::topic,
                tickets::person_id,
                tickets::enquirer_name,
                tickets::enquirer_address,
            ),
            (tickets::language, tickets::created_at, tickets::waiting_since, own_page_keys::generation.nullable()),
        ))
        .first(&mut connection)
        .await
        .optional()?;
    let row = row.ok_or(DeskError::NotFound { what: "ticket" })?;
    let kept = generation(row.1.3);
    Ok((row, kept))
}

/// The event that ended a ticket which is at its end.
async fn read_end(
    mut connection: &AsyncPgConnection,
    ticket: Uuid,
    status: Status,
) -> Result<Option<Resolution>, DeskError> {
    if !is_end(status) {
        return Ok(None);
    }
    let rows: Vec<(Uuid, jiff_diesel::Timestamp, Json<serde_json::Value>)> = events::table
        .filter(events::ticket_id.eq(ticket))
        .order((events::at.desc(), events::id.desc()))
        .limit(MOST_EVENTS)
        .select((events::id, events::at, events::event))
        .load(&mut connection)
        .await?;
    let end = rows
        .into_iter()
        .find(|(.., Json(event))| serde_json::from_value::<Event>(event.clone()).is_ok_and(|event| ends(&event)));
    let Some((event, at, _)) = end else { return Ok(None) };
    let score: Option<i16> = satisfactions::table
        .find((ticket, event))
        .select(satisfactions::score)
        .first(&mut connection)
        .await
        .optional()?;
    Ok(Some(Resolution { event, at: at.to_jiff(), score }))
}

fn is_end(status: Status) -> bool {
    matches!(status, Status::Resolved | Status::Closed)
}

fn ends(event: &Event) -> bool {
    match event {
        Event::StatusSet { status } | Event::Replied { status } => is_end(status.to) && !is_end(status.from),
        _ => false,
    }
}

/// The addresses that are known as the enquirer's, folded.
async fn read_addresses(
    mut connection: &AsyncPgConnection,
    person: Uuid,
    address: Option<&EmailAddress>,
) -> Result<Vec<String>, DeskError> {
    let known: Vec<String> = contacts::table
        .filter(contacts::person_id.eq(person))
        .filter(contacts::kind.eq("email"))
        .select(contacts::value)
        .load(&mut connection)
        .await?;
    Ok(known.into_iter().chain(address.map(EmailAddress::folded)).collect())
}

type MessageRow =
    (Uuid, String, Word<Channel>, String, bool, Option<Word<Language>>, String, Option<String>, jiff_diesel::Timestamp);

/// What the enquirer wrote by form or mail, and what was sent to an address of theirs: neither notes, nor what others
/// wrote, nor answers to others, nor what staff wrote down of a call.
async fn read_messages(
    mut connection: &AsyncPgConnection,
    ticket: Uuid,
    theirs: &[String],
) -> Result<Vec<OwnMessage>, DeskError> {
    let mut rows: Vec<MessageRow> = messages::table
        .filter(messages::ticket_id.eq(ticket))
        .filter(messages::kind.eq_any(["inbound", "outbound"]))
        .order((messages::created_at.desc(), messages::id.desc()))
        .limit(MOST_MESSAGES)
        .select((
            messages::id,
            messages::kind,
            messages::channel,
            messages::sender_address,
            messages::automatic,
            messages::language,
            messages::text,
            messages::new_part,
            messages::created_at,
        ))
        .load(&mut connection)
        .await?;
    rows.reverse();
    let sent: Vec<Option<Uuid>> = outbox::table
        .filter(outbox::ticket_id.eq(ticket))
        .filter(outbox::recipient.eq_any(theirs))
        .select(outbox::message_id)
        .load(&mut connection)
        .await?;
    let mut answered = questionnaires::read_of_ticket(connection, ticket).await?;
    let shown = rows.into_iter().filter_map(|(id, kind, Word(channel), sender, automatic, language, text, new, at)| {
        let is_theirs = EmailAddress::parse(&sender).is_ok_and(|sender| theirs.contains(&sender.folded()));
        let writer = match kind.as_str() {
            "outbound" if sent.contains(&Some(id)) => Writer::Division,
            "inbound" if automatic => return None,
            "inbound" if channel == Channel::Web || (is_theirs && channel == Channel::Email) => Writer::Enquirer,
            _ => return None,
        };
        let (text, language) = (new.unwrap_or(text), language.map(|Word(language)| language));
        let answered = answered.remove(&id);
        Some(OwnMessage { id, writer, text, language, at: at.to_jiff(), answered, files: Vec::new() })
    });
    let mut shown: Vec<OwnMessage> = shown.collect();
    files::read_into(connection, &mut shown).await?;
    Ok(shown)
}
