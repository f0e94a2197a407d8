//! What came in, and its one outcome: the intake ledger's words.

use crate::domain::named::named;

named! {
    /// What became of an arrival. Every arrival by any channel has exactly one.
    pub enum Outcome as "outcome" {
        /// A ticket was made of it.
        Created = "created",
        /// It was added to a ticket.
        Appended = "appended",
        /// The very same came before.
        Duplicate = "duplicate",
        /// A report that a letter of ours did not arrive.
        Bounce = "bounce",
        /// Stored, not understood; staff decide.
        Quarantined = "quarantined",
    }
}
