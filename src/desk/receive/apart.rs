//! Out of a ticket again: a letter that named it in its subject and nothing else, and whose sender turned out not to be
//! whom it says. It gets a ticket of its own, which says what it looks related to.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::receive::letter::{Letter, understand_in_time};
use crate::desk::receive::{Arrival, writer};
use crate::desk::{Desk, DeskError, change};
use crate::domain::authenticity::{Authenticity, Check};
use crate::domain::enquiry::{Enquiry, Nature};
use crate::domain::event::Event;
use crate::domain::reference::Reference;
use crate::postgres::column::Json;
use crate::postgres::schema::{arrivals, messages, tickets};

/// A letter in a ticket.
struct Joined {
    message: Uuid,
    arrival: Uuid,
    ticket: Reference,
}

impl Desk {
    /// Gives a letter a ticket of its own. Where staff have written in its ticket since, it stays, and is only marked.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(in crate::desk) async fn take_apart(&self, message: Uuid, failed: &[Check]) -> Result<(), DeskError> {
        let Some((joined, enquiry)) = self.understood_again(message, failed).await? else { return Ok(()) };
        let mut connection = self.database.connection().await?;
        let apart = connection
            .transaction::<_, DeskError, _>(async |connection| {
                let locked = change::lock(connection, joined.ticket).await?;
                if staff_went_on(connection, locked.id, message).await? {
                    return Ok(None);
                }
                diesel::delete(messages::table.find(joined.message)).execute(connection).await?;
                diesel::delete(arrivals::table.find(joined.arrival)).execute(connection).await?;
                let mut receipt = [None];
                writer::store_together(self, connection, std::slice::from_ref(&enquiry), &mut receipt).await?;
                let [receipt] = receipt;
                let Some(ticket) = receipt.and_then(|receipt| receipt.ticket) else { return Ok(None) };
                let event = Event::PutApart { ticket, failed: failed.to_vec() };
                change::write_event(connection, locked.id, None, &event, Timestamp::now()).await?;
                Ok(Some(ticket))
            })
            .await?;
        if let Some(ticket) = apart {
            tracing::info!(from = %joined.ticket, %ticket, "a letter whose sender failed has a ticket of its own");
            self.letter_written();
        }
        Ok(())
    }

    /// The letter as it is understood now that its sender is known to fail.
    async fn understood_again(&self, message: Uuid, failed: &[Check]) -> Result<Option<(Joined, Enquiry)>, DeskError> {
        type Row = (Uuid, i64, bool, jiff_diesel::Timestamp, Json<Vec<String>>, Vec<u8>);
        let mut connection = self.database.connection().await?;
        let row: Option<Row> = messages::table
            .find(message)
            .inner_join(arrivals::table)
            .inner_join(tickets::table)
            .select((
                arrivals::id,
                tickets::number,
                messages::automatic,
                arrivals::received_at,
                arrivals::recipients,
                arrivals::raw,
            ))
            .first(&mut connection)
            .await
            .optional()?;
        drop(connection);
        let Some((arrival, number, automatic, received_at, Json(recipients), raw)) = row else { return Ok(None) };
        let letter = Letter { return_path: None, recipients, raw };
        let understood = understand_in_time(&self.reading(), letter, received_at.to_jiff()).await;
        let Arrival::Enquiry(mut enquiry) = understood else { return Ok(None) };
        enquiry.authenticity = Authenticity::Judged { failed: failed.to_vec() };
        if automatic && enquiry.nature == Nature::Human {
            // The return path said so, which the door knew and the ledger does not keep.
            enquiry.nature = Nature::Automatic;
        }
        let ticket = Reference::from_number(u64::try_from(number).unwrap_or_default());
        Ok(Some((Joined { message, arrival, ticket }, *enquiry)))
    }
}

/// Whether staff have written in the ticket since the message came.
async fn staff_went_on(connection: &mut AsyncPgConnection, ticket: Uuid, message: Uuid) -> Result<bool, DeskError> {
    let newer = messages::table
        .filter(messages::ticket_id.eq(ticket))
        .filter(messages::id.gt(message))
        .filter(messages::kind.ne("inbound"));
    Ok(diesel::select(diesel::dsl::exists(newer)).get_result(connection).await?)
}
