//! What staff write, as HTML: Markdown (CommonMark) as far as it does what people mean who have never heard of it.
//!
//! Each end of a line stays one, since people break lines where they want them; so do the blanks that put words below each
//! other. Raw HTML is shown as it was typed. A line of `---` below a sentence makes no heading of it, and
//! `10:00~12:00、13:00~15:00` strikes nothing through. Pictures are those of files that go with the text; none is fetched
//! from elsewhere.

mod link;
mod picture;
mod plain;
mod prose;
mod typed;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, Node, NodeLink, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use link::Piece;
pub use picture::Pictures;
pub use plain::plain;
pub use prose::{Heading, Prose, prose};

/// How deep quotations stand within quotations; deeper ones are text of the last, since each takes fifty times the room
/// of its mark.
const DEEPEST_QUOTE: usize = 10;

/// The HTML of a text with the pictures that go with it.
#[must_use]
pub fn html(text: &str, pictures: &Pictures) -> String {
    let options = options(text);
    let arena = Arena::new();
    let root = document(&arena, text, pictures, &options);
    too_deep(root).into_iter().for_each(unwrap);
    let nodes: Vec<Node<'_>> = root.descendants().collect();
    for node in nodes {
        tame(&arena, node, pictures);
    }
    let mut out = String::new();
    format_html(root, &options, &mut out).expect("a String takes whatever is written into it");
    styled(&numbered(&out, root))
}

/// Each entry of a list with the number that was typed, since who answers the third question writes `3.` before it.
/// Text is escaped, so each `<li>` is an entry, in their order.
fn numbered(html: &str, root: Node<'_>) -> String {
    let mut pieces = html.split("<li>");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    let entries = root.descendants().filter(|node| number(node).is_some());
    for (entry, piece) in entries.zip(pieces) {
        let before = entry.previous_sibling().and_then(number);
        match number(entry).flatten() {
            Some(own) if before.is_some_and(|before| before.is_some_and(|before| own != before + 1)) => {
                out.push_str(&format!("<li value=\"{own}\">"));
            }
            _ => out.push_str("<li>"),
        }
        out.push_str(piece);
    }
    out
}

/// The number of an entry of a list; none within where the list has bullets.
fn number(node: Node<'_>) -> Option<Option<usize>> {
    match &node.data().value {
        NodeValue::Item(item) => Some((item.list_type == ListType::Ordered).then_some(item.start)),
        _ => None,
    }
}

/// The first picture of a text that is none of the files which go with it.
#[must_use]
pub fn absent_picture(text: &str, pictures: &Pictures) -> Option<String> {
    let arena = Arena::new();
    let root = document(&arena, text, pictures, &options(text));
    root.descendants().find_map(|node| match &node.data().value {
        NodeValue::Image(image) if pictures.content_id(&image.url).is_none() => Some(image.url.clone()),
        _ => None,
    })
}

fn options(text: &str) -> Options<'static> {
    let mut options = Options::default();
    // Without a bar in it `担当：田中` above the `--` of a signature is no table.
    options.extension.table = text.contains('|');
    options.extension.cjk_friendly_emphasis = true;
    options.parse.ignore_setext = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    options
}

fn document<'a>(arena: &'a Arena<'a>, text: &str, pictures: &Pictures, options: &Options<'_>) -> Node<'a> {
    parse_document(arena, &typed::meant(&pictures.bracketed(text)), options)
}

/// Quotations that stand too deep.
fn too_deep(root: Node<'_>) -> Vec<Node<'_>> {
    let (mut depth, mut found) = (0, Vec::new());
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) if is_quote(node) => {
                depth += 1;
                if depth > DEEPEST_QUOTE {
                    found.push(node);
                }
            }
            NodeEdge::End(node) if is_quote(node) => depth -= 1,
            _ => {}
        }
    }
    found
}

fn is_quote(node: Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::BlockQuote)
}

/// Links what is an address, and takes away what a letter does not have.
fn tame<'a>(arena: &'a Arena<'a>, node: Node<'a>, pictures: &Pictures) {
    let value = node.data().value.clone();
    match value {
        NodeValue::Text(text) if !is_in_a_link(node) => {
            let pieces = link::pieces(&text);
            pieces.into_iter().for_each(|piece| node.insert_before(node_of(arena, piece)));
            node.detach();
        }
        NodeValue::Link(link) if !leads_outside(&link.url) => {
            node.insert_before(node_of(arena, Piece::Text("[")));
            node.insert_after(node_of(arena, Piece::Text(&format!("]({})", link.url))));
            unwrap(node);
        }
        NodeValue::Image(mut image) => match pictures.content_id(&image.url) {
            Some(content_id) => {
                image.url = format!("cid:{content_id}");
                node.data_mut().value = NodeValue::Image(image);
            }
            None => unwrap(node),
        },
        _ => {}
    }
}

fn node_of<'a>(arena: &'a Arena<'a>, piece: Piece<'_>) -> Node<'a> {
    // Blanks in a row are one in HTML.
    link_of(arena, piece, |text| text.replace("  ", "\u{a0} "))
}

/// A piece as text, or as a link round it; `words` is how text is written.
fn link_of<'a>(arena: &'a Arena<'a>, piece: Piece<'_>, words: impl Fn(&str) -> String) -> Node<'a> {
    let words = |text: &str| arena.alloc(NodeValue::Text(words(text).into()).into());
    match piece {
        Piece::Text(text) => words(text),
        Piece::Link { shown, url } => {
            let link = arena.alloc(NodeValue::Link(Box::new(NodeLink { url, title: String::new() })).into());
            link.append(words(shown));
            link
        }
    }
}

fn is_in_a_link(node: Node<'_>) -> bool {
    node.ancestors().any(|above| matches!(above.data().value, NodeValue::Link(_)))
}

/// A letter stands on no site that a relative address could be read from.
fn leads_outside(url: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// Leaves the words of a link or a picture, and nothing else of it.
fn unwrap<'a>(node: Node<'a>) {
    let children: Vec<Node<'a>> = node.children().collect();
    children.into_iter().for_each(|child| node.insert_before(child));
    node.detach();
}

/// Text is escaped, so what looks like an element is one.
fn styled(html: &str) -> String {
    const QUOTE: &str = "<blockquote style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:2px solid #808080\">";
    const CELL: &str = "style=\"padding:4px 8px;border:1px solid #808080\"";
    html.replace("<blockquote>", QUOTE)
        .replace("<table>", "<table style=\"border-collapse:collapse\">")
        .replace("<td", &format!("<td {CELL}"))
        .replace("<th ", &format!("<th {CELL} "))
        .replace("<th>", &format!("<th {CELL}>"))
        .replace("<img ", "<img style=\"max-width:100%;height:auto\" ")
        .replace("<pre>", "<pre style=\"white-space:pre-wrap\">")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Pictures, html as with_pictures};

    fn html(text: &str) -> String {
        with_pictures(text, &Pictures::default())
    }

    #[test]
    fn pictures_of_files_that_go_with_it() {
        let mut pictures = Pictures::default();
        pictures.add("案内 図.png", "image/png", "1@desk.test");
        let shown = with_pictures("![道順 \"A\"](<案内 図.png>) ![x](other.png)", &pictures);
        let picture = "<img style=\"max-width:100%;height:auto\" src=\"cid:1@desk.test\" alt=\"道順 &quot;A&quot;\" />";
        assert_eq!(shown, format!("<p>{picture} x</p>\n"));
    }

    #[test]
    fn what_people_mean() {
        for (text, expected) in [
            ("拝啓\n本日は。", "<p>拝啓<br />\n本日は。</p>\n"),
            ("の、**「強調」**する", "<p>の、<strong>「強調」</strong>する</p>\n"),
            ("議事\n----\n次", "<p>議事</p>\n<hr />\n<p>次</p>\n"),
            ("10:00~12:00、13:00~15:00", "<p>10:00~12:00、13:00~15:00</p>\n"),
            ("2026. 11. 25(수) 10시", "<p>2026. 11. 25(수) 10시</p>\n"),
            ("5*3*2 A4*2枚*3部、2**3 と 3**2", "<p>5*3*2 A4*2枚*3部、2**3 と 3**2</p>\n"),
            (
                "料金*1は1,000円、時間*2は9時から\n*1 税込、*2祝日を除く",
                "<p>料金*1は1,000円、時間*2は9時から<br />\n*1 税込、*2祝日を除く</p>\n",
            ),
            (
                "これは**重要**です。*must* **A**、**B**",
                "<p>これは<strong>重要</strong>です。<em>must</em> <strong>A</strong>、<strong>B</strong></p>\n",
            ),
            ("**残り\n次**", "<p>**残り<br />\n次**</p>\n"),
            (
                "__init__ _x_ C:\\Users\\_a_.txt \\* &copy; &amp;",
                "<p>__init__ _x_ C:\\Users\\_a_.txt \\* &amp;copy; &amp;amp;</p>\n",
            ),
            (">=10 人\n>20歳", "<p>&gt;=10 人<br />\n&gt;20歳</p>\n"),
            ("[注](別紙) [1]: 参照\n[1]: 別紙", "<p>[注](別紙) [1]: 参照<br />\n[1]: 別紙</p>\n"),
            (
                "A    10:00\n\n    表\n\t値",
                "<p>A\u{a0} \u{a0} 10:00</p>\n<p>\u{a0}\u{a0}\u{a0}\u{a0}表<br />\n\u{a0}\u{a0}\u{a0}\u{a0}値</p>\n",
            ),
            ("- a\n    - b\n- c", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n"),
            (
                "`*1*` ``a`_b_`` <https://a.example/_x_>",
                "<p><code>*1*</code> <code>a`_b_</code> <a href=\"https://a.example/_x_\">https://a.example/_x_</a></p>\n",
            ),
            ("a\n***\n* b", "<p>a</p>\n<hr />\n<ul>\n<li>b</li>\n</ul>\n"),
            ("担当：田中\n--\n国際交流課", "<p>担当：田中<br />\n--<br />\n国際交流課</p>\n"),
            ("a|b\n\n担当：田中\n-- \n国際交流課", "<p>a|b</p>\n<p>担当：田中<br />\n--<br />\n国際交流課</p>\n"),
            ("a|b\n\n議事\n----\n次", "<p>a|b</p>\n<p>議事</p>\n<hr />\n<p>次</p>\n"),
            (
                "> いつですか\n12月です。\n> どこですか\n神戸です。",
                "<blockquote style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:2px solid #808080\">\n<p>いつですか</p>\n</blockquote>\n<p>12月です。</p>\n<blockquote style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:2px solid #808080\">\n<p>どこですか</p>\n</blockquote>\n<p>神戸です。</p>\n",
            ),
            (
                "> いつですか\n2026. 12. 1",
                "<blockquote style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:2px solid #808080\">\n<p>いつですか</p>\n</blockquote>\n<p>2026. 12. 1</p>\n",
            ),
            (
                "> 例は\n```\n--\n2026. 12\n```\n--",
                "<blockquote style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:2px solid #808080\">\n<p>例は</p>\n</blockquote>\n<pre style=\"white-space:pre-wrap\"><code>--\n2026. 12\n</code></pre>\n<p>--</p>\n",
            ),
            ("1. 申込書\n2. 名簿", "<ol>\n<li>申込書</li>\n<li>名簿</li>\n</ol>\n"),
            (
                "1. はい\n3. いいえ\n4. a <li>\n   - 例\n   - 注",
                "<ol>\n<li>はい</li>\n<li value=\"3\">いいえ</li>\n<li>a &lt;li&gt;\n<ul>\n<li>例</li>\n<li>注</li>\n</ul>\n</li>\n</ol>\n",
            ),
            (
                "5. November: Kobe\n12. November: Kyoto",
                "<ol start=\"5\">\n<li>November: Kobe</li>\n<li value=\"12\">November: Kyoto</li>\n</ol>\n",
            ),
            ("```\n2026. 11\n```", "<pre style=\"white-space:pre-wrap\"><code>2026. 11\n</code></pre>\n"),
            ("`a@b.example`", "<p><code>a@b.example</code></p>\n"),
            (
                "詳しくはhttps://town.example/a_b?c=d#eをご覧ください。",
                "<p>詳しくは<a href=\"https://town.example/a_b?c=d#e\">https://town.example/a_b?c=d#e</a>をご覧ください。</p>\n",
            ),
            ("[申込書](https://town.example/form)", "<p><a href=\"https://town.example/form\">申込書</a></p>\n"),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_character_goes_missing(text in "[a-c1-3 *_&;~=#>+\\\\.\\-|^$%:年、（）「」あア\u{3000}]{0,40}") {
            let shown = html(&format!("x{text}"));
            let mut words = String::new();
            shown.split('<').for_each(|piece| words.push_str(piece.split_once('>').map_or(piece, |(_, words)| words)));
            for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
                words = words.replace(entity, sign);
            }
            // Only stars are marks within a line.
            let seen = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect::<String>();
            prop_assert_eq!(seen(&words), seen(&format!("x{text}")), "{}", shown);
        }
    }

    #[test]
    fn absurd_text_takes_its_own_size() {
        for piece in [">", "[", "*a ", "- ", "`", "![", "| a ", "https://a.example/", "<", "_a*", "{", "(a@b.example"] {
            let text = piece.repeat(100_000 / piece.len());
            let started = std::time::Instant::now();
            assert!(!html(&text).is_empty());
            assert!(started.elapsed().as_secs() < 10, "{piece}: {:?}", started.elapsed());
        }
        let quoted = html(&format!("{}the end", "> ".repeat(20_000)));
        assert!(quoted.len() < 2_000 && quoted.contains("the end"), "{}", quoted.len());
        assert_eq!(html(&format!("{}ten", "> ".repeat(10))).matches("<blockquote").count(), 10);
    }

    #[test]
    fn nothing_dangerous() {
        for text in [
            "<script>alert(1)</script>",
            "a <b onclick=\"x()\">b</b> <img src=x>",
            "[x](javascript:alert(1))",
            "[x](data:text/html,x) [y](/staff) [z](JAVASCRIPT:alert(1))",
            "![x](https://tracker.example/pixel.gif)",
            "<javascript:alert(1)>",
            "https://a.example/\"onmouseover=\"x",
        ] {
            let html = html(text);
            let cut = html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
            assert!(cut.into_iter().all(|url| url.starts_with("https://")), "{text}: {html}");
            for bad in ["<script", "<img", "<b ", "onmouseover=\"x\""] {
                assert!(!html.contains(bad), "{bad} of {text}: {html}");
            }
        }
        assert!(html("<script>x</script>").contains("&lt;script&gt;"), "what was typed is shown");
    }
}
