//! A letter's text in lines, and what its client's marks say of them.

/// Where a line comes from, by the marks that clients put into HTML; plain text has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Origin {
    /// Written now, as far as the marks tell.
    #[default]
    New,
    /// From a letter that is answered.
    Quoted,
    /// Set in as quotations are, without a client's mark on it: from a letter that is answered, or from a law.
    SetIn,
    /// The writer's signature.
    Signature,
}

/// Signs without which a line of ASCII is neither quoted nor a caption, a header or a frame, as most are not.
pub(super) const COLON: u8 = 1;
pub(super) const AT: u8 = 2;
/// `>`, and `&` that may be one.
pub(super) const ANGLE: u8 = 4;
/// What frames are drawn with.
pub(super) const STROKE: u8 = 8;
pub(super) const DIGIT: u8 = 16;
pub(super) const BEYOND_ASCII: u8 = 32;
/// The first byte of full-width forms, the colon among them.
pub(super) const FULL_WIDTH: u8 = 64;

static SIGNS: [u8; 256] = signs();

const fn signs() -> [u8; 256] {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        signs[byte] = match byte as u8 {
            b':' => COLON,
            b'@' => AT,
            b'>' | b'&' => ANGLE,
            b'-' | b'_' | b'=' => STROKE,
            b'0'..=b'9' => DIGIT,
            0xef => BEYOND_ASCII | FULL_WIDTH,
            0x80.. => BEYOND_ASCII,
            _ => 0,
        };
        byte += 1;
    }
    signs
}

/// A line of a letter's text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The words.
    pub(super) text: &'a str,
    pub(super) origin: Origin,
    signs: u8,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str, origin: Origin) -> Self {
        Self { text, origin, signs: text.bytes().fold(0, |signs, byte| signs | SIGNS[usize::from(byte)]) }
    }

    /// Whether the line has any of these signs.
    pub(super) fn has(&self, signs: u8) -> bool {
        self.signs & signs != 0
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    pub(super) fn is_quote(&self) -> bool {
        if !self.has(ANGLE | BEYOND_ASCII) {
            return self.origin == Origin::Quoted;
        }
        let text = self.text.trim_start();
        let is_marked = match text.as_bytes().first() {
            // `>>> here <<<` is an advertisement.
            Some(b'>') => !text.trim_end().ends_with("<<"),
            _ => text.starts_with('＞') || text.starts_with("&gt;"),
        };
        is_marked || self.origin == Origin::Quoted
    }
}

/// The text of a letter, or of a part of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text {
    /// The lines, divided by `\n`.
    words: String,
    /// Where the lines come from; those that have no origin here are new.
    origins: Vec<Origin>,
}

impl Text {
    /// Text without marks.
    pub(super) fn plain(mut words: String) -> Self {
        if words.ends_with('\n') {
            words.pop();
        }
        Self { words, origins: Vec::new() }
    }

    /// Text of lines that have no ends.
    pub(super) fn of<'a>(lines: impl Iterator<Item = Line<'a>>) -> Self {
        let mut text = Self::default();
        for line in lines {
            if !text.origins.is_empty() {
                text.words.push('\n');
            }
            text.words.push_str(line.text);
            text.origins.push(line.origin);
        }
        text
    }

    /// The lines, divided by `\n`.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    pub(super) fn into_words(self) -> String {
        self.words
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let origins = self.origins.iter().copied().chain(std::iter::repeat(Origin::New));
        let ends = memchr::memchr_iter(b'\n', self.words.as_bytes()).chain([self.words.len()]);
        let mut start = 0;
        let texts = ends.map(move |end| &self.words[std::mem::replace(&mut start, end + 1)..end]);
        texts.zip(origins).map(|(text, origin)| Line::new(text, origin))
    }

    pub(super) fn is_blank(&self) -> bool {
        self.words.chars().all(char::is_whitespace)
    }

    /// Not more than so many bytes.
    pub(super) fn shorten(&mut self, most: usize) {
        let end = (0..=most.min(self.words.len())).rev().find(|end| self.words.is_char_boundary(*end)).unwrap_or(0);
        self.words.truncate(end);
    }

    /// Adds lines behind an empty one.
    pub(super) fn add_apart(&mut self, more: Self) {
        let last = self.words.rsplit('\n').next().unwrap_or_default();
        let between = if last.trim().is_empty() { "\n" } else { "\n\n" };
        self.add_behind(between, more);
    }

    /// Adds lines.
    pub(super) fn add(&mut self, more: Self) {
        self.add_behind("\n", more);
    }

    fn add_behind(&mut self, between: &str, more: Self) {
        if self.words.is_empty() {
            *self = more;
            return;
        }
        if more.words.is_empty() {
            return;
        }
        self.words.push_str(between);
        if !(self.origins.is_empty() && more.origins.is_empty()) {
            let count = self.words.matches('\n').count();
            self.origins.resize(count, Origin::New);
            self.origins.extend(more.origins);
        }
        self.words.push_str(&more.words);
    }

    /// Takes away the empty lines around, and the blanks at the end.
    pub(super) fn trim(&mut self) {
        self.words.truncate(self.words.trim_end().len());
        let blanks = self.words.len() - self.words.trim_start().len();
        if let Some(end) = self.words[..blanks].rfind('\n') {
            let lines = self.words.drain(..=end).filter(|character| *character == '\n').count();
            self.origins.drain(..lines.min(self.origins.len()));
        }
    }
}
