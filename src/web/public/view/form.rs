//! The enquiry form: blank, with mistakes, or with a notice; what was typed is always kept.

use askama::Template;

use crate::language::Words;
use crate::web::kept::Kept;
use crate::web::public::view::page::Listed;
use crate::web::public::view::shell::{Section, Shell};
use crate::web::questionnaire::Mistake;
use crate::web::questionnaire::field::{Input, QuestionSet};
use crate::web::view::file_size;

/// The form.
#[derive(Debug, Clone, Template)]
#[template(path = "public/form.html")]
pub struct FormPage {
    /// What surrounds it.
    pub shell: Shell,
    /// Where it is sent: `/{lang}/enquiries`.
    pub action: String,
    /// The hidden token: the page is ours, and how old it is.
    pub seal: String,
    /// What an enquiry can be about.
    pub topics: Vec<TopicChoice>,
    /// What they ask beside what is always asked.
    pub sets: Vec<QuestionSet>,
    /// The page that says what is done with personal data.
    pub privacy: Option<Listed>,
    /// What was typed.
    pub typed: Typed,
    /// Files that need not be chosen again.
    pub kept: Vec<Kept>,
    /// Names of files that came but were not kept.
    pub files_lost: Vec<String>,
    /// Mistakes, in the order of the fields.
    pub errors: Vec<FieldError>,
    /// Why the form is shown again, where the reader made no mistake.
    pub notice: Option<Notice>,
}

/// A topic to choose.
#[derive(Debug, Clone)]
pub struct TopicChoice {
    /// Its name in the form.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// What belongs to it.
    pub hint: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Name.
    pub name: String,
    /// How it is read.
    pub reading: String,
    /// Organisation.
    pub organisation: String,
    /// Email address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub message: String,
    /// Whether the box is ticked.
    pub consent: bool,
}

/// A field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// What it is about.
    Topic,
    /// Name.
    Name,
    /// How it is read.
    Reading,
    /// Organisation.
    Organisation,
    /// Email address.
    Email,
    /// Telephone number.
    Phone,
    /// A question of the topic's own, by the name of its field.
    Question(String),
    /// Subject.
    Subject,
    /// Text.
    Message,
    /// Files.
    Attachments,
    /// Consent.
    Consent,
}

/// What is the matter with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// No topic is chosen.
    TopicMissing,
    /// The topic is none of ours.
    TopicUnknown,
    /// No name.
    NameMissing,
    /// Over 200 characters.
    NameTooLong,
    /// Over 200 characters.
    ReadingTooLong,
    /// Over 200 characters.
    OrganisationTooLong,
    /// Neither an address nor a number.
    ContactMissing,
    /// No "@".
    EmailWithoutAt,
    /// Something before or after the "@" is missing.
    EmailIncomplete,
    /// No telephone number.
    PhoneUnreadable,
    /// No subject.
    SubjectMissing,
    /// So many characters too long.
    SubjectTooLong(usize),
    /// No text.
    MessageMissing,
    /// So many characters too long.
    MessageTooLong(usize),
    /// One file over the limit.
    FileTooLarge {
        /// Its name.
        name: String,
        /// Its size in bytes.
        size: u64,
    },
    /// A file that broke off on its way.
    FileUnreadable {
        /// Its name.
        name: String,
    },
    /// One that was kept, and is no longer.
    FileGone,
    /// All together over the limit.
    FilesTooLarge,
    /// More than this many.
    TooManyFiles(usize),
    /// The box is not ticked.
    ConsentMissing,
    /// An answer to a question of the topic's own.
    Answer(Mistake),
}

/// A mistake in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Which field.
    pub field: Field,
    /// What is the matter.
    pub trouble: Trouble,
}

/// Why nothing was sent although the reader made no mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// 403: the page is too old, or not ours.
    Stale,
    /// 400: it broke off on its way.
    Broken,
    /// 413.
    TooLarge,
    /// 429.
    TooMany,
    /// 503.
    Away,
}

impl Typed {
    /// Whether nothing was typed yet, but for what a link filled in.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.name, &self.organisation, &self.email, &self.phone, &self.message].iter().all(|typed| typed.is_empty())
    }
}

impl FormPage {
    /// The mistakes of one field, in words.
    #[must_use]
    pub fn errors_of(&self, field: &Field) -> Vec<String> {
        let words = self.shell.words;
        self.errors.iter().filter(|error| error.field == *field).map(|error| error.trouble.sentence(words)).collect()
    }

    /// The window's title: that there are mistakes comes first, since it is what readers hear first.
    #[must_use]
    pub fn title(&self) -> String {
        let title = self.shell.page_title();
        if self.errors.is_empty() { title } else { self.shell.words.with("errors-page-title", "title", title) }
    }
}

impl Field {
    /// The id of its first input.
    #[must_use]
    pub fn target(&self) -> &str {
        match self {
            Self::Topic => "topic-1",
            Self::Name => "name",
            Self::Reading => "reading",
            Self::Organisation => "organisation",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Question(name) => name,
            Self::Subject => "subject",
            Self::Message => "message",
            Self::Attachments => "attachments",
            Self::Consent => "consent",
        }
    }
}

impl Trouble {
    /// What is the matter and what to do.
    #[must_use]
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::TopicMissing => words.say("error-topic-missing"),
            Self::TopicUnknown => words.say("error-topic-unknown"),
            Self::NameMissing => words.say("error-name-missing"),
            Self::NameTooLong => words.say("error-name-long"),
            Self::ReadingTooLong => words.say("error-reading-long"),
            Self::OrganisationTooLong => words.say("error-organisation-long"),
            Self::ContactMissing => words.say("error-contact-missing"),
            Self::EmailWithoutAt => words.say("error-email-at"),
            Self::EmailIncomplete => words.say("error-email-incomplete"),
            Self::PhoneUnreadable => words.say("error-phone"),
            Self::SubjectMissing => words.say("error-subject-missing"),
            Self::SubjectTooLong(over) => words.count("error-subject-long", over),
            Self::MessageMissing => words.say("error-message-missing"),
            Self::MessageTooLong(over) => words.count("error-message-long", over),
            Self::FileTooLarge { name, size } => {
                let size = file_size(words, *size);
                words.tell("error-file-large", &[("name", name.as_str().into()), ("size", size.into())])
            }
            Self::FileUnreadable { name } => words.with("error-file-unreadable", "name", name),
            Self::FileGone => words.say("error-file-gone"),
            Self::FilesTooLarge => words.say("error-files-large"),
            Self::TooManyFiles(limit) => words.count("error-files-many", limit),
            Self::ConsentMissing => words.say("error-consent-missing"),
            Self::Answer(mistake) => mistake.sentence(words),
        }
    }
}

impl Notice {
    /// The key of what happened and what did not.
    #[must_use]
    pub fn title_key(&self) -> &'static str {
        match self {
            Self::Stale => "notice-stale",
            Self::Broken => "notice-broken",
            Self::TooLarge => "notice-large",
            Self::TooMany => "notice-many",
            Self::Away => "notice-away",
        }
    }

    /// The key of what to do.
    #[must_use]
    pub fn way_key(&self) -> &'static str {
        match self {
            Self::Stale => "notice-stale-way",
            Self::Broken => "notice-broken-way",
            Self::TooLarge => "notice-large-way",
            Self::TooMany => "notice-many-way",
            Self::Away => "notice-away-way",
        }
    }
}
