//! Why a letter was not taken, and who says so: a mail server, or the desk itself.

use crate::domain::Named;
use crate::domain::letter::Hindrance;
use crate::language::Words;

/// Why a letter was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// In the words of the mail server, or of what went wrong before it spoke.
    Server(String),
    /// In those of the desk, which did not hand it over.
    Desk(String),
}

impl Reason {
    /// What the outbox keeps of it. A server's words often begin with the status that stands in the code already.
    #[must_use]
    pub fn of(words: Words, code: Option<&str>, told: Option<&str>) -> Self {
        let (code, told) = (code.unwrap_or_default(), told.unwrap_or_default());
        if let Ok(hindrance) = Hindrance::from_name(code) {
            return Self::Desk(words.with(&format!("hindrance-{hindrance}"), "detail", told));
        }
        let status = code.rsplit(' ').next().unwrap_or_default();
        let rest = told.strip_prefix(status).filter(|_| !status.is_empty()).map_or(told, str::trim_start);
        Self::Server(format!("{code} {rest}").trim().to_owned())
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Server(words) | Self::Desk(words) => words,
        }
    }

    /// Whether a mail server says so, in English as they do.
    #[must_use]
    pub fn is_of_a_server(&self) -> bool {
        matches!(self, Self::Server(_))
    }
}
