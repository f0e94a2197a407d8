//! HTML of letters: sanitised to a strict list, and as plain text.

mod entity;
pub mod frame;
mod mark;
mod text;
mod token;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use text::VOID;
use token::{Attributes, Token, Tokens};

use frame::Elsewhere;

use crate::mail::text::Text;

/// Nested elements at the most. html5ever takes time by the square of the depth.
const DEEPEST: usize = 200;
/// Pieces that stand between the cells of tables, where a browser moves them out, one by one.
const MOST_ASTRAY: usize = 200;
/// The elements of the strict list. Of others only the words stay: the sanitiser would take away all that stands within
/// elements of other vocabularies (SVG, MathML, Word's).
static SHOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| ammonia::Builder::default().clone_tags());
/// Attributes that no element of the list has, and most elements of a letter: the parser need not see them.
const OF_STYLE: [&str; 3] = ["style", "class", "id"];
/// More HTML than this is shown as text alone.
const LONGEST: usize = 4 * 1024 * 1024;

/// The HTML with only what shows: no scripts, styles, forms, frames; no picture from elsewhere, which would tell its
/// owner who reads.
#[must_use]
pub fn sanitise(html: &str) -> Option<String> {
    clean(html, &CLEANER)
}

/// The same with the addresses of pictures that are elsewhere, for those who ask to see them.
#[must_use]
pub fn sanitise_with_pictures(html: &str) -> Option<String> {
    clean(html, &cleaner(Elsewhere::Loaded))
}

fn clean(html: &str, cleaner: &ammonia::Builder<'_>) -> Option<String> {
    let sober = Sober::of(html)?;
    let clean = cleaner.clean(&sober).to_string();
    Some(if memchr::memchr(0, clean.as_bytes()).is_some() { clean.replace('\0', "") } else { clean })
}

/// The strict list; made once, since it takes longer than a short letter.
static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| cleaner(Elsewhere::Withheld));

fn cleaner(elsewhere: Elsewhere) -> ammonia::Builder<'static> {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .rm_tags(["map", "area"])
        .add_tag_attributes("li", ["value"])
        .url_relative(ammonia::UrlRelative::Deny)
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") if elsewhere == Elsewhere::Withheld && !is_own(value) => None,
            _ => Some(value.into()),
        });
    cleaner
}

/// Whether a picture came with the letter (RFC 2392).
fn is_own(source: &str) -> bool {
    source.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("cid:"))
}

/// The words of an HTML text as they are shown, in lines.
pub(super) fn text(html: &str) -> Text {
    text::text(html)
}

/// The charset that HTML names for itself in its first bytes (`<meta charset=…>`).
pub(super) fn charset(html: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&html[..html.len().min(4096)]).to_ascii_lowercase();
    let meta = &start[start.find("<meta")?..];
    let after = &meta[meta.find("charset")? + "charset".len()..];
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let name: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    (!name.is_empty()).then_some(name)
}

/// HTML whose elements are closed in their order, not too deep, and with nothing astray in tables: what takes a browser's
/// rules time by the square does not get to them.
struct Sober<'a> {
    out: String,
    open: Vec<Cow<'a, str>>,
    dropped: usize,
    astray: usize,
    /// Which of the open elements is not shown, nor anything in it.
    hidden: Option<usize>,
    tokens: Tokens<'a>,
}

impl<'a> Sober<'a> {
    fn of(html: &'a str) -> Option<String> {
        let mut sober = Self {
            out: String::with_capacity(html.len().min(LONGEST)),
            open: Vec::new(),
            dropped: 0,
            astray: 0,
            hidden: None,
            tokens: Tokens::of(html),
        };
        while let Some(token) = sober.tokens.next() {
            sober.take(token);
            if sober.out.len() > LONGEST {
                return None;
            }
        }
        sober.close_down_to(0);
        Some(sober.out)
    }

    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Text(text) => {
                if self.hidden.is_some() || (!text.trim().is_empty() && self.is_astray(None)) {
                    return;
                }
                self.out.push_str(text);
            }
            Token::Open(name, attributes) => self.open(name, &attributes),
            Token::Close(name) => {
                if self.dropped > 0 {
                    self.dropped -= 1;
                    return;
                }
                if let Some(at) = self.position(&[&*name]) {
                    self.close_down_to(at);
                }
            }
        }
    }

    fn open(&mut self, name: Cow<'a, str>, attributes: &Attributes<'_>) {
        let closes: &[&str] = match &*name {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "tr" => &["tr"],
            "td" | "th" => &["td", "th"],
            "tbody" | "thead" | "tfoot" => &["tbody", "thead", "tfoot"],
            "option" => &["option"],
            "a" => &["a"],
            "p" | "div" | "ul" | "ol" | "table" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "hr" => &["p"],
            _ => &[],
        };
        if let Some(at) = self.position(closes) {
            self.close_down_to(at);
        }
        if self.is_astray(Some(&name)) || !SHOWN.contains(&*name) {
            return;
        }
        let is_void = VOID.contains(&&*name);
        if self.open.len() >= DEEPEST && !is_void {
            self.dropped += 1;
            return;
        }
        if self.hidden.is_some() || Self::hides(attributes) {
            if !is_void {
                self.hidden.get_or_insert(self.open.len());
                self.open.push(name);
            }
            return;
        }
        self.out.push('<');
        self.out.push_str(&name);
        for (attribute, value) in attributes.iter().filter(|(_, value)| value.len() < 8192) {
            let is_plain = attribute.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if is_plain && !attribute.is_empty() && !OF_STYLE.contains(&&**attribute) {
                self.out.push(' ');
                self.out.push_str(attribute);
                self.out.push_str("=\"");
                self.out.push_str(&value.replace('"', "&quot;"));
                self.out.push('"');
            }
        }
        self.out.push('>');
        if !is_void {
            self.open.push(name);
        }
    }

    /// The innermost open element of those names, not looked for outside the table's cell.
    fn position(&self, names: &[&str]) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            if names.contains(&&**open) {
                return Some(at);
            }
            let is_scope = match names.first() {
                Some(&"tr" | &"tbody" | &"thead" | &"tfoot" | &"table") => open == "table",
                Some(&"td" | &"th") => open == "tr" || open == "table",
                Some(&"li") => matches!(&**open, "ul" | "ol" | "td" | "th" | "table"),
                _ => matches!(&**open, "td" | "th" | "table"),
            };
            if is_scope {
                return None;
            }
        }
        None
    }

    fn close_down_to(&mut self, at: usize) {
        let shown = self.hidden.unwrap_or(usize::MAX);
        for (depth, name) in self.open.drain(at..).enumerate().rev() {
            if at + depth < shown {
                self.out.push_str("</");
                self.out.push_str(&name);
                self.out.push('>');
            }
        }
        self.hidden = self.hidden.filter(|hidden| *hidden < at);
    }

    fn hides(attributes: &Attributes<'_>) -> bool {
        let style = attributes.iter().find(|(name, _)| name == "style");
        style.is_some_and(|(_, style)| text::is_hidden(&text::tight(style)))
    }

    /// Whether something stands between the cells of a table; a few of them are let pass.
    fn is_astray(&mut self, name: Option<&str>) -> bool {
        let in_rows =
            self.open.last().is_some_and(|open| ["table", "tbody", "thead", "tfoot", "tr"].contains(&&**open));
        const FITTING: [&str; 9] = ["caption", "colgroup", "col", "tbody", "thead", "tfoot", "tr", "td", "th"];
        let fits = name.is_some_and(|name| FITTING.contains(&name));
        if in_rows && !fits {
            self.astray += 1;
        }
        in_rows && !fits && self.astray > MOST_ASTRAY
    }
}

#[cfg(test)]
mod tests {
    use super::{charset, sanitise};

    fn text(html: &str) -> String {
        super::text(html).words().trim().to_owned()
    }

    #[test]
    fn only_what_shows() {
        let html = r#"<p onclick="x()">Hi<script>alert(1)</script><img src="https://t.example/p.gif"><img src="cid:a"><a href="javascript:x">l</a><form action="/x"><input name="y"></form><a href="/staff">s</a>"#;
        let clean = sanitise(html).expect("short");
        for gone in ["script", "onclick", "t.example", "javascript", "form", "input", "/staff"] {
            assert!(!clean.contains(gone), "{gone} in {clean}");
        }
        assert!(clean.contains("cid:a"));
    }

    #[test]
    fn what_is_hidden_stays_so_and_words_of_other_vocabularies_show() {
        for (html, expected) in [
            ("<div style=\"DISPLAY: none\">teaser <b>x</b></div><p>Hello</p>", "<p>Hello</p>"),
            ("<p>a <span style='display:none'>x<br>y</span>b</p>c", "<p>a b</p>c"),
            ("<div style=\"display:none\">never closed", ""),
            ("<p>a <math>x + y<p>and more</p>", "<p>a x + y</p><p>and more</p>"),
            ("<p>a</p><svg width=1><path d='x'/></svg><p>b</p>", "<p>a</p><p>b</p>"),
            ("<p>in <st1:City>Kobe</st1:City><o:p></o:p></p>", "<p>in Kobe</p>"),
            ("<svg><style>p{}</style><script>x()</script>w</svg><p>b</p>", "w<p>b</p>"),
        ] {
            assert_eq!(sanitise(html).expect("short"), expected, "{html}");
        }
    }

    #[test]
    fn words_as_shown() {
        for (html, expected) in [
            ("<style>p{}</style><p>a &amp; b<br>c</p>", "a & b\nc"),
            (
                "<table><tr><td>Name</td><td>Ada</td></tr><tr><td>Town</td><td>Kobe</td></tr></table>",
                "Name\tAda\nTown\tKobe",
            ),
            ("<p>one</p><p>two</p>three", "one\n\ntwo\nthree"),
            ("<p class=MsoNormal>one</p><p class=MsoNormal>two</p>", "one\ntwo"),
            ("<div>a<div>b</div></div>c", "a\nb\nc"),
            ("see <a href=\"https://example.org/\">this page</a> today", "see this page today"),
            ("<ul><li>a<li>b</ul>", "a\nb"),
            ("<pre>x\n  y</pre>", "x\n  y"),
            ("<div style=\"display:none\">teaser</div><p>Hello</p>", "Hello"),
            ("no tags &lt;b&gt;", "no tags <b>"),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn absurd_markup_takes_its_own_size() {
        for (open, close) in [
            ("<div>", "</div>"),
            ("<b>", ""),
            ("<p><font size=1>", ""),
            ("<table>x<i>", ""),
            ("<!--", ""),
            ("<style>", ""),
            ("<x a", " a"),
        ] {
            let html = format!("{}x{}", open.repeat(30_000), close.repeat(30_000));
            let started = std::time::Instant::now();
            let _ = (sanitise(&html), text(&html));
            assert!(started.elapsed().as_secs() < 10, "{open}");
        }
    }

    #[test]
    fn its_own_charset() {
        for (html, expected) in [
            (&b"<html><meta charset=\"Shift_JIS\">"[..], Some("shift_jis")),
            (b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=iso-2022-jp'>", Some("iso-2022-jp")),
            (b"<p>charset=x", None),
        ] {
            assert_eq!(charset(html).as_deref(), expected);
        }
    }
}
