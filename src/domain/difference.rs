//! What changed between two texts, in pieces that are read one after the other.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// A piece of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// In which of the texts it stands.
    pub standing: Standing,
}

/// In which of two texts a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In both.
    Kept,
    /// In the earlier one.
    Gone,
    /// In the later one.
    New,
}

/// Words of changed lines that are compared one by one; the time goes by the square of it.
const MOST_WORDS: usize = 2_000;

/// What changed, by lines, and within changed lines by words (in Chinese, Japanese and Korean by characters).
#[must_use]
pub fn difference(before: &str, after: &str) -> Vec<Piece> {
    let lines = |text| -> Vec<&str> { str::split_inclusive(text, '\n').collect() };
    let (before, after) = (lines(before), lines(after));
    let mut pieces = Vec::new();
    for step in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let (gone, new) = (before[step.old_range()].concat(), after[step.new_range()].concat());
        match step {
            DiffOp::Equal { .. } => push(&mut pieces, &new, Standing::Kept),
            _ => by_words(&gone, &new, &mut pieces),
        }
    }
    pieces
}

fn by_words(gone: &str, new: &str, pieces: &mut Vec<Piece>) {
    let words = |text| -> Vec<&str> { UnicodeSegmentation::split_word_bounds(text).collect() };
    let (before, after) = (words(gone), words(new));
    if before.len().max(after.len()) > MOST_WORDS {
        push(pieces, gone, Standing::Gone);
        push(pieces, new, Standing::New);
        return;
    }
    for step in capture_diff_slices(Algorithm::Myers, &before, &after) {
        if matches!(step, DiffOp::Equal { .. }) {
            push(pieces, &before[step.old_range()].concat(), Standing::Kept);
        } else {
            push(pieces, &before[step.old_range()].concat(), Standing::Gone);
            push(pieces, &after[step.new_range()].concat(), Standing::New);
        }
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str, standing: Standing) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.standing == standing => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), standing }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Standing, difference};

    fn shown(before: &str, after: &str) -> String {
        let mark = |standing, text| match standing {
            Standing::Kept => text,
            Standing::Gone => format!("[-{text}]"),
            Standing::New => format!("[+{text}]"),
        };
        difference(before, after).into_iter().map(|piece| mark(piece.standing, piece.text)).collect()
    }

    #[test]
    fn what_changed() {
        for (before, after, expected) in [
            ("same", "same", "same"),
            ("", "new", "[+new]"),
            ("held every year", "held each year", "held [-every][+each] year"),
            ("毎年開催", "隔年開催", "[-毎][+隔]年開催"),
            ("a\nb\nc\n", "a\nc\n", "a\n[-b\n]c\n"),
        ] {
            assert_eq!(shown(before, after), expected);
        }
    }

    proptest! {
        #[test]
        fn both_texts_stand_in_it(before in "[ab年。\\n ]{0,40}", after in "[ab年。\\n ]{0,40}") {
            let pieces = difference(&before, &after);
            let text = |other| pieces.iter().filter(|p| p.standing != other).map(|p| p.text.as_str()).collect::<String>();
            prop_assert_eq!(text(Standing::New), before);
            prop_assert_eq!(text(Standing::Gone), after);
        }
    }
}
