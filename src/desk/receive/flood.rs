//! Floods of letters: they are stored, and not acknowledged, whichever process of the desk takes them.

use diesel::dsl::max;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};

use crate::desk::{Desk, DeskError};
use crate::domain::acknowledgement::{AT_ONCE, MOST_AT_ONCE};
use crate::postgres::condition::{AcknowledgesALetter, IsFlooded};
use crate::postgres::schema::{arrivals, outbox};

/// How long staff are told that letters were not acknowledged any more.
const TOLD: SignedDuration = SignedDuration::from_hours(12);

/// How many letters were acknowledged lately, counted up to as many as may be.
pub(super) async fn read_lately(mut connection: &AsyncPgConnection, now: Timestamp) -> Result<usize, DeskError> {
    let lately: Vec<jiff_diesel::Timestamp> = outbox::table
        .filter(AcknowledgesALetter)
        .filter(outbox::created_at.gt(jiff_diesel::Timestamp::from(now - AT_ONCE)))
        .order(outbox::created_at.desc())
        .limit(i64::try_from(MOST_AT_ONCE).unwrap_or(i64::MAX))
        .select(outbox::created_at)
        .load(&mut connection)
        .await?;
    Ok(lately.len())
}

impl Desk {
    /// When a letter was last not acknowledged for that reason, as long as staff need to know.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last_flooded(&self, now: Timestamp) -> Result<Option<Timestamp>, DeskError> {
        let mut connection = self.database.connection().await?;
        let last: Option<jiff_diesel::Timestamp> = arrivals::table
            .filter(IsFlooded)
            .filter(arrivals::received_at.gt(jiff_diesel::Timestamp::from(now - TOLD)))
            .select(max(arrivals::received_at))
            .get_result(&mut connection)
            .await?;
        Ok(last.map(|at| at.to_jiff()))
    }
}
