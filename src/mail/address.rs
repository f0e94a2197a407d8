//! Addresses in headers (RFC 5322, 3.4): names in any charset, addresses as carriers write them, groups, and what is
//! broken.

use std::borrow::Cow;

use memchr::memmem;

use crate::mail::charset::Surroundings;
use crate::mail::comment;
use crate::mail::header::{self, encoded_word, readable};

/// A name and an address; either may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Mailbox {
    /// The name.
    pub name: String,
    /// The address, bare.
    pub address: String,
}

/// The most mailboxes of one header, and the most of its bytes that are read.
const MOST: usize = 10_000;
const LONGEST: usize = 1024 * 1024;

/// A piece of a header with addresses.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    /// Words as bytes; encoded words are not decoded yet.
    Words(&'a [u8]),
    /// What stood in quotation marks.
    Quoted(Cow<'a, [u8]>),
    /// What stood in angle brackets.
    Angle(&'a [u8]),
    /// What stood in round brackets.
    Comment(&'a [u8]),
    Comma,
    Colon,
    Semicolon,
}

/// The mailboxes of a header's raw value.
#[must_use]
pub fn mailboxes(raw: &[u8], around: &Surroundings) -> Vec<Mailbox> {
    if let Some(mailbox) = usual(raw) {
        return vec![mailbox];
    }
    let line = readable(&raw[..raw.len().min(LONGEST)], around);
    let mut found = Vec::new();
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut addressed = false;
    for piece in cut(&line) {
        let ends = match piece {
            // A bare comma in a name: what has no address belongs to what follows.
            Piece::Comma if addressed || pieces.is_empty() => true,
            Piece::Semicolon => true,
            // The name of a group ends.
            Piece::Colon if !addressed => {
                pieces.clear();
                false
            }
            other => {
                addressed |= has_address(&other);
                pieces.push(other);
                false
            }
        };
        if ends {
            found.extend(mailbox(&pieces, around));
            pieces.clear();
            addressed = false;
        }
        if found.len() >= MOST {
            return found;
        }
    }
    found.extend(mailbox(&pieces, around));
    if found.is_empty() {
        found.extend(within_a_word(&line, around));
    }
    found
}

/// A name in plain letters and an address in angle brackets, or an address alone, as most are.
fn usual(raw: &[u8]) -> Option<Mailbox> {
    let raw = std::str::from_utf8(raw.trim_ascii()).ok()?;
    let (name, address) = match raw.strip_suffix('>') {
        Some(inside) => inside.split_once('<')?,
        None => ("", raw),
    };
    let name = name.trim_ascii_end();
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'.' | b'-');
    let is_usual = is_simple(address) && name.bytes().all(is_letter);
    is_usual.then(|| Mailbox { name: name.to_owned(), address: address.to_owned() })
}

/// Some put name and address into one encoded word; some have no address at all.
fn within_a_word(line: &[u8], around: &Surroundings) -> Option<Mailbox> {
    let text = header::text(line, around);
    if memmem::find(line, b"=?").is_none() {
        let name = text.trim_matches(['"', '<', '>', ' ']);
        let name = name.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or(name).to_owned();
        return (!name.is_empty() && !name.ends_with([':', ';'])).then_some(Mailbox { name, address: String::new() });
    }
    match (text.rfind('<'), text.rfind('>')) {
        (Some(open), Some(close)) if open < close && text[open..].contains('@') => Some(Mailbox {
            name: text[..open].trim().trim_matches('"').trim().to_owned(),
            address: bare(&text[open + 1..close]),
        }),
        _ if text.contains('@') && !text.contains(' ') => Some(Mailbox { name: String::new(), address: bare(&text) }),
        _ => Some(Mailbox { name: text, address: String::new() }),
    }
}

fn has_address(piece: &Piece<'_>) -> bool {
    match piece {
        Piece::Angle(_) => true,
        Piece::Words(words) => words.contains(&b'@'),
        _ => false,
    }
}

fn mailbox(pieces: &[Piece<'_>], around: &Surroundings) -> Option<Mailbox> {
    let angle = pieces.iter().rev().find_map(|piece| match piece {
        Piece::Angle(inner) => Some(*inner),
        _ => None,
    });
    let comment = pieces.iter().rev().find_map(|piece| match piece {
        Piece::Comment(inner) => Some(*inner),
        _ => None,
    });
    if let Some(inner) = angle {
        let name = phrase(pieces, around);
        let name =
            if name.is_empty() { comment.map(|words| header::text(words, around)).unwrap_or_default() } else { name };
        let address = address(inner, around);
        return (!address.is_empty() || !name.is_empty()).then_some(Mailbox { name, address });
    }
    // A quoted local part is a piece of its own; a name in front of it is cut off by a comma or a blank.
    let at = pieces.iter().position(|piece| matches!(piece, Piece::Words(words) if words.contains(&b'@')))?;
    let Piece::Words(words) = &pieces[at] else { return None };
    let words = header::text(words, around);
    let quoted = match at.checked_sub(1).map(|before| &pieces[before]) {
        Some(Piece::Quoted(local)) if words.starts_with('@') => format!("\"{}\"", header::text(local, around)),
        _ => String::new(),
    };
    if comment.is_none() && quoted.is_empty() && is_simple(&words) {
        return Some(Mailbox { name: String::new(), address: words });
    }
    let words = if [" @", "@ ", " ."].iter().any(|gap| words.contains(gap)) {
        comment::tight(&words, &['@', '.'])
    } else {
        words
    };
    let word = words.split_whitespace().find(|word| word.contains('@'))?;
    // Some forget the angle brackets.
    let before = words.strip_suffix(word).map(str::trim).unwrap_or_default();
    let name = comment.map_or_else(|| before.to_owned(), |words| header::text(words, around));
    Some(Mailbox { name, address: bare(&format!("{quoted}{word}")) })
}

fn address(inner: &[u8], around: &Surroundings) -> String {
    let text = header::text(inner, around);
    if is_simple(&text) {
        return text;
    }
    // No encoded word stands in an address (RFC 2047, 5); some do all the same, but must not make another one of it.
    let makes_another = text.contains([',', '<', '>']) || text.matches('@').count() > 1;
    let text = if makes_another && memmem::find(inner, b"=?").is_some() {
        header::one_line(&String::from_utf8_lossy(inner))
    } else {
        text
    };
    bare(&comment::without(&text))
}

/// The words before the address, decoded: quoted ones and others, with a bare comma among them.
fn phrase(pieces: &[Piece<'_>], around: &Surroundings) -> String {
    let mut raw: Vec<u8> = Vec::new();
    for piece in pieces {
        let (words, sticks) = match piece {
            Piece::Words(words) => (*words, false),
            Piece::Quoted(words) => (&words[..], false),
            Piece::Comma => (&b","[..], true),
            Piece::Colon => (&b":"[..], true),
            Piece::Angle(_) => break,
            Piece::Comment(_) | Piece::Semicolon => continue,
        };
        if !raw.is_empty() && !sticks {
            raw.push(b' ');
        }
        raw.extend_from_slice(words.trim_ascii());
    }
    let name = header::text(&raw, around);
    let bare = name.trim_matches('"').trim();
    if bare.len() == name.len() { name } else { bare.to_owned() }
}

/// Cuts a header into its pieces.
fn cut(line: &[u8]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(8);
    // Where the words begin that are not a piece yet.
    let mut start = 0;
    let mut at = 0;
    while at < line.len() {
        let (piece, length) = match line[at] {
            // What is not closed is a sign as others are.
            b'"' if line[at + 1..].contains(&b'"') => quoted(&line[at + 1..]),
            b'(' if comment::length(&line[at + 1..]) < line.len() - at - 1 => comment(&line[at + 1..]),
            b'<' => angle(&line[at + 1..]),
            b',' => (Piece::Comma, 0),
            b':' => (Piece::Colon, 0),
            b';' => (Piece::Semicolon, 0),
            // Encoded words are whole, whatever clients put into them.
            b'=' if line[at..].starts_with(b"=?") => {
                at += encoded_word(&line[at..]).map_or(1, |word| word.length);
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        pieces.extend(words(&line[start..at]));
        pieces.push(piece);
        at += 1 + length;
        start = at;
    }
    pieces.extend(words(&line[start.min(line.len())..]));
    pieces
}

fn words(line: &[u8]) -> Option<Piece<'_>> {
    let trimmed = line.trim_ascii();
    (!trimmed.is_empty()).then_some(Piece::Words(trimmed))
}

/// Up to the closing quotation mark; its content without backslashes, and its length.
fn quoted(line: &[u8]) -> (Piece<'_>, usize) {
    let mut at = 0;
    let mut has_backslashes = false;
    while at < line.len() && line[at] != b'"' {
        let is_backslash = line[at] == b'\\' && at + 1 < line.len();
        has_backslashes |= is_backslash;
        at += 1 + usize::from(is_backslash);
    }
    let inner = &line[..at];
    let inner = if has_backslashes { Cow::Owned(without_backslashes(inner)) } else { Cow::Borrowed(inner) };
    (Piece::Quoted(inner), line.len().min(at + 1))
}

fn without_backslashes(quoted: &[u8]) -> Vec<u8> {
    let mut bytes = quoted.iter();
    let next = || {
        let byte = bytes.next()?;
        Some(if *byte == b'\\' { *bytes.next().unwrap_or(byte) } else { *byte })
    };
    std::iter::from_fn(next).collect()
}

fn comment(line: &[u8]) -> (Piece<'_>, usize) {
    let inner = &line[..comment::length(line)];
    (Piece::Comment(inner), line.len().min(inner.len() + 1))
}

/// Up to the closing bracket; one that was forgotten ends before the next mailbox.
fn angle(line: &[u8]) -> (Piece<'_>, usize) {
    let (mut in_quotes, mut has_at) = (false, false);
    // A route has commas of its own (RFC 5322, 4.4).
    let mut in_route = line.starts_with(b"@");
    for (at, byte) in line.iter().enumerate() {
        has_at |= *byte == b'@' && !in_route;
        match byte {
            b':' => in_route = false,
            b'"' => in_quotes = !in_quotes,
            b'>' if !in_quotes => {
                let doubled = line[at + 1..].iter().take_while(|next| **next == b'>').count();
                return (Piece::Angle(line[..at].trim_ascii()), at + 1 + doubled);
            }
            b',' | b'<' if !in_quotes && has_at => return (Piece::Angle(&line[..at]), at),
            _ => {}
        }
    }
    (Piece::Angle(line), line.len())
}

/// Whether an address is as most are.
fn is_simple(address: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+' | b'@');
    address.bytes().all(is_letter)
        && address.bytes().filter(|byte| *byte == b'@').count() == 1
        && !address.ends_with('.')
}

/// The address without brackets and blanks; quotation marks stay only where it would be none without them.
#[must_use]
pub fn bare(address: &str) -> String {
    if is_simple(address) {
        return address.to_owned();
    }
    let address = address.trim().trim_matches(['<', '>', '\'']).trim();
    let address = address.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(address);
    let address = address.strip_prefix("mailto:").unwrap_or(address);
    // A route (RFC 5322, 4.4) says which servers to go through; nobody does.
    let address = match address.split_once(':') {
        Some((route, rest)) if route.starts_with('@') => rest,
        _ => address,
    };
    // A name that slipped into the brackets.
    let address = match address.rsplit_once(' ') {
        Some((before, last)) if last.contains('@') && !before.contains(['"', '@']) => last,
        _ => address,
    };
    match address.rsplit_once('@') {
        Some((local, host)) => {
            let local = local.trim();
            let quoted = local.strip_prefix('"').and_then(|local| local.strip_suffix('"'));
            let plain = quoted.unwrap_or(local).replace('\\', "");
            let needs_quotes =
                plain.chars().any(|c| c.is_whitespace() || "@,;:<>()[]\"".contains(c)) && quoted.is_some();
            let local = if needs_quotes { local } else { &plain };
            let host = comment::tight(host, &['.']);
            format!("{local}@{}", host.split_whitespace().next().unwrap_or_default().trim_end_matches('.'))
        }
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Mailbox, mailboxes};
    use crate::mail::charset::Surroundings;

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
            (b"\"john doe\"@b.example", vec![mailbox("", "\"john doe\"@b.example")]),
            (b"\"=?utf-8?B?5aeJ5aa5?=\" <a@b.example>", vec![mailbox("姉妹", "a@b.example")]),
            (b"=?utf-8?Q?Doe,_J?= <a@b.example>", vec![mailbox("Doe, J", "a@b.example")]),
            (
                b"\"A \\\"B\\\" C\" <a@b.example>; d@e.example",
                vec![mailbox("A \"B\" C", "a@b.example"), mailbox("", "d@e.example")],
            ),
            (b"<@relay.example:a@b.example>", vec![mailbox("", "a@b.example")]),
            (b"=?utf-8?B?5aeJIDxhQGIuZXhhbXBsZT4=?=", vec![mailbox("姉", "a@b.example")]),
            (b"Someone", vec![mailbox("Someone", "")]),
            (b"\"Yamada <h@x.example>", vec![mailbox("Yamada", "h@x.example")]),
            (b"Yamada\" <h@x.example>", vec![mailbox("Yamada", "h@x.example")]),
            (b"Yamada (SOS, Inc. <h@x.example>", vec![mailbox("Yamada (SOS, Inc.", "h@x.example")]),
            (b"[h@x.example]", vec![mailbox("", "h@x.example")]),
            (b"A <a@b.example.>", vec![mailbox("A", "a@b.example")]),
            (b"<=?utf-8?Q?agent?=@b.example>", vec![mailbox("", "agent@b.example")]),
            (
                b"<=?utf-8?Q?boss=40good.example?=@b.example>",
                vec![mailbox("", "=?utf-8?Q?boss=40good.example?=@b.example")],
            ),
            (b"<a@b.example c@d.example\x00=?>", vec![mailbox("", "a@b.example c@d.example")]),
            (b"Pete <pete(his account)@silly.test(his host)>", vec![mailbox("Pete", "pete@silly.test")]),
            (b"<jdoe@machine(of hers).  example>", vec![mailbox("", "jdoe@machine.example")]),
            (b"jdoe@test   . example", vec![mailbox("", "jdoe@test.example")]),
            (b"Big Bug bug@b.example", vec![mailbox("Big Bug", "bug@b.example")]),
            (b"\"\" (Mail Delivery System)", vec![mailbox("Mail Delivery System", "")]),
        ] {
            assert_eq!(mailboxes(raw, &Surroundings::NONE), expected, "{}", String::from_utf8_lossy(raw));
        }
    }
}
