//! `madoguchi ingest`: one message from an MTA's pipe.

use std::io::Read;
use std::process::ExitCode;
use std::time::Duration;

use jiff::Timestamp;

use super::EXIT_TRY_LATER;
use crate::cli::database::Borrowed;
use crate::desk::receive::letter::{LARGEST, Letter, understand_in_time};
use crate::desk::receive::{Arrival, NotUnderstood, Receipt};
use crate::settings::Settings;

/// An MTA that waits longer gives up by itself.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, clap::Args)]
pub(super) struct Ingest {
    /// The addresses that the message was sent to [default: the first division's, MADOGUCHI_MAIL_FROM]
    #[arg(long, value_name = "ADDRESS", num_args = 1..)]
    to: Vec<String>,
}

impl Ingest {
    pub(super) async fn run(self, settings: &Settings) -> ExitCode {
        let mut raw = Vec::new();
        if let Err(error) = std::io::stdin().read_to_end(&mut raw) {
            return super::fail(&format!("reading the message from stdin: {error}"), EXIT_TRY_LATER);
        }
        let to = if self.to.is_empty() { vec![settings.mail_from.to_string()] } else { self.to };
        match tokio::time::timeout(PATIENCE, store(settings, to, raw)).await {
            Ok(Ok(receipt)) => {
                super::print(&json(&receipt));
                ExitCode::SUCCESS
            }
            Ok(Err(words)) => super::fail(&format!("the message was not stored: {words}"), EXIT_TRY_LATER),
            Err(_) => super::fail("the message was not stored: the database did not answer in time", EXIT_TRY_LATER),
        }
    }
}

async fn store(settings: &Settings, to: Vec<String>, raw: Vec<u8>) -> Result<Receipt, String> {
    let borrowed = Borrowed::of_a_desk(settings).await.map_err(|error| error.to_string())?;
    let now = Timestamp::now();
    let arrival = if raw.len() > LARGEST {
        Arrival::NotUnderstood(NotUnderstood::too_large(raw.len(), raw, to, now))
    } else {
        understand_in_time(&borrowed.desk.reading(), Letter { return_path: None, recipients: to, raw }, now).await
    };
    let stored = borrowed.desk.receive(arrival).await.map_err(|error| error.to_string());
    borrowed.leave().await;
    stored
}

fn json(receipt: &Receipt) -> String {
    serde_json::json!({
        "outcome": receipt.outcome,
        "ticket": receipt.ticket,
        "acknowledged": receipt.acknowledged,
        "reason": receipt.reason,
    })
    .to_string()
}
