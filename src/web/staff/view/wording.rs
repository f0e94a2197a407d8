//! The pages of what automatic messages say.

use askama::Template;

use crate::domain::language::Language;
use crate::domain::wording::Wording;
use crate::mail::letter::Written;
use crate::web::staff::view::shell::{Nav, StaffShell};

/// A message in one language, as a line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which message, in words.
    pub message: String,
    /// In which language, in words.
    pub language: String,
    /// Where it is worded.
    pub path: String,
    /// Whether it was changed, in words.
    pub state: String,
    /// Whether it was changed.
    pub is_changed: bool,
}

/// All messages.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/wordings.html")]
pub struct WordingsPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// Messages.
    pub lines: Vec<Line>,
}

/// One message in one language.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/wording.html")]
pub struct WordingPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// The hidden token.
    pub token: String,
    /// Tells what the message said when the page was shown.
    pub before: String,
    /// What it says now, where somebody else changed it meanwhile.
    pub now: Option<Wording>,
    /// Where it is sent.
    pub path: String,
    /// In which language it is written.
    pub language: Language,
    /// The message in all languages.
    pub lines: Vec<Line>,
    /// What was typed.
    pub wording: Wording,
    /// What is done to the subject, or may not stand in it.
    pub subject_hint: String,
    /// What may be filled in, and what that is.
    pub placeholders: Vec<(String, String)>,
    /// What is wrong: the field and a sentence.
    pub mistakes: Vec<(&'static str, String)>,
    /// What somebody would get.
    pub preview: Option<Written>,
}

impl WordingPage {
    /// What is wrong with a field.
    #[must_use]
    pub fn wrong(&self, name: &str) -> Option<&str> {
        self.mistakes.iter().find(|(field, _)| *field == name).map(|(_, sentence)| sentence.as_str())
    }

    /// Whether it says something else than the program would.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.lines.iter().any(|line| line.path == self.path && line.is_changed)
    }
}
