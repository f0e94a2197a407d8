//! The wording of automatic messages, which administrators may change: texts with placeholders.

use std::collections::BTreeMap;

use crate::domain::language::Language;
use crate::domain::named::{Named, named};

named! {
    /// A message that the desk sends by itself.
    pub enum Automatic as "automatic message" {
        /// An enquiry has come, and will be answered by a date.
        Acknowledgement = "acknowledgement",
        /// Somebody has asked for the links to their own pages.
        Links = "links",
    }
}

impl Automatic {
    /// What may be filled into its text.
    #[must_use]
    pub fn placeholders(self) -> &'static [Placeholder] {
        match self {
            Self::Acknowledgement => {
                &[Placeholder::Greeting, Placeholder::Reference, Placeholder::Subject, Placeholder::Date]
            }
            Self::Links => &[Placeholder::Links],
        }
    }

    /// What its text cannot do without: the reference, by which the enquirer is found again; the links, for which it is
    /// sent.
    #[must_use]
    pub fn needs(self) -> Placeholder {
        match self {
            Self::Acknowledgement => Placeholder::Reference,
            Self::Links => Placeholder::Links,
        }
    }
}

named! {
    /// What is filled into a wording: `{reference}`.
    pub enum Placeholder as "placeholder" {
        /// The enquirer's name with what is polite, or a greeting without one.
        Greeting = "greeting",
        /// The ticket's reference.
        Reference = "reference",
        /// What the enquiry is about.
        Subject = "subject",
        /// The day by which an answer is due.
        Date = "date",
        /// The links to the enquirer's own pages, in lines of their own.
        Links = "links",
    }
}

/// A subject and a text, with placeholders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// Subject; the reference is put before it.
    pub subject: String,
    /// Text; the signature is put below it.
    pub body: String,
}

/// What is wrong with a wording.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWording {
    /// There is no subject.
    #[error("there is no subject")]
    NoSubject,
    /// There is no text.
    #[error("there is no text")]
    NoBody,
    /// The text lacks what it is there for.
    #[error("the text lacks the {0}")]
    Lacks(Placeholder),
    /// There is no such placeholder, or not there.
    #[error("{0} cannot be filled in there")]
    Unknown(String),
    /// More than fits.
    #[error("the text is longer than {LONGEST_WORDING} characters")]
    TooLong,
}

/// The most characters of a text.
pub const LONGEST_WORDING: usize = 5000;
/// The most characters of a subject.
pub const LONGEST_SUBJECT: usize = 200;

impl Placeholder {
    /// As it stands in a wording.
    #[must_use]
    pub fn written(self) -> String {
        format!("{{{self}}}")
    }
}

impl Wording {
    /// Everything that is wrong with it as the wording of a message, each thing once.
    #[must_use]
    pub fn mistakes(&self, message: Automatic) -> Vec<BadWording> {
        let mut mistakes = Vec::new();
        if self.subject.trim().is_empty() {
            mistakes.push(BadWording::NoSubject);
        }
        if self.body.trim().is_empty() {
            mistakes.push(BadWording::NoBody);
        } else if !pieces(&self.body).contains(&Piece::Placeholder(message.needs())) {
            mistakes.push(BadWording::Lacks(message.needs()));
        }
        if self.body.chars().count() > LONGEST_WORDING || self.subject.chars().count() > LONGEST_SUBJECT {
            mistakes.push(BadWording::TooLong);
        }
        // Links take lines of their own, which a subject does not have.
        let fits_subject = |one: Placeholder| message.placeholders().contains(&one) && one != Placeholder::Links;
        let in_subject = pieces(&self.subject).into_iter().filter_map(|piece| piece.amiss(fits_subject));
        let fits_body = |one: Placeholder| message.placeholders().contains(&one);
        let in_body = pieces(&self.body).into_iter().filter_map(|piece| piece.amiss(fits_body));
        for unknown in in_subject.chain(in_body).map(BadWording::Unknown) {
            if !mistakes.contains(&unknown) {
                mistakes.push(unknown);
            }
        }
        mistakes
    }
}

/// A text with its placeholders filled in. What is filled in is not looked at again: an enquirer may write braces.
#[must_use]
pub fn fill(text: &str, value: impl Fn(Placeholder) -> String) -> String {
    let filled = pieces(text).into_iter().map(|piece| match piece {
        Piece::Placeholder(placeholder) => value(placeholder),
        Piece::Text(text) | Piece::Unknown(text) => text.to_owned(),
    });
    filled.collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Placeholder(Placeholder),
    /// In braces, and no placeholder.
    Unknown(&'a str),
}

impl Piece<'_> {
    /// What of it cannot be filled in where only some placeholders fit.
    fn amiss(&self, fits: impl Fn(Placeholder) -> bool) -> Option<String> {
        match self {
            Piece::Unknown(text) => Some((*text).to_owned()),
            Piece::Placeholder(placeholder) if !fits(*placeholder) => Some(placeholder.written()),
            _ => None,
        }
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    // A Japanese keyboard writes full-width braces.
    while let Some(open) = rest.find(['{', '｛']) {
        let brace = |at: usize| rest[at..].chars().next().map_or(0, char::len_utf8);
        let inner = &rest[open + brace(open)..];
        let end = inner.find(['}', '｝', '{', '｛', '\n']).filter(|end| inner[*end..].starts_with(['}', '｝']));
        // A brace that is not closed in its line is a brace.
        let length = open + brace(open);
        let length = end.map_or(length, |end| length + end + brace(length + end));
        let piece = match end.map(|end| inner[..end].trim()) {
            Some(name) => {
                let known = Placeholder::from_name(name).map(Piece::Placeholder);
                known.unwrap_or(Piece::Unknown(&rest[open..length]))
            }
            None => Piece::Text(&rest[open..length]),
        };
        pieces.push(Piece::Text(&rest[..open]));
        pieces.push(piece);
        rest = &rest[length..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The wordings that were changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wordings(BTreeMap<(Automatic, Language), Wording>);

impl Wordings {
    /// What a message says in a language, where that was changed.
    #[must_use]
    pub fn of(&self, message: Automatic, language: Language) -> Option<&Wording> {
        self.0.get(&(message, language))
    }
}

impl FromIterator<((Automatic, Language), Wording)> for Wordings {
    fn from_iter<T: IntoIterator<Item = ((Automatic, Language), Wording)>>(all: T) -> Self {
        Self(all.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Automatic, BadWording, LONGEST_WORDING, Placeholder, Wording, fill};

    #[test]
    fn what_is_wrong_with_a_wording() {
        let unknown = |text: &str| BadWording::Unknown(text.into());
        for (subject, body, expected) in [
            ("Received", "No. {reference}", vec![]),
            ("｛subject｝", "｛ greeting ｝{ reference } {date}\n{ a brace", vec![]),
            (" ", "{reference}", vec![BadWording::NoSubject]),
            ("Received", "\n", vec![BadWording::NoBody]),
            ("{reference}", "No number", vec![BadWording::Lacks(Placeholder::Reference)]),
            ("Received", "{reference} {links}", vec![unknown("{links}")]),
            ("{who}", "{reference} {Date} {Date}", vec![unknown("{who}"), unknown("{Date}")]),
            ("Received", "{}{reference}", vec![unknown("{}")]),
        ] {
            let wording = Wording { subject: subject.into(), body: body.into() };
            assert_eq!(wording.mistakes(Automatic::Acknowledgement), expected, "{subject} / {body}");
        }
        for (subject, body, expected) in [
            ("Your pages", "{links}", vec![]),
            ("Your pages", "Here", vec![BadWording::Lacks(Placeholder::Links)]),
            ("{links}", "{links} {date}", vec![unknown("{links}"), unknown("{date}")]),
        ] {
            let wording = Wording { subject: subject.into(), body: body.into() };
            assert_eq!(wording.mistakes(Automatic::Links), expected, "{subject} / {body}");
        }
        let long = Wording { subject: "x".into(), body: format!("{{reference}}{}", "x".repeat(LONGEST_WORDING)) };
        assert_eq!(long.mistakes(Automatic::Acknowledgement), [BadWording::TooLong]);
    }

    #[test]
    fn what_is_filled_in_is_not_looked_at_again() {
        let filled = fill("{reference}: {subject} {x} {", |placeholder| format!("<{{reference}} {placeholder}>"));
        assert_eq!(fill("｛date｝まで", |placeholder| placeholder.to_string()), "dateまで");
        assert_eq!(filled, "<{reference} reference>: <{reference} subject> {x} {");
    }
}
