//! Letters of ours as they stand on the wire (RFC 5322): `multipart/alternative`, the plain text first, the HTML in a
//! `multipart/related` with the pictures that it shows, and around it `multipart/mixed` where files go with it.

use lettre::address::Envelope;
use lettre::message::header::{Cc, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as Part, Body, Mailbox, Mailboxes, MessageBuilder, MultiPart, SinglePart};
use lettre::{Address, Message};

use crate::domain::letter::{Attachment, Author, Correspondent, Letter};
use crate::domain::person::EmailAddress;
use crate::mail::folding::folded;

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
    let files = letter.attachments.iter().zip(attachments);
    let (shown, beside): (Vec<_>, Vec<_>) = files.partition(|(attachment, _)| attachment.content_id.is_some());
    let plain = MultiPart::alternative().singlepart(plain(&letter.text));
    let html = SinglePart::html(in_lines(&letter.html));
    let alternative = if shown.is_empty() {
        plain.singlepart(html)
    } else {
        plain.multipart(shown.into_iter().fold(MultiPart::related().singlepart(html), with_file))
    };
    let headed = headers(letter)?;
    let message = if beside.is_empty() {
        headed.multipart(alternative)
    } else {
        headed.multipart(beside.into_iter().fold(MultiPart::mixed().multipart(alternative), with_file))
    };
    let raw = message.map_err(|error| ComposeError::Message(error.to_string()))?.formatted();
    if has_bare_ends(&raw) {
        return Err(ComposeError::Message("it has an end of line that is not CRLF".to_owned()));
    }
    Ok(raw)
}

/// Whether CR or LF stands alone (RFC 5321, 2.3.8): servers do not agree on where such a letter ends.
fn has_bare_ends(raw: &[u8]) -> bool {
    raw.iter().enumerate().any(|(at, byte)| match byte {
        b'\n' => at == 0 || raw[at - 1] != b'\r',
        b'\r' => raw.get(at + 1) != Some(&b'\n'),
        _ => false,
    })
}

fn plain(text: &str) -> SinglePart {
    let flowed = "text/plain; charset=utf-8; format=flowed".parse::<ContentType>();
    SinglePart::builder().header(flowed.expect("a media type of RFC 3676's")).body(folded(&in_lines(text)))
}

/// With LF alone at the ends of lines, which lettre writes as CRLF.
fn in_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn with_file(parts: MultiPart, (attachment, content): (&Attachment, Vec<u8>)) -> MultiPart {
    let octets = || "application/octet-stream".parse().expect("a media type of the standard's");
    let content_type = ContentType::parse(&attachment.content_type).unwrap_or_else(|_| octets());
    let name = attachment.filename.clone();
    let part = match &attachment.content_id {
        Some(content_id) => Part::new_inline_with_name(content_id.clone(), name),
        None => Part::new(name),
    };
    // Bytes as they are: an end of line of a file's own would end the letter for some servers.
    let body = Body::new_with_encoding(content, ContentTransferEncoding::Base64).expect("base64 carries any bytes");
    parts.singlepart(part.body(body, content_type))
}

fn headers(letter: &Letter) -> Result<MessageBuilder, ComposeError> {
    // lettre reads the envelope out of the headers, and stumbles over quoted local parts.
    let envelope = Envelope::new(
        Some(wire_address(&letter.from.address, "the division")?),
        vec![wire_address(letter.recipient(), "the recipient")?],
    );
    let mut builder = Message::builder()
        .envelope(envelope.map_err(|error| ComposeError::Message(error.to_string()))?)
        .from(mailbox(&letter.from, "the division")?)
        .to(mailbox(&letter.to, "the enquirer")?)
        .reply_to(Mailbox::new(None, wire_address(&letter.reply_to, "the division")?))
        .subject(one_line(&letter.subject))
        .message_id(Some(format!("<{}>", letter.mail_id)))
        .date(letter.written_at.into());
    if !letter.cc.is_empty() {
        // All at once: lettre reads the header again to add to it, and loses what has a quoted local part.
        let all = letter.cc.iter().map(|correspondent| mailbox(correspondent, "a recipient"));
        builder = builder.mailbox(Cc::from(all.collect::<Result<Mailboxes, _>>()?));
    }
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
/// `a..b.@docomo.ne.jp` has to be, and a domain in another script stands in its ASCII form (RFC 5891), which every server
/// takes.
///
/// # Errors
/// When it cannot be written at all.
pub fn wire_address(address: &EmailAddress, whom: &'static str) -> Result<Address, ComposeError> {
    let local = address.local();
    let dotted_badly = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    let host = ascii_host(address.host())
        .ok_or_else(|| ComposeError::Address { whom, why: format!("{} cannot stand in the DNS", address.host()) })?;
    let written = if dotted_badly { format!("\"{local}\"@{host}") } else { format!("{local}@{host}") };
    written
        .parse()
        .map_err(|error: lettre::address::AddressError| ComposeError::Address { whom, why: error.to_string() })
}

/// A domain as it stands in the DNS.
#[must_use]
pub fn ascii_host(host: &str) -> Option<String> {
    if host.is_ascii() { Some(host.to_owned()) } else { idna::domain_to_ascii(host).ok() }
}

#[cfg(test)]
mod tests {
    use super::{compose, wire_address};
    use crate::domain::letter::{Attachment, Author, Correspondent, Letter};
    use crate::domain::person::EmailAddress;
    use crate::mail::parse::parse;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).expect("an address")
    }

    fn letter() -> Letter {
        Letter {
            from: Correspondent { name: "国際交流課".into(), address: address("exchange@clair.example") },
            to: Correspondent { name: "山田\r\nBcc: x@y.example".into(), address: address("a..b.@docomo.ne.jp") },
            cc: Vec::new(),
            copy_for: None,
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
            opens: Vec::new(),
        }
    }

    fn file(name: &str, kind: &str, content_id: Option<&str>) -> Attachment {
        Attachment {
            filename: name.into(),
            content_type: kind.into(),
            sha256: String::new(),
            content_id: content_id.map(str::to_owned),
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
        let attachment = file("名簿.pdf", "application/pdf", None);
        let raw = composed(&Letter { attachments: vec![attachment], ..letter() }, vec![b"%PDF-1.4".to_vec()]);
        assert!(raw.contains("application/pdf") && raw.contains("attachment"), "{raw}");
    }

    #[test]
    fn the_ends_of_lines_of_a_file_end_nothing() {
        for content in [&b"hello\n.\r\nMAIL FROM:<x@y.example>\r\n"[..], b"a\rb", b"a\n.\n", b"a\r\n.\r\nb"] {
            let attachment = file("e.txt", "text/plain", None);
            let raw = composed(&Letter { attachments: vec![attachment], ..letter() }, vec![content.to_vec()]);
            assert!(!raw.contains("\n.") && !raw.replace("\r\n", "").contains(['\r', '\n']), "{raw}");
            assert_eq!(parse(raw.as_bytes()).attachments[0].content, content);
        }
        let text = "One\r\n.\rTwo\n.\nThree".to_owned();
        let raw = composed(&Letter { text: text.clone(), html: text, ..letter() }, Vec::new());
        assert!(!raw.replace("\r\n", "").contains(['\r', '\n']), "{raw}");
    }

    #[test]
    fn pictures_stand_beside_the_html_that_shows_them() {
        let attachments =
            vec![file("案内図.png", "image/png", Some("1@clair.example")), file("a.pdf", "application/pdf", None)];
        let html = "<p><img src=\"cid:1@clair.example\"></p>".to_owned();
        let raw = composed(&Letter { attachments, html, ..letter() }, vec![b"\x89PNG\r\n".to_vec(), b"%PDF".to_vec()]);
        let order =
            ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"];
        let places: Vec<Option<usize>> = order.iter().map(|kind| raw.find(kind)).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?} {raw}");
        let read = parse(raw.as_bytes());
        let files: Vec<(&str, Option<&str>)> =
            read.attachments.iter().map(|file| (file.filename.as_str(), file.content_id.as_deref())).collect();
        assert_eq!(files, [("案内図.png", Some("1@clair.example")), ("a.pdf", None)]);
    }

    #[test]
    fn addresses_as_servers_take_them() {
        for (written, expected) in [
            ("a..b.@docomo.ne.jp", "\"a..b.\"@docomo.ne.jp"),
            ("info@例え.jp", "info@xn--r8jz45g.jp"),
            ("山@例え.jp", "山@xn--r8jz45g.jp"),
            ("Info@Town.example", "Info@Town.example"),
        ] {
            assert_eq!(wire_address(&address(written), "x").expect("an address").to_string(), expected);
        }
    }
}
