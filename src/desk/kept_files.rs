//! Files of forms that are not sent yet. They stand among the blobs for a while, so that nobody has to choose them a second
//! time, and go when nothing came of them.

use diesel::dsl::{exists, not};
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};

use crate::desk::{Desk, DeskError, attachments};
use crate::domain::enquiry::File;
use crate::postgres::schema::{attachments as attached, blobs, kept_files};

/// How long a form may come back to its files.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);
/// How long a file that is being stored anew stays at least: longer than any transaction takes.
const HELD_FOR: SignedDuration = SignedDuration::from_hours(1);
/// Files that are removed in one transaction.
const AT_A_TIME: i64 = 20;

impl Desk {
    /// Keeps files at least until then.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_files(&self, files: &[File], until: Timestamp) -> Result<(), DeskError> {
        if files.is_empty() {
            return Ok(());
        }
        let until = kept_files::until.eq(jiff_diesel::Timestamp::from(until));
        let mut connection = self.database.connection().await?;
        connection
            .transaction::<_, DeskError, _>(async |connection| {
                attachments::keep(connection, files.iter()).await?;
                for file in files {
                    diesel::insert_into(kept_files::table)
                        .values((kept_files::sha256.eq(&file.sha256[..]), until))
                        .on_conflict(kept_files::sha256)
                        .do_update()
                        .set(until)
                        .execute(connection)
                        .await?;
                }
                Ok(())
            })
            .await
    }

    /// The bytes of a file that was kept; none where its time is over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn kept_file(&self, sha256: &[u8]) -> Result<Option<Vec<u8>>, DeskError> {
        let mut connection = self.database.connection().await?;
        Ok(blobs::table.find(sha256).select(blobs::content).first(&mut connection).await.optional()?)
    }

    /// Removes files whose time is over, but for those that a message has.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget_kept_files(&self, now: Timestamp) -> Result<(), DeskError> {
        let mut connection = self.database.connection().await?;
        loop {
            let forgotten = connection
                .transaction::<_, DeskError, _>(async |connection| forget_some(connection, now).await)
                .await?;
            if forgotten == 0 {
                return Ok(());
            }
        }
    }
}

/// Holds a blob that is there already for whoever is about to tie a message to it. False: it has gone meanwhile.
pub(super) async fn hold(connection: &mut AsyncPgConnection, sha256: &[u8]) -> Result<bool, DeskError> {
    let until = jiff_diesel::Timestamp::from(Timestamp::now() + HELD_FOR);
    diesel::update(kept_files::table.find(sha256).filter(kept_files::until.lt(until)))
        .set(kept_files::until.eq(until))
        .execute(connection)
        .await?;
    Ok(diesel::select(exists(blobs::table.find(sha256))).get_result(connection).await?)
}

async fn forget_some(connection: &mut AsyncPgConnection, now: Timestamp) -> Result<usize, DeskError> {
    let over: Vec<Vec<u8>> = kept_files::table
        .filter(kept_files::until.lt(jiff_diesel::Timestamp::from(now)))
        .order(kept_files::until)
        .limit(AT_A_TIME)
        .select(kept_files::sha256)
        .for_update()
        .skip_locked()
        .load(connection)
        .await?;
    let is_attached = exists(attached::table.filter(attached::sha256.eq(blobs::sha256)));
    let unused = blobs::table.filter(blobs::sha256.eq_any(&over).and(not(is_attached)));
    diesel::delete(unused).execute(connection).await?;
    diesel::delete(kept_files::table.filter(kept_files::sha256.eq_any(&over))).execute(connection).await?;
    Ok(over.len())
}
