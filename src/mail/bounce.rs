//! Reports that a letter did not arrive: by RFC 3464, and the many that are written as prose.
//!
//! Reports of success, read receipts (RFC 8098) and complaints (RFC 5965) are none, and neither is a bounce that a person
//! forwards.

mod phrase;
mod reasons;
mod recipient;
mod words;

use std::sync::LazyLock;

use crate::domain::enquiry::{BounceReport, Permanence};
use crate::mail::address::bare;
use crate::mail::comment;
use crate::mail::phrases::Phrases;

/// What a message shows of itself.
pub(super) struct Evidence<'a> {
    /// The sender's address and name.
    pub(super) from: (&'a str, &'a str),
    /// Whether the return path is empty.
    pub(super) is_path_empty: bool,
    pub(super) subject: &'a str,
    /// `report-type` of a `multipart/report`, in lower case.
    pub(super) report_type: Option<&'a str>,
    /// The texts of its `message/delivery-status` parts.
    pub(super) statuses: &'a [String],
    /// `X-Failed-Recipients`, as Exim and Google write it.
    pub(super) failed: Option<&'a str>,
    pub(super) text: &'a str,
    /// Addresses that are not the one that failed: whom the report went to.
    pub(super) own: &'a [&'a str],
    /// Whether a letter, or its head, comes with it.
    pub(super) returns_a_letter: bool,
    /// Whom alone the returned letter went to.
    pub(super) returned_to: Option<String>,
}

/// What it says, if it is one.
pub(super) fn read(evidence: &Evidence<'_>) -> Option<BounceReport> {
    match evidence.report_type {
        Some("feedback-report") => return None,
        // Sieve refuses a letter by a receipt that says so (RFC 5429, 2.2.1).
        Some("disposition-notification") if !phrase::is_refusal(evidence.text) => return None,
        _ => {}
    }
    if evidence.report_type.is_none() && !is_system(evidence) {
        return None;
    }
    let reports: Vec<_> = evidence.statuses.iter().flat_map(|text| recipients(text)).collect();
    if reports.is_empty() { phrase::read(evidence) } else { worst(reports) }
}

/// Local parts of addresses that only mail systems write from.
const LOCALS: &[&str] = &["postmaster", "post_master", "administrator", "sysadmin", "mailer_daemon", "mail_daemon"];
/// What stands in the name or the local part of a mail system.
static SYSTEMS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([
        "mailer-daemon",
        "mailerdaemon",
        "mail-daemon",
        "mdaemon",
        "mail deliver",
        "mail administrator",
        "interscan",
        "system administrator",
        "microsoftexchange",
        "メール配信システム",
        "メール配送システム",
    ])
});

/// Whether the sender is a mail system.
fn is_daemon((address, name): (&str, &str)) -> bool {
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local).trim_matches('"');
    let postmaster = name.get(.."postmaster".len());
    LOCALS.iter().any(|system| local.eq_ignore_ascii_case(system))
        || postmaster.is_some_and(|start| start.eq_ignore_ascii_case("postmaster"))
        || SYSTEMS.any_in(local)
        || SYSTEMS.any_in(name)
}

/// Whether an address takes nothing but bounces, as lists and newsletters have one.
pub(super) fn is_for_bounces(address: &str) -> bool {
    let local = address.as_bytes().split(|byte| *byte == b'@').next().unwrap_or_default();
    let is_word = |part: &[u8]| part.eq_ignore_ascii_case(b"bounce") || part.eq_ignore_ascii_case(b"bounces");
    local.split(|byte| matches!(byte, b'-' | b'+')).any(is_word)
}

/// Whether an address says that it takes no mail.
pub(super) fn takes_no_mail(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    // None of them is without it, and hardly anybody's name has it.
    if !local.as_bytes().windows(3).any(|three| three.eq_ignore_ascii_case(b"rep")) {
        return false;
    }
    REFUSALS.any_in(&format!("-{}-", local.replace(['_', '.', '+'], "-")))
}

/// What such addresses say, their words between hyphens.
static REFUSALS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([
        "-noreply-",
        "-no-reply-",
        "-donotreply-",
        "-do-not-reply-",
        "-nepasrepondre-",
        "-ne-pas-repondre-",
    ])
});

/// Whether a return path leads nowhere, as that of a report does (RFC 3834, 3.3).
pub(super) fn is_empty_path(path: &str) -> bool {
    let path = path.trim_matches(['<', '>', ' ']);
    path.is_empty() || path.split('@').next().is_some_and(|local| local.eq_ignore_ascii_case("mailer-daemon"))
}

/// Whether a mail system wrote it, and not a person.
fn is_system(evidence: &Evidence<'_>) -> bool {
    let is_report = || {
        evidence.from.0.is_empty() || phrase::is_subject_of_bounce(evidence.subject) || phrase::begins(evidence.text)
    };
    is_daemon(evidence.from)
        // Carriers report from addresses that take no mail, and give the letter back.
        || (evidence.returns_a_letter && takes_no_mail(evidence.from.0) && is_report())
        || (evidence.is_path_empty && is_report())
        || evidence.failed.is_some()
        || evidence.own.iter().any(|address| is_for_bounces(address))
}

/// A recipient's fate by RFC 3464, 2.3; `None` within where it is a success.
type Fate = Option<BounceReport>;

fn worst(reports: Vec<Fate>) -> Option<BounceReport> {
    reports.into_iter().flatten().min_by_key(|report| report.permanence)
}

/// The recipients of a `message/delivery-status`.
fn recipients(text: &str) -> Vec<Fate> {
    let mut fates = Vec::new();
    // Blocks are divided by blank lines; some servers forget them, so a new Final-Recipient begins one too.
    let mut block: Vec<(String, String)> = Vec::new();
    for line in text.lines().chain([""]).take(100_000) {
        let is_field = !line.starts_with([' ', '\t']);
        let name = line.split_once(':').map(|(name, _)| name.trim().to_ascii_lowercase()).filter(|_| is_field);
        let begins =
            name.as_deref() == Some("final-recipient") && block.iter().any(|(name, _)| name == "final-recipient");
        if line.trim().is_empty() || begins {
            fates.extend(fate(&std::mem::take(&mut block)));
        }
        match (name, block.last_mut()) {
            (Some(name), _) => {
                block.push((name, line.split_once(':').map_or("", |(_, value)| value).trim().to_owned()))
            }
            (None, Some((_, value))) if !line.trim().is_empty() => {
                value.push(' ');
                value.push_str(line.trim());
            }
            _ => {}
        }
    }
    fates
}

fn fate(fields: &[(String, String)]) -> Option<Fate> {
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let word = |name: &str| {
        let value = comment::without(field(name).unwrap_or_default()).to_ascii_lowercase();
        value.trim_matches(['<', '>', ' ', '"', '.']).split([' ', ';', '<']).next().unwrap_or_default().to_owned()
    };
    let addresses = ["original-recipient", "final-recipient", "x-actual-recipient"].into_iter().filter_map(field);
    let recipient = addresses
        .map(address_of)
        .find(|address| address.contains('@'))
        .or_else(|| field("final-recipient").map(address_of))?;
    let diagnostic = field("diagnostic-code").unwrap_or_default();
    let status = Some(word("status")).filter(|status| is_status(status) || status.starts_with('2'));
    let status = status.or_else(|| statuses(diagnostic).next().map(|(_, status)| status.to_owned()));
    let status = status.or_else(|| phrase::usual_status(diagnostic).map(str::to_owned)).unwrap_or_default();
    // "A persistent transient failure", RFC 3463, 3.3: whose mailbox is full can empty it.
    let is_full =
        status.ends_with(".2.2") || (says_little(&status) && phrase::usual_status(diagnostic) == Some("5.2.2"));
    let permanence = match word("action").as_str() {
        "failed" | "failure" if status.starts_with('4') || is_full => Permanence::Soft,
        "failed" | "failure" => Permanence::Hard,
        "delayed" => Permanence::Delayed,
        "delivered" | "relayed" | "expanded" => return Some(None),
        _ if status.starts_with('4') || is_full => Permanence::Soft,
        _ if status.starts_with('5') => Permanence::Hard,
        _ => return Some(None),
    };
    Some(Some(BounceReport { recipient, status, permanence }))
}

/// Whether a status tells the class of a failure, and at most that it is the mailbox's.
fn says_little(status: &str) -> bool {
    status.is_empty() || status.ends_with(".0.0") || status.ends_with(".2.0")
}

/// `rfc822; a@b.example (comment)` → `a@b.example`; `+2B` (RFC 3461, 4) → `+`.
fn address_of(value: &str) -> String {
    let value = comment::without(value);
    let value = value.trim().trim_matches(['<', '>']);
    let address = value.split_once(';').map_or(value, |(_, address)| address);
    let address = bare(address.trim());
    match address.split_once("+2B").or_else(|| address.split_once("+2b")) {
        Some((before, after)) => format!("{before}+{after}"),
        None => address,
    }
}

/// Enhanced status codes (RFC 3463) in a text, failures only, each with what stands before it.
fn statuses(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_of_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    // Each is a digit, its first dot and more.
    memchr::memchr_iter(b'.', text.as_bytes()).filter_map(move |dot| {
        let start = dot.checked_sub(1)?;
        let (before, from) = text.as_bytes().split_at(start);
        if before.last().is_some_and(is_of_number) {
            return None;
        }
        let length = from.iter().position(|byte| !is_of_number(byte)).unwrap_or(from.len());
        let word = text.get(start..start + length)?.trim_end_matches('.');
        is_status(word).then(|| (&text[..start], word))
    })
}

fn is_status(word: &str) -> bool {
    let is_subject = |digits: &str| matches!(digits.as_bytes(), [b'0'..=b'7']);
    let is_detail = |digits: &str| (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let numbers = word.strip_prefix("5.").or_else(|| word.strip_prefix("4."));
    let numbers = numbers.and_then(|numbers| numbers.split_once('.'));
    numbers.is_some_and(|(subject, detail)| is_subject(subject) && is_detail(detail))
}

#[cfg(test)]
mod tests;
