//! What is done: every transaction of the desk. One door in ([`receive`]), one way to change a ticket ([`change`]), one
//! door out ([`outgoing`]); the rest reads.

pub mod arrivals;
pub mod attachments;
pub mod change;
pub mod conversation;
pub mod demo;
pub mod directory;
mod fresh;
pub mod house;
pub mod kept_files;
mod logo;
pub mod mailbox;
pub mod outgoing;
pub mod own_page;
pub mod questionnaires;
pub mod queue;
pub mod receive;
pub mod screening;
pub mod search;
pub mod secrets;
pub mod site;
pub mod staff;
pub mod wording;
pub mod writing;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::desk::fresh::Fresh;
use crate::desk::queue::OverviewCache;
use crate::desk::site::Published;
use crate::desk::site::sister_cities::SisterCities;
use crate::domain::acknowledgement::Cap;
use crate::domain::division::Directory;
use crate::mail::own_page::Keys;
use crate::mail::token::Tokens;
use crate::postgres::{Database, DatabaseError};
use crate::settings::Screening;

/// The desk: what its transactions need besides the database. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    /// The database.
    pub database: Database,
    /// Tokens in addresses.
    pub tokens: Tokens,
    /// Keys of enquirers' own pages.
    pub keys: Keys,
    /// Whose word about letters is believed, and who is asked.
    screening: Arc<Screening>,
    /// What links in letters begin with.
    public_url: Arc<str>,
    /// How far acknowledgements to one address are limited.
    pub cap: Cap,
    directory: Arc<Fresh<Directory>>,
    published: Arc<Fresh<Published>>,
    sister_cities: Arc<Fresh<SisterCities>>,
    letters: Arc<tokio::sync::Notify>,
    /// Counts what this process has changed.
    changes: Arc<AtomicU64>,
    overviews: Arc<OverviewCache>,
}

/// Why the desk could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The database did not answer, or not well.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// There is nothing by that name, or it is not this person's to see.
    #[error("there is no such {what}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// The rules do not allow the change.
    #[error(transparent)]
    Refused(#[from] crate::domain::change::Refusal),
}

impl DeskError {
    /// Whether the database could not be asked at all.
    #[must_use]
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Database(DatabaseError::Away(_)))
    }
}

impl From<diesel::result::Error> for DeskError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error.into())
    }
}

impl Desk {
    /// A desk on a database that is up to date.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open(database: Database, cap: Cap) -> Result<Self, DeskError> {
        let key = secrets::key(&database, secrets::Purpose::AddressTokens).await?;
        let keys = Keys::new(secrets::key(&database, secrets::Purpose::OwnPages).await?);
        Ok(Self {
            database,
            tokens: Tokens::new(key),
            keys,
            public_url: "".into(),
            screening: Arc::default(),
            cap,
            directory: Arc::default(),
            published: Arc::default(),
            sister_cities: Arc::default(),
            letters: Arc::new(tokio::sync::Notify::new()),
            changes: Arc::default(),
            overviews: Arc::default(),
        })
    }

    /// The same with those whose word about letters is believed, and who are asked.
    #[must_use]
    pub fn screened(self, screening: Screening) -> Self {
        Self { screening: Arc::new(screening), ..self }
    }

    /// The same with what links in letters begin with, without a slash at its end.
    #[must_use]
    pub fn at(self, public_url: &str) -> Self {
        Self { public_url: public_url.into(), ..self }
    }

    /// What is needed to understand letters.
    #[must_use]
    pub fn reading(&self) -> receive::letter::Reading {
        receive::letter::Reading { tokens: self.tokens.clone(), screening: self.screening.clone() }
    }

    /// Tells that something was changed which pages count.
    pub(crate) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    /// Wakes those who wait for letters to send.
    pub(crate) fn letter_written(&self) {
        self.changed();
        self.letters.notify_waiters();
    }

    /// Waits until a letter is written by this process.
    pub async fn next_letter(&self) {
        self.letters.notified().await;
    }
}
