//! Acknowledgements, which nobody looks at before they leave.

use jiff::Timestamp;

use crate::desk::change::Locked;
use crate::desk::writing::{chain, is_theirs, new_mail_id, signature};
use crate::domain::acknowledgement::{languages, plausible_name, without_links};
use crate::domain::division::{Directory, Division};
use crate::domain::enquiry::Enquiry;
use crate::domain::language::Language;
use crate::domain::letter::{Author, Correspondent, Letter, OwnPage};
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::wording::Automatic;
use crate::mail::letter::{self, Acknowledgement};
use crate::mail::token::{Names, Tokens};

/// What an acknowledgement says.
pub(crate) struct Acknowledged<'a> {
    pub(crate) reference: Reference,
    pub(crate) division: &'a Division,
    pub(crate) directory: &'a Directory,
    pub(crate) language: Option<Language>,
    pub(crate) due_at: Timestamp,
    pub(crate) to: &'a EmailAddress,
    pub(crate) enquiry: &'a Enquiry,
}

/// The acknowledgement of a new ticket.
pub(crate) fn acknowledgement(tokens: &Tokens, facts: &Acknowledged<'_>) -> Letter {
    let enquiry = facts.enquiry;
    acknowledge(
        tokens,
        facts.directory,
        facts.division,
        &Enquired {
            reference: facts.reference,
            language: facts.language,
            subject: &enquiry.subject,
            text: &enquiry.text,
            name: &enquiry.sender.name,
            to: facts.to,
            due_at: facts.due_at,
            mail_id: enquiry.thread.mail_id.as_deref().filter(|id| is_theirs(id)),
            before: enquiry.thread.answers.iter().rev().cloned().collect(),
        },
        enquiry.received_at,
    )
}

/// The acknowledgement of what was taken for spam until staff said that it is none.
pub(crate) fn late_acknowledgement(
    tokens: &Tokens,
    directory: &Directory,
    division: &Division,
    locked: &Locked,
    to: &EmailAddress,
    now: Timestamp,
) -> Letter {
    let enquired = Enquired {
        reference: locked.ticket.reference,
        language: locked.ticket.language,
        subject: &locked.subject,
        text: "",
        name: &locked.enquirer_name,
        to,
        due_at: division.calendar.promise(now).at,
        mail_id: None,
        before: Vec::new(),
    };
    acknowledge(tokens, directory, division, &enquired, now)
}

struct Enquired<'a> {
    reference: Reference,
    language: Option<Language>,
    subject: &'a str,
    text: &'a str,
    name: &'a str,
    to: &'a EmailAddress,
    due_at: Timestamp,
    mail_id: Option<&'a str>,
    /// The letters that it answers itself, oldest first.
    before: Vec<String>,
}

fn acknowledge(
    tokens: &Tokens,
    directory: &Directory,
    division: &Division,
    enquired: &Enquired<'_>,
    now: Timestamp,
) -> Letter {
    let languages = languages(enquired.language, &[enquired.subject, enquired.text].concat());
    let name = plausible_name(enquired.name);
    let first = languages[..].first().copied().unwrap_or(Language::Japanese);
    let written = letter::acknowledgement(
        &languages,
        &Acknowledgement {
            reference: enquired.reference,
            name,
            subject: &without_links(enquired.subject),
            promise: enquired.due_at.to_zoned(division.calendar.zone.clone()).date(),
        },
        |language| directory.wordings.of(Automatic::Acknowledgement, language).cloned(),
        |language| signature(directory, division, language),
    );
    Letter {
        from: Correspondent { name: division.names.text(first).to_owned(), address: division.email.clone() },
        to: Correspondent { name: name.to_owned(), address: enquired.to.clone() },
        cc: Vec::new(),
        copy_for: None,
        reply_to: tokens.address(&division.email, Names::Ticket(enquired.reference.number())),
        subject: written.subject,
        text: written.text,
        html: written.html,
        mail_id: new_mail_id(division),
        in_reply_to: enquired.mail_id.map(str::to_owned),
        references: chain(enquired.before.iter().cloned().chain(enquired.mail_id.map(str::to_owned))),
        written_at: now,
        author: Author::Desk,
        attachments: Vec::new(),
        opens: languages.iter().map(|language| OwnPage { ticket: enquired.reference, language: *language }).collect(),
    }
}
