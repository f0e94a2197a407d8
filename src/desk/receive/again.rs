//! Once more: what was quarantined is read again, or made into a ticket by hand. Its line in the ledger stays, with its
//! key and the reason why it was not understood; the outcome changes in the same transaction as all that follows, so that
//! it has one at any time.

use std::panic::AssertUnwindSafe;

use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl};
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
use crate::domain::reference::Reference;
use crate::postgres::column::{Json, Word};
use crate::postgres::condition::IsQuarantined;
use crate::postgres::schema::{arrivals, messages, tickets};

const NONE: DeskError = DeskError::NotFound { what: "quarantined arrival" };

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

/// What became of an arrival that was not understood at first.
#[derive(Debug, Clone)]
pub struct Became {
    /// The ticket, where it belongs to one.
    pub ticket: Option<Reference>,
    /// The text of its message, as far as it has one.
    pub text: Option<String>,
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
        if viewer.divisions.is_some() {
            return Err(NONE);
        }
        type Row = (jiff_diesel::Timestamp, Word<Channel>, String, Json<serde_json::Value>, Option<String>, Vec<u8>);
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
        // Of what was not understood nothing is relied on: a list that is none must not lock the rest away.
        let recipients = serde_json::from_value(recipients).unwrap_or_default();
        Ok(Quarantined { id, received_at, channel, sender, recipients, reason, raw })
    }

    /// What became of an arrival that somebody has cleared.
    ///
    /// # Errors
    /// When there is none by that key, it still waits, or it is not theirs to see.
    pub async fn what_became_of(&self, viewer: &Viewer, id: Uuid) -> Result<Became, DeskError> {
        if viewer.divisions.is_some() {
            return Err(NONE);
        }
        let mut connection = self.database.connection().await?;
        let row: Option<(Option<i64>, Option<String>)> = arrivals::table
            .left_join(tickets::table.on(arrivals::ticket_id.eq(tickets::id.nullable())))
            .left_join(messages::table.on(messages::arrival_id.eq(arrivals::id.nullable())))
            .filter(arrivals::id.eq(id))
            .filter(arrivals::outcome.ne("quarantined"))
            .select((tickets::number.nullable(), messages::text.nullable()))
            .first(&mut connection)
            .await
            .optional()?;
        let (number, text) = row.ok_or(NONE)?;
        let ticket = number.and_then(|number| u64::try_from(number).ok()).map(Reference::from_number);
        Ok(Became { ticket, text })
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
            let waits = arrivals::table.find(id).filter(IsQuarantined).select(arrivals::reason).for_update();
            let waits: Option<Option<String>> = waits.first(connection).await.optional()?;
            let reason = waits.ok_or(NONE)?;
            let mut receipt = [None];
            writer::store_together(desk, connection, std::slice::from_ref(enquiry), &mut receipt).await?;
            let [Some(receipt)] = receipt else { return Ok(None) };
            if receipt.outcome == Outcome::Quarantined {
                return Ok(None);
            }
            give_its_place(connection, id, reason, enquiry, &receipt).await?;
            Ok(Some(receipt))
        })
        .await
}

/// The line that was just written becomes the one that was there before: addresses of it that somebody has open, or has
/// written down, stay good.
async fn give_its_place(
    connection: &mut AsyncPgConnection,
    id: Uuid,
    reason: Option<String>,
    enquiry: &Enquiry,
    receipt: &Receipt,
) -> Result<(), DeskError> {
    type Row = (Uuid, Option<Vec<u8>>, Option<String>, Option<Uuid>, (bool, bool), String);
    let (new, form, new_reason, ticket, (acknowledged, flooded), sender): Row = arrivals::table
        .filter(arrivals::sameness.eq(&enquiry.sameness[..]))
        .filter(arrivals::outcome.eq(Word(receipt.outcome)))
        .filter(arrivals::received_at.eq(jiff_diesel::Timestamp::from(enquiry.received_at)))
        .filter(arrivals::id.ne(id))
        .order(arrivals::id.desc())
        .select((
            arrivals::id,
            arrivals::form_nonce,
            arrivals::reason,
            arrivals::ticket_id,
            (arrivals::acknowledged, arrivals::flooded),
            arrivals::sender,
        ))
        .first(connection)
        .await?;
    let reasons: Vec<String> = reason.into_iter().chain(new_reason).collect();
    diesel::update(messages::table.filter(messages::arrival_id.eq(new)))
        .set(messages::arrival_id.eq(id))
        .execute(connection)
        .await?;
    // Before the other takes what only one line may have.
    diesel::delete(arrivals::table.find(new)).execute(connection).await?;
    diesel::update(arrivals::table.find(id))
        .set((
            arrivals::sameness.eq(&enquiry.sameness[..]),
            arrivals::form_nonce.eq(form),
            arrivals::outcome.eq(Word(receipt.outcome)),
            arrivals::reason.eq((!reasons.is_empty()).then(|| reasons.join("; then: "))),
            arrivals::ticket_id.eq(ticket),
            arrivals::acknowledged.eq(acknowledged),
            arrivals::flooded.eq(flooded),
            arrivals::sender.eq(sender),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
