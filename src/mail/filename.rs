//! Files, and safe names of them.

use unicode_normalization::char::compose;

use crate::mail::header::{is_direction_mark, one_line};

/// A file that came within something else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}

/// The most bytes of a name, as most file systems have it.
const LONGEST: usize = 255;
/// Names that Windows keeps for devices; `COM1` to `COM9` and `LPT1` to `LPT9` besides.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A name that does no harm in a header, on a page or in a folder: no path, no control or direction characters, nothing
/// that a system reserves, not too long; the ending is kept.
#[must_use]
pub fn safe(name: &str) -> String {
    if is_plain(name) {
        return name.to_owned();
    }
    let visible = composed(name.chars().filter(|character| !is_direction_mark(*character)));
    let line = one_line(&visible);
    let last = line.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let trimmed = plain.trim_start_matches(' ').trim_end_matches(['.', ' ']);
    if trimmed.trim_matches('.').is_empty() {
        return String::new();
    }
    let (stem, ending) = match trimmed.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 20 => (stem, format!(".{ending}")),
        _ => (trimmed, String::new()),
    };
    let mark = if is_reserved(stem) { "_" } else { "" };
    let room = LONGEST - ending.len() - mark.len();
    let end = stem.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= room).last().unwrap_or(0);
    format!("{mark}{}{ending}", &stem[..end])
}

/// Characters with their marks as one, as everybody but a Macintosh writes them: か and ゙ as が. Nothing else of a
/// normalisation is wanted, which would exchange ideographs of names for others.
fn composed(characters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for character in characters {
        let whole = out.chars().next_back().and_then(|last| compose(last, character));
        if whole.is_some() {
            out.pop();
        }
        out.push(whole.unwrap_or(character));
    }
    out
}

/// Whether a name is as most are: letters, digits and an ending.
fn is_plain(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_framed = |sign: char| name.starts_with(sign) || name.ends_with(sign);
    name.len() <= LONGEST && name.bytes().all(is_letter) && !is_framed('.') && !is_reserved(name)
}

/// Windows looks at what stands before the first dot.
fn is_reserved(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let is_port = |kind: &str| first.strip_prefix(kind).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    RESERVED.contains(&first.as_str()) || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn names_that_would_harm() {
        for (name, expected) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\名簿.xlsx", "名簿.xlsx"),
            ("a\r\nb.pdf", "a b.pdf"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("か\u{3099}くせい 神.pdf", "がくせい 神.pdf"),
            ("nul.txt", "_nul.txt"),
            ("COM7.a.txt", "_COM7.a.txt"),
            ("a<b>.txt", "a_b_.txt"),
            (".htaccess", ".htaccess"),
            ("...", ""),
            ("..", ""),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
        let long = safe(&format!("{}.pdf", "名".repeat(200)));
        assert!(long.len() <= 255 && long.ends_with("名.pdf"));
    }
}
