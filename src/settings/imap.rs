//! `imaps://user:password@host/INBOX?division=…&then=…`: mailboxes to fetch letters from, several of them with blanks
//! between.

use std::collections::HashSet;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use crate::settings::{Hidden, decoded};

/// A mailbox to fetch letters from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Name or address of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Whether the connection is encrypted; without it only to this machine.
    pub encryption: Encryption,
    /// Whose mailbox.
    pub user: String,
    /// How to sign in.
    pub sign_in: SignIn,
    /// The folder, as people read its name.
    pub folder: String,
    /// The slug of the division that its letters are for; none: as their addresses say.
    pub division: Option<String>,
    /// What is done with a letter once it is stored.
    pub afterwards: Afterwards,
}

/// Whether the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// `imaps://`: TLS from the first byte (RFC 8314, 3.2).
    Tls,
    /// `imap://`: not at all.
    None,
}

/// How to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// By password.
    Password(Hidden),
    /// By XOAUTH2, with access tokens that are asked for by a refresh token (RFC 6749, 6).
    OAuth {
        /// Who gives tokens.
        token_url: String,
        /// Who asks for them.
        client_id: String,
        /// Its secret; public clients have none.
        client_secret: Option<Hidden>,
        /// What they are asked for with: the password of the URL.
        refresh_token: Hidden,
    },
}

/// What is done with a letter once it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Afterwards {
    /// `leave`: nothing.
    Leave,
    /// `seen`: it is marked as seen.
    MarkSeen,
    /// `move:Folder`: it is moved there.
    MoveTo(String),
}

const WANTED: &str =
    "imaps://user:password@host/INBOX, with ?division=SLUG and ?then=leave, seen or move:FOLDER where wanted";

impl Mailbox {
    /// What it is called in the ledger and in logs: no secret is in it.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}@{}:{}/{}", self.user, self.host, self.port, self.folder)
    }
}

/// Reads the mailboxes of the setting.
pub(super) fn mailboxes(text: &str) -> Result<Vec<Mailbox>, String> {
    let mailboxes: Vec<Mailbox> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let names: HashSet<String> = mailboxes.iter().map(Mailbox::name).collect();
    if names.len() < mailboxes.len() {
        return Err("mailboxes that are each named once".to_owned());
    }
    Ok(mailboxes)
}

impl FromStr for Mailbox {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || WANTED.to_owned();
        let (scheme, rest) = text.split_once("://").ok_or_else(wanted)?;
        let (rest, options) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, place) = authority.rsplit_once('@').ok_or_else(wanted)?;
        let (user, secret) = user.split_once(':').ok_or_else(wanted)?;
        let (encryption, usual) = match scheme {
            "imaps" => (Encryption::Tls, 993),
            "imap" => (Encryption::None, 143),
            _ => return Err(wanted()),
        };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port.parse().map_err(|_| wanted())?),
            _ => (place, usual),
        };
        let host = host.trim_matches(['[', ']']);
        if host.is_empty() || user.is_empty() {
            return Err(wanted());
        }
        if encryption == Encryption::None && !is_this_machine(host) {
            return Err("imaps:// (imap:// sends the password in the clear, and is for this machine only)".to_owned());
        }
        let folder = Some(decoded(folder)).filter(|folder| !folder.is_empty());
        let folder = folder.unwrap_or_else(|| "INBOX".to_owned());
        let options = Options::read(options)?;
        if matches!(&options.afterwards, Afterwards::MoveTo(other) if other.eq_ignore_ascii_case(&folder)) {
            return Err("with another folder behind then=move: than the one that is read".to_owned());
        }
        Ok(Self {
            host: host.to_owned(),
            port,
            encryption,
            user: decoded(user),
            folder,
            division: options.division.clone(),
            afterwards: options.afterwards.clone(),
            sign_in: options.sign_in(Hidden(decoded(secret)))?,
        })
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// What stands behind the question mark.
struct Options {
    division: Option<String>,
    afterwards: Afterwards,
    oauth: Option<String>,
    tenant: String,
    client_id: Option<String>,
    client_secret: Option<Hidden>,
}

impl Options {
    fn read(text: &str) -> Result<Self, String> {
        let mut options = Self {
            division: None,
            afterwards: Afterwards::Leave,
            oauth: None,
            tenant: "common".to_owned(),
            client_id: None,
            client_secret: None,
        };
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let value = value.into_owned();
            match &*name {
                "division" => options.division = Some(value),
                "then" => options.afterwards = value.parse()?,
                "oauth" => options.oauth = Some(value),
                "tenant" => options.tenant = value,
                "client_id" => options.client_id = Some(value),
                "client_secret" => options.client_secret = Some(Hidden(value)),
                other => return Err(format!("without \"{other}\", which is no option of a mailbox")),
            }
        }
        Ok(options)
    }

    fn sign_in(self, secret: Hidden) -> Result<SignIn, String> {
        let Some(oauth) = self.oauth else { return Ok(SignIn::Password(secret)) };
        let token_url = match oauth.as_str() {
            "google" => "https://oauth2.googleapis.com/token".to_owned(),
            "microsoft" => format!("https://login.microsoftonline.com/{}/oauth2/v2.0/token", self.tenant),
            url if url.starts_with("https://") => oauth,
            url if url.strip_prefix("http://").is_some_and(|rest| is_this_machine(host_of(rest))) => oauth,
            _ => return Err("with oauth=google, oauth=microsoft or the https:// address that gives tokens".to_owned()),
        };
        let client_id = self.client_id.ok_or("with the client_id that oauth needs")?;
        Ok(SignIn::OAuth { token_url, client_id, client_secret: self.client_secret, refresh_token: secret })
    }
}

fn host_of(rest: &str) -> &str {
    let authority = rest.split('/').next().unwrap_or_default();
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

impl FromStr for Afterwards {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "leave" => Ok(Self::Leave),
            None if text == "seen" => Ok(Self::MarkSeen),
            Some(("move", folder)) if !folder.is_empty() => Ok(Self::MoveTo(folder.to_owned())),
            _ => Err("with then=leave, then=seen or then=move:FOLDER".to_owned()),
        }
    }
}

impl fmt::Display for Afterwards {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leave => formatter.write_str("leave"),
            Self::MarkSeen => formatter.write_str("seen"),
            Self::MoveTo(folder) => write!(formatter, "move:{folder}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Afterwards, Encryption, Hidden, SignIn, mailboxes};

    #[test]
    fn several_mailboxes() {
        let read = mailboxes(
            "imaps://desk%40town.example:p%2Fw@mail.town.example/INBOX\n \
             imap://tourism:x@[::1]:1143/%E7%AA%93%E5%8F%A3?division=tourism&then=move:Done \
             imaps://a@b.example:r3newal@imap.example?oauth=microsoft&tenant=t&client_id=c&client_secret=s&then=seen",
        )
        .expect("good");
        assert_eq!(read[0].name(), "desk@town.example@mail.town.example:993/INBOX");
        assert_eq!(read[0].sign_in, SignIn::Password(Hidden("p/w".into())));
        assert_eq!(
            (read[1].encryption, read[1].host.as_str(), read[1].folder.as_str()),
            (Encryption::None, "::1", "窓口")
        );
        assert_eq!(read[1].afterwards, Afterwards::MoveTo("Done".into()));
        assert_eq!(read[1].division.as_deref(), Some("tourism"));
        let SignIn::OAuth { token_url, client_id, .. } = &read[2].sign_in else { panic!("{:?}", read[2]) };
        assert_eq!(
            (token_url.as_str(), client_id.as_str()),
            ("https://login.microsoftonline.com/t/oauth2/v2.0/token", "c")
        );
        assert!(!format!("{read:?}").contains("r3newal"), "secrets stay hidden");
        assert_eq!(mailboxes(" "), Ok(Vec::new()));
    }

    #[test]
    fn what_cannot_work_is_refused() {
        for bad in [
            "mail.example",
            "pop3://a:b@c",
            "imap://a:b@mail.example/INBOX",
            "imaps://a@mail.example",
            "imaps://a:b@",
            "imaps://a:b@c:port/",
            "imaps://a:b@c/?then=delete",
            "imaps://a:b@c/?then=move:inbox",
            "imaps://a:b@c/?when=later",
            "imaps://a:b@c/?oauth=google",
            "imaps://a:b@c/?oauth=http://tokens.example/&client_id=c",
            "imaps://a:b@c/INBOX imaps://a:other@c/",
        ] {
            assert!(mailboxes(bad).is_err(), "{bad}");
        }
    }
}
