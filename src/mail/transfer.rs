//! Transfer encodings (RFC 2045, 6), tolerantly: what is broken off or has junk in it gives what it has.

use std::borrow::Cow;

use crate::mail::uuencode;

/// The bytes behind a transfer encoding.
#[must_use]
pub fn decode<'a>(body: &'a [u8], encoding: &str) -> Cow<'a, [u8]> {
    let word = encoding.split([';', ' ', '\t', '(']).find(|word| !word.is_empty()).unwrap_or_default();
    let word = word.trim_matches(['"', '\'', '<', '>', ':']);
    let is_one = |names: &[&str]| names.iter().any(|name| word.eq_ignore_ascii_case(name));
    match () {
        () if is_one(&["base64", "b", "base-64"]) && !is_prose(body) => Cow::Owned(base64(body)),
        () if is_one(&["quoted-printable", "quotedprintable", "qp"]) => {
            Cow::Owned(quoted_printable(body, Underscore::Itself))
        }
        () if is_one(&["x-uuencode", "uuencode", "x-uue", "uue"]) => Cow::Owned(uuencode::decode(body)),
        () => Cow::Borrowed(body),
    }
}

/// What an underscore means: itself in bodies, a blank in encoded words (RFC 2047, 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Underscore {
    Itself,
    Blank,
}

/// Text that says it is base64 and is not: it has blanks within its lines, or signs that base64 does not have.
fn is_prose(body: &[u8]) -> bool {
    let sample = body[..body.len().min(4096)].trim_ascii();
    let alien = |byte: &&u8| !byte.is_ascii_alphanumeric() && !b"+/=-_\r\n".contains(byte);
    sample.len() >= 20 && sample.iter().filter(alien).count() * 100 > sample.len() * 15
}

/// What byte stands for no six bits.
const NO_VALUE: u8 = 0xff;
/// The six bits that a letter of base64 stands for; `-` and `_` are of its kin for addresses (RFC 4648, 5).
static VALUES: [u8; 256] = values();

const fn values() -> [u8; 256] {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [NO_VALUE; 256];
    let mut value = 0;
    while value < letters.len() {
        values[letters[value] as usize] = value as u8;
        value += 1;
    }
    (values[b'-' as usize], values[b'_' as usize]) = (62, 63);
    values
}

/// Decodes whole groups of four letters from the beginning of a line, as nearly all are; how many bytes they were.
fn fours(line: &[u8], out: &mut Vec<u8>) -> usize {
    let mut length = 0;
    for four in line.chunks_exact(4) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|at| VALUES[usize::from(four[at])]);
        if (a | b | c | d) & 0x80 != 0 {
            break;
        }
        out.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
        length += 4;
    }
    length
}

/// Base64, junk and missing ends aside. What follows the end, as lists put their footers there, is no part of it: behind
/// `=`, a rule, or an empty line.
pub(super) fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    let (mut ended, mut after_blank) = (false, false);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let clean = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\r\n".contains(byte);
        let trimmed = line.trim_ascii();
        let is_rule = trimmed.len() >= 5 && trimmed.iter().all(|byte| matches!(byte, b'_' | b'-'));
        let is_prose = after_blank && trimmed.contains(&b' ');
        if is_rule || is_prose || (ended && !line.iter().all(clean)) {
            break;
        }
        after_blank = trimmed.is_empty() && !out.is_empty();
        let mut ends_here = false;
        let whole = if count == 0 { fours(line, &mut out) } else { 0 };
        for byte in &line[whole..] {
            if ends_here && matches!(byte, b' ' | b'\t') {
                return out;
            }
            let value = match byte {
                b'=' => {
                    // Several encoded pieces may follow one another.
                    (bits, count, ended, ends_here) = (0, 0, true, true);
                    continue;
                }
                _ => match VALUES[usize::from(*byte)] {
                    NO_VALUE => continue,
                    value => value,
                },
            };
            bits = bits << 6 | u32::from(value);
            count += 6;
            if count >= 8 {
                count -= 8;
                out.push((bits >> count & 0xff) as u8);
            }
        }
    }
    out
}

/// Quoted-printable, with soft line breaks; a broken escape stands for itself.
pub(super) fn quoted_printable(body: &[u8], underscore: Underscore) -> Vec<u8> {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        match body[at] {
            b'=' => {
                if let (Some(high), Some(low)) = (hex(body.get(at + 1)), hex(body.get(at + 2))) {
                    out.push(high << 4 | low);
                    at += 3;
                } else if let Some(length) = soft_break(&body[at + 1..]) {
                    at += 1 + length;
                } else {
                    out.push(b'=');
                    at += 1;
                }
            }
            b'_' if underscore == Underscore::Blank => {
                out.push(b' ');
                at += 1;
            }
            byte => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// The length of a soft line break behind `=`; servers on the way may have put blanks there.
fn soft_break(after: &[u8]) -> Option<usize> {
    let blanks = after.iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match after.get(blanks..)? {
        [b'\r', b'\n', ..] => Some(blanks + 2),
        [b'\n', ..] => Some(blanks + 1),
        [] => Some(blanks),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn broken_or_whole() {
        for (encoding, body, bytes) in [
            ("base64", &b"5ae J\r\n5!aa5"[..], "姉妹".as_bytes()),
            ("BASE64 ", b"aGVsbG8", b"hello"),
            ("base64", b"aGVsbG8=aGVsbG8=", b"hellohello"),
            ("base64", b"aGVsbG8= ignored", b"hello"),
            ("base64", b"aGVsbG8=\r\n____________\r\nA list's footer\r\n", b"hello"),
            ("base64", b"This is no base64 at all, dear reader.", b"This is no base64 at all, dear reader."),
            ("quoted-printable", b"a=3Db=\r\nc=ZZ=", b"a=bc=ZZ"),
            ("quoted-printable", b"a= \r\nb=e3=81=82", "ab\u{3042}".as_bytes()),
            ("x-uuencode", b"begin 644 a\r\n%:&5L;&\\\r\n`\r\nend\r\n", b"hello"),
            ("8bit", b"as it is", b"as it is"),
        ] {
            assert_eq!(*decode(body, encoding), *bytes, "{encoding}");
        }
    }
}
