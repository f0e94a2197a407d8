//! The start page: the division in one line, its programmes, and how to reach it.

use askama::Template;

use crate::web::public::view::page::{Answered, Listed};
use crate::web::public::view::shell::{Section, Shell, Translated};

/// The start page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/start.html")]
pub struct StartPage {
    /// What surrounds it.
    pub shell: Shell,
    /// The division in one line.
    pub headline: Translated,
    /// What people can ask it.
    pub lead: Translated,
    /// Its programmes.
    pub programmes: Vec<Listed>,
    /// Its conferences, below a line of their own.
    pub conferences: Vec<Listed>,
    /// Questions asked most, with their answers.
    pub questions: Vec<Answered>,
    /// Whether there are others.
    pub has_more_questions: bool,
    /// What is new.
    pub news: Vec<Listed>,
}
