//! With what letters are signed (DKIM, RFC 6376): a key, and the name under which receivers find its public half.

use std::path::{Path, PathBuf};

use super::{Given, Hidden};
use crate::domain::person::EmailAddress;

/// A key to sign letters with.
#[derive(Debug, Clone)]
pub struct Dkim {
    /// Where the key stands.
    pub key_file: PathBuf,
    /// The key, PEM.
    pub key: Hidden,
    /// The name of the key below `_domainkey`.
    pub selector: String,
    /// The domain that signs.
    pub domain: String,
}

const KEY_FILE: &str = "MADOGUCHI_DKIM_KEY_FILE";
const SELECTOR: &str = "MADOGUCHI_DKIM_SELECTOR";
const DOMAIN: &str = "MADOGUCHI_DKIM_DOMAIN";

impl Given<'_> {
    /// Key, selector and domain, where letters are to be signed.
    pub(super) fn dkim(&mut self, working_folder: &Path, sender: Option<&EmailAddress>) -> Option<Dkim> {
        let (file, selector, domain) = (self.some(KEY_FILE), self.some(SELECTOR), self.some(DOMAIN));
        let Some(file) = file else {
            if selector.or(domain).is_some() {
                self.refuse(KEY_FILE, "set together with MADOGUCHI_DKIM_SELECTOR");
            }
            return None;
        };
        let key_file = working_folder.join(file);
        let key = std::fs::read_to_string(&key_file);
        if !key.as_ref().is_ok_and(|key| key.contains("PRIVATE KEY-----")) {
            self.refuse(KEY_FILE, "a file that can be read, with a private key in PEM form");
        }
        let named = selector.filter(|selector| is_name(selector));
        if named.is_none() {
            self.refuse(SELECTOR, "the name of the key in the DNS, such as desk2026");
        }
        let domain = domain.or_else(|| sender.map(|sender| sender.host().to_owned())).unwrap_or_default();
        if !is_name(&domain) {
            self.refuse(DOMAIN, "a domain such as example.org");
        }
        Some(Dkim { key_file, key: Hidden(key.ok()?), selector: named?, domain })
    }
}

/// Names parted by dots; in other scripts too, which go to the DNS in their ASCII form.
fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        let is_of_one = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        !label.is_empty() && label.len() <= 63 && label.chars().all(is_of_one) && !label.starts_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::settings::{BadSettings, Flags, Settings};

    fn read(given: &[(&str, &str)], folder: &Path) -> Result<Settings, BadSettings> {
        let lookup = |name: &str| given.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Settings::read(&Flags::default(), &lookup, folder)
    }

    #[test]
    fn a_key_a_selector_and_a_domain() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("key"), "-----BEGIN PRIVATE KEY-----\n").expect("written");
        std::fs::write(folder.path().join("no-key"), "ssh-rsa AAAA").expect("written");
        let (file, selector, domain) = ("MADOGUCHI_DKIM_KEY_FILE", "MADOGUCHI_DKIM_SELECTOR", "MADOGUCHI_DKIM_DOMAIN");
        let sender = ("MADOGUCHI_MAIL_FROM", "exchange@clair.example");
        let good = read(&[(file, "key"), (selector, "desk2026"), sender], folder.path()).expect("good");
        assert_eq!(good.dkim.map(|dkim| dkim.domain).as_deref(), Some("clair.example"), "the sender's by default");
        assert!(read(&[sender], folder.path()).expect("good").dkim.is_none());
        for (given, named) in [
            (&[(file, "key")][..], selector),
            (&[(selector, "desk2026")], file),
            (&[(domain, "clair.example")], file),
            (&[(file, "none"), (selector, "desk2026")], file),
            (&[(file, "no-key"), (selector, "desk2026")], file),
            (&[(file, "key"), (selector, "two words")], selector),
            (&[(file, "key"), (selector, "desk2026"), (domain, "https://clair.example")], domain),
        ] {
            let bad = read(given, folder.path()).expect_err(named).to_string();
            assert!(bad.starts_with(&format!("{named} (from the ")) && bad.lines().count() == 1, "{named}: {bad}");
        }
    }
}
