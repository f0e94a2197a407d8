//! Rows into the database by `COPY`, which costs PostgreSQL a fraction of what statements do. diesel-async has no
//! `COPY`, so the connection below it is used by itself.

use std::io::Cursor;
use std::pin::pin;

use futures_util::SinkExt;
use tokio_postgres::{Client, NoTls};

use crate::desk::demo::rows::{Rows, Table};
use crate::postgres::{Database, DatabaseError};

/// So many tickets and more are worth it to change how the search index takes them.
const MANY: usize = 2_000;
/// A demo that is lost in a power cut is made again: nobody waits for the disk. The pending list of the search index is
/// sorted in memory, the more at a time the better.
const SETTINGS: &str = "SET synchronous_commit = off; SET work_mem = '192MB'; SET maintenance_work_mem = '192MB'; \
    SET gin_pending_list_limit = '96MB'";

/// Prepares the database for so many tickets.
pub(super) async fn prepare(loader: &Loader, tickets: usize) -> Result<(), DatabaseError> {
    if tickets >= MANY {
        // One key after the other would go into the search index: six times as slow.
        loader.run("ALTER INDEX search_documents_tokens SET (fastupdate = on)").await?;
    }
    Ok(())
}

/// Puts the search index back to its way, and tells the planner what there is now.
pub(super) async fn finish(loader: &Loader, tickets: usize) -> Result<(), DatabaseError> {
    if tickets >= MANY {
        loader.run("ALTER INDEX search_documents_tokens SET (fastupdate = off)").await?;
        loader.run("SELECT gin_clean_pending_list('search_documents_tokens')").await?;
    }
    // Index-only scans need the visibility map, which only a vacuum writes.
    loader.run("VACUUM ANALYZE tickets").await?;
    let others = "ANALYZE people, contacts, participants, ticket_topics, ticket_tags, arrivals, messages, attachments, \
        answers, events, outbox, search_documents";
    loader.run(others).await
}

/// A connection that loads.
pub(super) struct Loader {
    client: Client,
}

impl Loader {
    pub(super) async fn connect(database: &Database) -> Result<Self, DatabaseError> {
        let away = |error: tokio_postgres::Error| DatabaseError::Away(error.to_string());
        let (client, connection) = tokio_postgres::connect(database.url(), NoTls).await.map_err(away)?;
        tokio::spawn(async move {
            // Whoever asks through the client hears of it as well.
            let _ = connection.await;
        });
        let loader = Self { client };
        loader.run(SETTINGS).await?;
        // Much faster than the older way to compress; not every server is built with it.
        let _ = loader.run("SET default_toast_compression = lz4").await;
        Ok(loader)
    }

    /// Stores a batch, all of it or nothing.
    pub(super) async fn store(&self, rows: Rows) -> Result<(), DatabaseError> {
        self.run("BEGIN").await?;
        let mut stored = Ok(());
        for table in rows.into_tables() {
            stored = stored.and(self.copy(table).await);
            if stored.is_err() {
                self.run("ROLLBACK").await?;
                return stored;
            }
        }
        self.run("COMMIT").await
    }

    async fn copy(&self, table: Table) -> Result<(), DatabaseError> {
        if table.lines.is_empty() {
            return Ok(());
        }
        let words = |error: tokio_postgres::Error| failed(table.into, &error);
        let sink = self.client.copy_in(&format!("COPY {} FROM STDIN", table.into)).await.map_err(words)?;
        let mut sink = pin!(sink);
        sink.send(Cursor::new(table.lines)).await.map_err(words)?;
        sink.finish().await.map_err(words)?;
        Ok(())
    }

    async fn run(&self, sql: &str) -> Result<(), DatabaseError> {
        self.client.batch_execute(sql).await.map_err(|error| failed(sql, &error))
    }
}

fn failed(what: &str, error: &tokio_postgres::Error) -> DatabaseError {
    let words = error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string);
    DatabaseError::Row(format!("{what}: {words}"))
}
