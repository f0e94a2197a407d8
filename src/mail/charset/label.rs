//! Labels: the names of charsets that clients really write.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// A charset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// One of the WHATWG's, which encoding_rs decodes.
    Web(&'static Encoding),
    /// ISO-2022-JP, -KR, -CN and their kin.
    Iso2022,
    /// HZ (RFC 1843).
    Hz,
    /// UTF-7 (RFC 2152).
    Utf7,
    /// A code page of DOS: its upper half.
    Page(&'static str),
}

const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
const CP852: &str = "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}";

/// Names that the WHATWG's table does not know, in lower case, without `cs`, `x-`, and with `-` for `_` and blanks.
const ALIASES: &[(&str, &str)] = &[
    ("cp932", "shift_jis"),
    ("ms932", "shift_jis"),
    ("ibm932", "shift_jis"),
    ("ibm943", "shift_jis"),
    ("cp943", "shift_jis"),
    ("cp943c", "shift_jis"),
    ("windows932", "shift_jis"),
    ("windows31j", "shift_jis"),
    ("mskanji", "shift_jis"),
    ("mscp932", "shift_jis"),
    ("sjis", "shift_jis"),
    ("sjiswin", "shift_jis"),
    ("sjis2004", "shift_jis"),
    ("shiftjis", "shift_jis"),
    ("shiftjis2004", "shift_jis"),
    ("shiftjisx0213", "shift_jis"),
    ("macjapanese", "shift_jis"),
    ("cp51932", "euc-jp"),
    ("eucjp", "euc-jp"),
    ("eucjpms", "euc-jp"),
    ("eucjpwin", "euc-jp"),
    ("eucjis2004", "euc-jp"),
    ("ujis", "euc-jp"),
    ("euc", "euc-jp"),
    ("gb", "gb18030"),
    ("gb2312", "gb18030"),
    ("gb231280", "gb18030"),
    ("euccn", "gb18030"),
    ("gbk", "gb18030"),
    ("cp936", "gb18030"),
    ("ms936", "gb18030"),
    ("windows936", "gb18030"),
    ("big5hkscs", "big5"),
    ("big5eten", "big5"),
    ("cp950", "big5"),
    ("ms950", "big5"),
    ("windows950", "big5"),
    ("cp949", "euc-kr"),
    ("ms949", "euc-kr"),
    ("uhc", "euc-kr"),
    ("windows949", "euc-kr"),
    ("euckr", "euc-kr"),
    ("ksc5601", "euc-kr"),
    ("ksc56011987", "euc-kr"),
    ("ksc56011992", "euc-kr"),
    ("ksx1001", "euc-kr"),
    ("johab", "euc-kr"),
    ("utf8", "utf-8"),
    ("utf8mb4", "utf-8"),
    ("utf8mac", "utf-8"),
    ("unicode", "utf-16"),
    ("unicode11utf8", "utf-8"),
    ("latin1", "windows-1252"),
    ("latin9", "iso-8859-15"),
    ("ansi", "windows-1252"),
    ("westerneuropean", "windows-1252"),
    ("macroman", "macintosh"),
    ("roman", "macintosh"),
    ("maccyrillic", "x-mac-cyrillic"),
];

/// The charset of a label; `None` for what says nothing (`unknown-8bit`, and `us-ascii` where bytes above 127 stand).
pub(super) fn charset(label: &str) -> Option<Charset> {
    if label.eq_ignore_ascii_case("utf-8") {
        return Some(Charset::Web(UTF_8));
    }
    let label = label.trim().trim_matches(['"', '\'', ';', '=', '<', '>']).trim().to_ascii_lowercase();
    let folded: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    let folded = folded.strip_prefix("cs").filter(|rest| !rest.is_empty()).unwrap_or(&folded);
    let folded = folded.strip_prefix('x').filter(|rest| !rest.is_empty()).unwrap_or(folded);
    let is_iso_2022 = ["iso2022", "cp5022", "jis"].iter().any(|start| folded.starts_with(start));
    match folded {
        "ascii" | "usascii" | "ansix341968" | "iso646us" | "unknown8bit" | "unknown" | "8bit" | "binary" => None,
        "hz" | "hzgb2312" => Some(Charset::Hz),
        "utf7" | "unicode11utf7" | "unicode20utf7" => Some(Charset::Utf7),
        "cp437" | "ibm437" | "437" => Some(Charset::Page(CP437)),
        "cp850" | "ibm850" | "850" | "cp858" | "ibm858" | "ibm00858" => Some(Charset::Page(CP850)),
        "cp852" | "ibm852" | "852" => Some(Charset::Page(CP852)),
        _ if is_iso_2022 => Some(Charset::Iso2022),
        _ => named(&label).or_else(|| by_alias(folded)).or_else(|| by_number(folded)).map(Charset::Web),
    }
}

fn named(label: &str) -> Option<&'static Encoding> {
    let found = Encoding::for_label_no_replacement(label.as_bytes())?;
    // What says gb2312 or GBK is written in what grew out of them.
    Some(if found == encoding_rs::GBK { GB18030 } else { found })
}

fn by_alias(folded: &str) -> Option<&'static Encoding> {
    let (_, name) = ALIASES.iter().find(|(alias, _)| *alias == folded)?;
    named(name)
}

/// `cp1252`, `win-1251`, `ms1250`, `iso8859_1`, `8859-15`, `iso-latin-2` …
fn by_number(folded: &str) -> Option<&'static Encoding> {
    let start = folded.find(|character: char| character.is_ascii_digit())?;
    let (word, digits) = folded.split_at(start);
    match word {
        "cp" | "win" | "windows" | "ms" | "ibm" | "" if digits.starts_with("125") || digits == "874" => {
            named(&format!("windows-{digits}"))
        }
        "iso" | "" if digits.starts_with("8859") => {
            // A year may follow: ISO_8859-1:1987.
            let part = &digits[4..];
            let part = part.strip_suffix("1987").or_else(|| part.strip_suffix("1988")).unwrap_or(part);
            named(&format!("iso-8859-{part}"))
        }
        "isolatin" | "latin" => named(&format!("latin{digits}")),
        "koi" => named(if folded.ends_with('u') { "koi8-u" } else { "koi8-r" }),
        "cp" | "ibm" if digits == "866" => named("ibm866"),
        _ => None,
    }
}

/// The charset in which a text is written that names another: ISO 8859 has nothing from 0x80 to 0x9F, where Windows' kin
/// of it has dashes and quotation marks.
pub(super) fn as_written(named: Charset, bytes: &[u8]) -> Charset {
    let Charset::Web(encoding) = named else { return named };
    let kin = KIN_OF_WINDOWS.iter().find(|(iso, _)| *iso == encoding).map(|(_, windows)| *windows);
    match kin {
        Some(windows) if bytes.iter().any(|byte| (0x80..=0x9f).contains(byte)) => Charset::Web(windows),
        _ => named,
    }
}

static KIN_OF_WINDOWS: [(&Encoding, &Encoding); 9] = [
    (encoding_rs::ISO_8859_2, encoding_rs::WINDOWS_1250),
    (encoding_rs::ISO_8859_4, encoding_rs::WINDOWS_1257),
    (encoding_rs::ISO_8859_5, encoding_rs::WINDOWS_1251),
    (encoding_rs::ISO_8859_6, encoding_rs::WINDOWS_1256),
    (encoding_rs::ISO_8859_7, encoding_rs::WINDOWS_1253),
    (encoding_rs::ISO_8859_8, encoding_rs::WINDOWS_1255),
    (encoding_rs::ISO_8859_8_I, encoding_rs::WINDOWS_1255),
    (encoding_rs::ISO_8859_13, encoding_rs::WINDOWS_1257),
    (encoding_rs::ISO_8859_15, encoding_rs::WINDOWS_1252),
];

/// Bytes by a code page.
pub(super) fn by_page(bytes: &[u8], page: &str) -> String {
    let upper: Vec<char> = page.chars().collect();
    let character = |byte: &u8| match byte {
        0..=127 => char::from(*byte),
        _ => upper.get(usize::from(*byte) - 128).copied().unwrap_or('\u{fffd}'),
    };
    bytes.iter().map(character).collect()
}

#[cfg(test)]
mod tests {
    use super::{CP437, CP850, CP852, Charset, charset};

    #[test]
    fn names_as_they_are_written() {
        for (label, expected) in [
            ("\"UTF-8\"", Some("UTF-8")),
            ("utf8", Some("UTF-8")),
            ("cp932", Some("Shift_JIS")),
            ("MS_Kanji", Some("Shift_JIS")),
            ("x-sjis", Some("Shift_JIS")),
            ("csWindows31J", Some("Shift_JIS")),
            ("CP51932", Some("EUC-JP")),
            ("gb2312", Some("gb18030")),
            ("ks_c_5601-1987", Some("EUC-KR")),
            ("Big5-HKSCS", Some("Big5")),
            ("cp1252", Some("windows-1252")),
            ("ISO_8859-1:1987", Some("windows-1252")),
            ("iso8859-15", Some("ISO-8859-15")),
            ("unknown-8bit", None),
            ("x-unknown", None),
            ("us-ascii", None),
            ("", None),
        ] {
            let found = match charset(label) {
                Some(Charset::Web(encoding)) => Some(encoding.name()),
                _ => None,
            };
            assert_eq!(found, expected, "{label}");
        }
        for label in ["iso-2022-jp-ms", "cp50220", "CP50221", "ISO-2022-KR", "csISO2022JP", "JIS", "iso-2022-jp-2004"] {
            assert_eq!(charset(label), Some(Charset::Iso2022), "{label}");
        }
        assert_eq!(charset("hz-gb-2312"), Some(Charset::Hz));
        for page in [CP437, CP850, CP852] {
            assert_eq!(page.chars().count(), 128);
        }
    }
}
