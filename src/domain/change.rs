//! The one way to change a ticket: what a change makes of it, or why not.

use std::collections::BTreeSet;

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::channel::Channel;
use crate::domain::copies::Copies;
use crate::domain::event::{Event, Step};
use crate::domain::language::Language;
use crate::domain::named::Named;
use crate::domain::person::EmailAddress;
use crate::domain::status::{Priority, Status};
use crate::domain::ticket::{Actor, Ticket};

/// What somebody wants to do to a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Answer the enquirer.
    Reply {
        /// What to say.
        body: String,
        /// Who else gets it.
        copies: Copies,
        /// The status from then on; without one it waits for the enquirer.
        status: Option<Status>,
    },
    /// Write something down for colleagues.
    Note {
        /// What.
        body: String,
    },
    /// Give it to somebody, or to nobody.
    Assign(Option<Uuid>),
    /// Set its status.
    SetStatus(Status),
    /// Send it to another division, or give it another main topic.
    Route {
        /// The division.
        division: Uuid,
        /// The topic.
        topic: String,
    },
    /// Set its priority.
    SetPriority(Priority),
    /// Set the enquirer's language.
    SetLanguage(Option<Language>),
    /// Have answers go to another address of the enquirer.
    SetAddress(EmailAddress),
    /// Set its topics besides the main one, which count in reports.
    SetFurtherTopics(Vec<String>),
    /// Set its tags.
    SetTags(Vec<String>),
    /// The enquirer, or a machine, writes again.
    Receive(Channel),
}

/// How a change that was written on a page knows that the page is still true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The version that the page showed.
    Version(i64),
    /// The change does not depend on what was seen.
    Whatever,
}

/// What a change makes of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The ticket afterwards.
    pub after: Ticket,
    /// The line of history; none where nothing changed.
    pub event: Option<Event>,
    /// A letter or note that is to be written.
    pub writing: Option<Writing>,
    /// What follows beyond the ticket.
    pub follow_up: FollowUp,
}

/// What is to be written into the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writing {
    /// An answer, to be sent to the ticket's address.
    Reply {
        /// What it says.
        body: String,
        /// Who else gets it.
        copies: Copies,
    },
    /// A note for staff.
    Note(String),
}

/// What follows from a change beyond the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowUp {
    /// Nothing.
    Nothing,
    /// The enquiry was taken for spam and is none: acknowledge it now.
    Acknowledge,
}

/// Why a change is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something happened since the page was shown.
    #[error("the ticket changed since it was shown")]
    Held,
    /// The role does not allow it.
    #[error("this role may only read")]
    MayOnlyRead,
    /// Nothing was written.
    #[error("nothing was written")]
    Empty,
    /// More was written than fits.
    #[error("the text is longer than {limit} characters")]
    TooLong {
        /// The most characters.
        limit: usize,
    },
    /// The enquirer has no address.
    #[error("the enquirer has no email address")]
    NoAddress,
    /// The address is the desk's own: the answer would come back as an enquiry.
    #[error("the enquirer's address is the desk's own")]
    OwnAddress,
    /// It would go to the enquirer and to somebody else, and nobody said that this is meant.
    #[error("others than the enquirer would get it")]
    ThirdParty {
        /// Who.
        addresses: Vec<EmailAddress>,
    },
    /// The step from one status to another is not allowed.
    #[error("a ticket that is {from} cannot become {to}")]
    NoSuchStep {
        /// The status it has.
        from: Status,
        /// The status that was asked for.
        to: Status,
    },
    /// The text shows a picture that is none of the files which go with it.
    #[error("no picture {name} goes with the text")]
    PictureAbsent {
        /// Its name.
        name: String,
    },
    /// Spam is not answered.
    #[error("spam is not answered; say first that it is none")]
    Spam,
}

/// The most characters of a reply or note.
pub const LONGEST_BODY: usize = 100_000;
/// The most tags of a ticket, and the most characters of one.
pub const MOST_TAGS: usize = 20;
/// The most characters of a tag.
pub const LONGEST_TAG: usize = 60;

/// The statuses that staff may set on a ticket, in the order in which people see them.
#[must_use]
pub fn next_statuses(from: Status) -> Vec<Status> {
    Status::ALL.iter().copied().filter(|to| *to != from && is_step(from, *to)).collect()
}

/// `new` is what nobody has touched: nothing becomes new again, but spam that is none.
fn is_step(from: Status, to: Status) -> bool {
    match (from, to) {
        (Status::Spam, Status::New | Status::Open) => true,
        (Status::Spam, _) | (_, Status::New) => from == to,
        _ => true,
    }
}

/// Decides what a change makes of a ticket.
///
/// # Errors
/// The reason why it is not made; the ticket then stays as it is.
pub fn decide(ticket: &Ticket, actor: Actor, change: &Change, seen: Seen, now: Timestamp) -> Result<Decision, Refusal> {
    if let Actor::Staff { role, .. } = actor
        && !role.may_change()
    {
        return Err(Refusal::MayOnlyRead);
    }
    let held = matches!(seen, Seen::Version(version) if version != ticket.version);
    if held && !matches!(change, Change::Note { .. }) {
        return Err(Refusal::Held);
    }
    match change {
        Change::Reply { body, copies, status } => reply(ticket, body, copies, status.unwrap_or(Status::Pending), now),
        Change::Note { body } => note(ticket, body),
        Change::Assign(assignee) => Ok(assign(ticket, *assignee, now)),
        Change::SetStatus(status) => set_status(ticket, *status, now),
        Change::Route { division, topic } => Ok(route(ticket, *division, topic)),
        Change::Receive(channel) => Ok(receive(ticket, actor, *channel, now)),
        Change::SetPriority(priority) => Ok(set_priority(ticket, *priority)),
        Change::SetLanguage(language) => Ok(set_language(ticket, *language)),
        Change::SetAddress(address) => Ok(set_address(ticket, address)),
        Change::SetFurtherTopics(topics) => Ok(set_further_topics(ticket, topics)),
        Change::SetTags(tags) => Ok(plain(ticket.clone(), Some(Event::Tagged { tags: tidy_tags(tags) }))),
    }
}

fn reply(ticket: &Ticket, body: &str, copies: &Copies, status: Status, now: Timestamp) -> Result<Decision, Refusal> {
    let body = written(body)?;
    if ticket.status == Status::Spam {
        return Err(Refusal::Spam);
    }
    let to = ticket.address.as_ref().ok_or(Refusal::NoAddress)?;
    // Nobody answers what is no enquiry.
    if !is_step(ticket.status, status) || status == Status::Spam {
        return Err(Refusal::NoSuchStep { from: ticket.status, to: status });
    }
    let addresses = copies.unconfirmed(&ticket.enquirer_addresses);
    if !addresses.is_empty() {
        return Err(Refusal::ThirdParty { addresses });
    }
    let mut after = put_in_status(ticket, status, now);
    after.version += 1;
    after.answered_at = after.answered_at.or(Some(now));
    let event = Event::Replied { status: Step { from: ticket.status, to: status } };
    Ok(Decision { writing: Some(Writing::Reply { body, copies: copies.without(to) }), ..plain(after, Some(event)) })
}

fn note(ticket: &Ticket, body: &str) -> Result<Decision, Refusal> {
    let body = written(body)?;
    let after = Ticket { version: ticket.version + 1, ..ticket.clone() };
    Ok(Decision { writing: Some(Writing::Note(body)), ..plain(after, Some(Event::Noted)) })
}

fn assign(ticket: &Ticket, assignee: Option<Uuid>, now: Timestamp) -> Decision {
    if assignee == ticket.assignee {
        return plain(ticket.clone(), None);
    }
    let taken = ticket.status == Status::New && assignee.is_some();
    let status = if taken { Status::Open } else { ticket.status };
    let after = Ticket { assignee, version: ticket.version + 1, ..in_status(ticket, status, now) };
    let event = Event::Assigned {
        assignee: Step { from: ticket.assignee, to: assignee },
        status: Step { from: ticket.status, to: status },
    };
    plain(after, Some(event))
}

fn set_status(ticket: &Ticket, status: Status, now: Timestamp) -> Result<Decision, Refusal> {
    if status == ticket.status {
        return Ok(plain(ticket.clone(), None));
    }
    if !is_step(ticket.status, status) {
        return Err(Refusal::NoSuchStep { from: ticket.status, to: status });
    }
    let after = Ticket { version: ticket.version + 1, ..put_in_status(ticket, status, now) };
    let event = Event::StatusSet { status: Step { from: ticket.status, to: status } };
    let follow_up = if ticket.status == Status::Spam { FollowUp::Acknowledge } else { FollowUp::Nothing };
    Ok(Decision { follow_up, ..plain(after, Some(event)) })
}

fn route(ticket: &Ticket, division: Uuid, topic: &str) -> Decision {
    let event = Event::Routed {
        division: Step { from: ticket.division, to: division },
        topic: Step { from: ticket.topic.clone(), to: topic.to_owned() },
    };
    let moved = ticket.division != division;
    if !moved && ticket.topic == topic {
        return plain(ticket.clone(), None);
    }
    let version = ticket.version + i64::from(moved);
    plain(Ticket { division, topic: topic.to_owned(), version, ..ticket.clone() }, Some(event))
}

/// What a person writes brings a ticket back to us; what a machine writes changes no status.
fn receive(ticket: &Ticket, actor: Actor, channel: Channel, now: Timestamp) -> Decision {
    let reopens =
        actor != Actor::Machine && matches!(ticket.status, Status::Pending | Status::Resolved | Status::Closed);
    let status = if reopens { Status::Open } else { ticket.status };
    let after = Ticket { version: ticket.version + 1, ..in_status(ticket, status, now) };
    plain(after, Some(Event::Received { channel, status: Step { from: ticket.status, to: status } }))
}

fn set_priority(ticket: &Ticket, priority: Priority) -> Decision {
    let event = Event::PrioritySet { priority: Step { from: ticket.priority, to: priority } };
    plain(Ticket { priority, ..ticket.clone() }, (priority != ticket.priority).then_some(event))
}

/// A reply that was written to the address before is held.
fn set_address(ticket: &Ticket, address: &EmailAddress) -> Decision {
    if ticket.address.as_ref() == Some(address) {
        return plain(ticket.clone(), None);
    }
    let after = Ticket { address: Some(address.clone()), version: ticket.version + 1, ..ticket.clone() };
    let event = Event::AddressSet { address: Step { from: ticket.address.clone(), to: Some(address.clone()) } };
    plain(after, Some(event))
}

fn set_language(ticket: &Ticket, language: Option<Language>) -> Decision {
    let event = Event::LanguageSet { language: Step { from: ticket.language, to: language } };
    plain(Ticket { language, ..ticket.clone() }, (language != ticket.language).then_some(event))
}

/// Each topic once; the main one is no further one.
fn set_further_topics(ticket: &Ticket, topics: &[String]) -> Decision {
    let further: BTreeSet<&String> = topics.iter().filter(|topic| **topic != ticket.topic).collect();
    let topics = further.into_iter().cloned().collect();
    plain(ticket.clone(), Some(Event::FurtherTopicsSet { topics }))
}

/// Tags in lower case, each once, none empty, none too long, not too many.
#[must_use]
pub fn tidy_tags(tags: &[String]) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for tag in tags {
        let tag: String = tag.trim().to_lowercase().chars().filter(|c| !c.is_control()).take(LONGEST_TAG).collect();
        if !tag.is_empty() && !tidy.contains(&tag) && tidy.len() < MOST_TAGS {
            tidy.push(tag);
        }
    }
    tidy
}

fn in_status(ticket: &Ticket, status: Status, now: Timestamp) -> Ticket {
    let waiting_since = status.waits_for_us().then(|| ticket.waiting_since.unwrap_or(now));
    Ticket { status, waiting_since, ..ticket.clone() }
}

/// Staff who end a ticket have taken care of what did not arrive; what comes back later is news.
fn put_in_status(ticket: &Ticket, status: Status, now: Timestamp) -> Ticket {
    let ends = matches!(status, Status::Resolved | Status::Closed);
    Ticket { bounced: ticket.bounced && !ends, ..in_status(ticket, status, now) }
}

fn plain(after: Ticket, event: Option<Event>) -> Decision {
    Decision { after, event, writing: None, follow_up: FollowUp::Nothing }
}

fn written(body: &str) -> Result<String, Refusal> {
    let body = body.trim_end();
    if body.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    if body.chars().count() > LONGEST_BODY {
        return Err(Refusal::TooLong { limit: LONGEST_BODY });
    }
    Ok(body.to_owned())
}

#[cfg(test)]
mod tests;
