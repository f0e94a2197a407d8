//! The pages of the public as staff write them.

use askama::Template;

use crate::desk::site::pages::Votes;
use crate::domain::Named;
use crate::domain::difference::{Piece, Standing};
use crate::domain::language::Language;
use crate::domain::page::{BadPageText, PRIVACY, PageKind, PagePart, PageText};
use crate::mail::markdown::Prose;
use crate::web::staff::view::shell::{Nav, StaffShell};

/// Whether the public sees a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It does not.
    Draft,
    /// It sees what was last saved.
    Published,
    /// It sees an earlier version.
    PublishedWithDraft,
}

impl State {
    /// From the version last saved and the one that is published.
    #[must_use]
    pub fn of(latest: i32, published: Option<i32>) -> Self {
        match published {
            None => Self::Draft,
            Some(version) if version == latest => Self::Published,
            Some(_) => Self::PublishedWithDraft,
        }
    }

    /// Its name in the texts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "page-state-draft",
            Self::Published => "page-state-published",
            Self::PublishedWithDraft => "page-state-newer-draft",
        }
    }

    /// Whether the public sees it at all.
    #[must_use]
    pub fn is_public(self) -> bool {
        self != Self::Draft
    }
}

/// A page as a line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its title.
    pub title: String,
    /// Where it is written.
    pub path: String,
    /// Whether the public sees it.
    pub state: State,
    /// Languages that it is not in, in words.
    pub missing: Vec<String>,
    /// When and by whom it was saved, in words.
    pub saved: String,
}

/// The pages of a kind.
#[derive(Debug, Clone)]
pub struct Group {
    /// The kind.
    pub kind: PageKind,
    /// The pages.
    pub lines: Vec<Line>,
}

/// Something that nothing was found for.
#[derive(Debug, Clone)]
pub struct MissedLine {
    /// As it was typed.
    pub typed: String,
    /// The language of the page that it was typed on.
    pub tag: Language,
    /// The same in words.
    pub language: String,
    /// How often.
    pub times: i32,
    /// When it was last looked for, in words.
    pub when: String,
}

/// All pages.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/pages.html")]
pub struct PagesPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// Pages by kind.
    pub groups: Vec<Group>,
    /// What nothing was found for.
    pub missed: Vec<MissedLine>,
}

/// A page in another language.
#[derive(Debug, Clone)]
pub struct LanguageTab {
    /// That language.
    pub language: Language,
    /// Its name.
    pub name: String,
    /// Where the page is written in it.
    pub path: String,
    /// Whether the page is in it.
    pub is_written: bool,
}

/// Something to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub name: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// The page was open for too long.
    Stale,
    /// Somebody saved it meanwhile.
    Held,
    /// The database did not answer.
    Away,
    /// It would be in no language.
    NoText,
    /// Its name in paths cannot be one.
    Slug,
    /// Another page has it.
    SlugTaken,
    /// No kind was chosen.
    Kind,
    /// Its place is no number.
    Position,
    /// The form leads to it: it stays published under its name.
    Needed,
    /// Its text.
    Text(BadPageText),
}

impl Mistake {
    /// The field that it is in.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Stale | Self::Held | Self::Away | Self::NoText => "body",
            Self::Slug | Self::SlugTaken | Self::Needed => "slug",
            Self::Kind => "kind",
            Self::Position => "position",
            Self::Text(BadPageText::Missing(part) | BadPageText::TooLong { part, .. }) => part.name(),
        }
    }

    fn sentence(&self, shell: &StaffShell) -> String {
        let words = shell.words;
        match self {
            Self::Stale => words.say("refused-stale"),
            Self::Held => words.say("page-held"),
            Self::Away => words.say("page-away"),
            Self::NoText => words.say("page-no-text"),
            Self::Slug => words.say("page-bad-slug"),
            Self::Needed => words.say("page-needed"),
            Self::SlugTaken => words.say("page-slug-taken"),
            Self::Kind => words.say("page-no-kind"),
            Self::Position => words.say("page-bad-position"),
            Self::Text(BadPageText::Missing(part)) => words.say(&format!("page-no-{part}")),
            Self::Text(BadPageText::TooLong { limit, .. }) => words.with("page-too-long", "limit", limit),
        }
    }
}

/// What changed in a part of a text.
#[derive(Debug, Clone)]
pub struct Change {
    /// The part.
    pub part: PagePart,
    /// The earlier and the later text in pieces.
    pub pieces: Vec<Piece>,
}

/// What a page would look like.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Its text.
    pub text: PageText,
    /// Its body as HTML of our own elements.
    pub prose: Prose,
    /// What changed since it was last saved.
    pub changes: Vec<Change>,
}

/// A page in one language.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/page.html")]
pub struct EditPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// The hidden token.
    pub token: String,
    /// Where it is sent.
    pub path: String,
    /// The version that is gone on from.
    pub version: i32,
    /// Whether the public sees it; none of a new page.
    pub state: Option<State>,
    /// When and by whom it was saved, in words.
    pub saved: Option<String>,
    /// Where the public reads it.
    pub public_path: Option<String>,
    /// What readers said.
    pub votes: Option<Votes>,
    /// The languages.
    pub tabs: Vec<LanguageTab>,
    /// The language that is written.
    pub language: Language,
    /// What was typed.
    pub text: PageText,
    /// Name in paths.
    pub slug: String,
    /// Order among its kind.
    pub position: String,
    /// Kinds of pages.
    pub kinds: Vec<Choice>,
    /// Topics.
    pub topics: Vec<Choice>,
    /// What is wrong.
    pub mistakes: Vec<Mistake>,
    /// What was just done.
    pub done: Option<String>,
    /// What it would look like.
    pub preview: Option<Preview>,
}

impl EditPage {
    /// What is wrong with a field.
    #[must_use]
    pub fn wrong(&self, name: &str) -> Option<String> {
        self.mistakes.iter().find(|mistake| mistake.field() == name).map(|mistake| mistake.sentence(&self.shell))
    }

    /// A part of what was typed.
    #[must_use]
    pub fn part(&self, name: &str) -> &str {
        PagePart::from_name(name).map_or("", |part| self.text.part(part))
    }
}

/// What changed in a language.
#[derive(Debug, Clone)]
pub struct LanguageChange {
    /// The language.
    pub language: Language,
    /// Its name.
    pub name: String,
    /// What changed.
    pub changes: Vec<Change>,
}

/// A version.
#[derive(Debug, Clone)]
pub struct VersionView {
    /// Counted from 1.
    pub number: i32,
    /// When and by whom it was saved, in words.
    pub saved: String,
    /// Whether the public sees it.
    pub is_published: bool,
    /// What changed in it, by language.
    pub changed: Vec<LanguageChange>,
}

/// The versions of a page.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/page-versions.html")]
pub struct VersionsPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// The hidden token.
    pub token: String,
    /// The page's title.
    pub title: String,
    /// Where the page is written.
    pub path: String,
    /// The version last saved.
    pub latest: i32,
    /// The versions, the last one first.
    pub versions: Vec<VersionView>,
}
