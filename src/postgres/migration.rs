//! Migrations: embedded, run at start, by one instance at a time.

use std::time::Duration;

use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::sql_types::Bool;
use diesel::{QueryDsl, QueryableByName};
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use record::__diesel_schema_migrations;

use crate::postgres::{Database, DatabaseError};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Names the advisory lock; any number that nobody else in this database uses.
const LOCK: i64 = 0x006d_6164_6f67_7563;

/// Why the database could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A migration failed.
    #[error("running the migrations: {0}")]
    Failed(String),
}

#[derive(QueryableByName)]
struct Locked {
    #[diesel(sql_type = Bool)]
    locked: bool,
}

/// Brings the database up to date. Several instances may do so at once: one works, the others wait.
///
/// # Errors
/// When the database does not answer or a migration fails.
pub async fn run(database: &Database) -> Result<(), MigrationError> {
    let mut connection = database.own_connection().await?;
    // Polled, since who waits inside `pg_advisory_lock` holds a snapshot for which CREATE INDEX CONCURRENTLY waits.
    while !try_lock(&mut connection).await? {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let work = tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(connection);
        harness.run_pending_migrations(MIGRATIONS).map(|done| done.len()).map_err(|error| error.to_string())
    });
    let done =
        work.await.map_err(|error| MigrationError::Failed(error.to_string()))?.map_err(MigrationError::Failed)?;
    if done > 0 {
        tracing::info!(migrations = done, "database brought up to date");
    }
    Ok(())
}

/// Diesel's own record of what has been run.
#[allow(missing_docs, reason = "the macro takes no documentation for what it makes")]
mod record {
    diesel::table! {
        __diesel_schema_migrations (version) {
            version -> Text,
        }
    }
}

/// Whether every migration that this program knows has been run.
///
/// # Errors
/// When the database does not answer.
pub async fn is_up_to_date(database: &Database) -> Result<bool, MigrationError> {
    let known = known_versions()?;
    let mut connection = database.connection().await?;
    let run: Vec<String> = __diesel_schema_migrations::table
        .select(__diesel_schema_migrations::version)
        .load(&mut connection)
        .await
        .map_err(DatabaseError::from)?;
    Ok(known.iter().all(|version| run.contains(version)))
}

fn known_versions() -> Result<Vec<String>, MigrationError> {
    let known: Vec<Box<dyn Migration<Pg>>> =
        MIGRATIONS.migrations().map_err(|error| MigrationError::Failed(error.to_string()))?;
    Ok(known.iter().map(|migration| migration.name().version().to_string()).collect())
}

async fn try_lock(connection: &mut AsyncPgConnection) -> Result<bool, DatabaseError> {
    let row: Locked = diesel::sql_query("SELECT pg_try_advisory_lock($1) AS locked")
        .bind::<diesel::sql_types::BigInt, _>(LOCK)
        .get_result(connection)
        .await?;
    Ok(row.locked)
}
