//! Headers: encoded words (RFC 2047), parameters (RFC 2231), as clients really write them.

use std::collections::BTreeMap;

use crate::mail::charset;
use crate::mail::transfer::{Underscore, base64, quoted_printable};

/// The text of a header's raw value, in one line.
#[must_use]
pub fn text(raw: &[u8]) -> String {
    one_line(&words(raw))
}

/// Decodes encoded words. Neighbours of one charset are joined as bytes, since some clients cut between the bytes of one
/// character.
fn words(raw: &[u8]) -> String {
    let unfolded: Vec<u8> = raw.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let mut out = String::new();
    let mut pending: Option<(String, Vec<u8>)> = None;
    let mut rest = &unfolded[..];
    while !rest.is_empty() {
        let start = rest.windows(2).position(|two| two == b"=?").unwrap_or(rest.len());
        let (plain, from) = rest.split_at(start);
        match encoded_word(from) {
            Some((label, bytes, length)) => {
                let only_blanks = plain.iter().all(u8::is_ascii_whitespace);
                match &mut pending {
                    Some((before, joined)) if only_blanks && before.eq_ignore_ascii_case(&label) => {
                        joined.extend(bytes);
                    }
                    _ => {
                        let follows_a_word = pending.is_some();
                        flush(&mut pending, &mut out);
                        if !(only_blanks && follows_a_word) {
                            out.push_str(&charset::decode(plain, None));
                        }
                        pending = Some((label, bytes));
                    }
                }
                rest = &from[length..];
            }
            None => {
                flush(&mut pending, &mut out);
                let length = (start + 2).min(rest.len());
                out.push_str(&charset::decode(&rest[..length], None));
                rest = &rest[length..];
            }
        }
    }
    flush(&mut pending, &mut out);
    out
}

fn flush(pending: &mut Option<(String, Vec<u8>)>, out: &mut String) {
    if let Some((label, bytes)) = pending.take() {
        out.push_str(&charset::decode(&bytes, Some(&label)));
    }
}

/// `=?charset?B?…?=` at the beginning: label, bytes, length.
fn encoded_word(from: &[u8]) -> Option<(String, Vec<u8>, usize)> {
    let inner = from.strip_prefix(b"=?")?;
    let label_end = inner.iter().position(|byte| *byte == b'?').filter(|end| (1..60).contains(end))?;
    let label = std::str::from_utf8(&inner[..label_end]).ok()?;
    let kind = inner.get(label_end + 1)?.to_ascii_uppercase();
    let body = inner.get(label_end + 2..)?.strip_prefix(b"?")?;
    let end = body.windows(2).position(|two| two == b"?=")?;
    let bytes = match kind {
        b'B' => base64(&body[..end]),
        b'Q' => quoted_printable(&body[..end], Underscore::Blank),
        _ => return None,
    };
    // RFC 2231, 5: a language may stand behind the charset.
    let label = label.split('*').next().unwrap_or(label).to_owned();
    Some((label, bytes, 2 + label_end + 3 + end + 2))
}

/// No control characters, no invisible marks that turn the direction of text around, single blanks.
#[must_use]
pub fn one_line(text: &str) -> String {
    let visible = text.chars().filter(|character| !is_direction_mark(*character));
    let spaced: String = visible.map(|character| if character.is_control() { ' ' } else { character }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Characters that only turn the direction of what follows: a file name can lie with them.
pub(super) fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}

/// The value of a header with parameters, such as `Content-Type`: the value in lower case, and the parameters by name.
#[must_use]
pub fn parameters(raw: &[u8]) -> (String, BTreeMap<String, String>) {
    let unfolded: Vec<u8> = raw.iter().copied().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let mut pieces = split_outside_quotes(&unfolded, b';').into_iter();
    let value = String::from_utf8_lossy(pieces.next().unwrap_or_default()).trim().to_ascii_lowercase();
    let mut plain: BTreeMap<String, String> = BTreeMap::new();
    // RFC 2231: name, number of the piece, whether it is percent-encoded.
    let mut extended: BTreeMap<String, BTreeMap<u32, (bool, Vec<u8>)>> = BTreeMap::new();
    for piece in pieces {
        let Some(equals) = piece.iter().position(|byte| *byte == b'=') else { continue };
        let name = String::from_utf8_lossy(&piece[..equals]).trim().to_ascii_lowercase();
        let content = unquoted(&piece[equals + 1..]);
        match name.split_once('*') {
            None => {
                plain.entry(name).or_insert_with(|| text(&content));
            }
            Some((base, rest)) => {
                let number = rest.trim_end_matches('*').parse().unwrap_or(0);
                let encoded = rest.is_empty() || rest.ends_with('*');
                extended.entry(base.to_owned()).or_default().insert(number, (encoded, content));
            }
        }
    }
    // What is written by the newer rules wins.
    for (name, pieces) in extended {
        plain.insert(name, one_line(&join(pieces)));
    }
    (value, plain)
}

fn join(pieces: BTreeMap<u32, (bool, Vec<u8>)>) -> String {
    let mut label = None;
    let mut bytes = Vec::new();
    for (number, (encoded, content)) in pieces {
        let mut content = &content[..];
        if number == 0 && encoded {
            let quotes: Vec<usize> =
                content.iter().enumerate().filter(|(_, b)| **b == b'\'').map(|(at, _)| at).take(2).collect();
            if let [first, second] = quotes[..] {
                label = Some(String::from_utf8_lossy(&content[..first]).into_owned());
                content = &content[second + 1..];
            }
        }
        bytes.extend(if encoded { percent(content) } else { content.to_vec() });
    }
    match &label {
        Some(label) => charset::decode(&bytes, Some(label)),
        None => words(&bytes),
    }
}

fn percent(content: &[u8]) -> Vec<u8> {
    let escaped: Vec<u8> = content.iter().map(|byte| if *byte == b'%' { b'=' } else { *byte }).collect();
    quoted_printable(&escaped, Underscore::Itself)
}

fn unquoted(value: &[u8]) -> Vec<u8> {
    let value = value.trim_ascii();
    match value.strip_prefix(b"\"") {
        None => value.to_vec(),
        Some(inner) => {
            let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
            let mut out = Vec::new();
            let mut escaped = false;
            for byte in inner {
                // Shift_JIS has backslashes inside characters; only quotes and backslashes are escaped.
                if *byte == b'\\' && !escaped {
                    escaped = true;
                    continue;
                }
                if escaped && !matches!(byte, b'"' | b'\\') {
                    out.push(b'\\');
                }
                escaped = false;
                out.push(*byte);
            }
            out
        }
    }
}

/// Cuts at a sign that stands outside quotation marks.
pub(super) fn split_outside_quotes(raw: &[u8], sign: u8) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, byte) in raw.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            byte if *byte == sign && !quoted => {
                pieces.push(&raw[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&raw[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::{parameters, text};

    #[test]
    fn encoded_words_as_they_are_written() {
        for (raw, expected) in [
            (&b"=?utf-8?B?5aeJ5aa56YO95biC?="[..], "姉妹都市"),
            (b"=?UTF-8?B?5aeJ5aY=?=\r\n =?UTF-8?B?uemDvQ==?=", "姉妹都"),
            (b"=?iso-2022-jp?B?GyRCO1BLZRsoQg==?= Re: =?utf-8?Q?caf=C3=A9_x?=", "姉妹 Re: café x"),
            (b"\x8eo\x96\x85\x93s\x8es\x82\xcc\x92\xf1\x8cg", "姉妹都市の提携"),
            (b"plain =? not a word", "plain =? not a word"),
            (b"=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        ] {
            assert_eq!(text(raw), expected);
        }
    }

    #[test]
    fn file_names_as_they_are_written() {
        for (raw, expected) in [
            (&b"attachment; filename=\"a;b.pdf\""[..], "a;b.pdf"),
            (b"attachment; filename*=utf-8''%E5%90%8D%E7%B0%BF.pdf", "名簿.pdf"),
            (b"attachment; filename*0*=utf-8''%E5%90; filename*1*=%8D%E7%B0%BF; filename*2=.pdf", "名簿.pdf"),
            (b"attachment; filename=\"=?utf-8?B?5ZCN57C/LnBkZg==?=\"", "名簿.pdf"),
            (b"attachment; filename=\"x.pdf\"; filename*=utf-8''%E5%90%8D.pdf", "名.pdf"),
        ] {
            assert_eq!(parameters(raw).1.get("filename").map(String::as_str), Some(expected));
        }
    }
}
