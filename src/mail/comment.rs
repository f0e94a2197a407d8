//! Comments in headers (RFC 5322, 3.2.2): words in round brackets, one within another, wherever blanks may stand.

use std::borrow::Cow;

/// A value without its comments. Brackets in quotation marks are none.
pub(super) fn without(value: &str) -> Cow<'_, str> {
    if !value.contains('(') {
        return Cow::Borrowed(value);
    }
    let (mut depth, mut in_quotes) = (0_usize, false);
    let mut out = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                let escaped = characters.next();
                if depth == 0 {
                    out.push('\\');
                    out.extend(escaped);
                }
                continue;
            }
            '"' if depth == 0 => in_quotes = !in_quotes,
            '(' if !in_quotes => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

/// A value without the blanks beside some signs, as they stand where comments were.
pub(super) fn tight(value: &str, signs: &[char]) -> String {
    let mut out = String::with_capacity(value.len());
    for piece in value.split_inclusive(signs) {
        let piece = if out.ends_with(signs) { piece.trim_start() } else { piece };
        match piece.strip_suffix(signs) {
            Some(before) => {
                out.push_str(before.trim_end());
                out.push_str(&piece[before.len()..]);
            }
            None => out.push_str(piece),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{tight, without};

    #[test]
    fn comments_and_the_blanks_that_they_leave() {
        for (value, expected) in [
            ("a@b.example", "a@b.example"),
            ("pete(his (own) account)@silly.test(his host)", "pete@silly.test"),
            (r"a(\) still)@b.example", "a@b.example"),
            (r#""a(b)"@c.example"#, r#""a(b)"@c.example"#),
            ("a@b.example)", "a@b.example)"),
            ("a(never closed", "a"),
        ] {
            assert_eq!(without(value), expected);
        }
        assert_eq!(tight("jdoe @ machine .  example", &['@', '.']), "jdoe@machine.example");
        assert_eq!(tight("Fri, 09 :  55  :  06 -0600", &[':']), "Fri, 09:55:06 -0600");
    }
}
