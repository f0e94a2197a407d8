//! A form that was corrected and sent again: what it says now is what holds. What it said before stays in the ledger and
//! in the first message.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::desk::change::{self, Locked};
use crate::desk::receive::context::Known;
use crate::desk::writing::{self, Acknowledged};
use crate::desk::{Desk, DeskError};
use crate::domain::acknowledgement;
use crate::domain::change::{Change, Seen, decide};
use crate::domain::division::Directory;
use crate::domain::enquiry::Enquiry;
use crate::domain::letter::Purpose;
use crate::domain::person::EmailAddress;
use crate::domain::routing;
use crate::domain::status::Status;
use crate::domain::ticket::Actor;
use crate::postgres::schema::tickets;

/// What a correction needs besides the ticket.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) desk: &'a Desk,
    pub(super) directory: &'a Directory,
    pub(super) known: &'a Known,
}

/// Writes what the form says now into its ticket. Returns whether an acknowledgement was written, to a new address.
pub(super) async fn correct(
    around: Around<'_>,
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    locked: &mut Locked,
) -> Result<bool, DeskError> {
    let before = locked.ticket.address.as_ref().map(EmailAddress::folded);
    diesel::update(tickets::table.find(locked.id))
        .set((
            tickets::subject.eq(&enquiry.subject),
            tickets::enquirer_name.eq(&enquiry.sender.name),
            tickets::enquirer_reading.eq(&enquiry.sender.reading),
            tickets::enquirer_organisation.eq(&enquiry.sender.organisation),
        ))
        .execute(connection)
        .await?;
    route_anew(around.directory, connection, enquiry, locked).await?;
    match &enquiry.sender.email {
        Some(address) if before != Some(address.folded()) => {
            readdress(around, connection, enquiry, locked, address).await
        }
        _ => Ok(false),
    }
}

/// Another topic may belong to another division, as long as nobody has taken the ticket.
async fn route_anew(
    directory: &Directory,
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    locked: &mut Locked,
) -> Result<(), DeskError> {
    let Some(route) = routing::route(enquiry, &directory.map()).filter(|_| locked.ticket.status == Status::New) else {
        return Ok(());
    };
    let change = Change::Route { division: route.division, topic: route.topic };
    let decision = decide(&locked.ticket, Actor::Enquirer, &change, Seen::Whatever, enquiry.received_at)?;
    change::write(connection, locked, &decision, None, enquiry.received_at).await?;
    locked.ticket = decision.after;
    Ok(())
}

/// Answers go to the new address from now on, and so does an acknowledgement.
async fn readdress(
    around: Around<'_>,
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    locked: &Locked,
    address: &EmailAddress,
) -> Result<bool, DeskError> {
    change::readdress(connection, locked, address).await?;
    let recent = enquiry.mailbox().and_then(|mailbox| around.known.recent.get(&mailbox)).copied().unwrap_or_default();
    let division = around.directory.division(locked.ticket.division);
    let Some(division) = division
        .filter(|_| acknowledgement::is_due(enquiry, recent, around.desk.cap, &around.directory.addresses()))
        .filter(|_| locked.ticket.status != Status::Spam)
    else {
        return Ok(false);
    };
    let facts = Acknowledged {
        reference: locked.ticket.reference,
        division,
        directory: around.directory,
        language: enquiry.language,
        due_at: locked.due_at,
        to: address,
        enquiry,
    };
    let letter = writing::acknowledgement(&around.desk.tokens, &facts);
    writing::post(connection, locked.id, None, enquiry.channel, Purpose::Acknowledgement, &letter, enquiry.received_at)
        .await?;
    Ok(true)
}
