//! Whose word about letters is believed, and who is asked: a border server, a spam filter, the DNS, a virus scanner.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use super::Given;

/// Whose word about letters is believed, and who is asked.
#[derive(Debug, Clone, Default)]
pub struct Screening {
    /// The server whose `Authentication-Results` are believed.
    pub authserv_id: Option<String>,
    /// From how many points of a spam filter on a letter is spam; `None`: as the filter says.
    pub spam_score: Option<f64>,
    /// Who is asked for the keys that letters are signed with.
    pub nameserver: Nameserver,
    /// Who is asked whether files hold a virus.
    pub scanner: Option<Scanner>,
}

/// Who is asked for the keys that letters are signed with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Nameserver {
    /// Whom the system asks.
    #[default]
    System,
    /// This one.
    At(SocketAddr),
    /// Nobody: signatures are not judged.
    Nobody,
}

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// Host and port.
    Tcp(String),
    /// A socket of this machine.
    Unix(PathBuf),
}

impl fmt::Display for Scanner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => formatter.write_str(address),
            Self::Unix(path) => path.display().fmt(formatter),
        }
    }
}

const AUTHSERV_ID: &str = "MADOGUCHI_AUTHSERV_ID";
const SPAM_SCORE: &str = "MADOGUCHI_SPAM_SCORE";
const NAMESERVER: &str = "MADOGUCHI_NAMESERVER";
const CLAMD: &str = "MADOGUCHI_CLAMD";

/// The port of the DNS (RFC 1035, 4.2).
const DNS_PORT: u16 = 53;
/// What clamd listens on where nothing else is said.
const CLAMD_PORT: u16 = 3310;

impl Given<'_> {
    pub(super) fn screening(&mut self) -> Screening {
        let (authserv_id, spam_score) = (self.authserv_id(), self.spam_score());
        let nameserver = self.text(NAMESERVER, "system");
        let nameserver = self.checked(NAMESERVER, parse_nameserver(nameserver.trim())).unwrap_or_default();
        let scanner = self.some(CLAMD).and_then(|place| self.checked(CLAMD, parse_scanner(place.trim())));
        Screening { authserv_id, spam_score, nameserver, scanner }
    }

    fn authserv_id(&mut self) -> Option<String> {
        let name = self.some(AUTHSERV_ID)?.trim().to_owned();
        // It is compared with one word of the header (RFC 8601, 2.2); several would never be met.
        let wanted = "the name of one mail server, such as mx.example.org".to_owned();
        let good = !name.is_empty() && !name.contains(char::is_whitespace);
        self.checked(AUTHSERV_ID, good.then_some(name).ok_or(wanted))
    }

    fn spam_score(&mut self) -> Option<f64> {
        let points = self.some(SPAM_SCORE)?.trim().parse().ok();
        // Good letters have points below nought; with such a limit nearly everything would be spam.
        let points = points.filter(|points: &f64| points.is_finite() && *points >= 0.0);
        self.checked(SPAM_SCORE, points.ok_or("a number of points such as 6.5, not below nought".to_owned()))
    }
}

fn parse_nameserver(text: &str) -> Result<Nameserver, String> {
    match text {
        "" => Ok(Nameserver::Nobody),
        "system" => Ok(Nameserver::System),
        _ => {
            let alone = || text.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, DNS_PORT));
            let wanted = "an address such as 192.0.2.1 or 192.0.2.1:5353, system, or nothing to turn it off";
            text.parse().or_else(|_| alone()).map(Nameserver::At).map_err(|_| wanted.to_owned())
        }
    }
}

fn parse_scanner(text: &str) -> Result<Scanner, String> {
    let wanted = || format!("host:port such as 127.0.0.1:{CLAMD_PORT}, or the path of a socket");
    if text.starts_with('/') {
        return Ok(Scanner::Unix(PathBuf::from(text)));
    }
    let (host, port) = text.rsplit_once(':').filter(|(host, _)| !host.ends_with(':')).ok_or_else(wanted)?;
    let is_host = !host.is_empty() && !host.contains(['/', '@', ' ']);
    if is_host && port.parse::<u16>().is_ok() { Ok(Scanner::Tcp(text.to_owned())) } else { Err(wanted()) }
}

#[cfg(test)]
mod tests {
    use super::{Nameserver, Scanner, parse_nameserver, parse_scanner};

    #[test]
    fn who_is_asked_for_keys() {
        let at = |address: &str| Ok(Nameserver::At(address.parse().expect("an address")));
        for (text, expected) in [
            ("", Ok(Nameserver::Nobody)),
            ("system", Ok(Nameserver::System)),
            ("192.0.2.1", at("192.0.2.1:53")),
            ("192.0.2.1:5353", at("192.0.2.1:5353")),
            ("2001:db8::1", at("[2001:db8::1]:53")),
            ("[2001:db8::1]:5353", at("[2001:db8::1]:5353")),
        ] {
            assert_eq!(parse_nameserver(text), expected, "{text}");
        }
        for bad in ["dns.example", "192.0.2.1:", "off"] {
            assert!(parse_nameserver(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn who_is_asked_for_viruses() {
        let tcp = |text: &str| Ok(Scanner::Tcp(text.to_owned()));
        assert_eq!(parse_scanner("127.0.0.1:3310"), tcp("127.0.0.1:3310"));
        assert_eq!(parse_scanner("[::1]:3310"), tcp("[::1]:3310"));
        assert_eq!(parse_scanner("/run/clamd.ctl"), Ok(Scanner::Unix("/run/clamd.ctl".into())));
        for bad in ["clamd", "clamd:", ":3310", "::1:port", "tcp://clamd:3310"] {
            assert!(parse_scanner(bad).is_err(), "{bad}");
        }
    }
}
