//! Tokens: what the index holds of a text.

use std::collections::BTreeSet;

use crate::search::fold;

/// Tokens of one document at the most: PostgreSQL stores larger ones wrong without a word (`array_to_tsvector` over a
/// megabyte of lexemes).
const MOST_TOKENS: usize = 15_000;
/// Characters of one document at the most.
const MOST_CHARACTERS: usize = 60_000;
/// Bytes of a token at the most; longer words are found by their beginning.
const LONGEST: usize = 60;

/// A part of a text that is indexed by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its tokens, sorted, each once.
    pub tokens: Vec<String>,
    /// Its folded text.
    pub folded: String,
}

/// How a script is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Into words.
    Spaced,
    /// Into pairs of characters.
    Unspaced,
    /// Not at all: it stands between words.
    Between,
}

pub(super) fn script(character: char) -> Script {
    match character {
        '々'
        | '〆'
        | 'ー'
        | '\u{3041}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{20000}'..='\u{3ffff}' => Script::Unspaced,
        other if other.is_alphanumeric() => Script::Spaced,
        _ => Script::Between,
    }
}

/// The tokens of a text that is folded already.
pub(super) fn of_folded(folded: &str) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    for run in runs(folded) {
        match run {
            (Script::Spaced, word) => {
                tokens.insert(clip(word));
            }
            (Script::Unspaced, run) => pairs(run, &mut tokens),
            (Script::Between, _) => {}
        }
    }
    // Addresses, numbers and references are also found as a whole.
    for whole in folded.split_whitespace().filter(|whole| whole.contains(['@', '-', '.']) && whole.is_ascii()) {
        let whole = whole.trim_matches(|character: char| !character.is_ascii_alphanumeric());
        if !whole.is_empty() {
            tokens.insert(clip(whole));
        }
    }
    tokens
}

/// Runs of one script.
pub(super) fn runs(text: &str) -> impl Iterator<Item = (Script, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let kind = script(rest.chars().next()?);
        let end =
            rest.char_indices().find(|(_, character)| script(*character) != kind).map_or(rest.len(), |(at, _)| at);
        let (run, after) = rest.split_at(end);
        rest = after;
        Some((kind, run))
    })
}

fn pairs(run: &str, tokens: &mut BTreeSet<String>) {
    let mut before = None;
    for character in run.chars() {
        tokens.insert(character.to_string());
        if let Some(before) = before {
            tokens.insert(String::from_iter([before, character]));
        }
        before = Some(character);
    }
}

/// A token no longer than the index takes, cut between characters.
pub(super) fn clip(word: &str) -> String {
    let end =
        word.char_indices().map(|(at, character)| at + character.len_utf8()).take_while(|end| *end <= LONGEST).last();
    word[..end.unwrap_or(0)].to_owned()
}

/// The tokens of a text, sorted, each once.
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    of_folded(&fold(text)).into_iter().collect()
}

/// A text as documents for the index; a long one is cut into several that overlap a little.
#[must_use]
pub fn documents(text: &str) -> Vec<Document> {
    const OVERLAP: usize = 200;
    let characters: Vec<char> = fold(text).chars().collect();
    let mut documents = Vec::new();
    let mut start = 0;
    loop {
        let end = (start + MOST_CHARACTERS).min(characters.len());
        let folded: String = characters[start..end].iter().collect();
        let tokens: Vec<String> = of_folded(&folded).into_iter().take(MOST_TOKENS).collect();
        documents.push(Document { tokens, folded });
        if end == characters.len() {
            return documents;
        }
        start = end - OVERLAP;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{documents, tokens};

    fn has(text: &str, token: &str) -> bool {
        tokens(text).iter().any(|other| other == token)
    }

    #[test]
    fn words_and_pairs() {
        for (text, token) in [
            ("難民認定の手続き", "難民"),
            ("難民認定の手続き", "認"),
            ("자매도시와 교류", "도시"),
            ("Jumelage : Élodie", "elodie"),
            ("write to Mayor@Town.example.", "mayor@town.example"),
            ("tel. 03-5213-1723", "03-5213-1723"),
            ("ref 000123-4", "000123-4"),
        ] {
            assert!(has(text, token), "{token} in {text}: {:?}", tokens(text));
        }
        assert!(!has("難民認定", "民定"));
    }

    #[test]
    fn long_texts_are_cut() {
        let long = "国際交流 exchange ".repeat(20_000);
        let parts = documents(&long);
        assert!(parts.len() > 3 && parts.iter().all(|part| part.tokens.len() <= 15_000));
    }

    proptest! {
        #[test]
        fn tokens_are_never_empty_and_fit(text in "\\PC{0,80}") {
            for token in tokens(&text) {
                prop_assert!(!token.is_empty() && token.len() <= 60);
            }
        }
    }
}
