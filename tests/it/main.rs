//! Every integration test of the desk, in one binary: through the front doors, against real parts.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod harness;

mod ingest;
mod letters;
mod lmtp;
mod story;
mod threads;
