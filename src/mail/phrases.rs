//! Many phrases looked for at once: one pass over a text, however many they are.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

/// Phrases, to be found anywhere in a text that is folded as they are.
pub(super) struct Phrases(AhoCorasick);

impl Phrases {
    /// Prepares phrases.
    pub(super) fn of(phrases: impl IntoIterator<Item = &'static str>) -> Self {
        Self::by(&mut AhoCorasickBuilder::new(), phrases)
    }

    /// Prepares phrases that are found whether their letters of ASCII are large or small.
    pub(super) fn in_any_case(phrases: impl IntoIterator<Item = &'static str>) -> Self {
        Self::by(AhoCorasickBuilder::new().ascii_case_insensitive(true), phrases)
    }

    fn by(builder: &mut AhoCorasickBuilder, phrases: impl IntoIterator<Item = &'static str>) -> Self {
        Self(builder.build(phrases).expect("lists as short as these can be searched for"))
    }

    /// Whether a text has any of them.
    pub(super) fn any_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Whether a text has any of them as words of its own: no letter of ASCII stands right before or behind it.
    pub(super) fn any_as_words_in(&self, text: &str) -> bool {
        let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
        let bytes = text.as_bytes();
        self.0.find_overlapping_iter(bytes).any(|found| {
            let before = found.start().checked_sub(1).and_then(|at| bytes.get(at));
            !is_letter(before) && !is_letter(bytes.get(found.end()))
        })
    }

    /// The number of the one that stands first among them, wherever it stands in the text.
    pub(super) fn first_in(&self, text: &str) -> Option<usize> {
        self.0.find_overlapping_iter(text).map(|found| found.pattern().as_usize()).min()
    }

    /// Where the one ends that ends first.
    pub(super) fn first_end_in(&self, text: &str) -> Option<usize> {
        Some(self.0.find(text)?.end())
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn anywhere_and_in_their_order() {
        let phrases = Phrases::of(["mailbox full", "full", "宛先不明"]);
        for (text, first) in [
            ("the mailbox full of it", Some(0)),
            ("full: the mailbox", Some(1)),
            ("full", Some(1)),
            ("宛先不明のため", Some(2)),
            ("mailbox ful", None),
            ("", None),
        ] {
            assert_eq!((phrases.first_in(text), phrases.any_in(text)), (first, first.is_some()), "{text}");
        }
        for (text, has) in [("in full.", true), ("fully", false), ("awful, but full", true), ("これfullです", true)]
        {
            assert_eq!(phrases.any_as_words_in(text), has, "{text}");
        }
        assert_eq!(phrases.first_end_in("a mailbox full"), Some("a mailbox full".len()));
    }
}
