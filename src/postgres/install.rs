//! The PostgreSQL servers installed on this machine: where their programs stand and which version they are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest version of PostgreSQL that the desk runs on.
pub const OLDEST: u32 = 15;

const PROGRAMS: [&str; 3] = ["initdb", "postgres", "pg_ctl"];

/// One installed server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The first part of its version: 15, 16, …
    pub major: u32,
    /// The folder of its programs.
    pub programs: PathBuf,
}

impl Server {
    /// The path of one of its programs.
    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }
}

/// All servers that are new enough, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Install {
    newest: Server,
    older: Vec<Server>,
}

/// No server that is new enough is installed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("PostgreSQL {OLDEST} or newer is not installed; install it with: {command}")]
pub struct NotInstalled {
    /// The command that installs one on this system.
    pub command: String,
}

impl Install {
    /// Looks where distributions put PostgreSQL, where Homebrew does, where `pg_config` says, and on the PATH.
    ///
    /// # Errors
    /// None was found that is complete and new enough.
    pub fn find() -> Result<Self, NotInstalled> {
        Self::among(candidates()).ok_or_else(|| NotInstalled { command: command_to_install(Path::new("/")) })
    }

    fn among(folders: Vec<PathBuf>) -> Option<Self> {
        let mut by_major = BTreeMap::new();
        for programs in folders.into_iter().filter_map(|folder| folder.canonicalize().ok()) {
            if let Some(major) = version_in(&programs).filter(|major| *major >= OLDEST) {
                by_major.entry(major).or_insert(Server { major, programs });
            }
        }
        let (_, newest) = by_major.pop_last()?;
        Some(Self { newest, older: by_major.into_values().collect() })
    }

    /// The newest server, for a new cluster.
    #[must_use]
    pub fn newest(&self) -> &Server {
        &self.newest
    }

    /// The server that a cluster made by version `major` needs.
    #[must_use]
    pub fn of_major(&self, major: u32) -> Option<&Server> {
        std::iter::once(&self.newest).chain(&self.older).find(|server| server.major == major)
    }
}

/// Distributions' own folders come first: what stands on the PATH may be a wrapper or a link.
fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (parent, below) in
        [("/usr/lib/postgresql", "bin"), ("/opt/homebrew/opt", "bin"), ("/usr/local/opt", "bin"), ("/usr", "bin")]
    {
        let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
        let named_well = entries.filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            parent == "/usr/lib/postgresql" || name.starts_with("postgresql") || name.starts_with("pgsql-")
        });
        folders.extend(named_well.map(|entry| entry.path().join(below)));
    }
    folders.extend(answer(Command::new("pg_config").arg("--bindir")).map(PathBuf::from));
    let on_path = answer(Command::new("sh").args(["-c", "command -v postgres"])).map(PathBuf::from);
    // A link on the PATH leads to the folder where the other programs stand.
    let linked = on_path.and_then(|program| program.canonicalize().ok());
    folders.extend(linked.and_then(|program| program.parent().map(Path::to_path_buf)));
    folders
}

fn version_in(programs: &Path) -> Option<u32> {
    if !PROGRAMS.iter().all(|name| programs.join(name).is_file()) {
        return None;
    }
    major_of(&answer(Command::new(programs.join("postgres")).arg("--version"))?)
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, also `17beta1`.
fn major_of(version: &str) -> Option<u32> {
    let number = version.strip_prefix("postgres (PostgreSQL) ")?;
    let digits = number.split(|character: char| !character.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn answer(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn command_to_install(root: &Path) -> String {
    let has = |path: &str| root.join(path).exists();
    let command = if has("opt/homebrew/bin/brew") || has("usr/local/bin/brew") {
        return "brew install postgresql@17".to_owned();
    } else if has("usr/bin/apt-get") {
        "apt-get install -y postgresql"
    } else if has("usr/bin/dnf") {
        "dnf install -y postgresql-server"
    } else if has("sbin/apk") || has("usr/bin/apk") {
        "apk add postgresql"
    } else {
        return "your system's package manager, or see https://www.postgresql.org/download/".to_owned();
    };
    if rustix::process::geteuid().is_root() { command.to_owned() } else { format!("sudo {command}") }
}

#[cfg(test)]
mod tests {
    use super::{Install, command_to_install, major_of};

    #[test]
    fn versions_as_servers_tell_them() {
        for (said, major) in [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", Some(15)),
            ("postgres (PostgreSQL) 17beta1", Some(17)),
            ("postgres (PostgreSQL) 9.6.24", Some(9)),
            ("bash 5.2", None),
            ("postgres (PostgreSQL) ", None),
        ] {
            assert_eq!(major_of(said), major, "{said}");
        }
    }

    #[test]
    fn a_folder_without_a_server_is_no_install() {
        let empty = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(Install::among(vec![empty.path().to_path_buf(), "/nowhere".into()]), None);
    }

    #[test]
    fn the_command_is_the_one_of_this_system() {
        for (tool, word) in [
            ("usr/bin/apt-get", "apt-get"),
            ("usr/bin/dnf", "dnf"),
            ("sbin/apk", "apk"),
            ("usr/local/bin/brew", "brew"),
        ] {
            let root = tempfile::tempdir().expect("a temporary folder");
            let path = root.path().join(tool);
            std::fs::create_dir_all(path.parent().expect("a folder above")).expect("folders");
            std::fs::write(&path, "").expect("a file");
            assert!(command_to_install(root.path()).contains(word), "{tool}");
        }
        let bare = tempfile::tempdir().expect("a temporary folder");
        assert!(command_to_install(bare.path()).contains("https://"));
    }
}
