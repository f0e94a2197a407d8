//! A ticket as a row of a list.

use jiff::Timestamp;

use crate::desk::queue::Listed;
use crate::domain::status::Status;
use crate::language::dates;
use crate::search::{Hit, Piece, Query, mark};
use crate::web::staff::view::shell::StaffShell;

/// A row of a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The ticket.
    pub ticket: Listed,
    /// The subject, cut into what was looked for and what stands between.
    pub subject: Vec<Piece>,
    /// When an answer is due.
    pub due: Due,
}

/// How near the promise is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Nothing is due.
    Stopped,
    /// On this day.
    On(String),
    /// Today.
    Today(String),
    /// It is over.
    Late(String),
}

impl Row {
    /// A row with what was looked for marked.
    #[must_use]
    pub fn new(shell: &StaffShell, ticket: Listed, query: &Query) -> Self {
        let subject = if ticket.subject.is_empty() { shell.words.say("no-subject") } else { ticket.subject.clone() };
        let due = due(shell, ticket.status, &ticket.due_at, ticket.answered_at.is_some());
        Self { subject: mark(&subject, query), due, ticket }
    }

    /// Whom it is from.
    #[must_use]
    pub fn from(&self) -> String {
        let ticket = &self.ticket;
        let names = [&ticket.name, &ticket.organisation].into_iter().find(|name| !name.is_empty()).cloned();
        names.or_else(|| ticket.address.clone()).unwrap_or_default()
    }
}

impl Piece {
    /// Whether it was looked for.
    #[must_use]
    pub fn is_hit(&self) -> bool {
        self.hit == Hit::Yes
    }
}

/// How near a promise is. Once answered, or not waiting, nothing is due.
#[must_use]
pub fn due(shell: &StaffShell, status: Status, due_at: &Timestamp, answered: bool) -> Due {
    if answered || !status.waits_for_us() {
        return Due::Stopped;
    }
    let local = |at: &Timestamp| at.to_zoned(shell.zone.clone());
    let day = dates::date_long(shell.language, local(due_at).date());
    match () {
        () if *due_at < shell.now => Due::Late(day),
        () if local(due_at).date() == local(&shell.now).date() => Due::Today(day),
        () => Due::On(day),
    }
}
