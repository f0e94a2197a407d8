//! What went wrong, and ways on from there.

use askama::Template;

use crate::web::public::view::shell::{Section, Shell};

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// 400, 405 and their like: what came could not be read.
    Request,
    /// 403: a form or a link that is no longer good.
    Forbidden,
    /// 404.
    NotFound,
    /// 413.
    TooLarge,
    /// 429.
    TooMany,
    /// 503.
    Away,
    /// 500.
    Failed,
}

/// A page that says what went wrong, with ways on.
#[derive(Debug, Clone, Template)]
#[template(path = "public/error.html")]
pub struct ErrorPage {
    /// What surrounds it; its title is set to [`Failure::title_key`]'s words.
    pub shell: Shell,
    /// What went wrong.
    pub failure: Failure,
}

impl Failure {
    /// The key of the title.
    #[must_use]
    pub fn title_key(&self) -> &'static str {
        match self {
            Self::Request => "error-request",
            Self::Forbidden => "error-forbidden",
            Self::NotFound => "error-not-found",
            Self::TooLarge => "error-large",
            Self::TooMany => "error-many",
            Self::Away => "error-away",
            Self::Failed => "error-failed",
        }
    }

    /// The key of what happened, what did not, and what to do.
    #[must_use]
    pub fn text_key(&self) -> &'static str {
        match self {
            Self::Request => "error-request-text",
            Self::Forbidden => "error-forbidden-text",
            Self::NotFound => "error-not-found-text",
            Self::TooLarge => "error-large-text",
            Self::TooMany => "error-many-text",
            Self::Away => "error-away-text",
            Self::Failed => "error-failed-text",
        }
    }
}
