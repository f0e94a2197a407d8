//! Addresses in headers: names in any charset, addresses as carriers write them, groups, and what is broken.

use crate::mail::header::{self, split_outside_quotes};

/// A name and an address; either may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Mailbox {
    /// The name.
    pub name: String,
    /// The address, bare.
    pub address: String,
}

/// The most mailboxes of one header.
const MOST: usize = 500;

/// The mailboxes of a header's raw value.
#[must_use]
pub fn mailboxes(raw: &[u8]) -> Vec<Mailbox> {
    let raw: Vec<u8> = raw.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let mut found: Vec<Mailbox> = Vec::new();
    let mut before: Vec<u8> = Vec::new();
    for piece in split_outside_quotes(&raw, b',').into_iter().take(MOST) {
        // A bare comma in a name: what has no address belongs to what follows.
        let mut whole = std::mem::take(&mut before);
        if !whole.is_empty() {
            whole.push(b',');
        }
        whole.extend_from_slice(piece);
        match mailbox(&whole) {
            Some(mailbox) => found.push(mailbox),
            None => before = whole,
        }
    }
    found
}

fn mailbox(raw: &[u8]) -> Option<Mailbox> {
    let raw = without_group(raw.trim_ascii());
    let (name, address) = match (raw.iter().rposition(|byte| *byte == b'<'), raw.iter().rposition(|byte| *byte == b'>'))
    {
        (Some(open), Some(close)) if open < close => (raw[..open].to_vec(), raw[open + 1..close].to_vec()),
        (Some(open), _) => (raw[..open].to_vec(), raw[open + 1..].to_vec()),
        _ => match raw.iter().position(|byte| *byte == b'(') {
            // address (name)
            Some(open) => {
                let inner = raw[open + 1..].strip_suffix(b")").unwrap_or(&raw[open + 1..]);
                (inner.to_vec(), raw[..open].to_vec())
            }
            None => (Vec::new(), raw.to_vec()),
        },
    };
    let address = bare(&header::text(&address));
    let name = header::text(&name);
    let name = name.trim().trim_matches('"').replace("\\\"", "\"").trim().to_owned();
    address.contains('@').then_some(Mailbox { name, address })
}

/// `Group: a, b;` → its members.
fn without_group(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_suffix(b";").unwrap_or(raw);
    let colon = raw.iter().position(|byte| *byte == b':');
    let at = raw.iter().position(|byte| matches!(byte, b'@' | b'<' | b'"'));
    match colon {
        Some(colon) if at.is_none_or(|at| colon < at) => raw[colon + 1..].trim_ascii(),
        _ => raw,
    }
}

/// The address without quotation marks, brackets and blanks.
#[must_use]
pub fn bare(address: &str) -> String {
    let address = address.trim().trim_matches(['<', '>']).trim();
    let address = address.strip_prefix("mailto:").unwrap_or(address);
    match address.rsplit_once('@') {
        Some((local, host)) => {
            let local = local.trim();
            let unquoted = local.strip_prefix('"').and_then(|local| local.strip_suffix('"')).unwrap_or(local);
            format!("{}@{}", unquoted.replace("\\", ""), host.trim())
        }
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Mailbox, mailboxes};

    fn mailbox(name: &str, address: &str) -> Mailbox {
        Mailbox { name: name.into(), address: address.into() }
    }

    #[test]
    fn as_they_are_written() {
        for (raw, expected) in [
            (&b"a@b.example"[..], vec![mailbox("", "a@b.example")]),
            (
                b"\"Doe, John\" <j@b.example>, k@b.example",
                vec![mailbox("Doe, John", "j@b.example"), mailbox("", "k@b.example")],
            ),
            (b"Doe, John <j@b.example>", vec![mailbox("Doe, John", "j@b.example")]),
            (
                b"=?iso-2022-jp?B?GyRCO1BLZRsoQg==?= <\"a..b.\"@docomo.ne.jp>",
                vec![mailbox("姉妹", "a..b.@docomo.ne.jp")],
            ),
            (b"a..b.@docomo.ne.jp", vec![mailbox("", "a..b.@docomo.ne.jp")]),
            (b"Mayors: a@b.example, B <b@b.example>;", vec![mailbox("", "a@b.example"), mailbox("B", "b@b.example")]),
            (b"a@b.example (John)", vec![mailbox("John", "a@b.example")]),
            (b"undisclosed-recipients:;", vec![]),
        ] {
            assert_eq!(mailboxes(raw), expected, "{}", String::from_utf8_lossy(raw));
        }
    }
}
