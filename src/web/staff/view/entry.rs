//! An entry of a ticket's timeline.

use crate::desk::conversation::{Entry, FileOf, Kind, Message, Past};
use crate::desk::outgoing::State;
use crate::desk::staff::Colleague;
use crate::domain::Named;
use crate::domain::authenticity::Check;
use crate::domain::division::Directory;
use crate::domain::enquiry::Permanence;
use crate::domain::event::{Event, LetterDecision};
use crate::domain::letter::Correspondent;
use crate::domain::reference::Reference;
use crate::domain::scan::Scan;
use crate::language::Words;
use crate::language::answers::{Line, lines_of};
use crate::web::staff::view::delivery::{Acknowledges, Reason, Trouble, acknowledgements, deliveries};
use crate::web::staff::view::shell::initial;

/// An entry, ready for the page.
#[derive(Debug, Clone)]
pub enum Shown {
    /// A message.
    Message(Box<Written>),
    /// Messages that are left out here.
    LeftOut {
        /// How many.
        count: i64,
        /// The message that comes after them.
        before: uuid::Uuid,
    },
    /// A line of history.
    Past {
        /// When.
        at: jiff::Timestamp,
        /// What happened.
        sentence: String,
        /// Another ticket that it names.
        ticket: Option<Reference>,
    },
}

/// A message, ready for the page.
#[derive(Debug, Clone)]
pub struct Written {
    /// The message.
    pub message: Message,
    /// What is shown at once; may be empty.
    pub text: String,
    /// What is folded, with its number of lines.
    pub folded: Option<(String, usize)>,
    /// Whether the letter says more than is shown, folded or not.
    pub extent: Extent,
    /// What was answered with it to a topic's own questions.
    pub answers: Vec<Line>,
    /// What became of it on its way, and whether that is trouble: one line, or one for each who gets a copy.
    pub deliveries: Vec<(String, Trouble)>,
    /// Whether it came after the page that a held reply was written on.
    pub meanwhile: Meanwhile,
}

/// How much of a message the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Its beginning: the rest is in the letter as it came.
    Beginning,
}

/// Whether an entry is newer than the page that a held reply was written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meanwhile {
    /// It is.
    Yes,
    /// It is not.
    No,
}

impl Written {
    /// Where a file of that name is handed out: the first one, where there are several.
    #[must_use]
    pub fn link_to(&self, filename: &str) -> Option<String> {
        let is_clean = |file: &&FileOf| !matches!(file.scan, Some(Scan::Found { .. }));
        let file = self.message.files.iter().filter(is_clean).find(|file| file.filename == filename)?;
        Some(format!("/staff/attachments/{}", file.id))
    }

    /// Of which class it is on the page.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self.message.kind {
            Kind::Inbound => "entry-inbound",
            Kind::Outbound => "entry-outbound",
            Kind::Note => "entry-note",
        }
    }

    /// Whether it is a note.
    #[must_use]
    pub fn is_note(&self) -> bool {
        self.message.kind == Kind::Note
    }

    /// Whether somebody of ours wrote it.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.message.kind != Kind::Inbound
    }

    /// Whether its address says more than its name does.
    #[must_use]
    pub fn shows_address(&self) -> bool {
        !self.is_ours() && !self.message.sender_address.is_empty() && !self.message.sender_name.is_empty()
    }

    /// Whether the mail server has it.
    #[must_use]
    pub fn has_arrived(&self) -> bool {
        let all = &self.message.deliveries;
        !all.is_empty() && all.iter().all(|delivery| delivery.state == State::Sent && delivery.bounce.is_none())
    }

    /// Whether its sender is to be shown as new to the ticket.
    #[must_use]
    pub fn is_from_a_stranger(&self) -> bool {
        self.message.kind == Kind::Inbound && !self.message.sender_known
    }

    /// How its sender could not be confirmed.
    #[must_use]
    pub fn failed_checks(&self) -> String {
        shown_checks(&self.message.failed_checks)
    }

    /// Its first letter, for the mark beside it.
    #[must_use]
    pub fn initial(&self) -> String {
        initial(self.sender())
    }

    /// Who wrote it.
    #[must_use]
    pub fn sender(&self) -> &str {
        if self.message.sender_name.is_empty() { &self.message.sender_address } else { &self.message.sender_name }
    }

    /// Who else was addressed, by name or address.
    #[must_use]
    pub fn cc(&self) -> String {
        listed(&self.message.cc)
    }

    /// Who got it without the others seeing it.
    #[must_use]
    pub fn bcc(&self) -> String {
        listed(&self.message.bcc)
    }

    /// Whether it came after the page that a held reply was written on.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.meanwhile == Meanwhile::Yes
    }
}

/// As people who know of them write them.
fn shown_checks(checks: &[Check]) -> String {
    checks.iter().map(|check| check.name().to_uppercase()).collect::<Vec<_>>().join(", ")
}

fn listed(correspondents: &[Correspondent]) -> String {
    let shown = correspondents.iter().map(|one| match one.name.as_str() {
        "" => one.address.to_string(),
        name => format!("{name} <{}>", one.address),
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// The names of what events speak of.
#[derive(Debug)]
pub struct Names<'a> {
    /// The words of the page.
    pub words: Words,
    /// Staff.
    pub colleagues: &'a [Colleague],
    /// Topics.
    pub directory: &'a Directory,
    /// Whether enquiries such as this are acknowledged.
    pub acknowledges: Acknowledges,
}

impl Names<'_> {
    /// The name of a member of staff; nobody's is said in words.
    #[must_use]
    pub fn colleague(&self, id: Option<uuid::Uuid>) -> String {
        let somebody = self.colleagues.iter().find(|one| Some(one.id) == id).map(|one| one.name.clone());
        somebody.unwrap_or_else(|| self.words.say("nobody"))
    }

    /// The name of a division.
    #[must_use]
    pub fn division(&self, id: uuid::Uuid) -> String {
        let known = self.directory.division(id).map(|division| division.names.text(self.words.language));
        known.unwrap_or_default().to_owned()
    }

    /// The names of topics, or that there are none.
    #[must_use]
    pub fn topics(&self, slugs: &[String]) -> String {
        if slugs.is_empty() {
            return self.words.say("no-topics");
        }
        slugs.iter().map(|slug| self.topic(slug)).collect::<Vec<_>>().join(", ")
    }

    /// The name of a topic; its slug where it is there no more.
    #[must_use]
    pub fn topic(&self, slug: &str) -> String {
        let known = self.directory.topic(slug).map(|topic| topic.names.text(self.words.language).to_owned());
        known.unwrap_or_else(|| slug.to_owned())
    }
}

/// The entries of a page. What came after `seen` is marked.
#[must_use]
pub fn shown(names: &Names<'_>, entries: Vec<Entry>, seen: Option<jiff::Timestamp>) -> Vec<Shown> {
    let mut place = Place::First;
    let entries = entries.into_iter().filter_map(|entry| match entry {
        Entry::Message(message) => {
            let place = std::mem::replace(&mut place, Place::Later);
            Some(Shown::Message(Box::new(written(names, *message, seen, place))))
        }
        Entry::Past(past) => {
            let ticket = other_ticket(&past.event);
            sentence(names, &past).map(|sentence| Shown::Past { at: past.at, sentence, ticket })
        }
    });
    entries.collect()
}

fn other_ticket(event: &Event) -> Option<Reference> {
    match event {
        Event::LetterElsewhere { ticket } | Event::PutApart { ticket, .. } => Some(*ticket),
        _ => None,
    }
}

/// What stands in a sentence before and after the reference that it names.
#[must_use]
pub fn around(sentence: &str, ticket: &Reference) -> (String, String) {
    let (before, after) = sentence.split_once(&ticket.to_string()).unwrap_or((sentence, ""));
    (before.to_owned(), after.to_owned())
}

/// Where a message stands in its ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It began it: what it quotes or hands on stands nowhere else.
    First,
    Later,
}

/// As many bytes of a message's text as a page carries: what a person writes is shorter, and a browser goes on quickly.
const MOST_SHOWN: usize = 200_000;

fn as_far_as_shown(mut text: String, extent: Extent) -> String {
    if extent == Extent::Beginning {
        text.truncate(text.floor_char_boundary(MOST_SHOWN));
    }
    text
}

/// How many lines of a ticket's first message are not folded.
const SHOWN_OF_THE_FIRST: usize = 40;

fn written(names: &Names<'_>, message: Message, seen: Option<jiff::Timestamp>, place: Place) -> Written {
    let most_unfolded = if place == Place::First { SHOWN_OF_THE_FIRST } else { 0 };
    let beyond = |new: &String| message.text.lines().count().saturating_sub(new.lines().count());
    let (text, folded) = match message.new_part.as_ref().map(|new| (new, beyond(new))) {
        Some((new, lines)) if lines > most_unfolded => (new.clone(), Some((message.text.clone(), lines))),
        _ => (message.text.clone(), None),
    };
    let newer = seen.is_some_and(|seen| message.created_at > seen);
    let meanwhile = if newer { Meanwhile::Yes } else { Meanwhile::No };
    let mut deliveries = deliveries(names.words, &message);
    if place == Place::First {
        deliveries.extend(acknowledgements(names.words, names.acknowledges, &message));
    }
    let answers = message.answered.as_ref();
    let answers = answers.map(|answered| lines_of(answered, message.channel, names.words.language)).unwrap_or_default();
    // What did not come as a letter has no other place where it is whole.
    let is_cut = message.arrival.is_some() && message.text.len() > MOST_SHOWN;
    let extent = if is_cut { Extent::Beginning } else { Extent::Whole };
    let text = as_far_as_shown(text, extent);
    let folded = folded.map(|(whole, lines)| (as_far_as_shown(whole, extent), lines));
    Written { answers, deliveries, text, folded, extent, meanwhile, message }
}

/// A line of history in words; none for what a message beside it says already.
pub fn sentence(names: &Names<'_>, past: &Past) -> Option<String> {
    let words = names.words;
    let who = past.staff.clone().unwrap_or_else(|| words.say("event-desk"));
    let said = |key: &str, more: &[(&'static str, String)]| {
        let mut variables = vec![("who", who.clone().into())];
        variables.extend(more.iter().map(|(name, value)| (*name, value.clone().into())));
        Some(words.tell(key, &variables))
    };
    let status = |status: crate::domain::status::Status| words.say(&format!("status-{}", status.name()));
    match &past.event {
        Event::Created { .. } | Event::Replied { .. } | Event::Noted => None,
        Event::Received { status: step, .. } if step.from == step.to => None,
        Event::Received { status: step, .. } => said("event-reopened", &[("status", status(step.to))]),
        Event::LetterElsewhere { ticket } => said("event-elsewhere", &[("ticket", ticket.to_string())]),
        Event::PutApart { ticket, failed } => {
            said("event-put-apart", &[("ticket", ticket.to_string()), ("checks", shown_checks(failed))])
        }
        Event::Assigned { assignee, .. } if assignee.to.is_none() => said("event-unassigned", &[]),
        Event::Assigned { assignee, .. } if names.colleague(assignee.to) == who => said("event-taken", &[]),
        Event::Assigned { assignee, .. } => said("event-assigned", &[("assignee", names.colleague(assignee.to))]),
        Event::StatusSet { status: step } => said("event-status", &[("status", status(step.to))]),
        Event::Routed { division, topic } if division.from == division.to => {
            said("event-routed", &[("topic", names.topic(&topic.to))])
        }
        Event::Routed { division, topic } => {
            said("event-moved", &[("division", names.division(division.to)), ("topic", names.topic(&topic.to))])
        }
        Event::PrioritySet { priority } => {
            said("event-priority", &[("priority", words.say(&format!("priority-{}", priority.to.name())))])
        }
        Event::LanguageSet { language } => {
            let name = language
                .to
                .map_or_else(|| words.say("language-unknown"), |to| words.say(&format!("language-{}", to.name())));
            said("event-language", &[("language", name)])
        }
        Event::AddressSet { address } => {
            said("event-address", &[("address", address.to.as_ref().map(ToString::to_string).unwrap_or_default())])
        }
        Event::FurtherTopicsSet { topics } => said("event-topics", &[("topics", names.topics(topics))]),
        Event::Tagged { tags } => said("event-tagged", &[("tags", tags.join(", "))]),
        Event::Bounced { report } => {
            let key = if report.permanence == Permanence::Delayed { "event-delayed" } else { "event-bounced" };
            said(key, &[("recipient", report.recipient.clone()), ("status", report.status.clone())])
        }
        Event::Refused { recipient, code, words: told } => {
            let reason = Reason::of(words, Some(code), Some(told));
            let key = if reason.is_of_a_server() { "event-refused" } else { "event-hindered" };
            said(key, &[("recipient", recipient.clone()), ("answer", reason.words().to_owned())])
        }
        Event::FateUnknown { recipient } => said("event-fate-unknown", &[("recipient", recipient.clone())]),
        Event::LetterDecided { decision, recipient } => {
            let key = match decision {
                LetterDecision::SendAgain => "event-sent-again",
                LetterDecision::Settle => "event-settled",
                LetterDecision::Arrived => "event-arrived",
            };
            said(key, &[("recipient", recipient.clone())])
        }
    }
}
