//! The pages.

use askama::Template;

use crate::desk::arrivals::Line;
use crate::desk::outgoing::list::LetterCounts;
use crate::desk::queue::Counts;
use crate::desk::staff::Colleague;
use crate::domain::Named;
use crate::domain::arrival::Outcome;
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::domain::status::{Priority, Status};
use crate::language::Words;
use crate::web::kept::Kept;
use crate::web::questionnaire::field::{Input, QuestionSet};
use crate::web::staff::view::mailbox::MailboxLine;
use crate::web::staff::view::quarantine::told;
use crate::web::staff::view::row::{Due, Row};
use crate::web::staff::view::shell::{Nav, StaffShell};

/// Signing in.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/sign-in.html")]
pub struct SignInPage {
    /// Its words.
    pub words: Words,
    /// The hidden token.
    pub token: String,
    /// What was typed.
    pub email: String,
    /// Why it is shown again.
    pub refusal: Option<String>,
    /// Whose desk it is.
    pub division: String,
    /// Path of the style sheet.
    pub stylesheet: String,
    /// Path of the style sheet with the organisation's colours, where it has its own.
    pub theme: Option<String>,
}

/// Choosing a password.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/set-up.html")]
pub struct SetUpPage {
    /// Its words.
    pub words: Words,
    /// What a password must be like.
    pub hint: String,
    /// The hidden token.
    pub token: String,
    /// Whether an address is asked for: the first start makes the administrator.
    pub asks_for_address: bool,
    /// What was typed.
    pub email: String,
    /// What is wrong.
    pub mistake: Option<String>,
    /// Path of the style sheet.
    pub stylesheet: String,
}

/// The dashboard.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/dashboard.html")]
pub struct DashboardPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// Today.
    pub today: String,
    /// Whether the division is open, in words.
    pub open: String,
    /// Whether it is open.
    pub is_open: bool,
    /// Its channels.
    pub telephone: (String, String),
    /// Fax.
    pub fax: Option<String>,
    /// Email.
    pub email: String,
    /// Live tickets.
    pub counts: Counts,
    /// One's own.
    pub mine: Vec<Row>,
    /// What waits for us, longest first.
    pub queue: Vec<Row>,
    /// Letters that are not sent.
    pub letters: LetterCounts,
    /// Mailboxes that letters are fetched from.
    pub mailboxes: Vec<MailboxLine>,
    /// Files that the virus scanner has not looked at for a while.
    pub unscanned: i64,
    /// Live tickets of which a letter did not arrive: all, and one's own.
    pub undelivered: (i64, i64),
    /// Until when letters came faster than they are acknowledged.
    pub flooded: Option<String>,
    /// Whether letters are only kept as files.
    pub captured: bool,
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/list.html")]
pub struct ListPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// What is looked for.
    pub q: String,
    /// Filters as they stand in the query: name and value.
    pub filters: Vec<Choice>,
    /// Rows.
    pub rows: Vec<Row>,
    /// The next page.
    pub next: Option<String>,
    /// The first page, from a later one.
    pub first: Option<String>,
    /// All of it as a table.
    pub table: String,
    /// Quick ways.
    pub facets: Vec<Facet>,
    /// The filters that are set.
    pub tokens: Vec<Token>,
    /// What in the query could not be understood.
    pub mistake: Option<String>,
}

/// A quick way to a list.
#[derive(Debug, Clone)]
pub struct Facet {
    /// Its words.
    pub name: String,
    /// Where it leads.
    pub href: String,
    /// How many tickets are there, where that is known.
    pub count: Option<i64>,
    /// Whether it is this list.
    pub current: bool,
}

/// A filter that is set.
#[derive(Debug, Clone)]
pub struct Token {
    /// What is filtered by.
    pub key: String,
    /// What is looked for.
    pub value: String,
    /// The list without it.
    pub without: String,
}

/// A choice with its options.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its name in the query.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// Value, words, whether it is chosen.
    pub options: Vec<(String, String, bool)>,
}

/// Logging a call, fax, visit or letter.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/log.html")]
pub struct LogPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// The hidden token.
    pub token: String,
    /// What it is about.
    pub topics: Choice,
    /// How it came.
    pub channels: Choice,
    /// What was typed, by the names of the fields.
    pub typed: std::collections::BTreeMap<&'static str, String>,
    /// What topics ask beside.
    pub sets: Vec<QuestionSet>,
    /// Files that need not be chosen again.
    pub kept: Vec<Kept>,
    /// What is wrong: the field and a sentence.
    pub mistakes: Vec<(String, String)>,
    /// References that may have been meant.
    pub suggestions: Vec<String>,
}

/// The intake ledger.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/arrivals.html")]
pub struct ArrivalsPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// What was not understood.
    pub quarantined: Vec<Line>,
    /// The rest.
    pub lines: Vec<Line>,
    /// The next page.
    pub next: Option<String>,
}

/// What went wrong.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/error.html")]
pub struct ErrorPage {
    /// Its words.
    pub words: Words,
    /// What happened.
    pub title: String,
    /// What to do.
    pub way: String,
    /// What was typed and could not be taken.
    pub typed: Option<String>,
    /// Where one can go on.
    pub on: Way,
    /// Path of the style sheet.
    pub stylesheet: String,
}

/// Where one can go on.
#[derive(Debug, Clone)]
pub struct Way {
    /// Its path.
    pub path: String,
    /// What it is called.
    pub label: String,
}

impl LogPage {
    /// What was typed into a field.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn wrong(&self, name: &str) -> Option<&str> {
        self.mistakes.iter().find(|(field, _)| *field == name).map(|(_, sentence)| sentence.as_str())
    }
}

/// Options of a closed set of words.
#[must_use]
pub fn options<T: Named>(words: Words, set: &str, all: &[T], chosen: Option<T>) -> Vec<(String, String, bool)> {
    all.iter()
        .map(|one| (one.name().to_owned(), words.say(&format!("{set}-{}", one.name())), Some(*one) == chosen))
        .collect()
}

/// Options for who has a ticket; the first is nobody.
#[must_use]
pub fn people(words: Words, colleagues: &[Colleague], chosen: Option<uuid::Uuid>) -> Vec<(String, String, bool)> {
    let nobody = (String::new(), words.say("nobody"), chosen.is_none());
    let staff = colleagues.iter().map(|one| (one.id.to_string(), one.name.clone(), Some(one.id) == chosen));
    std::iter::once(nobody).chain(staff).collect()
}

/// Priorities as a choice.
#[must_use]
pub fn priorities(words: Words, chosen: Priority) -> Choice {
    Choice {
        name: "priority",
        label: words.say("priority"),
        options: options(words, "priority", Priority::ALL, Some(chosen)),
    }
}

/// Languages as a choice; the first is none.
#[must_use]
pub fn languages(words: Words, chosen: Option<Language>) -> Choice {
    let mut all = vec![(String::new(), words.say("language-unknown"), chosen.is_none())];
    all.extend(options(words, "language", Language::ALL, chosen));
    Choice { name: "language", label: words.say("language"), options: all }
}
