//! Comments in headers (RFC 5322, 3.2.2): words in round brackets, one within another, wherever blanks may stand.

use std::borrow::Cow;

/// How long a comment is whose opening bracket has been read, up to its closing one or to the end of the value.
pub(super) fn length(inner: &[u8]) -> usize {
    let (mut depth, mut at) = (1_usize, 0);
    while let Some(byte) = inner.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
        at += 1;
    }
    inner.len()
}

/// A value without its comments. Brackets in quotation marks are none.
pub(super) fn without(value: &str) -> Cow<'_, str> {
    if !value.contains('(') {
        return Cow::Borrowed(value);
    }
    let (mut in_quotes, mut is_escaped) = (false, false);
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        if character == '(' && !in_quotes && !is_escaped {
            rest = &rest[length(rest.as_bytes())..];
            rest = rest.strip_prefix(')').unwrap_or(rest);
            continue;
        }
        in_quotes ^= character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        out.push(character);
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
