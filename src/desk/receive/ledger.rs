//! Lines of the intake ledger that make no new ticket.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::desk::receive::{NotUnderstood, Receipt, new_id};
use crate::desk::{DeskError, writing};
use crate::domain::arrival::Outcome;
use crate::domain::enquiry::Enquiry;
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::arrivals;

/// Writes a line of the ledger for an arrival that was understood.
pub(super) async fn write(
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    outcome: Outcome,
    ticket: Option<Uuid>,
    reason: Option<&str>,
) -> Result<Uuid, DeskError> {
    let id = new_id();
    diesel::insert_into(arrivals::table)
        .values((
            arrivals::id.eq(id),
            arrivals::received_at.eq(jiff_diesel::Timestamp::from(enquiry.received_at)),
            arrivals::channel.eq(Word(enquiry.channel)),
            arrivals::sender.eq(writing::shown_sender(&enquiry.sender)),
            arrivals::recipients.eq(Json(&enquiry.recipients)),
            arrivals::raw.eq(&enquiry.raw),
            arrivals::sameness.eq(&enquiry.sameness[..]),
            arrivals::form_nonce.eq(enquiry.form.as_ref().map(|nonce| &nonce[..])),
            arrivals::outcome.eq(Word(outcome)),
            arrivals::reason.eq(reason),
            arrivals::ticket_id.eq(ticket),
            arrivals::acknowledged.eq(false),
        ))
        .execute(connection)
        .await?;
    Ok(id)
}

/// Stores what was not understood. The very same bytes again are a duplicate.
pub(super) async fn quarantine(
    connection: &mut AsyncPgConnection,
    arrival: &NotUnderstood,
) -> Result<Receipt, DeskError> {
    let sameness: [u8; 32] = Sha256::new().chain_update(b"quarantined").chain_update(&arrival.raw).finalize().into();
    let before: i64 = arrivals::table
        .filter(arrivals::sameness.eq(&sameness[..]))
        .filter(arrivals::outcome.ne("duplicate"))
        .count()
        .get_result(connection)
        .await?;
    let outcome = if before == 0 { Outcome::Quarantined } else { Outcome::Duplicate };
    let insert = |outcome: Outcome| {
        diesel::insert_into(arrivals::table).values((
            arrivals::id.eq(new_id()),
            arrivals::received_at.eq(jiff_diesel::Timestamp::from(arrival.received_at)),
            arrivals::channel.eq(Word(arrival.channel)),
            arrivals::sender.eq(clean(&arrival.sender)),
            arrivals::recipients.eq(Json(arrival.recipients.iter().map(|address| clean(address)).collect::<Vec<_>>())),
            arrivals::raw.eq(&arrival.raw),
            arrivals::sameness.eq(sameness.to_vec()),
            arrivals::outcome.eq(Word(outcome)),
            arrivals::reason.eq(clean(&arrival.reason.to_string())),
            arrivals::acknowledged.eq(false),
        ))
    };
    insert(outcome).execute(connection).await?;
    Ok(Receipt { outcome, ticket: None, due_at: None, acknowledged: false, reason: Some(arrival.reason.to_string()) })
}

/// PostgreSQL's text holds no NUL.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
