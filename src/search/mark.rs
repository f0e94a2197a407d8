//! Hits marked in the text as it was written, although folding changes lengths.

use crate::search::fold::fold_character;
use crate::search::{Query, fold};

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its characters as they were written.
    pub text: String,
    /// Whether it was looked for.
    pub hit: Hit,
}

/// Whether a piece was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// It was.
    Yes,
    /// It stands between.
    No,
}

/// Cuts a short text (a subject, a name) into pieces that were looked for and pieces between.
#[must_use]
pub fn mark(text: &str, query: &Query) -> Vec<Piece> {
    if query.terms.is_empty() {
        return vec![Piece { text: text.to_owned(), hit: Hit::No }];
    }
    // Where each written character's folded form begins.
    let mut folded = String::new();
    let mut begins = Vec::new();
    for (at, character) in text.char_indices() {
        let mut one = String::new();
        fold_character(character, &mut one);
        begins.push((folded.len(), at, character.len_utf8()));
        folded.push_str(&fold(&one));
    }
    let hits: Vec<(usize, usize)> = query
        .terms
        .iter()
        .filter(|term| !term.folded.is_empty())
        .flat_map(|term| folded.match_indices(&term.folded).map(|(at, hit)| (at, at + hit.len())).collect::<Vec<_>>())
        .collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, (begin, at, length)) in begins.iter().enumerate() {
        let end = begins.get(index + 1).map_or(folded.len(), |(next, ..)| *next);
        let inside = hits.iter().any(|(from, until)| *begin < *until && end > *from);
        let hit = if inside { Hit::Yes } else { Hit::No };
        let written = &text[*at..*at + *length];
        match pieces.last_mut() {
            Some(piece) if piece.hit == hit => piece.text.push_str(written),
            _ => pieces.push(Piece { text: written.to_owned(), hit }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Hit, mark};
    use crate::search::Query;

    fn hits(text: &str, query: &str) -> Vec<String> {
        mark(text, &Query::parse(query))
            .into_iter()
            .filter(|piece| piece.hit == Hit::Yes)
            .map(|piece| piece.text)
            .collect()
    }

    #[test]
    fn as_it_was_written() {
        assert_eq!(hits("髙﨑市の姉妹都市", "高崎"), ["髙﨑"]);
        assert_eq!(hits("Élodie et ÉLODIE", "elodie"), ["Élodie", "ÉLODIE"]);
        assert_eq!(hits("株式会社", "有限"), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "\\PC{0,60}", query in "\\PC{0,10}") {
            let together: String = mark(&text, &Query::parse(&query)).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(together, text);
        }
    }
}
