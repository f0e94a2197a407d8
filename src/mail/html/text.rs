//! The words of HTML as they are shown, in lines; what the clients' own marks call quoted or a signature is told apart.

use std::borrow::Cow;

use crate::mail::html::entity;
use crate::mail::html::mark::{ALL_BELOW, QUOTES, SIGNATURES, is_indented, without_prefix};
use crate::mail::html::token::{Attributes, Token, Tokens};
use crate::mail::text::{self, Origin, Text};

/// Elements that stand in lines of their own.
const BLOCKS: [&str; 37] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "option",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tr",
    "ul",
];
/// Those among them with room above and below.
const APART: [&str; 12] = ["blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "ul"];
/// Elements that have no content.
pub(super) const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements within each other that are kept track of.
const DEEPEST: usize = 400;

/// The words of an HTML text.
pub(super) fn text(html: &str) -> Text {
    let mut writer = Writer::default();
    for token in Tokens::of(html) {
        match token {
            Token::Text(text) => writer.text(&entity::decoded(text)),
            Token::Open(name, attributes) => writer.open(name, &attributes),
            Token::Close(name) => writer.close(&name),
        }
    }
    writer.finish()
}

struct Line {
    text: String,
    origin: Origin,
}

struct Open<'a> {
    name: Cow<'a, str>,
    origin: Origin,
    is_hidden: bool,
    /// Gmail's own, around the quotations between which somebody answers.
    holds_quotations: bool,
    /// The number of the next entry of a list that has numbers.
    next_entry: Option<i64>,
}

#[derive(Default)]
struct Writer<'a> {
    lines: Vec<Line>,
    line: String,
    origin: Origin,
    open: Vec<Open<'a>>,
    /// How many of the open elements hide their content.
    hidden: usize,
    preformatted: usize,
    all_below: bool,
    /// Foxmail's rule stood above: what follows is a signature, up to the letter that is answered.
    signed: bool,
    /// A blank is due before the next word.
    blank: bool,
    /// A cell has ended in this line.
    cell: bool,
    /// The number of the entry that begins with the next word.
    entry: Option<i64>,
    /// What hidden elements say, in case that nothing else is said.
    unseen: String,
}

impl<'a> Writer<'a> {
    fn origin(&self) -> Origin {
        match self.open.last().map_or(Origin::New, |open| open.origin) {
            _ if self.all_below => Origin::Quoted,
            Origin::New if self.signed => Origin::Signature,
            origin => origin,
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            self.unseen.push_str(text);
            return;
        }
        if self.preformatted > 0 {
            for (number, piece) in text.replace("\r\n", "\n").split(['\n', '\r']).enumerate() {
                if number > 0 {
                    self.end_line(true);
                }
                self.word(piece);
            }
            return;
        }
        if let Some(raised) = self.is_within("sup").then(|| raised(text)).flatten() {
            return self.word(&raised);
        }
        let mut words = text.split(|c: char| c.is_ascii_whitespace());
        if let Some(first) = words.next() {
            self.word(first);
        }
        for word in words {
            self.blank = true;
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.line.is_empty() {
            self.origin = self.origin();
            if let Some(number) = self.entry.take() {
                self.line.push_str(&format!("{number}. "));
            }
        } else if std::mem::take(&mut self.cell) {
            self.line.push('\t');
        } else if self.blank {
            self.line.push(' ');
        }
        (self.blank, self.cell) = (false, false);
        self.line.extend(word.chars().filter(|c| !matches!(c, '\u{feff}' | '\u{ad}')).map(shown));
    }

    /// Ends the line, if something stands in it or an empty one is wanted.
    fn end_line(&mut self, even_empty: bool) {
        let line = std::mem::take(&mut self.line);
        let origin = if line.is_empty() { self.origin() } else { self.origin };
        // A blank that does not break makes an empty paragraph stand.
        if even_empty || !line.is_empty() {
            let line = line.trim_end();
            self.lines.push(Line { text: line.to_owned(), origin });
        }
        (self.blank, self.cell) = (false, false);
    }

    /// Room between paragraphs: one empty line, never two.
    fn room(&mut self) {
        self.end_line(false);
        if self.lines.last().is_some_and(|line| !line.text.is_empty()) {
            self.lines.push(Line { text: String::new(), origin: self.origin() });
        }
    }

    fn edge(&mut self, name: &str, is_close: bool) {
        match name {
            "td" | "th" => self.cell = !self.line.is_empty(),
            _ if APART.contains(&name) && self.hidden == 0 => self.room(),
            _ if BLOCKS.contains(&name) && self.hidden == 0 => self.end_line(false),
            _ => {}
        }
        if name == "pre" {
            self.preformatted = if is_close { self.preformatted.saturating_sub(1) } else { self.preformatted + 1 };
        }
    }

    fn open(&mut self, name: Cow<'a, str>, attributes: &Attributes<'_>) {
        let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
        if name == "br" {
            if self.hidden == 0 {
                self.end_line(true);
            }
            return;
        }
        let number = |name| value(name).and_then(|number: &str| number.trim().parse().ok());
        self.begin_entry(&name, number("value"));
        let style = tight(value("style").unwrap_or_default());
        let is_tight = name == "p"
            && (style.starts_with("margin:0")
                || style.contains(";margin:0")
                || value("class").is_some_and(|c| c.contains("MsoNormal")));
        if is_tight && self.hidden == 0 {
            self.end_line(false);
        } else {
            self.edge(&name, false);
        }
        let marks =
            [value("class"), value("id"), value("name")].into_iter().flatten().flat_map(str::split_ascii_whitespace);
        let marks: Vec<String> = marks.map(str::to_ascii_lowercase).collect();
        let has = |list: &[&str]| marks.iter().any(|mark| list.contains(&without_prefix(mark)));
        if has(&ALL_BELOW) && self.hidden == 0 {
            self.all_below = true;
        }
        self.signed |= name == "hr" && style.starts_with("width:210px") && self.hidden == 0;
        if VOID.contains(&&*name) || self.open.len() >= DEEPEST {
            return;
        }
        let outer = self.origin();
        let cites = value("type").is_some_and(|kind| kind.eq_ignore_ascii_case("cite")) || value("cite").is_some();
        let origin = match () {
            () if outer == Origin::Quoted => Origin::Quoted,
            // By Gmail's button for quotations something of one's own is set in, outside of its quotation of a letter.
            () if name == "blockquote" && has(&["gmail_quote"]) && !self.is_in_gmails_container() => Origin::SetIn,
            () if has(&QUOTES) || (name == "blockquote" && cites) => Origin::Quoted,
            () if outer == Origin::Signature || has(&SIGNATURES) => Origin::Signature,
            () if name == "blockquote" && !is_indented(&style, &marks) => Origin::SetIn,
            () => outer,
        };
        let is_hidden = is_hidden(&style);
        self.hidden += usize::from(is_hidden);
        let holds_quotations = name == "div" && outer == Origin::New && has(&["gmail_quote"]);
        if is_struck(&name) && !is_hidden {
            self.word(STRUCK);
        }
        let next_entry = (name == "ol").then(|| number("start").unwrap_or(1));
        self.open.push(Open { name, origin, is_hidden, holds_quotations, next_entry });
    }

    /// An entry of a list with numbers begins with its own, or the next.
    fn begin_entry(&mut self, name: &str, own: Option<i64>) {
        let list = self.open.iter_mut().rev().find(|open| open.name == "ol" || open.name == "ul");
        let Some(next) = list.filter(|_| name == "li" && self.hidden == 0).and_then(|list| list.next_entry.as_mut())
        else {
            return;
        };
        let number = own.unwrap_or(*next);
        *next = number.saturating_add(1);
        self.end_line(false);
        self.entry = Some(number);
    }

    fn is_within(&self, name: &str) -> bool {
        self.open.last().is_some_and(|open| open.name == name)
    }

    fn close(&mut self, name: &str) {
        if name == "p" && self.open.iter().rev().take(3).any(|open| open.name == "p") {
            self.end_line(false);
        }
        if is_struck(name) && self.is_within(name) && self.hidden == 0 && !self.line.is_empty() {
            self.line.push_str(STRUCK);
        }
        if name == "li" {
            self.entry = None;
        }
        // What was never closed inside ends with what is around it; not further than a browser would look.
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            let is_cell_within = name != "table" && self.open[at..].iter().any(|open| open.name == "table");
            if !is_cell_within {
                let is_room_due = self.hidden == 0;
                for open in self.open.drain(at..) {
                    self.hidden -= usize::from(open.is_hidden);
                }
                if name == "blockquote" {
                    self.answer_begins();
                }
                if is_room_due && self.hidden == 0 {
                    self.edge_of_close(name);
                }
                return;
            }
        }
        self.edge_of_close(name);
    }

    /// Behind a quotation of Gmail's container stands what was written now.
    fn answer_begins(&mut self) {
        if self.is_in_gmails_container() {
            self.end_line(false);
            self.open.last_mut().into_iter().for_each(|open| open.origin = Origin::New);
        }
    }

    fn is_in_gmails_container(&self) -> bool {
        self.open.last().is_some_and(|open| open.holds_quotations)
    }

    fn edge_of_close(&mut self, name: &str) {
        // A paragraph's room stands above the next.
        if name == "p" { self.end_line(false) } else { self.edge(name, true) }
    }

    fn finish(mut self) -> Text {
        self.end_line(false);
        if self.lines.iter().all(|line| line.text.trim().is_empty()) && !self.unseen.trim().is_empty() {
            let words: Vec<&str> = self.unseen.split_whitespace().collect();
            return Text::plain(words.join(" "));
        }
        // At most one empty line in a row: layout tables leave many.
        let mut before_is_empty = true;
        self.lines.retain(|line| {
            let is_empty = line.text.trim().is_empty();
            let keep = !(is_empty && before_is_empty);
            before_is_empty = is_empty;
            keep
        });
        Text::of(self.lines.iter().map(|line| text::Line::new(&line.text, line.origin)))
    }
}

/// What stands around struck words, which are shown and do not hold.
const STRUCK: &str = "~~";

fn is_struck(name: &str) -> bool {
    matches!(name, "s" | "strike" | "del")
}

/// Raised digits, without which `10²` reads 102; other raised words can be read as they are.
fn raised(text: &str) -> Option<String> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| match c {
        '-' | '−' => Some('⁻'),
        _ => c.to_digit(10).map(|digit| RAISED[digit as usize]),
    };
    let raised: Option<String> = text.trim().chars().map(digit).collect();
    raised.filter(|raised| !raised.is_empty())
}

/// A style in small letters and without blanks.
pub(super) fn tight(style: &str) -> String {
    style.to_ascii_lowercase().replace(' ', "")
}

/// Whether an element of such a style is not shown.
pub(super) fn is_hidden(tight: &str) -> bool {
    tight.contains("display:none") || tight.contains("mso-hide:all")
}

/// A blank that does not break is a blank.
fn shown(character: char) -> char {
    match character {
        '\u{a0}' => ' ',
        character if character.is_control() && character != '\t' => ' ',
        character => character,
    }
}
