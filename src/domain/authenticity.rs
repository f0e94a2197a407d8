//! Whether a letter is from whom it says.

use crate::domain::named::named;

named! {
    /// How a sender was checked.
    pub enum Check as "check of a sender" {
        /// Whether the server may send for the domain of the return path (RFC 7208).
        Spf = "spf",
        /// Whether the letter is signed by the domain, and unchanged (RFC 6376).
        Dkim = "dkim",
        /// Whether one of these agrees with the author's domain (RFC 7489).
        Dmarc = "dmarc",
        /// Whether those who forwarded it vouch for it (RFC 8617).
        Arc = "arc",
    }
}

/// What is known of whether a letter is from whom it says. A letter is never lost by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authenticity {
    /// Nothing, and there is nothing to judge by.
    Unknown,
    /// Nothing yet: it carries signatures that nobody who is believed has judged.
    Signed,
    /// It was judged. Only what failed says something: honest senders get the rest every day.
    Judged {
        /// The checks that failed.
        failed: Vec<Check>,
    },
}

impl Authenticity {
    /// The checks that failed.
    #[must_use]
    pub fn failed(&self) -> &[Check] {
        match self {
            Self::Unknown | Self::Signed => &[],
            Self::Judged { failed } => failed,
        }
    }
}
