//! The intake ledger as staff read it: quarantined first, then newest first.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::arrival::Outcome;
use crate::domain::channel::Channel;
use crate::domain::reference::Reference;
use crate::postgres::column::Word;
use crate::postgres::condition::IsQuarantined;
use crate::postgres::schema::{arrivals, attachments, blobs, messages, tickets};

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Key.
    pub id: Uuid,
    /// When it came.
    pub received_at: Timestamp,
    /// How.
    pub channel: Channel,
    /// From whom.
    pub sender: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, where that needs a word.
    pub reason: Option<String>,
    /// The ticket.
    pub ticket: Option<Reference>,
}

/// The raw bytes of an arrival.
#[derive(Debug, Clone)]
pub struct Raw {
    /// How it came.
    pub channel: Channel,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// A virus that was found in a file of it.
    pub virus: Option<String>,
}

/// A page of the ledger.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What was not understood, on the first page: all of it.
    pub quarantined: Vec<Line>,
    /// The rest.
    pub lines: Vec<Line>,
    /// Where the next page begins.
    pub next: Option<Uuid>,
}

/// Lines of a page.
pub const PAGE: i64 = 50;

/// Which lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// What was not understood.
    Quarantined,
    /// The rest.
    Understood,
}

type Row =
    (Uuid, jiff_diesel::Timestamp, Word<Channel>, String, Word<Outcome>, Option<String>, Option<i64>, Option<Uuid>);

impl Desk {
    /// A page of the ledger, from `before` on. What was not understood belongs to no division; those who see only some
    /// divisions see what concerns their tickets.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn arrivals(&self, viewer: &Viewer, before: Option<Uuid>) -> Result<Page, DeskError> {
        let quarantined = match before {
            None if viewer.divisions.is_none() => self.lines(viewer, Which::Quarantined, None).await?,
            _ => Vec::new(),
        };
        let mut lines = self.lines(viewer, Which::Understood, before).await?;
        let more = lines.len() > usize::try_from(PAGE).unwrap_or_default();
        lines.truncate(usize::try_from(PAGE).unwrap_or_default());
        let next = lines.last().map(|line| line.id).filter(|_| more);
        Ok(Page { quarantined, lines, next })
    }

    async fn lines(&self, viewer: &Viewer, which: Which, before: Option<Uuid>) -> Result<Vec<Line>, DeskError> {
        let mut connection = self.database.connection().await?;
        let mut query = arrivals::table
            .left_join(tickets::table.on(arrivals::ticket_id.eq(tickets::id.nullable())))
            .order(arrivals::id.desc())
            .limit(PAGE + 1)
            .select((
                arrivals::id,
                arrivals::received_at,
                arrivals::channel,
                arrivals::sender,
                arrivals::outcome,
                arrivals::reason,
                tickets::number.nullable(),
                tickets::division_id.nullable(),
            ))
            .into_boxed();
        if let Some(before) = before {
            query = query.filter(arrivals::id.lt(before));
        }
        query = match which {
            Which::Quarantined => query.filter(IsQuarantined),
            Which::Understood => query.filter(arrivals::outcome.ne("quarantined")),
        };
        if let Some(divisions) = &viewer.divisions {
            query = query.filter(tickets::division_id.eq_any(divisions).assume_not_null());
        }
        let rows: Vec<Row> = query.load(&mut connection).await?;
        Ok(rows.into_iter().map(line).collect())
    }

    /// How many arrivals were not understood.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_quarantined(&self) -> Result<i64, DeskError> {
        count_quarantined(&*self.database.connection().await?).await
    }

    /// The bytes of an arrival as they came.
    ///
    /// # Errors
    /// When there is none, or it is not theirs to see.
    pub async fn raw_arrival(&self, viewer: &Viewer, id: Uuid) -> Result<Raw, DeskError> {
        let mut connection = self.database.connection().await?;
        let row: Option<(Word<Channel>, Vec<u8>, Option<Uuid>)> = arrivals::table
            .left_join(tickets::table.on(arrivals::ticket_id.eq(tickets::id.nullable()).and(tickets::number.gt(0))))
            .filter(arrivals::id.eq(id))
            .select((arrivals::channel, arrivals::raw, tickets::division_id.nullable()))
            .first(&mut connection)
            .await
            .optional()?;
        let theirs =
            |division: Option<Uuid>| division.map_or(viewer.divisions.is_none(), |division| viewer.sees(division));
        match row {
            Some((Word(channel), bytes, division)) if theirs(division) => {
                Ok(Raw { channel, bytes, virus: virus_in(&mut connection, id).await? })
            }
            _ => Err(DeskError::NotFound { what: "arrival" }),
        }
    }
}

/// A virus that was found in a file of an arrival: the whole of it may be more than the scanner takes.
async fn virus_in(connection: &mut AsyncPgConnection, arrival: Uuid) -> Result<Option<String>, DeskError> {
    let virus: Option<Option<String>> = messages::table
        .inner_join(attachments::table.inner_join(blobs::table))
        .inner_join(arrivals::table.on(arrivals::ticket_id.eq(messages::ticket_id.nullable())))
        .filter(arrivals::id.eq(arrival))
        .filter(messages::arrival_id.eq(arrival))
        .filter(blobs::virus.is_not_null())
        .select(blobs::virus)
        .first(connection)
        .await
        .optional()?;
    Ok(virus.flatten())
}

fn line((id, received_at, channel, sender, outcome, reason, number, _): Row) -> Line {
    Line {
        id,
        received_at: received_at.to_jiff(),
        channel: channel.0,
        sender,
        outcome: outcome.0,
        reason,
        ticket: number.and_then(|number| u64::try_from(number).ok()).map(Reference::from_number),
    }
}

/// Counts what was not understood, on a connection that may be asked other things at the same time.
pub(crate) async fn count_quarantined(mut connection: &AsyncPgConnection) -> Result<i64, DeskError> {
    let quarantined = arrivals::table.filter(IsQuarantined);
    Ok(quarantined.count().get_result(&mut connection).await?)
}
