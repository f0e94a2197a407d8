//! The private PostgreSQL cluster: made once, started and stopped with whoever uses it, on a Unix socket only.
//!
//! The service holds the data folder for itself; other commands use its cluster, or start it for as long as any of them
//! runs. A cluster whose service was killed is adopted by the next one.

mod identity;
mod locks;
mod place;
mod server;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::postgres::install::{Install, NotInstalled};
use locks::Locks;
use place::Place;
use server::Server;

/// What the cluster is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// By the service, which has the data folder for itself.
    Serve,
    /// By a command, beside the service or alone.
    Borrow,
}

/// How much a commit is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It survives a power cut.
    Full,
    /// It survives nothing: for tests.
    None,
}

/// Why the cluster cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// PostgreSQL is not installed.
    #[error(transparent)]
    NotInstalled(#[from] NotInstalled),
    /// Another service uses the data folder.
    #[error("another madoguchi is already serving from {}; stop it first, or choose another folder with --data-dir", data_dir.display())]
    AlreadyRunning {
        /// The folder.
        data_dir: PathBuf,
    },
    /// Somebody starts or stops the cluster and does not come to an end.
    #[error("{} is being started or stopped by another madoguchi for too long", data_dir.display())]
    Busy {
        /// The folder.
        data_dir: PathBuf,
    },
    /// Something that is not ours stands in the way.
    #[error("{} belongs to another user; use the data folder as its owner or as root", path.display())]
    Foreign {
        /// What.
        path: PathBuf,
    },
    /// There is nobody to run PostgreSQL as.
    #[error("PostgreSQL refuses to run as root, and there is neither a user \"postgres\" nor \"nobody\"")]
    NoUser,
    /// The cluster was made by a version that is not installed.
    #[error("the cluster in {} was made by PostgreSQL {major}, which is not installed any more", path.display())]
    OtherVersion {
        /// The cluster.
        path: PathBuf,
        /// The version that made it.
        major: u32,
    },
    /// A file or folder made trouble.
    #[error("could not {doing} {}: {source}", path.display())]
    File {
        /// What was being done.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A program of PostgreSQL's failed.
    #[error("{program} failed: {words}")]
    Program {
        /// Which one.
        program: &'static str,
        /// What it said.
        words: String,
    },
}

fn file_error(doing: &'static str, path: &Path, source: std::io::Error) -> ClusterError {
    ClusterError::File { doing, path: path.to_path_buf(), source }
}

/// A cluster in use.
#[derive(Debug)]
pub struct Cluster {
    data_dir: PathBuf,
    server: Server,
    locks: Locks,
}

/// How often a dead cluster is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl Cluster {
    /// Whether a data folder has a cluster, or one that only another user can see.
    #[must_use]
    pub fn is_in(data_dir: &Path) -> bool {
        let Ok(data_dir) = data_dir.canonicalize() else { return false };
        Place::of(&data_dir).map_or(true, |place| place.cluster.exists())
    }

    /// Uses the cluster of a data folder; makes and starts it where that is needed.
    ///
    /// # Errors
    /// Says what is missing, in whose way it is, or what failed.
    pub async fn start(data_dir: &Path, for_what: Use, durability: Durability) -> Result<Self, ClusterError> {
        let install = Install::find()?;
        std::fs::create_dir_all(data_dir).map_err(|source| file_error("make the folder", data_dir, source))?;
        let data_dir = data_dir.canonicalize().map_err(|source| file_error("find", data_dir, source))?;
        let locks = Locks::take(&data_dir, for_what)?;
        let _starting = locks::starting(&data_dir).await?;
        let place = Place::of(&data_dir)?;
        let server = Server::of(place, &install, durability).await?;
        server.ensure_running().await?;
        locks.join(&data_dir)?;
        Ok(Self { data_dir, server, locks })
    }

    /// Where clients connect.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Starts the cluster again whenever it has died, until the future is dropped.
    pub async fn watch(&self) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            if self.server.is_running().await {
                continue;
            }
            tracing::warn!("the private cluster has stopped; it is started again");
            let restarted = match locks::starting(&self.data_dir).await {
                Ok(_starting) => self.server.ensure_running().await,
                Err(error) => Err(error),
            };
            if let Err(error) = restarted {
                tracing::error!(%error, "the private cluster could not be started");
                tokio::time::sleep(LOOK_EVERY * 3).await;
            }
        }
    }

    /// Leaves the cluster; the last one out stops it.
    ///
    /// # Errors
    /// When it does not stop.
    pub async fn leave(self) -> Result<(), ClusterError> {
        let _starting = locks::starting(&self.data_dir).await?;
        if self.locks.are_the_last() { self.server.stop().await } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
