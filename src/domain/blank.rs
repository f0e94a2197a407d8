//! Texts in which nobody sees anything.

/// Characters that take no place, or an empty one (Unicode 17: default ignorable, and the Hangul fillers).
fn is_unseen(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '\u{00ad}'
                | '\u{034f}'
                | '\u{061c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether nobody sees anything of it.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_unseen)
}

#[cfg(test)]
mod tests {
    use super::is_blank;

    #[test]
    fn what_is_seen() {
        for (text, blank) in [
            ("", true),
            (" \u{3000}\n", true),
            ("\u{200b}\u{202e}", true),
            ("\u{3164}", true),
            ("?", false),
            ("👍", false),
            ("\u{200b}名", false),
        ] {
            assert_eq!(is_blank(text), blank, "{text:?}");
        }
    }
}
