//! What a line tells: how somebody is reached, or a sentence.

use std::sync::LazyLock;

use crate::mail::phrases::Phrases;
use crate::mail::text::Line;

/// What stands in a signature and hardly elsewhere at a letter's end.
const CONTACTS: &[&str] = &[
    "tel", "℡", "☎", "fax", "電話", "〒", "http", "www.", "携帯", "e-mail", "mail:", "phone", "mobile", "内線", "直通",
    "전화", "电话",
];

pub(super) fn is_japanese_sentence(line: &str) -> bool {
    ["。", "ます", "です", "ました", "ません", "ですか", "ますか", "ください"]
        .iter()
        .any(|end| line.trim_end().ends_with(end))
}

pub(super) fn is_prose(line: &Line<'_>) -> bool {
    line.text.chars().count() >= 60 || line.text.trim_end().ends_with(['.', '。'])
}

/// Whether somebody says something in a line: in Japanese by how it ends, elsewhere by several words and a sign.
pub(super) fn is_sentence(line: &str) -> bool {
    let line = line.trim_end();
    let words = || line.split(' ').count();
    let is_said = || words() >= MANY_WORDS || (words() >= FEW_WORDS && SPOKEN.any_as_words_in(line));
    line.ends_with(['?', '？', '。'])
        || is_japanese_sentence(line)
        || (line.ends_with(['.', '!', '！', ':']) && is_said())
}

/// Words of a line that is more than the name of a company or a motto; fewer where some of them say who does what.
const MANY_WORDS: usize = 6;
const FEW_WORDS: usize = 3;

/// Words that sentences have, and names and addresses do not.
static SPOKEN: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([
        "i", "we", "you", "he", "she", "they", "is", "are", "was", "have", "has", "will", "can", "want", "wants",
        "need", "needs", "please", "ich", "wir", "sie", "ist", "sind", "haben", "bitte", "je", "nous", "vous", "est",
        "sont", "avons", "veuillez", "merci",
    ])
});

pub(super) fn has_contacts(lines: &[&Line<'_>]) -> bool {
    let mut texts = lines.iter().map(|line| line.text.to_lowercase());
    texts
        .any(|text| has_address(&text) || has_telephone(&text) || CONTACTS.iter().any(|contact| text.contains(contact)))
}

/// Whether a telephone number or an address stands in a line, and no word that says so.
pub(super) fn has_bare_contact(line: &str) -> bool {
    let line = line.to_lowercase();
    (has_address(&line) || has_telephone(&line)) && !CONTACTS.iter().any(|contact| line.contains(contact))
}

/// Whether a line is there for a contact: it begins with its name, or with itself.
pub(super) fn begins_with_contact(line: &str) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '+' | '〒' | '℡' | '☎');
    let line = line.trim_start_matches(is_mark).to_lowercase();
    let first = line.split([' ', '\u{3000}', '\t', ',', '|', '/', '<', '>', '(', '（']).next().unwrap_or_default();
    CONTACTS.iter().any(|contact| line.starts_with(contact.trim_end_matches(':')))
        || has_address(first)
        || has_telephone(first)
}

/// `090-1234-5678`, `+81-3-5213-1723`.
fn has_telephone(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+')).any(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.starts_with(['0', '+']) && digits >= 9 && word.matches('-').count() >= 2
    })
}

fn has_address(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    text.split_once('@').is_some_and(|(local, host)| local.ends_with(is_letter) && host.starts_with(is_letter))
}
