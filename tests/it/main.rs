//! Every integration test of the desk, in one binary: through the front doors, against real parts.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod harness;

mod as_root;
mod bad_input;
mod browser;
mod check;
mod cluster;
mod command_line;
mod copies;
mod files;
mod flood;
mod ingest;
mod intake;
mod letters;
mod list;
mod lmtp;
mod logged;
mod loops;
mod misdirected;
mod outgoing;
mod own_page;
mod plans;
mod questionnaires;
mod refusals;
mod settings;
mod signed;
mod sister_cities;
mod site;
mod staff;
mod story;
mod threads;
mod tidy;
mod trouble;
mod wording;
