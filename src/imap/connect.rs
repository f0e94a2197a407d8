//! A connection to a mailbox's server, signed in.

use std::fmt;
use std::time::Duration;

use async_imap::{Client, Session};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::imap::{ImapError, Trust, plain};
use crate::settings::{Encryption, Mailbox, SignIn};

/// How long connecting and signing in may take, each.
const PATIENCE: Duration = Duration::from_secs(20);

/// A socket, encrypted or not.
pub(super) trait Socket: AsyncRead + AsyncWrite + fmt::Debug + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + fmt::Debug + Unpin + Send> Socket for S {}

/// A conversation with a server that knows who we are.
pub(super) type SignedIn = Session<Box<dyn Socket>>;

/// Connects and signs in.
pub(super) async fn connect(mailbox: &Mailbox, trust: &Trust, token: Option<&str>) -> Result<SignedIn, ImapError> {
    let socket = in_time(open(&mailbox.host, mailbox.port, mailbox.encryption, trust)).await?;
    let mut client = Client::new(socket);
    let greeting = in_time(async { client.read_response().await.map_err(|_| ImapError::Lost) }).await?;
    if greeting.is_none() {
        return Err(ImapError::Lost);
    }
    in_time(sign_in(client, mailbox, token)).await
}

async fn in_time<T>(work: impl Future<Output = Result<T, ImapError>>) -> Result<T, ImapError> {
    tokio::time::timeout(PATIENCE, work).await.unwrap_or(Err(ImapError::Silent))
}

/// A socket to a server.
pub(super) async fn open(
    host: &str,
    port: u16,
    encryption: Encryption,
    trust: &Trust,
) -> Result<Box<dyn Socket>, ImapError> {
    let plain = TcpStream::connect((host, port)).await.map_err(ImapError::Unreachable)?;
    match encryption {
        Encryption::None => Ok(Box::new(plain)),
        Encryption::Tls => {
            let name = ServerName::try_from(host.to_owned()).map_err(|error| ImapError::Protocol(error.to_string()))?;
            let encrypted = TlsConnector::from(trust.tls.clone()).connect(name, plain).await;
            Ok(Box::new(encrypted.map_err(ImapError::Unreachable)?))
        }
    }
}

async fn sign_in(
    client: Client<Box<dyn Socket>>,
    mailbox: &Mailbox,
    token: Option<&str>,
) -> Result<SignedIn, ImapError> {
    let signed_in = match (&mailbox.sign_in, token) {
        (SignIn::Password(password), _) => client.login(&mailbox.user, &password.0).await,
        (SignIn::OAuth { .. }, token) => {
            client.authenticate("XOAUTH2", Bearer::new(&mailbox.user, token.unwrap_or_default())).await
        }
    };
    signed_in.map_err(|(error, _)| match error {
        async_imap::error::Error::No(words) | async_imap::error::Error::Bad(words) => {
            ImapError::Refused { what: "sign in", words: plain(&words) }
        }
        other => other.into(),
    })
}

/// The one answer of XOAUTH2: whose mailbox, and the token.
struct Bearer {
    answer: Option<String>,
}

impl Bearer {
    fn new(user: &str, token: &str) -> Self {
        Self { answer: Some(format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}")) }
    }
}

impl async_imap::Authenticator for Bearer {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        // A second challenge tells why the token was refused, and wants an empty answer.
        self.answer.take().unwrap_or_default()
    }
}
