//! Search: documents are written in the background, within two seconds, never in the intake's transaction.
//!
//! Each document carries the *bucket* of its ticket's number as a further lexeme. A search asks for the words within
//! the newest buckets and widens the window until it has enough, so that a common word costs as little as a rare one:
//! neither a GIN index asked for a common word nor a scan for a rare one is safe alone.

mod index;

use diesel::QueryDsl;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Integer, Text};
use diesel_async::RunQueryDsl;

use crate::desk::queue::{Filter, Listed};
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::postgres::schema::tickets;
use crate::search::Query;

pub(crate) use index::{Indexed, in_all_languages};

/// Tickets in a bucket: few enough that a word which all of them have is found in milliseconds.
const BUCKET: i64 = 1024;
/// Buckets asked for first, next, and at last: a word that is not found in sixteen thousand tickets is rare.
const WINDOWS: [i64; 3] = [1, 16, i64::MAX / BUCKET];
/// More buckets than this are not named one by one: the window is then given by numbers alone.
const MOST_BUCKETS: usize = 64;
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
        let mut top = match below {
            Some(below) => below - 1,
            None => self.newest_number().await?,
        };
        let mut windows = WINDOWS.into_iter().peekable();
        let mut rows: Vec<Listed> = Vec::new();
        while top > 0 && rows.len() <= most {
            let window = windows.peek().copied().unwrap_or(WINDOWS[WINDOWS.len() - 1]);
            let bottom = ((top / BUCKET - window + 1).max(0)) * BUCKET;
            let numbers = {
                let mut connection = self.database.connection().await?;
                Find::new(query, bottom, top).load::<i64>(&mut connection).await?
            };
            let full = numbers.len() >= usize::try_from(CANDIDATES).unwrap_or(usize::MAX);
            if !numbers.is_empty() {
                rows.extend(self.list_numbers(viewer, filter, &numbers, most + 1 - rows.len()).await?);
            }
            top = if full { numbers.last().copied().unwrap_or(bottom) - 1 } else { bottom - 1 };
            if !full {
                windows.next();
            }
        }
        let more = rows.len() > most;
        rows.truncate(most);
        let last = rows.last().and_then(|row| i64::try_from(row.reference.number()).ok());
        Ok(Found { next: last.filter(|_| more), rows })
    }

    async fn newest_number(&self) -> Result<i64, DeskError> {
        let mut connection = self.database.connection().await?;
        let newest: Option<i64> =
            tickets::table.select(diesel::dsl::max(tickets::number)).first(&mut connection).await?;
        Ok(newest.unwrap_or_default())
    }
}

/// The numbers of tickets that have documents with all terms, newest first, within a window.
struct Find {
    /// What the index is asked.
    narrowing: String,
    /// What a document must then fulfil.
    tsquery: String,
    patterns: Vec<String>,
    bottom: i64,
    top: i64,
}

impl Find {
    fn new(query: &Query, bottom: i64, top: i64) -> Self {
        let buckets: Vec<String> = (bottom / BUCKET..=top / BUCKET).map(|at| format!("'{}'", bucket(at))).collect();
        let tsquery = query.tsquery();
        let narrowing = match &buckets[..] {
            // For a beginning the index gathers all that begin so, wherever they stand: for a common word tens of
            // milliseconds, when reading the whole bucket takes a few. What is common is found here; what is not, is not
            // much to gather.
            [only] => match query.whole_tokens_tsquery() {
                none if none.is_empty() => only.clone(),
                whole => format!("{whole} & {only}"),
            },
            few if few.len() <= MOST_BUCKETS => format!("{tsquery} & ({})", few.join(" | ")),
            _ => tsquery.clone(),
        };
        let patterns = query.terms.iter().map(crate::search::Term::like_pattern).collect();
        Self { narrowing, tsquery, patterns, bottom, top }
    }
}

impl QueryFragment<Pg> for Find {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        // The CTE is a fence: the planner otherwise walks the tickets backwards and rechecks each. The query stands in a
        // subquery, so that it cannot be taken for so common that the index is left aside.
        out.push_sql(
            "WITH hits AS MATERIALIZED (SELECT ticket_number, tokens, folded FROM search_documents WHERE tokens @@ (SELECT ",
        );
        out.push_bind_param::<Text, _>(&self.narrowing)?;
        out.push_sql("::text::tsquery) AND ticket_number BETWEEN ");
        out.push_bind_param::<BigInt, _>(&self.bottom)?;
        out.push_sql(" AND ");
        out.push_bind_param::<BigInt, _>(&self.top)?;
        out.push_sql(") SELECT DISTINCT ticket_number FROM hits WHERE folded LIKE ALL (");
        out.push_bind_param::<Array<Text>, _>(&self.patterns)?;
        out.push_sql(") AND tokens @@ ");
        out.push_bind_param::<Text, _>(&self.tsquery)?;
        out.push_sql("::text::tsquery ORDER BY ticket_number DESC LIMIT ");
        out.push_bind_param::<Integer, _>(&CANDIDATES)?;
        Ok(())
    }
}

/// The SQL never changes, so that it is prepared once a connection.
impl QueryId for Find {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl diesel::query_builder::Query for Find {
    type SqlType = BigInt;
}

fn bucket(number: i64) -> String {
    format!("#{number}")
}
