//! Conversations as MTAs hold them, and as nobody should.

use proptest::prelude::*;

use super::{Delivery, Envelope, LARGEST_MESSAGE, Session, Step};

/// All that is answered, and all that is delivered.
fn converse(pieces: &[&[u8]]) -> (String, Vec<(Envelope, Vec<u8>)>) {
    let mut session = Session::default();
    let (mut said, mut delivered) = (String::new(), Vec::new());
    for piece in pieces {
        session.receive(piece);
        while let Some(step) = session.step() {
            match step {
                Step::Reply(words) | Step::Close(words) => said.push_str(&words),
                Step::Deliver(envelope, message) => {
                    delivered.push((envelope, message));
                    said.push_str(&session.delivered(Delivery::Stored));
                }
            }
        }
    }
    (said, delivered)
}

fn codes(said: &str) -> Vec<&str> {
    said.lines().filter(|line| line.as_bytes().get(3) == Some(&b' ')).map(|line| &line[..3]).collect()
}

const BEGIN: &str = "LHLO mx\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<x@d.example>\r\n";

#[test]
fn commands_and_codes() {
    for (said, expected) in [
        ("LHLO mx\r\n", &["250"][..]),
        ("EHLO mx\r\n", &["500"]),
        ("HELO mx\r\n", &["500"]),
        ("MAIL FROM:<a@b.example>\r\n", &["503"]),
        ("LHLO mx\r\nRCPT TO:<a@b.example>\r\n", &["250", "503"]),
        ("LHLO mx\r\nDATA\r\n", &["250", "503"]),
        ("LHLO mx\r\nMAIL FROM:<>\r\nDATA\r\n", &["250", "250", "503"]),
        ("LHLO mx\r\nMAIL FROM:<a@b.example> SIZE=60000000\r\n", &["250", "552"]),
        ("LHLO mx\r\nMAIL FROM:<a@b.example> BODY=8BITMIME SMTPUTF8\r\n", &["250", "250"]),
        ("LHLO mx\r\nMAIL FROM:<a@b.example>\r\nMAIL FROM:<a@b.example>\r\n", &["250", "250", "503"]),
        ("LHLO mx\r\nMAIL FROM:<a@b.example>\r\nRSET\r\nRCPT TO:<x@d.example>\r\n", &["250", "250", "250", "503"]),
        (
            "LHLO mx\r\nMAIL FROM:<a..b.@docomo.ne.jp> SIZE=9\r\nRCPT TO:<.x@d.example>\r\nRCPT TO:<a b@d.example>\r\n",
            &["250", "250", "250", "501"],
        ),
        ("NOOP\r\nVRFY x\r\nQUIT\r\n", &["250", "252", "221"]),
        ("HELLO there\r\n", &["500"]),
        ("AUTH PLAIN AAAA\r\n", &["502"]),
    ] {
        assert_eq!(codes(&converse(&[said.as_bytes()]).0), expected, "{said}");
    }
}

#[test]
fn a_reply_for_each_recipient() {
    let said = format!("{BEGIN}RCPT TO:<y@d.example>\r\nDATA\r\nhello\r\n.\r\nNOOP\r\n");
    let (answers, delivered) = converse(&[said.as_bytes()]);
    assert_eq!(codes(&answers), ["250", "250", "250", "250", "354", "250", "250", "250"]);
    assert_eq!(delivered[0].0.recipients, ["x@d.example", "y@d.example"]);
    assert_eq!(delivered[0].1, b"hello\r\n");
}

#[test]
fn dots_and_ends() {
    for (sent, message) in [
        (&b".\r\n"[..], &b""[..]),
        (b"..first\r\n.\r\n", b".first\r\n"),
        (b"a\r\n..\r\n.\r\n", b"a\r\n.\r\n"),
        (b"a\n.\nb\r\n.\r\n", b"a\n.\nb\r\n"),
        (b"a\r\n.\rb\r\n.\r\n", b"a\r\n\rb\r\n"),
        (b"\0\xff\r\n.\r\n", b"\0\xff\r\n"),
    ] {
        let (_, delivered) = converse(&[BEGIN.as_bytes(), b"DATA\r\n", sent]);
        assert_eq!(delivered[0].1, message, "{sent:?}");
    }
    let (_, delivered) = converse(&[BEGIN.as_bytes(), b"DATA\r\nhalf a mess"]);
    assert!(delivered.is_empty(), "a message without its end is not delivered");
}

#[test]
fn too_large_is_refused_whole() {
    let large = vec![b'x'; LARGEST_MESSAGE + 1];
    let (answers, delivered) = converse(&[BEGIN.as_bytes(), b"DATA\r\n", &large, b"\r\n.\r\nNOOP\r\n"]);
    assert_eq!(codes(&answers)[4..], ["552", "250"]);
    assert!(delivered.is_empty());
}

#[test]
fn long_lines_and_many_mistakes() {
    let long = vec![b'x'; 10_000];
    assert_eq!(codes(&converse(&[&long, b"\r\nNOOP\r\n"]).0), ["500", "250"]);
    let (answers, _) = converse(&["WHAT\r\n".repeat(30).as_bytes()]);
    assert!(answers.contains("421 "));
}

proptest! {
    #[test]
    fn pieces_make_no_difference(cuts in proptest::collection::vec(1_usize..40, 0..12), body in proptest::collection::vec(prop_oneof![Just(b'.'), Just(b'\r'), Just(b'\n'), Just(b'a')], 0..40)) {
        let whole = [BEGIN.as_bytes(), b"DATA\r\n", &body, b"\r\n.\r\nQUIT\r\n"].concat();
        let mut pieces = Vec::new();
        let mut rest = &whole[..];
        for cut in cuts {
            let (piece, after) = rest.split_at(cut.min(rest.len()));
            pieces.push(piece);
            rest = after;
        }
        pieces.push(rest);
        prop_assert_eq!(converse(&pieces), converse(&[&whole]));
    }
}
