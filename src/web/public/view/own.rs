//! The enquirer's own page, and the page that sends the way to it.

use askama::Template;

use crate::language::Words;
use crate::language::answers::{Answer, Line};
use crate::web::kept::Kept;
use crate::web::public::view::form::Trouble;
use crate::web::public::view::shell::{Section, Shell};

/// What the enquirer can expect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// An answer.
    AnswerBy {
        /// By when.
        date: String,
    },
    /// An answer that should have been there.
    Late,
    /// We wait for them.
    TheirAnswer,
    /// Nothing more.
    Ended,
    /// Nobody can say.
    Nothing,
}

/// Whether the enquirer is asked how content they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rating {
    /// It is too early.
    NotYet,
    /// They are.
    Asked,
    /// They have said it.
    Given,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing was written.
    Empty,
    /// More than fits.
    TooLong {
        /// By how many characters.
        by: usize,
    },
    /// The files were too large or too many.
    Files,
    /// A file.
    File(Trouble),
    /// The page had been open for too long.
    Stale,
    /// Too many in a short time.
    TooMany,
    /// The desk could not store it.
    Away,
    /// No score was chosen.
    Score,
}

impl Mistake {
    /// Where it is.
    #[must_use]
    pub fn target(&self) -> &'static str {
        match self {
            Self::Score => "score-5",
            Self::Files | Self::File(_) => "attachments",
            _ => "message",
        }
    }

    fn sentence(&self, words: Words) -> String {
        match self {
            Self::Empty => words.say("own-mistake-empty"),
            Self::TooLong { by } => words.count("error-message-long", by),
            Self::Files => words.say("notice-large-way"),
            Self::File(trouble) => trouble.sentence(words),
            Self::Stale => words.say("notice-stale"),
            Self::TooMany => words.say("notice-many"),
            Self::Away => words.say("notice-away"),
            Self::Score => words.say("own-mistake-score"),
        }
    }
}

/// What was just done or not done.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// What was done.
    pub done: Option<&'static str>,
    /// Why something was not.
    pub mistakes: Vec<Mistake>,
    /// What was typed.
    pub typed: String,
    /// Files that need not be chosen again.
    pub kept: Vec<Kept>,
}

/// A file.
#[derive(Debug, Clone)]
pub struct OwnFileView {
    /// Its name.
    pub name: String,
    /// Its size, in words.
    pub size: String,
    /// Where it is.
    pub href: String,
}

/// A message.
#[derive(Debug, Clone)]
pub struct MessageView {
    /// Whether the division wrote it.
    pub is_ours: bool,
    /// Who wrote it.
    pub who: String,
    /// When, for people and for machines.
    pub at: (String, String),
    /// What it says.
    pub text: String,
    /// The tag of its language where that is not the page's.
    pub foreign: Option<&'static str>,
    /// What was answered with it to a topic's own questions.
    pub answers: Vec<Line>,
    /// Its files.
    pub files: Vec<OwnFileView>,
}

impl MessageView {
    /// Where a file of that name is handed out: the first one, where there are several.
    #[must_use]
    pub fn link_to(&self, filename: &str) -> Option<&str> {
        self.files.iter().find(|file| file.name == filename).map(|file| file.href.as_str())
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/own.html")]
pub struct OwnPage {
    /// What surrounds it.
    pub shell: Shell,
    /// The reference.
    pub reference: String,
    /// The subject.
    pub title: String,
    /// When it came, for people and for machines.
    pub sent: (String, String),
    /// What it is about.
    pub topic: String,
    /// Where it stands, in words.
    pub status: String,
    /// What the enquirer can expect.
    pub expectation: Expectation,
    /// The enquirer's language, in itself.
    pub language: Option<String>,
    /// The conversation, oldest first.
    pub messages: Vec<MessageView>,
    /// Whether they can say that it is settled.
    pub may_settle: bool,
    /// Whether they are asked how content they are.
    pub rating: Rating,
    /// Whether a letter can reach them.
    pub has_address: bool,
    /// Where forms are sent.
    pub action: String,
    /// The conversation as a text.
    pub whole: String,
    /// The hidden token.
    pub seal: String,
    /// What was just done.
    pub said: Said,
}

impl OwnPage {
    /// What is wrong with a field, in words.
    #[must_use]
    pub fn wrong(&self, field: &str) -> Vec<String> {
        let wrong = self.said.mistakes.iter().filter(|mistake| mistake.target() == field);
        wrong.map(|mistake| mistake.sentence(self.shell.words)).collect()
    }

    /// The key of what is said of the conversation as one file.
    #[must_use]
    pub fn whole_key(&self) -> &'static str {
        let has_files = self.messages.iter().any(|message| !message.files.is_empty());
        if has_files { "own-whole-files" } else { "own-whole" }
    }
}

/// Why the page that sends links is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinksState {
    /// It was asked for.
    Blank,
    /// A page was asked for without its key.
    NoKey,
    /// The key does not open the page, or not any more.
    BadKey,
    /// No address was given.
    NoAddress,
    /// The page had been open for too long.
    Stale,
    /// Too many in a short time.
    TooMany,
    /// The links are on their way, if there are any.
    Sent,
    /// A new key is on its way.
    Renewed,
}

impl LinksState {
    /// What is told above the form, and whether it is a mistake of the reader's.
    #[must_use]
    pub fn told(self) -> Option<(&'static str, bool)> {
        match self {
            Self::Blank => None,
            Self::NoKey => Some(("links-no-key", false)),
            Self::BadKey => Some(("links-bad-key", true)),
            Self::NoAddress => Some(("error-email-incomplete", true)),
            Self::Stale => Some(("notice-stale", true)),
            Self::TooMany => Some(("notice-many", true)),
            Self::Sent => Some(("links-sent", false)),
            Self::Renewed => Some(("links-renewed", false)),
        }
    }
}

/// The page that sends links.
#[derive(Debug, Clone, Template)]
#[template(path = "public/links.html")]
pub struct LinksPage {
    /// What surrounds it.
    pub shell: Shell,
    /// The hidden token.
    pub seal: String,
    /// Where it is sent.
    pub action: String,
    /// Why it is shown.
    pub state: LinksState,
    /// What was typed.
    pub typed: String,
    /// What was written on a page that its key does not open any more.
    pub written: String,
}
