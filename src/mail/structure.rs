//! The parts of a message (RFC 2045, 2046) and where they stand in it.
//!
//! mail-parser loses the body where a boundary is missing or wrong, and does not decode an attachment whose closing
//! boundary is missing; so the lines are gone through here, once, with the open boundaries on a stack. What is nested
//! deeper, or more, than any client writes stays one part.

use std::borrow::Cow;
use std::ops::Range;

use crate::mail::charset::Surroundings;
use crate::mail::fields::{Fields, line_end};
use crate::mail::parameter::Parametrised;
use crate::mail::transfer;

/// Multiparts within each other.
const DEEPEST: usize = 60;
/// Parts of one message.
const MOST_PARTS: usize = 20_000;

/// A part.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) fields: Fields,
    /// `Content-Type`; its value is empty where none stands.
    pub(super) kind: Parametrised,
    /// `Content-Disposition`.
    pub(super) disposition: Parametrised,
    /// Where its body stands, the end of line before the next boundary aside.
    pub(super) body: Range<usize>,
    /// The numbers of its parts.
    pub(super) children: Vec<usize>,
}

impl Part {
    /// Its type in lower case. What says none is text (RFC 2045, 5.2); so is what cannot be read.
    pub(super) fn media_type(&self) -> &str {
        match self.kind.value.as_str() {
            "" | "text" | "plain" => "text/plain",
            "html" => "text/html",
            kind if !kind.contains('/') => "text/plain",
            kind => kind,
        }
    }

    pub(super) fn is_multipart(&self) -> bool {
        self.kind.value.starts_with("multipart/")
    }

    /// Its bytes, decoded from their transfer encoding; nothing else is done to them.
    pub(super) fn content<'a>(&self, raw: &'a [u8]) -> Cow<'a, [u8]> {
        let encoding = self.fields.raw(raw, "content-transfer-encoding").unwrap_or_default();
        transfer::decode(&raw[self.body.clone()], &String::from_utf8_lossy(encoding.trim_ascii()))
    }

    /// The name that it has as a file.
    pub(super) fn filename(&self) -> Option<&str> {
        let given = [
            self.disposition.get("filename"),
            self.kind.get("name"),
            self.disposition.get("name"),
            self.kind.get("filename"),
        ];
        given.into_iter().flatten().find(|name| !name.is_empty())
    }
}

/// The parts of a message, the message itself first, each before its own parts.
#[must_use]
pub(super) fn parts(raw: &[u8]) -> Vec<Part> {
    let start = raw.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(raw.len());
    let start = raw[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (mut fields, mut body) = Fields::read(raw, start..raw.len(), |_| false);
    // A server on the way put empty lines among the fields.
    if !fields.are_of_a_letter(raw) {
        let next = raw[body..].iter().position(|byte| !byte.is_ascii_whitespace()).map_or(raw.len(), |at| body + at);
        let (more, end) = Fields::read(raw, next..raw.len(), |_| false);
        if fields.are_known(raw) && more.are_of_a_letter(raw) {
            fields.extend(more);
            body = end;
        }
    }
    let mut walk = Walk { raw, parts: Vec::new(), open: Vec::new(), asleep: Vec::new(), reads: 0 };
    if fields.are_known(raw) {
        walk.push(fields, body..raw.len());
    } else {
        // No headers: all of it is the body.
        walk.push(Fields::default(), start..raw.len());
    }
    walk.descend(0);
    walk.parts
}

struct Walk<'a> {
    raw: &'a [u8],
    parts: Vec<Part>,
    /// The open multiparts, outermost first: boundary and number.
    open: Vec<(Vec<u8>, usize)>,
    /// Those that an outer boundary closed before their own end came; some servers put their parts in the wrong order.
    asleep: Vec<(Vec<u8>, usize)>,
    /// How often a boundary was looked for that the header does not name.
    reads: usize,
}

impl Walk<'_> {
    fn push(&mut self, fields: Fields, body: Range<usize>) -> usize {
        let read = |name: &str| {
            fields.raw(self.raw, name).map(|raw| Parametrised::read(raw, &Surroundings::NONE)).unwrap_or_default()
        };
        let (kind, disposition) = (read("content-type"), read("content-disposition"));
        self.parts.push(Part { kind, disposition, fields, body, children: Vec::new() });
        self.parts.len() - 1
    }

    /// Finds the parts of a part, if it has any.
    fn descend(&mut self, number: usize) {
        let body = self.parts[number].body.clone();
        if !self.parts[number].is_multipart() {
            // Some forget to say that it has parts; only of the whole message is that believed.
            if number == 0 && self.parts[0].kind.value.is_empty() {
                self.descend_by_looking(number, body);
            }
            return;
        }
        let named = self.parts[number].kind.get("boundary").map(|boundary| boundary.as_bytes().to_vec());
        if let Some(boundary) = named.filter(|boundary| !boundary.is_empty()) {
            self.open.push((boundary, number));
            self.scan(body.clone());
        }
        if self.parts[number].children.is_empty() {
            self.descend_by_looking(number, body);
        }
    }

    /// By a line that looks like a boundary, where none is named or the wrong one.
    fn descend_by_looking(&mut self, number: usize, body: Range<usize>) {
        self.reads += 1;
        if self.reads > 8 || self.open.len() > DEEPEST {
            return;
        }
        let is_untyped = self.parts[number].kind.value.is_empty();
        if let Some((boundary, at)) = likely_boundary(self.raw, body.clone())
            && !(is_untyped && says_something(&self.raw[body.start..at]))
        {
            if is_untyped {
                "multipart/mixed".clone_into(&mut self.parts[number].kind.value);
            }
            self.open.push((boundary, number));
            self.scan(body);
        }
    }

    /// Goes through the lines of the body of the innermost open multipart.
    fn scan(&mut self, body: Range<usize>) {
        let depth = self.open.len();
        let mut childless: Vec<usize> = Vec::new();
        // The part whose body the lines belong to; none in a preamble or epilogue.
        let mut current: Option<usize> = None;
        let mut at = body.start;
        while at < body.end {
            let next = line_end(self.raw, at, body.end);
            let line = &self.raw[at..next];
            let Some((level, is_end)) = self.boundary(line, depth).or_else(|| self.wake(line)) else {
                at = next;
                continue;
            };
            self.close(&mut current, at);
            for (boundary, number) in self.open.drain(level + 1..) {
                childless.push(number);
                if self.asleep.len() < DEEPEST {
                    self.asleep.push((boundary, number));
                }
            }
            let parent = self.open[level].1;
            at = next;
            if is_end || self.parts.len() >= MOST_PARTS {
                continue;
            }
            let open = &self.open;
            let (fields, start) = Fields::read(self.raw, at..body.end, |line| is_any_boundary(open, line));
            let number = self.push(fields, start..body.end);
            self.parts[parent].children.push(number);
            if self.parts[parent].kind.value == "multipart/digest" && self.parts[number].kind.value.is_empty() {
                "message/rfc822".clone_into(&mut self.parts[number].kind.value);
            }
            at = start;
            current = Some(number);
            let boundary = self.parts[number].kind.get("boundary").map(|boundary| boundary.as_bytes().to_vec());
            if self.parts[number].is_multipart() && self.open.len() < DEEPEST {
                match boundary.filter(|boundary| !boundary.is_empty()) {
                    Some(boundary) => self.open.push((boundary, number)),
                    None => childless.push(number),
                }
            }
        }
        self.close(&mut current, body.end);
        childless.extend(self.open.drain(depth - 1..).map(|(_, number)| number));
        self.asleep.clear();
        // Only parts below this one: this one's caller looks after it.
        childless.retain(|number| self.parts[*number].children.is_empty() && self.parts[*number].is_multipart());
        let first = self.parts.len();
        for number in childless.into_iter().filter(|number| *number < first) {
            if !self.parts[number].body.is_empty() && self.parts[number].body != body {
                let body = self.parts[number].body.clone();
                self.descend_by_looking(number, body);
            }
        }
    }

    /// Ends the current part before the boundary that begins at `at`.
    fn close(&mut self, current: &mut Option<usize>, at: usize) {
        let Some(number) = current.take() else { return };
        let start = self.parts[number].body.start;
        let body = &self.raw[start..at.max(start)];
        let body = if at < self.raw.len() { body.strip_suffix(b"\n").unwrap_or(body) } else { body };
        let body = if at < self.raw.len() { body.strip_suffix(b"\r").unwrap_or(body) } else { body };
        self.parts[number].body = start..start + body.len();
    }

    /// The open multipart whose boundary a line is, the innermost first, and whether it is its last.
    fn boundary(&self, line: &[u8], depth: usize) -> Option<(usize, bool)> {
        if !line.starts_with(b"--") {
            return None;
        }
        let levels = self.open.iter().enumerate().rev().filter(|(level, _)| *level + 1 >= depth);
        let mut found = levels.filter_map(|(level, (boundary, _))| Some((level, matches(line, boundary)?)));
        found.next()
    }

    /// Knows again a boundary that was closed from outside; its further parts belong to what closed it, so that they
    /// stay in their order.
    fn wake(&mut self, line: &[u8]) -> Option<(usize, bool)> {
        if !line.starts_with(b"--") || self.open.len() >= DEEPEST {
            return None;
        }
        let at = self.asleep.iter().rposition(|(boundary, _)| matches(line, boundary).is_some())?;
        let around = self.open.last()?.1;
        let (boundary, _) = self.asleep.remove(at);
        let is_end = matches(line, &boundary)?;
        self.open.push((boundary, around));
        Some((self.open.len() - 1, is_end))
    }
}

fn is_any_boundary(open: &[(Vec<u8>, usize)], line: &[u8]) -> bool {
    line.starts_with(b"--") && open.iter().any(|(boundary, _)| matches(line, boundary).is_some())
}

/// Whether a line is that boundary; then whether it is the last.
fn matches(line: &[u8], boundary: &[u8]) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?.trim_ascii();
    match rest {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

/// Whether more than a preamble stands before a boundary: then the parts are of another letter, copied into this one.
fn says_something(before: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&before[..before.len().min(1024)]).to_ascii_lowercase();
    let text = text.trim();
    let is_preamble = text.len() < 400
        && text.lines().next().is_some_and(|line| line.contains("mime") || line.contains("multi-part"));
    !text.is_empty() && !is_preamble
}

/// The first line that begins with two hyphens and has a part's headers, or a blank line, behind it.
fn likely_boundary(raw: &[u8], body: Range<usize>) -> Option<(Vec<u8>, usize)> {
    let mut at = body.start;
    while at < body.end {
        let next = line_end(raw, at, body.end);
        let line = raw[at..next].trim_ascii_end();
        if let Some(boundary) = line.strip_prefix(b"--").filter(|boundary| (1..=200).contains(&boundary.len())) {
            let after = &raw[next..line_end(raw, next, body.end)];
            if after.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-")) && !boundary.contains(&b' ')
            {
                return Some((boundary.to_vec(), at));
            }
        }
        at = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::parts;

    fn shape(raw: &str) -> Vec<(String, String)> {
        let found = parts(raw.as_bytes());
        let body = |range: std::ops::Range<usize>| raw[range].to_owned();
        found
            .iter()
            .filter(|part| part.children.is_empty())
            .map(|p| (p.media_type().to_owned(), body(p.body.clone())))
            .collect()
    }

    fn text(body: &str) -> (String, String) {
        ("text/plain".to_owned(), body.to_owned())
    }

    #[test]
    fn as_they_should_be_and_as_they_are() {
        let html = |body: &str| ("text/html".to_owned(), body.to_owned());
        for (name, raw, expected) in [
            ("one part", "Subject: x\n\nhello\n", vec![text("hello\n")]),
            ("no headers", "hello\nthere", vec![text("hello\nthere")]),
            ("no blank line", "Subject: x\nFrom: a@b.example\nhello there\n", vec![text("hello there\n")]),
            (
                "mixed",
                "Content-Type: multipart/mixed; boundary=x\n\npre\n--x\n\na\n--x\nContent-Type: text/html\n\nb\n--x--\npost",
                vec![text("a"), html("b")],
            ),
            (
                "nested, inner end missing",
                "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=xy\n\n--xy\n\na\n--xy\nContent-Type: text/html\n\nb\n--x\n\nc\n--x--\n",
                vec![text("a"), html("b"), text("c")],
            ),
            (
                "end missing",
                "Content-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--x\n\nb\n",
                vec![text("a"), text("b\n")],
            ),
            (
                "boundary not named",
                "Content-Type: multipart/mixed\n\n--y\nContent-Type: text/plain\n\na\n--y\nContent-Type: text/html\n\nb\n--y--\n",
                vec![text("a"), html("b")],
            ),
            (
                "wrong boundary",
                "Content-Type: multipart/mixed; boundary=z\n\n--y\nContent-Type: text/plain\n\na\n--y--\n",
                vec![text("a")],
            ),
            (
                "closed from outside, then more of it",
                "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\na\n--x\n\nb\n--y\n\nc\n",
                vec![text("a"), text("b"), text("c\n")],
            ),
            (
                "begun again after the end",
                "Content-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--x--\n--x\n\nb\n--x--\n",
                vec![text("a"), text("b")],
            ),
        ] {
            assert_eq!(shape(raw), expected, "{name}");
        }
    }

    #[test]
    fn absurd_nesting_takes_its_own_size() {
        let mut raw = String::from("Subject: x\n");
        for level in 0..20_000 {
            raw.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"));
        }
        assert!(parts(raw.as_bytes()).len() < 100);
        let many = format!("Content-Type: multipart/mixed; boundary=x\n\n{}", "--x\n\na\n".repeat(30_000));
        assert!(parts(many.as_bytes()).len() > 10_000);
    }
}
