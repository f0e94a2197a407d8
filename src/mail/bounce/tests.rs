//! Reports as servers write them.

use super::{Evidence, read};
use crate::domain::enquiry::Permanence;

fn evidence<'a>(statuses: &'a [String], text: &'a str) -> Evidence<'a> {
    Evidence {
        from: ("MAILER-DAEMON@mx.example", ""),
        is_path_empty: true,
        subject: "failure notice",
        report_type: if statuses.is_empty() { None } else { Some("delivery-status") },
        statuses,
        failed: None,
        text,
        own: &["exchange@desk.example"],
        returns_a_letter: false,
        returned_to: None,
    }
}

fn by_status(status: &str) -> Option<(String, String, Permanence)> {
    read(&evidence(&[status.to_owned()], "")).map(|bounce| (bounce.recipient, bounce.status, bounce.permanence))
}

#[test]
fn machine_readable() {
    let is = |address: &str, status: &str, permanence| Some((address.to_owned(), status.to_owned(), permanence));
    for (report, expected) in [
        (
            "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; ok@b.example\nAction: relayed\nStatus: 2.0.0\n\nFinal-Recipient: rfc822;\n <no@b.example>\nAction: failed\nStatus: 5.1.1 (no such user)\n",
            is("no@b.example", "5.1.1", Permanence::Hard),
        ),
        ("Final-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0", None),
        (
            "Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1",
            is("a@b.example", "4.4.1", Permanence::Delayed),
        ),
        (
            "Final-Recipient: RFC822; <a@b.example>\nAction: failed (5)\nStatus: 4.2.2",
            is("a@b.example", "4.2.2", Permanence::Soft),
        ),
        (
            "Final-Recipient: rfc822; a@b.example\nAction: failed\nDiagnostic-Code: smtp; 550 5.7.1 no",
            is("a@b.example", "5.7.1", Permanence::Hard),
        ),
    ] {
        assert_eq!(by_status(report), expected, "{report}");
    }
}

#[test]
fn prose() {
    for (text, recipient, status, permanence) in [
        (
            "Hi. This is the qmail-send program at mx.\nI'm afraid I wasn't able to deliver your message.\n\n<no@b.example>:\nSorry, no mailbox here by that name. (#5.1.1)",
            "no@b.example",
            "5.1.1",
            Permanence::Hard,
        ),
        (
            "A message that you sent could not be delivered.\n  no@b.example\n    Mailbox full",
            "no@b.example",
            "5.2.2",
            Permanence::Soft,
        ),
        (
            "次の宛先へのメッセージは宛先不明のため届きませんでした。\n<no@docomo.ne.jp>",
            "no@docomo.ne.jp",
            "5.1.1",
            Permanence::Hard,
        ),
        ("Message 1abc has been delayed.\n  no@b.example\n", "no@b.example", "4.0.0", Permanence::Delayed),
    ] {
        let bounce = read(&evidence(&[], text)).expect("a bounce");
        assert_eq!(
            (bounce.recipient.as_str(), bounce.status.as_str(), bounce.permanence),
            (recipient, status, permanence)
        );
    }
}

#[test]
fn what_is_none() {
    let none = |change: &dyn Fn(&mut Evidence<'_>)| {
        let mut evidence = evidence(&[], "<no@b.example>: user unknown");
        change(&mut evidence);
        read(&evidence).is_none()
    };
    assert!(none(&|e| (e.from, e.is_path_empty) = (("ada@b.example", "Ada"), false)), "a person forwards it");
    assert!(none(&|e| e.report_type = Some("disposition-notification")), "a read receipt");
    assert!(none(&|e| e.report_type = Some("feedback-report")), "a complaint");
    assert!(none(&|e| (e.from, e.subject) = (("ada@b.example", "Ada"), "Out of office")), "a vacation");
}
