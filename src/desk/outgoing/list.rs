//! The outbox as staff see it: every letter not yet sent, refused, or of unknown fate; and those that were sent.

use diesel::dsl::count_star;
use diesel::{ExpressionMethods, QueryDsl, SelectableHelper};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::outgoing::State;
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::enquiry::BounceReport;
use crate::domain::reference::Reference;
use crate::postgres::column::{Json, Word};
use crate::postgres::condition::{IsFinished, IsReturned, IsUnfinished};
use crate::postgres::schema::{outbox, tickets};

/// A letter in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Key.
    pub id: Uuid,
    /// Its place in the outbox.
    pub number: i64,
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
    /// The report that it came back.
    pub bounce: Option<BounceReport>,
    /// When it was written.
    pub written_at: Timestamp,
}

/// The most letters that are shown at once: the newest.
const MOST: i64 = 200;
/// The letters that were sent on one page.
const SENT_ON_A_PAGE: usize = 50;

#[derive(diesel::Queryable, diesel::Selectable)]
#[diesel(table_name = outbox, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: Uuid,
    number: i64,
    recipient: String,
    state: Word<State>,
    attempts: i32,
    next_attempt_at: jiff_diesel::Timestamp,
    server_code: Option<String>,
    server_words: Option<String>,
    bounce: Option<Json<BounceReport>>,
    created_at: jiff_diesel::Timestamp,
}

/// Which letters wait for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// They are not sent.
    Unfinished,
    /// They came back.
    Returned,
}

impl Desk {
    /// The letters that are not sent, newest first, those that wait for a person before all others.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unfinished_letters(&self, viewer: &Viewer) -> Result<Vec<Posted>, DeskError> {
        let mut letters = self.letters(viewer, Which::Unfinished).await?;
        letters.sort_by_key(|letter| !matches!(letter.state, State::Refused | State::Unknown));
        Ok(letters)
    }

    /// The letters that were sent and came back, newest first, until somebody takes care of them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn returned_letters(&self, viewer: &Viewer) -> Result<Vec<Posted>, DeskError> {
        self.letters(viewer, Which::Returned).await
    }

    async fn letters(&self, viewer: &Viewer, which: Which) -> Result<Vec<Posted>, DeskError> {
        let mut connection = self.database.connection().await?;
        let query = outbox::table
            .inner_join(tickets::table)
            .order(outbox::number.desc())
            .limit(MOST)
            .select((Row::as_select(), tickets::number, tickets::subject))
            .into_boxed();
        let mut query = match which {
            Which::Unfinished => query.filter(IsUnfinished),
            Which::Returned => query.filter(IsReturned),
        };
        if let Some(divisions) = &viewer.divisions {
            query = query.filter(tickets::division_id.eq_any(divisions));
        }
        let rows: Vec<(Row, i64, String)> = query.load(&mut connection).await?;
        Ok(rows.into_iter().map(posted).collect())
    }

    /// The letters that were sent, kept as files or settled, newest first, below a place in the outbox; and the place
    /// of the next page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn finished_letters(
        &self,
        viewer: &Viewer,
        below: Option<i64>,
    ) -> Result<(Vec<Posted>, Option<i64>), DeskError> {
        let mut connection = self.database.connection().await?;
        let mut query = outbox::table
            .inner_join(tickets::table)
            .filter(IsFinished)
            .filter(outbox::number.lt(below.unwrap_or(i64::MAX)))
            .order(outbox::number.desc())
            .limit(i64::try_from(SENT_ON_A_PAGE).unwrap_or(MOST) + 1)
            .select((Row::as_select(), tickets::number, tickets::subject))
            .into_boxed();
        if let Some(divisions) = &viewer.divisions {
            query = query.filter(tickets::division_id.eq_any(divisions));
        }
        let rows: Vec<(Row, i64, String)> = query.load(&mut connection).await?;
        let mut letters: Vec<Posted> = rows.into_iter().map(posted).collect();
        let is_all = letters.len() <= SENT_ON_A_PAGE;
        letters.truncate(SENT_ON_A_PAGE);
        let next = letters.last().filter(|_| !is_all).map(|letter| letter.number);
        Ok((letters, next))
    }

    /// How many letters are not sent, and how many were only captured because no server is set.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_letters(&self) -> Result<LetterCounts, DeskError> {
        count(&*self.database.connection().await?, None).await
    }
}

fn posted((row, ticket, subject): (Row, i64, String)) -> Posted {
    Posted {
        id: row.id,
        number: row.number,
        ticket: Reference::from_number(u64::try_from(ticket).unwrap_or_default()),
        subject,
        recipient: row.recipient,
        state: row.state.0,
        tries: u32::try_from(row.attempts).unwrap_or_default(),
        next_at: row.next_attempt_at.to_jiff(),
        code: row.server_code,
        words: row.server_words,
        bounce: row.bounce.map(|Json(report)| report),
        written_at: row.created_at.to_jiff(),
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
