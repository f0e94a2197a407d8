//! The public's search: few texts, held in memory, the best first; mistakes in typing are forgiven where nothing else is
//! found.

mod related;

use std::collections::{BTreeMap, BTreeSet};

use crate::search::query::Term;
use crate::search::token::{Script, of_folded, script};
use crate::search::{Query, fold};

/// A text as it is looked for.
#[derive(Debug, Clone)]
pub struct Entry {
    title: Part,
    search_words: Part,
    body: Part,
    weight: f64,
}

impl Default for Entry {
    fn default() -> Self {
        Self { title: Part::default(), search_words: Part::default(), body: Part::default(), weight: 1.0 }
    }
}

#[derive(Debug, Clone, Default)]
struct Part {
    folded: String,
    tokens: BTreeSet<String>,
}

impl Part {
    fn new(text: &str) -> Self {
        let folded = fold(text);
        Self { tokens: of_folded(&folded), folded }
    }
}

impl Entry {
    /// A text with its title, and further words by which it is found.
    #[must_use]
    pub fn new(title: &str, search_words: &str, body: &str) -> Self {
        let weight = 1.0;
        Self { title: Part::new(title), search_words: Part::new(search_words), body: Part::new(body), weight }
    }

    /// The same, before others that say as much about what is looked for.
    #[must_use]
    pub fn preferred(self) -> Self {
        Self { weight: 1.5, ..self }
    }

    /// Its parts, and what a hit in each counts.
    fn parts(&self) -> [(&Part, f64); 3] {
        [(&self.title, 8.0), (&self.search_words, 6.0), (&self.body, 1.0)]
    }

    fn has(&self, token: &str) -> bool {
        self.parts().iter().any(|(part, _)| part.tokens.contains(token))
    }
}

/// Texts, and how common their words are.
#[derive(Debug, Clone, Default)]
pub struct Index {
    entries: Vec<Entry>,
    /// In how many texts a token stands.
    common: BTreeMap<String, usize>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Places in the list of texts, the best first.
    pub entries: Vec<usize>,
    /// What to mark in them.
    pub marked: Query,
    /// Whether it is what was typed.
    pub how: Match,
}

/// Whether what was found is what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Every term stands in every text.
    Exact,
    /// Words like those that were typed stand there, or some of them.
    Resembling,
}

/// How much of what was typed, by weight, must be in a text that only resembles it.
const ENOUGH: f64 = 0.5;

/// What a word weighs that no text has, nor any like it: "how", "do" and "I" of a question must not outweigh the rest.
const UNKNOWN: f64 = 0.5;

impl Index {
    /// An index of texts in their order.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut common = BTreeMap::new();
        for entry in &entries {
            let tokens: BTreeSet<&String> = entry.parts().iter().flat_map(|(part, _)| &part.tokens).collect();
            for token in tokens {
                *common.entry(token.clone()).or_default() += 1;
            }
        }
        Self { entries, common }
    }

    /// Looks for what was typed: all of it, or else what resembles it.
    #[must_use]
    pub fn find(&self, typed: &str) -> Found {
        let query = Query::parse(typed);
        let exact = self.ranked(|entry| exactly(entry, &query));
        if query.is_empty() || !exact.is_empty() {
            return Found { entries: exact, marked: query, how: Match::Exact };
        }
        let wanted = self.wanted(&query);
        let total: f64 = wanted.iter().map(|wanted| wanted.weight).sum();
        let entries = self.ranked(|entry| resembling(entry, &wanted, total));
        let terms = wanted.into_iter().flat_map(|wanted| wanted.spellings).map(marked).collect();
        Found { entries, marked: Query { terms }, how: Match::Resembling }
    }

    fn ranked(&self, score: impl Fn(&Entry) -> Option<f64>) -> Vec<usize> {
        self.scored(score).into_iter().map(|(at, _)| at).collect()
    }

    /// Places with their scores, the best first.
    fn scored(&self, score: impl Fn(&Entry) -> Option<f64>) -> Vec<(usize, f64)> {
        let scored = self.entries.iter().enumerate().filter_map(|(at, entry)| Some((at, entry.weight * score(entry)?)));
        let mut scored: Vec<(usize, f64)> = scored.collect();
        scored.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        scored
    }

    /// The tokens of a query, each with its weight and the spellings of it that texts have.
    fn wanted(&self, query: &Query) -> Vec<Wanted> {
        let tokens: BTreeSet<String> = query.terms.iter().flat_map(|term| of_folded(&term.folded)).collect();
        let says_something = |token: &String| token.chars().count() > 1;
        tokens.into_iter().filter(says_something).map(|token| self.spelled(token)).collect()
    }

    fn spelled(&self, token: String) -> Wanted {
        let spellings: BTreeSet<String> = match self.common.contains_key(&token) {
            true => BTreeSet::from([token.clone()]),
            false => self.common.keys().filter(|known| is_misspelling(&token, known)).cloned().collect(),
        };
        let common = spellings.iter().filter_map(|spelling| self.common.get(spelling)).max();
        let weight = common.map_or(UNKNOWN, |common| (self.entries.len() as f64 / *common as f64).ln_1p());
        Wanted { spellings, weight }
    }
}

struct Wanted {
    spellings: BTreeSet<String>,
    weight: f64,
}

fn marked(spelling: String) -> Term {
    Term { tokens: vec![spelling.clone()], beginnings: Vec::new(), folded: spelling }
}

/// The sum over all terms; none where one of them is missing.
fn exactly(entry: &Entry, query: &Query) -> Option<f64> {
    let scores = query.terms.iter().map(|term| {
        let scores = entry.parts().into_iter().map(|(part, weight)| weight * in_part(part, &term.folded));
        let score: f64 = scores.sum();
        // Of two titles the one that says little else is meant.
        let share = term.folded.len() as f64 / entry.title.folded.len().max(term.folded.len()) as f64;
        let is_in_title = entry.title.folded.contains(&term.folded);
        Some(if is_in_title { score * (1.0 + share) } else { score }).filter(|score| *score > 0.0)
    });
    let sum: Option<f64> = scores.sum();
    sum.filter(|_| !query.is_empty())
}

/// Hits of a term in a part that are counted: one-letter words come ten thousand times.
const MOST_COUNTED: usize = 100;

/// A whole word counts more than a part of one; a word that comes often a little more than one that comes once.
fn in_part(part: &Part, term: &str) -> f64 {
    let (mut whole, mut within) = (0.0, 0.0);
    for (at, hit) in part.folded.match_indices(term).take(MOST_COUNTED) {
        let before = part.folded[..at].chars().next_back();
        let after = part.folded[at + hit.len()..].chars().next();
        if is_end(before, hit.chars().next()) && is_end(hit.chars().next_back(), after) {
            whole += 1.0;
        } else {
            within += 1.0;
        }
    }
    let often = |times: f64| times.ln_1p();
    3.0 * often(whole) + often(within)
}

/// Whether a word can end between two characters. Between Chinese characters and kana nobody sees where one does.
fn is_end(one: Option<char>, other: Option<char>) -> bool {
    let is_spaced = |character: Option<char>| character.is_some_and(|character| script(character) == Script::Spaced);
    !(is_spaced(one) && is_spaced(other))
}

fn resembling(entry: &Entry, wanted: &[Wanted], total: f64) -> Option<f64> {
    let (mut there, mut score) = (0.0, 0.0);
    for wanted in wanted {
        let in_entry = wanted.spellings.iter().filter(|spelling| entry.has(spelling));
        let best = in_entry.flat_map(|spelling| {
            entry.parts().into_iter().filter(|(part, _)| part.tokens.contains(spelling)).map(|(_, weight)| weight)
        });
        if let Some(best) = best.max_by(f64::total_cmp) {
            there += wanted.weight;
            score += wanted.weight * best;
        }
    }
    (total > 0.0 && there >= ENOUGH * total).then_some(score)
}

/// Whether a word that no text has may have been meant as one that a text has: one slip in four letters or more, two in
/// eight or more, and the first letter right. Pairs of Chinese characters and kana are not corrected: most of a word's
/// pairs remain right.
fn is_misspelling(typed: &str, known: &str) -> bool {
    let is_spaced = |word: &str| word.chars().all(|character| script(character) == Script::Spaced);
    let length = typed.chars().count();
    let slips = if length >= 8 { 2 } else { 1 };
    let alike = typed.chars().next() == known.chars().next();
    length >= 4 && alike && is_spaced(typed) && is_spaced(known) && distance_within(typed, known, slips)
}

/// Whether the optimal string alignment distance (insertions, deletions, changes, neighbours swapped) is at most `most`.
fn distance_within(one: &str, other: &str, most: usize) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut this = vec![row + 1];
        for (column, another) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != another);
            let mut best = changed.min(last[column + 1] + 1).min(this[column] + 1);
            if row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *another {
                best = best.min(before_last[column - 1] + 1);
            }
            this.push(best);
        }
        before_last = std::mem::replace(&mut last, this);
    }
    last.last().is_some_and(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Entry, Found, Index, Match, distance_within};

    fn index() -> Index {
        Index::new(vec![
            Entry::new("姉妹都市の情報", "しまいとし", "海外の自治体との提携についてお答えします。"),
            Entry::new("Sister City Information", "twinning", "Questions about the seminar and affiliations."),
            Entry::new(
                "Exchange Seminar",
                "",
                "For management staff. Not about sister cities, seminarists or the city.",
            ),
            Entry::new("Prix des échanges", "", "Décerné aux collectivités, par le ministre."),
            Entry::new("髙﨑市との交流", "", "高崎市と海外の市の交流です。"),
        ])
    }

    #[test]
    fn what_is_found_and_in_which_order() {
        for (typed, places, wanted) in [
            ("seminar", &[2, 1][..], Match::Exact),
            ("sister city", &[1, 2], Match::Exact),
            ("ＳＩＳＴＥＲ　ｃｉｔｙ", &[1, 2], Match::Exact),
            ("しまいとし", &[0], Match::Exact),
            ("シマイトシ", &[0], Match::Exact),
            ("echanges", &[3], Match::Exact),
            ("高崎", &[4], Match::Exact),
            ("", &[], Match::Exact),
            ("semniar", &[2, 1], Match::Resembling),
            ("informatoin", &[1], Match::Resembling),
            ("自治体と提携したい", &[0], Match::Resembling),
            ("how do I find a sister city", &[1, 2], Match::Resembling),
            ("weather", &[], Match::Resembling),
            ("天気予報", &[], Match::Resembling),
        ] {
            let Found { entries, how, .. } = index().find(typed);
            assert_eq!((&entries[..], how), (places, wanted), "{typed}");
        }
    }

    #[test]
    fn slips_of_the_finger() {
        for (one, other, most, near) in [
            ("seminar", "seminar", 0, true),
            ("semniar", "seminar", 1, true),
            ("seminr", "seminar", 1, true),
            ("seminars", "seminar", 1, true),
            ("seminor", "seminar", 1, true),
            ("sxminor", "seminar", 1, false),
            ("ab", "ba", 1, true),
            ("", "a", 1, true),
        ] {
            assert_eq!(distance_within(one, other, most), near, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_finds_only_what_is_there(typed in "\\PC{0,60}") {
            prop_assert!(index().find(&typed).entries.iter().all(|at| *at < 5));
        }
    }
}
