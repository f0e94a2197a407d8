//! `smtp://user:password@host:port`.

use std::fmt;
use std::str::FromStr;

use crate::settings::decoded;

/// A mail server for letters of ours.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    /// How the connection is protected.
    pub protection: Protection,
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// User and password.
    pub user: Option<(String, String)>,
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// `smtp://`: not at all.
    None,
    /// `smtps://`: TLS from the first byte.
    Tls,
    /// `smtp+starttls://`: TLS after `STARTTLS`.
    StartTls,
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} {}:{}", self.protection, self.host, self.port)
    }
}

impl FromStr for SmtpUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = || {
            "smtp://, smtps:// or smtp+starttls:// with a host, such as smtp://user:password@mail.example.org:587"
                .to_owned()
        };
        let (scheme, rest) = text.trim().split_once("://").ok_or_else(wanted)?;
        let (protection, usual) = match scheme {
            "smtp" => (Protection::None, 25),
            "smtps" => (Protection::Tls, 465),
            "smtp+starttls" => (Protection::StartTls, 587),
            _ => return Err(wanted()),
        };
        let rest = rest.trim_end_matches('/');
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user.split_once(':').ok_or_else(wanted)?), place),
            None => (None, rest),
        };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port.parse().map_err(|_| wanted())?),
            _ => (place, usual),
        };
        let host = host.trim_matches(['[', ']']);
        if host.is_empty() || host.contains('/') {
            return Err(wanted());
        }
        let user = user.map(|(name, password)| (decoded(name), decoded(password)));
        Ok(Self { protection, host: host.to_owned(), port, user })
    }
}

#[cfg(test)]
mod tests {
    use super::{Protection, SmtpUrl};

    #[test]
    fn urls() {
        let url: SmtpUrl = "smtp+starttls://me%40x:p%3A@mail.example:2525/".parse().expect("good");
        assert_eq!((url.protection, url.host.as_str(), url.port), (Protection::StartTls, "mail.example", 2525));
        assert_eq!(url.user, Some(("me@x".into(), "p:".into())));
        assert_eq!("smtps://[::1]".parse::<SmtpUrl>().expect("good").port, 465);
        for bad in ["mail.example", "http://x", "smtp://", "smtp://x:port", "smtp://user@x"] {
            assert!(bad.parse::<SmtpUrl>().is_err(), "{bad}");
        }
    }
}
