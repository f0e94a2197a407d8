//! HTML of letters: sanitised to a strict list, and as plain text.

use std::collections::HashSet;

/// Nested elements at the most. html5ever takes time by the square of the depth.
const DEEPEST: usize = 200;
/// More HTML than this is shown as text alone.
const LONGEST: usize = 2 * 1024 * 1024;

/// The HTML with only what shows: no scripts, styles, forms, frames; no picture from elsewhere, which would tell its
/// owner who reads.
#[must_use]
pub fn sanitise(html: &str) -> Option<String> {
    if html.len() > LONGEST || is_too_deep(html) {
        return None;
    }
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .rm_tags(["map", "area"])
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") if !value.starts_with("cid:") => None,
            _ => Some(value.into()),
        });
    Some(cleaner.clean(html).to_string())
}

/// The words of an HTML text as they are shown.
#[must_use]
pub fn text(html: &str) -> String {
    let html = if is_too_deep(html) { flat(html) } else { html.to_owned() };
    let config = html2text::config::plain_no_decorate().no_table_borders().no_link_wrapping();
    let text = config.string_from_read(html.as_bytes(), 10_000).unwrap_or_else(|_| flat(&html));
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").replace('\0', "").trim_matches('\n').to_owned()
}

fn is_too_deep(html: &str) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for piece in html.split('<').skip(1) {
        match piece.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(letter) if letter.is_ascii_alphabetic() && !is_void(piece) => depth += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest > DEEPEST * 10 || (deepest > DEEPEST && depth > DEEPEST)
}

fn is_void(piece: &str) -> bool {
    const VOID: [&str; 8] = ["br", "img", "hr", "meta", "link", "input", "col", "p"];
    let name: String = piece.chars().take_while(char::is_ascii_alphanumeric).collect();
    VOID.contains(&name.to_ascii_lowercase().as_str())
}

/// Without its tags, for what is too deep to be read well.
fn flat(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        let words = piece.split_once('>').map_or(piece, |(_, words)| words);
        text.push_str(words);
        text.push(' ');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{sanitise, text};

    #[test]
    fn only_what_shows() {
        let html = r#"<p onclick="x()">Hi<script>alert(1)</script><img src="https://t.example/p.gif"><img src="cid:a"><a href="javascript:x">l</a></p>"#;
        let clean = sanitise(html).expect("short");
        for gone in ["script", "onclick", "t.example", "javascript"] {
            assert!(!clean.contains(gone), "{gone} in {clean}");
        }
        assert!(clean.contains("cid:a"));
    }

    #[test]
    fn words_as_shown() {
        let html = "<style>p{}</style><table><tr><td>Name</td><td>Ada</td></tr></table><p>a &amp; b<br>c</p>";
        let words = text(html);
        assert!(words.contains("a & b\nc") && !words.contains("p{}") && !words.contains("NameAda"), "{words}");
    }

    #[test]
    fn absurd_nesting_is_flattened() {
        let deep = format!("{}x{}", "<div>".repeat(30_000), "</div>".repeat(30_000));
        assert!(sanitise(&deep).is_none());
        assert_eq!(text(&deep).trim(), "x");
    }
}
