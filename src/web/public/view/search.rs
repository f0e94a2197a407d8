//! What the public looked for, and what was found.

use askama::Template;

use crate::domain::language::Language;
use crate::search::{Hit, Piece};
use crate::web::public::view::page::Listed;
use crate::web::public::view::shell::{Section, Shell};

/// A page that was found.
#[derive(Debug, Clone)]
pub struct Result {
    /// The page.
    pub page: Listed,
    /// What kind it is, in words.
    pub kind: String,
    /// Its title in pieces, those that were looked for marked.
    pub title: Vec<Piece>,
    /// A line of its text in pieces.
    pub line: Vec<Piece>,
}

/// How the search went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was looked for.
    Blank,
    /// What was typed stands in what was found.
    Found,
    /// Something like it does.
    Resembling,
    /// Nothing was found.
    Nothing,
}

/// What was found in another language.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// In which.
    pub language: Language,
    /// How many pages.
    pub count: usize,
    /// Where they are listed.
    pub href: String,
}

/// The page of a search.
#[derive(Debug, Clone, Template)]
#[template(path = "public/search.html")]
pub struct SearchPage {
    /// What surrounds it.
    pub shell: Shell,
    /// What was typed.
    pub typed: String,
    /// How it went.
    pub outcome: Outcome,
    /// What was found, the best first.
    pub results: Vec<Result>,
    /// How many entries of the directory of sister cities were found, and where they stand.
    pub directory: Option<(usize, String)>,
    /// What was found in other languages, where nothing was in the reader's.
    pub elsewhere: Vec<Elsewhere>,
    /// How many there are besides.
    pub more: usize,
    /// The form with the words filled in.
    pub ask: String,
}

impl SearchPage {
    /// What was found, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let words = self.shell.words;
        match self.outcome {
            Outcome::Blank => String::new(),
            Outcome::Found if self.results.is_empty() => String::new(),
            Outcome::Found => words.count("search-found", self.results.len() + self.more),
            Outcome::Resembling => words.with("search-resembling", "typed", self.typed.as_str()),
            Outcome::Nothing => words.with("search-nothing", "typed", self.typed.as_str()),
        }
    }
}
