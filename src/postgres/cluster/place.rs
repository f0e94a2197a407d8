//! Where the private cluster's files stand and whose they are.

use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::identity::{Identity, namespaces_are_permitted, unprivileged};
use super::{ClusterError, file_error};

/// A socket's path may have 107 bytes (103 on some systems), and PostgreSQL adds `/.s.PGSQL.5432` to the folder's.
const LONGEST_SOCKET_FOLDER: usize = 89;

/// Where things are.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The folder of everything that belongs to the cluster, entered by its owner only.
    pub(super) root: PathBuf,
    /// PostgreSQL's own data directory.
    pub(super) cluster: PathBuf,
    /// The folder of the socket.
    pub(super) sockets: PathBuf,
    /// What PostgreSQL says.
    pub(super) log: PathBuf,
    /// Who runs it.
    pub(super) identity: Identity,
}

impl Place {
    /// Finds the cluster of a data folder (an absolute path without links), or decides where it shall be made.
    pub(super) fn of(data_dir: &Path) -> Result<Self, ClusterError> {
        let inside = data_dir.join("postgres");
        let outside = Path::new("/var/lib/madoguchi").join(hash(data_dir));
        for root in [&inside, &outside] {
            match std::fs::metadata(root.join("data")) {
                Ok(found) => return Ok(Self::at(root, data_dir, owner_as_identity(&found, root)?)),
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    return Err(ClusterError::Foreign { path: root.clone() });
                }
                Err(_) => {}
            }
        }
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::at(&inside, data_dir, Identity::Own));
        }
        let user = owner_of(data_dir)?.or_else(unprivileged).ok_or(ClusterError::NoUser)?;
        if user.can_enter(data_dir) {
            return Ok(Self::at(&inside, data_dir, user));
        }
        if namespaces_are_permitted() {
            return Ok(Self::at(&inside, data_dir, Identity::Namespace));
        }
        tracing::warn!(
            "{} stands in a folder that only root can enter, where PostgreSQL refuses to run: the database is kept in {}",
            data_dir.display(),
            outside.display()
        );
        Ok(Self::at(&outside, data_dir, user))
    }

    fn at(root: &Path, data_dir: &Path, identity: Identity) -> Self {
        let sockets = Some(root.join("socket"))
            .filter(|path| path.to_str().is_some_and(|path| path.len() <= LONGEST_SOCKET_FOLDER))
            .unwrap_or_else(|| Path::new("/tmp").join(format!("madoguchi-{}", hash(root))));
        Self {
            root: root.to_path_buf(),
            cluster: root.join("data"),
            sockets,
            log: data_dir.join("postgres.log"),
            identity,
        }
    }

    /// Makes the folders around the cluster, or checks that they are ours.
    pub(super) fn prepare(&self) -> Result<(), ClusterError> {
        if let Some(above) = self.root.parent() {
            std::fs::create_dir_all(above).map_err(|source| file_error("make the folder", above, source))?;
        }
        for folder in [&self.root, &self.sockets] {
            match std::fs::DirBuilder::new().mode(0o700).create(folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                other => other.map_err(|source| file_error("make the folder", folder, source))?,
            }
            self.own(folder)?;
        }
        Ok(())
    }

    /// Gives a folder to the cluster's user. In `/tmp` anybody may have put a link or a folder in its place.
    fn own(&self, folder: &Path) -> Result<(), ClusterError> {
        let found = std::fs::symlink_metadata(folder).map_err(|source| file_error("look at", folder, source))?;
        let us = rustix::process::geteuid().as_raw();
        let (uid, gid) = self.identity.owner().unwrap_or((us, rustix::process::getegid().as_raw()));
        if !found.is_dir() || (found.uid() != uid && found.uid() != us) || found.mode() & 0o077 != 0 {
            return Err(ClusterError::Foreign { path: folder.to_path_buf() });
        }
        if found.uid() == uid {
            return Ok(());
        }
        std::os::unix::fs::chown(folder, Some(uid), Some(gid)).map_err(|source| file_error("give away", folder, source))
    }

    /// Where clients connect, in the form that tokio-postgres, psql and pg_dump read.
    pub(super) fn url(&self) -> String {
        let mut host = String::new();
        for byte in self.sockets.to_string_lossy().bytes() {
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                host.push(char::from(byte));
            } else {
                host.push('%');
                host.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
            }
        }
        format!("postgres://{USER}@{host}/{DATABASE}")
    }
}

/// The role that owns the cluster.
pub(super) const USER: &str = "madoguchi";
/// The database in it.
pub(super) const DATABASE: &str = "madoguchi";

fn hash(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    data_encoding::HEXLOWER.encode(digest.get(..8).unwrap_or_default())
}

fn owner_as_identity(found: &std::fs::Metadata, root: &Path) -> Result<Identity, ClusterError> {
    let us = rustix::process::geteuid();
    match (found.uid(), us.is_root()) {
        (0, true) => Ok(Identity::Namespace),
        (uid, true) => Ok(Identity::User { uid, gid: found.gid() }),
        (uid, false) if uid == us.as_raw() => Ok(Identity::Own),
        (_, false) => Err(ClusterError::Foreign { path: root.to_path_buf() }),
    }
}

/// The service's user, where root uses its data folder before it does.
fn owner_of(data_dir: &Path) -> Result<Option<Identity>, ClusterError> {
    let found = std::fs::metadata(data_dir).map_err(|source| file_error("look at", data_dir, source))?;
    Ok((found.uid() != 0).then(|| Identity::User { uid: found.uid(), gid: found.gid() }))
}

#[cfg(test)]
mod tests {
    use super::{Identity, Place};
    use std::path::Path;

    #[test]
    fn a_long_path_puts_the_socket_elsewhere() {
        let short = Place::at(Path::new("/srv/desk/postgres"), Path::new("/srv/desk"), Identity::Own);
        assert_eq!(short.sockets, Path::new("/srv/desk/postgres/socket"));
        assert_eq!(short.url(), "postgres://madoguchi@%2Fsrv%2Fdesk%2Fpostgres%2Fsocket/madoguchi");
        let root = format!("/srv/{}/postgres", "long".repeat(30));
        let long = Place::at(Path::new(&root), Path::new("/srv"), Identity::Own);
        assert!(long.sockets.starts_with("/tmp"), "{}", long.sockets.display());
    }
}
