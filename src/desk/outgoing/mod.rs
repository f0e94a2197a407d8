//! One door out: the fate of letters in the outbox.
//!
//! A letter is `waiting` until a worker claims it with a lease (`claimed`), is `handing` from the commit just before
//! `DATA` until the server has answered, and ends as `sent`, `captured`, `refused` or `unknown`. A lease that ran out
//! before `DATA` goes back to `waiting`; one that ran out after it becomes `unknown`, and nobody sends it a second time
//! until a person decides.

pub mod fate;
pub mod list;

use std::time::Duration;

use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::desk::{Desk, DeskError, change, own_page};
use crate::domain::event::Event;
use crate::domain::letter::Letter;
use crate::domain::named::named;
use crate::domain::reference::Reference;
use crate::postgres::column::{Json, Word};
use crate::postgres::condition::IsWaiting;
use crate::postgres::schema::{outbox, own_page_keys, tickets};

/// How long a worker may hold a letter: longer than all the timeouts of one conversation with a server.
const LEASE: SignedDuration = SignedDuration::from_mins(5);

named! {
    /// Where a letter stands.
    pub enum State as "state of a letter" {
        /// Not yet claimed, or to be tried again.
        Waiting = "waiting",
        /// A worker has it.
        Claimed = "claimed",
        /// A worker is handing it to the server.
        Handing = "handing",
        /// The server took it.
        Sent = "sent",
        /// Written to a file, since no server is set.
        Captured = "captured",
        /// Refused for good.
        Refused = "refused",
        /// Perhaps taken.
        Unknown = "unknown",
        /// A person decided that nothing more is to be done.
        Settled = "settled",
    }
}

/// A letter that a worker holds.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Key.
    pub id: Uuid,
    /// Names the letter in its return path.
    pub number: u64,
    /// The ticket it belongs to.
    pub ticket: Reference,
    /// The letter.
    pub letter: Letter,
    /// How often it was tried before.
    pub tries: u32,
    /// Since when it waits.
    pub written_at: Timestamp,
    /// Which key opens the ticket's own page.
    pub generation: u32,
}

impl Desk {
    /// Claims up to `most` letters that are due.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn claim_letters(&self, worker: Uuid, most: i64, now: Timestamp) -> Result<Vec<Claimed>, DeskError> {
        let mut connection = self.database.connection().await?;
        let ids: Vec<Uuid> = connection
            .transaction::<_, DeskError, _>(async move |connection| {
                let due: Vec<Uuid> = outbox::table
                    .filter(IsWaiting)
                    .filter(outbox::next_attempt_at.le(jiff_diesel::Timestamp::from(now)))
                    .order(outbox::next_attempt_at)
                    .limit(most)
                    .select(outbox::id)
                    .for_update()
                    .skip_locked()
                    .load(connection)
                    .await?;
                if !due.is_empty() {
                    diesel::update(outbox::table.filter(outbox::id.eq_any(&due)))
                        .set((
                            outbox::state.eq(Word(State::Claimed)),
                            outbox::lease_holder.eq(worker),
                            outbox::lease_until.eq(jiff_diesel::Timestamp::from(now + LEASE)),
                        ))
                        .execute(connection)
                        .await?;
                }
                Ok(due)
            })
            .await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        type Row = ((Uuid, i64, i64, Json<Letter>, i32, jiff_diesel::Timestamp), Option<i32>);
        let rows: Vec<Row> = outbox::table
            .inner_join(tickets::table)
            .left_join(own_page_keys::table.on(own_page_keys::ticket_id.eq(outbox::ticket_id)))
            .filter(outbox::id.eq_any(&ids))
            .order(outbox::number)
            .select((
                (outbox::id, outbox::number, tickets::number, outbox::letter, outbox::attempts, outbox::created_at),
                own_page_keys::generation.nullable(),
            ))
            .load(&mut connection)
            .await?;
        Ok(rows
            .into_iter()
            .map(|((id, number, ticket, Json(letter), tries, written_at), generation)| Claimed {
                id,
                number: u64::try_from(number).unwrap_or_default(),
                ticket: Reference::from_number(u64::try_from(ticket).unwrap_or_default()),
                letter,
                tries: u32::try_from(tries).unwrap_or_default(),
                written_at: written_at.to_jiff(),
                generation: own_page::generation(generation),
            })
            .collect())
    }

    /// Looks after letters whose worker is gone: back to waiting, or of unknown fate.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn end_leases(&self, now: Timestamp) -> Result<(), DeskError> {
        let mut connection = self.database.connection().await?;
        let lost = connection
            .transaction::<_, DeskError, _>(async move |connection| {
                let over = outbox::lease_until.lt(jiff_diesel::Timestamp::from(now));
                diesel::update(outbox::table.filter(outbox::state.eq("claimed").and(over)))
                    .set((
                        outbox::state.eq(Word(State::Waiting)),
                        outbox::lease_holder.eq(None::<Uuid>),
                        outbox::lease_until.eq(None::<jiff_diesel::Timestamp>),
                    ))
                    .execute(connection)
                    .await?;
                let lost: Vec<(Uuid, String)> =
                    diesel::update(outbox::table.filter(outbox::state.eq("handing").and(over)))
                        .set((
                            outbox::state.eq(Word(State::Unknown)),
                            outbox::lease_holder.eq(None::<Uuid>),
                            outbox::lease_until.eq(None::<jiff_diesel::Timestamp>),
                            outbox::finished_at.eq(jiff_diesel::Timestamp::from(now)),
                        ))
                        .returning((outbox::ticket_id, outbox::recipient))
                        .get_results(connection)
                        .await?;
                let count = lost.len();
                for (ticket, recipient) in lost {
                    change::write_event(connection, ticket, None, &Event::FateUnknown { recipient }, now).await?;
                }
                Ok(count)
            })
            .await?;
        if lost > 0 {
            self.changed();
        }
        Ok(())
    }

    /// How long until the next letter is due, at most `longest`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn until_next_letter(&self, longest: Duration, now: Timestamp) -> Result<Duration, DeskError> {
        let mut connection = self.database.connection().await?;
        let next: Option<jiff_diesel::Timestamp> = outbox::table
            .filter(IsWaiting)
            .select(diesel::dsl::min(outbox::next_attempt_at))
            .first(&mut connection)
            .await?;
        let wait = next.map_or(longest, |at| Duration::try_from(at.to_jiff().duration_since(now)).unwrap_or_default());
        Ok(wait.min(longest))
    }
}
