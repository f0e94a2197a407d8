//! What is to be done with an arrival, from what the database knows. Pure.

use crate::desk::receive::context::{Known, Letter};
use crate::domain::channel::Channel;
use crate::domain::enquiry::{BounceReport, Enquiry, Nature};
use crate::domain::reference::Reference;
use crate::domain::threading::{self, Part, Proof, Thread};

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plan {
    /// A new ticket.
    Create { looks_related_to: Option<Reference> },
    /// A further message of a ticket.
    Append { ticket: Reference, part: Part, by: Proof, also: Vec<Reference> },
    /// The very same came before; further tickets whose tokens it was sent to have an event with a link.
    Duplicate { of: Option<Reference>, also: Vec<Reference> },
    /// A report about a letter of ours, where that is known.
    Bounce { report: BounceReport, letter: Option<Letter>, ticket: Option<Reference> },
}

pub(super) fn plan(enquiry: &Enquiry, known: &Known) -> Plan {
    if let Some(of) = known.same.get(&enquiry.sameness) {
        let named = enquiry.thread.tickets_by_token.iter().copied();
        let also = named.filter(|ticket| Some(*ticket) != *of && known.numbers.contains(&ticket.number()));
        return Plan::Duplicate { of: *of, also: also.collect() };
    }
    let made = enquiry.form.and_then(|form| known.forms.get(&form));
    // Whoever goes back to a form that somebody else has sent on the same computer begins a ticket of their own.
    if let Some(made) = made.filter(|made| enquiry.sender.may_be(&made.name, made.address.as_deref())) {
        return Plan::Append { ticket: made.ticket, part: Part::Takes, by: Proof::Token, also: Vec::new() };
    }
    let thread = match enquiry.channel {
        Channel::Email if enquiry.logged_by.is_none() => threading::thread(enquiry, &known.tickets_of(enquiry)),
        // An enquirer's own page: whoever has its key is the enquirer.
        Channel::Web if !enquiry.thread.tickets_by_token.is_empty() => said_by_enquirer(enquiry, known),
        // A form begins a ticket; what staff log belongs where they say.
        _ => said_by_staff(enquiry, known),
    };
    if let Nature::Bounce(report) = &enquiry.nature {
        return bounce(report.clone(), enquiry, known, &thread);
    }
    match thread {
        Thread::Joins { ticket, part, by, also } => Plan::Append { ticket, part, by, also },
        Thread::Begins { looks_related_to } => Plan::Create { looks_related_to },
    }
}

/// Also where the ticket was taken for spam: a sender of that must not get a new ticket for each message.
fn said_by_enquirer(enquiry: &Enquiry, known: &Known) -> Thread {
    let named = enquiry.thread.tickets_by_token.iter().find(|ticket| known.numbers.contains(&ticket.number()));
    match named {
        Some(ticket) => Thread::Joins { ticket: *ticket, part: Part::Takes, by: Proof::Token, also: Vec::new() },
        None => Thread::Begins { looks_related_to: None },
    }
}

fn said_by_staff(enquiry: &Enquiry, known: &Known) -> Thread {
    let ticket = enquiry.logged_by.and(enquiry.thread.mentioned.first());
    match ticket.filter(|ticket| known.numbers.contains(&ticket.number())) {
        Some(ticket) => Thread::Joins { ticket: *ticket, part: Part::Takes, by: Proof::Staff, also: Vec::new() },
        None => Thread::Begins { looks_related_to: None },
    }
}

/// The return path names the copy, unless the report is about whom another copy went to; where a server lost it, the
/// Message-ID in the returned part names the letter, and the recipient the copy.
fn bounce(report: BounceReport, enquiry: &Enquiry, known: &Known, thread: &Thread) -> Plan {
    let by_token = enquiry.thread.letter_by_token.and_then(|number| known.letters_by_number.get(&number));
    let recipient = report.recipient.to_lowercase();
    let copies = enquiry.thread.answers.iter().find_map(|id| known.letters_by_mail_id.get(id));
    let of_same_letter = copies.filter(|copies| by_token.is_none_or(|copy| copies.contains(copy)));
    let named = of_same_letter.and_then(|copies| copies.iter().find(|copy| copy.recipient == recipient));
    let letter = named.or(by_token).or(copies.and_then(|copies| copies.first())).cloned();
    let joined = match thread {
        Thread::Joins { ticket, .. } => Some(*ticket),
        Thread::Begins { .. } => None,
    };
    let ticket = letter.as_ref().map(|letter| letter.ticket).or(joined);
    Plan::Bounce { report, letter, ticket }
}
