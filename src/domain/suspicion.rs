//! What makes a form doubtful that strangers send. Nothing is refused for it: staff see the reasons, and decide.

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::domain::enquiry::Doubt;

/// Sooner after the page nobody has written anything; browsers that fill in forms have.
const AT_ONCE: Duration = Duration::from_secs(3);
/// Links from which on a text may be an advertisement.
const MANY_LINKS: usize = 5;
/// The fewest characters of a text by which it is known again; "see the file" comes from many people.
const FEWEST_KNOWN: usize = 40;
/// How many leading zero bits the hash of a page's work must have: a second for a telephone, a day for a hundred thousand
/// forms.
pub const WORK_BITS: u32 = 15;

/// Whether a page that was shown under attack had its work done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// There is no attack, or there are no limits.
    NotAsked,
    /// It was done.
    Done,
    /// It was not: the sender has no scripts, or no time.
    Missing,
}

/// What is seen of a form.
#[derive(Debug, Clone, Copy)]
pub struct Signs<'a> {
    /// What stands in the field that people do not see.
    pub trap: &'a str,
    /// The text.
    pub text: &'a str,
    /// How often the same text came lately is more than people do.
    pub repetition: Repetition,
    /// How long the page had been open.
    pub after: Duration,
    /// Whether its work was done.
    pub work: Work,
}

/// How often a text came lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repetition {
    /// As often as people send the same.
    Usual,
    /// More often.
    Excessive,
}

/// Every reason to doubt a form.
#[must_use]
pub fn doubts(signs: Signs) -> Vec<Doubt> {
    let is_advertised_at_once = signs.after < AT_ONCE && links(signs.text) >= MANY_LINKS;
    let all = [
        (!signs.trap.is_empty(), Doubt::HiddenFieldFilled),
        (signs.repetition == Repetition::Excessive, Doubt::SameTextAgain),
        (is_advertised_at_once, Doubt::LinksAtOnce),
        (signs.work == Work::Missing, Doubt::WorkMissing),
    ];
    all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, doubt)| doubt).collect()
}

fn links(text: &str) -> usize {
    let text = text.to_ascii_lowercase();
    text.matches("http://").count() + text.matches("https://").count()
}

/// By what a text is known again, whatever numbers, signs and blanks were changed in it; none of a short one.
#[must_use]
pub fn likeness(text: &str) -> Option<[u8; 32]> {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).take(2_000).collect();
    (letters.chars().count() >= FEWEST_KNOWN).then(|| Sha256::digest(letters).into())
}

/// Whether a page's work was done: the hash of the page's seal, a colon and the work begins with [`WORK_BITS`] zeros.
#[must_use]
pub fn is_done(seal: &str, work: &str) -> bool {
    let hash: [u8; 32] = Sha256::new().chain_update(seal).chain_update(":").chain_update(work).finalize().into();
    let [first, second, third, fourth, ..] = hash;
    u32::from_be_bytes([first, second, third, fourth]).leading_zeros() >= WORK_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADVERTISEMENT: &str =
        "Cheap! http://a.example https://b.example HTTPS://c.example http://d.example http://e.example";

    #[test]
    fn speed_alone_is_no_fault() {
        let plain = Signs {
            trap: "",
            text: "We would like to send two participants.",
            repetition: Repetition::Usual,
            after: Duration::ZERO,
            work: Work::NotAsked,
        };
        let slow = Duration::from_secs(3);
        for (signs, expected) in [
            (plain, &[][..]),
            (Signs { text: ADVERTISEMENT, after: slow, ..plain }, &[]),
            (Signs { work: Work::Done, ..plain }, &[]),
            (Signs { text: ADVERTISEMENT, ..plain }, &[Doubt::LinksAtOnce]),
            (Signs { trap: "x", ..plain }, &[Doubt::HiddenFieldFilled]),
            (Signs { work: Work::Missing, after: slow, ..plain }, &[Doubt::WorkMissing]),
            (
                Signs { repetition: Repetition::Excessive, trap: "x", ..plain },
                &[Doubt::HiddenFieldFilled, Doubt::SameTextAgain],
            ),
        ] {
            assert_eq!(doubts(signs), expected, "{signs:?}");
        }
    }

    #[test]
    fn a_text_is_known_again() {
        let text = "Buy our wonderful watches now, number 4711, for only 20 dollars!";
        let again = "BUY  our wonderful watches now; number 9, for only 30 dollars";
        assert_eq!(likeness(text), likeness(again));
        assert_ne!(likeness(text), likeness(&text.replace("watches", "clocks")));
        assert_eq!(likeness("See the file."), None);
    }

    #[test]
    fn work_takes_some_time_and_holds_for_one_page() {
        let work = (0_u32..).map(|n| n.to_string()).find(|work| is_done("seal", work)).expect("found sooner or later");
        assert!(!is_done("another seal", &work) && !is_done("seal", ""));
    }
}
