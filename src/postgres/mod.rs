//! What is kept: the connection pool, migrations, tables and column types. The private cluster is beside.

pub mod cluster;
pub mod column;
pub mod condition;
pub mod install;
pub mod migration;
pub mod schema;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{HookError, QueueMode};
use diesel_async::pooled_connection::deadpool::{Hook, Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use futures_util::FutureExt;

/// A connection taken from the pool.
pub type Connection = Object<AsyncPgConnection>;

/// How long one waits for a connection before the database counts as away.
const PATIENCE: Duration = Duration::from_secs(4);
/// After so much time unused a connection is asked whether it lives; one that was used just now is believed, which saves
/// a round trip for each use. One that the server has closed is known without asking.
const BELIEVED: Duration = Duration::from_millis(500);
/// How long that answer may take.
const ANSWER: Duration = Duration::from_secs(2);
/// No statement of a page or a message may run longer.
const STATEMENT_TIMEOUT: &str = "SET statement_timeout = '15s'; SET idle_in_transaction_session_timeout = '60s'";

/// The database, as every part of the desk holds it. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    pool: Pool<AsyncPgConnection>,
    url: Arc<str>,
}

/// Why the database could not be asked or did not answer well.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// No connection could be had.
    #[error("connecting to the database: {0}")]
    Away(String),
    /// A statement failed.
    #[error("asking the database: {0}")]
    Statement(#[from] diesel::result::Error),
    /// A row holds what the program does not know.
    #[error("reading a row: {0}")]
    Row(String),
    /// The pool could not be set up.
    #[error("setting up the connection pool: {0}")]
    Pool(String),
}

impl DatabaseError {
    /// Whether the statement failed because a unique key holds already: somebody else was first.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        use diesel::result::{DatabaseErrorKind, Error};
        matches!(self, Self::Statement(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)))
    }
}

impl Database {
    /// A pool of at most `connections`; connects only when asked.
    ///
    /// # Errors
    /// When the pool cannot be set up.
    pub fn new(url: &str, connections: usize) -> Result<Self, DatabaseError> {
        let mut config = ManagerConfig::default();
        config.custom_setup = Box::new(|url| {
            let url = url.to_owned();
            async move { establish(&url).await }.boxed()
        });
        config.recycling_method = RecyclingMethod::Fast;
        let pool = Pool::builder(AsyncDieselConnectionManager::new_with_config(url, config))
            .max_size(connections)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(ANSWER))
            .pre_recycle(Hook::async_fn(|connection, metrics| {
                let believed = metrics.last_used() < BELIEVED;
                async move { if believed { Ok(()) } else { ask(connection).await } }.boxed()
            }))
            // The connection that was used last has its statements prepared.
            .queue_mode(QueueMode::Lifo)
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| DatabaseError::Pool(error.to_string()))?;
        Ok(Self { pool, url: url.into() })
    }

    /// A connection, checked to be alive.
    ///
    /// # Errors
    /// When none can be had within four seconds.
    pub async fn connection(&self) -> Result<Connection, DatabaseError> {
        self.pool.get().await.map_err(|error| DatabaseError::Away(error.to_string()))
    }

    /// A connection outside the pool, without a limit on the time of a statement: for long work.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn own_connection(&self) -> Result<AsyncPgConnection, DatabaseError> {
        let url = wire::watched(&self.url);
        let connecting = AsyncPgConnection::establish(&url);
        match tokio::time::timeout(PATIENCE, connecting).await {
            Ok(connected) => connected.map_err(|error| DatabaseError::Away(error.to_string())),
            Err(_) => Err(DatabaseError::Away("no answer".into())),
        }
    }

    /// A connection outside the pool for somebody who holds it for long, and asks little of it. Where nobody is at its
    /// other end any more, the server learns so soon, and gives up what was locked on it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn kept_connection(&self) -> Result<AsyncPgConnection, DatabaseError> {
        let connecting = async {
            let mut connection = establish(&self.url).await?;
            let noticing = connection.batch_execute(wire::WATCHED_BY_THE_SERVER).await;
            noticing.map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
            Ok(connection)
        };
        match tokio::time::timeout(PATIENCE, connecting).await {
            Ok(connected) => connected.map_err(|error: diesel::ConnectionError| DatabaseError::Away(error.to_string())),
            Err(_) => Err(DatabaseError::Away("no answer".into())),
        }
    }

    /// Where it is, with what may be secret in it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Asks a connection whether it lives.
async fn ask(connection: &mut AsyncPgConnection) -> Result<(), HookError<diesel_async::pooled_connection::PoolError>> {
    match tokio::time::timeout(ANSWER, connection.batch_execute("SELECT 1")).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(HookError::message(error.to_string())),
        Err(_) => Err(HookError::message("no answer")),
    }
}

/// How often a connection is tried that fails at once: a socket refuses for a moment when many knock together.
const TRIES: u32 = 3;
/// After the first try; then twice as long.
const PAUSE: Duration = Duration::from_millis(50);

async fn establish(url: &str) -> diesel::ConnectionResult<AsyncPgConnection> {
    let url = wire::watched(url);
    let mut tried = 1;
    let mut connection = loop {
        match AsyncPgConnection::establish(&url).await {
            Ok(connection) => break connection,
            Err(error) if tried >= TRIES => return Err(error),
            Err(_) => tokio::time::sleep(PAUSE * tried).await,
        }
        tried += 1;
    };
    connection.batch_execute(STATEMENT_TIMEOUT).await.map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(connection)
}
