//! A letter in its own frame.

use askama::Template;

/// The HTML of a letter, in its own frame.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/letter.html")]
pub struct LetterFrame {
    /// Its title.
    pub title: String,
    /// The letter, sanitised.
    pub html: String,
}
