//! Which texts may answer a question that somebody is about to ask: the question is long, and most of its words say nothing.

use std::collections::BTreeSet;

use crate::search::fold;
use crate::search::rank::Index;
use crate::search::token::of_folded;

/// Texts that are offered at the most.
const MOST: usize = 3;
/// Characters of a question that are read.
const LONGEST: usize = 1_000;
/// Words that more than one text in so many has say nothing.
const COMMON: usize = 3;
/// What a text must score: one rare word of its title, or two of its search words.
const ENOUGH: f64 = 12.0;
/// A text must score at least this share of what the best one does.
const NEAR: f64 = 0.4;

impl Index {
    /// Places in the list of texts that may answer a question, the best first.
    #[must_use]
    pub fn related(&self, question: &str) -> Vec<usize> {
        let question: String =
            question.chars().take(LONGEST).map(|sign| if is_hiragana(sign) { ' ' } else { sign }).collect();
        let tokens: BTreeSet<String> = of_folded(&fold(&question));
        let telling: Vec<(&str, f64)> = tokens.iter().filter_map(|token| self.telling(token)).collect();
        let scored = self.scored(|entry| {
            let scores = telling.iter().filter_map(|(token, weight)| {
                let parts = entry.parts().into_iter().filter(|(part, _)| part.tokens.contains(*token));
                parts.map(|(_, part)| part * weight).max_by(f64::total_cmp)
            });
            Some(scores.sum()).filter(|score| *score >= ENOUGH)
        });
        let best = scored.first().map_or(0.0, |(_, score)| *score);
        scored.into_iter().take(MOST).filter(|(_, score)| *score >= NEAR * best).map(|(at, _)| at).collect()
    }

    /// A word with its weight, where it tells one text from another.
    fn telling<'a>(&self, token: &'a str) -> Option<(&'a str, f64)> {
        let common = *self.common.get(token).filter(|_| token.chars().count() > 1)?;
        let all = self.entries.len();
        (common * COMMON <= all || common == 1).then(|| (token, (all as f64 / common as f64).ln_1p()))
    }
}

/// What Japanese is inflected and polite with: in pairs it stands in every text, and says nothing of what it is about.
fn is_hiragana(character: char) -> bool {
    ('\u{3041}'..='\u{309f}').contains(&character)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::search::{Entry, Index};

    fn index() -> Index {
        Index::new(vec![
            Entry::new("姉妹都市の情報", "しまいとし", "海外の自治体との提携についてお答えします。"),
            Entry::new(
                "自治体国際交流表彰",
                "総務大臣賞",
                "優れた取り組みを表彰します。応募についてのご質問はこちらへ。",
            ),
            Entry::new("海外自治体幹部交流協力セミナー", "研修", "海外の幹部職員についての行事です。"),
            Entry::new("Sister City Information", "twinning", "Questions about affiliations and how to begin one."),
            Entry::new("Exchange Seminar", "training", "For management staff of overseas local governments."),
            Entry::new("How long does an answer take?", "deadline", "Three working days, about which we tell you."),
        ])
    }

    #[test]
    fn what_a_question_is_about() {
        for (question, places) in [
            ("姉妹都市の提携を始める手続きについて", &[0][..]),
            ("総務大臣賞の応募についておうかがいします", &[1]),
            ("海外自治体幹部のセミナーへの参加について", &[2]),
            ("We are looking for a sister city in Hokkaido", &[3]),
            ("Two participants for the seminar", &[4]),
            ("When will you answer, and how long?", &[5]),
            ("Hello", &[]),
            ("お世話になっております", &[]),
            ("", &[]),
        ] {
            assert_eq!(index().related(question), places, "{question}");
        }
    }

    proptest! {
        #[test]
        fn offers_few_and_none_twice(question in "\\PC{0,60}") {
            let offered = index().related(&question);
            let once: std::collections::BTreeSet<usize> = offered.iter().copied().collect();
            prop_assert!(offered.len() <= 3 && once.len() == offered.len() && once.iter().all(|at| *at < 6));
        }
    }
}
