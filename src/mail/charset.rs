//! Bytes to text, whatever the label says. All decoding of letters stands here and below.
//!
//! Order of belief: an escape sequence in 7-bit text (ISO-2022, HZ), valid UTF-8, the label, what the message's other
//! parts and its language say, detection. What cannot be decoded is shown as U+FFFD; the arrival keeps the bytes.

mod guess;
mod iso2022;
mod jisx0213;
mod label;

use std::borrow::Cow;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use label::Charset;

/// What the rest of a message tells of a part without a label, or with a wrong one.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    /// The charset that other parts or encoded words name.
    pub(super) charset: Option<String>,
    /// The country that the sender's domain or the message's language points to, as a top-level domain (`jp`).
    pub(super) country: Option<&'static str>,
}

/// A message that can be asked.
pub(super) trait Telling {
    fn told(&self) -> &Told;
}

/// The rest of a message, to be asked what it tells; few parts need it.
#[derive(Clone, Copy)]
pub struct Surroundings<'a>(Option<&'a dyn Telling>);

impl<'a> Surroundings<'a> {
    /// Nothing is known.
    pub const NONE: Self = Self(None);

    pub(super) fn of(message: &'a dyn Telling) -> Self {
        Self(Some(message))
    }

    fn charset(&self) -> Option<Charset> {
        label::charset(self.0?.told().charset.as_deref()?)
    }

    fn encoding(&self) -> Option<&'static Encoding> {
        match self.charset()? {
            Charset::Web(encoding) => Some(encoding),
            Charset::Iso2022 => Some(SHIFT_JIS),
            Charset::Hz => Some(encoding_rs::GB18030),
            Charset::Utf7 | Charset::Page(_) => None,
        }
    }

    fn country(&self) -> Option<&'static str> {
        let by_charset = self.charset().and_then(|charset| match charset {
            Charset::Iso2022 => Some("jp"),
            Charset::Web(encoding) => guess::country(encoding),
            Charset::Hz => Some("cn"),
            Charset::Utf7 | Charset::Page(_) => None,
        });
        by_charset.or_else(|| self.0?.told().country)
    }
}

/// Text of bytes with a label, or without one: lines ended by `\n`, no other control characters but tabs.
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>, around: &Surroundings) -> String {
    if are_the_same_everywhere(bytes)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        let is_japanese = || label.and_then(label::charset) == Some(Charset::Iso2022) && text.contains("$B");
        if let Some(restored) = is_japanese().then(|| iso2022::with_escapes(bytes)).flatten() {
            return without_controls(iso2022::decode(&restored).into());
        }
        return if memchr::memchr(b'\r', bytes).is_some() { without_controls(text.into()) } else { text.to_owned() };
    }
    let text = decode_raw(bytes, label, around);
    match text.strip_prefix('\u{feff}') {
        Some(text) => without_controls(text.into()),
        None => without_controls(text),
    }
}

/// ASCII that no charset reads as something else: HZ begins with a tilde, UTF-7 with a plus, ISO-2022 with a control.
fn are_the_same_everywhere(bytes: &[u8]) -> bool {
    let is_one = |byte: u8| (matches!(byte, b' '..=b'}') | matches!(byte, b'\n' | b'\r' | b'\t')) & (byte != b'+');
    // Without a way out in the middle a piece is looked at many bytes at a time.
    bytes.chunks(PIECE).all(|piece| piece.iter().fold(true, |all, byte| all & is_one(*byte)))
}

/// As many bytes as are looked at before asking whether to go on.
const PIECE: usize = 64;

/// Whether a label names a charset that is known here.
#[must_use]
pub fn is_known(label: &str) -> bool {
    label::charset(label).is_some()
}

/// The charset of a text without a label that is long enough to tell.
#[must_use]
pub fn guessed(bytes: &[u8], country: Option<&'static str>) -> Option<String> {
    let high = bytes.iter().take(64 * 1024).filter(|byte| **byte >= 0x80).count();
    if high < LONG_ENOUGH || std::str::from_utf8(bytes).is_ok() || iso2022::has_escape(bytes) {
        return None;
    }
    let encoding = guess::guess(bytes, country);
    let is_telling = encoding != UTF_8 && encoding != WINDOWS_1252;
    is_telling.then(|| encoding.name().to_owned())
}

/// Bytes above 127 of a text that tells its charset.
const LONG_ENOUGH: usize = 16;

fn decode_raw<'a>(bytes: &'a [u8], label: Option<&str>, around: &Surroundings) -> Cow<'a, str> {
    let named = label.and_then(label::charset);
    let ascii = bytes.is_ascii();
    if let Some(text) = utf_16(bytes, named) {
        return text.into();
    }
    if iso2022::has_escape(bytes) && (ascii || named == Some(Charset::Iso2022) || std::str::from_utf8(bytes).is_err()) {
        return iso2022::decode(bytes).into();
    }
    match named {
        // Kana by shift out and in, or as bytes above 127, need no escape sequence.
        Some(Charset::Iso2022) if bytes.contains(&iso2022::SHIFT_OUT) => return iso2022::decode(bytes).into(),
        Some(Charset::Iso2022) if !ascii && std::str::from_utf8(bytes).is_err() && guess::is_kana_only(bytes) => {
            return iso2022::decode(bytes).into();
        }
        Some(Charset::Hz) if ascii => return iso2022::decode_hz(bytes).into(),
        Some(Charset::Utf7) if ascii => return utf_7(bytes).into(),
        None | Some(Charset::Web(_)) if ascii && iso2022::is_surely_hz(bytes) => {
            return iso2022::decode_hz(bytes).into();
        }
        _ => {}
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        let other = named.or_else(|| if ascii { None } else { around.charset() });
        return unless_by_chance(&text, other).map_or(text, Cow::Owned);
    }
    decode_8_bit(bytes, named, around).into()
}

/// A few bytes of Chinese, Japanese or Korean can be valid UTF-8 by chance: then each pair of them is a letter of
/// Latin, Greek, Cyrillic or the like, and the label knows better.
fn unless_by_chance(text: &str, named: Option<Charset>) -> Option<String> {
    let Some(Charset::Web(encoding)) = named else { return None };
    let signs = text.chars().filter(|character| !character.is_ascii()).take(9);
    let (count, only_pairs) = signs.fold((0, true), |(n, pairs), c| (n + 1, pairs && c.len_utf8() == 2));
    if count == 0 || count > 8 || !only_pairs || !guess::is_cjk(encoding) {
        return None;
    }
    // Within a word of ASCII letters it is an accent all the same.
    if guess::letters_beside_letters(text) > 0 {
        return None;
    }
    encoding.decode_without_bom_handling_and_without_replacement(text.as_bytes()).map(Cow::into_owned)
}

fn decode_8_bit(bytes: &[u8], named: Option<Charset>, around: &Surroundings) -> String {
    let broken = guess::brokenness_as_utf_8(bytes);
    let says_utf_8 = named == Some(Charset::Web(UTF_8));
    if says_utf_8 && broken.fits_its_label() {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    if broken.is_slight()
        && (says_utf_8 || named.is_none() || !matches!(named, Some(Charset::Web(e)) if guess::is_cjk(e)))
    {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let strictly = |encoding: &'static Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
    };
    let named = named.map(|charset| label::as_written(charset, bytes));
    let mut slight = None;
    match named {
        Some(Charset::Page(page)) => return label::by_page(bytes, page),
        Some(Charset::Web(encoding)) if encoding != UTF_8 => match strictly(encoding) {
            Some(text) if !guess::is_implausible(bytes, encoding, &text) => return text,
            Some(_) => {}
            None => slight = slightly_broken(bytes, encoding),
        },
        _ => {}
    }
    if let Some(text) = slight {
        return text;
    }
    if says_utf_8 && broken.has_any_long() {
        return line_by_line(bytes, around);
    }
    let is_likely = |encoding: &&'static Encoding| {
        guess::is_cjk(encoding) || (named.is_none() && **encoding != *UTF_8 && **encoding != *WINDOWS_1252)
    };
    let by_neighbours = around.encoding().filter(is_likely).and_then(|encoding| {
        let text = strictly(encoding)?;
        (!guess::is_implausible(bytes, encoding, &text)).then_some(text)
    });
    if let Some(text) = by_neighbours {
        return text;
    }
    let guessed = guess::guess(bytes, around.country());
    if !guess::is_cjk(guessed)
        && !matches!(named, Some(Charset::Web(encoding)) if encoding != UTF_8)
        && let Some(text) = guess::broken_japanese(bytes).and_then(|encoding| slightly_broken(bytes, encoding))
    {
        return text;
    }
    match named {
        Some(Charset::Web(encoding)) if strictly(guessed).is_none() && (!says_utf_8 || broken.has_any_good()) => {
            // Better a few signs lost of the charset that is named than another alphabet.
            encoding.decode_without_bom_handling(bytes).0.into_owned()
        }
        Some(Charset::Iso2022) if strictly(guessed).is_none() => iso2022::decode(bytes),
        _ => guessed.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Text of several bytes a character in which a few were cut off, as servers cut subjects and lines: what is named is
/// believed, and what is broken shown as such.
fn slightly_broken(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    if !guess::is_cjk(encoding) {
        return None;
    }
    let text = encoding.decode_without_bom_handling(bytes).0;
    let (mut good, mut bad) = (0_usize, 0_usize);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        if character == char::REPLACEMENT_CHARACTER { bad += 1 } else { good += 1 }
    }
    let is_slight = good >= 2 && bad <= 1 + good / 10 && !guess::is_implausible(bytes, encoding, &text);
    is_slight.then(|| text.into_owned())
}

/// Some lines are UTF-8 and some are not, as where a list of another time puts its footer below.
fn line_by_line(bytes: &[u8], around: &Surroundings) -> String {
    let line = |line: &[u8]| match std::str::from_utf8(line) {
        Ok(text) => text.to_owned(),
        Err(_) if guess::brokenness_as_utf_8(line).is_slight() => String::from_utf8_lossy(line).into_owned(),
        Err(_) => decode_8_bit(line, None, around),
    };
    bytes.split_inclusive(|byte| *byte == b'\n').map(line).collect()
}

/// UTF-16 by its mark or its label; without a mark the side of the zeros tells.
fn utf_16(bytes: &[u8], named: Option<Charset>) -> Option<String> {
    let encoding = match bytes {
        [0xfe, 0xff, ..] if bytes.len().is_multiple_of(2) => UTF_16BE,
        [0xff, 0xfe, ..] if bytes.len().is_multiple_of(2) => UTF_16LE,
        _ => match named? {
            Charset::Web(encoding) if encoding == UTF_16BE || encoding == UTF_16LE => {
                let zeros = |start: usize| bytes.iter().skip(start).step_by(2).filter(|byte| **byte == 0).count();
                match zeros(0).cmp(&zeros(1)) {
                    _ if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() => return None,
                    std::cmp::Ordering::Greater => UTF_16BE,
                    std::cmp::Ordering::Less => UTF_16LE,
                    std::cmp::Ordering::Equal => encoding,
                }
            }
            _ => return None,
        },
    };
    Some(encoding.decode(bytes).0.into_owned())
}

/// UTF-7 (RFC 2152) in pieces that end where no run of base64 is open: the decoder takes time by the square of a piece.
fn utf_7(bytes: &[u8]) -> String {
    const SHORTEST: usize = 512;
    let Some(utf_7) = charset::Charset::for_label(b"utf-7") else { return String::from_utf8_lossy(bytes).into_owned() };
    let is_of_a_run = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        let after = rest.get(SHORTEST..).unwrap_or_default();
        let length = after.iter().position(|byte| !is_of_a_run(byte)).map_or(rest.len(), |at| SHORTEST + at + 1);
        let (piece, others) = rest.split_at(length);
        out.push_str(&utf_7.decode_without_bom_handling(piece).0);
        rest = others;
    }
    out
}

/// Text that a database keeps and a page shows: no NUL, no lone control characters, lines ended by `\n`.
fn without_controls(text: Cow<'_, str>) -> String {
    let is_control = |byte: u8| (byte < b' ' && byte != b'\n' && byte != b'\t') || byte == 0x7f;
    // Those above ASCII begin with 0xc2; so do signs of Latin.
    let may_have = |piece: &[u8]| piece.iter().fold(false, |found, byte| found | is_control(*byte) | (*byte == 0xc2));
    if !text.as_bytes().chunks(PIECE).any(may_have) {
        return text.into_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\t' => out.push(character),
            character if character.is_control() => {}
            character => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests;
