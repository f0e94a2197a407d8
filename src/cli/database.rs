//! The database for a command: the one of the settings, or the private cluster, beside a running service or alone.

use crate::desk::{Desk, DeskError};
use crate::domain::acknowledgement::Cap;
use crate::postgres::cluster::{Cluster, ClusterError, Durability, Use};
use crate::postgres::migration::{self, MigrationError};
use crate::postgres::{Database, DatabaseError};
use crate::service::DATABASE_IS_ELSEWHERE;
use crate::settings::Settings;

/// Why a command has no database.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoDatabase {
    /// The service has another database than the private one, and the command does not know which.
    #[error(
        "the desk's database is the one that DATABASE_URL names, which is not set here; it can stand in {0} for all"
    )]
    Elsewhere(String),
    /// No desk was ever started on the data folder.
    #[error(
        "no desk has been started on {0}: name the folder of the desk in MADOGUCHI_DATA_DIR, or its database in DATABASE_URL"
    )]
    NoDesk(String),
    /// The private cluster.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// It could not be brought up to date.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// The desk could not be opened.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// A desk for as long as a command runs.
pub(super) struct Borrowed {
    pub(super) desk: Desk,
    cluster: Option<Cluster>,
}

impl Borrowed {
    /// The database of a desk that was started before: what is stored for one that nobody serves is lost.
    pub(super) async fn of_a_desk(settings: &Settings) -> Result<Self, NoDatabase> {
        let is_here = || Cluster::is_in(&settings.data_dir) || settings.data_dir.join(DATABASE_IS_ELSEWHERE).exists();
        if settings.database_url.is_none() && !is_here() {
            return Err(NoDatabase::NoDesk(settings.data_dir.display().to_string()));
        }
        Self::open(settings).await
    }

    pub(super) async fn open(settings: &Settings) -> Result<Self, NoDatabase> {
        let is_elsewhere = settings.data_dir.join(DATABASE_IS_ELSEWHERE).exists();
        let cluster = match &settings.database_url {
            Some(_) => None,
            None if is_elsewhere => {
                return Err(NoDatabase::Elsewhere(settings.data_dir.join("madoguchi.toml").display().to_string()));
            }
            None => Some(Cluster::start(&settings.data_dir, Use::Borrow, Durability::Full).await?),
        };
        let url = settings.database_url.as_ref().map(|url| url.0.clone());
        let url = url.or_else(|| cluster.as_ref().map(Cluster::url)).unwrap_or_default();
        match Self::desk(settings, &url).await {
            Ok(desk) => Ok(Self { desk, cluster }),
            Err(error) => {
                leave(cluster).await;
                Err(error)
            }
        }
    }

    async fn desk(settings: &Settings, url: &str) -> Result<Desk, NoDatabase> {
        let database = Database::new(url, 4)?;
        migration::run(&database).await?;
        let cap = if settings.enquiries_per_hour.is_some() { Cap::Hourly } else { Cap::Off };
        Ok(Desk::open(database, cap).await?.screened(settings.screening.clone()))
    }

    /// Lets go of the database: the last one out stops a private cluster.
    pub(super) async fn leave(self) {
        drop(self.desk);
        leave(self.cluster).await;
    }
}

async fn leave(cluster: Option<Cluster>) {
    if let Some(cluster) = cluster
        && let Err(error) = cluster.leave().await
    {
        super::say(&format!("the private cluster was left running: {error}"));
    }
}
