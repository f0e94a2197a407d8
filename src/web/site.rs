//! What handlers know: the desk, once its database is there, and how the web is served.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use governor::clock::DefaultClock;
use governor::state::keyed::DashMapStateStore;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use jiff::{SignedDuration, Timestamp};
use poem::Request;
use poem::http::StatusCode;
use sha2::{Digest, Sha256};

use crate::desk::Desk;
use crate::desk::receive::Intake;
use crate::domain::language::Language;
use crate::domain::network::{Networks, client_address, counted_as};
use crate::domain::suspicion::{Repetition, likeness};
use crate::screening::scanner::Scanner;
use crate::web::seal::Sealer;

/// What a running desk has, once its database has answered.
pub struct Opened {
    /// The desk.
    pub desk: Desk,
    /// The door in.
    pub intake: Intake,
    /// Hidden tokens.
    pub sealer: Sealer,
}

/// Whether letters leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outgoing {
    /// To a mail server.
    Sent,
    /// Into files: the dashboard says so.
    Captured,
}

/// How the web is served.
pub struct Serving {
    /// Links, without a slash at the end.
    pub public_url: String,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Networks,
    /// Whether letters leave.
    pub outgoing: Outgoing,
    /// The mailboxes that letters are fetched from.
    pub mailboxes: Vec<String>,
    /// Who is asked whether files hold a virus.
    pub scanner: Option<Scanner>,
    /// Enquiries by form from one network address.
    pub enquiries_per_hour: Option<NonZeroU32>,
}

type Limiter<Key> = RateLimiter<Key, DashMapStateStore<Key>, DefaultClock>;

/// Limits are forgotten that nobody comes near, once there are so many.
const MOST_COUNTED: usize = 10_000;

fn has_room_for<Key: Clone + Eq + Hash>(limiter: &Limiter<Key>, key: &Key) -> bool {
    if limiter.len() > MOST_COUNTED {
        limiter.retain_recent();
    }
    limiter.check_key(key).is_ok()
}

struct Inner {
    serving: Serving,
    limiter: Option<Limiter<IpAddr>>,
    votes: Option<Limiter<IpAddr>>,
    keeping: Option<Limiter<IpAddr>>,
    texts: Option<Limiter<[u8; 32]>>,
    calm: Option<DefaultDirectRateLimiter>,
    /// Until when the desk is under attack: seconds since 1970.
    attacked_until: AtomicI64,
    opened: OnceLock<Opened>,
    lmtp_listens: OnceLock<()>,
    languages: Mutex<HashMap<[u8; 32], Language>>,
}

/// Opinions on pages, and searches without a find, that count from one network.
const VOTES_PER_HOUR: NonZeroU32 = NonZeroU32::new(60).expect("60 is not 0");

/// The same text that people send: a form letter goes round, an advertisement is poured out.
const SAME_TEXT_PER_HOUR: NonZeroU32 = NonZeroU32::new(20).expect("20 is not 0");
/// The desk is under attack when more enquiries come within an hour than so many networks may send.
const CALM: NonZeroU32 = NonZeroU32::new(5).expect("5 is not 0");
/// How long an attack is taken to last.
const ATTACK: SignedDuration = SignedDuration::from_mins(15);

/// For each enquiry that may come from one network, this often files may come before it.
const KEEPING_PER_ENQUIRY: NonZeroU32 = NonZeroU32::new(5).expect("5 is not 0");

/// Sessions whose language is remembered.
const MOST_REMEMBERED: usize = 10_000;

/// What handlers know. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

impl Site {
    /// A site whose database has not answered yet.
    #[must_use]
    pub fn new(serving: Serving) -> Self {
        let keyed = |most| RateLimiter::keyed(Quota::per_hour(most).allow_burst(most));
        let limiter = serving.enquiries_per_hour.map(keyed);
        let votes = serving.enquiries_per_hour.map(|_| keyed(VOTES_PER_HOUR));
        let keeping = serving.enquiries_per_hour.map(|most| keyed(most.saturating_mul(KEEPING_PER_ENQUIRY)));
        let texts = serving.enquiries_per_hour.map(|_| RateLimiter::keyed(Quota::per_hour(SAME_TEXT_PER_HOUR)));
        let calm =
            serving.enquiries_per_hour.map(|most| RateLimiter::direct(Quota::per_hour(most.saturating_mul(CALM))));
        Self(Arc::new(Inner {
            serving,
            limiter,
            votes,
            keeping,
            texts,
            calm,
            attacked_until: AtomicI64::default(),
            opened: OnceLock::new(),
            lmtp_listens: OnceLock::new(),
            languages: Mutex::default(),
        }))
    }

    /// Remembers the language of a session, for what has to be said while the database is away.
    pub fn remember_language(&self, session: &str, language: Language) {
        let mut languages = self.0.languages.lock().unwrap_or_else(PoisonError::into_inner);
        if languages.len() >= MOST_REMEMBERED {
            languages.clear();
        }
        languages.insert(Sha256::digest(session).into(), language);
    }

    /// The language of a session, as it was last seen.
    #[must_use]
    pub fn language_of(&self, session: &str) -> Option<Language> {
        let languages = self.0.languages.lock().unwrap_or_else(PoisonError::into_inner);
        languages.get(&<[u8; 32]>::from(Sha256::digest(session))).copied()
    }

    /// The database has answered.
    pub fn open(&self, opened: Opened) {
        // Opened once only: the service has one database.
        let _ = self.0.opened.set(opened);
    }

    /// The mail intake is listening, or turned off.
    pub fn lmtp_is_there(&self) {
        let _ = self.0.lmtp_listens.set(());
    }

    /// Whether the mail intake is listening, or turned off.
    #[must_use]
    pub fn has_lmtp(&self) -> bool {
        self.0.lmtp_listens.get().is_some()
    }

    /// What a running desk has.
    ///
    /// # Errors
    /// 503 while the database has not answered.
    pub fn opened(&self) -> poem::Result<&Opened> {
        self.0.opened.get().ok_or_else(|| poem::Error::from_status(StatusCode::SERVICE_UNAVAILABLE))
    }

    /// How the web is served.
    #[must_use]
    pub fn serving(&self) -> &Serving {
        &self.0.serving
    }

    /// Whether one more enquiry may come from the client's network.
    #[must_use]
    pub fn may_enquire(&self, request: &Request) -> bool {
        self.has_room(self.0.limiter.as_ref(), request)
    }

    /// Whether one more opinion on a page, or search without a find, from the client's network counts.
    #[must_use]
    pub fn may_vote(&self, request: &Request) -> bool {
        self.has_room(self.0.votes.as_ref(), request)
    }

    /// Whether the client's network may once more send files for an enquiry that is still to come.
    #[must_use]
    pub fn may_keep(&self, request: &Request) -> bool {
        self.has_room(self.0.keeping.as_ref(), request)
    }

    /// Whether there are any limits on forms.
    #[must_use]
    pub fn has_limits(&self) -> bool {
        self.0.serving.enquiries_per_hour.is_some()
    }

    /// Counts a text, and tells whether it comes more often than people send the same.
    #[must_use]
    pub fn repetition(&self, text: &str) -> Repetition {
        let Some((limiter, likeness)) = self.0.texts.as_ref().zip(likeness(text)) else { return Repetition::Usual };
        if has_room_for(limiter, &likeness) { Repetition::Usual } else { Repetition::Excessive }
    }

    /// Counts an enquiry by form: so many of them are an attack.
    pub fn enquired(&self, now: Timestamp) {
        if self.0.calm.as_ref().is_some_and(|calm| calm.check().is_err()) {
            let until = (now + ATTACK).as_second();
            if self.0.attacked_until.swap(until, Ordering::Relaxed) < now.as_second() {
                tracing::warn!("very many enquiries come by the form: pages ask for a proof of work");
            }
        }
    }

    /// Whether pages are to have their work done.
    #[must_use]
    pub fn is_under_attack(&self, now: Timestamp) -> bool {
        self.0.attacked_until.load(Ordering::Relaxed) >= now.as_second()
    }

    fn has_room(&self, limiter: Option<&Limiter<IpAddr>>, request: &Request) -> bool {
        limiter.is_none_or(|limiter| has_room_for(limiter, &counted_as(self.client(request))))
    }

    /// The client's address.
    #[must_use]
    pub fn client(&self, request: &Request) -> IpAddr {
        let peer = request.remote_addr().as_socket_addr().map_or(IpAddr::from([0, 0, 0, 0]), |address| address.ip());
        let forwarded = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        client_address(peer, &forwarded.collect::<Vec<_>>().join(","), &self.0.serving.trusted_proxies)
    }
}
