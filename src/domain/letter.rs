//! A letter of ours as a plain value: what is kept in the outbox until it is sent.

use jiff::Timestamp;

use crate::domain::language::Language;
use crate::domain::named::named;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;

/// A letter, complete but for the bytes of its attachments.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    /// The division, by name and address.
    pub from: Correspondent,
    /// The enquirer.
    pub to: Correspondent,
    /// Who else gets it, as everybody reads it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<Correspondent>,
    /// Whose copy this is, where it is not the enquirer's: each copy is a letter of its own in the outbox, with a return
    /// path of its own, so that a bounce tells whose it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_for: Option<EmailAddress>,
    /// Where answers go: the division's address with the ticket's token.
    pub reply_to: EmailAddress,
    /// Subject, with the reference.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Its Message-ID, without angle brackets.
    pub mail_id: String,
    /// The Message-ID that it answers.
    pub in_reply_to: Option<String>,
    /// The Message-IDs of the thread, oldest first.
    pub references: Vec<String>,
    /// When it was written.
    pub written_at: Timestamp,
    /// By whom.
    pub author: Author,
    /// What goes with it.
    pub attachments: Vec<Attachment>,
    /// The enquirer's own pages that it leads to: when it leaves, links take the place of placeholders.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opens: Vec<OwnPage>,
}

named! {
    /// What a letter is for.
    pub enum Purpose as "purpose of a letter" {
        /// It says that an enquiry has come.
        Acknowledgement = "acknowledgement",
        /// It answers.
        Reply = "reply",
        /// It leads to an enquirer's own pages.
        Links = "links",
    }
}

/// An enquirer's own page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OwnPage {
    /// Of which ticket.
    pub ticket: Reference,
    /// In which language.
    pub language: Language,
}

impl Letter {
    /// Who gets this copy.
    #[must_use]
    pub fn recipient(&self) -> &EmailAddress {
        self.copy_for.as_ref().unwrap_or(&self.to.address)
    }
}

named! {
    /// Why the desk does not hand a letter to the mail server.
    pub enum Hindrance as "hindrance" {
        /// The virus scanner found something in a file.
        Virus = "virus",
        /// The virus scanner has not seen a file yet.
        Unscanned = "unscanned",
        /// An address has other than ASCII letters before its `@`, and the server does not offer SMTPUTF8 (RFC 6531).
        NoSmtputf8 = "no-smtputf8",
        /// It cannot be written or signed.
        Unwritable = "unwritable",
    }
}

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Correspondent {
    /// Name; may be empty.
    pub name: String,
    /// Address.
    pub address: EmailAddress,
}

/// Who wrote a letter of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The desk itself: `Auto-Submitted: auto-replied` (RFC 3834).
    Desk,
    /// A person.
    Person,
}

/// A file that goes with a letter; its bytes are among the blobs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attachment {
    /// Its name.
    pub filename: String,
    /// Its type.
    pub content_type: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// The name by which the HTML shows it (RFC 2392), where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_id: Option<String>,
}
