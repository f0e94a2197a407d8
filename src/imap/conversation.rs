//! Questions to the server whose answers are believed only once it says that they are complete: a connection that ends,
//! or a refusal, must not look like an empty mailbox.

use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use async_imap::imap_proto::{AttributeValue, MailboxDatum, Response, Status};
use async_imap::types::UnsolicitedResponse;

use crate::imap::connect::SignedIn;
use crate::imap::{ImapError, folder, plain};
use crate::settings::{Afterwards, Mailbox};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a letter may take.
const PATIENCE_FOR_A_LETTER: Duration = Duration::from_mins(10);

/// The state of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Selected {
    pub(super) uid_validity: u32,
    pub(super) exists: u32,
}

/// Opens the mailbox's folder; where nothing is to be changed in it, for reading only.
pub(super) async fn select(session: &mut SignedIn, mailbox: &Mailbox) -> Result<Selected, ImapError> {
    let name = folder::encode(&mailbox.folder);
    let selecting = async {
        match mailbox.afterwards {
            Afterwards::Leave => session.examine(&name).await,
            Afterwards::MarkSeen | Afterwards::MoveTo(_) => session.select(&name).await,
        }
    };
    let selected = match tokio::time::timeout(PATIENCE, selecting).await {
        Ok(selected) => selected.map_err(|error| refused("open the folder", error))?,
        Err(_) => return Err(ImapError::Silent),
    };
    let uid_validity = selected.uid_validity.ok_or_else(|| ImapError::Protocol("it has no UIDVALIDITY".to_owned()))?;
    Ok(Selected { uid_validity, exists: selected.exists })
}

fn refused(what: &'static str, error: async_imap::error::Error) -> ImapError {
    match error {
        async_imap::error::Error::No(words) | async_imap::error::Error::Bad(words) => {
            ImapError::Refused { what, words: plain(&words) }
        }
        other => other.into(),
    }
}

/// What a search finds.
pub(super) struct Found {
    /// In their order.
    pub(super) uids: Vec<u32>,
    /// The server told meanwhile that the folder has grown, perhaps by what the search did not see.
    pub(super) told_of_more: bool,
}

pub(super) async fn search(session: &mut SignedIn, what: &str) -> Result<Found, ImapError> {
    let (mut uids, mut told_of_more) = (Vec::new(), false);
    let asking = ask(session, "search", format!("UID SEARCH {what}"), |response| match response {
        Response::MailboxData(MailboxDatum::Search(found)) => uids.extend(found),
        Response::MailboxData(MailboxDatum::Exists(_)) => told_of_more = true,
        _ => {}
    });
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or(Err(ImapError::Silent))?;
    uids.sort_unstable();
    uids.dedup();
    Ok(Found { uids, told_of_more })
}

/// The size of a letter in bytes; `None`: it is no longer there.
pub(super) async fn size(session: &mut SignedIn, uid: u32) -> Result<Option<u32>, ImapError> {
    let mut size = None;
    let asking = ask(session, "tell a letter's size", format!("UID FETCH {uid} (UID RFC822.SIZE)"), |response| {
        size = size.or(of_letter(response, uid, |attribute| match attribute {
            AttributeValue::Rfc822Size(size) => Some(*size),
            _ => None,
        }));
    });
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or(Err(ImapError::Silent))?;
    Ok(size)
}

/// The first so many bytes of a letter, which stays unread; `None`: it is no longer there.
pub(super) async fn letter(session: &mut SignedIn, uid: u32, most: usize) -> Result<Option<Vec<u8>>, ImapError> {
    let mut letter = None;
    let command = format!("UID FETCH {uid} (UID BODY.PEEK[]<0.{most}>)");
    let asking = ask(session, "give a letter", command, |response| {
        letter = letter.take().or(of_letter(response, uid, |attribute| match attribute {
            AttributeValue::BodySection { section: None, data, .. } => {
                Some(data.as_ref().map(|data| data.to_vec()).unwrap_or_default())
            }
            _ => None,
        }));
    });
    tokio::time::timeout(PATIENCE_FOR_A_LETTER, asking).await.unwrap_or(Err(ImapError::Silent))?;
    Ok(letter)
}

/// An attribute of a letter: servers also tell of other letters meanwhile.
fn of_letter<T>(response: &Response<'_>, uid: u32, read: impl Fn(&AttributeValue<'_>) -> Option<T>) -> Option<T> {
    let Response::Fetch(_, attributes) = response else { return None };
    let is_it = attributes.iter().any(|attribute| matches!(attribute, AttributeValue::Uid(theirs) if *theirs == uid));
    if is_it { attributes.iter().find_map(read) } else { None }
}

/// Marks or moves a letter that is stored.
pub(super) async fn afterwards(session: &mut SignedIn, mailbox: &Mailbox, uid: u32) -> Result<(), ImapError> {
    let command = match &mailbox.afterwards {
        Afterwards::Leave => return Ok(()),
        Afterwards::MarkSeen => format!("UID STORE {uid} +FLAGS.SILENT (\\Seen)"),
        Afterwards::MoveTo(folder) => format!("UID MOVE {uid} {}", quoted(folder)),
    };
    let asking = ask(session, "mark or move a letter", command, |_| {});
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or(Err(ImapError::Silent))
}

/// Asks for the folder that letters are moved to: servers make none by themselves (RFC 6851, 3.3).
pub(super) async fn look_for_folder(session: &mut SignedIn, mailbox: &Mailbox) -> Result<(), ImapError> {
    let Afterwards::MoveTo(folder) = &mailbox.afterwards else { return Ok(()) };
    let command = format!("STATUS {} (MESSAGES)", quoted(folder));
    let asking = ask(session, "find the folder of then=move, which has to be created there first", command, |_| {});
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or(Err(ImapError::Silent))
}

fn quoted(folder: &str) -> String {
    format!("\"{}\"", folder::encode(folder).replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether the server can tell of new letters by itself (IDLE, RFC 2177).
pub(super) async fn can_idle(session: &mut SignedIn) -> Result<bool, ImapError> {
    match tokio::time::timeout(PATIENCE, session.capabilities()).await {
        Ok(capabilities) => Ok(capabilities?.has_str("IDLE")),
        Err(_) => Err(ImapError::Silent),
    }
}

/// Waits until the server tells of something, or for so long.
pub(super) async fn idle(session: SignedIn, most: Duration) -> Result<SignedIn, ImapError> {
    let told = session.unsolicited_responses.clone();
    let mut handle = session.idle();
    tokio::time::timeout(PATIENCE, handle.init()).await.unwrap_or(Err(lost()))?;
    // Some tell before they say that they are waiting.
    if std::iter::from_fn(|| told.try_recv().ok()).any(|word| matches!(word, UnsolicitedResponse::Exists(_))) {
        return Ok(tokio::time::timeout(PATIENCE, handle.done()).await.unwrap_or(Err(lost()))?);
    }
    let (waiting, _interrupt) = handle.wait_with_timeout(most);
    // Servers keep a connection alive by words of their own, which begin the wait anew: hence a second limit.
    match tokio::time::timeout(most, waiting).await {
        // A connection that ends comes out as an interrupt, and nobody else interrupts.
        Ok(Ok(IdleResponse::ManualInterrupt)) => return Err(ImapError::Lost),
        Ok(Err(error)) => return Err(error.into()),
        Ok(Ok(IdleResponse::NewData(_) | IdleResponse::Timeout)) | Err(_) => {}
    }
    Ok(tokio::time::timeout(PATIENCE, handle.done()).await.unwrap_or(Err(lost()))?)
}

fn lost() -> async_imap::error::Error {
    async_imap::error::Error::ConnectionLost
}

/// Sends a command, shows each answer to `seen`, and returns once the server says that it is done.
async fn ask(
    session: &mut SignedIn,
    what: &'static str,
    command: String,
    mut seen: impl FnMut(&Response<'_>),
) -> Result<(), ImapError> {
    let ours = session.run_command(command).await?;
    loop {
        // What arrives of other letters is not needed.
        while session.unsolicited_responses.try_recv().is_ok() {}
        let Some(answer) = session.read_response().await.map_err(|_| ImapError::Lost)? else {
            return Err(ImapError::Lost);
        };
        match answer.parsed() {
            Response::Done { tag, status, outcome } if *tag == ours => {
                return match status {
                    Status::Ok => Ok(()),
                    _ => Err(ImapError::Refused {
                        what,
                        words: outcome.information.as_deref().unwrap_or("it gave no reason").to_owned(),
                    }),
                };
            }
            Response::Data { status: Status::Bye, .. } => return Err(ImapError::Lost),
            response => seen(response),
        }
    }
}
