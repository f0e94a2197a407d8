//! Whom a report in prose is about.

use std::sync::LazyLock;

use super::{Evidence, phrase};
use crate::mail::phrases::Phrases;

/// What stands before those who did not get the letter, in lower case.
static ANNOUNCEMENTS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of([
        "following recipient",
        "following address",
        "to the following",
        "failed recipient",
        "failed addresses",
        "delivered to:",
        "message to the address",
        "recipient address:",
        "rcpt to:",
        "intended recipient",
        "addressed to",
        "message was addressed,",
        "was not delivered to",
        "次の宛先",
        "以下の宛先",
        "下記の宛先",
        "次の受信者",
        "以下の受信者",
        "以下のメールアドレス",
    ])
});

/// Local parts of those who run a server.
const POSTMASTERS: [&str; 6] = ["postmaster", "mailer-daemon", "abuse", "hostmaster", "support", "helpdesk"];

/// What stands at the end of local parts of lists' own addresses.
const OF_LISTS: [&str; 4] = ["-request", "-subscribe", "-unsubscribe", "-help"];

/// Whether an address is one that reports name for those who have questions.
fn is_of_a_role(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default().to_lowercase();
    POSTMASTERS.contains(&local.as_str()) || OF_LISTS.iter().any(|ending| local.ends_with(ending))
}

/// How far behind an announcement they stand, in bytes.
const NEAR: usize = 1500;

/// The one that the report is about, or the first of several.
pub(super) fn find(evidence: &Evidence<'_>, report: &str) -> Option<String> {
    let failed = evidence.failed.and_then(|failed| failed.split([',', ' ', ';']).find(|word| word.contains('@')));
    let failed = failed.map(|word| word.trim_matches(['<', '>']));
    if let Some(failed) = failed.filter(|failed| report.contains(*failed)) {
        return Some(failed.to_owned());
    }
    let own: Vec<String> = evidence.own.iter().map(|address| address.to_lowercase()).collect();
    let is_other = |address: &&str| !own.contains(&address.to_lowercase());
    let is_theirs = |address: &&str| is_other(address) && !is_of_a_role(address);
    let announced = announced(report);
    // Whoever stands right behind an announcement is meant, even one who wrote to themselves.
    let meant = announced.and_then(directly).filter(|address| !address.eq_ignore_ascii_case(evidence.from.0));
    if let Some(address) = meant {
        return Some(address.to_owned());
    }
    let named = announced.and_then(|near| {
        let fails = |address: &&str| !is_writer(near, address);
        near.lines().find_map(|line| {
            let begins = leading_address(line).filter(is_other).filter(fails);
            begins.or_else(|| addresses(line).find(|address| is_theirs(address) && fails(address)))
        })
    });
    named
        .or_else(|| leading(report, &is_other))
        .or(failed)
        .map(str::to_owned)
        .or_else(|| announced.and_then(lone_name).and_then(|name| within(name, evidence.from.0)))
        .or_else(|| addresses(report).find(is_theirs).map(str::to_owned))
        .or_else(|| {
            evidence.returned_to.clone().or_else(|| addressee(evidence.text)).filter(|to| is_theirs(&to.as_str()))
        })
}

/// The lines that are about one of several recipients: from each that names it to the next that names another. `None`
/// where no other is named.
pub(super) fn lines_about(report: &str, recipient: &str) -> Option<String> {
    let (mut own, mut is_own, mut others) = (String::new(), false, false);
    for line in report.lines() {
        let names_it = line.contains(recipient);
        let names_another = !names_it && leading_address(line).is_some();
        others |= names_another && !own.is_empty();
        is_own = names_it || (is_own && !names_another);
        if is_own {
            own.push_str(line);
            own.push('\n');
        }
    }
    others.then_some(own)
}

/// The address that a line begins with.
fn leading_address(line: &str) -> Option<&str> {
    memchr::memchr(b'@', line.as_bytes())?;
    let start = line.trim_start_matches(|c: char| c.is_whitespace() || "<\"*-".contains(c));
    addresses(start).next().filter(|address| start.starts_with(address))
}

/// What stands behind the first announcement.
fn announced(report: &str) -> Option<&str> {
    // Lower case changes no length here: an announcement is looked for by its own bytes.
    let lower = report.to_ascii_lowercase();
    let at = ANNOUNCEMENTS.first_end_in(&lower)?;
    let end = (at..=report.len().min(at + NEAR)).rev().find(|end| report.is_char_boundary(*end))?;
    Some(&report[at..end])
}

/// The address that an announcement is followed by, with nothing but its own end and signs between: `… recipient(s): <`,
/// or at the beginning of the next line.
fn directly(near: &str) -> Option<&str> {
    let ended = near.split_once([':', '\n']).filter(|(words, _)| words.len() < 60 && !words.contains('@'));
    leading_address(ended.map_or(near, |(_, rest)| rest))
}

/// Whose letters they do not take, `… are not accepting mail from a@b.example`, or who wrote it, `Sender: <a@b.example>`.
fn is_writer(text: &str, address: &str) -> bool {
    text.find(address).is_some_and(|at| {
        let before = text[..at].trim_end_matches('<').trim_end().to_ascii_lowercase();
        before.ends_with("mail from") || before.ends_with("sender:")
    })
}

/// In a line of its own, or at the beginning of one, it is the one that the report is about.
fn leading<'a>(report: &'a str, is_other: &impl Fn(&&str) -> bool) -> Option<&'a str> {
    report.lines().find_map(|line| {
        let line = line.trim();
        let first = addresses(line).next().filter(is_other)?;
        let begins = leading_address(line).is_some();
        let names = ["recipient:", "to:", "宛先", "final-recipient", "failed recipient", "delivered to:"];
        let is_named = names.iter().any(|name| line.to_lowercase().starts_with(name));
        (begins || is_named).then_some(first)
    })
}

/// A name without a host, alone in its line: the server knows where its own people are.
fn lone_name(near: &str) -> Option<&str> {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-+".contains(&byte))
    };
    let mut indented = near.lines().skip(1).take(6).filter(|line| line.starts_with([' ', '\t'])).map(str::trim);
    indented.find(|name| is_name(name))
}

fn within(name: &str, sender: &str) -> Option<String> {
    let (_, host) = sender.rsplit_once('@')?;
    Some(format!("{name}@{}", host.to_ascii_lowercase()))
}

/// Whom the letter went to that the text returns, if not through a list, which has others.
fn addressee(text: &str) -> Option<String> {
    let field = |name: &'static str| {
        phrase::returned_lines(text).find(move |line| {
            line.trim_start_matches(['>', ' ']).get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        })
    };
    if field("List-Id:").is_some() || field("List-Post:").is_some() {
        return None;
    }
    let mut all = addresses(field("To:")?);
    let first = all.next()?;
    all.next().is_none().then(|| first.to_owned())
}

fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || !c.is_ascii() || "<>()[],;:\"'=?".contains(c);
    let mut end = 0;
    let words = memchr::memchr_iter(b'@', text.as_bytes()).filter_map(move |at| {
        // Another sign of the same word.
        if at < end {
            return None;
        }
        let start = text[..at].rfind(ends).map_or(0, |before| text.ceil_char_boundary(before + 1));
        end = text[at..].find(ends).map_or(text.len(), |length| at + length);
        Some(text[start..end].trim_matches(['.', '*']))
    });
    words.filter(|word| {
        word.split_once('@').is_some_and(|(local, host)| !local.is_empty() && host.contains('.') && !host.contains('@'))
    })
}
