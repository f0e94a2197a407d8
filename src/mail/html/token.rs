//! HTML cut into tags and text, in one pass and as a browser would (WHATWG HTML, 13.2.5), with no more attributes to a
//! tag than mail has.
//!
//! html5ever's time grows by the square of a tag's attributes and of the depth; so absurd markup is noticed here, before
//! it is given to it.

use std::borrow::Cow;

/// Attributes of one tag that are kept.
const MOST_ATTRIBUTES: usize = 60;

/// Names of attributes in lower case, and their raw values.
pub(super) type Attributes<'a> = Vec<(Cow<'a, str>, &'a str)>;

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, its character references as they stand.
    Text(&'a str),
    /// A tag that opens an element: name in lower case, attributes.
    Open(Cow<'a, str>, Attributes<'a>),
    /// A tag that closes one.
    Close(Cow<'a, str>),
}

/// Elements whose content is never shown as text.
const UNSEEN: [&str; 9] = ["script", "style", "title", "iframe", "noembed", "noframes", "template", "textarea", "xmp"];

/// The tokens of HTML; comments, declarations, scripts and styles are left out.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// What has no end in the rest, so that it is looked for once only.
    endless: Vec<String>,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(html: &'a str) -> Self {
        Self { rest: html, endless: Vec::new() }
    }

    /// `<…`: what stands at the beginning of the rest; `None` for what is left out.
    fn markup(&mut self) -> Option<Token<'a>> {
        let html = self.rest;
        if html.starts_with("<!--") {
            // `<!-->` and `<!--->` are whole comments.
            let short = ["<!-->", "<!--->"].into_iter().find(|short| html.starts_with(short));
            let looks = !self.endless.iter().any(|name| name == "-->");
            let end = short.map(str::len).or_else(|| looks.then(|| html[4..].find("-->")).flatten().map(|at| at + 7));
            if end.is_none() && looks {
                self.endless.push("-->".to_owned());
            }
            // A comment without its end hides nothing.
            self.rest = &html[end.unwrap_or(4)..];
            return None;
        }
        if html.starts_with("<!") || html.starts_with("<?") {
            self.rest = html.find('>').map_or("", |end| &html[end + 1..]);
            return None;
        }
        let (is_close, after) = html.strip_prefix("</").map_or((false, &html[1..]), |after| (true, after));
        let length = after.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(after.len());
        let name = lower(&after[..length]);
        let (attributes, rest) = attributes(&after[length..]);
        self.rest = rest;
        if is_close {
            return Some(Token::Close(name));
        }
        if UNSEEN.contains(&&*name) {
            self.skip_to_end_of(&name);
            return None;
        }
        Some(Token::Open(name, attributes))
    }

    fn skip_to_end_of(&mut self, name: &str) {
        if self.endless.iter().any(|other| other == name) {
            return;
        }
        let mut rest = self.rest;
        while let Some(at) = rest.find("</") {
            rest = &rest[at + 2..];
            if rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
                self.rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
                return;
            }
        }
        // Without its end it hides nothing but itself.
        self.endless.push(name.to_owned());
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if begins_markup(self.rest) {
                match self.markup() {
                    Some(token) => return Some(token),
                    None => continue,
                }
            }
            // A lone `<` is text.
            let mut end = usize::from(self.rest.starts_with('<'));
            loop {
                match self.rest[end..].find('<') {
                    None => end = self.rest.len(),
                    Some(at) if begins_markup(&self.rest[end + at..]) => end += at,
                    Some(at) => {
                        end += at + 1;
                        continue;
                    }
                }
                break;
            }
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Token::Text(text));
        }
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

fn begins_markup(html: &str) -> bool {
    match html.as_bytes() {
        [b'<', b'!' | b'?', ..] => true,
        [b'<', b'/', letter, ..] | [b'<', letter, ..] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

/// The attributes of a tag, and what stands behind its `>`.
fn attributes(mut rest: &str) -> (Attributes<'_>, &str) {
    let mut found = Attributes::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (found, after);
        }
        if rest.is_empty() {
            return (found, rest);
        }
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
        // An equals sign may begin a name.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest[first..].find(ends).map_or(rest.len(), |at| at + first);
        let name = &rest[..length];
        rest = rest[length..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => {
                    after.split_at(after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len()))
                }
            };
        }
        if found.len() < MOST_ATTRIBUTES {
            found.push((lower(name), value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens};

    #[test]
    fn tags_and_text() {
        let open = |name: &str, attributes: &[(&str, &'static str)]| {
            Token::Open(name.to_owned().into(), attributes.iter().map(|(n, v)| ((*n).to_owned().into(), *v)).collect())
        };
        for (html, expected) in [
            ("a<b>c</b>", vec![Token::Text("a"), open("b", &[]), Token::Text("c"), Token::Close("b".into())]),
            ("1 < 2 <3", vec![Token::Text("1 < 2 <3")]),
            (
                "<!--x--><P Class=\"a>b\" id=c hidden>",
                vec![open("p", &[("class", "a>b"), ("id", "c"), ("hidden", "")])],
            ),
            ("<script>if (a<b) x</script>y", vec![Token::Text("y")]),
            ("<br/>x<a href='u'", vec![open("br", &[]), Token::Text("x"), open("a", &[("href", "u")])]),
        ] {
            assert_eq!(Tokens::of(html).collect::<Vec<_>>(), expected, "{html}");
        }
    }
}
