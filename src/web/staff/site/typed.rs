//! What was typed into the form of a page.

use crate::desk::site::pages::{Draft, Place};
use crate::domain::Named;
use crate::domain::division::Directory;
use crate::domain::language::Language;
use crate::domain::page::{PageKind, PageText, is_slug};
use crate::mail::header::one_line;
use crate::web::form::Form;
use crate::web::staff::view::site::Mistake;

/// What was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) version: i32,
    pub(super) slug: String,
    pub(super) kind: String,
    pub(super) topic: String,
    pub(super) position: String,
    pub(super) text: PageText,
}

/// A text without characters that XML cannot hold (XML 1.0, 2.2): it goes into feeds.
fn in_xml(text: &str) -> String {
    let is_allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(is_allowed).collect()
}

impl Typed {
    /// A page as it stands.
    pub(super) fn of(draft: &Draft, language: Language) -> Self {
        Self {
            version: draft.latest_version,
            slug: draft.slug.clone(),
            kind: draft.kind.name().to_owned(),
            topic: draft.topic.clone().unwrap_or_default(),
            position: draft.position.to_string(),
            text: draft.texts.in_language(language).cloned().unwrap_or_default(),
        }
    }

    pub(super) fn read(form: &Form) -> Self {
        let line = |name| one_line(&in_xml(form.text(name))).trim().to_owned();
        Self {
            version: line("version").parse().unwrap_or_default(),
            slug: line("slug"),
            kind: line("kind"),
            topic: line("topic"),
            position: line("position"),
            text: PageText {
                title: line("title"),
                summary: line("summary"),
                body: in_xml(form.text("body")).replace("\r\n", "\n").trim_matches('\n').to_owned(),
                search_words: line("search_words"),
            },
        }
    }

    pub(super) fn text(&self) -> PageText {
        self.text.clone()
    }

    /// The page's place and text, or what is wrong with them.
    pub(super) fn valid(&self, directory: &Directory) -> Result<(Place, PageText), Vec<Mistake>> {
        let mut mistakes: Vec<Mistake> = self.text.mistakes().into_iter().map(Mistake::Text).collect();
        if !is_slug(&self.slug) {
            mistakes.push(Mistake::Slug);
        }
        let kind = PageKind::from_name(&self.kind).map_err(|_| mistakes.push(Mistake::Kind)).ok();
        let topic = Some(self.topic.clone()).filter(|topic| directory.topic(topic).is_some());
        let position = self.position.parse().ok().filter(|position| (0..=9_999).contains(position));
        if position.is_none() {
            mistakes.push(Mistake::Position);
        }
        match (kind, position) {
            (Some(kind), Some(position)) if mistakes.is_empty() => {
                Ok((Place { slug: self.slug.clone(), kind, topic, position }, self.text()))
            }
            _ => Err(mistakes),
        }
    }
}
