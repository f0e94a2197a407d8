//! What somebody looks for.

use crate::search::fold;
use crate::search::token::{Script, clip, of_folded, runs};

/// Terms at the most, and characters at the most.
const MOST_TERMS: usize = 12;
const LONGEST_QUERY: usize = 200;
/// Shorter words are looked for as they are, longer ones also as beginnings.
const SHORTEST_BEGINNING: usize = 3;

/// What is looked for: all terms must be there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The terms.
    pub terms: Vec<Term>,
}

/// Something that must be there, as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The folded text, which must stand in the document as it is.
    pub folded: String,
    /// Tokens that the document then has.
    pub tokens: Vec<String>,
    /// Beginnings of tokens that the document then has.
    pub beginnings: Vec<String>,
}

impl Query {
    /// Reads what somebody typed: blanks part terms, quotation marks keep them together.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text: String = text.chars().take(LONGEST_QUERY).collect();
        let mut terms = Vec::new();
        for (index, part) in text.split(['"', '“', '”', '「', '」']).enumerate() {
            let quoted = index % 2 == 1;
            let folded = fold(part);
            let words: Vec<&str> = if quoted { vec![folded.trim()] } else { folded.split_whitespace().collect() };
            terms.extend(words.into_iter().filter_map(term));
        }
        terms.truncate(MOST_TERMS);
        Self { terms }
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The terms as a `tsquery` of PostgreSQL in its own writing.
    #[must_use]
    pub fn tsquery(&self) -> String {
        let beginnings = self.terms.iter().flat_map(|term| &term.beginnings).map(|token| quoted(token) + ":*");
        self.whole_tokens().chain(beginnings).collect::<Vec<_>>().join(" & ")
    }

    /// What an index answers at the same cost however common it is: the terms' whole tokens, without beginnings.
    #[must_use]
    pub fn whole_tokens_tsquery(&self) -> String {
        self.whole_tokens().collect::<Vec<_>>().join(" & ")
    }

    fn whole_tokens(&self) -> impl Iterator<Item = String> {
        self.terms.iter().flat_map(|term| &term.tokens).map(|token| quoted(token))
    }
}

fn quoted(token: &str) -> String {
    format!("'{}'", token.replace('\\', "\\\\").replace('\'', "''"))
}

impl Term {
    /// The term as a pattern for `LIKE`, its own signs escaped.
    #[must_use]
    pub fn like_pattern(&self) -> String {
        format!("%{}%", self.folded.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
    }
}

/// A run of one character is looked for as a token, longer unspaced ones as pairs; of a spaced word the last may be a
/// beginning.
fn term(folded: &str) -> Option<Term> {
    let mut tokens = Vec::new();
    let mut beginnings = Vec::new();
    for (script, run) in runs(folded) {
        match script {
            Script::Spaced if run.chars().count() >= SHORTEST_BEGINNING => beginnings.push(clip(run)),
            Script::Spaced => tokens.push(run.to_owned()),
            Script::Unspaced if run.chars().count() == 1 => tokens.push(run.to_owned()),
            Script::Unspaced => tokens.extend(of_folded(run).into_iter().filter(|token| token.chars().count() == 2)),
            Script::Between => {}
        }
    }
    let found = !tokens.is_empty() || !beginnings.is_empty();
    found.then(|| Term { folded: folded.to_owned(), tokens, beginnings })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Query;
    use crate::search::{fold, tokens};

    #[test]
    fn terms() {
        for (typed, tsquery) in [
            ("難民認定", "'民認' & '認定' & '難民'"),
            ("交", "'交'"),
            ("Élodie　姉妹", "'姉妹' & 'elodie':*"),
            ("o'neil", "'o' & 'neil':*"),
            ("\"two words\"", "'two':* & 'words':*"),
            ("!!! & | ( :*", ""),
        ] {
            assert_eq!(Query::parse(typed).tsquery(), tsquery, "{typed}");
        }
        assert_eq!(Query::parse("Élodie　姉妹").whole_tokens_tsquery(), "'姉妹'");
        assert_eq!(Query::parse("50%_a").terms[0].like_pattern(), "%50\\%\\_a%");
    }

    proptest! {
        #[test]
        fn what_stands_in_a_text_is_found_by_its_tokens(before in "[あ-んア-ン山川a-z ]{0,8}", term in "[山川国際あ-ん]{1,6}", after in "[一-龥 ]{0,8}") {
            let text = format!("{before} {term}{after}");
            let have = tokens(&text);
            for wanted in Query::parse(&term).terms {
                prop_assert!(fold(&text).contains(&wanted.folded));
                for token in &wanted.tokens {
                    prop_assert!(have.contains(token), "{} not in {:?}", token, have);
                }
            }
        }

        #[test]
        fn never_panics(typed in "\\PC{0,250}") {
            let _ = Query::parse(&typed).tsquery();
        }
    }
}
