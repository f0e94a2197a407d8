//! Search: documents are written in the background, within two seconds, never in the intake's transaction.
//!
//! Each document carries the *bucket* of its ticket's number as a further lexeme. A search asks for the words within
//! the newest buckets and widens the window until it has enough, so that a common word costs as little as a rare one:
//! neither a GIN index asked for a common word nor a scan for a rare one is safe alone.

use std::time::Duration;

use diesel::sql_types::{Array, BigInt, Integer, Text, Uuid as SqlUuid};
use diesel::{ExpressionMethods, QueryDsl, QueryableByName};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use tokio::sync::watch;
use uuid::Uuid;

use crate::desk::queue::{Filter, Listed};
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::reference::Reference;
use crate::postgres::schema::{messages, search_pending, tickets};
use crate::search::{Query, documents};

/// Tickets in a bucket.
const BUCKET: i64 = 4096;
/// Buckets asked for first.
const FIRST_WINDOW: i64 = 4;
/// Documents looked at in one window: a search that has seen more says so.
const CANDIDATES: i32 = 1000;
/// Messages indexed together.
const BATCH: i64 = 256;
/// How often new messages are looked for.
const LOOK_EVERY: Duration = Duration::from_millis(500);

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

    /// Writes search documents until `shutdown` turns true.
    pub async fn keep_search_up_to_date(&self, mut shutdown: watch::Receiver<bool>) {
        while !*shutdown.borrow() {
            match self.index_some().await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::warn!(%error, "the search index waits for the database"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => {}
                _ = shutdown.changed() => {}
            }
        }
    }

    /// Writes search documents until there is nothing left to write.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn index_all(&self) -> Result<(), DeskError> {
        while self.index_some().await? > 0 {}
        Ok(())
    }

    /// Writes the documents of some messages that have none. Returns how many messages.
    async fn index_some(&self) -> Result<usize, DeskError> {
        let mut connection = self.database.connection().await?;
        connection
            .transaction::<_, DeskError, _>(async |connection| {
                let pending: Vec<Uuid> = search_pending::table
                    .select(search_pending::message_id)
                    .order(search_pending::message_id)
                    .limit(BATCH)
                    .for_update()
                    .skip_locked()
                    .load(connection)
                    .await?;
                if pending.is_empty() {
                    return Ok(0);
                }
                write_documents(connection, &pending).await?;
                let done = search_pending::table.filter(search_pending::message_id.eq_any(&pending));
                diesel::delete(done).execute(connection).await?;
                Ok(pending.len())
            })
            .await
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

type Indexed = (Uuid, i64, String, String, String, String, Option<String>, String);

async fn write_documents(connection: &mut AsyncPgConnection, pending: &[Uuid]) -> Result<(), DeskError> {
    let rows: Vec<Indexed> = messages::table
        .inner_join(tickets::table)
        .filter(messages::id.eq_any(pending))
        .select((
            messages::id,
            tickets::number,
            tickets::subject,
            messages::sender_name,
            messages::sender_address,
            tickets::enquirer_organisation,
            tickets::enquirer_address,
            messages::text,
        ))
        .load(connection)
        .await?;
    let (mut ids, mut parts, mut numbers, mut tokens, mut folded) = (vec![], vec![], vec![], vec![], vec![]);
    for (id, number, subject, name, address, organisation, enquirer, text) in rows {
        let reference = Reference::from_number(u64::try_from(number).unwrap_or_default());
        let enquirer = enquirer.unwrap_or_default();
        let whole = format!("{reference}\n{subject}\n{name}\n{organisation}\n{address}\n{enquirer}\n{text}");
        for (part, document) in documents(&whole).into_iter().enumerate() {
            ids.push(id);
            parts.push(i32::try_from(part).unwrap_or(i32::MAX));
            numbers.push(number);
            let mut lexemes = document.tokens;
            lexemes.push(bucket(number / BUCKET));
            tokens.push(serde_json::Value::from(lexemes).to_string());
            folded.push(document.folded);
        }
    }
    // Arrays of arrays would have to be of one length: each document's tokens travel as JSON.
    diesel::sql_query(
        "INSERT INTO search_documents (message_id, part, ticket_number, tokens, folded) \
         SELECT d.id, d.part, d.number, array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(d.tokens::jsonb))), \
             d.folded \
         FROM unnest($1, $2, $3, $4, $5) AS d (id, part, number, tokens, folded) \
         ON CONFLICT (message_id, part) DO UPDATE SET tokens = excluded.tokens, folded = excluded.folded",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Integer>, _>(parts)
    .bind::<Array<BigInt>, _>(numbers)
    .bind::<Array<Text>, _>(tokens)
    .bind::<Array<Text>, _>(folded)
    .execute(connection)
    .await?;
    Ok(())
}
