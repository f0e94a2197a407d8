//! When an enquiry is acknowledged by itself, and in which languages.

use crate::domain::channel::Channel;
use crate::domain::enquiry::{Enquiry, Nature};
use crate::domain::language::Language;

/// How many acknowledgements went to an address within the last hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recent {
    /// Of letters.
    pub letters: u64,
    /// Of forms.
    pub forms: u64,
}

/// How far automatic mail to one address is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// A letter is acknowledged once an hour, a form five times.
    Hourly,
    /// Not at all: for load tests.
    Off,
}

/// Letters to one address that are acknowledged within an hour.
const LETTERS_AN_HOUR: u64 = 1;
/// Forms that name one address that are acknowledged within an hour: enough for a school class, too few to flood a mailbox.
const FORMS_AN_HOUR: u64 = 5;

/// Whether a new ticket is acknowledged at once. Machines never are (RFC 3834), doubtful ones not until staff say that
/// they are none, and what staff logged was answered on the spot.
#[must_use]
pub fn is_due(enquiry: &Enquiry, recent: Recent, cap: Cap, ours: &[String]) -> bool {
    let Some(address) = &enquiry.sender.email else { return false };
    let below_cap = match (cap, enquiry.channel) {
        (Cap::Off, _) => true,
        (Cap::Hourly, Channel::Email) => recent.letters < LETTERS_AN_HOUR,
        (Cap::Hourly, _) => recent.forms < FORMS_AN_HOUR,
    };
    matches!(enquiry.channel, Channel::Web | Channel::Email)
        && enquiry.nature == Nature::Human
        && enquiry.doubt.is_none()
        && below_cap
        && !ours.contains(&address.without_detail().folded())
}

/// The languages that an acknowledgement is written in: the enquirer's, or Japanese and English where that is in doubt.
#[must_use]
pub fn languages(known: Option<Language>) -> Vec<Language> {
    known.map_or_else(|| vec![Language::Japanese, Language::English], |language| vec![language])
}

#[cfg(test)]
mod tests {
    use super::{Cap, Recent, is_due};
    use crate::domain::channel::Channel;
    use crate::domain::enquiry::{Doubt, Enquiry, Nature, Sender, samples};
    use crate::domain::person::EmailAddress;

    #[test]
    fn who_is_acknowledged() {
        let letter = samples::letter();
        let form = Enquiry { channel: Channel::Web, ..letter.clone() };
        let recent = |letters, forms| Recent { letters, forms };
        for (name, enquiry, recent, cap, expected) in [
            ("a letter", &letter, recent(0, 5), Cap::Hourly, true),
            ("a second letter within the hour", &letter, recent(1, 0), Cap::Hourly, false),
            ("the same without a cap", &letter, recent(1, 0), Cap::Off, true),
            ("a fifth form", &form, recent(9, 4), Cap::Hourly, true),
            ("a sixth form", &form, recent(0, 5), Cap::Hourly, false),
            ("a machine", &Enquiry { nature: Nature::Automatic, ..letter.clone() }, recent(0, 0), Cap::Off, false),
            (
                "a doubtful form",
                &Enquiry { doubt: Some(Doubt::HiddenFieldFilled), ..form.clone() },
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
}
