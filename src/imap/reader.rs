//! Reads one mailbox for as long as the service runs.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tokio::sync::watch;

use crate::desk::mailbox::{Count, HeldMailbox, Place};
use crate::desk::receive::letter::{LARGEST, Letter, understand_in_time};
use crate::desk::receive::{Arrival, NotUnderstood};
use crate::imap::access_token::AccessToken;
use crate::imap::connect::{SignedIn, connect};
use crate::imap::{Door, ImapError, conversation};
use crate::mail::delivery::delivered_to;
use crate::settings::{Afterwards, Mailbox};

/// The poll behind IDLE: servers forget to tell.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How often a server without IDLE is asked.
const POLL_EVERY: Duration = Duration::from_secs(15);
/// How often the server's letters are compared with the ledger.
const COUNT_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// Pauses after a failure: the first, and the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(2);
/// The longest where the mailbox's server is not to blame.
const OF_THE_DESK: Duration = Duration::from_secs(4);
/// How often one letter is tried before the others go on without it, until the next count.
const TRIES: u32 = 3;
/// How often a server is believed that tells of a letter which no search finds.
const MOST_IN_VAIN: u32 = 3;
/// More of a letter than this is left on the server.
const MOST_KEPT: usize = 4 * LARGEST;

/// Reads a mailbox until `stopped` turns true.
pub(super) async fn read(door: Door, mailbox: Mailbox, mut stopped: watch::Receiver<bool>) {
    let mut reader = Reader {
        door,
        mailbox,
        token: AccessToken::default(),
        failures: HashMap::new(),
        forgotten_at: Timestamp::now(),
        reached: false,
        unfinished: None,
    };
    let mut pause = FIRST_PAUSE;
    while !*stopped.borrow() {
        let ended = tokio::select! {
            ended = reader.read() => ended,
            _ = stopped.changed() => return,
        };
        if std::mem::take(&mut reader.reached) {
            pause = FIRST_PAUSE;
        }
        // The desk works again within 15 seconds of its database's return, and takes over from an instance that ended.
        if matches!(ended, ImapError::Held | ImapError::Desk(_)) {
            pause = pause.min(OF_THE_DESK);
        }
        match ended {
            ImapError::Held => tracing::debug!("another instance reads the mailbox"),
            error => tracing::warn!(%error, "a mailbox cannot be read; trying again"),
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stopped.changed() => return,
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

struct Reader {
    door: Door,
    mailbox: Mailbox,
    token: AccessToken,
    /// How often a letter could not be fetched, and when this was last forgotten.
    failures: HashMap<u32, u32>,
    forgotten_at: Timestamp,
    /// Whether the server was reached this time.
    reached: bool,
    /// Why letters that are stored could not be marked or moved.
    unfinished: Option<String>,
}

impl Reader {
    /// Holds the mailbox and reads it until something fails.
    async fn read(&mut self) -> ImapError {
        let mut held = match self.door.desk.hold_mailbox(&self.mailbox.name()).await {
            Ok(Some(held)) => held,
            Ok(None) => return ImapError::Held,
            Err(error) => return error.into(),
        };
        let Err(error) = self.converse(&mut held).await;
        if let ImapError::Refused { .. } = error {
            self.token.forget();
        }
        if matches!(&error, ImapError::Desk(error) if error.is_away()) {
            // Nobody is there to note it.
            return error;
        }
        if let Err(noted) = held.in_trouble(&error.to_string(), Timestamp::now()).await {
            tracing::warn!(error = %noted, "a mailbox's trouble could not be noted");
        }
        error
    }

    async fn converse(&mut self, held: &mut HeldMailbox) -> Result<std::convert::Infallible, ImapError> {
        let recipient = self.recipient().await?;
        let token = self.token.get(&self.mailbox, &self.door.trust).await?;
        let mut session = connect(&self.mailbox, &self.door.trust, token.as_deref()).await?;
        let can_idle = conversation::can_idle(&mut session).await?;
        let selected = conversation::select(&mut session, &self.mailbox).await?;
        let mut place = held.place().await?;
        if place.uid_validity != selected.uid_validity {
            place = Place { uid_validity: selected.uid_validity, last_uid: 0 };
            held.go_to(place).await?;
        }
        held.reached(Timestamp::now()).await?;
        self.reached = true;
        let mut counted_at: Option<Timestamp> = None;
        loop {
            place = self.take_newer(&mut session, held, place, recipient.as_deref()).await?;
            let half_done = self.unfinished.take().is_some();
            if half_done || counted_at.is_none_or(|at| Timestamp::now().duration_since(at) >= COUNT_EVERY) {
                self.reconcile(&mut session, held, place, recipient.as_deref()).await?;
                counted_at = Some(Timestamp::now());
                place = self.take_newer(&mut session, held, place, recipient.as_deref()).await?;
            }
            match &self.unfinished {
                None => held.reached(Timestamp::now()).await?,
                Some(words) => held.in_trouble(words, Timestamp::now()).await?,
            }
            session = match can_idle {
                true => conversation::idle(session, LOOK_EVERY).await?,
                false => {
                    tokio::time::sleep(POLL_EVERY).await;
                    session.noop().await?;
                    session
                }
            };
        }
    }

    /// Takes what is newer, until a search neither finds any nor is told of any while it is answered: a server tells of
    /// a letter once, and what it told here it does not tell again to one who waits.
    async fn take_newer(
        &mut self,
        session: &mut SignedIn,
        held: &mut HeldMailbox,
        mut place: Place,
        recipient: Option<&str>,
    ) -> Result<Place, ImapError> {
        let mut in_vain = 0;
        loop {
            let found = conversation::search(session, &format!("UID {}:*", place.last_uid.saturating_add(1))).await?;
            // "*" is the last one, even where that is older.
            let before = place.last_uid;
            for uid in found.uids.into_iter().filter(|uid| *uid > before) {
                let after = Place { last_uid: uid, ..place };
                self.take_one(session, held, uid, after, recipient).await?;
                place = after;
            }
            in_vain = if place.last_uid == before { in_vain + 1 } else { 0 };
            if in_vain == MOST_IN_VAIN || (in_vain > 0 && !found.told_of_more) {
                return Ok(place);
            }
        }
    }

    /// The address of the mailbox's division.
    async fn recipient(&self) -> Result<Option<String>, ImapError> {
        let Some(slug) = &self.mailbox.division else { return Ok(None) };
        let directory = self.door.desk.directory().await?;
        let division = directory.divisions.iter().find(|division| division.slug == *slug);
        let division = division.ok_or_else(|| ImapError::NoDivision(slug.clone()))?;
        Ok(Some(division.email.to_string()))
    }

    /// Takes a letter. One that the server will not give delays the others no more than a few times.
    async fn take_one(
        &mut self,
        session: &mut SignedIn,
        held: &mut HeldMailbox,
        uid: u32,
        after: Place,
        recipient: Option<&str>,
    ) -> Result<(), ImapError> {
        let tries = self.failures.entry(uid).or_default();
        *tries += 1;
        let tries = *tries;
        match self.take(session, held, uid, after, recipient).await {
            Ok(()) => {
                self.failures.remove(&uid);
                Ok(())
            }
            Err(error @ ImapError::Desk(_)) => {
                self.failures.remove(&uid);
                Err(error)
            }
            Err(error) if tries < TRIES => Err(error),
            Err(error) => {
                tracing::error!(%error, uid, "a letter cannot be fetched; it is tried again at the next count");
                held.go_to(after).await?;
                if let ImapError::Refused { .. } = error { Ok(()) } else { Err(error) }
            }
        }
    }

    async fn take(
        &mut self,
        session: &mut SignedIn,
        held: &mut HeldMailbox,
        uid: u32,
        after: Place,
        recipient: Option<&str>,
    ) -> Result<(), ImapError> {
        let Some(size) = conversation::size(session, uid).await? else { return Ok(held.go_to(after).await?) };
        let Some(raw) = conversation::letter(session, uid, MOST_KEPT).await? else {
            return Ok(held.go_to(after).await?);
        };
        let digest: [u8; 32] = Sha256::digest(&raw).into();
        if !held.knows_from_before(&digest, after.uid_validity).await? {
            let size = (size as usize).max(raw.len());
            let arrival = self.understand(raw, size, recipient).await;
            let receipt = self.door.intake.receive(arrival).await?;
            let ticket = receipt.ticket.map(|ticket| ticket.to_string());
            tracing::info!(outcome = %receipt.outcome, ticket, "letter fetched");
        }
        held.stored(uid, &digest, after).await?;
        if (size as usize) <= MOST_KEPT {
            self.finish(session, uid).await?;
        }
        Ok(())
    }

    /// Marks or moves what is stored. A server that refuses to does not keep letters from being read.
    async fn finish(&mut self, session: &mut SignedIn, uid: u32) -> Result<(), ImapError> {
        match conversation::afterwards(session, &self.mailbox, uid).await {
            Err(error @ ImapError::Refused { .. }) => {
                tracing::warn!(%error, uid, "a letter is stored, but stays as it is on the server");
                self.unfinished = Some(error.to_string());
                Ok(())
            }
            done => done,
        }
    }

    async fn understand(&self, raw: Vec<u8>, size: usize, recipient: Option<&str>) -> Arrival {
        let recipients = match recipient {
            Some(address) => vec![address.to_owned()],
            None => delivered_to(&raw),
        };
        if size > LARGEST {
            return Arrival::NotUnderstood(NotUnderstood::too_large(size, raw, recipients, Timestamp::now()));
        }
        let letter = Letter { return_path: None, recipients, raw };
        understand_in_time(&self.door.desk.reading(), letter, Timestamp::now()).await
    }

    /// Compares the server's letters with the ledger, fetches what is missing, and finishes what was left half done.
    async fn reconcile(
        &mut self,
        session: &mut SignedIn,
        held: &mut HeldMailbox,
        place: Place,
        recipient: Option<&str>,
    ) -> Result<(), ImapError> {
        if Timestamp::now().duration_since(self.forgotten_at) >= COUNT_EVERY {
            self.failures.clear();
            self.forgotten_at = Timestamp::now();
        }
        let there = conversation::search(session, "ALL").await?.uids;
        let known = held.in_ledger(place.uid_validity, &there).await?;
        for uid in there.iter().filter(|uid| **uid <= place.last_uid) {
            if !known.contains(uid) && self.failures.get(uid).is_none_or(|tries| *tries < TRIES) {
                self.take_one(session, held, *uid, place, recipient).await?;
            } else if known.contains(uid)
                && self.unfinished.is_none()
                && matches!(self.mailbox.afterwards, Afterwards::MoveTo(_))
            {
                self.finish(session, *uid).await?;
            }
        }
        let there = conversation::search(session, "ALL").await?.uids;
        let known = held.in_ledger(place.uid_validity, &there).await?;
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        held.counted(Count { at: Timestamp::now(), on_server: count(there.len()), in_ledger: count(known.len()) })
            .await?;
        Ok(())
    }
}
