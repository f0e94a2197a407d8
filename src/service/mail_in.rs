//! The mail intake's way to the desk.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::desk::receive::letter::{Letter, understand_in_time};
use crate::lmtp::listener::Deliver;
use crate::lmtp::session::{Delivery, Envelope};
use crate::web::site::Site;

/// Takes messages from the LMTP listener to the desk, once its database has answered.
#[derive(Clone)]
pub(super) struct Door {
    site: Site,
    large: Arc<Semaphore>,
}

/// From how many bytes on a letter is large: taken apart, it takes several times its size.
const LARGE: usize = 4 * 1024 * 1024;
/// Large letters that are taken apart and stored at the same time; others wait their turn, or are tried again by the MTA.
const MOST_LARGE: usize = 2;

impl Door {
    pub(super) fn new(site: Site) -> Self {
        Self { site, large: Arc::new(Semaphore::new(MOST_LARGE)) }
    }
}

impl Deliver for Door {
    async fn deliver(&self, envelope: Envelope, raw: Vec<u8>) -> Delivery {
        let Ok(opened) = self.site.opened() else { return Delivery::TryLater };
        let _turn = match raw.len() {
            LARGE.. => Some(self.large.acquire().await.expect("it is never closed")),
            _ => None,
        };
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
