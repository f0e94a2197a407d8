//! A ticket as its page shows it: properties, enquirer, conversation and history.

mod entries;
mod html;

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, SelectableHelper};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::try_join;
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::status::{Priority, Status};
use crate::postgres::column::Word;
use crate::postgres::schema::{contacts, outbox, satisfactions, ticket_tags, ticket_topics, tickets};

pub use entries::{Delivery, Entry, FileOf, Kind, Message, Past};
pub use html::HtmlLetter;

/// A ticket with all that its page shows.
#[derive(Debug, Clone)]
pub struct Conversation {
    /// Its properties.
    pub head: Head,
    /// Its enquirer's addresses and numbers: kind and as given.
    pub contacts: Vec<(String, String)>,
    /// Further topics.
    pub further_topics: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Messages and history, oldest first; the first message, and the newest or those before the one that was asked for.
    pub entries: Vec<Entry>,
    /// How many messages stand between the first one and the others.
    pub left_out: i64,
    /// Other tickets of the enquirer, newest first.
    pub others: Vec<Other>,
    /// How content the enquirer is, the last time that they said it.
    pub satisfaction: Option<Satisfaction>,
}

/// How content an enquirer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Satisfaction {
    /// From 1, not at all, to 5.
    pub score: i16,
    /// What they say about it; may be empty.
    pub words: String,
    /// When they said it.
    pub at: Timestamp,
}

/// Another ticket of the same enquirer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// Its reference.
    pub reference: Reference,
    /// Its subject.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
}

/// The properties of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Key.
    pub id: Uuid,
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
    /// The enquirer.
    pub person: Uuid,
    /// Their name, as given with it.
    pub name: String,
    /// How their name is read, as given with it; may be empty.
    pub reading: String,
    /// Their organisation, as given with it.
    pub organisation: String,
    /// Where answers go.
    pub address: Option<String>,
    /// Who has it.
    pub assignee: Option<Uuid>,
    /// The enquirer's language.
    pub language: Option<Language>,
    /// What a page must know to be still true.
    pub version: i64,
    /// Made of automatic mail.
    pub automatic: bool,
    /// A letter of ours came back.
    pub bounced: bool,
    /// The ticket that it looks related to.
    pub related: Option<Reference>,
    /// Why the desk doubted it.
    pub spam_reason: Option<String>,
    /// When it came.
    pub created_at: Timestamp,
    /// Since when it waits for us.
    pub waiting_since: Option<Timestamp>,
    /// When the promise ends.
    pub due_at: Timestamp,
    /// When we first answered.
    pub answered_at: Option<Timestamp>,
}

#[derive(diesel::Queryable, diesel::Selectable)]
#[diesel(table_name = tickets, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: Uuid,
    number: i64,
    subject: String,
    status: Word<Status>,
    priority: Word<Priority>,
    channel: Word<Channel>,
    division_id: Uuid,
    topic: String,
    person_id: Uuid,
    enquirer_name: String,
    enquirer_reading: String,
    enquirer_organisation: String,
    enquirer_address: Option<String>,
    assignee_id: Option<Uuid>,
    language: Option<Word<Language>>,
    version: i64,
    automatic: bool,
    bounced: bool,
    related_number: Option<i64>,
    spam_reason: Option<String>,
    created_at: jiff_diesel::Timestamp,
    waiting_since: Option<jiff_diesel::Timestamp>,
    due_at: jiff_diesel::Timestamp,
    answered_at: Option<jiff_diesel::Timestamp>,
}

/// The most addresses and numbers that are shown.
const MOST_CONTACTS: i64 = 20;
/// The most other tickets that are shown.
const MOST_OTHERS: i64 = 10;

impl Desk {
    /// A ticket with all that its page shows: its newest messages, or those before one of them.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is none, or it is not theirs to see.
    pub async fn conversation(
        &self,
        viewer: &Viewer,
        reference: Reference,
        before: Option<Uuid>,
    ) -> Result<Conversation, DeskError> {
        let connection: &AsyncPgConnection = &*self.database.connection().await?;
        let head = self.head_on(connection, viewer, reference).await?;
        let (contacts, further_topics, tags, others, satisfaction, page) = try_join!(
            read_contacts(connection, head.person),
            read_further_topics(connection, head.id),
            read_tags(connection, head.id),
            read_others(connection, viewer, &head),
            read_satisfaction(connection, head.id),
            entries::read(connection, head.id, before),
        )?;
        let entries::Page { entries, left_out } = page;
        Ok(Conversation { head, contacts, further_topics, tags, entries, left_out, others, satisfaction })
    }

    /// The properties of a ticket.
    ///
    /// # Errors
    /// As [`Desk::conversation`].
    pub async fn head(&self, viewer: &Viewer, reference: Reference) -> Result<Head, DeskError> {
        self.head_on(&*self.database.connection().await?, viewer, reference).await
    }

    async fn head_on(
        &self,
        mut connection: &AsyncPgConnection,
        viewer: &Viewer,
        reference: Reference,
    ) -> Result<Head, DeskError> {
        let number = i64::try_from(reference.number()).unwrap_or_default();
        let row: Option<Row> = tickets::table
            .filter(tickets::number.eq(number))
            .select(Row::as_select())
            .first(&mut connection)
            .await
            .optional()?;
        row.filter(|row| viewer.sees(row.division_id)).map(head).ok_or(DeskError::NotFound { what: "ticket" })
    }
}

async fn read_contacts(mut connection: &AsyncPgConnection, person: Uuid) -> Result<Vec<(String, String)>, DeskError> {
    let contacts = contacts::table
        .filter(contacts::person_id.eq(person))
        .order((contacts::kind, contacts::shown))
        .select((contacts::kind, contacts::shown))
        .limit(MOST_CONTACTS);
    Ok(contacts.load(&mut connection).await?)
}

async fn read_further_topics(mut connection: &AsyncPgConnection, ticket: Uuid) -> Result<Vec<String>, DeskError> {
    let topics = ticket_topics::table.filter(ticket_topics::ticket_id.eq(ticket)).select(ticket_topics::topic);
    Ok(topics.load(&mut connection).await?)
}

async fn read_tags(mut connection: &AsyncPgConnection, ticket: Uuid) -> Result<Vec<String>, DeskError> {
    let tags = ticket_tags::table.filter(ticket_tags::ticket_id.eq(ticket)).order(ticket_tags::tag);
    Ok(tags.select(ticket_tags::tag).load(&mut connection).await?)
}

async fn read_others(
    mut connection: &AsyncPgConnection,
    viewer: &Viewer,
    head: &Head,
) -> Result<Vec<Other>, DeskError> {
    let rows: Vec<(i64, String, Word<Status>, Uuid)> = tickets::table
        .filter(tickets::person_id.eq(head.person))
        .filter(tickets::id.ne(head.id))
        .order(tickets::number.desc())
        .limit(MOST_OTHERS)
        .select((tickets::number, tickets::subject, tickets::status, tickets::division_id))
        .load(&mut connection)
        .await?;
    let seen = rows.into_iter().filter(|(.., division)| viewer.sees(*division));
    Ok(seen
        .map(|(number, subject, Word(status), _)| Other { reference: reference_of(number), subject, status })
        .collect())
}

async fn read_satisfaction(
    mut connection: &AsyncPgConnection,
    ticket: Uuid,
) -> Result<Option<Satisfaction>, DeskError> {
    let row: Option<(i16, String, jiff_diesel::Timestamp)> = satisfactions::table
        .filter(satisfactions::ticket_id.eq(ticket))
        .order(satisfactions::given_at.desc())
        .select((satisfactions::score, satisfactions::words, satisfactions::given_at))
        .first(&mut connection)
        .await
        .optional()?;
    Ok(row.map(|(score, words, at)| Satisfaction { score, words, at: at.to_jiff() }))
}

fn reference_of(number: i64) -> Reference {
    Reference::from_number(u64::try_from(number).unwrap_or_default())
}

fn head(row: Row) -> Head {
    Head {
        id: row.id,
        reference: reference_of(row.number),
        subject: row.subject,
        status: row.status.0,
        priority: row.priority.0,
        channel: row.channel.0,
        division: row.division_id,
        topic: row.topic,
        person: row.person_id,
        name: row.enquirer_name,
        reading: row.enquirer_reading,
        organisation: row.enquirer_organisation,
        address: row.enquirer_address,
        assignee: row.assignee_id,
        language: row.language.map(|Word(language)| language),
        version: row.version,
        automatic: row.automatic,
        bounced: row.bounced,
        related: row.related_number.map(reference_of),
        spam_reason: row.spam_reason,
        created_at: row.created_at.to_jiff(),
        waiting_since: row.waiting_since.map(|at| at.to_jiff()),
        due_at: row.due_at.to_jiff(),
        answered_at: row.answered_at.map(|at| at.to_jiff()),
    }
}

/// What a receipt says of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    /// The division.
    pub division: Uuid,
    /// When an answer is due.
    pub due_at: Timestamp,
    /// Where the acknowledgement goes; nobody is promised a letter without an address.
    pub letter_to: Option<String>,
}

impl Desk {
    /// What a receipt says of a ticket. Whoever asks has proved that the receipt is theirs.
    ///
    /// # Errors
    /// When there is no such ticket.
    pub async fn promised(&self, reference: Reference) -> Result<Promised, DeskError> {
        let mut connection = self.database.connection().await?;
        type Row = (Uuid, Uuid, jiff_diesel::Timestamp, Option<String>, Word<Status>);
        let row: Option<Row> = tickets::table
            .filter(tickets::number.eq(i64::try_from(reference.number()).unwrap_or_default()))
            .select((tickets::id, tickets::division_id, tickets::due_at, tickets::enquirer_address, tickets::status))
            .first(&mut connection)
            .await
            .optional()?;
        let (id, division, due_at, address, Word(status)) = row.ok_or(DeskError::NotFound { what: "ticket" })?;
        let sent_to: Option<String> = outbox::table
            .filter(outbox::ticket_id.eq(id))
            .filter(outbox::purpose.eq("acknowledgement"))
            .order(outbox::number.desc())
            .select(outbox::recipient)
            .first(&mut connection)
            .await
            .optional()?;
        let folded = |address: &String| EmailAddress::parse(address).map(|address| address.folded()).ok();
        let letter_to = match sent_to {
            // Staff may have had answers go elsewhere since, which is nobody's business here.
            Some(sent_to) => address.filter(|address| folded(address).as_ref() == Some(&sent_to)).or(Some(sent_to)),
            // Who is doubted sees the same page as everybody.
            None => address.filter(|_| status == Status::Spam),
        };
        Ok(Promised { division, due_at: due_at.to_jiff(), letter_to })
    }
}
