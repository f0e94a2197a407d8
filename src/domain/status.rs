//! Where a ticket stands, and how urgent it is.

use crate::domain::named::named;

named! {
    /// Where a ticket stands.
    pub enum Status as "status" {
        /// Nobody has taken it yet.
        New = "new",
        /// Somebody works on it.
        Open = "open",
        /// It waits for the enquirer.
        Pending = "pending",
        /// It is answered.
        Resolved = "resolved",
        /// It is over.
        Closed = "closed",
        /// It is no enquiry.
        Spam = "spam",
    }
}

impl Status {
    /// In the queue: `new`, `open`, `pending`.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::New | Self::Open | Self::Pending)
    }

    /// The next step is ours: `new`, `open`.
    #[must_use]
    pub fn waits_for_us(self) -> bool {
        matches!(self, Self::New | Self::Open)
    }
}

named! {
    /// How urgent a ticket is.
    pub enum Priority as "priority" {
        /// Can wait.
        Low = "low",
        /// As usual.
        Normal = "normal",
        /// Before the others.
        High = "high",
        /// At once.
        Urgent = "urgent",
    }
}
