//! The mail intake's way to the desk.

use jiff::Timestamp;

use crate::desk::receive::letter::{Letter, understand_in_time};
use crate::lmtp::listener::Deliver;
use crate::lmtp::session::{Delivery, Envelope};
use crate::web::site::Site;

/// Takes messages from the LMTP listener to the desk, once its database has answered.
#[derive(Clone)]
pub(super) struct Door {
    site: Site,
}

impl Door {
    pub(super) fn new(site: Site) -> Self {
        Self { site }
    }
}

impl Deliver for Door {
    async fn deliver(&self, envelope: Envelope, raw: Vec<u8>) -> Delivery {
        let Ok(opened) = self.site.opened() else { return Delivery::TryLater };
        let letter = Letter { return_path: Some(envelope.sender), recipients: envelope.recipients, raw };
        let arrival = understand_in_time(&opened.desk.reading(), letter, Timestamp::now()).await;
        match opened.intake.receive(arrival).await {
            Ok(receipt) => {
                let ticket = receipt.ticket.map(|ticket| ticket.to_string());
                tracing::info!(outcome = %receipt.outcome, ticket, "letter");
                Delivery::Stored
            }
            Err(error) => {
                tracing::error!(%error, "a letter could not be stored; the MTA keeps it");
                Delivery::TryLater
            }
        }
    }
}
