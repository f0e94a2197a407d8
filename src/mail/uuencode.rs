//! uuencode (POSIX.1, `uuencode`), as old clients and scripts write files into the text of a letter.

use std::borrow::Cow;

use crate::mail::filename::File;

/// The bytes of what is encoded.
pub(super) fn decode(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    for line in body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end) {
        if line.starts_with(b"begin ") || line == b"end" || line.is_empty() {
            continue;
        }
        let mut bytes = Vec::with_capacity(48);
        for four in line[1..].chunks(4) {
            let all = (0..4).fold(0_u32, |all, at| all << 6 | u32::from(value(four.get(at))));
            bytes.extend_from_slice(&all.to_be_bytes()[1..]);
        }
        bytes.truncate(usize::from(value(line.first())));
        out.extend(bytes);
    }
    out
}

fn value(byte: Option<&u8>) -> u8 {
    byte.map_or(0, |byte| byte.wrapping_sub(0x20) & 0x3f)
}

/// A text without the files that stand in it, and the files. What only looks like one stays text.
pub(super) fn taken_out(text: &str) -> (Cow<'_, str>, Vec<File>) {
    let mut files = Vec::new();
    if !text.starts_with("begin ") && !text.contains("\nbegin ") {
        return (Cow::Borrowed(text), files);
    }
    let (mut words, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(line) = rest.split_inclusive('\n').next() {
        match name_of(line).and_then(|name| Some((name, length_of_file(&rest[line.len()..])?))) {
            Some((name, length)) => {
                let content = decode(&rest.as_bytes()[line.len()..line.len() + length]);
                files.push(File { name: name.to_owned(), content });
                rest = &rest[line.len() + length..];
            }
            None => {
                words.push_str(line);
                rest = &rest[line.len()..];
            }
        }
    }
    (Cow::Owned(words), files)
}

/// `begin 644 name`.
fn name_of(line: &str) -> Option<&str> {
    let (mode, name) = line.strip_prefix("begin ")?.trim_end().split_once(' ')?;
    let is_mode = (3..=4).contains(&mode.len()) && mode.bytes().all(|digit| matches!(digit, b'0'..=b'7'));
    (is_mode && !name.is_empty()).then_some(name)
}

/// How many bytes the lines have up to `end`, that line included, if they are what they should be.
fn length_of_file(text: &str) -> Option<usize> {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        length += line.len();
        match line.trim_end() {
            "end" => return Some(length),
            encoded if is_line(encoded.as_bytes()) => {}
            _ => return None,
        }
    }
    None
}

/// Whether a line has as many signs as its first says. Blanks at its end may have got lost.
fn is_line(line: &[u8]) -> bool {
    let signs = usize::from(value(line.first())).div_ceil(3) * 4;
    line.iter().all(|byte| (b' '..=b'`').contains(byte)) && line.len() <= signs + 2 && signs < line.len() + 4
}

#[cfg(test)]
mod tests {
    use super::taken_out;

    #[test]
    fn files_within_a_text() {
        let file = "begin 644 hello.txt\n%:&5L;&\\\n`\nend\n";
        for (text, words, names) in [
            (format!("Here it is.\n{file}Bye.\n"), "Here it is.\nBye.\n", vec!["hello.txt"]),
            (file.to_owned(), "", vec!["hello.txt"]),
            (format!("{file}{file}"), "", vec!["hello.txt", "hello.txt"]),
            ("begin 644 hello.txt\nand so on\nend\n".to_owned(), "begin 644 hello.txt\nand so on\nend\n", vec![]),
            ("begin 644 cut.txt\n%:&5L;&\\\n".to_owned(), "begin 644 cut.txt\n%:&5L;&\\\n", vec![]),
            ("We\nbegin the work\nat the end\n".to_owned(), "We\nbegin the work\nat the end\n", vec![]),
        ] {
            let (left, files) = taken_out(&text);
            assert_eq!(left, words, "{text}");
            assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), names, "{text}");
            assert!(files.iter().all(|file| file.content == b"hello"), "{text}");
        }
    }
}
