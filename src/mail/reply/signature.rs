//! Signatures: behind `-- ` (RFC 3676, 4.3), in frames, and the lines of telephones.

use std::sync::LazyLock;

use super::device::is_of_a_device;
use super::frame;
use super::telling::{has_contacts, is_japanese_sentence, is_sentence};
use crate::mail::phrases::Phrases;
use crate::mail::text::Line;

/// The most lines of a signature.
pub(super) const LONGEST: usize = 20;

/// Cuts the signature off.
pub(super) fn cut(lines: &mut Vec<&Line<'_>>) {
    trim(lines);
    if let Some(at) = delimiter(lines).filter(|at| !goes_on(&lines[*at..]) && !says_more_later(&lines[*at..])) {
        lines.truncate(at);
        trim(lines);
    }
    if let Some(at) = frame::begins(lines).filter(|at| !goes_on(&lines[*at..])) {
        lines.truncate(at);
        trim(lines);
    }
    if let [_, .., last] = lines[..]
        && is_of_a_device(last.text)
    {
        lines.pop();
        trim(lines);
    }
}

/// Takes away what PGP puts around a text that it signs (RFC 9580, 7): head and signature.
pub(super) fn disarm(lines: &mut Vec<&Line<'_>>) {
    let is = |line: &&Line<'_>, text: &str| line.text.trim_end() == text;
    let Some(head) = lines.iter().position(|line| is(line, "-----BEGIN PGP SIGNED MESSAGE-----")) else { return };
    let Some(end) = lines.iter().position(|line| is(line, "-----BEGIN PGP SIGNATURE-----")).filter(|end| *end > head)
    else {
        return;
    };
    let after = lines.iter().position(|line| is(line, "-----END PGP SIGNATURE-----")).map_or(lines.len(), |at| at + 1);
    lines.drain(end..after.max(end));
    let fields = lines[head + 1..end].iter().take_while(|line| !line.is_blank()).count();
    lines.drain(head..head + 1 + fields);
}

/// How lines begin that are added below a signature, in lower case.
const POSTSCRIPTS: &[&str] =
    &["追伸", "追記", "p.s", "ps.", "ps:", "ps：", "p.p.s", "pps", "추신", "附言", "又及", "post-scriptum"];

/// Whether someone goes on writing below a signature.
fn goes_on(below: &[&Line<'_>]) -> bool {
    below.iter().map(|line| line.text.trim()).any(|text| {
        let start: String = text.chars().take(16).collect::<String>().to_lowercase();
        text.ends_with(['?', '？']) || POSTSCRIPTS.iter().any(|words| start.starts_with(words))
    })
}

/// Whether a paragraph below the first one is a sentence, and no notice of a company's.
fn says_more_later(below: &[&Line<'_>]) -> bool {
    let mut later = below.iter().skip_while(|line| !line.is_blank());
    let is_notice = below.iter().any(|line| NOTICES.any_in(line.text));
    later.any(|line| is_japanese_sentence(line.text) || (!is_notice && is_sentence(line.text)))
}

/// What companies have below every letter of theirs.
static NOTICES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([
        "confidential",
        "disclaimer",
        "this e-mail",
        "this email",
        "this message",
        "consider the environment",
        "intended recipient",
        "privileged",
        "diese e-mail",
        "diese nachricht",
        "vertraulich",
        "ce message",
        "ce courriel",
        "confidentiel",
        "unsubscribe",
        "mailing list",
        "registered",
    ])
});

/// Where `-- ` stands. Without its blank it may as well divide a text: then it stands there more than once, or has
/// Japanese sentences below it (elsewhere signatures have mottoes).
fn delimiter(lines: &[&Line<'_>]) -> Option<usize> {
    let from = lines.len().saturating_sub(LONGEST);
    let mut found = (from..lines.len()).filter(|at| matches!(lines[*at].text.trim_end(), "--" | "- --" | "－－"));
    let first = found.next().filter(|at| *at > 0)?;
    let is_exact = lines[first].text == "-- ";
    let below = &lines[first + 1..];
    let divides = match found.next() {
        Some(second) => second + 1 < lines.len() || !has_contacts(below),
        None => below.iter().any(|line| is_japanese_sentence(line.text)) && !has_contacts(below),
    };
    // "Write to us at the address below" announces a signature with an address.
    let is_announced = frame::is_announced(&lines[..first], &[]) && !(is_exact && has_contacts(below));
    ((is_exact || !divides) && !is_announced).then_some(first)
}

fn trim(lines: &mut Vec<&Line<'_>>) {
    while lines.last().is_some_and(|line| line.is_blank()) {
        lines.pop();
    }
}
