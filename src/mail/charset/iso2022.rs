//! 7-bit text with escape sequences: ISO-2022-JP as it is really used, ISO-2022-KR (RFC 1557), the GB part of
//! ISO-2022-CN (RFC 1922), and HZ (RFC 1843).
//!
//! encoding_rs decodes strictly what the WHATWG's browsers need. Mail has more: half-width kana by escape, by SO and SI
//! and as bytes above 127; JIS X 0212 and 0213; a line's end that stands for the missing return to ASCII.

use encoding_rs::{EUC_JP, EUC_KR, Encoding, GB18030};
use memchr::memmem;

use super::jisx0213;

/// SO: the second set begins.
pub(super) const SHIFT_OUT: u8 = 0x0e;
const SHIFT_IN: u8 = 0x0f;
const ESCAPE: u8 = 0x1b;

/// What the bytes mean until the next escape sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Ascii,
    /// JIS X 0201, its half-width kana.
    Kana,
    /// JIS X 0208 with the vendors' rows, and plane 1 of JIS X 0213.
    Kanji,
    /// JIS X 0212.
    Supplement,
    /// JIS X 0213, plane 2.
    Plane2,
    /// GB 2312.
    Chinese,
    /// KS X 1001.
    Korean,
}

/// Escape sequences without their first byte, and what they begin.
const SEQUENCES: &[(&[u8], Set)] = &[
    (b"(B", Set::Ascii),
    (b"(J", Set::Ascii),
    (b"(H", Set::Ascii),
    (b"(I", Set::Kana),
    (b"$@", Set::Kanji),
    (b"$B", Set::Kanji),
    (b"$(@", Set::Kanji),
    (b"$(B", Set::Kanji),
    (b"$(O", Set::Kanji),
    (b"$(Q", Set::Kanji),
    (b"$(D", Set::Supplement),
    (b"$(P", Set::Plane2),
    (b"$A", Set::Chinese),
    (b"$(C", Set::Korean),
];

/// Escape sequences that say what SO begins.
const SHIFTED: &[(&[u8], Set)] = &[(b"$)C", Set::Korean), (b"$)A", Set::Chinese), (b")I", Set::Kana)];

/// Whether an escape sequence of this family stands in the bytes.
pub(super) fn has_escape(bytes: &[u8]) -> bool {
    memchr::memchr_iter(ESCAPE, bytes).any(|at| {
        let after = &bytes[at + 1..];
        let stands = |(sequence, set): &(&[u8], Set)| *set != Set::Ascii && after.starts_with(sequence);
        SEQUENCES.iter().chain(SHIFTED).any(stands)
    })
}

/// Decodes it.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let (mut set, mut shifted) = (Set::Ascii, Set::Kana);
    let mut is_out = false;
    let mut rest = bytes;
    while let Some(first) = rest.first() {
        match first {
            b'\r' | b'\n' => {
                // Whoever forgets to return to ASCII does not mean the next line too.
                (set, is_out) = (Set::Ascii, false);
                text.push(char::from(*first));
                rest = &rest[1..];
            }
            &SHIFT_OUT | &SHIFT_IN => {
                is_out = *first == SHIFT_OUT;
                rest = &rest[1..];
            }
            &ESCAPE => {
                let after = &rest[1..];
                let begins =
                    |list: &'static [(&'static [u8], Set)]| list.iter().find(|(s, _)| after.starts_with(s)).copied();
                let length = if let Some((sequence, to)) = begins(SEQUENCES) {
                    set = to;
                    sequence.len()
                } else if let Some((sequence, to)) = begins(SHIFTED) {
                    shifted = to;
                    sequence.len()
                } else {
                    // JIS X 0208 of 1990 announces itself by a sequence of its own (ESC & @).
                    if after.starts_with(b"&@") { 2 } else { 0 }
                };
                rest = &after[length..];
            }
            _ => {
                let run = &rest[..memchr::memchr3(b'\r', b'\n', ESCAPE, rest).unwrap_or(rest.len())];
                let (run, after) = rest.split_at(memchr::memchr2(SHIFT_OUT, SHIFT_IN, run).unwrap_or(run.len()));
                push(&mut text, run, if is_out { shifted } else { set });
                rest = after;
            }
        }
    }
    text
}

/// Text whose escapes were taken out on the way, with escapes again: `$B`, pairs of bytes and `(B` in a line.
pub(super) fn with_escapes(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() + 16);
    let (mut rest, mut restored) = (bytes, false);
    while !rest.is_empty() {
        let run = rest.strip_prefix(b"$B").and_then(length_of_pairs);
        let length = match run {
            Some(length) => {
                out.push(ESCAPE);
                out.extend_from_slice(&rest[..2 + length]);
                out.push(ESCAPE);
                out.extend_from_slice(&rest[2 + length..4 + length]);
                restored = true;
                4 + length
            }
            None => {
                out.push(rest[0]);
                1
            }
        };
        rest = &rest[length..];
    }
    restored.then_some(out)
}

/// How many bytes stand before the `(B` or `(J` that ends them, where they are pairs.
fn length_of_pairs(run: &[u8]) -> Option<usize> {
    const LONGEST_LINE: usize = 1000;
    let run = &run[..run.len().min(LONGEST_LINE)];
    let end = run.chunks(2).position(|pair| pair.starts_with(b"(") && matches!(pair.get(1), Some(b'B' | b'J')))? * 2;
    let is_whole = end > 0 && run[..end].iter().all(|byte| (0x21..=0x7e).contains(byte));
    is_whole.then_some(end)
}

fn push(text: &mut String, run: &[u8], set: Set) {
    match set {
        Set::Ascii => push_8_bit(text, run),
        Set::Kana => text.extend(run.iter().map(|byte| kana(byte & 0x7f).unwrap_or(char::from(byte & 0x7f)))),
        Set::Kanji => push_set(text, run, EUC_JP, |pair| {
            high(pair, EUC_JP).or_else(|| jisx0213::characters(1, pair[0] - 0x20, pair[1] - 0x20).map(str::to_owned))
        }),
        // EUC-JP reaches JIS X 0212 by the prefix 0x8F.
        Set::Supplement => push_pairs(text, run, |pair| {
            EUC_JP
                .decode_without_bom_handling_and_without_replacement(&[0x8f, pair[0] | 0x80, pair[1] | 0x80])
                .map(std::borrow::Cow::into_owned)
        }),
        Set::Plane2 => {
            push_pairs(text, run, |pair| jisx0213::characters(2, pair[0] - 0x20, pair[1] - 0x20).map(str::to_owned))
        }
        Set::Chinese => push_set(text, run, GB18030, |pair| high(pair, GB18030)),
        Set::Korean => push_set(text, run, EUC_KR, |pair| high(pair, EUC_KR)),
    }
}

/// Pairs of a set that an encoding has with the highest bits set: at once where all of them are characters, as nearly
/// always, and otherwise one by one.
fn push_set(text: &mut String, run: &[u8], encoding: &'static Encoding, one: impl Fn([u8; 2]) -> Option<String>) {
    // Without a way out in the middle many bytes are looked at at a time.
    let are_pairs = run.len().is_multiple_of(2) && run.iter().fold(true, |all, byte| all & is_graphic(byte));
    let raised: Vec<u8> = run.iter().map(|byte| byte | 0x80).collect();
    match encoding.decode_without_bom_handling_and_without_replacement(&raised) {
        Some(whole) if are_pairs => text.push_str(&whole),
        _ => push_pairs(text, run, one),
    }
}

/// Whether a byte, its highest bit aside, is one of a pair.
fn is_graphic(byte: &u8) -> bool {
    (0x21..=0x7e).contains(&(byte & 0x7f))
}

fn high(pair: [u8; 2], encoding: &'static Encoding) -> Option<String> {
    let bytes = [pair[0] | 0x80, pair[1] | 0x80];
    encoding.decode_without_bom_handling_and_without_replacement(&bytes).map(std::borrow::Cow::into_owned)
}

/// Pairs of bytes; what is no pair is no character of these sets.
fn push_pairs(text: &mut String, run: &[u8], character: impl Fn([u8; 2]) -> Option<String>) {
    let mut rest = run;
    while let Some(first) = rest.first() {
        match rest.get(1) {
            Some(second) if is_graphic(first) && is_graphic(second) => {
                text.push_str(character([first & 0x7f, second & 0x7f]).as_deref().unwrap_or("\u{fffd}"));
                rest = &rest[2..];
            }
            _ if !is_graphic(first) => {
                text.push(char::from(first & 0x7f));
                rest = &rest[1..];
            }
            _ => {
                text.push('\u{fffd}');
                rest = &rest[1..];
            }
        }
    }
}

/// ASCII, among which half-width kana may stand as bytes above 127, or UTF-8 that somebody pasted.
fn push_8_bit(text: &mut String, run: &[u8]) {
    match std::str::from_utf8(run) {
        Ok(plain) => text.push_str(plain),
        Err(_) => text.extend(run.iter().map(|byte| match byte {
            0..=127 => char::from(*byte),
            _ => kana(byte & 0x7f).unwrap_or('\u{fffd}'),
        })),
    }
}

fn kana(byte: u8) -> Option<char> {
    (0x21..=0x5f).contains(&byte).then(|| char::from_u32(0xff40 + u32::from(byte))).flatten()
}

/// Whether text without a label is HZ: pairs of graphic bytes between `~{` and `~}`.
pub(super) fn is_surely_hz(bytes: &[u8]) -> bool {
    let Some(open) = memmem::find(bytes, b"~{") else { return false };
    let inner = &bytes[open + 2..];
    let Some(close) = memmem::find(inner, b"~}") else { return false };
    let pairs = &inner[..close];
    // GB 2312's characters begin with 0x21 to 0x77.
    pairs.len() >= 4
        && pairs.len().is_multiple_of(2)
        && pairs.chunks(2).all(|pair| matches!(pair, [0x21..=0x77, 0x21..=0x7e]))
        && GB18030
            .decode_without_bom_handling_and_without_replacement(&pairs.iter().map(|b| b | 0x80).collect::<Vec<u8>>())
            .is_some_and(|text| {
                text.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count() * 2 > pairs.len() / 2
            })
}

/// Decodes HZ.
pub(super) fn decode_hz(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        let (plain, after) = rest.split_at(rest.iter().position(|byte| *byte == b'~').unwrap_or(rest.len()));
        text.push_str(&String::from_utf8_lossy(plain));
        rest = match after.get(1) {
            Some(b'{') => {
                let inner = &after[2..];
                let end = inner.iter().position(|byte| *byte == b'\n').unwrap_or(inner.len());
                let close = memmem::find(&inner[..end], b"~}");
                push(&mut text, &inner[..close.unwrap_or(end)], Set::Chinese);
                &inner[close.map_or(end, |close| close + 2)..]
            }
            Some(b'~') => {
                text.push('~');
                &after[2..]
            }
            Some(b'\n') => &after[2..],
            Some(_) => {
                text.push('~');
                &after[1..]
            }
            None => {
                text.push_str(if after.is_empty() { "" } else { "~" });
                &[]
            }
        };
    }
    text
}
