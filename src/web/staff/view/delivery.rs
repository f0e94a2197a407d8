//! What became of letters of ours, in words; where one was not taken, who says so: a mail server, or the desk itself.

use crate::desk::conversation::{Delivery, Message};
use crate::desk::outgoing::State;
use crate::domain::Named;
use crate::domain::enquiry::{BounceReport, Permanence};
use crate::domain::letter::Hindrance;
use crate::language::Words;

/// Whether something needs a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It does.
    Yes,
    /// It does not.
    No,
}

impl Trouble {
    /// Whether it needs a person.
    #[must_use]
    pub fn is_some(&self) -> bool {
        *self == Self::Yes
    }
}

/// Whether enquiries are acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acknowledges {
    /// Each is, unless its sender was written to just before.
    Each,
    /// Nobody is: somebody called, or a machine wrote.
    Nobody,
}

/// Why a letter was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// In the words of the mail server, or of what went wrong before it spoke.
    Server(String),
    /// In those of the desk, which did not hand it over.
    Desk(String),
}

impl Reason {
    /// What the outbox keeps of it. A server's words often begin with the status that stands in the code already.
    #[must_use]
    pub fn of(words: Words, code: Option<&str>, told: Option<&str>) -> Self {
        let (code, told) = (code.unwrap_or_default(), told.unwrap_or_default());
        if let Ok(hindrance) = Hindrance::from_name(code) {
            return Self::Desk(words.with(&format!("hindrance-{hindrance}"), "detail", told));
        }
        if code.is_empty() && !told.is_empty() {
            return Self::Desk(words.with("hindrance-cut-off", "detail", told));
        }
        let status = code.rsplit(' ').next().unwrap_or_default();
        let rest = told.strip_prefix(status).filter(|_| !status.is_empty()).map_or(told, str::trim_start);
        Self::Server(format!("{code} {rest}").trim().to_owned())
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Server(words) | Self::Desk(words) => words,
        }
    }

    /// Whether a mail server says so, in English as they do.
    #[must_use]
    pub fn is_of_a_server(&self) -> bool {
        matches!(self, Self::Server(_))
    }
}

/// What became of the acknowledgement of a ticket's first message, or that there is none.
pub(super) fn acknowledgements(words: Words, acknowledges: Acknowledges, first: &Message) -> Vec<(String, Trouble)> {
    let all = first.acknowledgements.iter().map(|delivery| {
        let (fate, trouble) = fate(words, delivery);
        (words.with("delivery-acknowledgement", "fate", fate), trouble)
    });
    let mut lines: Vec<(String, Trouble)> = all.collect();
    if lines.is_empty() && acknowledges == Acknowledges::Each {
        lines.push((words.say("delivery-not-acknowledged"), Trouble::No));
    }
    lines
}

/// What became of a message. Where several got it and not all fared alike, each has a line.
pub(super) fn deliveries(words: Words, message: &Message) -> Vec<(String, Trouble)> {
    let all = &message.deliveries;
    let bounced = message.bounce.as_ref().filter(|_| all.iter().all(|delivery| delivery.bounce.is_none()));
    if let Some(bounce) = bounced {
        return vec![(bounced_in_words(words, bounce, ""), Trouble::Yes)];
    }
    let mut lines: Vec<(String, Trouble)> = all.iter().map(|delivery| fate(words, delivery)).collect();
    if lines.iter().all(|line| *line == lines[0]) {
        lines.truncate(1);
        return lines;
    }
    let with_recipient = all.iter().zip(lines).map(|(delivery, (line, trouble))| {
        let names_them = line.contains(&delivery.recipient);
        let of = [("recipient", delivery.recipient.as_str().into()), ("fate", line.as_str().into())];
        (if names_them { line.clone() } else { words.tell("delivery-of", &of) }, trouble)
    });
    with_recipient.collect()
}

pub(super) fn bounced_in_words(words: Words, bounce: &BounceReport, recipient: &str) -> String {
    let key = match bounce.permanence {
        Permanence::Hard => "delivery-bounced",
        Permanence::Soft => "delivery-bounced-for-now",
        Permanence::Delayed => "delivery-delayed",
    };
    let recipient = if bounce.recipient.is_empty() { recipient } else { &bounce.recipient };
    words.tell(key, &[("recipient", recipient.into()), ("status", bounce.status.as_str().into())])
}

fn fate(words: Words, delivery: &Delivery) -> (String, Trouble) {
    if let Some(bounce) = delivery.bounce.as_ref().filter(|_| delivery.state != State::Settled) {
        return (bounced_in_words(words, bounce, &delivery.recipient), Trouble::Yes);
    }
    let reason = Reason::of(words, delivery.code.as_deref(), delivery.words.as_deref());
    let answer = reason.words();
    let variables = [("recipient", delivery.recipient.as_str().into()), ("answer", answer.into())];
    let key = match delivery.state {
        State::Waiting if answer.is_empty() => "delivery-waiting",
        State::Waiting => "delivery-retrying",
        State::Claimed | State::Handing => "delivery-sending",
        State::Sent => "delivery-sent",
        State::Captured => "delivery-captured",
        State::Refused if reason.is_of_a_server() => "delivery-refused",
        State::Refused => "delivery-hindered",
        State::Unknown => "delivery-unknown",
        State::Settled => "delivery-settled",
    };
    let trouble = if matches!(delivery.state, State::Refused | State::Unknown) { Trouble::Yes } else { Trouble::No };
    (words.tell(key, &variables), trouble)
}
