//! The new part of an answer, apart from quoted history and signature.
//!
//! What is not surely quoted stays; the page folds what is cut here, and nothing is thrown away. Each line of the result
//! is a line of the text, in its order: answers between quoted lines are all in it.

mod caption;
mod device;
mod frame;
mod heading;
mod pointer;
mod signature;
mod telling;
mod within;

use caption::{Caption, caption, is_divider};
pub use within::hides_an_answer;

use crate::mail::text::{BEYOND_ASCII, COLON, Line, Origin, STROKE, Text};

/// The text less quoted history and signature.
#[must_use]
pub(super) fn new_part(text: &Text) -> String {
    let mut lines: Vec<Line<'_>> = text.lines().collect();
    if sets_in_a_letter(&lines) {
        lines.iter_mut().filter(|line| line.origin == Origin::SetIn).for_each(|line| line.origin = Origin::Quoted);
    }
    let mut kept = without_history(&lines);
    signature::disarm(&mut kept);
    signature::cut(&mut kept);
    // Who only hands a letter on, or sends one from a telephone without a word, says what it says.
    let says = |line: &&Line<'_>| !line.is_blank() && !device::is_of_a_device(line.text);
    if !kept.iter().any(says) {
        return text.words().to_owned();
    }
    let first = kept.iter().position(|line| !line.is_blank()).unwrap_or_default();
    // Who points to answers further down has written among what is quoted; who hands a letter on has not.
    if kept.len() < lines.len()
        && pointer::points_below(&kept[first..])
        && !lines.iter().any(|line| caption::hands_on(line.text))
    {
        return text.words().to_owned();
    }
    let mut out = String::with_capacity(text.words().len());
    for line in &kept[first..] {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line.text);
    }
    out
}

fn without_history<'a>(lines: &'a [Line<'a>]) -> Vec<&'a Line<'a>> {
    let mut kept: Vec<&Line<'_>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        // Where quoted lines went, the blank ones around them are one.
        let follows_a_cut = at > 0 && kept.last().is_some_and(|last| !std::ptr::eq(*last, &lines[at - 1]));
        if line.is_blank() && follows_a_cut && kept.last().is_some_and(|last| last.is_blank()) {
            at += 1;
            continue;
        }
        if line.is_quote() && !compares(lines, at) {
            at += 1;
            continue;
        }
        if let Some(length) = history_begins(lines, at) {
            // Quoted lines below it have a mark each; otherwise all that follows is history.
            match first_behind(lines, at + length) {
                Some(next) if lines[next].is_quote() => {
                    at = next;
                    continue;
                }
                _ => break,
            }
        }
        match caption(lines, at) {
            Some(Caption { length, is_sure }) => match first_behind(lines, at + length) {
                Some(next) if lines[next].is_quote() => at += length,
                _ if is_sure => break,
                _ => {
                    kept.push(line);
                    at += 1;
                }
            },
            None => {
                if line.origin != Origin::Signature {
                    kept.push(line);
                }
                at += 1;
            }
        }
    }
    kept
}

/// Whether a line says that something is more than a number, `>100`, and no line beside it is quoted.
fn compares(lines: &[Line<'_>], at: usize) -> bool {
    let is_number = |line: &Line<'_>| {
        let behind = line.text.trim_start().strip_prefix(['>', '＞']);
        line.origin == Origin::New && behind.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_quoted = |line: Option<&Line<'_>>| line.is_some_and(Line::is_quote);
    let before = at.checked_sub(1).and_then(|before| lines.get(before));
    let follows_words = before.is_some_and(|line| !line.is_blank());
    is_number(&lines[at]) && follows_words && !is_quoted(before) && !is_quoted(lines.get(at + 1))
}

/// Whether what is set in is a letter: something that only stands at the head of one stands above it, or begins it; or
/// somebody answers between its pieces.
fn sets_in_a_letter(lines: &[Line<'_>]) -> bool {
    let is_set_in = |at: usize| lines[at].origin == Origin::SetIn;
    let begins = |at: &usize| is_set_in(*at) && (*at == 0 || !is_set_in(*at - 1));
    if (0..lines.len()).filter(begins).count() > 1 {
        return true;
    }
    (0..lines.len()).filter(begins).any(|start| {
        let Some(first) = first_behind(lines, start) else { return false };
        (first.saturating_sub(MOST_ABOVE)..=first).any(|at| {
            let length = history_begins(lines, at).or_else(|| Some(caption(lines, at)?.length));
            length.is_some_and(|length| at == first || first_behind(lines, at + length) == Some(first))
        })
    })
}

/// How many lines above a quotation the head of a letter may begin.
const MOST_ABOVE: usize = 12;

/// Whether a line goes on with a sentence that began above it: by a particle, or a small letter.
fn goes_on(line: &str) -> bool {
    line.trim_start().starts_with(|c: char| c.is_ascii_lowercase() || "とがをはにのでも".contains(c))
        && line.trim_end().ends_with(['。', '？', '?', '.', '！', '!'])
}

/// The next line that is not blank.
fn first_behind(lines: &[Line<'_>], from: usize) -> Option<usize> {
    lines.iter().skip(from).position(|line| !line.is_blank()).map(|at| from + at)
}

/// Whether all below is history: by a divider, or by the block of headers that Outlook writes. How many lines it has.
fn history_begins(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let text = lines[at].text.trim();
    if lines[at].has(STROKE | COLON | BEYOND_ASCII) && is_divider(text) {
        let next = first_behind(lines, at + 1);
        if next == Some(at + 1) && goes_on(lines[at + 1].text) {
            return None;
        }
        let block = next.and_then(|next| Some(next + heading::block(lines, next)? - at));
        return Some(block.unwrap_or(1));
    }
    if let Some(length) = heading::block(lines, at) {
        return Some(length);
    }
    // Outlook's line above its block, or words.
    let next = first_behind(lines, at + 1).filter(|next| next - at <= 2)?;
    let block = heading::block(lines, next)?;
    let is_of = |sign: u8| text.bytes().all(|byte| byte == sign);
    let is_rule = text.len() >= 10 && (is_of(b'_') || is_of(b'-'));
    (is_rule || caption::is_bare_divider(text)).then_some(next + block - at)
}

#[cfg(test)]
mod tests;
