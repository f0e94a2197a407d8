//! The bytes of arrivals: letters as an MTA brings them, forms as the ledger keeps them.

use std::fmt::Write;

use data_encoding::{BASE64, HEXLOWER};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

use crate::domain::enquiry::{File, Sender};
use crate::domain::questionnaire::Answered;

/// What a letter's headers say.
pub(super) struct Headers<'a> {
    pub(super) sender: &'a Sender,
    pub(super) to: &'a str,
    pub(super) subject: &'a str,
    pub(super) at: Timestamp,
    pub(super) mail_id: &'a str,
    /// The thread's Message-IDs, oldest first.
    pub(super) references: &'a [String],
    /// Whether a machine wrote it.
    pub(super) automatic: bool,
}

/// A letter (RFC 5322), and where its body begins.
pub(super) fn letter(headers: &Headers<'_>, text: &str, files: &[File]) -> (Vec<u8>, usize) {
    let mut raw = String::with_capacity(text.len() + 800);
    let address = headers.sender.email.as_ref().map(ToString::to_string).unwrap_or_default();
    let date = rfc2822::to_string(&headers.at.to_zoned(TimeZone::UTC)).unwrap_or_default();
    // Writing into a string does not fail.
    let _ = write!(
        raw,
        "Return-Path: <{address}>\r\nFrom: {} <{address}>\r\nTo: {}\r\nSubject: {}\r\nDate: {date}\r\nMessage-ID: <{}>\r\n",
        encoded(&headers.sender.name),
        headers.to,
        encoded(headers.subject),
        headers.mail_id,
    );
    if let Some(last) = headers.references.last() {
        let _ = write!(raw, "In-Reply-To: <{last}>\r\nReferences: <{}>\r\n", headers.references.join(">\r\n <"));
    }
    if headers.automatic {
        raw.push_str("Auto-Submitted: auto-replied\r\n");
    }
    raw.push_str("MIME-Version: 1.0\r\n");
    const PLAIN: &str = "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    let body = text.replace('\n', "\r\n");
    let begins;
    if files.is_empty() {
        raw.push_str(PLAIN);
        begins = raw.len();
        let _ = write!(raw, "{body}\r\n");
    } else {
        raw.push_str("Content-Type: multipart/mixed; boundary=\"=_parts\"\r\n\r\n");
        begins = raw.len();
        let _ = write!(raw, "--=_parts\r\n{PLAIN}{body}\r\n");
        for file in files {
            let _ = write!(
                raw,
                "--=_parts\r\nContent-Type: {}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; \
                 filename=\"{}\"\r\n\r\n",
                file.content_type,
                encoded(&file.filename),
            );
            for line in BASE64.encode(&file.content).as_bytes().chunks(76) {
                let _ = write!(raw, "{}\r\n", String::from_utf8_lossy(line));
            }
        }
        raw.push_str("--=_parts--\r\n");
    }
    (raw.into_bytes(), begins)
}

/// Encoded words (RFC 2047) of at most 75 characters, cut between characters.
fn encoded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut words: Vec<String> = Vec::new();
    let mut piece = String::new();
    for character in text.chars() {
        if piece.len() + character.len_utf8() > 42 {
            words.push(format!("=?UTF-8?B?{}?=", BASE64.encode(piece.as_bytes())));
            piece.clear();
        }
        piece.push(character);
    }
    words.push(format!("=?UTF-8?B?{}?=", BASE64.encode(piece.as_bytes())));
    words.join("\r\n ")
}

/// A form of the public, as the ledger keeps it.
pub(super) fn form(
    sender: &Sender,
    topic: &str,
    subject: &str,
    text: &str,
    answered: Option<&Answered>,
    files: &[File],
) -> Vec<u8> {
    let files: Vec<_> = files
        .iter()
        .map(|file| {
            serde_json::json!({
                "filename": file.filename,
                "size": file.content.len(),
                "sha256": HEXLOWER.encode(&file.sha256),
            })
        })
        .collect();
    let mut kept = serde_json::json!({
        "topic": topic,
        "name": sender.name,
        "organisation": sender.organisation,
        "email": sender.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        "phone": sender.telephone.as_ref().map(|number| number.shown.as_str()).unwrap_or_default(),
        "subject": subject,
        "message": text,
        "consent": "yes",
        "website": "",
        "attachments": files,
    });
    if let Some(answered) = answered {
        kept["questionnaire"] = answered.questionnaire.id.to_string().into();
        kept["answers"] = serde_json::json!(answered.answers);
    }
    kept.to_string().into_bytes()
}

/// What staff logged, as the ledger keeps it.
pub(super) fn logged(channel: &str, sender: &Sender, topic: &str, subject: &str, text: &str) -> Vec<u8> {
    let number = sender.fax.as_ref().or(sender.telephone.as_ref());
    serde_json::json!({
        "channel": channel,
        "name": sender.name,
        "organisation": sender.organisation,
        "phone": number.map(|number| number.shown.as_str()).unwrap_or_default(),
        "email": sender.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        "topic": topic,
        "subject": subject,
        "message": text,
        "reference": "",
    })
    .to_string()
    .into_bytes()
}

/// A mail server's report that a letter did not arrive (RFC 3464).
pub(super) fn bounce(recipient: &str, status: &str, mail_id: &str, at: Timestamp) -> Vec<u8> {
    let date = rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).unwrap_or_default();
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail Returned to Sender\r\nDate: {date}\r\n\
         Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_report\"\r\n\r\n\
         --=_report\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n\
         --=_report\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {status}\r\n\
         --=_report\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{mail_id}>\r\n--=_report--\r\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::{Headers, bounce, letter};
    use crate::domain::enquiry::{File, Sender};
    use crate::domain::person::EmailAddress;
    use crate::mail::parse::parse;

    #[test]
    fn letters_say_what_the_demo_says_that_they_say() {
        let sender = Sender {
            name: "髙橋 花子".into(),
            email: EmailAddress::parse("hanako@city.example").ok(),
            ..Sender::default()
        };
        let file = File {
            filename: "申込書.pdf".into(),
            content_type: "application/pdf".into(),
            sniffed_type: "application/pdf".into(),
            content: b"%PDF-1.4".repeat(30),
            sha256: [0; 32],
            inline: false,
            content_id: None,
        };
        let headers = Headers {
            sender: &sender,
            to: "exchange@clair.example",
            subject: "日中韓3か国地方政府交流会議の日程についてお尋ねします",
            at: jiff::Timestamp::UNIX_EPOCH,
            mail_id: "a@city.example",
            references: &["b@clair.example".to_owned()],
            automatic: false,
        };
        for files in [Vec::new(), vec![file]] {
            let (raw, begins) = letter(&headers, "一行目\n二行目", &files);
            assert_eq!(&raw[begins - 4..begins], b"\r\n\r\n");
            let parsed = parse(&raw);
            assert_eq!(parsed.subject, headers.subject);
            assert_eq!(parsed.from.map(|from| from.name).as_deref(), Some("髙橋 花子"));
            assert_eq!(parsed.text.trim_end(), "一行目\n二行目");
            assert_eq!(parsed.in_reply_to.as_deref(), Some("b@clair.example"));
            assert_eq!(parsed.attachments.len(), files.len());
            assert!(parsed.attachments.iter().all(|attached| attached.filename == "申込書.pdf"));
        }
        let report = parse(&bounce("a@town.example", "5.1.1", "x@clair.example", jiff::Timestamp::UNIX_EPOCH));
        assert_eq!(report.bounce.map(|bounce| bounce.status).as_deref(), Some("5.1.1"));
    }
}
