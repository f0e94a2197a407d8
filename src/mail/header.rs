//! What the values of headers say: encoded words (RFC 2047), and lines, as clients really write them.

use std::borrow::Cow;

use memchr::memmem;

use crate::mail::charset::{self, Surroundings};
use crate::mail::transfer::{Underscore, base64, quoted_printable};

/// The longest label of an encoded word.
const LONGEST_LABEL: usize = 60;

/// The text of a header's raw value, in one line.
#[must_use]
pub fn text(raw: &[u8], around: &Surroundings) -> String {
    let raw = raw.trim_ascii();
    match plain(raw) {
        Some(text) => text.to_owned(),
        None => one_line(&words(&readable(raw, around), around)),
    }
}

/// A value that says what it seems to: printable ASCII without encoded words, or the beginnings of HZ.
fn plain(raw: &[u8]) -> Option<&str> {
    let mut before = b' ';
    for byte in raw {
        if !(b' '..b'~').contains(byte) || (before == b'=' && *byte == b'?') {
            return None;
        }
        before = *byte;
    }
    std::str::from_utf8(raw).ok()
}

/// A raw value in one line and in a charset in which quotation marks, commas and blanks are what they seem: raw
/// ISO-2022-JP and Shift_JIS have such bytes inside of characters.
pub(super) fn readable<'a>(raw: &'a [u8], around: &Surroundings) -> Cow<'a, [u8]> {
    let raw = raw.trim_ascii();
    if raw.iter().all(|byte| byte.is_ascii() && !matches!(byte, b'\r' | b'\n' | 0x1b)) {
        return Cow::Borrowed(raw);
    }
    let decoded = if raw.is_ascii() && !raw.contains(&0x1b) {
        raw.to_vec()
    } else {
        charset::decode(raw, None, around).into_bytes()
    };
    // RFC 5322, 2.2.3: the end of line goes, the blanks stay; a tab was a blank before.
    let mut out = Vec::with_capacity(decoded.len());
    let mut after_end = false;
    for byte in decoded {
        match byte {
            b'\r' | b'\n' => after_end = true,
            b' ' | b'\t' if after_end => {}
            _ => {
                if std::mem::take(&mut after_end) && !out.is_empty() {
                    out.push(b' ');
                }
                out.push(byte);
            }
        }
    }
    Cow::Owned(out)
}

/// Decodes encoded words. Neighbours of one charset are joined as bytes, since some clients cut between the bytes of one
/// character.
pub(super) fn words(line: &[u8], around: &Surroundings) -> String {
    let mut out = String::new();
    let mut pending: Option<(&str, Vec<u8>)> = None;
    let mut rest = line;
    while !rest.is_empty() {
        let start = memmem::find(rest, b"=?").unwrap_or(rest.len());
        let (plain, from) = rest.split_at(start);
        let Some(word) = encoded_word(from) else {
            flush(&mut pending, &mut out, around);
            let length = (start + 2).min(rest.len());
            out.push_str(&charset::decode(&rest[..length], None, around));
            rest = &rest[length..];
            continue;
        };
        // RFC 2047, 6.2: blanks between encoded words are not shown.
        let only_blanks = plain.iter().all(u8::is_ascii_whitespace);
        match &mut pending {
            Some((before, joined)) if only_blanks && before.eq_ignore_ascii_case(word.label) => {
                joined.extend(word.bytes());
            }
            _ => {
                let follows_a_word = pending.is_some();
                flush(&mut pending, &mut out, around);
                if !(only_blanks && follows_a_word) {
                    out.push_str(&charset::decode(plain, None, around));
                }
                pending = Some((word.label, word.bytes()));
            }
        }
        rest = &from[word.length..];
    }
    flush(&mut pending, &mut out, around);
    out
}

fn flush(pending: &mut Option<(&str, Vec<u8>)>, out: &mut String, around: &Surroundings) {
    if let Some((label, bytes)) = pending.take() {
        out.push_str(&charset::decode(&bytes, Some(label), around));
    }
}

/// `=?charset?B?…?=`.
pub(super) struct EncodedWord<'a> {
    /// The charset.
    pub(super) label: &'a str,
    is_base64: bool,
    encoded: &'a [u8],
    /// Of the whole, in bytes.
    pub(super) length: usize,
}

impl EncodedWord<'_> {
    fn bytes(&self) -> Vec<u8> {
        match self.is_base64 {
            true => base64(self.encoded),
            false => quoted_printable(self.encoded, Underscore::Blank),
        }
    }
}

/// The encoded word at the beginning. One without its end goes to the next blank.
pub(super) fn encoded_word(from: &[u8]) -> Option<EncodedWord<'_>> {
    let inner = from.strip_prefix(b"=?")?;
    let label_end = inner.iter().take(LONGEST_LABEL).position(|byte| *byte == b'?').filter(|end| *end > 0)?;
    let label = std::str::from_utf8(&inner[..label_end]).ok().filter(|label| !label.contains(' '))?;
    let is_base64 = match inner.get(label_end + 1)? {
        b'B' | b'b' => true,
        b'Q' | b'q' => false,
        _ => return None,
    };
    let body = inner.get(label_end + 2..)?.strip_prefix(b"?")?;
    // RFC 2231, 5: a language may stand behind the charset.
    let label = label.split('*').next().unwrap_or(label);
    let blank = || body.iter().position(u8::is_ascii_whitespace).unwrap_or(body.len());
    let (end, length) = match end_of_word(body) {
        Some(end) => (end, end + 2),
        None if charset::is_known(label) => (blank(), blank()),
        None => return None,
    };
    Some(EncodedWord { label, is_base64, encoded: &body[..end], length: 2 + label_end + 3 + length })
}

/// Where `?=` stands, unless another word begins before it.
fn end_of_word(body: &[u8]) -> Option<usize> {
    let at = body.iter().position(|byte| *byte == b'?')?;
    for (offset, two) in body[at..].windows(2).enumerate() {
        match two {
            b"?=" => return Some(at + offset),
            b"=?" if offset > 0 => return None,
            _ => {}
        }
    }
    None
}

/// No control characters, no invisible marks that turn the direction of text around; at the ends no blanks.
#[must_use]
pub fn one_line(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.trim().to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut breaks = false;
    for character in text.chars().filter(|character| !is_direction_mark(*character)) {
        if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') {
            breaks = true;
            continue;
        }
        if std::mem::take(&mut breaks) && !out.ends_with(' ') && character != ' ' {
            out.push(' ');
        }
        out.push(character);
    }
    out.trim().to_owned()
}

/// Characters that only turn the direction of what follows: a file name can lie with them.
pub(super) fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}')
}

/// Heads are looked at up to here.
const LONGEST_HEAD: usize = 256 * 1024;

/// The head of a letter with the blank line that ends it, as far as it is looked at.
pub(super) fn head(raw: &[u8]) -> &[u8] {
    let start = &raw[..raw.len().min(LONGEST_HEAD)];
    let blank = |lines: &[u8]| memmem::find(start, lines).map_or(start.len(), |at| at + lines.len());
    &start[..blank(b"\n\n").min(blank(b"\r\n\r\n"))]
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::mail::charset::Surroundings;

    #[test]
    fn encoded_words_as_they_are_written() {
        for (raw, expected) in [
            (&b"=?utf-8?B?5aeJ5aa56YO95biC?="[..], "姉妹都市"),
            (b"=?UTF-8?B?5aeJ5aY=?=\r\n =?UTF-8?B?uemDvQ==?=", "姉妹都"),
            (b"=?iso-2022-jp?B?GyRCO1BLZRsoQg==?= Re: =?utf-8?Q?caf=C3=A9_x?=", "姉妹 Re: café x"),
            (b"\x8eo\x96\x85\x93s\x8es\x82\xcc\x92\xf1\x8cg", "姉妹都市の提携"),
            (b"plain =? not a word", "plain =? not a word"),
            (b"two  blanks", "two  blanks"),
            (b"folded\r\n\tonce", "folded once"),
            (b"=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
            (b"=?utf-8?B?5aeJ5aa5", "姉妹"),
        ] {
            assert_eq!(text(raw, &Surroundings::NONE), expected);
        }
    }
}
