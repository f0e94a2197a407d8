//! What was typed, as Markdown that means it. Marks that people use for other things (`*1`, `5*4*3`, `_file_`, `>=10`,
//! `&copy;`, `C:\new`) are no marks here, so that no character of theirs goes missing.

/// How many blanks a tab is as wide as.
const TAB: usize = 4;

/// The text with all that is not meant as a mark made to stand for itself.
pub(super) fn meant(text: &str) -> String {
    let mut reader = Reader::default();
    text.split('\n').map(|line| reader.line(line)).collect::<Vec<_>>().join("\n")
}

/// What the lines before tell of one.
#[derive(Default)]
struct Reader {
    in_code: bool,
    in_quote: bool,
    in_list: bool,
}

impl Reader {
    fn line(&mut self, line: &str) -> String {
        let words = line.trim();
        let quotes = self.quotes(words);
        let was_in_quote = std::mem::replace(&mut self.in_quote, quotes);
        let is_fence = words.starts_with("```");
        self.in_code ^= is_fence;
        if self.in_code || is_fence {
            return line.to_owned();
        }
        if words.is_empty() {
            return String::new();
        }
        let (marks, rest) = line.split_at(if self.in_quote { length_of_quote_marks(line) } else { 0 });
        let rest = self.without_marks(rest);
        // An answer below a quoted line does not go on with the quotation; `----` below a sentence is a rule.
        let is_apart = (was_in_quote && !self.in_quote) || is_rule(words);
        format!("{}{marks}{rest}", if is_apart { "\n" } else { "" })
    }

    /// `>=10` compares; below a quoted line it is one as well.
    fn quotes(&self, words: &str) -> bool {
        let Some(rest) = words.strip_prefix('>') else { return false };
        self.in_quote || !rest.starts_with(|c: char| c == '=' || c.is_ascii_digit())
    }

    fn without_marks(&mut self, line: &str) -> String {
        let words = line.trim_start_matches([' ', '\t']);
        let blanks = &line[..line.len() - words.len()];
        let marker = length_of_marker(words);
        self.in_list = marker > 0 || (self.in_list && !blanks.is_empty());
        let columns: usize = blanks.chars().map(|blank| if blank == '\t' { TAB } else { 1 }).sum();
        let indent = match columns {
            TAB.. if !self.in_list => "\u{a0}".repeat(columns),
            _ => blanks.to_owned(),
        };
        if is_rule(words) {
            return format!("{indent}{words}");
        }
        let (marker, words) = words.split_at(marker);
        let escaped = if needs_a_backslash(words) { "\\" } else { "" };
        match date(words) {
            Some((year, rest)) => format!("{indent}{marker}{year}\\{}", inline(rest)),
            None => format!("{indent}{marker}{escaped}{}", inline(words)),
        }
    }
}

/// A line of nothing but three or more of one sign, which divides.
fn is_rule(words: &str) -> bool {
    let is_of = |sign: char| words.chars().all(|c| c == sign || c == ' ') && words.matches(sign).count() > 2;
    is_of('-') || is_of('*')
}

fn length_of_quote_marks(line: &str) -> usize {
    line.len() - line.trim_start_matches(['>', ' ', '\t']).len()
}

/// `- `, `* `, `12. `: the mark of an entry of a list.
fn length_of_marker(words: &str) -> usize {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let sign = match digits {
        0 => words.strip_prefix(['-', '*', '+']),
        1 | 2 => words[digits..].strip_prefix(['.', ')']),
        _ => None,
    };
    sign.filter(|rest| rest.starts_with(' ')).map_or(0, |rest| words.len() - rest.len())
}

/// `2026. 11. 25` is a date in Korean, no list that begins with its 2026th entry.
fn date(words: &str) -> Option<(&str, &str)> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 2 && words[digits..].starts_with(['.', ')'])).then(|| words.split_at(digits))
}

/// A comparison, the `--` above a signature, which makes no table of the line above it, and `[1]: …`, a note whose line
/// would be taken for where a link leads.
fn needs_a_backslash(words: &str) -> bool {
    let is_note = words.starts_with('[') && words.contains("]:");
    words.starts_with('>') || words.trim_end() == "--" || is_note
}

/// The words of a line. Of all marks within a line only stars emphasise.
fn inline(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let (mut rest, mut before, mut closing) = (words, ' ', None);
    // Lengths of marks that nothing further on the line closes: it is not looked through again for them.
    let mut unclosed = [false; LONGEST_EMPHASIS + 1];
    while let Some(sign) = rest.chars().next() {
        let length = run(rest, sign);
        let (marks, behind) = rest.split_at(length);
        match sign {
            '`' | '<' if let Some(end) = end_of_code_or_address(rest, length) => {
                out.push_str(&rest[..end]);
                rest = &rest[end..];
                before = '`';
                continue;
            }
            '*' if closing == Some(behind.len()) => {
                closing = None;
                out.push_str(marks);
            }
            '*' if closing.is_none() && opens(length, before, behind) && !unclosed[length] => {
                closing = closing_behind(length, behind);
                unclosed[length] = closing.is_none();
                let escape = if closing.is_none() { "\\" } else { "" };
                marks.chars().for_each(|mark| out.extend(escape.chars().chain([mark])));
            }
            '*' | '_' | '&' | '\\' => marks.chars().for_each(|mark| out.extend(['\\', mark])),
            _ => out.push_str(marks),
        }
        before = sign;
        rest = behind;
    }
    out
}

/// How many bytes the same sign goes on.
fn run(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

/// The longest address in angle brackets, in bytes.
const LONGEST_ADDRESS: usize = 2000;

/// Where code in backticks ends, or an address in angle brackets; in neither does a backslash do anything.
fn end_of_code_or_address(text: &str, length: usize) -> Option<usize> {
    if text.starts_with('<') {
        let end = text.bytes().take(LONGEST_ADDRESS).position(|byte| matches!(byte, b'>' | b' '))?;
        return (text[..end].contains([':', '@']) && text[end..].starts_with('>')).then_some(end + 1);
    }
    let mut from = length;
    while let Some(at) = text[from..].find('`').map(|at| from + at) {
        let closing = run(&text[at..], '`');
        if closing == length {
            return Some(at + closing);
        }
        from = at + closing;
    }
    None
}

/// Whether stars may begin an emphasis. One stands at the beginning of a word, and before no digit, where it marks a
/// footnote; two may stand in a sentence without blanks.
fn opens(length: usize, before: char, behind: &str) -> bool {
    let Some(after) = behind.chars().next().filter(|after| !after.is_whitespace()) else { return false };
    match length {
        1 => !before.is_alphanumeric() && !after.is_ascii_digit(),
        2..=LONGEST_EMPHASIS => !before.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// The most stars that emphasise: with three, words are both slanted and bold.
const LONGEST_EMPHASIS: usize = 3;

/// Where on its line the emphasis ends that begins here: how many bytes are left behind it.
fn closing_behind(length: usize, inside: &str) -> Option<usize> {
    let (mut rest, mut before) = (inside, ' ');
    while let Some(sign) = rest.chars().next() {
        let marks = run(rest, sign);
        let behind = &rest[marks..];
        let after = behind.chars().next().unwrap_or(' ');
        let ends_a_word = if length == 1 { !after.is_alphanumeric() } else { !after.is_ascii_alphanumeric() };
        if sign == '*' && marks == length && !before.is_whitespace() && ends_a_word && rest.len() < inside.len() {
            return Some(behind.len());
        }
        before = sign;
        rest = behind;
    }
    None
}
