//! The new part of an answer, apart from quoted history and signature.
//!
//! What is not surely quoted stays; the page folds what is cut here, and nothing is thrown away. Each line of the result
//! is a line of the text, in its order: answers between quoted lines are all in it.

mod caption;
mod heading;
mod signature;

use caption::{Caption, caption, is_divider};

/// A line of a letter's text, and what its client's marks say of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The words.
    pub text: String,
    /// Where they come from.
    pub origin: Origin,
}

/// Where a line comes from, by the marks that clients put into HTML; plain text has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// Written now, as far as the marks tell.
    #[default]
    New,
    /// From a letter that is answered.
    Quoted,
    /// The writer's signature.
    Signature,
}

impl Line {
    /// A line of plain text.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), origin: Origin::New }
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn is_quote(&self) -> bool {
        let text = self.text.trim_start();
        // `>>> here <<<` is an advertisement.
        self.origin == Origin::Quoted
            || (text.starts_with('>') && !text.trim_end().ends_with("<<"))
            || text.starts_with('＞')
            || text.starts_with("&gt;")
    }
}

/// The text less quoted history and signature.
#[must_use]
pub fn new_part(lines: &[Line]) -> String {
    let mut kept = without_history(lines);
    signature::cut(&mut kept);
    let first = kept.iter().position(|line| !line.is_blank());
    let kept = first.map_or_else(|| lines.iter().collect(), |first| kept.split_off(first));
    kept.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn without_history(lines: &[Line]) -> Vec<&Line> {
    let mut kept: Vec<&Line> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        // Where quoted lines went, the blank ones around them are one.
        let follows_a_cut = at > 0 && kept.last().is_some_and(|last| !std::ptr::eq(*last, &lines[at - 1]));
        if line.is_blank() && follows_a_cut && kept.last().is_some_and(|last| last.is_blank()) {
            at += 1;
            continue;
        }
        if line.is_quote() {
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

/// The next line that is not blank.
fn first_behind(lines: &[Line], from: usize) -> Option<usize> {
    lines.iter().skip(from).position(|line| !line.is_blank()).map(|at| from + at)
}

/// Whether all below is history: by a divider, or by the block of headers that Outlook writes. How many lines it has.
fn history_begins(lines: &[Line], at: usize) -> Option<usize> {
    let text = lines[at].text.trim();
    if is_divider(text) {
        let next = first_behind(lines, at + 1);
        let block = next.and_then(|next| Some(next + heading::block(lines, next)? - at));
        return Some(block.unwrap_or(1));
    }
    if let Some(length) = heading::block(lines, at) {
        return Some(length);
    }
    // Outlook's line above its block, or words.
    let next = first_behind(lines, at + 1).filter(|next| next - at <= 2)?;
    let block = heading::block(lines, next)?;
    let is_rule = text.len() >= 10 && (text.bytes().all(|byte| byte == b'_') || text.bytes().all(|byte| byte == b'-'));
    (is_rule || caption::is_bare_divider(text)).then_some(next + block - at)
}

#[cfg(test)]
mod tests;
