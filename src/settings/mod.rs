//! Settings: flag, environment, `madoguchi.toml` in the data folder, default; each value knows where it came from.

mod administrator;
mod dkim;
mod flags;
mod imap;
mod screening;
mod smtp;
mod unknown;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::domain::network::Networks;
use crate::domain::person::EmailAddress;

pub use dkim::Dkim;
pub use flags::Flags;
pub use imap::{Afterwards, Encryption, Mailbox, SignIn};
pub use screening::{Nameserver, Scanner, Screening};
pub use smtp::{Protection, SmtpUrl};
pub use unknown::{Unknown, unknown};

/// All settings, each of them good.
#[derive(Debug, Clone)]
pub struct Settings {
    /// PostgreSQL to use; none: the private cluster.
    pub database_url: Option<Hidden>,
    /// Private cluster, captured mail.
    pub data_dir: PathBuf,
    /// The web's address.
    pub listen: SocketAddr,
    /// Links in mail, cookie and origin checks; without a slash at its end.
    pub public_url: String,
    /// The mail intake's address; none: off.
    pub lmtp_listen: Option<SocketAddr>,
    /// Mailboxes to fetch letters from.
    pub mailboxes: Vec<Mailbox>,
    /// Further authorities to trust (PEM).
    pub ca_file: Option<PathBuf>,
    /// Where letters go; none: into files.
    pub smtp: Option<SmtpUrl>,
    /// With what letters are signed; none: they are not.
    pub dkim: Option<Dkim>,
    /// The first division's address.
    pub mail_from: EmailAddress,
    /// The first administrator.
    pub administrator: Option<(EmailAddress, Hidden)>,
    /// Enquiries by form from one network address; `None`: without a limit.
    pub enquiries_per_hour: Option<std::num::NonZeroU32>,
    /// Whose word about letters is believed, and who is asked.
    pub screening: Screening,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Networks,
    shown: Vec<Shown>,
}

/// A value that is not written into logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(pub String);

impl fmt::Debug for Hidden {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(hidden)")
    }
}

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag,
    /// The environment.
    Environment,
    /// `madoguchi.toml`.
    File,
    /// Nowhere: it is the default.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Flag => "command line",
            Self::Environment => "environment",
            Self::File => "file madoguchi.toml",
            Self::Default => "default",
        })
    }
}

/// A setting as `madoguchi check` shows it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its name in the environment.
    pub name: &'static str,
    /// Its value, secrets hidden.
    pub value: String,
    /// Where it came from.
    pub source: Source,
}

/// Values that cannot be used; nothing starts. One line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct BadSettings(pub Vec<String>);

const FILE: &str = "madoguchi.toml";

/// The names by which settings are known.
const NAMES: [&str; 20] = [
    "DATABASE_URL",
    "MADOGUCHI_DATA_DIR",
    "MADOGUCHI_LISTEN",
    "MADOGUCHI_PUBLIC_URL",
    "MADOGUCHI_LMTP_LISTEN",
    "MADOGUCHI_IMAP_URL",
    "MADOGUCHI_CA_FILE",
    "MADOGUCHI_SMTP_URL",
    "MADOGUCHI_MAIL_FROM",
    "MADOGUCHI_DKIM_KEY_FILE",
    "MADOGUCHI_DKIM_SELECTOR",
    "MADOGUCHI_DKIM_DOMAIN",
    "MADOGUCHI_ADMIN_EMAIL",
    "MADOGUCHI_ADMIN_PASSWORD",
    "MADOGUCHI_ENQUIRIES_PER_HOUR",
    "MADOGUCHI_TRUSTED_PROXIES",
    "MADOGUCHI_SPAM_SCORE",
    "MADOGUCHI_AUTHSERV_ID",
    "MADOGUCHI_NAMESERVER",
    "MADOGUCHI_CLAMD",
];

/// A part of a URL as it was meant (RFC 3986, 2.1); a percent sign that begins no code stands for itself.
fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Those that hold a password.
const SECRET: [&str; 4] = ["DATABASE_URL", "MADOGUCHI_IMAP_URL", "MADOGUCHI_SMTP_URL", "MADOGUCHI_ADMIN_PASSWORD"];

impl Settings {
    /// Reads all settings of this process.
    ///
    /// # Errors
    /// Names every value that cannot be used, and where it came from.
    pub fn load(flags: &Flags) -> Result<Self, BadSettings> {
        Self::read(flags, &|name| std::env::var(name).ok(), &std::env::current_dir().unwrap_or_default())
    }

    fn read(
        flags: &Flags,
        environment: &dyn Fn(&str) -> Option<String>,
        working_folder: &Path,
    ) -> Result<Self, BadSettings> {
        let mut given =
            Given { flags: flags.given(), environment, file: BTreeMap::new(), bad: Vec::new(), shown: Vec::new() };
        let data_dir = working_folder.join(given.text("MADOGUCHI_DATA_DIR", "var"));
        given.read_file(&data_dir.join(FILE));
        let listen: SocketAddr =
            given.parse("MADOGUCHI_LISTEN", "127.0.0.1:8080", "an address and port such as 127.0.0.1:8080");
        let public_url = given.public_url(listen);
        let lmtp = given.text("MADOGUCHI_LMTP_LISTEN", "127.0.0.1:2424");
        let lmtp_listen = if lmtp.is_empty() {
            None
        } else {
            given.checked(
                "MADOGUCHI_LMTP_LISTEN",
                lmtp.parse().map_err(|_| "an address and port, or nothing to turn it off".to_owned()),
            )
        };
        let mail_from = given.text("MADOGUCHI_MAIL_FROM", "exchange@localhost");
        let mail_from = given.checked(
            "MADOGUCHI_MAIL_FROM",
            EmailAddress::parse(&mail_from).map_err(|error| format!("an email address ({error})")),
        );
        let dkim = given.dkim(working_folder, mail_from.as_ref());
        let smtp = given.some("MADOGUCHI_SMTP_URL");
        let smtp = smtp.and_then(|url| given.checked("MADOGUCHI_SMTP_URL", url.parse()));
        let mailboxes = given.text("MADOGUCHI_IMAP_URL", "");
        let mailboxes = given.checked("MADOGUCHI_IMAP_URL", imap::mailboxes(&mailboxes)).unwrap_or_default();
        let administrator = given.administrator();
        let per_hour: u32 = given.parse("MADOGUCHI_ENQUIRIES_PER_HOUR", "60", "a whole number; 0 for no limit");
        let proxies = given.text("MADOGUCHI_TRUSTED_PROXIES", "");
        let trusted_proxies = given.checked(
            "MADOGUCHI_TRUSTED_PROXIES",
            proxies.parse().map_err(|error: crate::domain::network::BadNetwork| format!("networks ({error})")),
        );
        let screening = given.screening();
        let database_url = given.database_url();
        let ca_file = given.ca_file(working_folder);
        let (Some(mail_from), Some(trusted_proxies), true) = (mail_from, trusted_proxies, given.bad.is_empty()) else {
            return Err(BadSettings(given.bad));
        };
        Ok(Self {
            database_url,
            data_dir,
            listen,
            public_url,
            lmtp_listen,
            mailboxes,
            ca_file,
            smtp,
            dkim,
            mail_from,
            administrator,
            enquiries_per_hour: std::num::NonZeroU32::new(per_hour),
            screening,
            trusted_proxies,
            shown: given.shown,
        })
    }

    /// The settings with where they came from, secrets hidden.
    #[must_use]
    pub fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// Whether the web is served over https, as enquirers see it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// Values as they were given, and what is wrong with them.
struct Given<'a> {
    flags: BTreeMap<&'static str, String>,
    environment: &'a dyn Fn(&str) -> Option<String>,
    file: BTreeMap<String, String>,
    bad: Vec<String>,
    shown: Vec<Shown>,
}

impl Given<'_> {
    fn find(&self, name: &str) -> Option<(String, Source)> {
        let flag = self.flags.get(name).map(|value| (value.clone(), Source::Flag));
        let environment = || (self.environment)(name).map(|value| (value, Source::Environment));
        let key = name.strip_prefix("MADOGUCHI_").unwrap_or(name).to_lowercase();
        let file = || self.file.get(&key).map(|value| (value.clone(), Source::File));
        flag.or_else(environment).or_else(file)
    }

    fn text(&mut self, name: &'static str, default: &str) -> String {
        let (value, source) = self.find(name).unwrap_or_else(|| (default.to_owned(), Source::Default));
        if !self.shown.iter().any(|shown| shown.name == name) {
            let secret = SECRET.contains(&name) && !value.is_empty();
            let value = if secret { "(hidden)".to_owned() } else { value.clone() };
            self.shown.push(Shown { name, value, source });
        }
        value
    }

    fn some(&mut self, name: &'static str) -> Option<String> {
        Some(self.text(name, "")).filter(|value| !value.is_empty())
    }

    fn checked<T>(&mut self, name: &'static str, value: Result<T, String>) -> Option<T> {
        value.map_err(|wanted| self.refuse(name, &wanted)).ok()
    }

    fn refuse(&mut self, name: &str, wanted: &str) {
        let source = self.find(name).map_or(Source::Default, |(_, source)| source);
        self.bad.push(format!("{name} (from the {source}) must be {wanted}"));
    }

    fn parse<T: std::str::FromStr>(&mut self, name: &'static str, default: &str, wanted: &str) -> T
    where
        T::Err: fmt::Debug,
    {
        let value = self.text(name, default);
        value.trim().parse().unwrap_or_else(|_| {
            self.refuse(name, wanted);
            default.parse().expect("the defaults are good")
        })
    }

    fn public_url(&mut self, listen: SocketAddr) -> String {
        let url = self.text("MADOGUCHI_PUBLIC_URL", &format!("http://{listen}"));
        let url = url.trim().trim_end_matches('/').to_owned();
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if !rest.is_some_and(|host| !host.is_empty() && !host.contains(['/', ' ', '?', '#', '@'])) {
            self.refuse("MADOGUCHI_PUBLIC_URL", "http:// or https:// and a host, such as https://desk.example.org");
        }
        url
    }

    fn database_url(&mut self) -> Option<Hidden> {
        let url = self.some("DATABASE_URL")?;
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            self.refuse("DATABASE_URL", "postgres://user:password@host/database");
        }
        Some(Hidden(url))
    }

    fn ca_file(&mut self, working_folder: &Path) -> Option<PathBuf> {
        let path = working_folder.join(self.some("MADOGUCHI_CA_FILE")?);
        if !path.is_file() {
            self.refuse("MADOGUCHI_CA_FILE", "a file that can be read");
        }
        Some(path)
    }

    fn read_file(&mut self, path: &Path) {
        let Ok(text) = std::fs::read_to_string(path) else { return };
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                let first = error.to_string().lines().next().unwrap_or_default().to_owned();
                self.bad.push(format!("{} cannot be read: {first}", path.display()));
                return;
            }
        };
        for (key, value) in table {
            let name = |name: &&str| name.strip_prefix("MADOGUCHI_").unwrap_or(name).to_lowercase() == key;
            let text = match &value {
                toml::Value::String(text) => Some(text.clone()),
                toml::Value::Integer(number) => Some(number.to_string()),
                _ => None,
            };
            match text {
                Some(text) if NAMES.iter().any(name) => {
                    self.file.insert(key, text);
                }
                Some(_) => self.bad.push(format!("{} has an unknown setting \"{key}\"", path.display())),
                None => self.bad.push(format!("{}: \"{key}\" must be a text or a whole number", path.display())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Flags, Settings, Source};

    fn read(environment: &[(&str, &str)], flags: &Flags, folder: &Path) -> Result<Settings, super::BadSettings> {
        let lookup =
            |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Settings::read(flags, &lookup, folder)
    }

    #[test]
    fn defaults() {
        let settings = read(&[], &Flags::default(), Path::new("/nowhere")).expect("good");
        assert_eq!(settings.public_url, "http://127.0.0.1:8080");
        assert_eq!(settings.data_dir, Path::new("/nowhere/var"));
        assert_eq!(settings.enquiries_per_hour.map(std::num::NonZeroU32::get), Some(60));
    }

    #[test]
    fn flag_before_environment_before_file() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("var")).expect("made");
        std::fs::write(
            folder.path().join("var/madoguchi.toml"),
            "listen = \"127.0.0.1:1\"\nmail_from = \"a@b.example\"",
        )
        .expect("written");
        let environment = [("MADOGUCHI_LISTEN", "127.0.0.1:2"), ("MADOGUCHI_ENQUIRIES_PER_HOUR", "0")];
        let flags = Flags { listen: Some("127.0.0.1:3".into()), ..Flags::default() };
        let settings = read(&environment, &flags, folder.path()).expect("good");
        assert_eq!((settings.listen.port(), settings.mail_from.as_str()), (3, "a@b.example"));
        assert_eq!(settings.enquiries_per_hour, None);
        let sources: Vec<Source> = ["MADOGUCHI_LISTEN", "MADOGUCHI_MAIL_FROM", "MADOGUCHI_ENQUIRIES_PER_HOUR"]
            .iter()
            .filter_map(|name| settings.shown().iter().find(|shown| shown.name == *name).map(|shown| shown.source))
            .collect();
        assert_eq!(sources, [Source::Flag, Source::File, Source::Environment]);
    }

    #[test]
    fn every_bad_value_is_named() {
        let environment = [
            ("MADOGUCHI_LISTEN", "nowhere"),
            ("MADOGUCHI_SMTP_URL", "http://x"),
            ("MADOGUCHI_ADMIN_EMAIL", "a@b.example"),
            ("MADOGUCHI_TRUSTED_PROXIES", "all"),
            ("DATABASE_URL", "mysql://x"),
        ];
        let bad = read(&environment, &Flags::default(), Path::new("/nowhere")).expect_err("bad").to_string();
        for name in [
            "MADOGUCHI_LISTEN (from the environment)",
            "MADOGUCHI_SMTP_URL",
            "MADOGUCHI_ADMIN_PASSWORD",
            "MADOGUCHI_TRUSTED_PROXIES",
            "DATABASE_URL",
        ] {
            assert!(bad.contains(name), "{name} in {bad}");
        }
    }
}
