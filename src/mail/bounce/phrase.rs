//! Bounces in prose: what the servers of the world write, as data. Most bounces have no part that a machine can read.

use super::{Evidence, statuses};
use crate::domain::enquiry::{BounceReport, Permanence};

/// How much of a report is read.
const LONGEST: usize = 16 * 1024;

/// Subjects of bounces, in lower case.
const SUBJECTS: &[&str] = &[
    "undeliver",
    "delivery status notification",
    "delivery failure",
    "delivery failed",
    "mail delivery",
    "failure notice",
    "returned mail",
    "returned to sender",
    "mail system error",
    "delivery notification",
    "delivery report",
    "non-delivery",
    "not delivered",
    "couldn't be delivered",
    "could not be delivered",
    "unzustellbar",
    "message undeliverable",
    "warning: could not send",
    "delivery delayed",
    "nondeliverable",
    "message delayed",
    "non remis",
    "échec de la remise",
    "échec de la distribution",
    "配信不能",
    "配信できません",
    "送信できません",
    "送信エラー",
    "不達",
    "未達",
    "宛先不明",
    "メールエラー",
    "エラーメール",
    "届きませんでした",
    "退信",
    "系统退信",
    "投递失败",
    "반송",
    "전송 실패",
    "전달되지 못",
];

/// What says that a letter waits and is tried again.
const DELAYS: &[&str] = &[
    "has been delayed",
    "is delayed",
    "was delayed",
    "not yet been delivered",
    "warning message only",
    "do not need to resend",
    "will be retried",
    "will retry",
    "keep trying",
    "continue to try",
    "delivery incomplete",
    "temporary problem delivering",
    "still being retried",
    "could not be delivered yet",
    "message delayed",
    "has not been delivered yet",
    "配信が遅れ",
    "遅延して",
    "再送を試み",
    "再度配信を試み",
    "再送信を試み",
];

/// What says that it arrived.
const SUCCESSES: &[&str] = &[
    "successfully delivered",
    "was delivered to the following",
    "successful delivery",
    "正常に配信されました",
    "successfully relayed",
];

/// Why a letter did not arrive, in lower case, with the status that says the same.
const REASONS: &[(&str, &str, Permanence)] = &[
    ("mailbox is full", "5.2.2", Permanence::Soft),
    ("mailbox full", "5.2.2", Permanence::Soft),
    ("inbox is full", "5.2.2", Permanence::Soft),
    ("over quota", "5.2.2", Permanence::Soft),
    ("quota exceeded", "5.2.2", Permanence::Soft),
    ("exceeded storage", "5.2.2", Permanence::Soft),
    ("exceeds quota", "5.2.2", Permanence::Soft),
    ("storage limit", "5.2.2", Permanence::Soft),
    ("容量を超え", "5.2.2", Permanence::Soft),
    ("容量がいっぱい", "5.2.2", Permanence::Soft),
    ("メールボックスがいっぱい", "5.2.2", Permanence::Soft),
    ("メールボックスが一杯", "5.2.2", Permanence::Soft),
    ("user unknown", "5.1.1", Permanence::Hard),
    ("unknown user", "5.1.1", Permanence::Hard),
    ("unknown address", "5.1.1", Permanence::Hard),
    ("no such user", "5.1.1", Permanence::Hard),
    ("no such recipient", "5.1.1", Permanence::Hard),
    ("unknown recipient", "5.1.1", Permanence::Hard),
    ("invalid recipient", "5.1.1", Permanence::Hard),
    ("recipient not found", "5.1.1", Permanence::Hard),
    ("recipnotfound", "5.1.1", Permanence::Hard),
    ("user not found", "5.1.1", Permanence::Hard),
    ("user not listed in", "5.1.1", Permanence::Hard),
    ("not listed in domino directory", "5.1.1", Permanence::Hard),
    ("account does not exist", "5.1.1", Permanence::Hard),
    ("account that you tried to reach does not exist", "5.1.1", Permanence::Hard),
    ("address does not exist", "5.1.1", Permanence::Hard),
    ("address couldn't be found", "5.1.1", Permanence::Hard),
    ("address you entered couldn't be found", "5.1.1", Permanence::Hard),
    ("doesn't have a yahoo", "5.1.1", Permanence::Hard),
    ("recipient address rejected", "5.1.1", Permanence::Hard),
    ("no mailbox here by that name", "5.1.1", Permanence::Hard),
    ("no mailbox by that name", "5.1.1", Permanence::Hard),
    ("mailbox unavailable", "5.1.1", Permanence::Hard),
    ("mailbox not found", "5.1.1", Permanence::Hard),
    ("wasn't found at", "5.1.1", Permanence::Hard),
    ("could not be found", "5.1.1", Permanence::Hard),
    ("account is disabled", "5.2.1", Permanence::Hard),
    ("account has been disabled", "5.2.1", Permanence::Hard),
    ("mailbox disabled", "5.2.1", Permanence::Hard),
    ("宛先不明", "5.1.1", Permanence::Hard),
    ("見つかりません", "5.1.1", Permanence::Hard),
    ("存在しません", "5.1.1", Permanence::Hard),
    ("存在しない", "5.1.1", Permanence::Hard),
    ("用户不存在", "5.1.1", Permanence::Hard),
    ("收件人不存在", "5.1.1", Permanence::Hard),
    ("존재하지 않", "5.1.1", Permanence::Hard),
    ("host unknown", "5.1.2", Permanence::Hard),
    ("unknown host", "5.1.2", Permanence::Hard),
    ("couldn't find any host", "5.1.2", Permanence::Hard),
    ("name service error", "5.4.4", Permanence::Hard),
    ("host or domain name not found", "5.4.4", Permanence::Hard),
    ("unrouteable address", "5.1.2", Permanence::Hard),
    ("unrouteable mail domain", "5.1.2", Permanence::Hard),
    ("too large", "5.3.4", Permanence::Hard),
    ("size limit", "5.3.4", Permanence::Hard),
    ("サイズが大きすぎ", "5.3.4", Permanence::Hard),
    ("retry time not reached", "4.4.1", Permanence::Soft),
    ("connection timed out", "4.4.1", Permanence::Soft),
    ("connection refused", "4.4.1", Permanence::Soft),
    ("spam", "5.7.1", Permanence::Hard),
    ("relaying denied", "5.7.1", Permanence::Hard),
    ("relay access denied", "5.7.1", Permanence::Hard),
    ("blocked", "5.7.1", Permanence::Hard),
    ("受信拒否", "5.7.1", Permanence::Hard),
];

/// What says no more than that it did not arrive.
const FAILURES: &[&str] = &[
    "wasn't able to deliver",
    "could not be delivered",
    "couldn't be delivered",
    "not be delivered",
    "wasn't delivered",
    "was not delivered",
    "delivery has failed",
    "delivery failed",
    "failed permanently",
    "permanent fatal errors",
    "permanent error",
    "undeliverable",
    "undelivered",
    "did not reach",
    "could not be reached",
    "unable to deliver",
    "returned to sender",
    "delivery to the following",
    "were rejected",
    "was rejected",
    "failed recipient",
    "failure reasons",
    "rejected by a remote",
    "could not deliver",
    "cannot be delivered",
    "送信できません",
    "配信できません",
    "配送できません",
    "届きません",
    "届けることができません",
    "配信不能",
    "送信することができません",
    "konnte nicht zugestellt",
    "n'a pas pu être remis",
    "n’a pas pu être remis",
    "n'a pas pu être distribué",
    "无法投递",
    "无法送达",
    "投递失败",
    "无法发送",
    "전송하지 못",
    "전달하지 못",
    "전송에 실패",
];

/// Lines below which the returned letter stands.
const RETURNED: &[&str] = &[
    "--- below this line is a copy",
    "this is a copy of the message",
    "--- original message",
    "-----original message",
    "----- original message",
    "--- the header of the original",
    "unsent message below",
    "original message headers",
    "original message follows",
    "message header follows",
    "------- returned message",
    "--- returned message",
    "----- unsent message",
    "-- message headers --",
    "--- message header",
    "returned message follows",
    "-----元のメッセージ",
    "----- 元のメッセージ",
    "--- undelivered message",
    "message text follows",
    "the body of your message",
    "-----message header",
    "return-path:",
    "received: from",
];

pub(super) fn is_subject_of_bounce(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    let is_answer = ["re:", "fw:", "fwd:", "転送:", "返信:"].iter().any(|prefix| subject.starts_with(prefix));
    !is_answer && SUBJECTS.iter().any(|word| subject.contains(word))
}

/// What a report in prose says.
pub(super) fn read(evidence: &Evidence<'_>) -> Option<BounceReport> {
    let report = own_words(evidence.text);
    let lower = report.to_lowercase().replace('\u{2019}', "'");
    // Words are broken over lines anywhere.
    let folded = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    let has = |list: &[&str]| list.iter().any(|phrase| folded.contains(phrase));
    if has(SUCCESSES) && !has(FAILURES) {
        return None;
    }
    let is_delay = has(DELAYS) || evidence.subject.to_lowercase().contains("delay");
    let reason = REASONS.iter().find(|(phrase, ..)| folded.contains(phrase));
    let said = said_status(&lower);
    let fails = has(FAILURES) || is_subject_of_bounce(evidence.subject) || evidence.failed.is_some();
    if !(is_delay || fails || (reason.is_some() && said.is_some())) {
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
    let recipient = recipient(evidence, &report)?;
    Some(BounceReport { recipient, status, permanence })
}

/// The report without the letter that it returns.
fn own_words(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let lower = line.trim().to_lowercase();
        if out.len() > LONGEST
            || (!out.trim().is_empty()
                && RETURNED.iter().any(|marker| {
                    lower.starts_with(marker)
                        || lower
                            .trim_start_matches(['-', ' ', '=', '_'])
                            .starts_with(marker.trim_start_matches(['-', ' ']))
                }))
        {
            break;
        }
        let end = line.char_indices().nth(2000).map_or(line.len(), |(at, _)| at);
        out.push_str(&line[..end]);
        out.push('\n');
    }
    out
}

/// The status that the report names, the most telling first: x.0.0 says nothing.
fn said_status(lower: &str) -> Option<String> {
    let found: Vec<&str> = statuses(lower).collect();
    found.iter().find(|status| !status.ends_with(".0.0")).or(found.first()).map(|status| (*status).to_owned())
}

fn recipient(evidence: &Evidence<'_>, report: &str) -> Option<String> {
    if let Some(failed) = evidence.failed {
        let first = failed.split([',', ' ', ';']).find(|word| word.contains('@'))?;
        return Some(first.trim_matches(['<', '>', ' ']).to_owned());
    }
    let others: Vec<String> = evidence.own.iter().map(|address| address.to_lowercase()).collect();
    let is_theirs = |address: &&str| {
        let lower = address.to_lowercase();
        let local = lower.split('@').next().unwrap_or_default();
        !others.contains(&lower)
            && !["postmaster", "mailer-daemon", "abuse", "hostmaster", "support", "helpdesk"].contains(&local)
    };
    let all = || addresses(report).filter(is_theirs);
    // In a line of its own, or in brackets at its beginning, it is the one that the report is about.
    let leading = report.lines().find_map(|line| {
        let line = line.trim();
        let first = addresses(line).next().filter(is_theirs)?;
        let begins = line.trim_start_matches(['<', '"', ' ', '*', '-']).starts_with(first);
        let names = ["recipient:", "to:", "宛先", "final-recipient", "failed recipient", "delivered to:"];
        let is_named = names.iter().any(|name| line.to_lowercase().starts_with(name));
        (begins || is_named).then_some(first)
    });
    leading.or_else(|| all().next()).map(str::to_owned)
}

fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| c.is_whitespace() || !c.is_ascii() || "<>()[],;:\"'=".contains(c);
    text.split(ends).map(|word| word.trim_matches(['.', '*'])).filter(|word| {
        word.split_once('@').is_some_and(|(local, host)| !local.is_empty() && host.contains('.') && !host.contains('@'))
    })
}
