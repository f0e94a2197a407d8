//! A ticket as the rules see it, and who acts on it.

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::language::Language;
use crate::domain::named::named;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::status::{Priority, Status};

/// What the rules ask of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its reference.
    pub reference: Reference,
    /// Where it stands.
    pub status: Status,
    /// How urgent it is.
    pub priority: Priority,
    /// In whose queue it is.
    pub division: Uuid,
    /// Its main topic.
    pub topic: String,
    /// Who has it.
    pub assignee: Option<Uuid>,
    /// The enquirer's language.
    pub language: Option<Language>,
    /// Where answers go.
    pub address: Option<EmailAddress>,
    /// Addresses that are known as the enquirer's, folded; all of them where a reply with copies is decided about.
    pub enquirer_addresses: Vec<String>,
    /// A letter of it did not arrive, and nobody has taken care of that.
    pub bounced: bool,
    /// Since when it waits for us.
    pub waiting_since: Option<Timestamp>,
    /// When we first answered.
    pub answered_at: Option<Timestamp>,
    /// Counts messages and changes of status, assignee and division.
    pub version: i64,
}

named! {
    /// What a member of staff may do.
    pub enum Role as "role" {
        /// Everything.
        Admin = "admin",
        /// Work with tickets, and decide about letters.
        Manager = "manager",
        /// Work with tickets.
        Agent = "agent",
        /// Read.
        Viewer = "viewer",
    }
}

impl Role {
    /// Whether tickets may be changed.
    #[must_use]
    pub fn may_change(self) -> bool {
        self != Self::Viewer
    }

    /// Whether the desk's settings may be changed.
    #[must_use]
    pub fn may_administer(self) -> bool {
        self == Self::Admin
    }
}

/// Who acts on a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A member of staff.
    Staff {
        /// Who.
        id: Uuid,
        /// With which role.
        role: Role,
    },
    /// The enquirer, by a letter or a form.
    Enquirer,
    /// A machine of somebody's.
    Machine,
}
