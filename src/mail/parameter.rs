//! Headers with parameters, such as `Content-Type` (RFC 2045, 5.1), and what RFC 2231 adds to them, as clients really
//! write them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::mail::charset::{self, Surroundings};
use crate::mail::header::{one_line, readable, text, words};

/// The most parameters of one header.
const MOST: usize = 200;

/// A value in lower case, and its parameters by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Parametrised {
    pub(super) value: String,
    parameters: Vec<(String, String)>,
}

impl Parametrised {
    /// Reads a raw value.
    pub(super) fn read(raw: &[u8], around: &Surroundings) -> Self {
        let line = readable(raw, around);
        let end = line.iter().position(|byte| matches!(byte, b';' | b',' | b'(')).unwrap_or(line.len());
        let first = line[..end].trim_ascii();
        // Some forget the semicolon: `text/plain charset=utf-8`.
        let (value, forgotten) = match first.iter().position(u8::is_ascii_whitespace) {
            Some(blank) => first.split_at(blank),
            None if first.contains(&b'=') && !first.contains(&b'/') => (&b""[..], first),
            None => (first, &b""[..]),
        };
        let mut value = one_line(&String::from_utf8_lossy(value));
        value.make_ascii_lowercase();
        if value.contains(['"', '\'']) {
            value = value.trim_matches(['"', '\'', ' ']).to_owned();
        }
        let mut found = Found::default();
        found.add(forgotten, around);
        let mut rest = &line[end..];
        for _ in 0..MOST {
            let (piece, behind) = split_outside_quotes(rest, b';');
            found.add(piece, around);
            match behind {
                Some(behind) => rest = behind,
                None => break,
            }
        }
        Self { value, parameters: found.finish(around) }
    }

    /// A parameter, by its lower-case name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Default)]
struct Found {
    plain: Vec<(String, String)>,
    /// RFC 2231, 3: number of the piece, whether it is percent-encoded.
    extended: BTreeMap<String, BTreeMap<u32, (bool, Vec<u8>)>>,
}

impl Found {
    fn add(&mut self, piece: &[u8], around: &Surroundings) {
        let Some(equals) = piece.iter().position(|byte| *byte == b'=') else { return };
        let mut name =
            String::from_utf8_lossy(piece[..equals].trim_ascii()).trim_matches([',', ';', ' ', '\t']).to_owned();
        name.make_ascii_lowercase();
        let (content, rest) = content(&piece[equals + 1..], name.contains("name"));
        match name.split_once('*') {
            None if self.plain.iter().any(|(other, _)| *other == name) => {}
            None => {
                let said = text(&content, around);
                let said = if name.contains("name") { without_percents(said) } else { said };
                self.plain.push((name, said));
            }
            Some((base, number)) => {
                let encoded = number.is_empty() || number.ends_with('*');
                let number = number.trim_end_matches('*').parse().unwrap_or(0);
                let pieces = self.extended.entry(base.to_owned()).or_default();
                pieces.entry(number).or_insert((encoded, content.into_owned()));
            }
        }
        if !rest.is_empty() {
            self.add(rest, around);
        }
    }

    /// What is written by the newer rules wins, unless it is broken.
    fn finish(mut self, around: &Surroundings) -> Vec<(String, String)> {
        for (name, pieces) in self.extended {
            let newer = one_line(&join(pieces, around));
            match self.plain.iter_mut().find(|(other, _)| *other == name) {
                Some((_, older)) if newer.contains('\u{fffd}') && !older.contains('\u{fffd}') => {}
                Some((_, older)) => *older = newer,
                None => self.plain.push((name, newer)),
            }
        }
        self.plain
    }
}

fn join(pieces: BTreeMap<u32, (bool, Vec<u8>)>, around: &Surroundings) -> String {
    let mut label = None;
    // Some cut between a percent sign and its digits; so what is encoded is decoded once its pieces are joined.
    let (mut bytes, mut escaped) = (Vec::new(), Vec::new());
    for (position, (encoded, content)) in pieces.into_values().enumerate() {
        let mut content = &content[..];
        let quotes: Vec<usize> =
            content.iter().enumerate().filter(|(_, b)| **b == b'\'').map(|(at, _)| at).take(2).collect();
        if let ([first, second], true) = (&quotes[..], position == 0 && encoded) {
            label = Some(String::from_utf8_lossy(&content[..*first]).into_owned());
            content = &content[second + 1..];
        }
        if encoded {
            escaped.extend_from_slice(content);
        } else {
            percent(&std::mem::take(&mut escaped), &mut bytes);
            bytes.extend_from_slice(content);
        }
    }
    percent(&escaped, &mut bytes);
    match &label {
        Some(label) => charset::decode(&bytes, Some(label), around),
        None => words(&bytes, around),
    }
}

/// Some write a file's name as in a URL, without the star that says so (RFC 2231, 4): what then is text beyond ASCII is
/// that, and everything else a name with percent signs.
fn without_percents(name: String) -> String {
    if !name.is_ascii() || !name.contains('%') {
        return name;
    }
    let mut bytes = Vec::with_capacity(name.len());
    percent(name.as_bytes(), &mut bytes);
    String::from_utf8(bytes).ok().filter(|decoded| !decoded.is_ascii()).map_or(name, |decoded| one_line(&decoded))
}

fn percent(content: &[u8], out: &mut Vec<u8>) {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8);
    let mut at = 0;
    while at < content.len() {
        match (content[at], hex(content.get(at + 1)), hex(content.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
}

/// The content of a parameter, and what follows it without a semicolon. Names of files have blanks though they stand
/// without quotation marks.
fn content(raw: &[u8], has_blanks: bool) -> (Cow<'_, [u8]>, &[u8]) {
    let raw = raw.trim_ascii();
    let Some(inner) = raw.strip_prefix(b"\"") else {
        let end = raw.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'(').filter(|_| !has_blanks);
        let (content, rest) = raw.split_at(end.unwrap_or(raw.len()));
        return (Cow::Borrowed(content), if rest.contains(&b'=') { rest } else { &[] });
    };
    let first = inner.iter().position(|byte| matches!(byte, b'"' | b'\\'));
    if let Some(end) = first.filter(|end| inner[*end] == b'"') {
        return (Cow::Borrowed(&inner[..end]), &inner[end + 1..]);
    }
    let mut out = Vec::new();
    let mut at = 0;
    while at < inner.len() {
        match (inner[at], inner.get(at + 1)) {
            (b'\\', Some(b'"' | b'\\')) => {
                out.push(inner[at + 1]);
                at += 2;
            }
            (b'"', _) => return (Cow::Owned(out), &inner[at + 1..]),
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    (Cow::Owned(out), &[])
}

/// Cuts at the first such sign that stands outside quotation marks.
fn split_outside_quotes(raw: &[u8], sign: u8) -> (&[u8], Option<&[u8]>) {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in raw.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            byte if *byte == sign && !quoted => return (&raw[..at], Some(&raw[at + 1..])),
            _ => {}
        }
    }
    (raw, None)
}

#[cfg(test)]
mod tests {
    use super::Parametrised;
    use crate::mail::charset::Surroundings;

    #[test]
    fn file_names_as_they_are_written() {
        for (raw, expected) in [
            (&b"attachment; filename=\"a;b.pdf\""[..], "a;b.pdf"),
            (b"attachment; filename=my report.pdf", "my report.pdf"),
            (b"attachment; filename*=utf-8''%E5%90%8D%E7%B0%BF.pdf", "名簿.pdf"),
            (b"attachment; filename*0*=utf-8''%E5%90; filename*1*=%8D%E7%B0%BF; filename*2=.pdf", "名簿.pdf"),
            (b"attachment; filename*1=c.pdf; filename*0=ab", "abc.pdf"),
            (b"attachment; filename*0*=utf-8''%E5%90%8; filename*1*=D%E7%B0%BF.pdf", "名簿.pdf"),
            (b"attachment; filename=\"=?utf-8?B?5ZCN57C/LnBkZg==?=\"", "名簿.pdf"),
            (b"attachment; filename==?utf-8?B?5ZCN57C/LnBkZg==?=", "名簿.pdf"),
            (b"attachment; filename=\"x.pdf\"; filename*=utf-8''%E5%90%8D.pdf", "名.pdf"),
            (b"attachment; filename=\"\x83\x5c.pdf\"", "ソ.pdf"),
            (b"attachment; filename=\"%E5%90%8D%E7%B0%BF.pdf\"", "名簿.pdf"),
            (b"attachment; filename=\"100%25 sure, 50%E5 off.pdf\"", "100%25 sure, 50%E5 off.pdf"),
            (b"attachment; filename=\"\x1b$BL>Jm\x1b(B.pdf\"", "名簿.pdf"),
        ] {
            assert_eq!(Parametrised::read(raw, &Surroundings::NONE).get("filename"), Some(expected));
        }
    }

    #[test]
    fn types_as_they_are_written() {
        for (raw, value, charset) in [
            (&b"text/plain; charset=utf-8"[..], "text/plain", Some("utf-8")),
            (b"TEXT/Plain;charset=\"UTF-8\"", "text/plain", Some("UTF-8")),
            (b"text/plain charset=utf-8", "text/plain", Some("utf-8")),
            (b"text/plain (comment); charset=us-ascii (Plain)", "text/plain", Some("us-ascii")),
            (b"text/plain; format=flowed; charset = utf-8", "text/plain", Some("utf-8")),
            (b"text", "text", None),
            (b"", "", None),
        ] {
            let found = Parametrised::read(raw, &Surroundings::NONE);
            assert_eq!((found.value.as_str(), found.get("charset")), (value, charset));
        }
    }
}
