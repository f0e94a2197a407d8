//! Many phrases looked for at once: one pass over a text, however many they are.

/// Phrases, to be found anywhere in a text that is folded as they are.
pub(super) struct Phrases {
    phrases: Vec<&'static str>,
    /// The numbers of the phrases, by what their first two bytes come to.
    slots: Vec<Vec<usize>>,
    /// Which of the slots are not empty; few are.
    taken: [bool; SLOTS],
}

const SLOTS: usize = 1024;

fn slot(first: u8, second: u8) -> usize {
    (usize::from(first) * 37 + usize::from(second)) % SLOTS
}

impl Phrases {
    /// Prepares phrases of two bytes or more.
    pub(super) fn of(phrases: impl IntoIterator<Item = &'static str>) -> Self {
        let phrases: Vec<&str> = phrases.into_iter().collect();
        let mut slots = vec![Vec::new(); SLOTS];
        let mut taken = [false; SLOTS];
        for (number, phrase) in phrases.iter().enumerate() {
            if let [first, second, ..] = phrase.as_bytes() {
                slots[slot(*first, *second)].push(number);
                taken[slot(*first, *second)] = true;
            }
        }
        Self { phrases, slots, taken }
    }

    /// Whether a text has any of them.
    pub(super) fn any_in(&self, text: &str) -> bool {
        self.places(text).any(|at| self.numbers(&text.as_bytes()[at..]).next().is_some())
    }

    /// The number of the one that stands first among them, wherever it stands in the text.
    pub(super) fn first_in(&self, text: &str) -> Option<usize> {
        self.places(text).filter_map(|at| self.numbers(&text.as_bytes()[at..]).next()).min()
    }

    /// Where the one ends that ends first.
    pub(super) fn first_end_in(&self, text: &str) -> Option<usize> {
        let ends = |at| self.beginning(&text[at..]).map(move |phrase| at + phrase.len());
        self.places(text).filter(|at| text.is_char_boundary(*at)).flat_map(ends).min()
    }

    /// Those that a text begins with.
    pub(super) fn beginning(&self, text: &str) -> impl Iterator<Item = &'static str> {
        self.numbers(text.as_bytes()).map(|number| self.phrases[number])
    }

    /// Where in a text one of them may begin.
    fn places(&self, text: &str) -> impl Iterator<Item = usize> {
        let pairs = text.as_bytes().windows(2).enumerate();
        pairs.filter(|(_, pair)| self.taken[slot(pair[0], pair[1])]).map(|(at, _)| at)
    }

    /// The numbers of those that a text begins with.
    fn numbers(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let candidates = match text {
            [first, second, ..] => &self.slots[slot(*first, *second)][..],
            _ => &[],
        };
        let begins = move |number: &usize| text.starts_with(self.phrases[*number].as_bytes());
        candidates.iter().copied().filter(begins)
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
        assert_eq!(phrases.first_end_in("a mailbox full"), Some("a mailbox full".len()));
    }
}
