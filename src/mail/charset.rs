//! Bytes to text, whatever the label says.
//!
//! Order of belief: an escape sequence in 7-bit text (ISO-2022), valid UTF-8, the label, detection. Labels are read
//! through the names that clients really write.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// Names that clients write and the WHATWG's table does not know.
const ALIASES: &[(&str, &str)] = &[
    ("iso-2022-jp-ms", "iso-2022-jp"),
    ("iso-2022-jp-1", "iso-2022-jp"),
    ("iso-2022-jp-2", "iso-2022-jp"),
    ("iso-2022-jp-3", "iso-2022-jp"),
    ("iso-2022-jp-2004", "iso-2022-jp"),
    ("cp50220", "iso-2022-jp"),
    ("cp50221", "iso-2022-jp"),
    ("cp50222", "iso-2022-jp"),
    ("csiso2022jp", "iso-2022-jp"),
    ("jis", "iso-2022-jp"),
    ("cp932", "shift_jis"),
    ("ms932", "shift_jis"),
    ("ms_kanji", "shift_jis"),
    ("mskanji", "shift_jis"),
    ("cswindows31j", "shift_jis"),
    ("sjis", "shift_jis"),
    ("x-ms-cp932", "shift_jis"),
    ("shift-jis", "shift_jis"),
    ("cp51932", "euc-jp"),
    ("eucjp", "euc-jp"),
    ("eucjp-ms", "euc-jp"),
    ("ujis", "euc-jp"),
    ("cp936", "gb18030"),
    ("x-gbk", "gb18030"),
    ("cp949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("ks_c_5601", "euc-kr"),
    ("cp950", "big5"),
    ("utf8mb4", "utf-8"),
    ("utf_8", "utf-8"),
    ("latin-1", "windows-1252"),
];

/// Text of bytes with a label, or without one.
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let text = match () {
        () if bytes.is_ascii() && has_iso_2022_escape(bytes) => iso_2022(bytes),
        () if is_utf7(label) => charset::decode_latin1(bytes).into_owned().into(),
        () => decode_8_bit(bytes, label),
    };
    without_controls(&text)
}

fn decode_8_bit<'a>(bytes: &'a [u8], label: Option<&str>) -> Cow<'a, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text));
    }
    let named = label.and_then(encoding);
    if let Some(named) = named.filter(|named| *named != UTF_8) {
        let (text, _, broken) = named.decode(bytes);
        if !broken {
            return text;
        }
    }
    let detected = detect(bytes);
    let (text, _, broken) = detected.decode(bytes);
    match named {
        // Better a few signs of the charset that is named than another alphabet.
        Some(named) if broken => named.decode(bytes).0,
        _ => text,
    }
}

/// The encoding of a label.
fn encoding(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    if ["us-ascii", "ascii", "ansi_x3.4-1968"].contains(&label.as_str()) {
        // With bytes above 127 that label says nothing.
        return None;
    }
    let name = ALIASES.iter().find(|(alias, _)| *alias == label).map_or(label.as_str(), |(_, name)| name);
    // Mail that says gb2312 is written in what grew out of it.
    match Encoding::for_label(name.as_bytes()) {
        Some(encoding) if encoding == encoding_rs::GBK => Some(GB18030),
        other => other,
    }
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    detector.feed(sample, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Allow);
    // Half-width kana and machine-dependent signs make short Shift_JIS look like Latin.
    if guess == WINDOWS_1252 && !SHIFT_JIS.decode(sample).2 && sample.iter().filter(|byte| **byte >= 0x80).count() > 3 {
        return SHIFT_JIS;
    }
    guess
}

fn is_utf7(label: Option<&str>) -> bool {
    label.is_some_and(|label| label.eq_ignore_ascii_case("utf-7") || label.eq_ignore_ascii_case("unicode-1-1-utf-7"))
}

fn has_iso_2022_escape(bytes: &[u8]) -> bool {
    bytes.windows(3).any(|three| three[0] == 0x1b && matches!(three[1], b'$' | b'(')) || bytes.contains(&0x0e)
}

/// ISO-2022-JP as it is really used. encoding_rs knows neither the way back to ASCII that a line's end is, nor the kana
/// of SO and SI, nor JIS X 0212.
fn iso_2022(bytes: &[u8]) -> Cow<'_, str> {
    let mut text = String::with_capacity(bytes.len());
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if number > 0 {
            text.push('\n');
        }
        text.push_str(&iso_2022_line(line));
    }
    Cow::Owned(text)
}

fn iso_2022_line(line: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = find(rest, b"\x1b$(D").or_else(|| rest.iter().position(|byte| *byte == 0x0e)) {
        let (before, from) = rest.split_at(at);
        text.push_str(&ISO_2022_JP.decode_without_bom_handling(before).0);
        let (skip, end): (usize, &[u8]) = if from.first() == Some(&0x0e) { (1, b"\x0f") } else { (4, b"\x1b") };
        let body = &from[skip.min(from.len())..];
        let length = find(body, end).unwrap_or(body.len());
        let body_bytes = &body[..length];
        if skip == 1 {
            let kana: Vec<u8> = body_bytes.iter().map(|byte| if *byte > 0x20 { byte | 0x80 } else { *byte }).collect();
            text.push_str(&SHIFT_JIS.decode_without_bom_handling(&kana).0);
            rest = &body[(length + 1).min(body.len())..];
        } else {
            // EUC-JP reaches JIS X 0212 by the prefix 0x8F.
            let pairs = body_bytes.chunks_exact(2).flat_map(|pair| [0x8f, pair[0] | 0x80, pair[1] | 0x80]);
            text.push_str(&encoding_rs::EUC_JP.decode_without_bom_handling(&pairs.collect::<Vec<u8>>()).0);
            rest = &body[length..];
        }
    }
    text.push_str(&ISO_2022_JP.decode_without_bom_handling(rest).0);
    text
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Text that a database keeps and a page shows: no NUL, no lone control characters, lines ended by `\n`.
fn without_controls(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_8};

    use super::decode;

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    #[test]
    fn whatever_the_label_says() {
        let japanese = "①㈱髙﨑からのお知らせ：姉妹都市の提携について";
        for (bytes, label, text) in [
            (encoded("姉妹都市", ISO_2022_JP), Some("iso-2022-jp"), "姉妹都市"),
            (encoded("姉妹都市", ISO_2022_JP), None, "姉妹都市"),
            (encoded("姉妹都市", ISO_2022_JP), Some("utf-8"), "姉妹都市"),
            (encoded("姉妹都市", ISO_2022_JP), Some("iso-2022-jp-ms"), "姉妹都市"),
            (encoded(japanese, SHIFT_JIS), Some("cp932"), japanese),
            (encoded(japanese, SHIFT_JIS), Some("us-ascii"), japanese),
            (encoded(japanese, SHIFT_JIS), None, japanese),
            (encoded("姉妹都市の提携について", EUC_JP), Some("cp51932"), "姉妹都市の提携について"),
            (encoded(japanese, UTF_8), Some("iso-2022-jp"), japanese),
            (encoded("한일 자매도시 똠방각하", EUC_KR), Some("ks_c_5601-1987"), "한일 자매도시 똠방각하"),
            (encoded("镕基 关于会议", GB18030), Some("gb2312"), "镕基 关于会议"),
            (encoded("關於會議", BIG5), Some("big5"), "關於會議"),
            (b"caf\xe9".to_vec(), Some("iso-8859-1"), "café"),
            (b"Prix \x96 d\x92honneur".to_vec(), Some("iso-8859-1"), "Prix – d’honneur"),
        ] {
            assert_eq!(decode(&bytes, label), text, "{label:?}");
        }
    }

    #[test]
    fn iso_2022_jp_as_it_is_used() {
        for (name, bytes, text) in [
            ("no way back at the line's end", &b"\x1b$B;PKe\nabc\x1b$BET;T\x1b(B\n"[..], "姉妹\nabc都市\n"),
            ("half-width kana", b"\x1b(I6E\x1b(B", "ｶﾅ"),
            ("kana by shift out and in", b"\x0e6E\x0f", "ｶﾅ"),
            ("NEC row 13", b"\x1b$B-!\x1b(B", "①"),
        ] {
            assert_eq!(decode(bytes, Some("iso-2022-jp")), text, "{name}");
        }
    }
}
