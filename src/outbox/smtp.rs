//! Handing a letter to a mail server (RFC 5321).
//!
//! lettre's own pool runs from `MAIL` to the last byte in one call, and the desk has to commit in between. So the
//! conversation is spoken here, over lettre's connection.

use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};

use crate::desk::outgoing::fate::ServerAnswer;
use crate::domain::letter::Hindrance;

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all: for a server on the same machine.
    Plain,
    /// TLS from the first byte.
    Tls,
    /// TLS after `STARTTLS`, and nothing without it.
    StartTls,
}

/// A mail server.
#[derive(Clone)]
pub struct Server {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// User and password.
    pub user: Option<(String, String)>,
    /// Further authorities to trust, PEM.
    pub authorities: Vec<Vec<u8>>,
    /// The name that the desk gives itself.
    pub hello: String,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Server").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// How a conversation failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// For now: the server is away, busy, or will not have us.
    ForNow(ServerAnswer),
    /// For good: the server does not take this letter.
    ForGood(ServerAnswer),
    /// Nobody knows: the connection was lost after the letter began to flow.
    Unknown(ServerAnswer),
}

const CONNECTING: Duration = Duration::from_secs(15);
const COMMAND: Duration = Duration::from_secs(30);
/// From the first byte of the letter to the server's answer.
const HANDING_OVER: Duration = Duration::from_secs(120);

/// A connection that has greeted the server and may send letters.
pub struct Conversation {
    connection: AsyncSmtpConnection,
}

impl Server {
    /// Connects, protects the connection, signs in.
    ///
    /// # Errors
    /// Always [`Failure::ForNow`]: whatever is wrong here is not the letter's fault.
    pub async fn connect(&self) -> Result<Conversation, Failure> {
        let connecting = async {
            let hello = ClientId::Domain(self.hello.clone());
            let tls = |security| (self.security == security).then(|| self.tls()).transpose();
            let address = (self.host.as_str(), self.port);
            let at_once = tls(Security::Tls)?;
            let mut connection =
                AsyncSmtpConnection::connect_tokio1(address, Some(CONNECTING), &hello, at_once, None).await?;
            if let Some(tls) = tls(Security::StartTls)? {
                connection.starttls(tls, &hello).await?;
            }
            if let Some((user, password)) = &self.user {
                let credentials = Credentials::new(user.clone(), password.clone());
                connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
            }
            Ok::<_, Error>(connection)
        };
        match tokio::time::timeout(CONNECTING + COMMAND, connecting).await {
            Ok(Ok(connection)) => Ok(Conversation { connection }),
            Ok(Err(error)) => Err(Failure::ForNow(answer(&error))),
            Err(_) => Err(Failure::ForNow(silence())),
        }
    }

    fn tls(&self) -> Result<TlsParameters, Error> {
        let mut builder = TlsParameters::builder(self.host.clone());
        for pem in &self.authorities {
            builder = builder.add_root_certificate(Certificate::from_pem(pem)?);
        }
        builder.build()
    }
}

impl Conversation {
    /// Whether the server still listens.
    pub async fn is_alive(&mut self) -> bool {
        tokio::time::timeout(COMMAND, self.connection.test_connected()).await.unwrap_or(false)
    }

    /// Whether the server said that it takes such a letter.
    pub fn offers_what_is_needed(&self, envelope: &Envelope, raw: &[u8]) -> bool {
        !needs_utf8(envelope, raw) || self.connection.server_info().supports_feature(Extension::SmtpUtfEight)
    }

    /// Names sender and recipient of a letter. After this, and before [`Conversation::hand_over`], the desk commits.
    ///
    /// # Errors
    /// The server's refusal, or ours where it does not offer what the letter needs.
    pub async fn begin(&mut self, envelope: &Envelope, raw: &[u8]) -> Result<(), Failure> {
        let mut options = Vec::new();
        if needs_utf8(envelope, raw) {
            if !self.offers_what_is_needed(envelope, raw) {
                let addresses = envelope.to().iter().map(ToString::to_string).collect::<Vec<_>>();
                return Err(Failure::ForGood(ServerAnswer::hindered(Hindrance::NoSmtputf8, addresses.join(", "))));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        self.command(Mail::new(envelope.from().cloned(), options)).await?;
        for recipient in envelope.to() {
            self.command(Rcpt::new(recipient.clone(), Vec::new())).await?;
        }
        Ok(())
    }

    /// Hands over the letter.
    ///
    /// # Errors
    /// The server's refusal, or [`Failure::Unknown`] where it did not answer once the letter had begun to flow.
    pub async fn hand_over(&mut self, raw: &[u8]) -> Result<(), Failure> {
        self.command(Data).await?;
        match tokio::time::timeout(HANDING_OVER, self.connection.message(raw)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() || error.is_transient() => Err(refusal(&error)),
            Ok(Err(error)) => Err(Failure::Unknown(answer(&error))),
            Err(_) => Err(Failure::Unknown(silence())),
        }
    }

    /// Leaves a letter that was begun and is not to be handed over.
    pub async fn leave(&mut self) {
        self.connection.abort().await;
    }

    async fn command(&mut self, command: impl std::fmt::Display) -> Result<(), Failure> {
        match tokio::time::timeout(COMMAND, self.connection.command(command)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refusal(&error)),
            Err(_) => Err(Failure::ForNow(silence())),
        }
    }
}

/// Whether an address or a header has characters that a server has to know of (RFC 6531). Domains have none: they stand
/// in their ASCII form.
fn needs_utf8(envelope: &Envelope, raw: &[u8]) -> bool {
    let head = raw.windows(4).position(|four| four == b"\r\n\r\n").map_or(raw, |end| &raw[..end]);
    let addresses = envelope.from().into_iter().chain(envelope.to());
    !head.is_ascii() || addresses.into_iter().any(|address| !address.to_string().is_ascii())
}

/// What a refusal means. That the server wants another sign-in (530, 534, 535, 538) is our trouble, not the letter's.
fn refusal(error: &Error) -> Failure {
    let ours = error.status().is_some_and(|code| ["530", "534", "535", "538"].contains(&code.to_string().as_str()));
    if error.is_permanent() && !ours { Failure::ForGood(answer(error)) } else { Failure::ForNow(answer(error)) }
}

fn answer(error: &Error) -> ServerAnswer {
    let words = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    let enhanced = words.split_whitespace().next().filter(|word| is_enhanced_code(word)).unwrap_or_default();
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    ServerAnswer { code: format!("{code} {enhanced}").trim().to_owned(), words: words.chars().take(1000).collect() }
}

/// RFC 3463: class, subject, detail.
fn is_enhanced_code(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3
        && parts.iter().all(|part| !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()))
}

fn silence() -> ServerAnswer {
    ServerAnswer { code: String::new(), words: "the mail server did not answer in time".into() }
}
