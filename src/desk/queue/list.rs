//! The list of tickets: filters, orders, pages by key.

use diesel::dsl::exists;
use diesel::helper_types::{AsSelect, IntoBoxed};
use diesel::pg::Pg;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, Queryable, Selectable,
    SelectableHelper,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::queue::Listed;
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::domain::named::named;
use crate::domain::reference::Reference;
use crate::domain::status::{Priority, Status};
use crate::postgres::column::Word;
use crate::postgres::condition::IsLive;
use crate::postgres::schema::{staff, ticket_tags, ticket_topics, tickets};

named! {
    /// The orders that the list offers; each has its index.
    pub enum Sort as "order" {
        /// Newest first.
        Newest = "newest",
        /// Oldest first.
        Oldest = "oldest",
        /// Longest waiting for us first.
        Waiting = "waiting",
        /// Nearest promise first.
        Due = "due",
        /// Last touched first.
        Updated = "updated",
    }
}

/// Whose tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody's.
    Somebody(Uuid),
    /// Nobody's.
    Nobody,
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One of these statuses; none: every one but spam.
    pub statuses: Vec<Status>,
    /// A division.
    pub division: Option<Uuid>,
    /// Whose.
    pub assignee: Option<Who>,
    /// A channel.
    pub channel: Option<Channel>,
    /// A topic, main or further.
    pub topic: Option<String>,
    /// A tag.
    pub tag: Option<String>,
    /// Only those that a letter came back to.
    pub bounced: Bounced,
}

/// Whether only tickets with letters that came back are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bounced {
    /// All.
    #[default]
    Any,
    /// Only those.
    Only,
}

/// Where a page begins: after this row, in the list's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The row's time in the order, in microseconds since 1970; 0 in orders by number.
    pub at: i64,
    /// The row's number.
    pub number: i64,
}

impl Cursor {
    /// As it stands in a query.
    #[must_use]
    pub fn write(self) -> String {
        format!("{}.{}", self.at, self.number)
    }

    /// Reads what stands in a query.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (at, number) = text.split_once('.')?;
        Some(Self { at: at.parse().ok()?, number: number.parse().ok()? })
    }
}

/// A page of the list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Its rows.
    pub rows: Vec<Listed>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = tickets, check_for_backend(Pg))]
pub(super) struct Row {
    number: i64,
    subject: String,
    status: Word<Status>,
    priority: Word<Priority>,
    channel: Word<Channel>,
    division_id: Uuid,
    topic: String,
    enquirer_name: String,
    enquirer_reading: String,
    enquirer_organisation: String,
    enquirer_address: Option<String>,
    language: Option<Word<Language>>,
    automatic: bool,
    bounced: bool,
    created_at: jiff_diesel::Timestamp,
    updated_at: jiff_diesel::Timestamp,
    waiting_since: Option<jiff_diesel::Timestamp>,
    due_at: jiff_diesel::Timestamp,
    answered_at: Option<jiff_diesel::Timestamp>,
}

#[diesel::dsl::auto_type]
fn rows_with_assignees() -> _ {
    let row: AsSelect<Row, Pg> = Row::as_select();
    tickets::table
        .left_join(staff::table.on(tickets::assignee_id.eq(staff::id.nullable())))
        .select((row, staff::name.nullable()))
}

type Boxed<'a> = IntoBoxed<'a, rows_with_assignees, Pg>;

impl Desk {
    /// A page of the list.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(
        &self,
        viewer: &Viewer,
        filter: &Filter,
        sort: Sort,
        after: Option<Cursor>,
        most: usize,
    ) -> Result<Page, DeskError> {
        let connection = self.database.connection().await?;
        read(&connection, viewer, filter, sort, after, most).await
    }

    /// The newest tickets of these numbers that somebody sees and that pass a filter: what a search found.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list_numbers(
        &self,
        viewer: &Viewer,
        filter: &Filter,
        numbers: &[i64],
        most: usize,
    ) -> Result<Vec<Listed>, DeskError> {
        let query = narrowed(viewer, filter, Sort::Newest)
            .filter(tickets::number.eq_any(numbers))
            .order(tickets::number.desc());
        let query = query.limit(i64::try_from(most).unwrap_or(i64::MAX));
        let mut connection = self.database.connection().await?;
        let rows: Vec<(Row, Option<String>)> = query.load(&mut connection).await?;
        Ok(rows.into_iter().map(listed).collect())
    }
}

/// Reads a page on a connection that may be asked other things at the same time.
pub(super) async fn read(
    mut connection: &AsyncPgConnection,
    viewer: &Viewer,
    filter: &Filter,
    sort: Sort,
    after: Option<Cursor>,
    most: usize,
) -> Result<Page, DeskError> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX - 1) + 1;
    let query = ordered(narrowed(viewer, filter, sort), sort, after).limit(limit);
    let rows: Vec<(Row, Option<String>)> = query.load(&mut connection).await?;
    Ok(page(rows, sort, most))
}

fn is_exactly(statuses: &[Status], wanted: &[Status]) -> bool {
    wanted.iter().all(|status| statuses.contains(status)) && statuses.iter().all(|status| wanted.contains(status))
}

fn narrowed<'a>(viewer: &'a Viewer, filter: &'a Filter, sort: Sort) -> Boxed<'a> {
    let mut query = rows_with_assignees().into_boxed();
    query = match &filter.statuses[..] {
        [] => query.filter(tickets::status.ne("spam")),
        // Few are under way: whatever else is asked of them, an index has them alone.
        [one] if one.is_live() => query.filter(tickets::status.eq(Word(*one))).filter(IsLive),
        [one] => query.filter(tickets::status.eq(Word(*one))),
        // In their own order one condition, and not two that say the same: the planner would take them for independent of
        // one another, and sort what it can read in order.
        statuses if is_exactly(statuses, &[Status::New, Status::Open]) => {
            let query = query.filter(tickets::waiting_since.is_not_null());
            if sort == Sort::Waiting { query } else { query.filter(IsLive) }
        }
        statuses if is_exactly(statuses, &[Status::New, Status::Open, Status::Pending]) => query.filter(IsLive),
        statuses => {
            let words = statuses.iter().map(|status| Word(*status)).collect::<Vec<_>>();
            let query = query.filter(tickets::status.eq_any(words));
            if statuses.iter().all(|status| status.is_live()) { query.filter(IsLive) } else { query }
        }
    };
    if let Some(divisions) = &viewer.divisions {
        query = query.filter(tickets::division_id.eq_any(divisions));
    }
    if let Some(division) = filter.division {
        query = query.filter(tickets::division_id.eq(division));
    }
    match filter.assignee {
        Some(Who::Somebody(id)) => query = query.filter(tickets::assignee_id.eq(id)),
        Some(Who::Nobody) => query = query.filter(tickets::assignee_id.is_null()),
        None => {}
    }
    if let Some(channel) = filter.channel {
        query = query.filter(tickets::channel.eq(Word(channel)));
    }
    if let Some(topic) = &filter.topic {
        let further = ticket_topics::table
            .filter(ticket_topics::ticket_id.eq(tickets::id))
            .filter(ticket_topics::topic.eq(topic));
        query = query.filter(tickets::topic.eq(topic).or(exists(further)));
    }
    if let Some(tag) = &filter.tag {
        let tagged = ticket_tags::table.filter(ticket_tags::tag.eq(tag)).select(ticket_tags::number);
        query = query.filter(tickets::number.eq_any(tagged));
    }
    if filter.bounced == Bounced::Only {
        query = query.filter(tickets::bounced);
    }
    query
}

fn ordered(query: Boxed<'_>, sort: Sort, after: Option<Cursor>) -> Boxed<'_> {
    let number = after.map(|cursor| cursor.number);
    let at = after.and_then(|cursor| Timestamp::from_microsecond(cursor.at).ok()).unwrap_or_default();
    let at = jiff_diesel::Timestamp::from(at);
    match sort {
        Sort::Newest => match number {
            Some(number) => query.filter(tickets::number.lt(number)).order(tickets::number.desc()),
            None => query.order(tickets::number.desc()),
        },
        Sort::Oldest => match number {
            Some(number) => query.filter(tickets::number.gt(number)).order(tickets::number.asc()),
            None => query.order(tickets::number.asc()),
        },
        Sort::Waiting => {
            let query = query.filter(tickets::waiting_since.is_not_null());
            let query = match number {
                Some(number) => {
                    let later = tickets::waiting_since.gt(at).assume_not_null();
                    let same = tickets::waiting_since.eq(at).assume_not_null().and(tickets::number.gt(number));
                    query.filter(tickets::waiting_since.ge(at).assume_not_null()).filter(later.or(same))
                }
                None => query,
            };
            query.order((tickets::waiting_since.asc(), tickets::number.asc()))
        }
        Sort::Due => {
            let query = match number {
                Some(number) => {
                    let same = tickets::due_at.eq(at).and(tickets::number.gt(number));
                    query.filter(tickets::due_at.ge(at)).filter(tickets::due_at.gt(at).or(same))
                }
                None => query,
            };
            query.order((tickets::due_at.asc(), tickets::number.asc()))
        }
        Sort::Updated => {
            let query = match number {
                Some(number) => {
                    let same = tickets::updated_at.eq(at).and(tickets::number.lt(number));
                    query.filter(tickets::updated_at.le(at)).filter(tickets::updated_at.lt(at).or(same))
                }
                None => query,
            };
            query.order((tickets::updated_at.desc(), tickets::number.desc()))
        }
    }
}

fn page(rows: Vec<(Row, Option<String>)>, sort: Sort, most: usize) -> Page {
    let more = rows.len() > most;
    let rows: Vec<Listed> = rows.into_iter().take(most).map(listed).collect();
    let next = rows.last().filter(|_| more).map(|row| Cursor {
        at: match sort {
            Sort::Newest | Sort::Oldest => 0,
            Sort::Waiting => row.waiting_since.map_or(0, Timestamp::as_microsecond),
            Sort::Due => row.due_at.as_microsecond(),
            Sort::Updated => row.updated_at.as_microsecond(),
        },
        number: i64::try_from(row.reference.number()).unwrap_or(i64::MAX),
    });
    Page { rows, next }
}

fn listed((row, assignee): (Row, Option<String>)) -> Listed {
    Listed {
        reference: Reference::from_number(u64::try_from(row.number).unwrap_or_default()),
        subject: row.subject,
        status: row.status.0,
        priority: row.priority.0,
        channel: row.channel.0,
        division: row.division_id,
        topic: row.topic,
        name: row.enquirer_name,
        reading: row.enquirer_reading,
        organisation: row.enquirer_organisation,
        address: row.enquirer_address,
        assignee,
        language: row.language.map(|Word(language)| language),
        automatic: row.automatic,
        bounced: row.bounced,
        created_at: row.created_at.to_jiff(),
        updated_at: row.updated_at.to_jiff(),
        waiting_since: row.waiting_since.map(|at| at.to_jiff()),
        due_at: row.due_at.to_jiff(),
        answered_at: row.answered_at.map(|at| at.to_jiff()),
    }
}
