//! Pages that staff write: one of them, the list of questions, and how lists show them.

use askama::Template;

use crate::desk::site::readers::Vote;
use crate::mail::markdown::Prose;
use crate::web::public::view::shell::{Section, Shell};

/// A page in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its heading.
    pub title: String,
    /// One sentence; empty where there is none.
    pub summary: String,
    /// Its path.
    pub href: String,
    /// When it was published, for people and for machines.
    pub date: (String, String),
    /// The tag of its language where that is not the reader's.
    pub foreign: Option<&'static str>,
}

/// A question with its answer.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The question.
    pub question: Listed,
    /// The answer, as HTML of our own elements.
    pub answer: Prose,
    /// Where it stands in the list: its slug.
    pub id: String,
}

/// A page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/page.html")]
pub struct ReadPage {
    /// What surrounds it.
    pub shell: Shell,
    /// What it says below its title.
    pub page: Listed,
    /// Its text.
    pub prose: Prose,
    /// The list that it stands in: name and path.
    pub list: Option<(String, String)>,
    /// The form, its topic chosen.
    pub ask: String,
    /// The language that it is in where that is not the reader's, in the reader's words.
    pub written_in: Option<String>,
    /// When it was last changed, for people and for machines.
    pub updated: (String, String),
    /// What the reader has just said of it.
    pub thanks: Option<Vote>,
    /// What it is to say yes: those who were about to ask need not any more.
    pub answers: Vote,
    /// Where that is said.
    pub helpful: String,
    /// The hidden token.
    pub token: String,
}

/// All questions with their answers.
#[derive(Debug, Clone, Template)]
#[template(path = "public/questions.html")]
pub struct QuestionsPage {
    /// What surrounds it.
    pub shell: Shell,
    /// The questions.
    pub questions: Vec<Answered>,
}
