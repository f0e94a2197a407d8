//! The worker: claims what is due, sends several letters side by side, writes down what became of them.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use lettre::address::Envelope;
use tokio::sync::{Mutex, Semaphore, watch};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::desk::attachments::Enclosure;
use crate::desk::outgoing::Claimed;
use crate::desk::outgoing::fate::{Fate, ServerAnswer};
use crate::desk::{Desk, DeskError};
use crate::domain::letter::Hindrance;
use crate::domain::patience::{LETTER_LIFETIME, letter_pause};
use crate::mail::compose::{ComposeError, compose, wire_address};
use crate::mail::token::Names;
use crate::outbox::dkim::Signer;
use crate::outbox::smtp::{Conversation, Failure, Server};
use crate::outbox::{Transport, capture};

/// Conversations with the server at a time: one that hangs delays none of the others.
const SIDE_BY_SIDE: usize = 16;
/// Letters claimed at once for files.
const CAPTURED_AT_ONCE: i64 = 64;
/// How long letters gather before they are claimed: claiming and settling each by itself costs the database more than
/// storing what they answer.
const GATHER: Duration = Duration::from_millis(100);
/// How often letters written by other processes are looked for.
const LOOK_EVERY: Duration = Duration::from_millis(1000);
/// Connections kept open for the next letter.
const KEPT_OPEN: usize = 4;

/// Sends letters until `shutdown` turns true, and finishes those that it has begun.
pub async fn run(desk: Desk, transport: Transport, mut shutdown: watch::Receiver<bool>) {
    let worker = Arc::new(Worker {
        desk,
        id: Uuid::now_v7(),
        transport,
        places: Arc::new(Semaphore::new(SIDE_BY_SIDE)),
        idle: Mutex::new(Vec::new()),
    });
    let mut sending = JoinSet::new();
    while !*shutdown.borrow() {
        while sending.try_join_next().is_some() {}
        let due = match worker.round(&mut sending).await {
            Ok(due) => due,
            Err(error) => {
                tracing::warn!(%error, "the outbox waits for the database");
                tokio::time::sleep(Duration::from_secs(1)).await;
                Due::AllTaken
            }
        };
        if due == Due::PerhapsMore {
            // As soon as there is a place for another letter.
            tokio::select! {
                _ = worker.places.acquire() => {}
                _ = shutdown.changed() => {}
            }
            continue;
        }
        let wait = worker.desk.until_next_letter(LOOK_EVERY, Timestamp::now()).await.unwrap_or(LOOK_EVERY);
        tokio::select! {
            () = tokio::time::sleep(wait.max(GATHER)) => {}
            () = async {
                worker.desk.next_letter().await;
                tokio::time::sleep(GATHER).await;
            } => {}
            _ = shutdown.changed() => {}
        }
    }
    let finishing = async { while sending.join_next().await.is_some() {} };
    if tokio::time::timeout(Duration::from_secs(10), finishing).await.is_err() {
        tracing::warn!("letters were being handed over at the end; their leases decide");
    }
}

/// Whether a round left letters that are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    /// It did not.
    AllTaken,
    /// It took as many as it could.
    PerhapsMore,
}

impl Due {
    fn after(claimed: usize, most: i64) -> Self {
        if i64::try_from(claimed).is_ok_and(|claimed| claimed < most) { Self::AllTaken } else { Self::PerhapsMore }
    }
}

struct Worker {
    desk: Desk,
    id: Uuid,
    transport: Transport,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Conversation>>,
}

impl Worker {
    /// Claims what is due and begins to send it. Tells whether more may be due.
    async fn round(self: &Arc<Self>, sending: &mut JoinSet<()>) -> Result<Due, DeskError> {
        let now = Timestamp::now();
        self.desk.end_leases(now).await?;
        match &self.transport {
            Transport::Capture(folder) => {
                let letters = self.desk.claim_letters(self.id, CAPTURED_AT_ONCE, now).await?;
                let mut fates = Vec::new();
                for letter in &letters {
                    fates.push((letter, self.capture(folder, letter).await));
                }
                if !fates.is_empty() {
                    self.desk.settle_letters(&fates, self.id, Timestamp::now()).await?;
                }
                Ok(Due::after(letters.len(), CAPTURED_AT_ONCE))
            }
            Transport::Server { server, signer } => {
                let places = i64::try_from(self.places.available_permits()).unwrap_or_default();
                let letters =
                    if places > 0 { self.desk.claim_letters(self.id, places, now).await? } else { Vec::new() };
                let claimed = letters.len();
                for letter in letters {
                    let Ok(place) = self.places.clone().acquire_owned().await else { break };
                    let (worker, server, signer) = (self.clone(), server.clone(), signer.clone());
                    sending.spawn(async move {
                        worker.send(&server, signer.as_ref(), &letter).await;
                        drop(place);
                    });
                }
                Ok(Due::after(claimed, places))
            }
        }
    }

    async fn capture(&self, folder: &std::path::Path, letter: &Claimed) -> Fate {
        let raw = match self.compose(letter).await {
            Ok(raw) => raw,
            Err(fate) => return fate,
        };
        let envelope = match self.envelope(letter) {
            Ok(envelope) => envelope,
            Err(error) => return unwritable(error.to_string()),
        };
        match capture::write(folder, letter, &envelope, &raw).await {
            Ok(()) => Fate::Captured,
            Err(error) => {
                later(letter, ServerAnswer { code: String::new(), words: format!("writing the file: {error}") })
            }
        }
    }

    async fn send(&self, server: &Server, signer: Option<&Signer>, letter: &Claimed) {
        let fate = match self.try_to_send(server, signer, letter).await {
            Ok(()) => Fate::Sent,
            Err(fate) => fate,
        };
        tracing::info!(ticket = %letter.ticket, letter = letter.number, fate = name(&fate), "letter");
        // The database may be away for a moment; the letter is not sent again before its fate is written down.
        for pause in [0, 1, 2, 4, 8, 16] {
            tokio::time::sleep(Duration::from_secs(pause)).await;
            match self.desk.settle_letters(&[(letter, fate.clone())], self.id, Timestamp::now()).await {
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(ticket = %letter.ticket, %error, "a letter's fate could not be written down")
                }
            }
        }
    }

    async fn try_to_send(&self, server: &Server, signer: Option<&Signer>, letter: &Claimed) -> Result<(), Fate> {
        let raw = self.compose(letter).await?;
        let raw = match signer {
            Some(signer) => signer.sign(&raw).ok_or_else(|| unwritable("the letter could not be signed".to_owned()))?,
            None => raw,
        };
        let envelope = self.envelope(letter).map_err(|error| unwritable(error.to_string()))?;
        let mut conversation =
            self.conversation(server, &envelope, &raw).await.map_err(|failure| fate(letter, failure))?;
        conversation.begin(&envelope, &raw).await.map_err(|failure| fate(letter, failure))?;
        match self.desk.hand_over(letter, self.id, Timestamp::now()).await {
            Ok(true) => {}
            Ok(false) | Err(_) => {
                conversation.leave().await;
                let words = "the lease was lost before the letter was handed over".to_owned();
                return Err(later(letter, ServerAnswer { code: String::new(), words }));
            }
        }
        conversation.hand_over(&raw).await.map_err(|failure| fate(letter, failure))?;
        let mut idle = self.idle.lock().await;
        if idle.len() < KEPT_OPEN {
            idle.push(conversation);
        }
        Ok(())
    }

    /// One that is open already, if the server still listens and offered there what the letter needs: it may offer more
    /// by now.
    async fn conversation(&self, server: &Server, envelope: &Envelope, raw: &[u8]) -> Result<Conversation, Failure> {
        loop {
            let kept = self.idle.lock().await.pop();
            let Some(mut conversation) = kept else { return server.connect().await };
            if conversation.offers_what_is_needed(envelope, raw) && conversation.is_alive().await {
                return Ok(conversation);
            }
        }
    }

    fn envelope(&self, letter: &Claimed) -> Result<Envelope, ComposeError> {
        let back = self.desk.tokens.address(&letter.letter.from.address, Names::Letter(letter.number));
        let from = wire_address(&back, "the division")?;
        let to = wire_address(letter.letter.recipient(), "the recipient")?;
        Envelope::new(Some(from), vec![to]).map_err(|error| ComposeError::Message(error.to_string()))
    }

    async fn compose(&self, letter: &Claimed) -> Result<Vec<u8>, Fate> {
        let mut files = Vec::new();
        for attachment in &letter.letter.attachments {
            let hash = data_encoding::HEXLOWER.decode(attachment.sha256.as_bytes()).unwrap_or_default();
            let name = &attachment.filename;
            let unread = |error| ServerAnswer { code: String::new(), words: format!("reading a file: {error}") };
            match self.desk.enclosure(&hash).await.map_err(|error| later(letter, unread(error)))? {
                Enclosure::Ready(content) => files.push(content),
                Enclosure::Unscanned => {
                    return Err(later(letter, ServerAnswer::hindered(Hindrance::Unscanned, name)));
                }
                Enclosure::Withheld { virus } => {
                    let found = format!("{name} ({virus})");
                    return Err(Fate::Refused(ServerAnswer::hindered(Hindrance::Virus, found)));
                }
            }
        }
        let leaving = self.desk.leaving(letter).await.map_err(|error| later(letter, unknown_key(error)))?;
        compose(&leaving, files).map_err(|error| unwritable(error.to_string()))
    }
}

fn unknown_key(error: DeskError) -> ServerAnswer {
    ServerAnswer { code: String::new(), words: format!("reading the keys of the pages that it leads to: {error}") }
}

fn fate(letter: &Claimed, failure: Failure) -> Fate {
    match failure {
        Failure::ForNow(answer) => later(letter, answer),
        Failure::ForGood(answer) => Fate::Refused(answer),
        Failure::Unknown(answer) => Fate::Unknown(answer),
    }
}

/// Tried again, until the letter's time is over.
fn later(letter: &Claimed, answer: ServerAnswer) -> Fate {
    let now = Timestamp::now();
    let age = Duration::try_from(now.duration_since(letter.written_at)).unwrap_or_default();
    if age > LETTER_LIFETIME {
        return Fate::Refused(answer);
    }
    let mut random = [0_u8; 1];
    // Without randomness the pause is the longest, which is as good.
    let _ = getrandom::fill(&mut random);
    let pause = letter_pause(letter.tries + 1, f64::from(random[0]) / 255.0);
    Fate::Later { at: now + pause, answer }
}

fn unwritable(words: String) -> Fate {
    Fate::Refused(ServerAnswer::hindered(Hindrance::Unwritable, words))
}

fn name(fate: &Fate) -> &'static str {
    match fate {
        Fate::Sent => "sent",
        Fate::Captured => "captured",
        Fate::Later { .. } => "later",
        Fate::Refused(_) => "refused",
        Fate::Unknown(_) => "unknown",
    }
}
