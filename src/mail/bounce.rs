//! Reports that a letter did not arrive (RFC 3464), and the many that are written as prose.

use crate::domain::enquiry::{BounceReport, Permanence};
use crate::mail::address::bare;

/// What a machine-readable report says (`message/delivery-status`). Reports of success, and of delays, are no bounces;
/// of several recipients the one that failed counts.
#[must_use]
pub fn from_delivery_status(text: &str) -> Option<BounceReport> {
    let blocks = text.split("\n\n").map(fields);
    let reports = blocks.filter_map(|fields| {
        let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        let action = field("action")?.trim().to_ascii_lowercase();
        let recipient = field("original-recipient").or_else(|| field("final-recipient"))?;
        let status: String =
            field("status").unwrap_or_default().split_whitespace().next().unwrap_or_default().to_owned();
        let permanence = match action.split_whitespace().next()? {
            "failed" if status.starts_with('4') => Permanence::Soft,
            "failed" => Permanence::Hard,
            "delayed" => Permanence::Soft,
            _ => return None,
        };
        Some(BounceReport { recipient: address_of(recipient), status, permanence })
    });
    let reports: Vec<BounceReport> = reports.take(100).collect();
    reports.iter().find(|report| report.permanence == Permanence::Hard).or_else(|| reports.first()).cloned()
}

/// `rfc822; a@b.example (comment)` → `a@b.example`.
fn address_of(value: &str) -> String {
    let address = value.split_once(';').map_or(value, |(_, address)| address);
    bare(address.split('(').next().unwrap_or(address))
}

fn fields(block: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, _, Some((name, value))) => fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
            _ => {}
        }
    }
    fields
}

/// Phrases of servers that report in prose, with what they mean.
const PHRASES: &[(&str, &str, Permanence)] = &[
    ("user unknown", "5.1.1", Permanence::Hard),
    ("no such user", "5.1.1", Permanence::Hard),
    ("does not exist", "5.1.1", Permanence::Hard),
    ("unknown user", "5.1.1", Permanence::Hard),
    ("recipient address rejected", "5.1.1", Permanence::Hard),
    ("no mailbox here by that name", "5.1.1", Permanence::Hard),
    ("mailbox unavailable", "5.1.1", Permanence::Hard),
    ("wasn't found at", "5.1.1", Permanence::Hard),
    ("宛先不明", "5.1.1", Permanence::Hard),
    ("該当するユーザーが存在しません", "5.1.1", Permanence::Hard),
    ("ユーザが見つかりません", "5.1.1", Permanence::Hard),
    ("mailbox full", "5.2.2", Permanence::Soft),
    ("mailbox is full", "5.2.2", Permanence::Soft),
    ("quota exceeded", "5.2.2", Permanence::Soft),
    ("over quota", "5.2.2", Permanence::Soft),
    ("host unknown", "5.1.2", Permanence::Hard),
    ("host or domain name not found", "5.4.4", Permanence::Hard),
    ("retry time not reached", "4.4.1", Permanence::Soft),
    ("i'm afraid i wasn't able to deliver your message", "5.0.0", Permanence::Hard),
    ("a message that you sent could not be delivered", "5.0.0", Permanence::Hard),
    ("delivery has failed to these recipients", "5.0.0", Permanence::Hard),
];

/// What a report in prose says, of a letter that a mail system wrote.
#[must_use]
pub fn from_prose(text: &str) -> Option<BounceReport> {
    let start: String = text.chars().take(8000).collect::<String>().to_lowercase();
    let (_, usual, permanence) = PHRASES.iter().find(|(phrase, ..)| start.contains(phrase))?;
    let said = start.split(|c: char| !(c.is_ascii_digit() || c == '.')).find(|word| is_status(word));
    let recipient = text
        .split(|c: char| c.is_whitespace() || "<>()[],;:\"'".contains(c))
        .find(|word| word.split_once('@').is_some_and(|(local, host)| !local.is_empty() && host.contains('.')));
    Some(BounceReport {
        recipient: recipient.map(|word| word.trim_end_matches('.').to_owned()).unwrap_or_default(),
        status: said.map_or_else(|| (*usual).to_owned(), str::to_owned),
        permanence: *permanence,
    })
}

fn is_status(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3 && ["4", "5"].contains(&parts[0]) && parts.iter().all(|part| (1..=3).contains(&part.len()))
}

#[cfg(test)]
mod tests {
    use super::{from_delivery_status, from_prose};
    use crate::domain::enquiry::Permanence;

    #[test]
    fn machine_readable() {
        let report = "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; ok@b.example\nAction: relayed\nStatus: 2.0.0\n\nFinal-Recipient: rfc822;\n <no@b.example>\nAction: failed\nStatus: 5.1.1 (no such user)\n";
        let bounce = from_delivery_status(report).expect("a bounce");
        assert_eq!(
            (bounce.recipient.as_str(), bounce.status.as_str(), bounce.permanence),
            ("no@b.example", "5.1.1", Permanence::Hard)
        );
        assert!(
            from_delivery_status("Final-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0").is_none()
        );
    }

    #[test]
    fn prose() {
        for (text, recipient, status) in [
            (
                "Hi. This is the qmail-send program at mx.\nI'm afraid I wasn't able to deliver your message.\n\n<no@b.example>:\nSorry, no mailbox here by that name. (#5.1.1)",
                "no@b.example",
                "5.1.1",
            ),
            (
                "A message that you sent could not be delivered.\n  no@b.example\n    Mailbox full",
                "no@b.example",
                "5.2.2",
            ),
            ("次の宛先へのメッセージは宛先不明のため届きませんでした。\n<no@docomo.ne.jp>", "no@docomo.ne.jp", "5.1.1"),
        ] {
            let bounce = from_prose(text).expect("a bounce");
            assert_eq!((bounce.recipient.as_str(), bounce.status.as_str()), (recipient, status));
        }
        assert!(from_prose("Dear desk, how are you?").is_none());
    }
}
