//! The way to an enquirer's own page: a link with a key that only their letters hold.
//!
//! The key is an HMAC of the ticket and of how often a new one was asked for, so that any later letter can carry it and
//! nothing that opens a page is kept: in the outbox and wherever staff look, a placeholder stands for the link, which
//! takes its place when the letter leaves.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::language::Language;
use crate::domain::letter::{Letter, OwnPage};
use crate::domain::reference::Reference;

/// Makes and checks keys with a secret of the desk's.
#[derive(Clone)]
pub struct Keys {
    secret: [u8; 32],
}

/// 128 bits: nobody guesses one.
const KEY_BYTES: usize = 16;

impl Keys {
    /// With the secret that all instances share.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self { secret }
    }

    /// The key of a ticket's page; each generation has another.
    #[must_use]
    pub fn key(&self, ticket: Reference, generation: u32) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes keys of any length");
        mac.update(b"own page ");
        mac.update(&ticket.number().to_be_bytes());
        mac.update(&generation.to_be_bytes());
        BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()[..KEY_BYTES])
    }

    /// Whether a key opens a ticket's page.
    #[must_use]
    pub fn opens(&self, key: &str, ticket: Reference, generation: u32) -> bool {
        bool::from(subtle::ConstantTimeEq::ct_eq(key.as_bytes(), self.key(ticket, generation).as_bytes()))
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keys")
    }
}

/// What stands in a letter for the link, until it leaves.
#[must_use]
pub fn placeholder(page: &OwnPage) -> String {
    format!("own-page:{}", path(page.language, page.ticket))
}

/// The path of an enquirer's own page.
#[must_use]
pub fn path(language: Language, ticket: Reference) -> String {
    format!("/{language}/enquiries/{ticket}")
}

/// The letter as it leaves: with links in the place of placeholders. `key` knows the keys of the tickets that it opens.
#[must_use]
pub fn with_links(letter: &Letter, public_url: &str, key: impl Fn(Reference) -> Option<String>) -> Letter {
    let mut letter = letter.clone();
    for page in std::mem::take(&mut letter.opens) {
        let Some(key) = key(page.ticket) else { continue };
        let link = format!("{public_url}{}?key={key}", path(page.language, page.ticket));
        let placeholder = placeholder(&page);
        letter.text = letter.text.replace(&placeholder, &link);
        letter.html = letter.html.replace(&placeholder, &format!("<a href=\"{link}\">{link}</a>"));
    }
    letter
}

/// A text without the keys that it quotes from letters of ours: staff and third parties read it.
#[must_use]
pub fn without_keys(text: String) -> String {
    const BEFORE: &str = "?key=";
    if !text.contains(BEFORE) {
        return text;
    }
    let length = BASE64URL_NOPAD.encode_len(KEY_BYTES);
    let is_of_a_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(BEFORE) {
        let (before, after) = rest.split_at(at + BEFORE.len());
        out.push_str(before);
        let key = after.as_bytes().iter().take_while(|byte| is_of_a_key(byte)).count();
        // The path before it ends with a reference: "/ja/enquiries/000123-4".
        let path = before[..at].rsplit("/enquiries/").next().unwrap_or_default();
        let is_ours = path.len() < before.len() && path.parse::<Reference>().is_ok();
        rest = if key == length && is_ours {
            out.push('…');
            &after[key..]
        } else {
            after
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{Keys, without_keys};
    use crate::domain::reference::Reference;

    #[test]
    fn keys_that_are_quoted() {
        let key = Keys::new([1; 32]).key(Reference::from_number(1), 1);
        for (text, expected) in [
            (
                format!("> https://a.example/en/enquiries/000001-3?key={key}\nYes"),
                "> https://a.example/en/enquiries/000001-3?key=…\nYes".to_owned(),
            ),
            (
                format!("<a href=\"/ja/enquiries/000001-3?key={key}\">x</a>"),
                "<a href=\"/ja/enquiries/000001-3?key=…\">x</a>".to_owned(),
            ),
            (format!("https://a.example/?key={key}"), format!("https://a.example/?key={key}")),
            ("/enquiries/000001-3?key=short 日本".to_owned(), "/enquiries/000001-3?key=short 日本".to_owned()),
        ] {
            assert_eq!(without_keys(text), expected);
        }
    }

    #[test]
    fn a_key_opens_its_page_only() {
        let (keys, others) = (Keys::new([1; 32]), Keys::new([2; 32]));
        let ticket = Reference::from_number(1);
        let key = keys.key(ticket, 1);
        assert!(key.len() == 22 && keys.opens(&key, ticket, 1));
        for (key, ticket, generation) in [
            (key.clone(), Reference::from_number(2), 1),
            (key.clone(), ticket, 2),
            (others.key(ticket, 1), ticket, 1),
            (key[..21].to_owned(), ticket, 1),
            (String::new(), ticket, 1),
        ] {
            assert!(!keys.opens(&key, ticket, generation), "{key} {ticket} {generation}");
        }
    }
}
