//! Letters of ours: how they are worded, and how they stand on the wire.

use jiff::Zoned;
use jiff::civil::Date;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as Part, Mailbox, MessageBuilder, MultiPart, SinglePart};
use lettre::{Address, Message};

use crate::domain::language::Language;
use crate::domain::letter::{Author, Correspondent, Letter};
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::language::Words;
use crate::language::dates;

/// A letter's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Subject, with the reference.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// What an acknowledgement says.
#[derive(Debug, Clone, Copy)]
pub struct Acknowledgement<'a> {
    /// The ticket.
    pub reference: Reference,
    /// The enquirer's name; may be empty.
    pub name: &'a str,
    /// What they asked about.
    pub subject: &'a str,
    /// The day by which an answer is due.
    pub promise: Date,
}

/// Who signs.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The organisation, in the letter's language.
    pub organisation: String,
    /// The division, in the letter's language.
    pub division: String,
    /// Its telephone.
    pub telephone: String,
    /// Its fax.
    pub fax: String,
    /// Its address.
    pub email: String,
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Quotation<'a> {
    /// Who wrote it; may be empty.
    pub name: &'a str,
    /// What they wrote.
    pub text: &'a str,
    /// When, in the division's zone.
    pub at: Zoned,
}

/// The most lines of history below an answer: what is older stands in the thread.
const MOST_QUOTED_LINES: usize = 200;

/// Words an acknowledgement, in one language or in several below one another.
pub fn acknowledgement(
    languages: &[Language],
    facts: &Acknowledgement<'_>,
    signature: impl Fn(Language) -> Signature,
) -> Written {
    let first = Words::public(languages.first().copied().unwrap_or(Language::Japanese));
    let subject = with_reference(facts.reference, &first.say("letter-acknowledgement-subject"));
    let parts: Vec<String> = languages
        .iter()
        .map(|language| acknowledgement_in(Words::public(*language), facts, &signature(*language)))
        .collect();
    let text = parts.join("\n\n────────\n\n");
    Written { subject, html: html(&text), text }
}

fn acknowledgement_in(words: Words, facts: &Acknowledgement<'_>, signature: &Signature) -> String {
    let promise = dates::date_long(words.language, facts.promise);
    [
        greeting(words, facts.name),
        words.say("letter-acknowledgement-received"),
        format!(
            "{}\n{}",
            words.with("letter-acknowledgement-reference", "reference", facts.reference),
            words.with("letter-acknowledgement-about", "subject", facts.subject),
        ),
        words.with("letter-acknowledgement-promise", "date", promise),
        words.say("letter-acknowledgement-answer"),
        signed(words, signature),
    ]
    .join("\n\n")
}

/// Words an answer: what was written, who signs, and the history below.
#[must_use]
pub fn reply(
    language: Language,
    reference: Reference,
    subject: &str,
    body: &str,
    signature: &Signature,
    quotation: Option<&Quotation<'_>>,
) -> Written {
    let words = Words::public(language);
    let subject = if subject.trim().is_empty() { words.say("letter-no-subject") } else { subject.trim().to_owned() };
    let mut text = format!("{body}\n\n{}", signed(words, signature));
    if let Some(quotation) = quotation {
        text.push_str("\n\n");
        text.push_str(&quoted(words, quotation));
    }
    Written { subject: with_reference(reference, &format!("Re: {subject}")), html: html(&text), text }
}

fn greeting(words: Words, name: &str) -> String {
    if name.is_empty() { words.say("letter-greeting-unnamed") } else { words.with("letter-greeting", "name", name) }
}

fn signed(words: Words, signature: &Signature) -> String {
    let reached = words.tell(
        "letter-signature-channels",
        &[
            ("telephone", signature.telephone.as_str().into()),
            ("fax", signature.fax.as_str().into()),
            ("email", signature.email.as_str().into()),
        ],
    );
    format!("-- \n{}\n{}\n{reached}", signature.organisation, signature.division)
}

fn quoted(words: Words, quotation: &Quotation<'_>) -> String {
    let date = dates::date_full(words.language, quotation.at.date());
    let name = if quotation.name.is_empty() { words.say("letter-quotation-you") } else { quotation.name.to_owned() };
    let caption = words.tell("letter-quotation", &[("date", date.into()), ("name", name.into())]);
    let lines = quotation.text.trim().lines().take(MOST_QUOTED_LINES);
    let lines: Vec<String> = lines.map(|line| if line.is_empty() { ">".into() } else { format!("> {line}") }).collect();
    format!("{caption}\n{}", lines.join("\n"))
}

fn with_reference(reference: Reference, subject: &str) -> String {
    format!("[#{reference}] {subject}")
}

/// Text as HTML: paragraphs and line ends, nothing else.
fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs: Vec<String> =
        escaped.split("\n\n").map(|part| format!("<p>{}</p>", part.replace('\n', "<br>\n"))).collect();
    format!("<!DOCTYPE html>\n<html><body>\n{}\n</body></html>\n", paragraphs.join("\n"))
}

/// Why a letter cannot be put on the wire.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// An address that no mail program can write.
    #[error("writing the address of {whom}: {why}")]
    Address {
        /// Whose.
        whom: &'static str,
        /// What the mail library says.
        why: String,
    },
    /// The library refused the whole.
    #[error("composing the letter: {0}")]
    Message(String),
}

/// The bytes of a letter (RFC 5322), with the bytes of its attachments in their order.
///
/// # Errors
/// When an address cannot be written.
pub fn compose(letter: &Letter, attachments: Vec<Vec<u8>>) -> Result<Vec<u8>, ComposeError> {
    let alternative = MultiPart::alternative()
        .singlepart(SinglePart::plain(letter.text.clone()))
        .singlepart(SinglePart::html(letter.html.clone()));
    let headed = headers(letter)?;
    let message = if letter.attachments.is_empty() {
        headed.multipart(alternative)
    } else {
        let mut mixed = MultiPart::mixed().multipart(alternative);
        for (attachment, content) in letter.attachments.iter().zip(attachments) {
            let octets = || "application/octet-stream".parse().expect("a media type of the standard's");
            let content_type = ContentType::parse(&attachment.content_type).unwrap_or_else(|_| octets());
            mixed = mixed.singlepart(Part::new(attachment.filename.clone()).body(content, content_type));
        }
        headed.multipart(mixed)
    };
    Ok(message.map_err(|error| ComposeError::Message(error.to_string()))?.formatted())
}

fn headers(letter: &Letter) -> Result<MessageBuilder, ComposeError> {
    // lettre reads the envelope out of the headers, and stumbles over quoted local parts.
    let envelope = Envelope::new(
        Some(wire_address(&letter.from.address, "the division")?),
        vec![wire_address(&letter.to.address, "the enquirer")?],
    );
    let mut builder = Message::builder()
        .envelope(envelope.map_err(|error| ComposeError::Message(error.to_string()))?)
        .from(mailbox(&letter.from, "the division")?)
        .to(mailbox(&letter.to, "the enquirer")?)
        .reply_to(Mailbox::new(None, wire_address(&letter.reply_to, "the division")?))
        .subject(one_line(&letter.subject))
        .message_id(Some(format!("<{}>", letter.mail_id)))
        .date(letter.written_at.into());
    if let Some(id) = &letter.in_reply_to {
        builder = builder.in_reply_to(format!("<{id}>"));
    }
    if !letter.references.is_empty() {
        let ids: Vec<String> = letter.references.iter().map(|id| format!("<{id}>")).collect();
        builder = builder.references(ids.join(" "));
    }
    if letter.author == Author::Desk {
        let automatic = [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")];
        for (name, value) in automatic {
            let name = HeaderName::new_from_ascii(name.to_owned()).expect("a header's name in ASCII");
            builder = builder.raw_header(HeaderValue::new(name, value.to_owned()));
        }
    }
    Ok(builder)
}

fn mailbox(correspondent: &Correspondent, whom: &'static str) -> Result<Mailbox, ComposeError> {
    let name = Some(one_line(&correspondent.name)).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, wire_address(&correspondent.address, whom)?))
}

/// Names and subjects come from outside: an end of line in one would begin another header.
fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An address as it stands in an envelope: a local part that is no dot-atom is quoted (RFC 5321, 4.1.2), as carriers'
/// `a..b.@docomo.ne.jp` has to be.
///
/// # Errors
/// When it cannot be written at all.
pub fn wire_address(address: &EmailAddress, whom: &'static str) -> Result<Address, ComposeError> {
    let local = address.local();
    let dotted_badly = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    let written = if dotted_badly { format!("\"{local}\"@{}", address.host()) } else { address.to_string() };
    written
        .parse()
        .map_err(|error: lettre::address::AddressError| ComposeError::Address { whom, why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::{compose, wire_address};
    use crate::domain::letter::{Attachment, Author, Correspondent, Letter};
    use crate::domain::person::EmailAddress;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect("an address")
    }

    fn letter() -> Letter {
        Letter {
            from: Correspondent { name: "国際交流課".into(), address: address("exchange@clair.example") },
            to: Correspondent { name: "山田\r\nBcc: x@y.example".into(), address: address("a..b.@docomo.ne.jp") },
            reply_to: address("exchange+abc@clair.example"),
            subject: "[#000123-4] 姉妹都市について\r\nX-Evil: 1".into(),
            text: "こんにちは".into(),
            html: "<p>こんにちは</p>".into(),
            mail_id: "id@clair.example".into(),
            in_reply_to: Some("theirs@town.example".into()),
            references: vec!["first@town.example".into(), "theirs@town.example".into()],
            written_at: jiff::Timestamp::UNIX_EPOCH,
            author: Author::Desk,
            attachments: Vec::new(),
        }
    }

    fn composed(letter: &Letter, files: Vec<Vec<u8>>) -> String {
        String::from_utf8(compose(letter, files).expect("a letter")).expect("lettre writes ASCII")
    }

    #[test]
    fn carries_the_thread_and_says_that_it_is_automatic() {
        let raw = composed(&letter(), Vec::new());
        for line in [
            "Message-ID: <id@clair.example>",
            "In-Reply-To: <theirs@town.example>",
            "Auto-Submitted: auto-replied",
            "Reply-To: exchange+abc@clair.example",
        ] {
            assert!(raw.contains(line), "{line} in {raw}");
        }
        let by_hand = Letter { author: Author::Person, ..letter() };
        assert!(!composed(&by_hand, Vec::new()).contains("Auto-Submitted"));
    }

    #[test]
    fn no_header_is_injected() {
        let raw = composed(&letter(), Vec::new());
        let headers: Vec<&str> = raw.split("\r\n\r\n").next().unwrap_or_default().split("\r\n").collect();
        assert!(!headers.iter().any(|line| line.starts_with("Bcc") || line.starts_with("X-Evil")), "{raw}");
    }

    #[test]
    fn attachments_keep_their_japanese_names() {
        let attachment =
            Attachment { filename: "名簿.pdf".into(), content_type: "application/pdf".into(), sha256: String::new() };
        let raw = composed(&Letter { attachments: vec![attachment], ..letter() }, vec![b"%PDF-1.4".to_vec()]);
        assert!(raw.contains("application/pdf") && raw.contains("attachment"), "{raw}");
    }

    #[test]
    fn carriers_addresses_are_quoted() {
        let wire = wire_address(&address("a..b.@docomo.ne.jp"), "x").expect("an address");
        assert_eq!(wire.to_string(), "\"a..b.\"@docomo.ne.jp");
    }
}
