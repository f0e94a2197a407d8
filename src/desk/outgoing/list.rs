//! The outbox as staff see it: every letter not yet sent, refused, or of unknown fate.

use diesel::dsl::count_star;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::outgoing::State;
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::reference::Reference;
use crate::postgres::column::Word;
use crate::postgres::condition::IsUnfinished;
use crate::postgres::schema::{outbox, tickets};

/// A letter in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// Key.
    pub id: Uuid,
    /// Its ticket.
    pub ticket: Reference,
    /// The ticket's subject.
    pub subject: String,
    /// Who is to get it.
    pub recipient: String,
    /// Where it stands.
    pub state: State,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub next_at: Timestamp,
    /// The server's last code.
    pub code: Option<String>,
    /// The server's last words.
    pub words: Option<String>,
    /// When it was written.
    pub written_at: Timestamp,
}

/// The most letters that are shown at once: the newest.
const MOST: i64 = 200;

impl Desk {
    /// The letters that are not sent, newest first, those that wait for a person before all others.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unfinished_letters(&self, viewer: &Viewer) -> Result<Vec<Unfinished>, DeskError> {
        let mut connection = self.database.connection().await?;
        type Row = (
            (Uuid, i64, String, String, Word<State>, i32),
            (jiff_diesel::Timestamp, Option<String>, Option<String>, jiff_diesel::Timestamp),
        );
        let mut query = outbox::table
            .inner_join(tickets::table)
            .filter(IsUnfinished)
            .order(outbox::number.desc())
            .limit(MOST)
            .select((
                (outbox::id, tickets::number, tickets::subject, outbox::recipient, outbox::state, outbox::attempts),
                (outbox::next_attempt_at, outbox::server_code, outbox::server_words, outbox::created_at),
            ))
            .into_boxed();
        if let Some(divisions) = &viewer.divisions {
            query = query.filter(tickets::division_id.eq_any(divisions));
        }
        let rows: Vec<Row> = query.load(&mut connection).await?;
        let mut letters: Vec<Unfinished> = rows
            .into_iter()
            .map(|((id, number, subject, recipient, Word(state), tries), (next_at, code, words, written_at))| {
                Unfinished {
                    id,
                    ticket: Reference::from_number(u64::try_from(number).unwrap_or_default()),
                    subject,
                    recipient,
                    state,
                    tries: u32::try_from(tries).unwrap_or_default(),
                    next_at: next_at.to_jiff(),
                    code,
                    words,
                    written_at: written_at.to_jiff(),
                }
            })
            .collect();
        letters.sort_by_key(|letter| !matches!(letter.state, State::Refused | State::Unknown));
        Ok(letters)
    }

    /// How many letters are not sent, and how many were only captured because no server is set.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_letters(&self) -> Result<LetterCounts, DeskError> {
        count(&*self.database.connection().await?, None).await
    }
}

/// Counts on a connection that may be asked other things at the same time: of some divisions, or of all.
pub(crate) async fn count(
    mut connection: &AsyncPgConnection,
    divisions: Option<&Vec<Uuid>>,
) -> Result<LetterCounts, DeskError> {
    let letters = outbox::table.filter(IsUnfinished);
    let by_state: Vec<(Word<State>, i64)> = match divisions {
        None => letters.group_by(outbox::state).select((outbox::state, count_star())).load(&mut connection).await?,
        Some(divisions) => {
            let theirs = letters.inner_join(tickets::table).filter(tickets::division_id.eq_any(divisions));
            theirs.group_by(outbox::state).select((outbox::state, count_star())).load(&mut connection).await?
        }
    };
    let count = |wanted: &[State]| {
        by_state.iter().filter(|(Word(state), _)| wanted.contains(state)).map(|(_, count)| *count).sum::<i64>()
    };
    Ok(LetterCounts {
        on_their_way: count(&[State::Waiting, State::Claimed, State::Handing]),
        refused: count(&[State::Refused]),
        unknown: count(&[State::Unknown]),
    })
}

/// Letters that are not sent, by what they wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LetterCounts {
    /// To be sent by itself.
    pub on_their_way: i64,
    /// Refused for good.
    pub refused: i64,
    /// Of unknown fate.
    pub unknown: i64,
}
