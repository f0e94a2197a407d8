//! A letter's bytes and its envelope to an arrival.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::desk::receive::{Arrival, NotUnderstood};
use crate::domain::arrival::Obstacle;
use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Doubt, Enquiry, File, Nature, Sender, ThreadMarks};
use crate::domain::letter::Correspondent;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::language::detect::{Hints, detect};
use crate::mail::authentication::authenticity;
use crate::mail::automatic::is_of_a_site;
use crate::mail::own_page::without_keys;
use crate::mail::parse::{self, Parsed, parse};
use crate::mail::token::{Names, Tokens};
use crate::mail::verdict::{Verdict, verdict};
use crate::settings::{Nameserver, Screening};

/// A letter as a door gets it.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The return path; empty for mail that must not be answered, `None` where the door does not know it.
    pub return_path: Option<String>,
    /// The addresses that it was sent to.
    pub recipients: Vec<String>,
    /// The message.
    pub raw: Vec<u8>,
}

/// What is needed to understand letters. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Tokens in addresses.
    pub tokens: Tokens,
    /// Whose word is believed.
    pub screening: Arc<Screening>,
}

impl Reading {
    /// Where nobody is asked for keys, signatures say nothing.
    fn authenticity(&self, raw: &[u8]) -> Authenticity {
        match authenticity(raw, self.screening.authserv_id.as_deref()) {
            Authenticity::Signed if self.screening.nameserver == Nameserver::Nobody => Authenticity::Unknown,
            known => known,
        }
    }

    /// Where points are asked for and given, they decide; otherwise the filter's own word.
    fn takes_for_spam(&self, verdict: Verdict) -> bool {
        match (self.screening.spam_score, verdict.score) {
            (Some(most), Some(score)) => score >= most,
            _ => verdict.is_spam,
        }
    }
}

/// The most bytes of a letter that is taken apart.
pub const LARGEST: usize = 50 * 1024 * 1024;
/// How long taking a letter apart may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most characters of a subject that a ticket keeps; the message keeps all.
const LONGEST_SUBJECT: usize = 500;

/// The most of those that a letter was also sent to, and the most characters of the name of one.
const MOST_OTHERS: usize = 50;
const LONGEST_NAME: usize = 200;

/// The longest Message-ID that is kept as it is (RFC 5322, 2.1.1 allows a line of 998 bytes).
const LONGEST_ID: usize = 998;
/// The most Message-IDs that a letter is looked for by, the nearest first.
const MOST_ANSWERS: usize = 200;

/// Understands a letter beside other work. What takes longer than its time is kept for staff to look at, and the next
/// letter goes on.
pub async fn understand_in_time(reading: &Reading, letter: Letter, now: Timestamp) -> Arrival {
    understand_within(PATIENCE, reading, letter, now).await
}

async fn understand_within(most: Duration, reading: &Reading, letter: Letter, now: Timestamp) -> Arrival {
    let (reading, kept) = (reading.clone(), letter.clone());
    let understanding = tokio::task::spawn_blocking(move || understand(&reading, letter, now));
    match tokio::time::timeout(most, understanding).await {
        Ok(Ok(arrival)) => arrival,
        Ok(Err(_)) => not_understood(kept, now, Obstacle::Unreadable),
        Err(_) => not_understood(kept, now, Obstacle::TooSlow(most.as_secs())),
    }
}

/// Understands a letter. What makes the parser fail is kept all the same, for staff to look at.
#[must_use]
pub fn understand(reading: &Reading, letter: Letter, now: Timestamp) -> Arrival {
    match std::panic::catch_unwind(|| parse(&letter.raw)) {
        Ok(parsed) => Arrival::Enquiry(Box::new(enquiry(reading, letter, parsed, now))),
        Err(_) => not_understood(letter, now, Obstacle::Unreadable),
    }
}

fn not_understood(letter: Letter, now: Timestamp, reason: Obstacle) -> Arrival {
    let sender = letter.return_path.or_else(|| parse::sender(&letter.raw)).unwrap_or_default();
    Arrival::NotUnderstood(NotUnderstood {
        channel: Channel::Email,
        received_at: now,
        sender,
        recipients: letter.recipients,
        raw: letter.raw,
        reason,
    })
}

fn enquiry(reading: &Reading, letter: Letter, parsed: Parsed, now: Timestamp) -> Enquiry {
    let return_path = letter.return_path.or(parsed.return_path.clone());
    let empty_path = return_path.as_deref().is_some_and(str::is_empty);
    let sender = sender(&parsed, return_path.as_deref());
    let sameness = sameness(&letter.raw, &parsed, &sender);
    // Without a Message-ID one is made of the content, so that answers and second deliveries find it.
    let made = || format!("{}@madoguchi.invalid", data_encoding::HEXLOWER.encode(&sameness[..16]));
    let mail_id = parsed.message_id.as_deref().map_or_else(made, kept_id);
    let hints = Hints { content_language: parsed.content_language.as_deref() };
    let language = detect(&format!("{}\n{}", parsed.subject, parsed.reply), hints);
    let is_spam = verdict(&letter.raw).is_some_and(|verdict| reading.takes_for_spam(verdict));
    let doubts = is_spam.then_some(Doubt::FilteredAsSpam).into_iter().collect();
    let authenticity = reading.authenticity(&letter.raw);
    let mut thread = thread_marks(&reading.tokens, &letter.recipients, &parsed, mail_id);
    thread.authors = authors(&parsed, return_path.as_deref());
    // What comes to a letter's own return path is about its one recipient.
    let nameless = parsed.nameless_bounce.as_ref().filter(|_| empty_path && thread.letter_by_token.is_some());
    let nature = match parsed.bounce.as_ref().or(nameless) {
        Some(report) => Nature::Bounce(report.clone()),
        None if parsed.auto_submitted || empty_path => Nature::Automatic,
        None => Nature::Human,
    };
    let copied_to = others(&reading.tokens, &letter.recipients, &parsed);
    let new_part = Some(parsed.reply).filter(|reply| *reply != parsed.text);
    Enquiry {
        channel: Channel::Email,
        received_at: now,
        sameness,
        form: None,
        sender,
        copied_to,
        recipients: letter.recipients,
        subject: parsed.subject.chars().take(LONGEST_SUBJECT).collect(),
        text: without_keys(parsed.text),
        new_part: new_part.map(without_keys),
        html: parsed.html_sanitised.map(without_keys),
        language,
        topic: None,
        answered: None,
        files: parsed.attachments.into_iter().map(file).collect(),
        nature,
        thread,
        authenticity,
        doubts,
        logged_by: None,
        raw: letter.raw,
    }
}

/// Who wrote, as far as the letter itself tells: all in `From`; without one, `Sender` or the return path.
fn authors(parsed: &Parsed, return_path: Option<&str>) -> Vec<EmailAddress> {
    let from = parsed.authors.iter().map(|mailbox| mailbox.address.as_str());
    let named: Vec<EmailAddress> = from.filter_map(|address| EmailAddress::parse(address).ok()).collect();
    if !named.is_empty() {
        return named;
    }
    let others = parsed.from.iter().map(|mailbox| mailbox.address.as_str()).chain(return_path);
    others.filter_map(|address| EmailAddress::parse(address).ok()).take(1).collect()
}

/// Who else takes part: all but the first who wrote it, and all in `To` and `Cc` but the addresses that it came in by.
/// Staff may include them in a reply.
fn others(tokens: &Tokens, envelope: &[String], parsed: &Parsed) -> Vec<Correspondent> {
    let mut seen: HashSet<String> = envelope.iter().map(|address| address.to_lowercase()).collect();
    let named = parsed.authors.iter().skip(1).chain(&parsed.to).chain(&parsed.cc).filter_map(|mailbox| {
        let address = EmailAddress::parse(&mailbox.address).ok()?;
        let is_other = tokens.in_address(address.as_str()).is_none() && seen.insert(address.folded());
        is_other.then(|| Correspondent { name: mailbox.name.chars().take(LONGEST_NAME).collect(), address })
    });
    named.take(MOST_OTHERS).collect()
}

/// Who wrote: the author, or who says that answers go elsewhere; at last the return path.
fn sender(parsed: &Parsed, return_path: Option<&str>) -> Sender {
    let author = parsed.from.clone().unwrap_or_default();
    let answers = parsed.reply_to.as_ref().map(|mailbox| mailbox.address.as_str());
    let addresses = [answers, Some(author.address.as_str()), return_path];
    let email = addresses.into_iter().flatten().find_map(|address| EmailAddress::parse(address).ok());
    // A form of another site writes in the site's name, and wants the answer sent to whoever filled it in.
    let elsewhere = parsed.reply_to.as_ref().filter(|other| !other.address.eq_ignore_ascii_case(&author.address));
    let name = match elsewhere {
        Some(other) if !other.name.is_empty() || is_of_a_site(&author.address) => other.name.clone(),
        _ => author.name,
    };
    let name = name.chars().take(LONGEST_NAME).collect();
    Sender { name, email, ..Sender::default() }
}

/// What makes two letters the very same: Message-ID, sender and body. The transport's headers differ each time; a robot
/// may use one Message-ID for many letters, and people send one text twice.
fn sameness(raw: &[u8], parsed: &Parsed, sender: &Sender) -> [u8; 32] {
    let body = raw.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    let body = body.or_else(|| raw.windows(2).position(|two| two == b"\n\n").map(|at| at + 2)).unwrap_or(0);
    let identity = match &parsed.message_id {
        Some(id) => vec![id.as_str()],
        None => vec![parsed.date.as_deref().unwrap_or_default(), parsed.subject.as_str()],
    };
    sameness_of(&identity, sender, &raw[body..])
}

/// The hash of what identifies a letter, its sender and its body.
pub(crate) fn sameness_of(identity: &[&str], sender: &Sender, body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut add = |part: &[u8]| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    };
    add(b"letter");
    for part in identity {
        add(part.as_bytes());
    }
    add(sender.email.as_ref().map(EmailAddress::folded).unwrap_or_default().as_bytes());
    // Servers on the way may add or drop an end of line, and tell it by LF or CRLF.
    let plain: Vec<u8> = body.iter().copied().filter(|byte| *byte != b'\r').collect();
    add(plain.trim_ascii_end());
    hash.finalize().into()
}

/// A Message-ID as it is kept and looked for: an index holds no more than 2,700 bytes of it.
fn kept_id(id: &str) -> String {
    if id.len() <= LONGEST_ID {
        return id.to_owned();
    }
    format!("{}@long.madoguchi.invalid", data_encoding::HEXLOWER.encode(&Sha256::digest(id)))
}

fn thread_marks(tokens: &Tokens, envelope: &[String], parsed: &Parsed, mail_id: String) -> ThreadMarks {
    let headers = parsed.to.iter().chain(&parsed.cc).map(|mailbox| mailbox.address.as_str());
    let addresses = envelope.iter().map(String::as_str).chain(headers);
    let mut marks = ThreadMarks { mail_id: Some(mail_id), ..ThreadMarks::default() };
    for names in addresses.filter_map(|address| tokens.in_address(address)) {
        match names {
            Names::Ticket(number) => marks.tickets_by_token.push(Reference::from_number(number)),
            Names::Letter(number) => marks.letter_by_token = Some(number),
        }
    }
    let answers = parsed.returned_message_id.iter().chain(&parsed.answers).chain(parsed.references.iter().rev());
    // The newest, and the one that began it all (RFC 5322, 3.6.4).
    let root = parsed.references.first().filter(|_| parsed.references.len() > MOST_ANSWERS);
    marks.answers.extend(answers.take(MOST_ANSWERS).chain(root).map(|id| kept_id(id)));
    marks.reported = parsed.returned_message_id.as_deref().map(kept_id);
    marks.mentioned = Reference::find_all(&parsed.subject);
    marks
}

/// A page and a download need a name.
fn shown_name(name: String, content_type: &str) -> String {
    if !name.is_empty() {
        return name;
    }
    let ending = match content_type {
        "message/rfc822" | "message/global" => ".eml",
        "text/calendar" => ".ics",
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        "image/gif" => ".gif",
        "application/pdf" => ".pdf",
        _ => "",
    };
    format!("attachment{ending}")
}

fn file(attachment: crate::mail::parse::Attachment) -> File {
    let sha256 = Sha256::digest(&attachment.content).into();
    let kind = infer::get(&attachment.content).map(|kind| kind.mime_type().to_owned());
    File {
        sniffed_type: kind.unwrap_or_else(|| "application/octet-stream".to_owned()),
        filename: shown_name(attachment.filename, &attachment.content_type),
        content_type: attachment.content_type,
        content: attachment.content,
        sha256,
        inline: attachment.inline,
        content_id: attachment.content_id,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use jiff::Timestamp;

    use super::{Letter, Reading, understand_within};
    use crate::desk::receive::Arrival;
    use crate::mail::token::Tokens;
    use crate::mail::verdict::Verdict;
    use crate::settings::Screening;

    #[tokio::test]
    async fn what_takes_too_long_is_kept_for_staff() {
        let raw = [b"Return-Path: <a@b.example>\r\n\r\n".to_vec(), b"word ".repeat(500_000)].concat();
        let letter = || Letter { return_path: None, recipients: vec!["desk@c.example".into()], raw: raw.clone() };
        let reading = Reading { tokens: Tokens::new([7; 32]), screening: Arc::default() };
        let late = understand_within(Duration::ZERO, &reading, letter(), Timestamp::UNIX_EPOCH).await;
        let Arrival::NotUnderstood(late) = late else { panic!("understood in no time") };
        assert_eq!((late.sender.as_str(), late.raw == raw), ("a@b.example", true));
        assert!(matches!(late.reason, crate::domain::arrival::Obstacle::TooSlow(_)), "{}", late.reason);
        let in_time = understand_within(Duration::from_secs(60), &reading, letter(), Timestamp::UNIX_EPOCH).await;
        assert!(matches!(in_time, Arrival::Enquiry(_)));
    }

    #[test]
    fn points_or_the_filters_word() {
        let verdict = |is_spam, score| Verdict { is_spam, score };
        for (asked, verdict, spam) in [
            (None, verdict(true, Some(3.0)), true),
            (None, verdict(false, Some(30.0)), false),
            (Some(5.0), verdict(true, Some(4.9)), false),
            (Some(5.0), verdict(false, Some(5.0)), true),
            (Some(5.0), verdict(true, None), true),
        ] {
            let screening = Arc::new(Screening { spam_score: asked, ..Screening::default() });
            let reading = Reading { tokens: Tokens::new([7; 32]), screening };
            assert_eq!(reading.takes_for_spam(verdict), spam, "{asked:?} {verdict:?}");
        }
    }
}
