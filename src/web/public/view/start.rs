//! The start page: the division in one line, its programmes, and how to reach it.

use askama::Template;

use crate::web::public::view::shell::{Section, Shell};

/// The start page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/start.html")]
pub struct StartPage {
    /// What surrounds it.
    pub shell: Shell,
    /// The division in one line.
    pub headline: String,
    /// What people can ask it.
    pub lead: String,
    /// Its programmes.
    pub programmes: Vec<Programme>,
    /// Its conferences, below a line of their own.
    pub conferences: Vec<Programme>,
}

/// A programme.
#[derive(Debug, Clone)]
pub struct Programme {
    /// Its name.
    pub title: String,
    /// What it is, in one sentence.
    pub summary: String,
    /// Where it leads: the form with the topic chosen.
    pub href: String,
}
