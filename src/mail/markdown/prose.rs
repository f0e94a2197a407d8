//! What staff write on pages, as HTML: Markdown (CommonMark with tables) of headings, lists, links, emphasis. Raw HTML is
//! shown as it was typed, pictures as their words; a link leads to a page of ours or to an address on the web, for mail or
//! for the telephone, and nowhere else.

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use super::link::{Piece, pieces};
use super::{is_in_a_link, leads_outside, link_of, unwrap};

/// A text of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// HTML of our own elements; whatever was typed is escaped.
    pub html: String,
    /// The headings of its first level, for a list of contents.
    pub headings: Vec<Heading>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Where it stands: `#part-1`.
    pub id: String,
    /// Its words.
    pub title: String,
}

/// The level of a page's first headings: the title stands above them.
const FIRST_LEVEL: u8 = 2;
const DEEPEST_LEVEL: u8 = 6;

/// The HTML of a text.
#[must_use]
pub fn prose(markdown: &str) -> Prose {
    let options = options();
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    let nodes: Vec<Node<'_>> = root.descendants().collect();
    nodes.iter().for_each(|node| tame(&arena, node));
    let headings = levelled(root);
    let mut out = String::new();
    format_html(root, &options, &mut out).expect("a String takes whatever is written into it");
    Prose { html: named(&out, &headings), headings }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    options
}

fn tame<'a>(arena: &'a Arena<'a>, node: Node<'a>) {
    let value = node.data().value.clone();
    match value {
        NodeValue::Text(text) if !is_in_a_link(node) => {
            let pieces = pieces(&text);
            if pieces.iter().any(|piece| matches!(piece, Piece::Link { .. })) {
                let words = |text: &str| text.to_owned();
                pieces.into_iter().for_each(|piece| node.insert_before(link_of(arena, piece, words)));
                node.detach();
            }
        }
        NodeValue::Link(link) if !leads_somewhere(&link.url) => unwrap(node),
        NodeValue::Image(_) => unwrap(node),
        _ => {}
    }
}

/// A path of ours (not `//host`), a place on the page, or where a letter may lead too.
fn leads_somewhere(url: &str) -> bool {
    let is_path = url.starts_with('/') && !url[1..].starts_with(['/', '\\']);
    is_path || url.starts_with('#') || leads_outside(url)
}

/// Moves all headings so far that the highest is of the first level, and lists those of that level.
fn levelled(root: Node<'_>) -> Vec<Heading> {
    let nodes: Vec<Node<'_>> = root.descendants().collect();
    let level = |node: &Node<'_>| match &node.data().value {
        NodeValue::Heading(heading) => Some(heading.level),
        _ => None,
    };
    let Some(highest) = nodes.iter().filter_map(level).min() else { return Vec::new() };
    let mut headings = Vec::new();
    for node in nodes {
        if let NodeValue::Heading(heading) = &mut node.data_mut().value {
            heading.level = (heading.level - highest + FIRST_LEVEL).min(DEEPEST_LEVEL);
        }
        if level(&node) == Some(FIRST_LEVEL) {
            headings.push(Heading { id: format!("part-{}", headings.len() + 1), title: words_of(node) });
        }
    }
    headings
}

fn words_of(node: Node<'_>) -> String {
    let words = node.descendants().filter_map(|node| match &node.data().value {
        NodeValue::Text(text) => Some(text.to_string()),
        NodeValue::Code(code) => Some(code.literal.clone()),
        _ => None,
    });
    words.collect()
}

/// Text is escaped, so each `<h2>` is a heading, in their order.
fn named(html: &str, headings: &[Heading]) -> String {
    let mut pieces = html.split("<h2>");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for (piece, heading) in pieces.zip(headings) {
        out.push_str(&format!("<h2 id=\"{}\">{piece}", heading.id));
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::prose;

    #[test]
    fn what_staff_write() {
        for (markdown, html) in [
            ("# A\n\ntext\n\n## B", "<h2 id=\"part-1\">A</h2>\n<p>text</p>\n<h3>B</h3>\n"),
            ("## A & B\n## C", "<h2 id=\"part-1\">A &amp; B</h2>\n<h2 id=\"part-2\">C</h2>\n"),
            ("一行目\n二行目", "<p>一行目<br />\n二行目</p>\n"),
            ("**太字**です", "<p><strong>太字</strong>です</p>\n"),
            ("[案内](/ja/pages/seminar)", "<p><a href=\"/ja/pages/seminar\">案内</a></p>\n"),
            (
                "詳しくはhttps://a.example/をご覧ください",
                "<p>詳しくは<a href=\"https://a.example/\">https://a.example/</a>をご覧ください</p>\n",
            ),
            ("[x](javascript:alert(1))", "<p>x</p>\n"),
            ("[x](//evil.example)", "<p>x</p>\n"),
            ("[x](/\\evil.example)", "<p>x</p>\n"),
            ("![絵](https://tracker.example/x.gif)", "<p>絵</p>\n"),
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;\n"),
            ("&lt;h2&gt; `<h2>`", "<p>&lt;h2&gt; <code>&lt;h2&gt;</code></p>\n"),
        ] {
            assert_eq!(prose(markdown).html, html, "{markdown}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_becomes_an_element(text in "[<>a-z\"'&/=# \\n]{0,60}") {
            let html = prose(&text).html;
            let known = ["<p>", "</p>", "<br />", "<h2 id=", "<h3>", "<h4>", "<h5>", "<h6>", "</h", "<blockquote>", "</blockquote>",
                "<pre>", "</pre>", "<code>", "</code>", "<hr />", "<ul>", "<li>", "</li>", "</ul>", "<a href=", "</a>", "<code class="];
            for (at, _) in html.match_indices('<') {
                prop_assert!(known.iter().any(|known| html[at..].starts_with(known)), "{}", html);
            }
        }
    }
}
