//! One LMTP conversation (RFC 2033, over RFC 5321's grammar) as a state machine: bytes in, steps out.
//!
//! Commands are parsed by smtp-proto. The bytes after `DATA` are taken here: its receiver neither counts nor ends an
//! empty message. Only CRLF ends a line, and only a dot between two of them ends a message, so that nobody smuggles a
//! second letter into a first.

use smtp_proto::{Error, Request};

/// The largest message, in bytes, as `SIZE` announces it (RFC 1870).
pub const LARGEST_MESSAGE: usize = 50 * 1024 * 1024;
/// The longest command line.
const LONGEST_LINE: usize = 4096;
/// Recipients of one message.
const MOST_RECIPIENTS: usize = 100;
/// Commands that are none, before the conversation ends.
const MOST_MISTAKES: u32 = 20;

/// Who sends to whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// The return path; empty for mail that must not be answered.
    pub sender: String,
    /// The recipients, in their order.
    pub recipients: Vec<String>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Stored and committed.
    Stored,
    /// Not stored: the MTA keeps it and tries again.
    TryLater,
}

/// What the listener is to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send this.
    Reply(String),
    /// Store this message, and tell [`Session::delivered`] what became of it.
    Deliver(Envelope, Vec<u8>),
    /// Send this and hang up.
    Close(String),
}

/// A conversation.
#[derive(Debug, Default)]
pub struct Session {
    input: Vec<u8>,
    greeted: bool,
    envelope: Option<Envelope>,
    data: Option<Data>,
    waiting_for: usize,
    mistakes: u32,
    overlong: bool,
}

#[derive(Debug, Default)]
struct Data {
    message: Vec<u8>,
    size: usize,
    place: Place,
}

/// Where in a message the last byte stood.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    LineStart,
    Dot,
    DotCr,
    Cr,
    Text,
}

impl Session {
    /// What is said first.
    #[must_use]
    pub fn greeting() -> &'static str {
        "220 Madoguchi LMTP\r\n"
    }

    /// Takes bytes from the peer.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.input.extend_from_slice(bytes);
    }

    /// The next step; `None` until more bytes come, or a delivery is answered.
    pub fn step(&mut self) -> Option<Step> {
        if self.waiting_for > 0 {
            return None;
        }
        if self.data.is_some() {
            return self.take_data();
        }
        let line = self.take_line()?;
        if line.len() > LONGEST_LINE || std::mem::take(&mut self.overlong) {
            return Some(self.mistake("500 5.5.2 That line is too long"));
        }
        Some(self.command(&line))
    }

    /// What became of the message: a reply for each recipient.
    pub fn delivered(&mut self, delivery: Delivery) -> String {
        let reply = match delivery {
            Delivery::Stored => "250 2.0.0 Stored\r\n",
            Delivery::TryLater => "451 4.3.0 Not stored, try again later\r\n",
        };
        reply.repeat(std::mem::take(&mut self.waiting_for))
    }

    /// A line without more of it than is looked at; `None` until its end has come.
    fn take_line(&mut self) -> Option<Vec<u8>> {
        match self.input.iter().position(|byte| *byte == b'\n') {
            Some(end) => Some(self.input.drain(..=end).collect()),
            None => {
                if self.input.len() > LONGEST_LINE {
                    self.overlong = true;
                    self.input.clear();
                }
                None
            }
        }
    }

    fn command(&mut self, line: &[u8]) -> Step {
        let request = match Request::parse(&mut line.iter()) {
            Ok(request) => request.into_owned(),
            Err(Error::UnknownCommand) => return self.mistake("500 5.5.1 There is no such command"),
            Err(Error::UnsupportedParameter { .. }) => return self.mistake("555 5.5.4 There is no such parameter"),
            Err(Error::InvalidSenderAddress) => return self.mistake("501 5.1.7 The sender's address cannot be read"),
            Err(Error::InvalidRecipientAddress) => {
                return self.mistake("501 5.1.3 The recipient's address cannot be read");
            }
            Err(_) => return self.mistake("501 5.5.4 The command cannot be read"),
        };
        match request {
            Request::Lhlo { .. } => {
                self.greeted = true;
                self.envelope = None;
                let size = LARGEST_MESSAGE;
                reply(&format!(
                    "250-Madoguchi\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {size}"
                ))
            }
            Request::Ehlo { .. } | Request::Helo { .. } => self.mistake("500 5.5.1 This is LMTP: say LHLO"),
            Request::Mail { from } => self.mail(from.address, from.size),
            Request::Rcpt { to } => self.recipient(to.address),
            Request::Data => self.begin_data(),
            Request::Rset => {
                self.envelope = None;
                reply("250 2.0.0 Forgotten")
            }
            Request::Noop { .. } => reply("250 2.0.0 Here"),
            Request::Vrfy { .. } => reply("252 2.1.5 Send it and see"),
            Request::Quit => Step::Close("221 2.0.0 Goodbye\r\n".to_owned()),
            _ => self.mistake("502 5.5.1 That command is not for this counter"),
        }
    }

    fn mail(&mut self, sender: String, size: usize) -> Step {
        if !self.greeted {
            return self.mistake("503 5.5.1 Say LHLO first");
        }
        if self.envelope.is_some() {
            return self.mistake("503 5.5.1 A message has been begun already");
        }
        if size > LARGEST_MESSAGE {
            return reply("552 5.3.4 The message is too large");
        }
        self.envelope = Some(Envelope { sender, recipients: Vec::new() });
        reply("250 2.1.0 Sender noted")
    }

    fn recipient(&mut self, address: String) -> Step {
        let Some(envelope) = &mut self.envelope else { return self.mistake("503 5.5.1 Say MAIL first") };
        if envelope.recipients.len() >= MOST_RECIPIENTS {
            return reply("452 4.5.3 Too many recipients for one message");
        }
        envelope.recipients.push(address);
        reply("250 2.1.5 Recipient noted")
    }

    fn begin_data(&mut self) -> Step {
        match &self.envelope {
            None => self.mistake("503 5.5.1 Say MAIL first"),
            // RFC 2033, 4.2: without a recipient that was accepted, DATA fails.
            Some(envelope) if envelope.recipients.is_empty() => self.mistake("503 5.5.1 There is no recipient"),
            Some(_) => {
                self.data = Some(Data::default());
                reply("354 End with a dot on a line of its own")
            }
        }
    }

    fn take_data(&mut self) -> Option<Step> {
        let data = self.data.as_mut()?;
        let end = data.take(&self.input);
        self.input.drain(..end.unwrap_or(self.input.len()));
        end?;
        let data = self.data.take()?;
        let envelope = self.envelope.take()?;
        let recipients = envelope.recipients.len();
        if data.size > LARGEST_MESSAGE {
            return Some(Step::Reply("552 5.3.4 The message is too large\r\n".repeat(recipients)));
        }
        self.waiting_for = recipients;
        Some(Step::Deliver(envelope, data.message))
    }

    fn mistake(&mut self, words: &str) -> Step {
        self.mistakes += 1;
        if self.mistakes >= MOST_MISTAKES {
            return Step::Close("421 4.7.0 Too many mistakes, goodbye\r\n".to_owned());
        }
        reply(words)
    }
}

impl Data {
    /// Takes bytes until the message ends; where it does, how many of them belong to it.
    fn take(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, byte) in bytes.iter().enumerate() {
            self.place = match (self.place, byte) {
                (Place::LineStart, b'.') => Place::Dot,
                (Place::Dot, b'\r') => Place::DotCr,
                (Place::DotCr, b'\n') => return Some(at + 1),
                (Place::DotCr, _) => {
                    self.keep(b'\r');
                    self.keep_in_line(*byte)
                }
                (Place::Cr, b'\n') => {
                    self.keep(b'\n');
                    Place::LineStart
                }
                _ => self.keep_in_line(*byte),
            };
        }
        None
    }

    fn keep_in_line(&mut self, byte: u8) -> Place {
        self.keep(byte);
        if byte == b'\r' { Place::Cr } else { Place::Text }
    }

    /// Counts a byte, and keeps it unless the message is too large already.
    fn keep(&mut self, byte: u8) {
        self.size += 1;
        if self.size <= LARGEST_MESSAGE {
            self.message.push(byte);
        } else {
            self.message = Vec::new();
        }
    }
}

fn reply(words: &str) -> Step {
    Step::Reply(format!("{words}\r\n"))
}

#[cfg(test)]
mod tests {
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
}
