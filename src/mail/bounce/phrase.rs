//! Bounces in prose. Most bounces have no part that a machine can read.

use std::sync::LazyLock;

use super::reasons::REASONS;
use super::words::{DELAYS, FAILURES, OPENINGS, RETURNED, SUBJECTS, SUCCESSES};
use super::{Evidence, recipient, statuses};
use crate::domain::enquiry::{BounceReport, Permanence};
use crate::mail::phrases::Phrases;
use crate::mail::subject::is_answer;

/// How much of a report is read.
const LONGEST: usize = 16 * 1024;

static OF_BOUNCES: LazyLock<Phrases> = LazyLock::new(|| all(SUBJECTS));
static OF_DELAYS: LazyLock<Phrases> = LazyLock::new(|| all(DELAYS));
static OF_SUCCESSES: LazyLock<Phrases> = LazyLock::new(|| all(SUCCESSES));
static OF_FAILURES: LazyLock<Phrases> = LazyLock::new(|| all(FAILURES));
static OF_OPENINGS: LazyLock<Phrases> = LazyLock::new(|| all(OPENINGS));
static OF_REASONS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(REASONS.iter().map(|(phrase, ..)| *phrase)));

fn all(phrases: &[&'static str]) -> Phrases {
    Phrases::of(phrases.iter().copied())
}

pub(super) fn is_subject_of_bounce(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    !is_answer(&subject) && OF_BOUNCES.any_in(&subject)
}

/// Whether a receipt says that the letter was refused.
pub(super) fn is_refusal(text: &str) -> bool {
    text.to_lowercase().contains("was automatically rejected")
}

/// What a report in prose says.
pub(super) fn read(evidence: &Evidence<'_>) -> Option<BounceReport> {
    let report = own_words(evidence.text);
    let whole = Cause::of(&report);
    let says_failure = OF_FAILURES.any_in(&whole.folded);
    if !says_failure && OF_SUCCESSES.any_in(&whole.folded) {
        return None;
    }
    let is_delay = OF_DELAYS.any_in(&whole.folded) || evidence.subject.to_lowercase().contains("delay");
    let fails = says_failure || is_subject_of_bounce(evidence.subject) || evidence.failed.is_some();
    let is_unsigned = evidence.is_path_empty && evidence.from.0.is_empty();
    let is_surely_one = whole.said.is_some() || is_unsigned || super::is_daemon(evidence.from);
    if !(is_delay || fails || (whole.reason.is_some() && is_surely_one)) {
        return None;
    }
    let recipient = recipient::find(evidence, &report).unwrap_or_default();
    // Of several that failed each for its own reason, that of the one who is named.
    let own = recipient::lines_about(&report, &recipient).map(|lines| Cause::of(&lines));
    let cause = own.filter(|own| own.said.is_some() || own.reason.is_some()).unwrap_or(whole);
    let (status, permanence) = cause.judged(is_delay);
    Some(BounceReport { recipient, status, permanence })
}

/// Why a letter did not arrive, by words of a report.
struct Cause {
    /// The words in lower case with one blank between them: lines are broken anywhere.
    folded: String,
    /// The status that they name.
    said: Option<String>,
    /// The reason that they give.
    reason: Option<(&'static str, Permanence)>,
}

impl Cause {
    fn of(words: &str) -> Self {
        let mut folded = joined(words.to_lowercase().split_whitespace());
        if folded.contains('\u{2019}') {
            folded = folded.replace('\u{2019}', "'");
        }
        // `User <a@b.example> unknown`, without whom.
        let nameless = joined(folded.split(' ').filter(|word| memchr::memchr(b'@', word.as_bytes()).is_none()));
        let reasons = [OF_REASONS.first_in(&folded), OF_REASONS.first_in(&nameless)];
        let reason = reasons.into_iter().flatten().min().map(|number| (REASONS[number].1, REASONS[number].2));
        Self { said: said_status(&folded), reason, folded }
    }

    /// The status, and whether a later letter may arrive.
    fn judged(self, is_delay: bool) -> (String, Permanence) {
        let usual = self.reason.filter(|_| !is_delay);
        match (self.said, usual) {
            (Some(status), Some((usual, permanence))) if usual == status => (status, permanence),
            (Some(status), _) if is_delay => (status, Permanence::Delayed),
            (Some(status), _) if status.starts_with('4') => (status, Permanence::Soft),
            (Some(status), _) => (status, Permanence::Hard),
            (None, Some((status, permanence))) => (status.to_owned(), permanence),
            (None, None) if is_delay => ("4.0.0".to_owned(), Permanence::Delayed),
            (None, None) => ("5.0.0".to_owned(), Permanence::Hard),
        }
    }
}

/// The status of the reason that a server gives.
pub(super) fn usual_status(diagnostic: &str) -> Option<&'static str> {
    OF_REASONS.first_in(&joined(diagnostic.to_lowercase().split_whitespace())).map(|number| REASONS[number].1)
}

/// Whether a report begins in this text.
pub(super) fn begins(text: &str) -> bool {
    let start = text.char_indices().nth(400).map_or(text, |(end, _)| &text[..end]);
    OF_OPENINGS.any_in(&joined(start.to_lowercase().split_whitespace()))
}

/// Words with one blank between them.
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::with_capacity(512);
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
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
    let bare = line.trim_start().trim_start_matches(FRAME).as_bytes();
    RETURNED
        .iter()
        .any(|marker| bare.get(..marker.len()).is_some_and(|start| start.eq_ignore_ascii_case(marker.as_bytes())))
}

/// The status that the report names: where a server's answer stands rather than anywhere, and the most telling first,
/// for x.0.0 says nothing.
fn said_status(lower: &str) -> Option<String> {
    let is_refused =
        || lower.split(|c: char| !c.is_ascii_digit()).any(|word| word.len() == 3 && word.starts_with("55"));
    let (answered, mentioned): (Vec<_>, Vec<_>) =
        statuses(lower).filter(|(before, _)| !is_version(before)).partition(|(before, _)| is_answer_of_server(before));
    let mentioned = mentioned.into_iter().filter(|(_, status)| !(status.starts_with('4') && is_refused()));
    let found: Vec<&str> = answered.into_iter().chain(mentioned).map(|(_, status)| status).collect();
    found.iter().find(|status| !status.ends_with(".0.0")).or(found.first()).map(|status| (*status).to_owned())
}

/// Whether a number behind these words is that of a program's version.
fn is_version(before: &str) -> bool {
    let word = before.trim_end_matches([' ', ':', '(']);
    before.ends_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        || ["version", "ver.", "build", "engine", "release"].iter().any(|name| word.ends_with(name))
}

/// Whether a status behind these words belongs to a server's answer: `550 5.1.1`, `550-5.1.1`, `#5.1.1`, `Status: 5.1.1`.
fn is_answer_of_server(before: &str) -> bool {
    let words = before.trim_end_matches([' ', '-', '(', '=', ':']);
    let code = words.as_bytes().rsplit(|byte| !byte.is_ascii_digit()).next().unwrap_or_default();
    before.ends_with('#') || words.ends_with("status") || (code.len() == 3 && matches!(code[0], b'4' | b'5'))
}
