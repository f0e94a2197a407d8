//! One door out: the worker that claims letters from the outbox and hands them to the mail server, or writes them to
//! files where no server is set.
//!
//! No transaction is open while a server is spoken to. What the worker does to a letter's row, and in which order, is
//! described at [`crate::desk::outgoing`].

pub mod capture;
pub mod dkim;
pub mod smtp;
mod worker;

use std::path::PathBuf;

pub use worker::run;

/// Where letters go.
#[derive(Debug, Clone)]
pub enum Transport {
    /// Into files of this folder.
    Capture(PathBuf),
    /// To a mail server.
    Server {
        /// Which.
        server: smtp::Server,
        /// What signs them; none: nothing does.
        signer: Option<dkim::Signer>,
    },
}
