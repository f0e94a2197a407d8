//! The people who ask. A person follows from the seed and from the number of their first ticket, so that nobody has to
//! be remembered, and nobody is met twice when a demo is added to another.

use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::demo::chance::Chance;
use crate::desk::demo::texts::{Filling, Texts, both_ways};
use crate::domain::enquiry::{Number, Sender};
use crate::domain::language::Language;
use crate::domain::person::EmailAddress;
use crate::domain::phone;

/// Languages and how many people of a hundred write in them.
const LANGUAGES: [(Language, u64); 5] = [
    (Language::Japanese, 45),
    (Language::English, 22),
    (Language::Chinese, 14),
    (Language::Korean, 11),
    (Language::French, 8),
];
/// People who have an address to write to.
const WITH_EMAIL: f64 = 0.9;

/// When somebody first wrote or called.
#[derive(Debug, Clone, Copy)]
pub(super) struct First {
    pub(super) number: u64,
    pub(super) at: Timestamp,
}

/// Somebody who asks.
pub(super) struct Person {
    pub(super) id: Uuid,
    pub(super) language: Language,
    pub(super) sender: Sender,
    /// Where they live, and the place abroad that they ask about.
    pub(super) place: String,
    pub(super) partner: String,
}

impl Person {
    pub(super) fn new(texts: &Texts, seed: u64, first: First) -> Self {
        let mut chance = Chance::new(seed, first.number | 1 << 48);
        let id = chance.id(first.at);
        let language = chance.weighed(&LANGUAGES);
        let tongue = texts.of(language);
        let (family, family_latin) = both_ways(chance.word(&tongue.family));
        let (given, given_latin) = both_ways(chance.word(&tongue.given));
        let (place, place_latin) = both_ways(chance.word(&tongue.places));
        let partner = chance.word(&tongue.partners).to_owned();
        let name = match language {
            Language::Japanese => format!("{family} {given}"),
            Language::Chinese | Language::Korean => format!("{family}{given}"),
            Language::English | Language::French => format!("{given} {family}"),
        };
        let official = chance.happens(0.7);
        let place_of = Filling { place, ..Filling::default() };
        let organisation =
            if official { place_of.fill(chance.word(&tongue.organisations), &mut chance) } else { String::new() };
        let host = chance.word(if official { &tongue.hosts } else { &tongue.private }).replace("{place}", place_latin);
        let local = match chance.between(0, 2) {
            0 => format!("{given_latin}.{family_latin}{}", first.number),
            1 => format!("{family_latin}-{}", first.number),
            _ => format!("{given_latin}{}", first.number),
        };
        let email = EmailAddress::parse(&format!("{local}@{host}")).ok().filter(|_| chance.happens(WITH_EMAIL));
        let telephone = (email.is_none() || chance.happens(0.3)).then(|| number(language, &mut chance)).flatten();
        let sender = Sender { name, organisation, email, telephone, ..Sender::default() };
        Self { id, language, sender, place: place.to_owned(), partner }
    }
}

/// A number that nobody has: blocks kept for fiction where there are some, and ends of 00 otherwise.
fn number(language: Language, chance: &mut Chance) -> Option<Number> {
    let (one, two) = (chance.between(200, 989), chance.between(0, 99));
    phone::read(&match language {
        Language::Japanese => format!("0{}-{one}-{two:02}00", chance.between(11, 99)),
        Language::English => format!("+1 {one} 555 01{two:02}"),
        Language::Chinese => format!("+86 512 {one}{two:02}000"),
        Language::Korean => format!("+82 63 {one} {two:02}00"),
        Language::French => format!("+33 1 99 00 {two:02} {:02}", one % 100),
    })
}
