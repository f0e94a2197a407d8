//! When an enquiry is acknowledged by itself, and in which languages.

use jiff::{SignedDuration, Timestamp};

use crate::domain::channel::Channel;
use crate::domain::enquiry::{Enquiry, Nature};
use crate::domain::language::Language;

/// The acknowledgements that went to an address within the last hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recent {
    /// How many, of letters.
    pub letters: u64,
    /// How many, of forms.
    pub forms: u64,
    /// When the last one of a letter was written.
    pub last_of_letter: Option<Timestamp>,
}

/// How far automatic mail to one address is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// Letters and forms are acknowledged a few times an hour.
    Hourly,
    /// Not at all: for load tests.
    Off,
}

/// Letters of one address that are acknowledged within an hour.
const LETTERS_AN_HOUR: u64 = 3;
/// How long after an acknowledgement what comes from its address may be its answer by a machine that does not say so.
const ANSWERING: SignedDuration = SignedDuration::from_mins(2);
/// Forms that name one address that are acknowledged within an hour: enough for a school class, too few to flood a mailbox.
const FORMS_AN_HOUR: u64 = 5;

/// Acknowledgements of letters that leave at the most within [`AT_ONCE`], to all addresses together.
pub const MOST_AT_ONCE: usize = 60;
/// See [`MOST_AT_ONCE`].
pub const AT_ONCE: SignedDuration = SignedDuration::from_mins(10);

/// What is decided on the acknowledgement of a new ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acknowledging {
    /// It leaves at once.
    AtOnce,
    /// None is due.
    NotDue,
    /// Letters come faster than people write: a machine answers ours from addresses that change, which no limit by
    /// address holds.
    Flooded,
}

/// Whether a new ticket is acknowledged, where so many letters were `lately`, within [`AT_ONCE`].
#[must_use]
pub fn acknowledging(enquiry: &Enquiry, recent: Recent, lately: usize, cap: Cap, ours: &[String]) -> Acknowledging {
    let is_limited = enquiry.channel == Channel::Email && cap != Cap::Off;
    if !is_due(enquiry, recent, cap, ours) {
        Acknowledging::NotDue
    } else if is_limited && lately >= MOST_AT_ONCE {
        Acknowledging::Flooded
    } else {
        Acknowledging::AtOnce
    }
}

/// Whether a new ticket is acknowledged at once. Machines never are (RFC 3834), doubtful ones not until staff say that
/// they are none, and what staff logged was answered on the spot.
#[must_use]
pub fn is_due(enquiry: &Enquiry, recent: Recent, cap: Cap, ours: &[String]) -> bool {
    let Some(address) = &enquiry.sender.email else { return false };
    let is_answer = recent.last_of_letter.is_some_and(|last| enquiry.received_at < last + ANSWERING);
    let below_cap = match (cap, enquiry.channel) {
        (Cap::Off, _) => true,
        (Cap::Hourly, Channel::Email) => recent.letters < LETTERS_AN_HOUR && !is_answer,
        (Cap::Hourly, _) => recent.forms < FORMS_AN_HOUR,
    };
    matches!(enquiry.channel, Channel::Web | Channel::Email)
        && enquiry.nature == Nature::Human
        && enquiry.doubts.is_empty()
        && below_cap
        && !ours.contains(&address.without_detail().folded())
}

/// The languages in which somebody is answered by itself: their own. Where that is none that we write, or in doubt, English
/// where they write no script of East Asia, and otherwise Japanese and English.
#[must_use]
pub fn languages(known: Option<Language>, written: &str) -> Vec<Language> {
    match known {
        Some(language) => vec![language],
        None if written.chars().any(char::is_alphabetic) && !written.chars().any(is_east_asian) => {
            vec![Language::English]
        }
        None => vec![Language::Japanese, Language::English],
    }
}

/// Kana, ideographs and hangul.
fn is_east_asian(character: char) -> bool {
    matches!(
        character,
        '\u{1100}'..='\u{11ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3130}'..='\u{318f}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// The longest name of a person, in characters, that a letter of the desk's own accord is addressed by.
const LONGEST_NAME: usize = 80;

/// A name, unless it is a message: a form may name anybody's address, and what is written as the name beside it must not
/// reach them in a letter of ours.
#[must_use]
pub fn plausible_name(name: &str) -> &str {
    let is_one = name.chars().count() <= LONGEST_NAME && !name.split_whitespace().any(is_link);
    if is_one { name } else { "" }
}

/// A text with an ellipsis for each link.
#[must_use]
pub fn without_links(text: &str) -> String {
    let words = text.split(' ').map(|word| if is_link(word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether mail programs make a link of a word.
fn is_link(word: &str) -> bool {
    let word = word.to_lowercase();
    let has_host = || word.split_once('/').is_some_and(|(host, _)| host.contains('.'));
    word.contains("://") || word.contains("www.") || has_host()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::{
        Acknowledging, Cap, MOST_AT_ONCE, Recent, acknowledging, is_due, languages, plausible_name, without_links,
    };
    use crate::domain::channel::Channel;
    use crate::domain::enquiry::{Doubt, Enquiry, Nature, Sender, samples};
    use crate::domain::language::Language;
    use crate::domain::person::EmailAddress;

    #[test]
    fn a_flood_of_letters_is_not_acknowledged() {
        let (letter, none) = (samples::letter(), Recent::default());
        let form = Enquiry { channel: Channel::Web, ..letter.clone() };
        let machine = Enquiry { nature: Nature::Automatic, ..letter.clone() };
        for (enquiry, lately, cap, expected) in [
            (&letter, MOST_AT_ONCE - 1, Cap::Hourly, Acknowledging::AtOnce),
            (&letter, MOST_AT_ONCE, Cap::Hourly, Acknowledging::Flooded),
            (&letter, MOST_AT_ONCE, Cap::Off, Acknowledging::AtOnce),
            (&form, MOST_AT_ONCE, Cap::Hourly, Acknowledging::AtOnce),
            (&machine, MOST_AT_ONCE, Cap::Hourly, Acknowledging::NotDue),
        ] {
            assert_eq!(acknowledging(enquiry, none, lately, cap, &[]), expected, "{lately} {cap:?} {enquiry:?}");
        }
    }

    #[test]
    fn who_is_acknowledged() {
        let letter = samples::letter();
        let form = Enquiry { channel: Channel::Web, ..letter.clone() };
        let long_ago = letter.received_at - SignedDuration::from_mins(10);
        let recent = |letters, forms| Recent { letters, forms, last_of_letter: (letters > 0).then_some(long_ago) };
        let just_now = Recent { letters: 1, forms: 0, last_of_letter: Some(letter.received_at) };
        for (name, enquiry, recent, cap, expected) in [
            ("a letter", &letter, recent(0, 5), Cap::Hourly, true),
            ("a third letter within the hour", &letter, recent(2, 0), Cap::Hourly, true),
            ("a fourth letter within the hour", &letter, recent(3, 0), Cap::Hourly, false),
            ("what may be a machine's answer", &letter, just_now, Cap::Hourly, false),
            ("a form meanwhile", &form, just_now, Cap::Hourly, true),
            ("the same without a cap", &letter, recent(3, 0), Cap::Off, true),
            ("a fifth form", &form, recent(9, 4), Cap::Hourly, true),
            ("a sixth form", &form, recent(0, 5), Cap::Hourly, false),
            ("a machine", &Enquiry { nature: Nature::Automatic, ..letter.clone() }, recent(0, 0), Cap::Off, false),
            (
                "a doubtful form",
                &Enquiry { doubts: vec![Doubt::HiddenFieldFilled], ..form.clone() },
                recent(0, 0),
                Cap::Off,
                false,
            ),
            ("no address", &Enquiry { sender: Sender::default(), ..form.clone() }, recent(0, 0), Cap::Off, false),
            ("a call", &Enquiry { channel: Channel::Phone, ..form.clone() }, recent(0, 0), Cap::Off, false),
        ] {
            assert_eq!(is_due(enquiry, recent, cap, &[]), expected, "{name}");
        }
        assert!(!is_due(&letter, recent(0, 0), Cap::Off, &["mayor@town.example".into()]), "one of our own addresses");
        let mut ours = letter.clone();
        ours.sender.email = Some(EmailAddress::parse("mayor+token@town.example").expect("an address"));
        assert!(!is_due(&ours, recent(0, 0), Cap::Off, &["mayor@town.example".into()]), "with a token");
    }

    #[test]
    fn languages_in_doubt() {
        use Language::{English, French, Japanese};
        for (known, written, expected) in [
            (Some(French), "日本", &[French][..]),
            (None, "Sehr geehrte Damen und Herren", &[English]),
            (None, "Здравствуйте", &[English]),
            (None, "姉妹", &[Japanese, English]),
            (None, "Mr 山田", &[Japanese, English]),
            (None, "안녕", &[Japanese, English]),
            (None, "2026?", &[Japanese, English]),
            (None, "", &[Japanese, English]),
        ] {
            assert_eq!(languages(known, written), expected, "{written}");
        }
    }

    #[test]
    fn no_message_of_a_stranger_goes_to_others() {
        for (name, expected) in [
            ("Ada Lovelace", "Ada Lovelace"),
            ("Dr.Yamada (U.S.A.)", "Dr.Yamada (U.S.A.)"),
            ("You won! https://evil.example/win", ""),
            ("Visit evil.example/win", ""),
            ("WWW.evil.example", ""),
            (&"won ".repeat(30), ""),
        ] {
            assert_eq!(plausible_name(name), expected);
        }
        assert_eq!(without_links("Pay https://evil.example/now now"), "Pay … now");
        assert_eq!(without_links("2026/11/25 and/or a.b"), "2026/11/25 and/or a.b");
    }
}
