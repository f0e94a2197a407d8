//! Once more: what was quarantined is read again, or made into a ticket by hand. Its line in the ledger gives way to the
//! new one in the same transaction, so that it has one outcome at any time.

use std::panic::AssertUnwindSafe;

use diesel::{OptionalExtension, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use futures_util::FutureExt;
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::receive::letter::{Letter, understand_in_time};
use crate::desk::receive::{Arrival, Receipt, writer};
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::domain::arrival::Outcome;
use crate::domain::channel::Channel;
use crate::domain::enquiry::Enquiry;
use crate::postgres::column::{Json, Word};
use crate::postgres::condition::IsQuarantined;
use crate::postgres::schema::arrivals;

/// An arrival that was not understood.
#[derive(Debug, Clone)]
pub struct Quarantined {
    /// Key.
    pub id: Uuid,
    /// When it came.
    pub received_at: Timestamp,
    /// How it came.
    pub channel: Channel,
    /// From whom, as far as the door knew.
    pub sender: String,
    /// The addresses it was sent to.
    pub recipients: Vec<String>,
    /// Why it was not understood.
    pub reason: String,
    /// The bytes as they came.
    pub raw: Vec<u8>,
}

impl Quarantined {
    /// The letter that it is, to be read again.
    #[must_use]
    pub fn letter(&self) -> Option<Letter> {
        (self.channel == Channel::Email).then(|| Letter {
            return_path: Some(self.sender.clone()),
            recipients: self.recipients.clone(),
            raw: self.raw.clone(),
        })
    }
}

impl Desk {
    /// An arrival that was not understood.
    ///
    /// # Errors
    /// When there is none by that key, or it is not theirs to see: it belongs to no division.
    pub async fn quarantined(&self, viewer: &Viewer, id: Uuid) -> Result<Quarantined, DeskError> {
        const NONE: DeskError = DeskError::NotFound { what: "quarantined arrival" };
        if viewer.divisions.is_some() {
            return Err(NONE);
        }
        type Row = (jiff_diesel::Timestamp, Word<Channel>, String, Json<Vec<String>>, Option<String>, Vec<u8>);
        let mut connection = self.database.connection().await?;
        let row: Option<Row> = arrivals::table
            .find(id)
            .filter(IsQuarantined)
            .select((
                arrivals::received_at,
                arrivals::channel,
                arrivals::sender,
                arrivals::recipients,
                arrivals::reason,
                arrivals::raw,
            ))
            .first(&mut connection)
            .await
            .optional()?;
        let (received_at, Word(channel), sender, Json(recipients), reason, raw) = row.ok_or(NONE)?;
        let (received_at, reason) = (received_at.to_jiff(), reason.unwrap_or_default());
        Ok(Quarantined { id, received_at, channel, sender, recipients, reason, raw })
    }

    /// Reads a letter again, as if it came now; what is still not understood stays as it was, and `None` comes back.
    ///
    /// # Errors
    /// When somebody else was faster, or the database does not answer.
    pub async fn read_again(&self, arrival: &Quarantined) -> Result<Option<Receipt>, DeskError> {
        let Some(letter) = arrival.letter() else { return Ok(None) };
        match understand_in_time(&self.reading(), letter, arrival.received_at).await {
            Arrival::Enquiry(enquiry) => self.put_in_place_of(arrival.id, *enquiry).await,
            Arrival::NotUnderstood(_) => Ok(None),
        }
    }

    /// Puts an enquiry in the place of an arrival that was not understood. Where that fails too, all stays as it was, and
    /// `None` comes back.
    ///
    /// # Errors
    /// When somebody else was faster, or the database does not answer.
    pub async fn put_in_place_of(&self, id: Uuid, enquiry: Enquiry) -> Result<Option<Receipt>, DeskError> {
        // Its own: a panic leaves a transaction open on it, and it is thrown away.
        let mut connection = self.database.own_connection().await?;
        let replacing = AssertUnwindSafe(replace(self, &mut connection, id, &enquiry)).catch_unwind().await;
        let receipt = match replacing {
            Ok(Ok(receipt)) => receipt,
            Ok(Err(DeskError::Database(error))) if writer::is_at_fault(&error) => {
                tracing::warn!(%error, "a quarantined arrival is still not understood");
                None
            }
            Ok(Err(error)) => return Err(error),
            Err(_) => None,
        };
        self.letter_written();
        Ok(receipt)
    }
}

async fn replace(
    desk: &Desk,
    connection: &mut AsyncPgConnection,
    id: Uuid,
    enquiry: &Enquiry,
) -> Result<Option<Receipt>, DeskError> {
    connection
        .transaction::<_, DeskError, _>(async |connection| {
            let gone = diesel::delete(arrivals::table.find(id).filter(IsQuarantined)).execute(connection).await?;
            if gone == 0 {
                return Err(DeskError::NotFound { what: "quarantined arrival" });
            }
            let mut receipt = [None];
            writer::store_together(desk, connection, std::slice::from_ref(enquiry), &mut receipt).await?;
            let [receipt] = receipt;
            Ok(receipt.filter(|receipt| receipt.outcome != Outcome::Quarantined))
        })
        .await
}
