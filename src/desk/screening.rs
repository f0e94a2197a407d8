//! What is still to be asked of others about what is stored: signed letters that nobody has judged, and files that nobody
//! has scanned. It is claimed and committed before anybody is asked; no transaction is open across the network.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::desk::{Desk, DeskError};
use crate::domain::authenticity::Check;
use crate::domain::scan::Scan;
use crate::domain::threading::Proof;
use crate::postgres::column::{Json, Word};
use crate::postgres::condition::IsUnscanned;
use crate::postgres::schema::{arrivals, blobs, messages, unjudged};

/// How long after each attempt the next one follows, where the DNS did not answer; after the last nothing is known.
const PAUSES: [SignedDuration; 4] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(10),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(6),
];

/// A signed letter whose sender nobody has judged.
#[derive(Debug, Clone)]
pub struct Unjudged {
    /// The message made of it.
    pub message: Uuid,
    /// The bytes as they came.
    pub raw: Vec<u8>,
}

/// A file that nobody has scanned.
#[derive(Debug, Clone)]
pub struct Unscanned {
    /// By what it is known.
    pub sha256: Vec<u8>,
    /// The bytes.
    pub content: Vec<u8>,
}

impl Desk {
    /// Claims a letter to be judged, for as long as the pause until it would be tried again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn claim_unjudged(&self, now: Timestamp) -> Result<Option<Unjudged>, DeskError> {
        let mut connection = self.database.connection().await?;
        let claimed = connection
            .transaction::<_, DeskError, _>(async |connection| {
                let next: Option<(Uuid, i32)> = unjudged::table
                    .filter(unjudged::next_attempt_at.le(jiff_diesel::Timestamp::from(now)))
                    .order(unjudged::next_attempt_at)
                    .select((unjudged::message_id, unjudged::attempts))
                    .for_update()
                    .skip_locked()
                    .first(connection)
                    .await
                    .optional()?;
                let Some((message, attempts)) = next else { return Ok(None) };
                let pause = usize::try_from(attempts).ok().and_then(|attempts| PAUSES.get(attempts));
                match pause {
                    None => {
                        diesel::delete(unjudged::table.find(message)).execute(connection).await?;
                    }
                    Some(pause) => {
                        let later = jiff_diesel::Timestamp::from(now + *pause);
                        diesel::update(unjudged::table.find(message))
                            .set((unjudged::attempts.eq(attempts + 1), unjudged::next_attempt_at.eq(later)))
                            .execute(connection)
                            .await?;
                    }
                }
                Ok(Some((message, pause.is_some())))
            })
            .await?;
        let Some((message, true)) = claimed else { return Ok(None) };
        let raw: Option<Vec<u8>> = messages::table
            .find(message)
            .inner_join(arrivals::table)
            .select(arrivals::raw)
            .first(&mut connection)
            .await
            .optional()?;
        Ok(raw.map(|raw| Unjudged { message, raw }))
    }

    /// Writes down which checks of a letter failed. Where it joined its ticket by the reference in its subject alone, that
    /// is not believed from such a sender, and it gets a ticket of its own.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn judge(&self, message: Uuid, failed: &[Check]) -> Result<(), DeskError> {
        let mut connection = self.database.connection().await?;
        let joined_by = write_judgement(&mut connection, message, failed).await?;
        drop(connection);
        if joined_by == Some(Proof::Subject) && !failed.is_empty() {
            self.take_apart(message, failed).await?;
        }
        Ok(())
    }

    /// A file that nobody has scanned, the newest first: somebody may wait for it, as nobody does for those of years ago on
    /// the day on which a scanner is set.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unscanned(&self) -> Result<Option<Unscanned>, DeskError> {
        let mut connection = self.database.connection().await?;
        let next: Option<(Vec<u8>, Vec<u8>)> = blobs::table
            .filter(IsUnscanned)
            .order(blobs::created_at.desc())
            .select((blobs::sha256, blobs::content))
            .first(&mut connection)
            .await
            .optional()?;
        Ok(next.map(|(sha256, content)| Unscanned { sha256, content }))
    }

    /// How many files have waited for the scanner since before `then`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_unscanned(&self, then: Timestamp) -> Result<i64, DeskError> {
        let mut connection = self.database.connection().await?;
        let waiting = blobs::table.filter(IsUnscanned).filter(blobs::created_at.lt(jiff_diesel::Timestamp::from(then)));
        Ok(waiting.count().get_result(&mut connection).await?)
    }

    /// Writes down what the scanner says of a file.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn scanned(&self, sha256: &[u8], scan: &Scan) -> Result<(), DeskError> {
        let mut connection = self.database.connection().await?;
        let (word, virus) = scan_in_columns(scan);
        diesel::update(blobs::table.find(sha256))
            .set((blobs::scan.eq(word), blobs::virus.eq(virus)))
            .execute(&mut connection)
            .await?;
        self.changed();
        Ok(())
    }
}

/// By what the letter joined its ticket; `None` where it began one, or where another instance was faster.
async fn write_judgement(
    connection: &mut AsyncPgConnection,
    message: Uuid,
    failed: &[Check],
) -> Result<Option<Proof>, DeskError> {
    connection
        .transaction::<_, DeskError, _>(async |connection| {
            let joined_by: Option<Option<Word<Proof>>> = diesel::delete(unjudged::table.find(message))
                .returning(unjudged::joined_by)
                .get_result(connection)
                .await
                .optional()?;
            if joined_by.is_some() && !failed.is_empty() {
                diesel::update(messages::table.find(message))
                    .set(messages::failed_checks.eq(Json(failed)))
                    .execute(connection)
                    .await?;
            }
            Ok(joined_by.flatten().map(|Word(proof)| proof))
        })
        .await
}

fn scan_in_columns(scan: &Scan) -> (&'static str, Option<&str>) {
    match scan {
        Scan::Clean => ("clean", None),
        Scan::Found { virus } => ("found", Some(virus)),
        Scan::Unscannable => ("unscannable", None),
    }
}

/// What the columns say; `None` where nobody was asked yet.
pub(crate) fn scan_of_columns(word: Option<&str>, virus: Option<String>) -> Option<Scan> {
    match (word?, virus) {
        (_, Some(virus)) => Some(Scan::Found { virus }),
        ("unscannable", None) => Some(Scan::Unscannable),
        _ => Some(Scan::Clean),
    }
}
