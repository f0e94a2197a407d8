//! What was written, to be looked at before it is sent.

use askama::Template;

use crate::web::kept::Kept;
use crate::web::public::view::form::{Field, Typed};
use crate::web::public::view::page::Listed;
use crate::web::public::view::shell::{Section, Shell};

/// The page to check.
#[derive(Debug, Clone, Template)]
#[template(path = "public/check.html")]
pub struct CheckPage {
    /// What surrounds it.
    pub shell: Shell,
    /// Where the form is sent, as before.
    pub action: String,
    /// The hidden token of the page it was written on.
    pub seal: String,
    /// The fields as they were sent.
    pub fields: Vec<(String, String)>,
    /// The lines but for the text and the files.
    pub lines: Vec<Line>,
    /// What was typed.
    pub typed: Typed,
    /// How much work its script is to do before it is sent, under attack: zeros in front of a hash.
    pub work: Option<u32>,
    /// Files that go with it, but for those that answer a question.
    pub kept: Vec<Kept>,
    /// What all files are named by.
    pub every_kept: Vec<String>,
    /// Pages that may answer it.
    pub suggestions: Vec<Listed>,
    /// The tag of the language of the text where that is not the page's.
    pub foreign: Option<&'static str>,
}

/// A line: what was asked, and what was typed.
#[derive(Debug, Clone)]
pub struct Line {
    /// What was asked.
    pub label: String,
    /// The tag of its language, where it is not there in the reader's.
    pub foreign: Option<&'static str>,
    /// What was typed; may be empty.
    pub value: String,
    /// Its field.
    pub field: Field,
}
