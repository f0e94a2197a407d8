//! Messages as they come.

use proptest::prelude::*;

use super::parse;

#[test]
fn whom_the_first_of_a_letter_comes_from() {
    for (raw, expected) in [
        (&b"Return-Path: <a@b.example>\nFrom: C <c@d.example>\n\nx"[..], Some("a@b.example")),
        (b"From: C <c@d.example>\n\nx", Some("c@d.example")),
        (b"Return-Path: <>\nFrom: C <c@d.example>\n\nx", Some("")),
        (b"Subject: x\n\nx", None),
    ] {
        assert_eq!(super::sender(raw).as_deref(), expected);
    }
}

#[test]
fn a_japanese_letter() {
    let raw = b"From: =?ISO-2022-JP?B?GyRCO1BLZRsoQg==?= <a@b.example>\r\nTo: exchange@clair.example\r\nSubject: =?ISO-2022-JP?B?GyRCO1BLZRsoQg==?=\r\nMessage-ID: <x@b.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n\x1b$B;PKe\x1b(B\r\n";
    let parsed = parse(raw);
    assert_eq!(
        parsed.from.as_ref().map(|from| (from.name.as_str(), from.address.as_str())),
        Some(("姉妹", "a@b.example"))
    );
    assert_eq!((parsed.subject.as_str(), parsed.text.as_str()), ("姉妹", "姉妹"));
    assert_eq!(parsed.message_id.as_deref(), Some("x@b.example"));
    assert_eq!(parsed.date.as_deref(), Some("2026-11-24T10:00:00+09:00"));
}

#[test]
fn attachments_are_their_original_bytes() {
    let raw = b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\nContent-Type: text/csv; charset=shift_jis\r\nContent-Disposition: attachment; filename=\"list.csv\"\r\nContent-Transfer-Encoding: base64\r\n\r\nloWVew==\r\n--x--\r\n";
    let parsed = parse(raw);
    assert_eq!(parsed.text, "hello");
    assert_eq!((parsed.attachments.len(), parsed.attachments[0].filename.as_str()), (1, "list.csv"));
    assert_eq!(parsed.attachments[0].content, b"\x96\x85\x95\x7b");
}

#[test]
fn html_alone_is_read_and_sanitised() {
    let parsed = parse(b"From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello <b>there</b><script>x</script></p>");
    assert_eq!(parsed.text.trim(), "Hello there");
    assert!(parsed.html_sanitised.is_some_and(|html| !html.contains("script")));
}

#[test]
fn a_delivery_report() {
    let raw = b"From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\r\nSorry\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; no@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <ours@clair.example>\r\n\r\n--x--\r\n";
    let parsed = parse(raw);
    assert_eq!(
        parsed.bounce.map(|bounce| (bounce.recipient, bounce.status)),
        Some(("no@b.example".into(), "5.1.1".into()))
    );
    assert_eq!(parsed.returned_message_id.as_deref(), Some("ours@clair.example"));
    assert!(parsed.auto_submitted);
}

#[test]
fn nothing_and_nonsense() {
    for raw in [&b""[..], b"\0\0\0", b"no headers at all", b"Subject", b"\r\n\r\nbody"] {
        let parsed = parse(raw);
        assert!(parsed.message_id.is_none() && !parsed.text.contains('\0'));
    }
}

proptest! {
    #[test]
    fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let parsed = parse(&bytes);
        let json = serde_json::to_string(&parsed).expect("JSON");
        prop_assert!(!json.contains("\\u0000"));
    }
}
