//! The page of a ticket.

use askama::Template;

use crate::desk::conversation::{Head, Other, Satisfaction};
use crate::domain::Named;
use crate::domain::scan::Scan;
use crate::domain::status::Status;
use crate::language::answers::Answer;
use crate::web::kept::Kept;
use crate::web::staff::copies::Recipients;
use crate::web::staff::view::entry::{Extent, Shown};
use crate::web::staff::view::outbox::Shelf;
use crate::web::staff::view::pages::Choice;
use crate::web::staff::view::row::Due;
use crate::web::staff::view::shell::{Nav, StaffShell, initial};

/// A ticket.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/ticket.html")]
pub struct TicketPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// Its properties.
    pub head: Head,
    /// When an answer is due.
    pub due: Due,
    /// Its enquirer's addresses and numbers.
    pub contacts: Vec<(String, String)>,
    /// The timeline.
    pub entries: Vec<Shown>,
    /// Which messages are in it.
    pub shows: Shows,
    /// Other tickets of the enquirer.
    pub others: Vec<Other>,
    /// How content the enquirer is, if they said.
    pub satisfaction: Option<Satisfaction>,
    /// Its tags, parted by commas.
    pub tags: String,
    /// Topics besides the main one: slug, name, whether it is chosen.
    pub further_topics: Vec<(String, String, bool)>,
    /// The choices of the properties.
    pub choices: Vec<Choice>,
    /// What it is about, in words.
    pub topic: String,
    /// Who has it, in words.
    pub assignee: String,
    /// The statuses that a reply may leave.
    pub reply_statuses: Vec<(String, String, bool)>,
    /// Whether one may change it.
    pub may_change: bool,
    /// The hidden token of the next deed.
    pub token: String,
    /// The time of the page, for what happens meanwhile.
    pub seen: String,
    /// A reply that is shown again.
    pub draft: Draft,
    /// Why the page is shown again.
    pub notice: Option<Notice>,
}

/// Which messages of a long ticket are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shows {
    /// The newest.
    #[default]
    Newest,
    /// Those before one that was asked for.
    Older,
}

/// What was written and is shown again.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// A reply.
    pub reply: String,
    /// A note.
    pub note: String,
    /// Where answers were to go.
    pub address: Option<String>,
    /// The status that was to follow the reply.
    pub status: Option<Status>,
    /// Files of the reply that need not be chosen a second time.
    pub kept: Vec<Kept>,
    /// Who gets the reply besides the enquirer.
    pub recipients: Recipients,
}

/// Why a ticket's page is shown again.
#[derive(Debug, Clone)]
pub struct Notice {
    /// What happened and what did not.
    pub title: String,
    /// What to do.
    pub way: String,
    /// What somebody wrote meanwhile.
    pub other: Option<Written>,
    /// Whether the deed can be done on what is now known to have happened.
    pub held: Option<HeldDeed>,
}

/// A message that was written meanwhile.
#[derive(Debug, Clone)]
pub struct Written {
    /// By whom.
    pub who: String,
    /// How it begins.
    pub excerpt: String,
    /// Which.
    pub message: uuid::Uuid,
}

/// A change that was held, so that it can be done all the same.
#[derive(Debug, Clone)]
pub struct HeldDeed {
    /// Where it is sent.
    pub action: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
}

impl TicketPage {
    /// The day of the promise, where one is due.
    #[must_use]
    pub fn due_day(&self) -> Option<&str> {
        match &self.due {
            Due::On { date, .. } | Due::Today { date, .. } | Due::Late { date, .. } => Some(date),
            Due::Nothing | Due::Stopped => None,
        }
    }

    /// Whether it is due on a day that has no name but its date: then that says it all.
    #[must_use]
    pub fn is_due_later(&self) -> bool {
        matches!(&self.due, Due::On { day, .. } if *day != self.shell.words.say("tomorrow"))
    }

    /// Whether the form for a note is unfolded: where one was written, or nothing else can be.
    #[must_use]
    pub fn note_is_open(&self) -> bool {
        !self.draft.note.is_empty() || self.head.address.is_none()
    }

    /// Where in the outbox the letters stand that did not arrive.
    #[must_use]
    pub fn shelf_of_the_lost(&self) -> Shelf {
        let came_back = self.entries.iter().any(|entry| match entry {
            Shown::Message(written) => {
                let mut all = written.message.deliveries.iter().chain(&written.message.acknowledgements);
                all.any(|delivery| delivery.bounce.is_some())
            }
            _ => false,
        });
        if came_back { Shelf::Returned } else { Shelf::Unsent }
    }

    /// Where answers go, or were to go.
    #[must_use]
    pub fn answers_to(&self) -> &str {
        self.draft.address.as_ref().or(self.head.address.as_ref()).map_or("", String::as_str)
    }

    /// Addresses of the enquirer, and of those who take part in the conversation.
    pub fn known_addresses(&self) -> impl Iterator<Item = &String> {
        let own = self.contacts.iter().filter(|(kind, _)| kind == "email").map(|(_, address)| address);
        own.chain(self.draft.recipients.offered.iter().map(|offered| &offered.address))
    }

    /// The first letter of the enquirer's name.
    #[must_use]
    pub fn initial(&self) -> String {
        initial(&self.head.name)
    }
}
