//! Under whose name the private cluster's programs run: PostgreSQL refuses to run as root.

use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Stdio;

use tokio::process::Command;

/// Who runs PostgreSQL and owns its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    /// The user that we are.
    Own,
    /// Another user, whom we, being root, become for it.
    User {
        /// The user's number.
        uid: u32,
        /// The number of the user's group.
        gid: u32,
    },
    /// Root outside, but an ordinary user in a namespace of its own: for folders that only root can enter.
    Namespace,
}

const ORDINARY: [&str; 3] = ["--user", "--map-user=1000", "--map-group=1000"];

impl Identity {
    /// A program under this name, in `folder`, without our environment, and apart from our terminal's Ctrl-C.
    pub(super) fn command(self, program: &Path, folder: &Path) -> Command {
        let mut command = match self {
            Self::Own => Command::new(program),
            Self::User { uid, gid } => {
                let mut command = Command::new(program);
                command.uid(uid).gid(gid);
                command
            }
            Self::Namespace => {
                let mut command = Command::new("unshare");
                command.args(ORDINARY).arg("--").arg(program);
                command
            }
        };
        // PGDATA, PGPORT, LC_ALL and the like would change what the programs do.
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LC_ALL", "C");
        command.current_dir(folder).stdin(Stdio::null()).process_group(0);
        command
    }

    /// The user and group to give files to, where that is not ourselves.
    pub(super) fn owner(self) -> Option<(u32, u32)> {
        match self {
            Self::User { uid, gid } => Some((uid, gid)),
            Self::Own | Self::Namespace => None,
        }
    }

    /// Whether this user can get to `folder`, by the permission bits of all folders above it and its own.
    pub(super) fn can_enter(self, folder: &Path) -> bool {
        let Self::User { uid, gid } = self else { return true };
        folder.ancestors().all(|folder| {
            std::fs::metadata(folder).is_ok_and(|found| {
                let bit = match (found.uid() == uid, found.gid() == gid) {
                    (true, _) => 0o100,
                    (false, true) => 0o010,
                    (false, false) => 0o001,
                };
                found.mode() & bit != 0
            })
        })
    }
}

/// Whether the kernel lets us make a namespace; containers often forbid it.
pub(super) fn namespaces_are_permitted() -> bool {
    let mut command = std::process::Command::new("unshare");
    command.args(ORDINARY).args([OsStr::new("--"), OsStr::new("true")]).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The user made for PostgreSQL, or else the one made for nothing.
pub(super) fn unprivileged() -> Option<Identity> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].into_iter().find_map(|name| in_passwd(&users, name))
}

fn in_passwd(users: &str, name: &str) -> Option<Identity> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let named = fields.next()? == name;
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        (named && uid != 0).then_some(Identity::User { uid, gid })
    })
}

#[cfg(test)]
mod tests {
    use super::{Identity, in_passwd};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn users_are_read_from_passwd() {
        let users =
            "root:x:0:0:root:/root:/bin/sh\nbroken\npostgres:x:101:103::/var/lib:/bin/sh\nrogue:x:0:0::/:/bin/sh";
        assert_eq!(in_passwd(users, "postgres"), Some(Identity::User { uid: 101, gid: 103 }));
        assert_eq!(in_passwd(users, "nobody"), None);
        assert_eq!(in_passwd(users, "rogue"), None);
    }

    #[test]
    fn a_closed_folder_above_keeps_others_out() {
        let closed = tempfile::tempdir().expect("a temporary folder");
        std::fs::set_permissions(closed.path(), PermissionsExt::from_mode(0o700)).expect("permissions");
        let inner = closed.path().join("open");
        std::fs::create_dir(&inner).expect("a folder");
        let stranger = Identity::User { uid: 64_321, gid: 64_321 };
        assert!(!stranger.can_enter(&inner), "closed to strangers");
        std::fs::set_permissions(closed.path(), PermissionsExt::from_mode(0o711)).expect("permissions");
        assert!(stranger.can_enter(&inner));
    }
}
