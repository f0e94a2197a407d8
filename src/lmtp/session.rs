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
        let request = match read(line) {
            Ok(request) => request,
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

/// Reads a command. smtp-proto holds addresses to the letter of RFC 5321, 4.1.2; carriers of Japan gave out others, such
/// as `a..b.@docomo.ne.jp`, which MTAs pass on as they are.
fn read(line: &[u8]) -> Result<Request<String>, Error> {
    let refused = match Request::parse(&mut line.iter()) {
        Ok(request) => return Ok(request.into_owned()),
        Err(error @ (Error::InvalidSenderAddress | Error::InvalidRecipientAddress)) => error,
        Err(error) => return Err(error),
    };
    let Some((address, plain)) = without_address(line) else { return Err(refused) };
    match Request::parse(&mut plain.iter()) {
        Ok(Request::Mail { mut from }) => {
            from.address = address.into();
            Ok(Request::Mail { from }.into_owned())
        }
        Ok(Request::Rcpt { mut to }) => {
            to.address = address.into();
            Ok(Request::Rcpt { to }.into_owned())
        }
        _ => Err(refused),
    }
}

/// The address in a command, and the command with a blameless one in its place.
fn without_address(line: &[u8]) -> Option<(String, Vec<u8>)> {
    let open = line.iter().position(|byte| *byte == b'<')?;
    let close = line.iter().position(|byte| *byte == b'>').filter(|close| *close > open)?;
    let address = std::str::from_utf8(&line[open + 1..close]).ok()?;
    let (local, host) = address.rsplit_once('@')?;
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"".contains(c);
    let is_good = !local.is_empty() && !host.is_empty() && address.len() <= 320 && address.chars().all(is_plain);
    is_good.then(|| (address.to_owned(), [&line[..=open], b"someone@madoguchi.invalid", &line[close..]].concat()))
}

fn reply(words: &str) -> Step {
    Step::Reply(format!("{words}\r\n"))
}

#[cfg(test)]
mod tests;
