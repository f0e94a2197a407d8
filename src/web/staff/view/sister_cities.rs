//! The directory of sister cities, as staff replace it.

use askama::Template;

use crate::language::Words;
use crate::web::staff::sister_cities::sheet::{BadLine, MOST_ENTRIES, Trouble};
use crate::web::staff::view::shell::{Nav, StaffShell};

/// What a file would change.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Entries that come.
    pub added: Vec<String>,
    /// How many come besides.
    pub added_besides: usize,
    /// Entries that go.
    pub removed: Vec<String>,
    /// How many go besides.
    pub removed_besides: usize,
    /// Entries that stay.
    pub unchanged: usize,
    /// What names the file in the form.
    pub kept: String,
}

/// Why the directory is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// 403.
    Stale,
    /// 413.
    TooLarge,
    /// No file was chosen, or it is no longer kept.
    NoFile,
    /// The file has mistakes.
    Troubles(Vec<Trouble>),
    /// 409.
    Held,
}

/// Mistakes that are told one by one.
const MOST_TOLD: usize = 50;

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "staff/sister-cities.html")]
pub struct SisterCitiesPage {
    /// What surrounds it.
    pub shell: StaffShell,
    /// The hidden token.
    pub token: String,
    /// How often the directory was replaced.
    pub version: i32,
    /// Affiliations that are in it.
    pub affiliations: usize,
    /// Those who look for a partner.
    pub seekers: usize,
    /// Who last replaced it.
    pub saved: String,
    /// The columns of its file.
    pub columns: Vec<String>,
    /// Why nothing was changed.
    pub refusal: Option<Refusal>,
    /// What would change.
    pub preview: Option<Preview>,
    /// Whether it has just been replaced.
    pub is_done: bool,
}

impl SisterCitiesPage {
    /// What is the matter, and what to do.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let words = self.shell.words;
        match &self.refusal {
            None => Vec::new(),
            Some(Refusal::Stale) => vec![words.say("refused-stale")],
            Some(Refusal::TooLarge) => vec![words.say("refused-files")],
            Some(Refusal::NoFile) => vec![words.say("sister-no-file")],
            Some(Refusal::Held) => vec![words.say("sister-held")],
            Some(Refusal::Troubles(troubles)) => {
                let besides = troubles.len().saturating_sub(MOST_TOLD);
                let told = troubles.iter().take(MOST_TOLD).map(|trouble| sentence(words, trouble));
                told.chain((besides > 0).then(|| words.count("sister-more", besides))).collect()
            }
        }
    }
}

fn sentence(words: Words, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Table => words.say("sister-bad-table"),
        Trouble::Workbook => words.say("sister-bad-workbook"),
        Trouble::ColumnTwice(column) => words.with("sister-bad-column-twice", "column", column.title(words)),
        Trouble::Empty => words.say("sister-bad-empty"),
        Trouble::TooMany => words.with("sister-bad-many", "limit", MOST_ENTRIES),
        Trouble::Columns(missing) => {
            let missing: Vec<String> = missing.iter().map(|column| column.title(words)).collect();
            words.with("sister-bad-columns", "columns", missing.join(&words.say("list-between")))
        }
        Trouble::Line(line, bad) => {
            let what = match bad {
                BadLine::Prefecture(typed) => words.with("sister-bad-prefecture", "typed", typed),
                BadLine::Country(typed) => words.with("sister-bad-country", "typed", typed),
                BadLine::Since(typed) => words.with("sister-bad-since", "typed", typed),
                BadLine::Half => words.say("sister-bad-half"),
                BadLine::Nobody => words.say("sister-bad-nobody"),
                BadLine::NoWish => words.say("sister-bad-no-wish"),
                BadLine::Satisfied => words.say("sister-bad-satisfied"),
                BadLine::Lost(typed) => words.with("sister-bad-lost", "typed", typed),
                BadLine::Twice => words.say("sister-bad-twice"),
                BadLine::TooLong(limit) => words.with("sister-bad-long", "limit", limit),
            };
            words.tell("sister-bad-line", &[("line", line.to_string().into()), ("what", what.into())])
        }
    }
}
