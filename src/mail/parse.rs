//! A message's bytes to its values. Never fails: what cannot be known is empty.

mod report;

use std::borrow::Cow;
use std::cell::OnceCell;

use sha2::{Digest, Sha256};

use crate::domain::enquiry::{BounceReport, Permanence};
use crate::mail::address::{Mailbox, mailboxes};
use crate::mail::body::Body;
use crate::mail::charset::{Surroundings, Telling, Told};
use crate::mail::fields::Fields;
use crate::mail::filename::File;
use crate::mail::header;
use crate::mail::parameter::Parametrised;
use crate::mail::structure::{Part, parts};
use crate::mail::text::Text;
use crate::mail::{charset, date, filename, html, identifier, reply, smime, tnef};

/// The most attachments that are taken apart; the raw message keeps the rest.
const MOST_ATTACHMENTS: usize = 20_000;

/// A message as it is understood; as JSON what `madoguchi parse` prints.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Parsed {
    /// Who wrote it.
    pub from: Option<Mailbox>,
    /// All addresses of `From` (RFC 5322, 3.6.2, allows several).
    #[serde(skip)]
    pub authors: Vec<Mailbox>,
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
    /// The report of a failure that does not say whose; it is one where the address that it came to tells.
    #[serde(skip)]
    pub nameless_bounce: Option<BounceReport>,
    /// Where answers are wanted.
    #[serde(skip)]
    pub reply_to: Option<Mailbox>,
    /// `Return-Path`; empty for mail that must not be answered.
    #[serde(skip)]
    pub return_path: Option<String>,
    /// `Content-Language`.
    #[serde(skip)]
    pub content_language: Option<String>,
    /// All Message-IDs of `In-Reply-To`, where some write several.
    #[serde(skip)]
    pub answers: Vec<String>,
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
    // Outside there are two kinds.
    let kind = |permanence| if permanence == Permanence::Delayed { Permanence::Soft } else { permanence };
    let json = bounce.as_ref().map(|b| Json { recipient: &b.recipient, status: &b.status, kind: kind(b.permanence) });
    json.serialize(serializer)
}

/// Parses a message.
#[must_use]
pub fn parse(raw: &[u8]) -> Parsed {
    // Old Macintoshes end lines with CR alone.
    if !raw.contains(&b'\n') && raw.contains(&b'\r') {
        let lines: Vec<u8> = raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect();
        return parse(&lines);
    }
    let parts = parts(raw);
    let whole = Whole { raw, parts: &parts, told: OnceCell::new() };
    let around = Surroundings::of(&whole);
    let mut parsed = Parsed::default();
    read_headers(raw, &parts[0].fields, &around, &mut parsed);
    read_body(raw, &parts, &around, &mut parsed);
    if let Some(signed) = smime::signed_entity(raw, &parts) {
        read_signed(&signed, &mut parsed);
    }
    report::read(raw, &parts, &around, &mut parsed);
    parsed
}

fn read_body(raw: &[u8], parts: &[Part], around: &Surroundings, parsed: &mut Parsed) {
    let mut body = Body::of(raw, parts, around);
    if body.text.is_blank()
        && let Some(text) = within_envelope(raw, parts, &body)
    {
        body.text = text;
    }
    parsed.reply = reply::new_part(&body.text);
    parsed.text = body.text.into_words();
    parsed.html_sanitised = body.html.as_deref().and_then(html::sanitise);
    for number in body.attachments.iter().take(MOST_ATTACHMENTS) {
        attach(raw, &parts[*number], around, &mut parsed.attachments);
    }
    parsed.attachments.extend(body.files.into_iter().take(MOST_ATTACHMENTS).map(within));
}

/// The text of a letter that is nothing but Outlook's own envelope.
fn within_envelope(raw: &[u8], parts: &[Part], body: &Body) -> Option<Text> {
    let mut envelopes = body.attachments.iter().take(4).map(|number| parts[*number].content(raw));
    let found = envelopes.find_map(|content| if tnef::is_one(&content) { tnef::body(&content) } else { None })?;
    Some(found.map_or_else(|markup| html::text(&markup), Text::plain))
}

/// What was signed, beside the signature that it stands in.
fn read_signed(entity: &[u8], parsed: &mut Parsed) {
    let parts = parts(entity);
    let whole = Whole { raw: entity, parts: &parts, told: OnceCell::new() };
    read_body(entity, &parts, &Surroundings::of(&whole), parsed);
}

/// Whom a message comes from that cannot be taken apart: its return path, or who says to have written it.
#[must_use]
pub fn sender(raw: &[u8]) -> Option<String> {
    let head = parse(header::head(raw));
    head.return_path.or_else(|| head.from.map(|from| from.address))
}

/// The HTML of a message with the addresses of pictures that are elsewhere, for those who ask to see them.
#[must_use]
pub fn html_with_pictures(raw: &[u8]) -> Option<String> {
    let whole = parts(raw);
    match smime::signed_entity(raw, &whole) {
        Some(signed) => markup(&signed, &parts(&signed)),
        None => markup(raw, &whole),
    }
}

fn markup(raw: &[u8], parts: &[Part]) -> Option<String> {
    let whole = Whole { raw, parts, told: OnceCell::new() };
    Body::of(raw, parts, &Surroundings::of(&whole)).html.as_deref().and_then(html::sanitise_with_pictures)
}

/// A message, and what it tells of its parts once one of them needs to know.
struct Whole<'a> {
    raw: &'a [u8],
    parts: &'a [Part],
    told: OnceCell<Told>,
}

impl Telling for Whole<'_> {
    fn told(&self) -> &Told {
        self.told.get_or_init(|| told(self.raw, self.parts))
    }
}

/// What the message's parts, words and addresses tell of those that do not say what they are written in.
fn told(raw: &[u8], parts: &[Part]) -> Told {
    let fields = &parts[0].fields;
    let labels = parts.iter().filter_map(|part| part.kind.get("charset"));
    let words = ["subject", "from", "to"].into_iter().filter_map(|name| {
        let value = fields.raw(raw, name)?;
        let at = memchr::memmem::find(&value[..value.len().min(4096)], b"=?")?;
        Some(header::encoded_word(&value[at..])?.label)
    });
    let charset = labels.chain(words).find(|label| is_telling(label)).map(str::to_owned).or_else(|| {
        let html = parts.iter().filter(|part| part.media_type() == "text/html").take(4);
        html.filter_map(|part| html::charset(&part.content(raw))).find(|label| is_telling(label))
    });
    let country = country(raw, fields);
    let charset = charset.or_else(|| {
        let values = ["subject", "from", "to", "cc"].into_iter().filter_map(|name| fields.raw(raw, name));
        let unlabelled: Vec<&[u8]> = values.filter(|value| !value.is_ascii()).collect();
        if unlabelled.is_empty() {
            return None;
        }
        let text = parts.iter().find(|part| part.children.is_empty() && part.media_type().starts_with("text/"));
        // A name alone is too short to tell; with the subject it is not.
        let by_text = text.and_then(|text| charset::guessed(&text.content(raw), country));
        by_text.or_else(|| charset::guessed(&unlabelled.concat(), country))
    });
    Told { charset, country }
}

/// Whether a label is more than what many programs write whatever the charset is.
fn is_telling(label: &str) -> bool {
    let folded = label.to_ascii_lowercase();
    let is_usual = folded.contains("ascii") || folded.contains("8859-1") || folded.contains("1252");
    !is_usual && charset::is_known(label)
}

/// The country that the language, or the sender's domain, points to.
fn country(raw: &[u8], fields: &Fields) -> Option<&'static str> {
    let by_language = fields.raw(raw, "content-language").and_then(|value| {
        let language = String::from_utf8_lossy(value).trim().to_ascii_lowercase();
        match language.get(..2)? {
            "ja" => Some("jp"),
            "ko" => Some("kr"),
            "zh" if language.contains("tw") || language.contains("hk") || language.contains("hant") => Some("tw"),
            "zh" => Some("cn"),
            _ => None,
        }
    });
    let by_domain = |name| country_of_domain(fields.raw(raw, name)?);
    by_language.or_else(|| ["from", "message-id", "return-path", "to"].into_iter().find_map(by_domain))
}

/// The country whose top-level domain the last address of a value has.
fn country_of_domain(value: &[u8]) -> Option<&'static str> {
    let host = value.rsplit(|byte| *byte == b'@').next().filter(|host| host.len() < value.len())?;
    let is_of_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let end = host.iter().position(|byte| !is_of_host(byte)).unwrap_or(host.len());
    let top = host[..end].rsplit(|byte| *byte == b'.').next()?;
    COUNTRIES.into_iter().find(|country| top.eq_ignore_ascii_case(country.as_bytes()))
}

/// Those whose letters come in charsets of their own.
const COUNTRIES: [&str; 9] = ["jp", "cn", "tw", "kr", "hk", "ru", "th", "gr", "il"];

fn read_headers(raw: &[u8], fields: &Fields, around: &Surroundings, parsed: &mut Parsed) {
    let text = |name: &str| fields.raw(raw, name).map(|value| header::text(value, around));
    let all = |name: &str| joined(fields.all(raw, name).map(|value| mailboxes(value, around)));
    let ids = |name: &str| joined(fields.all(raw, name).map(|value| identifier::ids(value, around)));
    let addressed = |name: &str| all(name).into_iter().find(|mailbox| !mailbox.address.is_empty());
    parsed.authors = all("from");
    let nowhere: Vec<Mailbox> = parsed.authors.extract_if(.., |mailbox| mailbox.address.is_empty()).collect();
    let first = parsed.authors.first().cloned();
    parsed.from = first.or_else(|| addressed("sender")).or_else(|| nowhere.into_iter().next());
    parsed.reply_to = addressed("reply-to");
    parsed.to = all("to");
    parsed.cc = all("cc");
    for list in [&mut parsed.to, &mut parsed.cc] {
        list.retain(|mailbox| !mailbox.address.is_empty());
    }
    parsed.subject = text("subject").unwrap_or_default();
    parsed.message_id = ids("message-id").into_iter().next();
    parsed.answers = ids("in-reply-to");
    parsed.in_reply_to = parsed.answers.first().cloned();
    parsed.references = ids("references");
    parsed.date = text("date").as_deref().and_then(date::rfc3339);
    parsed.return_path = text("return-path").map(|path| path.trim_matches(['<', '>', ' ']).to_owned());
    parsed.content_language = text("content-language");
}

/// Lists as one.
fn joined<T>(mut lists: impl Iterator<Item = Vec<T>>) -> Vec<T> {
    let mut whole = lists.next().unwrap_or_default();
    lists.for_each(|mut more| whole.append(&mut more));
    whole
}

fn attach(raw: &[u8], part: &Part, around: &Surroundings, attachments: &mut Vec<Attachment>) {
    // A name in raw bytes is read with what the whole message tells, which was not known when its parts were found.
    let named = |name: &str| {
        part.fields.raw(raw, name).filter(|value| !value.is_ascii()).map(|value| Parametrised::read(value, around))
    };
    let name = [named("content-disposition"), named("content-type")]
        .into_iter()
        .flatten()
        .find_map(|header| header.get("filename").or_else(|| header.get("name")).map(str::to_owned));
    let name = name.or_else(|| part.filename().map(str::to_owned)).or_else(|| located(raw, part)).unwrap_or_default();
    let declared = if part.kind.value.contains('/') { part.kind.value.as_str() } else { part.media_type() };
    let content = part.content(raw);
    let content_id = part.fields.raw(raw, "content-id").and_then(|id| identifier::ids(id, around).into_iter().next());
    if tnef::is_one(&content)
        && (declared.contains("tnef") || name.to_ascii_lowercase().ends_with("winmail.dat"))
        && let Some(files) = tnef::files(&content)
    {
        attachments.extend(files.into_iter().map(within));
        return;
    }
    let disposition = part.disposition.value.as_str();
    let inline = disposition == "inline" || (disposition.is_empty() && content_id.is_some());
    attachments.push(attachment(&name, declared, inline, content_id, content));
}

/// A file that came within something else, which does not say its type.
fn within(file: File) -> Attachment {
    let kind = infer::get(&file.content).map_or("application/octet-stream", |kind| kind.mime_type()).to_owned();
    attachment(&file.name, &kind, false, None, Cow::Owned(file.content))
}

/// The name of a file that says no more than where it is (`Content-Location`, RFC 2557), if that is a name.
fn located(raw: &[u8], part: &Part) -> Option<String> {
    let location = header::text(part.fields.raw(raw, "content-location")?, &Surroundings::NONE);
    let is_name = !location.contains([':', '/', '\\', '?']) && location.contains('.');
    is_name.then_some(location)
}

fn attachment(name: &str, kind: &str, inline: bool, content_id: Option<String>, content: Cow<'_, [u8]>) -> Attachment {
    Attachment {
        filename: filename::safe(name),
        content_type: kind.to_owned(),
        size: content.len(),
        sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(&content)),
        inline,
        content_id,
        content: content.into_owned(),
    }
}

#[cfg(test)]
mod tests;
