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

/// How near the promise is, in words for a list, and its day for the page of the ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Nothing is due.
    Nothing,
    /// The enquirer is to answer first.
    Stopped,
    /// On a later day.
    On {
        /// That day, as short as it is understood.
        day: String,
        /// The whole date.
        date: String,
    },
    /// Today.
    Today {
        /// How much time is left.
        left: String,
        /// The date.
        date: String,
    },
    /// It is over.
    Late {
        /// For how long.
        over: String,
        /// The date.
        date: String,
    },
}

impl Row {
    /// A row with what was looked for marked.
    #[must_use]
    pub fn new(shell: &StaffShell, ticket: Listed, query: &Query) -> Self {
        let subject = if ticket.subject.is_empty() { shell.words.say("no-subject") } else { ticket.subject.clone() };
        let due = due(shell, ticket.status, &ticket.due_at, ticket.answered_at.is_some());
        Self { subject: mark(&subject, query), due, ticket }
    }

    /// Whether its promise is broken.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self.due, Due::Late { .. })
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
    if status == Status::Pending {
        return Due::Stopped;
    }
    if answered || !status.waits_for_us() {
        return Due::Nothing;
    }
    let (day, today) = (shell.local(*due_at).date(), shell.local(shell.now).date());
    let date = dates::date_long(shell.language, day);
    let minutes = (due_at.as_second() - shell.now.as_second()) / 60;
    let (key, count) = match minutes.abs() {
        minutes @ 0..60 => ("minutes", minutes),
        minutes @ 60..1440 => ("hours", minutes / 60),
        minutes => ("days", minutes / 1440),
    };
    match () {
        () if *due_at < shell.now => Due::Late { over: shell.words.count(&format!("late-{key}"), count), date },
        () if day == today => Due::Today { left: shell.words.count(&format!("left-{key}"), count), date },
        () if today.tomorrow().is_ok_and(|tomorrow| tomorrow == day) => {
            Due::On { day: shell.words.say("tomorrow"), date }
        }
        () => Due::On { day: dates::date_short(shell.language, day), date },
    }
}
