//! What became of a letter that a worker holds, and what people decide about one.

use diesel::dsl::{exists, not};
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::outgoing::{Claimed, State};
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError, change};
use crate::domain::change::Refusal;
use crate::domain::enquiry::BounceReport;
use crate::domain::event::{Event, LetterDecision};
use crate::domain::letter::Hindrance;
use crate::postgres::column::{Json, Word};
use crate::postgres::condition::IsReturned;
use crate::postgres::schema::{events, messages, outbox, tickets};

/// What a mail server said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerAnswer {
    /// Its code, such as `550 5.1.1`; empty where none came; the name of a [`Hindrance`] where it was not asked.
    pub code: String,
    /// Its words, what went wrong before it spoke, or what is hindered.
    pub words: String,
}

impl ServerAnswer {
    /// What the desk says in the server's place.
    #[must_use]
    pub fn hindered(by: Hindrance, detail: impl Into<String>) -> Self {
        Self { code: by.to_string(), words: detail.into() }
    }
}

/// Whether a decision was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It was, or had been by the same person just before.
    Now,
    /// Something else had become of the letter since it was shown.
    Before(State),
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The server took it.
    Sent,
    /// Written to a file.
    Captured,
    /// Not now; again at this time.
    Later {
        /// When.
        at: Timestamp,
        /// Why.
        answer: ServerAnswer,
    },
    /// Never.
    Refused(ServerAnswer),
    /// The connection was lost after `DATA`.
    Unknown(ServerAnswer),
}

impl Desk {
    /// Marks a claimed letter as being handed over, in a commit of its own just before `DATA`. `false`: the lease is
    /// lost, and it must not be sent.
    ///
    /// # Errors
    /// When the database does not answer; then it must not be sent either.
    pub async fn hand_over(&self, letter: &Claimed, worker: Uuid, now: Timestamp) -> Result<bool, DeskError> {
        let mut connection = self.database.connection().await?;
        let held = outbox::table
            .filter(outbox::id.eq(letter.id).and(outbox::lease_holder.eq(worker)).and(outbox::state.eq("claimed")))
            .filter(outbox::lease_until.gt(jiff_diesel::Timestamp::from(now)));
        let marked = diesel::update(held).set(outbox::state.eq(Word(State::Handing))).execute(&mut connection).await?;
        Ok(marked == 1)
    }

    /// Writes down what became of letters that a worker holds.
    ///
    /// # Errors
    /// When the database does not answer: the lease then decides.
    pub async fn settle_letters(
        &self,
        fates: &[(&Claimed, Fate)],
        worker: Uuid,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let mut connection = self.database.connection().await?;
        let fates: Vec<(Uuid, String, Fate)> = fates
            .iter()
            .map(|(letter, fate)| (letter.id, letter.letter.recipient().to_string(), fate.clone()))
            .collect();
        connection
            .transaction::<_, DeskError, _>(async move |connection| {
                for state in [State::Sent, State::Captured] {
                    let done: Vec<Uuid> =
                        fates.iter().filter(|(.., fate)| ends_as(fate) == Some(state)).map(|(id, ..)| *id).collect();
                    if !done.is_empty() {
                        finish(connection, &done, worker, state, &ServerAnswer::default(), now).await?;
                    }
                }
                for (id, recipient, fate) in fates {
                    settle(connection, id, recipient, &fate, worker, now).await?;
                }
                Ok(())
            })
            .await?;
        self.changed();
        Ok(())
    }

    /// Carries out what a person decided about a letter that was refused, whose fate is unknown, that came back, or that
    /// still waits. Doing so twice is doing it once. `seen` is the state that the person saw.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is no such letter for them, [`Refusal::MayOnlyRead`] by their role.
    pub async fn decide_letter(
        &self,
        viewer: &Viewer,
        id: Uuid,
        decision: LetterDecision,
        seen: Option<State>,
        now: Timestamp,
    ) -> Result<Decided, DeskError> {
        if !viewer.role.may_change() {
            return Err(Refusal::MayOnlyRead.into());
        }
        let mut connection = self.database.connection().await?;
        let viewer = viewer.clone();
        let decided = connection
            .transaction::<_, DeskError, _>(async move |connection| {
                let row: Option<(Uuid, Option<Uuid>, String, Uuid)> = outbox::table
                    .inner_join(tickets::table)
                    .filter(outbox::id.eq(id))
                    .select((outbox::ticket_id, outbox::message_id, outbox::recipient, tickets::division_id))
                    .first(connection)
                    .await
                    .optional()?;
                let row = row.filter(|(.., division)| viewer.sees(*division));
                let (ticket, message, recipient, _) = row.ok_or(DeskError::NotFound { what: "letter" })?;
                let event = Event::LetterDecided { decision, recipient: recipient.clone() };
                let locked = outbox::table.find(id).select(outbox::state).for_update();
                let Word(state): Word<State> = locked.first(connection).await?;
                if seen.is_some_and(|seen| seen != state) {
                    return not_now(connection, ticket, &viewer, &event, state).await;
                }
                let failed = outbox::state.eq_any(["refused", "unknown", "waiting"]).or(IsReturned);
                let open = outbox::table.filter(outbox::id.eq(id)).filter(failed);
                let now_sql = jiff_diesel::Timestamp::from(now);
                let changed = match decision {
                    LetterDecision::SendAgain => {
                        diesel::update(open)
                            .set((
                                outbox::state.eq(Word(State::Waiting)),
                                outbox::attempts.eq(0),
                                outbox::bounce.eq(None::<Json<BounceReport>>),
                                outbox::next_attempt_at.eq(now_sql),
                                outbox::finished_at.eq(None::<jiff_diesel::Timestamp>),
                            ))
                            .execute(connection)
                            .await?
                    }
                    LetterDecision::Settle => {
                        diesel::update(open).set(outbox::state.eq(Word(State::Settled))).execute(connection).await?
                    }
                    LetterDecision::Arrived => {
                        let unknown = open.filter(outbox::state.eq(Word(State::Unknown)));
                        diesel::update(unknown).set(outbox::state.eq(Word(State::Sent))).execute(connection).await?
                    }
                };
                if changed == 0 {
                    return not_now(connection, ticket, &viewer, &event, state).await;
                }
                if decision != LetterDecision::Settle && is_answer(connection, ticket, message, &recipient).await? {
                    diesel::update(tickets::table.find(ticket).filter(tickets::answered_at.is_null()))
                        .set(tickets::answered_at.eq(now_sql))
                        .execute(connection)
                        .await?;
                }
                tracing::info!(letter = %id, state = %state, ?decision, "a person decided about a letter");
                change::write_event(connection, ticket, Some(viewer.id), &event, now).await?;
                mark_anew(connection, ticket, message).await?;
                Ok(Decided::Now)
            })
            .await?;
        self.letter_written();
        Ok(decided)
    }
}

/// A second press of one's own is no news; what somebody else decided, or the mail server, is.
async fn not_now(
    connection: &mut AsyncPgConnection,
    ticket: Uuid,
    viewer: &Viewer,
    decided: &Event,
    state: State,
) -> Result<Decided, DeskError> {
    let last: Option<(Option<Uuid>, Json<Event>)> = events::table
        .filter(events::ticket_id.eq(ticket))
        .order(events::id.desc())
        .select((events::staff_id, events::event))
        .first(connection)
        .await
        .optional()?;
    let theirs = last.is_some_and(|(who, Json(event))| who == Some(viewer.id) && event == *decided);
    Ok(if theirs { Decided::Now } else { Decided::Before(state) })
}

/// What somebody has taken care of marks message and ticket no longer; what else did not arrive still does.
async fn mark_anew(connection: &mut AsyncPgConnection, ticket: Uuid, message: Option<Uuid>) -> Result<(), DeskError> {
    if let Some(message) = message {
        let copies = outbox::table.filter(outbox::message_id.eq(message)).filter(IsReturned);
        let came_back: i64 = copies.count().get_result(connection).await?;
        if came_back == 0 {
            let unmarked = messages::bounce.eq(None::<Json<BounceReport>>);
            diesel::update(messages::table.find(message)).set(unmarked).execute(connection).await?;
        }
    }
    let letters = outbox::table.filter(outbox::ticket_id.eq(ticket));
    let failed = letters.filter(outbox::state.eq(Word(State::Refused)).or(IsReturned));
    let failed: i64 = failed.count().get_result(connection).await?;
    let came_back = messages::table.filter(messages::ticket_id.eq(ticket)).filter(messages::bounce.is_not_null());
    let came_back: i64 = came_back.count().get_result(connection).await?;
    let bounced = failed + came_back > 0;
    diesel::update(tickets::table.find(ticket)).set(tickets::bounced.eq(bounced)).execute(connection).await?;
    Ok(())
}

/// The state in which a fate that needs no words ends.
fn ends_as(fate: &Fate) -> Option<State> {
    match fate {
        Fate::Sent => Some(State::Sent),
        Fate::Captured => Some(State::Captured),
        _ => None,
    }
}

/// Whether a letter is an answer of somebody's to the enquirer: no acknowledgement, and nobody else's copy.
async fn is_answer(
    connection: &mut AsyncPgConnection,
    ticket: Uuid,
    message: Option<Uuid>,
    recipient: &str,
) -> Result<bool, DeskError> {
    let address: Option<String> =
        tickets::table.find(ticket).select(tickets::enquirer_address).first(connection).await?;
    Ok(message.is_some() && address.is_some_and(|address| address.to_lowercase() == recipient))
}

/// Takes back that a ticket is answered, where the letter that did not arrive was the only answer to the enquirer: the
/// promise is not kept.
pub(in crate::desk) async fn not_answered(
    connection: &mut AsyncPgConnection,
    ticket: Uuid,
    message: Option<Uuid>,
    recipient: &str,
) -> Result<(), DeskError> {
    let is_answer = is_answer(connection, ticket, message, recipient).await?;
    let Some(message) = message.filter(|_| is_answer) else { return Ok(()) };
    let arrived = messages::table.filter(messages::ticket_id.eq(ticket)).filter(messages::kind.eq("outbound"));
    let arrived = arrived.filter(messages::id.ne(message)).filter(messages::bounce.is_null());
    diesel::update(tickets::table.find(ticket).filter(not(exists(arrived))))
        .set(tickets::answered_at.eq(None::<jiff_diesel::Timestamp>))
        .execute(connection)
        .await?;
    Ok(())
}

async fn settle(
    connection: &mut AsyncPgConnection,
    id: Uuid,
    recipient: String,
    fate: &Fate,
    worker: Uuid,
    now: Timestamp,
) -> Result<(), DeskError> {
    let (state, answer) = match fate {
        Fate::Sent | Fate::Captured => return Ok(()),
        Fate::Later { at, answer } => return put_off(connection, id, worker, *at, answer).await,
        Fate::Refused(answer) => (State::Refused, answer),
        Fate::Unknown(answer) => (State::Unknown, answer),
    };
    for ticket in finish(connection, &[id], worker, state, answer, now).await? {
        let recipient = recipient.clone();
        let event = match state {
            State::Refused => Event::Refused { recipient, code: answer.code.clone(), words: answer.words.clone() },
            _ => Event::FateUnknown { recipient },
        };
        change::write_event(connection, ticket, None, &event, now).await?;
        if state == State::Refused {
            diesel::update(tickets::table.find(ticket)).set(tickets::bounced.eq(true)).execute(connection).await?;
            let of = outbox::table.find(id).select((outbox::message_id, outbox::recipient));
            let (message, recipient): (Option<Uuid>, String) = of.first(connection).await?;
            not_answered(connection, ticket, message, &recipient).await?;
        }
    }
    Ok(())
}

async fn finish(
    connection: &mut AsyncPgConnection,
    ids: &[Uuid],
    worker: Uuid,
    state: State,
    answer: &ServerAnswer,
    now: Timestamp,
) -> Result<Vec<Uuid>, DeskError> {
    let held = outbox::table.filter(outbox::id.eq_any(ids).and(outbox::lease_holder.eq(worker)));
    let tickets = diesel::update(held)
        .set((
            outbox::state.eq(Word(state)),
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::lease_holder.eq(None::<Uuid>),
            outbox::lease_until.eq(None::<jiff_diesel::Timestamp>),
            outbox::server_code.eq(some(&answer.code)),
            outbox::server_words.eq(some(&answer.words)),
            outbox::finished_at.eq(jiff_diesel::Timestamp::from(now)),
        ))
        .returning(outbox::ticket_id)
        .get_results(connection)
        .await?;
    Ok(tickets)
}

async fn put_off(
    connection: &mut AsyncPgConnection,
    id: Uuid,
    worker: Uuid,
    at: Timestamp,
    answer: &ServerAnswer,
) -> Result<(), DeskError> {
    diesel::update(outbox::table.filter(outbox::id.eq(id).and(outbox::lease_holder.eq(worker))))
        .set((
            outbox::state.eq(Word(State::Waiting)),
            outbox::attempts.eq(outbox::attempts + 1),
            outbox::next_attempt_at.eq(jiff_diesel::Timestamp::from(at)),
            outbox::lease_holder.eq(None::<Uuid>),
            outbox::lease_until.eq(None::<jiff_diesel::Timestamp>),
            outbox::server_code.eq(some(&answer.code)),
            outbox::server_words.eq(some(&answer.words)),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.replace('\0', ""))
}
