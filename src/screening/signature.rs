//! Signatures of letters (DKIM, RFC 6376; ARC, RFC 8617), judged by the keys that stand in the DNS.
//!
//! Of a letter's signatures those of the author's domain count, where there are such; one that holds is enough. A body
//! that was changed counts as failed too (RFC 6376, 6.1.3). No key, no answer, an old or unreadable signature say nothing.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::time::Duration;

use mail_auth::arc::ArcError;
use mail_auth::dkim::DkimError;
use mail_auth::hickory_resolver::config::{NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::hickory_resolver::system_conf::read_system_conf;
use mail_auth::{AuthenticatedMessage, DkimOutput, DkimResult, Error, MessageAuthenticator};

use crate::domain::authenticity::Check;
use crate::settings::Nameserver;

/// How long one question to the DNS may take, and how often it is asked.
const ASKING: Duration = Duration::from_secs(5);
const ATTEMPTS: usize = 2;
/// How long judging a letter may take.
const JUDGING: Duration = Duration::from_secs(30);
/// Keys that are remembered.
const REMEMBERED: u64 = 256;
/// The most signatures of a letter that are looked at: each costs a question and a walk through the whole letter.
const MOST_SIGNATURES: usize = 20;

/// Who judges signatures.
pub struct Judge {
    authenticator: MessageAuthenticator,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// It could be judged.
    Said {
        /// The checks that failed.
        failed: Vec<Check>,
    },
    /// The DNS did not answer: to be tried again.
    NoAnswer,
}

/// Why nobody can be asked for keys.
#[derive(Debug, thiserror::Error)]
#[error("the name servers cannot be asked: {0}")]
pub struct NoResolver(String);

impl Judge {
    /// Who asks the name server of the settings.
    ///
    /// # Errors
    /// When the system's name servers cannot be read, or nobody is to be asked.
    pub fn new(nameserver: Nameserver) -> Result<Self, NoResolver> {
        let (config, mut options) = match nameserver {
            Nameserver::Nobody => return Err(NoResolver("nobody is to be asked".to_owned())),
            Nameserver::System => read_system_conf().map_err(|error| NoResolver(error.to_string()))?,
            Nameserver::At(address) => (config_of(address), ResolverOpts::default()),
        };
        options.timeout = ASKING;
        options.attempts = ATTEMPTS;
        options.cache_size = REMEMBERED;
        let authenticator = MessageAuthenticator::new(config, options);
        let authenticator = authenticator.map_err(|error| NoResolver(error.to_string()))?;
        Ok(Self { authenticator })
    }

    /// Judges a letter by its signatures.
    pub async fn judge(&self, raw: &[u8]) -> Judgement {
        let raw = with_crlf(raw);
        match tokio::time::timeout(JUDGING, self.judge_in_time(&raw)).await {
            Ok(judgement) => judgement,
            Err(_) => Judgement::NoAnswer,
        }
    }

    async fn judge_in_time(&self, raw: &[u8]) -> Judgement {
        const NOTHING: Judgement = Judgement::Said { failed: Vec::new() };
        if signatures(raw) > MOST_SIGNATURES {
            return NOTHING;
        }
        // It hashes the whole letter.
        let Some(letter) = tokio::task::block_in_place(|| AuthenticatedMessage::parse(raw)) else { return NOTHING };
        let signed = self.authenticator.verify_dkim(&letter).await;
        let chain = self.authenticator.verify_arc(&letter).await;
        let dkim = of_author(&signed, letter.from());
        let no_answer = |result: &DkimResult| matches!(result, DkimResult::TempError(_));
        if dkim.iter().copied().any(no_answer) || no_answer(chain.result()) {
            return Judgement::NoAnswer;
        }
        let mut failed = Vec::new();
        if dkim.iter().any(|result| fails(result)) && !dkim.contains(&&DkimResult::Pass) {
            failed.push(Check::Dkim);
        }
        if fails(chain.result()) {
            failed.push(Check::Arc);
        }
        Judgement::Said { failed }
    }
}

fn config_of(address: SocketAddr) -> ResolverConfig {
    let mut server = NameServerConfig::udp_and_tcp(address.ip());
    for connection in &mut server.connections {
        connection.port = address.port();
    }
    ResolverConfig::from_parts(None, Vec::new(), vec![server])
}

/// Signatures were made over lines that end in CRLF (RFC 6376, 5.3), which an MTA's pipe makes LF of.
fn with_crlf(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.windows(2).any(|two| two == b"\r\n") {
        return Cow::Borrowed(raw);
    }
    let mut lines = Vec::with_capacity(raw.len() + raw.len() / 32);
    for byte in raw {
        if *byte == b'\n' {
            lines.push(b'\r');
        }
        lines.push(*byte);
    }
    Cow::Owned(lines)
}

fn signatures(raw: &[u8]) -> usize {
    let head = raw.split(|byte| *byte == b'\n').take_while(|line| !line.trim_ascii().is_empty());
    let begins = |line: &&[u8], name: &str| {
        line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    };
    head.filter(|line| begins(line, "dkim-signature") || begins(line, "arc-")).count()
}

/// What became of the signatures of the author's domain, or of all where it has none.
fn of_author<'a>(signed: &'a [DkimOutput<'a>], author: &str) -> Vec<&'a DkimResult> {
    let author = author.rsplit_once('@').map_or(author, |(_, domain)| domain).to_ascii_lowercase();
    let is_of_author = |output: &&DkimOutput<'_>| {
        let signer = output.signature().map(|signature| signature.d.to_ascii_lowercase());
        signer.is_some_and(|signer| is_same_or_below(&author, &signer) || is_same_or_below(&signer, &author))
    };
    let of_author: Vec<&DkimResult> = signed.iter().filter(is_of_author).map(DkimOutput::result).collect();
    if of_author.is_empty() { signed.iter().map(DkimOutput::result).collect() } else { of_author }
}

/// Whether a domain is another or stands below it; the other has a dot, so that it is no whole country.
fn is_same_or_below(domain: &str, other: &str) -> bool {
    let below = domain.strip_suffix(other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    below && (other.contains('.') || domain == other)
}

fn fails(result: &DkimResult) -> bool {
    match result {
        DkimResult::Fail(_) => true,
        // mail-auth takes a changed body for neutral.
        DkimResult::Neutral(error) => {
            matches!(error, Error::Dkim(DkimError::FailedBodyHashMatch) | Error::Arc(ArcError::FailedBodyHashMatch))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_same_or_below, signatures, with_crlf};

    #[test]
    fn domains_of_an_author() {
        for (domain, other, expected) in [
            ("town.example", "town.example", true),
            ("mail.town.example", "town.example", true),
            ("downtown.example", "town.example", false),
            ("town.example", "mail.town.example", false),
            ("town.example", "example", false),
            ("localhost", "localhost", true),
            ("town.example", "", false),
        ] {
            assert_eq!(is_same_or_below(domain, other), expected, "{domain} {other}");
        }
    }

    #[test]
    fn lines_and_signatures() {
        assert_eq!(&*with_crlf(b"A: b\n\nText\n"), b"A: b\r\n\r\nText\r\n");
        assert_eq!(&*with_crlf(b"A: b\r\n\r\nText\n"), b"A: b\r\n\r\nText\n");
        let head =
            b"DKIM-Signature: a\r\n\tb\r\nARC-Seal: c\r\nARC-Message-Signature: d\r\nFrom: e\r\n\r\nDKIM-Signature: f";
        assert_eq!(signatures(head), 3);
    }
}
