//! Message-IDs (RFC 5322, 3.6.4), without angle brackets, as clients really write them.

use std::borrow::Cow;

use crate::mail::charset::Surroundings;
use crate::mail::{comment, header};

/// The most Message-IDs of one header.
const MOST: usize = 5000;

/// The Message-IDs of a raw value: what stands in angle brackets, or where none do, the words that have an `@`.
pub(super) fn ids(raw: &[u8], around: &Surroundings) -> Vec<String> {
    let text = header::text(raw, around);
    if let Some(id) = text.strip_prefix('<').and_then(|id| id.strip_suffix('>')).filter(|id| is_plain(id)) {
        return vec![id.to_owned()];
    }
    let mut inside: Vec<&str> = Vec::new();
    for piece in text.split('<').skip(1).take(MOST) {
        // One that was forgotten to be closed ends with the word.
        let id = piece.split_once('>').map(|(id, _)| id).or_else(|| piece.split_whitespace().next());
        inside.extend(id);
    }
    let words = || {
        let words: Vec<&str> =
            text.split([' ', '\t', ',', '"', ';']).filter(|word| !word.is_empty()).take(MOST).collect();
        let addressed: Vec<&str> = words.iter().copied().filter(|word| word.contains('@')).collect();
        // One word without an @ is an id too; several are prose.
        if addressed.is_empty() && words.len() == 1 { words } else { addressed }
    };
    let found = if inside.iter().all(|id| id.trim().is_empty()) { words() } else { inside };
    let clean = found.into_iter().map(|id| {
        // Brackets are part of some ids; beside blanks they are comments.
        let id = if id.contains(' ') { comment::without(id) } else { Cow::Borrowed(id) };
        id.chars().filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>')).collect::<String>()
    });
    clean.filter(|id| !id.is_empty()).collect()
}

/// Whether an id is as most are.
fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'))
}

/// The Message-ID of a letter that came back, from its headers.
pub(super) fn returned(letter: &[u8]) -> Option<String> {
    in_field(letter, "message-id:")
}

/// The Message-ID of a letter that was read, from the part of a receipt for machines (RFC 8098, 3.2.5).
pub(super) fn original(receipt: &[u8]) -> Option<String> {
    in_field(receipt, "original-message-id:")
}

fn in_field(letter: &[u8], field: &str) -> Option<String> {
    let text = String::from_utf8_lossy(&letter[..letter.len().min(64 * 1024)]).into_owned();
    let mut lines = text.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']));
    while let Some(line) = lines.next() {
        if line.get(..field.len()).is_some_and(|name| name.eq_ignore_ascii_case(field)) {
            let value = line[field.len()..].trim();
            // A long one stands on the next line.
            let value = if value.is_empty() { lines.next().unwrap_or_default() } else { value };
            return ids(value.as_bytes(), &Surroundings::NONE).into_iter().next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::ids;
    use crate::mail::charset::Surroundings;

    #[test]
    fn as_they_are_written() {
        for (raw, expected) in [
            (&b"<a@b.example>"[..], vec!["a@b.example"]),
            (b"a@b.example", vec!["a@b.example"]),
            (b"<a@b.example> <c@d.example>\r\n\t<e@f.example>", vec!["a@b.example", "c@d.example", "e@f.example"]),
            (b"<a@b.example><c@d.example>", vec!["a@b.example", "c@d.example"]),
            (b"Your message of Monday <a@b.example>", vec!["a@b.example"]),
            (b"<a@b\r\n .example>", vec!["a@b.example"]),
            (b"<a@b.example", vec!["a@b.example"]),
            (b"a@b.example c@d.example", vec!["a@b.example", "c@d.example"]),
            (b"<1234   @   local(blah)  .machine .example>", vec!["1234@local.machine.example"]),
            (b"<a(1)@b.example>", vec!["a(1)@b.example"]),
            (b"<>", vec![]),
            (b"Message from Ada", vec![]),
            (b"", vec![]),
        ] {
            assert_eq!(ids(raw, &Surroundings::NONE), expected, "{}", String::from_utf8_lossy(raw));
        }
    }
}
