//! A message's bytes to its values. Never fails: what cannot be known is empty.

use std::collections::BTreeMap;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

use crate::domain::enquiry::{BounceReport, Permanence};
use crate::mail::address::{Mailbox, mailboxes};
use crate::mail::automatic::{Signs, is_automatic};
use crate::mail::{bounce, charset, filename, header, html, reply, transfer};

/// The most attachments that are taken apart; the raw message keeps the rest.
const MOST_ATTACHMENTS: usize = 1000;
/// The most text of one message, in bytes.
const LONGEST_TEXT: usize = 8 * 1024 * 1024;

/// A message as it is understood; as JSON what `madoguchi parse` prints.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Parsed {
    /// Who wrote it.
    pub from: Option<Mailbox>,
    /// To whom.
    pub to: Vec<Mailbox>,
    /// To whom besides.
    pub cc: Vec<Mailbox>,
    /// Subject, in one line.
    pub subject: String,
    /// Its Message-ID, without angle brackets.
    pub message_id: Option<String>,
    /// The Message-ID that it answers.
    pub in_reply_to: Option<String>,
    /// The Message-IDs of its thread.
    pub references: Vec<String>,
    /// When it says that it was written, RFC 3339.
    pub date: Option<String>,
    /// The whole body as plain text.
    pub text: String,
    /// The text less quoted history and signature.
    pub reply: String,
    /// The HTML body, sanitised.
    pub html_sanitised: Option<String>,
    /// What came with it.
    pub attachments: Vec<Attachment>,
    /// Whether a machine wrote it.
    pub auto_submitted: bool,
    /// The report that a letter did not arrive.
    #[serde(serialize_with = "bounce_as_json")]
    pub bounce: Option<BounceReport>,
    /// Where answers are wanted.
    #[serde(skip)]
    pub reply_to: Option<Mailbox>,
    /// `Return-Path`; empty for mail that must not be answered.
    #[serde(skip)]
    pub return_path: Option<String>,
    /// `Content-Language`.
    #[serde(skip)]
    pub content_language: Option<String>,
    /// Of a bounce, the Message-ID of the letter that came back.
    #[serde(skip)]
    pub returned_message_id: Option<String>,
}

/// A file that came with a message.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Attachment {
    /// Safe name; may be empty.
    pub filename: String,
    /// The declared type.
    pub content_type: String,
    /// In bytes, decoded.
    pub size: usize,
    /// SHA-256 of the decoded bytes, in hex.
    pub sha256: String,
    /// Meant to be shown within the text.
    pub inline: bool,
    /// The name by which the HTML refers to it.
    pub content_id: Option<String>,
    /// The decoded bytes.
    #[serde(skip)]
    pub content: Vec<u8>,
}

fn bounce_as_json<S: serde::Serializer>(bounce: &Option<BounceReport>, serializer: S) -> Result<S::Ok, S::Error> {
    use serde::Serialize;
    #[derive(Serialize)]
    struct Json<'a> {
        recipient: &'a str,
        status: &'a str,
        kind: Permanence,
    }
    let json = bounce.as_ref().map(|b| Json { recipient: &b.recipient, status: &b.status, kind: b.permanence });
    json.serialize(serializer)
}

/// Parses a message.
#[must_use]
pub fn parse(raw: &[u8]) -> Parsed {
    let Some(message) = MessageParser::default().parse(raw) else {
        return Parsed { text: charset::decode(raw, None), reply: charset::decode(raw, None), ..Parsed::default() };
    };
    let mut parsed = Parsed::default();
    let Some(root) = message.parts.first() else { return parsed };
    let headers = Headers::of(raw, root);
    read_headers(&headers, &mut parsed);
    read_bodies(raw, &message, &mut parsed);
    let content_type = headers.raw("content-type").map(header::parameters).unwrap_or_default().0;
    read_report(raw, &message, &content_type, &mut parsed);
    let decoded = |name: &str| headers.text(name);
    let signs = Signs { header: &decoded, from: parsed.from.as_ref(), content_type: &content_type };
    parsed.auto_submitted = is_automatic(&signs) || parsed.bounce.is_some();
    parsed
}

/// The headers of a part, by lower-case name, the first of each.
struct Headers<'a>(BTreeMap<String, &'a [u8]>);

impl<'a> Headers<'a> {
    fn of(raw: &'a [u8], part: &MessagePart<'_>) -> Self {
        let mut headers = BTreeMap::new();
        for one in &part.headers {
            let value = raw.get(one.offset_start as usize..one.offset_end as usize).unwrap_or_default();
            headers.entry(one.name.as_str().to_ascii_lowercase()).or_insert(value);
        }
        Self(headers)
    }

    fn raw(&self, name: &str) -> Option<&'a [u8]> {
        self.0.get(name).copied()
    }

    fn text(&self, name: &str) -> Option<String> {
        self.raw(&name.to_ascii_lowercase()).map(header::text)
    }
}

fn read_headers(headers: &Headers<'_>, parsed: &mut Parsed) {
    let all = |name: &str| headers.raw(name).map(mailboxes).unwrap_or_default();
    parsed.from = all("from").into_iter().next().or_else(|| all("sender").into_iter().next());
    parsed.reply_to = all("reply-to").into_iter().next();
    parsed.to = all("to");
    parsed.cc = all("cc");
    parsed.subject = headers.text("subject").unwrap_or_default();
    parsed.message_id = headers.raw("message-id").and_then(|raw| ids(raw).into_iter().next());
    parsed.in_reply_to = headers.raw("in-reply-to").and_then(|raw| ids(raw).into_iter().next());
    parsed.references = headers.raw("references").map(ids).unwrap_or_default();
    parsed.date = headers.text("date").as_deref().and_then(date);
    parsed.return_path = headers.text("return-path").map(|path| path.trim_matches(['<', '>']).to_owned());
    parsed.content_language = headers.text("content-language");
}

fn date(text: &str) -> Option<String> {
    let parsed = mail_parser::DateTime::parse_rfc822(text).filter(mail_parser::DateTime::is_valid)?;
    Some(parsed.to_rfc3339())
}

/// Message-IDs without angle brackets, in one line each.
fn ids(raw: &[u8]) -> Vec<String> {
    let text = header::text(raw);
    let inside: Vec<&str> = text.split('<').skip(1).filter_map(|piece| Some(piece.split_once('>')?.0)).collect();
    let words = if inside.is_empty() { text.split_whitespace().collect() } else { inside };
    let ids = words.into_iter().map(|id| id.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    ids.filter(|id| !id.is_empty()).take(200).collect()
}

/// The bytes of a part, decoded from its transfer encoding; nothing else is done to them.
fn content(raw: &[u8], part: &MessagePart<'_>) -> Vec<u8> {
    let end = (part.offset_end as usize).min(raw.len());
    let body = raw.get(part.offset_body as usize..end).unwrap_or_default();
    let encoding = Headers::of(raw, part).text("content-transfer-encoding").unwrap_or_default();
    transfer::decode(body, &encoding)
}

fn read_bodies(raw: &[u8], message: &Message<'_>, parsed: &mut Parsed) {
    let (mut texts, mut htmls) = (Vec::new(), Vec::new());
    for (number, part) in message.parts.iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        match &part.body {
            PartType::Text(_) if message.text_body.contains(&number) => texts.push(plain_text(raw, part)),
            PartType::Html(_) if message.html_body.contains(&number) || message.text_body.contains(&number) => {
                let markup = labelled_text(raw, part);
                if message.text_body.contains(&number) {
                    texts.push(html::text(&markup));
                }
                htmls.push(markup);
            }
            _ => {}
        }
        if message.attachments.contains(&number) && parsed.attachments.len() < MOST_ATTACHMENTS {
            parsed.attachments.push(attachment(raw, part));
        }
    }
    let mut text = texts.join("\n").trim_end().to_owned();
    if text.len() > LONGEST_TEXT {
        let end = (0..=LONGEST_TEXT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
    }
    parsed.reply = reply::new_part(&text);
    parsed.text = text;
    parsed.html_sanitised = if htmls.is_empty() { None } else { html::sanitise(&htmls.join("\n")) };
}

/// A part's text by its label.
fn labelled_text(raw: &[u8], part: &MessagePart<'_>) -> String {
    let headers = Headers::of(raw, part);
    let (_, parameters) = headers.raw("content-type").map(header::parameters).unwrap_or_default();
    charset::decode(&content(raw, part), parameters.get("charset").map(String::as_str))
}

/// A plain part's text, with `format=flowed` joined (RFC 3676).
fn plain_text(raw: &[u8], part: &MessagePart<'_>) -> String {
    let text = labelled_text(raw, part);
    let headers = Headers::of(raw, part);
    let (_, parameters) = headers.raw("content-type").map(header::parameters).unwrap_or_default();
    if !parameters.get("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed")) {
        return text;
    }
    let joins_without_blank = parameters.get("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes"));
    let mut lines: Vec<String> = Vec::new();
    let mut flows = false;
    for line in text.lines() {
        let unstuffed = line.strip_prefix(' ').unwrap_or(line);
        let depth = |line: &str| line.len() - line.trim_start_matches('>').len();
        match lines.last_mut() {
            Some(last) if flows && depth(last) == depth(unstuffed) => {
                if joins_without_blank {
                    last.pop();
                }
                last.push_str(unstuffed.trim_start_matches('>').trim_start_matches(if depth(unstuffed) > 0 {
                    " "
                } else {
                    ""
                }));
            }
            _ => lines.push(unstuffed.to_owned()),
        }
        flows = line.ends_with(' ') && line != "-- ";
    }
    lines.join("\n")
}

fn attachment(raw: &[u8], part: &MessagePart<'_>) -> Attachment {
    let headers = Headers::of(raw, part);
    let (declared, type_parameters) = headers.raw("content-type").map(header::parameters).unwrap_or_default();
    let (disposition, parameters) = headers.raw("content-disposition").map(header::parameters).unwrap_or_default();
    let nested = matches!(part.body, PartType::Message(_));
    let name = parameters.get("filename").or_else(|| type_parameters.get("name"));
    let mut filename = filename::safe(name.map_or("", String::as_str));
    if filename.is_empty() && nested {
        filename = "message.eml".to_owned();
    }
    let content = content(raw, part);
    Attachment {
        filename,
        content_type: if declared.is_empty() { "application/octet-stream".to_owned() } else { declared },
        size: content.len(),
        sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(&content)),
        inline: disposition == "inline" || (disposition.is_empty() && part.content_id().is_some()),
        content_id: headers.raw("content-id").and_then(|raw| ids(raw).into_iter().next()),
        content,
    }
}

/// Whether it reports that a letter did not arrive. A bounce that a person forwards is an enquiry.
fn read_report(raw: &[u8], message: &Message<'_>, content_type: &str, parsed: &mut Parsed) {
    let is_report = content_type.starts_with("multipart/report");
    for part in &message.parts {
        let (kind, _) = Headers::of(raw, part).raw("content-type").map(header::parameters).unwrap_or_default();
        match kind.as_str() {
            "message/delivery-status" | "message/global-delivery-status" if is_report => {
                parsed.bounce = bounce::from_delivery_status(&charset::decode(&content(raw, part), None));
            }
            "message/rfc822" | "text/rfc822-headers" | "message/global" | "message/global-headers" => {
                parsed.returned_message_id = returned_id(&content(raw, part));
            }
            _ => {}
        }
    }
    let by_a_system = parsed.return_path.as_deref() == Some("")
        || parsed.from.as_ref().is_some_and(|from| {
            let local = from.address.split('@').next().unwrap_or_default().to_ascii_lowercase();
            ["mailer-daemon", "postmaster", "mail-daemon"].contains(&local.as_str())
        });
    if by_a_system && !is_report && parsed.bounce.is_none() {
        parsed.bounce = bounce::from_prose(&parsed.text);
        if parsed.returned_message_id.is_none() && parsed.bounce.is_some() {
            parsed.returned_message_id = returned_id(parsed.text.as_bytes());
        }
    }
}

fn returned_id(letter: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&letter[..letter.len().min(64 * 1024)]).into_owned();
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| line.to_ascii_lowercase().starts_with("message-id:"))?;
    ids(line.split_once(':')?.1.as_bytes()).into_iter().next()
}

#[cfg(test)]
mod tests;
