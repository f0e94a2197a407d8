//! Which parts of a message are its body, and what they say; the others are attachments.

use crate::mail::charset::{self, Surroundings};
use crate::mail::filename::File;
use crate::mail::html;
use crate::mail::structure::Part;
use crate::mail::text::Text;
use crate::mail::uuencode;

/// The most text of one message, in bytes; the arrival keeps the rest.
const LONGEST_TEXT: usize = 8 * 1024 * 1024;

/// A message's body, and the numbers of the parts that are not in it.
#[derive(Default)]
pub(super) struct Body {
    pub(super) text: Text,
    pub(super) html: Option<String>,
    pub(super) attachments: Vec<usize>,
    /// Files that stand in its text.
    pub(super) files: Vec<File>,
}

impl Body {
    /// Reads the parts of a message.
    pub(super) fn of(raw: &[u8], parts: &[Part], around: &Surroundings) -> Self {
        let mut walk = Walk { raw, parts, around, pieces: Vec::new(), attachments: Vec::new(), length: 0 };
        walk.part(0, Role::Content);
        walk.otherwise();
        let has_html = walk.pieces.iter().any(|piece| piece.html.is_some());
        let mut body = Self { attachments: walk.attachments, ..Self::default() };
        let mut markup = String::new();
        for piece in walk.pieces {
            if has_html && !markup.is_empty() {
                markup.push_str("<hr>");
            }
            match piece.html {
                Some(html) => markup.push_str(&html),
                None if has_html => markup.push_str(&as_html(piece.text.words())),
                None => {}
            }
            body.text.add_apart(piece.text);
            body.files.extend(piece.files);
        }
        body.html = has_html.then_some(markup);
        body.text.trim();
        body
    }
}

/// A piece of the body, in its order.
struct Piece {
    text: Text,
    html: Option<String>,
    files: Vec<File>,
}

/// What a part is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Part of what is said.
    Content,
    /// Says what a plain text before it said: its words are not wanted, but its markup.
    Markup,
    /// Belongs to the part that it stands beside.
    Beside,
}

struct Walk<'a> {
    raw: &'a [u8],
    parts: &'a [Part],
    around: &'a Surroundings<'a>,
    pieces: Vec<Piece>,
    attachments: Vec<usize>,
    length: usize,
}

impl Walk<'_> {
    fn part(&mut self, number: usize, role: Role) {
        let part = &self.parts[number];
        if part.children.is_empty() {
            return self.leaf(number, role);
        }
        match part.media_type() {
            "multipart/alternative" => self.alternative(number, role),
            "multipart/related" => {
                let root = self.root_of_related(part);
                for child in &part.children {
                    self.part(*child, if Some(*child) == root { role } else { Role::Beside });
                }
            }
            "multipart/signed" | "multipart/encrypted" => {
                for (position, child) in part.children.iter().enumerate() {
                    self.part(*child, if position == 0 { role } else { Role::Beside });
                }
            }
            _ => {
                for child in &part.children {
                    self.part(*child, role);
                }
            }
        }
    }

    /// RFC 2387, 3.2: the part that `start` names, or the first; the first text, where clients put a picture in front.
    fn root_of_related(&self, part: &Part) -> Option<usize> {
        let start = part.kind.get("start").map(|start| start.trim_matches(['<', '>']).to_owned());
        let id = |number: usize| {
            let raw = self.parts[number].fields.raw(self.raw, "content-id")?;
            Some(String::from_utf8_lossy(raw).trim().trim_matches(['<', '>']).to_owned())
        };
        let named =
            start.and_then(|start| part.children.iter().copied().find(|child| id(*child).as_ref() == Some(&start)));
        let says = |child: &Part| {
            child.is_multipart() || (is_text(child) && matches!(child.disposition.value.as_str(), "" | "inline"))
        };
        let texts = || part.children.iter().copied().find(|child| says(&self.parts[*child]));
        named.or_else(texts).or(part.children.first().copied())
    }

    /// Of several ways to say the same, the plain one and the HTML; the others are kept as attachments.
    fn alternative(&mut self, number: usize, role: Role) {
        let says = |pieces: &[Piece]| pieces.iter().any(|piece| !piece.text.is_blank());
        let outer = std::mem::take(&mut self.pieces);
        let (mut plain, mut marked): (Vec<Piece>, Vec<Piece>) = (Vec::new(), Vec::new());
        for child in &self.parts[number].children {
            let is_said = says(&plain) && !may_be_stub(&plain);
            self.part(*child, if is_said && role == Role::Content { Role::Markup } else { role });
            for piece in std::mem::take(&mut self.pieces) {
                if piece.html.is_some() { &mut marked } else { &mut plain }.push(piece);
            }
        }
        self.pieces = outer;
        let html: Vec<String> = marked.iter_mut().filter_map(|piece| piece.html.take()).collect();
        let html = (!html.is_empty()).then(|| html.join("<hr>"));
        let is_all = says(&plain) && !is_stub(&plain, &marked);
        let chosen = if is_all || !says(&marked) { plain } else { marked };
        let (mut text, mut files) = (Text::default(), Vec::new());
        for piece in chosen {
            text.add(piece.text);
            files.extend(piece.files);
        }
        self.pieces.push(Piece { text, html, files });
    }

    fn leaf(&mut self, number: usize, role: Role) {
        let part = &self.parts[number];
        let has_name = part.filename().is_some();
        let is_attached = !matches!(part.disposition.value.as_str(), "" | "inline");
        // Some clients name the text itself; the first text is the text all the same.
        let is_body =
            role != Role::Beside && is_text(part) && !is_attached && (!has_name || self.is_first_text(number));
        if is_body && self.length < LONGEST_TEXT {
            let piece = self.piece(part, role);
            self.length += piece.text.words().len() + 1;
            self.pieces.push(piece);
        } else if !(part.is_multipart() && part.body.is_empty()) {
            self.attachments.push(number);
        }
    }

    fn is_first_text(&self, number: usize) -> bool {
        let part = &self.parts[number];
        let is_a_file = part.disposition.value == "inline" && part.filename().is_some_and(|name| name.contains('.'));
        self.pieces.is_empty() && number <= 2 && !is_a_file
    }

    fn piece(&self, part: &Part, role: Role) -> Piece {
        let content = part.content(self.raw);
        let label = part.kind.get("charset");
        if part.media_type() == "text/html" {
            // What the header says goes before what the HTML says, if it says anything.
            let is_told = label.is_some_and(charset::is_known);
            let own = if is_told { None } else { html::charset(&content) };
            let markup = charset::decode(&content, own.as_deref().or(label), self.around);
            let text = if role == Role::Markup { Text::default() } else { shortened(html::text(&markup)) };
            return Piece { text, html: Some(markup), files: Vec::new() };
        }
        let text = self.without_names_of_blanks(charset::decode(&content, label, self.around));
        if looks_like_html(&text) && part.kind.value.is_empty() {
            return Piece { text: shortened(html::text(&text)), html: Some(text), files: Vec::new() };
        }
        let (words, files) = uuencode::taken_out(&text);
        let text = if files.is_empty() { text } else { words.into_owned() };
        let is_flowed = part.kind.get("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        let text = if is_flowed {
            let joins_without_blank = part.kind.get("delsp").is_some_and(|value| value.eq_ignore_ascii_case("yes"));
            flowed(&text, joins_without_blank)
        } else {
            text
        };
        Piece { text: shortened(Text::plain(text)), html: None, files }
    }

    /// QQ's web mail writes the names of blanks and brackets of HTML into its plain text.
    fn without_names_of_blanks(&self, text: String) -> String {
        let is_of_qq = || self.parts[0].fields.raw(self.raw, "x-qq-mime").is_some();
        if text.contains("&nbsp;") && is_of_qq() { text.replace("&nbsp;", " ").replace("&gt;", ">") } else { text }
    }

    /// A message without a body says what its only text says, whatever type it has.
    fn otherwise(&mut self) {
        if !self.pieces.is_empty() {
            return;
        }
        let is_other_text = |number: &usize| {
            let part = &self.parts[*number];
            let kind = part.media_type();
            let is_undecided = part.is_multipart() && part.children.is_empty();
            let is_readable = kind.starts_with("text/")
                && !matches!(kind, "text/calendar" | "text/vcard" | "text/x-vcard" | "text/csv");
            (is_undecided || is_readable) && part.filename().is_none() && part.disposition.value != "attachment"
        };
        if let Some(at) = self.attachments.iter().position(is_other_text) {
            let part = &self.parts[self.attachments.remove(at)];
            let text = charset::decode(&part.content(self.raw), part.kind.get("charset"), self.around);
            let is_marked = looks_like_html(&text) || part.media_type() == "text/enriched";
            let text = if is_marked { html::text(&text) } else { Text::plain(text) };
            self.pieces.push(Piece { text: shortened(text), html: None, files: Vec::new() });
            return;
        }
        // A text that has a name and is to be shown is both: what is said, and a file.
        let is_shown = |number: &&usize| {
            let part = &self.parts[**number];
            is_text(part) && part.disposition.value == "inline"
        };
        if let Some(number) = self.attachments.iter().find(is_shown) {
            let piece = self.piece(&self.parts[*number], Role::Content);
            self.pieces.push(piece);
        }
    }
}

/// Whether the plain text only says that the letter is HTML, as programs write for readers that show none.
fn is_stub(plain: &[Piece], marked: &[Piece]) -> bool {
    let first = plain.first().and_then(|piece| piece.text.words().trim().lines().next()).unwrap_or_default();
    may_be_stub(plain) && marked.iter().any(|piece| !piece.text.is_blank() && !piece.text.words().contains(first))
}

/// Whether it could be one, going by its own words.
fn may_be_stub(plain: &[Piece]) -> bool {
    let [plain] = plain else { return false };
    let words = plain.text.words().trim();
    // Where it names a place to read the letter at, it says something.
    let says = |word: &str| words.to_ascii_lowercase().contains(word);
    words.len() < LONGEST_STUB && says("html") && !says("http")
}

/// The most bytes of such a text.
const LONGEST_STUB: usize = 300;

fn is_text(part: &Part) -> bool {
    part.children.is_empty() && matches!(part.media_type(), "text/plain" | "text/html")
}

fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start().as_bytes();
    let begins = |with: &str| start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()));
    begins("<!doctype html") || begins("<html")
}

/// Not more than a message's text may have.
fn shortened(mut text: Text) -> Text {
    text.shorten(LONGEST_TEXT);
    text
}

/// Plain text beside HTML, as HTML.
fn as_html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<p>{}</p>", escaped.replace('\n', "<br>"))
}

/// `format=flowed` joined (RFC 3676, 4).
fn flowed(text: &str, joins_without_blank: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut flows, mut depth_before) = (false, 0);
    for (number, line) in text.lines().enumerate() {
        let depth = line.len() - line.trim_start_matches('>').len();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_signature = content == "-- ";
        if flows && depth == depth_before && !is_signature {
            if joins_without_blank {
                out.pop();
            }
        } else {
            if number > 0 {
                out.push('\n');
            }
            if depth > 0 {
                out.push_str(&line[..depth]);
                out.push(' ');
            }
        }
        out.push_str(content);
        flows = content.ends_with(' ') && !is_signature;
        depth_before = depth;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::flowed;

    #[test]
    fn flowed_lines_are_joined() {
        for (text, delsp, expected) in [
            ("a \nb\nc", false, vec!["a b", "c"]),
            ("日 \n本\n", true, vec!["日本"]),
            ("> a \n> b\n>> c\nd", false, vec!["> a b", ">> c", "d"]),
            (" >x\n From", false, vec![">x", "From"]),
            ("Yes. \n-- \nAda", false, vec!["Yes. ", "-- ", "Ada"]),
        ] {
            assert_eq!(flowed(text, delsp).split('\n').collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
