//! Safe names of files.

use crate::mail::header::{is_direction_mark, one_line};

/// The most bytes of a name, as most file systems have it.
const LONGEST: usize = 255;

/// A name that does no harm in a header, on a page or in a folder: no path, no control or direction characters, nothing
/// that a system reserves, not too long; the ending is kept.
#[must_use]
pub fn safe(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last.chars().filter(|character| !is_direction_mark(*character)).collect();
    let plain: String = one_line(&visible).chars().map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let trimmed = plain.trim_matches(['.', ' ']);
    let (stem, ending) = match trimmed.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 20 => (stem, format!(".{ending}")),
        _ => (trimmed, String::new()),
    };
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    let mark = if RESERVED.contains(&stem.to_ascii_lowercase().as_str()) { "_" } else { "" };
    let room = LONGEST - ending.len() - mark.len();
    let end = stem.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= room).last().unwrap_or(0);
    format!("{}{mark}{ending}", &stem[..end])
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
            ("nul.txt", "nul_.txt"),
            ("a<b>.txt", "a_b_.txt"),
            ("...", ""),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
        let long = safe(&format!("{}.pdf", "名".repeat(200)));
        assert!(long.len() <= 255 && long.ends_with("名.pdf"));
    }
}
