//! Who uses a data folder: locks that the kernel takes back from whoever dies.
//!
//! `lock` is held by the one service. `users.lock` is shared by everybody who uses the cluster, so that the last one
//! out knows it. `start.lock` is held while somebody starts or stops the cluster.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use tokio::time::Instant;

use super::{ClusterError, Use, file_error};

/// A cluster being made, recovered or stopped takes seconds; whoever waits longer waits for something that hangs.
const PATIENCE: Duration = Duration::from_secs(90);

/// The locks that are held for as long as the cluster is used.
#[derive(Debug)]
pub(super) struct Locks {
    users: File,
    _service: Option<File>,
}

impl Locks {
    /// Takes part in using the cluster.
    pub(super) fn take(data_dir: &Path, for_what: Use) -> Result<Self, ClusterError> {
        let service = match for_what {
            Use::Serve => Some(Self::claim(data_dir)?),
            Use::Borrow => None,
        };
        Ok(Self { users: open(data_dir, "users.lock")?, _service: service })
    }

    fn claim(data_dir: &Path) -> Result<File, ClusterError> {
        let file = open(data_dir, "lock")?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(ClusterError::AlreadyRunning { data_dir: data_dir.to_path_buf() }),
            Err(TryLockError::Error(source)) => Err(file_error("lock", &data_dir.join("lock"), source)),
        }
    }

    /// Says that we use the cluster; only while [`starting`] is held, so that nobody stops it meanwhile.
    pub(super) fn join(&self, data_dir: &Path) -> Result<(), ClusterError> {
        self.users.lock_shared().map_err(|source| file_error("lock", &data_dir.join("users.lock"), source))
    }

    /// Whether nobody else uses the cluster any more; only while [`starting`] is held.
    pub(super) fn are_the_last(&self) -> bool {
        // Turning a shared lock into an exclusive one is not atomic, which `start.lock` makes up for.
        self.users.unlock().is_ok() && self.users.try_lock().is_ok()
    }
}

/// Waits for the right to start or stop the cluster; it lasts until the file is dropped.
pub(super) async fn starting(data_dir: &Path) -> Result<File, ClusterError> {
    let file = open(data_dir, "start.lock")?;
    let until = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < until => {}
            Err(TryLockError::WouldBlock) => return Err(ClusterError::Busy { data_dir: data_dir.to_path_buf() }),
            Err(TryLockError::Error(source)) => return Err(file_error("lock", &data_dir.join("start.lock"), source)),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn open(data_dir: &Path, name: &str) -> Result<File, ClusterError> {
    let path = data_dir.join(name);
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true).mode(0o600);
    let file = options.open(&path).map_err(|source| file_error("open", &path, source))?;
    hand_to_owner_of(data_dir, &file, &path)?;
    Ok(file)
}

/// What root makes in the folder of the service's user must be that user's, or the service could not open it.
pub(super) fn hand_to_owner_of(data_dir: &Path, file: &File, path: &Path) -> Result<(), ClusterError> {
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    let folder = std::fs::metadata(data_dir).map_err(|source| file_error("look at", data_dir, source))?;
    std::os::unix::fs::fchown(file, Some(folder.uid()), Some(folder.gid()))
        .map_err(|source| file_error("give away", path, source))
}
