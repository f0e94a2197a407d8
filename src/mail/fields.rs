//! The fields of a header block (RFC 5322, 2.2), as clients and servers really write them.

use std::ops::Range;

/// The most fields of one block.
const MOST_FIELDS: usize = 5000;
/// The longest name of a field, blanks behind it included.
const LONGEST_NAME: usize = 2000;

/// The fields of a header block.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    fields: Vec<Field>,
    /// A bit for each mark among them: most names that are asked for stand in few letters.
    marks: u64,
}

/// Where the name and the raw value of a field stand.
#[derive(Debug, Clone)]
struct Field {
    mark: u32,
    name: Range<usize>,
    value: Range<usize>,
}

/// What tells most names apart at a glance: length, first and last letter.
#[inline]
const fn mark(name: &[u8]) -> u32 {
    match name {
        [first, .., last] => {
            let (first, last) = (first.to_ascii_lowercase() as u32, last.to_ascii_lowercase() as u32);
            first << 24 | last << 16 | name.len() as u32 & 0xffff
        }
        _ => 0,
    }
}

/// The bit that stands for a mark.
#[inline]
const fn bit(mark: u32) -> u64 {
    1 << (mark.wrapping_mul(0x9e37_79b1) >> 26)
}

/// Names of fields, to be looked for at once.
pub(super) struct Names {
    names: &'static [&'static str],
    /// A bit for the mark of each.
    marks: u64,
}

impl Names {
    /// Names in lower case.
    pub(super) const fn of(names: &'static [&'static str]) -> Self {
        let (mut marks, mut at) = (0, 0);
        while at < names.len() {
            marks |= bit(mark(names[at].as_bytes()));
            at += 1;
        }
        Self { names, marks }
    }

    fn have(&self, mark: u32, name: &[u8]) -> bool {
        self.marks & bit(mark) != 0 && self.names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
    }
}

/// Names by which a header block is known as one, though it be broken.
static KNOWN: Names = Names::of(&[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "reply-to",
    "sender",
    "in-reply-to",
    "references",
    "bcc",
    "delivered-to",
    "dkim-signature",
    "auto-submitted",
    "precedence",
    "list-id",
    "authentication-results",
    "resent-from",
    "user-agent",
    "content-language",
]);

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Fields {
    /// Reads the block that begins at `start`; its fields, and where the body begins. It ends with a blank line, at a
    /// line that `is_end` (a boundary), or where a line is no field: then the blank line was forgotten.
    pub(super) fn read(raw: &[u8], within: Range<usize>, is_end: impl Fn(&[u8]) -> bool) -> (Self, usize) {
        let mut found = Self { fields: Vec::with_capacity(16), marks: 0 };
        // Some programs put the mark of UTF-8 before everything.
        let mut at = within.start + if raw[within.clone()].starts_with(BYTE_ORDER_MARK) { 3 } else { 0 };
        while at < within.end {
            let next = line_end(raw, at, within.end);
            let line = &raw[at..next];
            let has_blanks = line.starts_with(b" ") || line.starts_with(b"\t");
            if is_blank(line) && !(has_blanks && goes_on(raw, next, within.end)) {
                return (found, next);
            }
            if is_end(line) {
                return (found, at);
            }
            match (name_of(line), found.fields.last_mut()) {
                (_, Some(field)) if has_blanks => field.value.end = next,
                (Some((name, colon)), _) => {
                    if found.fields.len() < MOST_FIELDS {
                        let (mark, name) = (mark(name), at..at + name.len());
                        found.fields.push(Field { mark, name, value: at + colon + 1..next });
                        found.marks |= bit(mark);
                    }
                }
                // The name got lost.
                (None, Some(_)) if line.starts_with(b":") => {}
                // mbox's line, and what a list or a transport put before the first field.
                (None, None) if line.starts_with(b"From ") || line.starts_with(b">From ") => {}
                (None, None) if line.starts_with(b"----") && goes_on(raw, next, within.end) => {}
                (None, Some(field)) if goes_on(raw, next, within.end) => field.value.end = next,
                _ => return (found, at),
            }
            at = next;
        }
        (found, within.end)
    }

    /// Whether any of them is a field that letters have.
    pub(super) fn are_known(&self, raw: &[u8]) -> bool {
        self.iter(raw).any(|(name, _)| is_known(name) || name.get(..2).is_some_and(|x| x.eq_ignore_ascii_case(b"x-")))
    }

    /// Whether they have what no letter is without: a sender, and a subject or a date.
    pub(super) fn are_of_a_letter(&self, raw: &[u8]) -> bool {
        let has = |name: &str| self.raw(raw, name).is_some();
        has("from") && (has("subject") || has("date"))
    }

    /// Adds the fields of a further block.
    pub(super) fn extend(&mut self, more: Self) {
        self.fields.extend(more.fields);
        self.marks |= more.marks;
    }

    /// Names and raw values, as they are written.
    pub(super) fn iter<'a>(&self, raw: &'a [u8]) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.fields.iter().map(|field| (&raw[field.name.clone()], &raw[field.value.clone()]))
    }

    /// The raw value of the first field of that (lower-case) name.
    #[inline]
    pub(super) fn raw<'a>(&self, raw: &'a [u8], name: &str) -> Option<&'a [u8]> {
        if self.marks & bit(mark(name.as_bytes())) == 0 { None } else { self.all(raw, name).next() }
    }

    /// The raw values of the fields that have one of these names.
    pub(super) fn of<'a>(&self, raw: &'a [u8], names: &Names) -> impl Iterator<Item = &'a [u8]> {
        let named = self.fields.iter().filter(|field| names.have(field.mark, &raw[field.name.clone()]));
        named.map(|field| &raw[field.value.clone()])
    }

    /// The raw values of all fields of that name, in their order.
    pub(super) fn all<'a>(&self, raw: &'a [u8], name: &str) -> impl Iterator<Item = &'a [u8]> {
        let mark = mark(name.as_bytes());
        let alike = self.fields.iter().filter(move |field| field.mark == mark);
        let named = alike.filter(move |field| raw[field.name.clone()].eq_ignore_ascii_case(name.as_bytes()));
        named.map(|field| &raw[field.value.clone()])
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// Where the line ends that begins at `at`, its end of line included.
pub(super) fn line_end(raw: &[u8], at: usize, end: usize) -> usize {
    memchr::memchr(b'\n', &raw[at..end]).map_or(end, |length| at + length + 1)
}

/// `Name:` at the beginning of a line, and where its colon stands.
fn name_of(line: &[u8]) -> Option<(&[u8], usize)> {
    let line = &line[..line.len().min(LONGEST_NAME)];
    let end = line.iter().position(|byte| *byte == b':' || !byte.is_ascii_graphic()).filter(|end| *end > 0)?;
    let blanks = line[end..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    (line.get(end + blanks) == Some(&b':')).then_some((&line[..end], end + blanks))
}

fn is_known(name: &[u8]) -> bool {
    KNOWN.have(mark(name), name)
}

/// Whether known fields follow before a blank line: then the line before was a broken continuation.
fn goes_on(raw: &[u8], mut at: usize, end: usize) -> bool {
    for _ in 0..20 {
        if at >= end {
            return false;
        }
        let next = line_end(raw, at, end);
        let line = &raw[at..next];
        if is_blank(line) {
            return false;
        }
        if name_of(line).is_some_and(|(name, _)| is_known(name)) {
            return true;
        }
        at = next;
    }
    false
}
