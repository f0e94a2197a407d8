//! `madoguchi ingest`: one message from an MTA's pipe.

use std::io::Read;
use std::process::ExitCode;
use std::time::Duration;

use jiff::Timestamp;

use super::EXIT_TRY_LATER;
use crate::cli::database::Borrowed;
use crate::desk::receive::letter::{Letter, understand};
use crate::desk::receive::{Arrival, NotUnderstood, Receipt};
use crate::domain::channel::Channel;
use crate::mail::parse::return_path;
use crate::settings::Settings;

/// More than this is stored without being taken apart: nobody would learn of a refusal.
const LARGEST: usize = 50 * 1024 * 1024;
/// An MTA that waits longer gives up by itself.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, clap::Args)]
pub(super) struct Ingest {
    /// The address that the message was sent to [default: the first division's, MADOGUCHI_MAIL_FROM]
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
}

impl Ingest {
    pub(super) async fn run(self, settings: &Settings) -> ExitCode {
        let mut raw = Vec::new();
        if let Err(error) = std::io::stdin().read_to_end(&mut raw) {
            return super::fail(&format!("reading the message from stdin: {error}"), EXIT_TRY_LATER);
        }
        let to = self.to.unwrap_or_else(|| settings.mail_from.to_string());
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

async fn store(settings: &Settings, to: String, raw: Vec<u8>) -> Result<Receipt, String> {
    let borrowed = Borrowed::open(settings).await.map_err(|error| error.to_string())?;
    let now = Timestamp::now();
    let arrival = if raw.len() > LARGEST {
        Arrival::NotUnderstood(NotUnderstood {
            channel: Channel::Email,
            received_at: now,
            sender: return_path(&raw).unwrap_or_default(),
            recipients: vec![to],
            reason: format!("the message has {} bytes; up to {LARGEST} are taken apart", raw.len()),
            raw,
        })
    } else {
        understand(&borrowed.desk.tokens, Letter { return_path: None, recipients: vec![to], raw }, now)
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
