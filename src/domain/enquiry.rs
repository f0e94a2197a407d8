//! What every door makes of what it was given: one plain value.

use jiff::Timestamp;

use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::domain::letter::Correspondent;
use crate::domain::named::named;
use crate::domain::person::EmailAddress;
use crate::domain::questionnaire::Answered;
use crate::domain::reference::Reference;

/// An arrival as the desk understands it, whichever way it came.
#[derive(Debug, Clone)]
pub struct Enquiry {
    /// How it came.
    pub channel: Channel,
    /// When it came.
    pub received_at: Timestamp,
    /// The bytes as they came; of a form its fields as JSON, files by hash.
    pub raw: Vec<u8>,
    /// Hash of what makes two arrivals the very same.
    pub sameness: [u8; 32],
    /// The hidden token of the form that it was written in.
    pub form: Option<[u8; 16]>,
    /// Who asks.
    pub sender: Sender,
    /// The addresses that it was sent to.
    pub recipients: Vec<String>,
    /// Who else was addressed.
    pub copied_to: Vec<Correspondent>,
    /// What it is about.
    pub subject: String,
    /// The whole text.
    pub text: String,
    /// The text less quoted history and signature, where that is not all of it.
    pub new_part: Option<String>,
    /// The sanitised HTML, of a letter that has one.
    pub html: Option<String>,
    /// The language it is written in, where that is certain.
    pub language: Option<Language>,
    /// The topic that the sender chose.
    pub topic: Option<String>,
    /// What the sender answered to the topic's own questions.
    pub answered: Option<Answered>,
    /// What came with it.
    pub files: Vec<File>,
    /// Who or what wrote it.
    pub nature: Nature,
    /// What ties it to earlier letters.
    pub thread: ThreadMarks,
    /// Whether it is from whom it says.
    pub authenticity: Authenticity,
    /// Why it may be no enquiry at all.
    pub doubts: Vec<Doubt>,
    /// The member of staff who logged it for somebody who called or came.
    pub logged_by: Option<uuid::Uuid>,
}

/// Who asks.
#[derive(Debug, Clone, Default)]
pub struct Sender {
    /// Name; may be empty.
    pub name: String,
    /// How the name is read (furigana); may be empty.
    pub reading: String,
    /// Organisation; may be empty.
    pub organisation: String,
    /// The address that answers go to.
    pub email: Option<EmailAddress>,
    /// Telephone number, folded and as given.
    pub telephone: Option<Number>,
    /// Fax number, folded and as given.
    pub fax: Option<Number>,
}

/// A telephone or fax number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// For comparison: E.164 where it can be had.
    pub value: String,
    /// As it was given.
    pub shown: String,
}

/// A file that came with an arrival.
#[derive(Debug, Clone)]
pub struct File {
    /// Safe name.
    pub filename: String,
    /// The type that the sender declared.
    pub content_type: String,
    /// The type that the bytes show.
    pub sniffed_type: String,
    /// The bytes.
    pub content: Vec<u8>,
    /// Their SHA-256.
    pub sha256: [u8; 32],
    /// Meant to be shown within the text.
    pub inline: bool,
    /// The name by which the HTML refers to it.
    pub content_id: Option<String>,
}

impl File {
    /// The type that the bytes show, or where they show none in particular, as those of a list of values do, the one
    /// declared.
    #[must_use]
    pub fn told_type(&self) -> &str {
        match self.sniffed_type.as_str() {
            "text/plain" | "application/octet-stream" if !self.content_type.is_empty() => &self.content_type,
            sniffed => sniffed,
        }
    }
}

/// Who or what wrote a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature {
    /// A person.
    Human,
    /// A machine: stored, shown, never acknowledged; changes no status.
    Automatic,
    /// A mail server reports that a letter of ours did not arrive.
    Bounce(BounceReport),
}

/// What a mail server says of a letter that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BounceReport {
    /// Who did not get it.
    pub recipient: String,
    /// Enhanced status code (RFC 3463), such as `5.1.1`; may be empty.
    pub status: String,
    /// For good, or for now.
    pub permanence: Permanence,
}

/// Whether a failure lasts; the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Permanence {
    /// For good.
    Hard,
    /// For now: a letter sent later may arrive.
    Soft,
    /// Not yet: the server goes on trying.
    Delayed,
}

/// What ties a letter to earlier ones.
#[derive(Debug, Clone, Default)]
pub struct ThreadMarks {
    /// Who wrote a letter: all addresses in its `From`. They decide which ticket it joins; `Reply-To`, which anybody
    /// fills in as they like, only says where answers go.
    pub authors: Vec<EmailAddress>,
    /// Its own Message-ID, or the one made for it.
    pub mail_id: Option<String>,
    /// Tickets by valid tokens in the addresses it was sent to, in their order.
    pub tickets_by_token: Vec<Reference>,
    /// A letter of ours by a valid token in the return path that it came back to.
    pub letter_by_token: Option<u64>,
    /// `In-Reply-To` and `References`, the nearest first; of a bounce the Message-ID of the returned letter.
    pub answers: Vec<String>,
    /// The Message-ID of the letter on which a machine reports: that came back, was read, or was complained of.
    pub reported: Option<String>,
    /// References in the subject.
    pub mentioned: Vec<Reference>,
}

impl ThreadMarks {
    /// The Message-IDs by which its ticket may be known: of those it answers, then its own.
    pub fn mail_ids(&self) -> impl Iterator<Item = &String> {
        self.answers.iter().chain(&self.mail_id)
    }
}

named! {
    /// Why an arrival may be no enquiry. It is stored as `spam`, with the reasons, and staff decide.
    pub enum Doubt as "doubt" {
        /// A field was filled in that people do not see.
        HiddenFieldFilled = "hidden-field-filled",
        /// A spam filter on the way said so.
        FilteredAsSpam = "filtered-as-spam",
        /// The same text came more often than people send one.
        SameTextAgain = "same-text-again",
        /// It has many links, and came as soon as its page was shown.
        LinksAtOnce = "links-at-once",
        /// It came during an attack, from a page whose script had not run.
        WorkMissing = "work-missing",
    }
}

impl Sender {
    /// Whether it may be the one of that name and address: who corrects a form changes one of them at most.
    #[must_use]
    pub fn may_be(&self, name: &str, address: Option<&str>) -> bool {
        let has_address = self
            .email
            .as_ref()
            .is_some_and(|email| address.is_some_and(|address| email.as_str().eq_ignore_ascii_case(address)));
        has_address || self.name.trim().eq_ignore_ascii_case(name.trim())
    }
}

impl Enquiry {
    /// Whom it is from, as its message shows it: the author, or who asks where that is no letter.
    #[must_use]
    pub fn author(&self) -> Option<&EmailAddress> {
        self.thread.authors.first().or(self.sender.email.as_ref())
    }

    /// Who gets what is sent to the sender, folded: a machine may write from an address with another `+` each time.
    #[must_use]
    pub fn mailbox(&self) -> Option<String> {
        Some(self.sender.email.as_ref()?.without_detail().folded())
    }

    /// The same without addresses of ours, folded in `ours`, where answers go and among those who may get a copy: what we
    /// sent there would come back, into whichever ticket its token names.
    #[must_use]
    pub fn not_answered_to(mut self, ours: &[String]) -> Self {
        let is_ours = |address: &EmailAddress| ours.contains(&address.without_detail().folded());
        if self.sender.email.as_ref().is_some_and(is_ours) {
            self.sender.email = self.thread.authors.iter().find(|author| !is_ours(author)).cloned();
        }
        self.copied_to.retain(|other| !is_ours(&other.address));
        self
    }

    /// The folded addresses that must take part in a ticket for it to be joined by a Message-ID or a reference.
    pub fn takers_of_part(&self) -> impl Iterator<Item = String> {
        let asks = self.sender.email.iter().filter(|_| self.channel != Channel::Email);
        self.thread.authors.iter().chain(asks).map(EmailAddress::folded)
    }
}

#[cfg(test)]
pub(crate) mod samples {
    //! Enquiries for the tests of the rules.

    use super::{Enquiry, Nature, Sender, ThreadMarks};
    use crate::domain::authenticity::Authenticity;
    use crate::domain::channel::Channel;
    use crate::domain::person::EmailAddress;

    /// A short letter of a person.
    pub(crate) fn letter() -> Enquiry {
        Enquiry {
            channel: Channel::Email,
            received_at: jiff::Timestamp::UNIX_EPOCH,
            raw: Vec::new(),
            sameness: [0; 32],
            form: None,
            sender: Sender {
                email: Some(EmailAddress::parse("mayor@town.example").expect("an address")),
                ..Sender::default()
            },
            recipients: vec!["exchange@clair.example".into()],
            copied_to: Vec::new(),
            subject: "Sister cities".into(),
            text: "How do we begin?".into(),
            new_part: None,
            html: None,
            language: None,
            topic: None,
            answered: None,
            files: Vec::new(),
            nature: Nature::Human,
            thread: ThreadMarks::default(),
            authenticity: Authenticity::Unknown,
            doubts: Vec::new(),
            logged_by: None,
        }
    }
}
