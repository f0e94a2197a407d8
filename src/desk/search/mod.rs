//! Search: documents are written in the background, within two seconds, never in the intake's transaction.
//!
//! Each document carries the *bucket* of its ticket's number as a further lexeme. A search asks for the words within
//! the newest buckets and widens the window until it has enough, so that a common word costs as little as a rare one:
//! neither a GIN index asked for a common word nor a scan for a rare one is safe alone.

mod index;

use diesel::sql_types::{Array, BigInt, Integer, Text};
use diesel::{QueryDsl, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::desk::queue::{Filter, Listed};
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::postgres::schema::tickets;
use crate::search::Query;

pub(crate) use index::Indexed;

/// Tickets in a bucket.
const BUCKET: i64 = 4096;
/// Buckets asked for first.
const FIRST_WINDOW: i64 = 4;
/// Documents looked at in one window: a search that has seen more says so.
const CANDIDATES: i32 = 1000;

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Tickets, newest first.
    pub rows: Vec<Listed>,
    /// Where the search goes on: below this number.
    pub next: Option<i64>,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    ticket_number: i64,
}

impl Desk {
    /// Finds tickets by words of their subject, messages, notes, names, addresses and references, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search(
        &self,
        viewer: &Viewer,
        filter: &Filter,
        query: &Query,
        below: Option<i64>,
        most: usize,
    ) -> Result<Found, DeskError> {
        let mut connection = self.database.connection().await?;
        let newest: Option<i64> =
            tickets::table.select(diesel::dsl::max(tickets::number)).first(&mut connection).await?;
        let mut top = below.map_or(newest.unwrap_or_default(), |below| below - 1);
        let mut window = FIRST_WINDOW;
        let mut rows: Vec<Listed> = Vec::new();
        while top > 0 && rows.len() <= most {
            let bottom = ((top / BUCKET - window + 1).max(0)) * BUCKET;
            let numbers = find(&mut connection, query, bottom, top).await?;
            let full = numbers.len() >= usize::try_from(CANDIDATES).unwrap_or(usize::MAX);
            rows.extend(self.list_numbers(viewer, filter, &numbers).await?);
            top = if full { numbers.last().copied().unwrap_or(bottom) - 1 } else { bottom - 1 };
            window = if full { window } else { window * 4 };
        }
        let more = rows.len() > most;
        rows.truncate(most);
        let last = rows.last().and_then(|row| i64::try_from(row.reference.number()).ok());
        Ok(Found { next: last.filter(|_| more), rows })
    }
}

/// The numbers of tickets that have documents with all terms, newest first, within a window.
async fn find(connection: &mut AsyncPgConnection, query: &Query, bottom: i64, top: i64) -> Result<Vec<i64>, DeskError> {
    let buckets: Vec<String> = (bottom / BUCKET..=top / BUCKET).map(bucket).collect();
    let lexemes = buckets.iter().map(|bucket| format!("'{bucket}'")).collect::<Vec<_>>().join(" | ");
    let words = query.tsquery();
    // A window over everything needs no buckets.
    let tsquery = if bottom == 0 && buckets.len() > 64 { words } else { format!("{words} & ({lexemes})") };
    let patterns: Vec<String> = query.terms.iter().map(crate::search::Term::like_pattern).collect();
    // The CTE is a fence: the planner otherwise walks the tickets backwards and rechecks each.
    let rows: Vec<Number> = diesel::sql_query(
        "WITH hits AS MATERIALIZED ( \
             SELECT ticket_number, folded FROM search_documents WHERE tokens @@ $1::text::tsquery \
             AND ticket_number BETWEEN $2 AND $3 \
         ) \
         SELECT DISTINCT ticket_number FROM hits WHERE folded LIKE ALL ($4) \
         ORDER BY ticket_number DESC LIMIT $5",
    )
    .bind::<Text, _>(tsquery)
    .bind::<BigInt, _>(bottom)
    .bind::<BigInt, _>(top)
    .bind::<Array<Text>, _>(patterns)
    .bind::<Integer, _>(CANDIDATES)
    .load(connection)
    .await?;
    Ok(rows.into_iter().map(|row| row.ticket_number).collect())
}

fn bucket(number: i64) -> String {
    format!("#{number}")
}
