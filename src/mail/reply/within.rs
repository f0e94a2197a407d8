//! Answers that stand inside a quotation without marks, as Outlook's users write them below each question: only who has
//! the letter that is quoted can tell them from it.

use std::collections::HashSet;

use crate::mail::reply::heading;

/// As many lines of an answer as are compared, and bytes of our letters.
const MOST_LINES: usize = 1000;
const LONGEST: usize = 200_000;
/// From how many characters on a line that stands anywhere in our letters is one of them; programs break lines anew.
const LONG_ENOUGH: usize = 12;

/// Whether what is taken for quoted or a signature has an answer in it, as far as our letters tell: lines between theirs
/// that are not theirs; or new lines that all are theirs, while others are not.
#[must_use]
pub fn hides_an_answer(text: &str, new_part: &str, ours: &[String]) -> bool {
    let ours = Ours::of(ours);
    let mut new = new_part.lines().peekable();
    let (mut says_something, mut pending, mut seen_ours, mut between) = (false, false, false, false);
    let mut elsewhere = false;
    for line in text.lines().take(MOST_LINES) {
        let words = squeezed(line);
        let is_new = new.next_if(|other| *other == line).is_some();
        if words.is_empty() {
            continue;
        }
        let is_ours = ours.have(&words);
        if is_new {
            says_something |= !is_ours;
        } else if is_ours {
            between |= pending && seen_ours;
            (pending, seen_ours) = (false, true);
        } else if !heading::is_any(line) {
            pending = true;
            elsewhere = true;
        }
    }
    between || (!says_something && elsewhere)
}

struct Ours {
    lines: HashSet<String>,
    /// All words of each letter, without what stands between them.
    whole: String,
}

impl Ours {
    fn of(letters: &[String]) -> Self {
        let (mut lines, mut whole) = (HashSet::new(), String::new());
        for letter in letters {
            for line in letter.lines() {
                let words = squeezed(line);
                whole.push_str(&words);
                lines.insert(words);
            }
            whole.push('\n');
            if whole.len() > LONGEST {
                break;
            }
        }
        Self { lines, whole }
    }

    fn have(&self, words: &str) -> bool {
        self.lines.contains(words) || (words.chars().count() >= LONG_ENOUGH && self.whole.contains(words))
    }
}

/// Letters and digits in lower case: programs change marks, blanks and the ends of lines, and put links behind words.
fn squeezed(line: &str) -> String {
    let is_link = |piece: &str| ["mailto:", "http", "tel:"].iter().any(|scheme| piece.starts_with(scheme));
    let pieces = line.split('<').map(|piece| match is_link(piece) {
        true => piece.split_once('>').map_or("", |(_, behind)| behind),
        false => piece,
    });
    pieces.flat_map(str::chars).filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::hides_an_answer;

    const OURS: &str = "Dear Jane,\n\nPlease tell us:\n1. How many people will come?\n2. On which day would you like to come to our office in Tokyo?\n\n-- \nInternational Exchange Division\nTel +81-3-5213-1723\n\nOn 24 November 2026, Jane wrote:\n> We would like to visit you.";

    #[test]
    fn what_is_not_ours_is_theirs() {
        let head =
            "From: Desk <exchange@desk.test>\nSent: Tuesday, 24 November 2026 10:00\nTo: Jane\nSubject: RE: Visit\n\n";
        let answered = OURS.replace("come?\n", "come?\nSix of us.\n").replace("Tokyo?\n", "Tokyo?\nThe 3rd.\n");
        let broken = OURS.replace("come to our", "come\nto our").replace("\n> We would", "\n>> We would");
        for (new, below, expected) in [
            ("See below.\n\nJane Doe\nTown of Kita", format!("{head}{answered}"), true),
            ("Thank you!", format!("{head}{OURS}"), false),
            ("Thank you!", format!("{head}{broken}"), false),
            (
                "Thank you!",
                format!("{head}{}", OURS.replace("Exchange Division", "Exchange Division<mailto:exchange@desk.test>")),
                false,
            ),
            ("Thank you!", format!("{head}{OURS}\n\nThis message was checked by a scanner of viruses."), false),
            ("Thank you!", format!("-- \nJane Doe\nTown of Kita\n\n{head}{OURS}"), false),
            ("Thank you!", String::new(), false),
        ] {
            let text = format!("{new}\n\n{below}");
            assert_eq!(hides_an_answer(&text, new, &[OURS.to_owned()]), expected, "{text}");
        }
        let links = "<http://a.example>".repeat(60_000);
        let began = std::time::Instant::now();
        assert!(!hides_an_answer(&links, "Thank you!", &[OURS.to_owned()]));
        assert!(began.elapsed().as_secs() < 5, "in proportion to the line: {:?}", began.elapsed());
        let (question, rest) = OURS.split_once("-- \n").expect("a signature");
        let below = format!("{question}-- \n{rest}\n\nSix of us will come on the 3rd.");
        assert!(hides_an_answer(&below, question.trim_end(), &[OURS.to_owned()]), "our words for theirs");
        assert!(!hides_an_answer(&below, question.trim_end(), &[]), "nothing is known of who wrote it");
    }
}
