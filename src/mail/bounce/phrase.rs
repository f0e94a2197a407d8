//! Bounces in prose. Most bounces have no part that a machine can read.

use super::reasons::REASONS;
use super::words::{DELAYS, FAILURES, OPENINGS, RETURNED, SUBJECTS, SUCCESSES};
use super::{Evidence, recipient, statuses};
use crate::domain::enquiry::{BounceReport, Permanence};

/// How much of a report is read.
const LONGEST: usize = 16 * 1024;

pub(super) fn is_subject_of_bounce(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    let is_answer = ["re:", "fw:", "fwd:", "転送:", "返信:"].iter().any(|prefix| subject.starts_with(prefix));
    !is_answer && SUBJECTS.iter().any(|word| subject.contains(word))
}

/// Whether a receipt says that the letter was refused.
pub(super) fn is_refusal(text: &str) -> bool {
    text.to_lowercase().contains("was automatically rejected")
}

/// What a report in prose says.
pub(super) fn read(evidence: &Evidence<'_>) -> Option<BounceReport> {
    let report = own_words(evidence.text);
    let lower = report.to_lowercase().replace('\u{2019}', "'");
    // Words are broken over lines anywhere.
    let folded = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    // `User <a@b.example> unknown`, without whom.
    let nameless = folded.split(' ').filter(|word| !word.contains('@')).collect::<Vec<_>>().join(" ");
    let both = format!("{folded}\n{nameless}");
    let has = |list: &[&str]| list.iter().any(|phrase| folded.contains(phrase));
    if has(SUCCESSES) && !has(FAILURES) {
        return None;
    }
    let is_delay = has(DELAYS) || evidence.subject.to_lowercase().contains("delay");
    let reason = REASONS.iter().find(|(phrase, ..)| both.contains(phrase));
    let said = said_status(&lower);
    let fails = has(FAILURES) || is_subject_of_bounce(evidence.subject) || evidence.failed.is_some();
    let is_unsigned = evidence.is_path_empty && evidence.from.0.is_empty();
    let is_surely_one = said.is_some() || is_unsigned || super::is_daemon(evidence.from);
    if !(is_delay || fails || (reason.is_some() && is_surely_one)) {
        return None;
    }
    let usual = reason.filter(|_| !is_delay).map(|(_, status, permanence)| (*status, *permanence));
    let (status, permanence) = match (said, usual) {
        (Some(status), usual) => {
            let by_class = if status.starts_with('4') || is_delay { Permanence::Soft } else { Permanence::Hard };
            let is_same = usual.is_some_and(|(usual, _)| usual == status);
            (status, usual.filter(|_| is_same).map_or(by_class, |(_, permanence)| permanence))
        }
        (None, Some((status, permanence))) => (status.to_owned(), permanence),
        (None, None) if is_delay => ("4.0.0".to_owned(), Permanence::Soft),
        (None, None) => ("5.0.0".to_owned(), Permanence::Hard),
    };
    let recipient = recipient::find(evidence, &report)?;
    Some(BounceReport { recipient, status, permanence })
}

/// Whether a report begins in this text.
pub(super) fn begins(text: &str) -> bool {
    let start = text.char_indices().nth(400).map_or(text, |(end, _)| &text[..end]);
    let folded = start.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    OPENINGS.iter().any(|opening| folded.contains(opening))
}

/// The report without the letter that it returns.
fn own_words(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if out.len() > LONGEST || (!out.trim().is_empty() && is_marker(line)) {
            break;
        }
        let end = line.char_indices().nth(2000).map_or(line.len(), |(at, _)| at);
        out.push_str(&line[..end]);
        out.push('\n');
    }
    out
}

/// The lines of the letter that the text of a report returns.
pub(super) fn returned_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().skip_while(|line| !is_marker(line)).take(200)
}

/// Whether the letter that is returned begins at a line.
fn is_marker(line: &str) -> bool {
    const FRAME: [char; 5] = ['|', '-', ' ', '=', '_'];
    let lower = line.trim().get(..80).unwrap_or(line.trim()).to_lowercase();
    let bare = lower.trim_start_matches(FRAME);
    RETURNED.iter().any(|marker| lower.starts_with(marker) || bare.starts_with(marker.trim_start_matches(FRAME)))
}

/// The status that the report names, the most telling first: x.0.0 says nothing.
fn said_status(lower: &str) -> Option<String> {
    let found: Vec<&str> = statuses(lower).collect();
    found.iter().find(|status| !status.ends_with(".0.0")).or(found.first()).map(|status| (*status).to_owned())
}
