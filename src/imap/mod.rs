//! Mailboxes that letters are fetched from (IMAP4rev1, RFC 3501, and rev2, RFC 9051).
//!
//! A letter is looked for by its UID, never by flags or dates: what somebody has read first, and what came while the
//! desk was down, is found all the same. Each is committed before it is marked or moved ([`reader`]). Once a day what is
//! on the server is compared with the ledger, and what is missing is fetched.
//!
//! Not done: POP3, `STARTTLS` (RFC 8314 prefers TLS from the first byte), sending by IMAP.

mod access_token;
mod connect;
mod conversation;
mod folder;
mod reader;
pub mod trust;

use futures_util::future::join_all;
use tokio::sync::watch;
use tracing::Instrument;

use crate::desk::receive::Intake;
use crate::desk::{Desk, DeskError};
use crate::settings::{Mailbox, Settings};

pub use trust::{Trust, TrustError};

/// What the readers of mailboxes share.
#[derive(Clone)]
pub struct Door {
    /// The desk.
    pub desk: Desk,
    /// The door in.
    pub intake: Intake,
    /// Whose certificates are believed.
    pub trust: Trust,
}

/// Why letters cannot be fetched.
#[derive(Debug, thiserror::Error)]
enum ImapError {
    #[error("the server cannot be reached: {0}")]
    Unreachable(std::io::Error),
    #[error("the server did not answer in time")]
    Silent,
    #[error("the connection to the server was lost")]
    Lost,
    #[error("the server refused to {what}: {words}")]
    Refused { what: &'static str, words: String },
    #[error("the server's answer was not understood: {0}")]
    Protocol(String),
    #[error("no access token was given: {0}")]
    Token(String),
    #[error("no division has the slug \"{0}\"")]
    NoDivision(String),
    #[error("another instance reads it")]
    Held,
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<async_imap::error::Error> for ImapError {
    fn from(error: async_imap::error::Error) -> Self {
        use async_imap::error::Error;
        match error {
            Error::Io(_) | Error::ConnectionLost => Self::Lost,
            // The words of a parser's error hold what was parsed.
            Error::Parse(_) => Self::Protocol("it is no answer of IMAP".to_owned()),
            other => Self::Protocol(other.to_string()),
        }
    }
}

/// The server's own words in an error of async-imap, which writes them with its own around them.
fn plain(words: &str) -> String {
    let inner = words.split_once("Some(\"").and_then(|(_, rest)| rest.rsplit_once("\")"));
    inner.map_or(words, |(inner, _)| inner).to_owned()
}

/// Fetches letters until `stopped` turns true.
pub async fn run(door: Door, mailboxes: Vec<Mailbox>, stopped: watch::Receiver<bool>) {
    let readers = mailboxes.into_iter().zip(1..).map(|(mailbox, number)| {
        // Without its user, who may be a person: logs hold no addresses of people.
        let place = format!("{number}: {}:{}/{}", mailbox.host, mailbox.port, mailbox.folder);
        let reading = reader::read(door.clone(), mailbox, stopped.clone());
        // Of the highest level, so that it is named beside whatever is logged.
        reading.instrument(tracing::error_span!("mailbox", place))
    });
    join_all(readers).await;
}

/// Signs in and asks how many letters there are: for `madoguchi check`.
///
/// # Errors
/// Says why not, in words for administrators.
pub async fn try_out(mailbox: &Mailbox, settings: &Settings) -> Result<u32, String> {
    let trust = Trust::of(settings).map_err(|error| error.to_string())?;
    let trying = async {
        let token = access_token::AccessToken::default().get(mailbox, &trust).await?;
        let mut session = connect::connect(mailbox, &trust, token.as_deref()).await?;
        let selected = conversation::select(&mut session, mailbox).await?;
        conversation::look_for_folder(&mut session, mailbox).await?;
        Ok::<_, ImapError>(selected.exists)
    };
    trying.await.map_err(|error| error.to_string())
}
