//! `madoguchi parse`: what a message says, as JSON.

use std::io::Read;
use std::process::ExitCode;

use crate::mail::parse::parse;

/// More than this is not read of a message.
const LARGEST: u64 = 512 * 1024 * 1024;

pub(super) fn run() -> ExitCode {
    let mut raw = Vec::new();
    if let Err(error) = std::io::stdin().take(LARGEST).read_to_end(&mut raw) {
        return super::fail(&format!("reading the message from stdin: {error}"), 1);
    }
    match serde_json::to_string(&parse(&raw)) {
        Ok(json) => {
            super::print(&json);
            ExitCode::SUCCESS
        }
        Err(error) => super::fail(&format!("writing the message as JSON: {error}"), 1),
    }
}
