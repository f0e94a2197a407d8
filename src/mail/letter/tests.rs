//! Letters of ours as others read them, and as answers quote them.

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::{Acknowledgement, Quotation, Signature, Written, acknowledgement, reply};
use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::letter::{Attachment, Author, Correspondent, Letter};
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::mail::compose::compose;
use crate::mail::markdown::Pictures;
use crate::mail::parse::{Parsed, parse};

const BODY: &str = "山田様\n\n**参加申込書**を添付します。締切は12月1日で、詳しくはhttps://clair.example/seminar をご覧ください。この段落は長く、どのメールソフトでも折り返しの途中に空白が入ってはなりません。\n\n1. 申込書\n2. 名簿";

fn signature() -> Signature {
    Signature {
        organisation: "自治体国際化協会".into(),
        division: "国際交流課".into(),
        telephone: "+81-3-5213-1723".into(),
        fax: Some("+81-3-5213-1742".into()),
        email: "exchange@clair.example".into(),
    }
}

fn replied(language: Language) -> Written {
    let at = date(2026, 11, 24).at(10, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a time");
    let quotation = Quotation {
        name: "Ada <b>",
        text: "How do we begin?\n\n> an older line\nAda & Co.",
        language: Some(Language::English),
        at,
    };
    reply(language, Reference::from_number(123), "Sisters", BODY, &Pictures::default(), &signature(), Some(&quotation))
}

fn acknowledged(languages: &[Language]) -> Written {
    let facts = Acknowledgement {
        reference: Reference::from_number(123),
        name: "Ada <b>",
        subject: "[x](https://evil.example) <script>",
        promise: date(2026, 11, 27),
    };
    acknowledgement(languages, &facts, |_| None, |_| signature())
}

fn on_the_wire(written: &Written, attachments: Vec<Attachment>) -> Vec<u8> {
    let address = |text: &str| EmailAddress::parse(text).expect("an address");
    let files = attachments.iter().map(|_| b"%PDF-1.4".to_vec()).collect();
    let letter = Letter {
        from: Correspondent { name: "国際交流課".into(), address: address("exchange@clair.example") },
        to: Correspondent { name: "Ada".into(), address: address("ada@town.example") },
        cc: Vec::new(),
        copy_for: None,
        reply_to: address("exchange+abc@clair.example"),
        subject: written.subject.clone(),
        text: written.text.clone(),
        html: written.html.clone(),
        mail_id: "id@clair.example".into(),
        in_reply_to: None,
        references: Vec::new(),
        written_at: jiff::Timestamp::UNIX_EPOCH,
        author: Author::Person,
        attachments,
        opens: Vec::new(),
    };
    compose(&letter, files).expect("a letter")
}

fn answer(kind: &str, body: &str) -> Parsed {
    parse(
        format!(
            "From: ada@town.example\r\nSubject: Re\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{body}"
        )
        .as_bytes(),
    )
}

#[test]
fn letters_are_read_as_they_were_written() {
    let both = acknowledged(&[Language::Japanese, Language::English]);
    let letters = Language::ALL.iter().flat_map(|language| [replied(*language), acknowledged(&[*language])]);
    for written in letters.chain([both]) {
        let raw = on_the_wire(&written, Vec::new());
        let parsed = parse(&raw);
        // Japanese and Chinese lines are folded for good: see `folding`.
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(&parsed.text), bare(&written.text));
        assert_eq!(parsed.subject, written.subject);
        let longest = raw.split(|byte| *byte == b'\n').map(<[u8]>::len).max();
        assert!(longest <= Some(79), "folded: {longest:?}");
        assert!(parsed.html_sanitised.is_some() && parsed.attachments.is_empty());
    }
}

#[test]
fn two_languages_stand_above_their_signatures() {
    let text = acknowledged(&[Language::Japanese, Language::English]).text;
    let (said, signed) = text.split_once("\n-- \n").expect("a signature");
    assert!(said.contains("受付番号") && said.contains("Reference") && !signed.contains("Reference"), "{text}");
    assert_eq!(signed.matches("exchange@clair.example").count(), 2);
}

#[test]
fn files_stand_beside_both_forms_of_the_text() {
    let attachment = Attachment {
        filename: "名簿.pdf".into(),
        content_type: "application/pdf".into(),
        sha256: String::new(),
        content_id: None,
    };
    let raw = on_the_wire(&replied(Language::Japanese), vec![attachment]);
    let text = String::from_utf8_lossy(&raw).into_owned();
    let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word} in {text}"));
    assert!(at("multipart/mixed") < at("multipart/alternative"));
    assert!(at("text/plain") < at("text/html") && at("text/html") < at("application/pdf"));
    assert!(!text.contains("\nList-"), "a letter to one person is no list");
    let parsed = parse(&raw);
    assert_eq!(parsed.attachments.iter().map(|file| file.filename.as_str()).collect::<Vec<_>>(), ["名簿.pdf"]);
}

#[test]
fn an_answer_that_quotes_us_says_what_is_new() {
    for language in Language::ALL.iter().copied() {
        for written in [replied(language), acknowledged(&[language])] {
            let quoted: String = written.text.lines().map(|line| format!("> {line}\r\n")).collect();
            for (caption, after) in [
                ("On Tue, 24 Nov 2026 at 10:00, Desk <exchange+abc@clair.example> wrote:", ""),
                ("2026年11月24日(火) 10:00 国際交流課 <exchange+abc@clair.example>:", ""),
                ("2026/11/24 10:00、国際交流課 さんは書きました:", ""),
                ("-----Original Message-----", "Regards"),
            ] {
                let body = format!("了解しました。Thank you.\r\n\r\n{caption}\r\n{quoted}{after}");
                let parsed = answer("text/plain", &body);
                assert!(parsed.reply.starts_with("了解しました。Thank you."), "{}", parsed.reply);
                assert!(!parsed.reply.contains("12月1日") && !parsed.reply.contains("000123-4"), "{}", parsed.reply);
            }
            let inner = written.html.split("<body").nth(1).and_then(|rest| rest.split_once('>')).expect("a body").1;
            for body in [
                format!(
                    "<div dir=\"ltr\">了解しました。</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Tue wrote:<br></div><blockquote class=\"gmail_quote\">{inner}</blockquote></div>"
                ),
                format!("<p>了解しました。</p><blockquote type=\"cite\">{inner}</blockquote>"),
            ] {
                assert_eq!(answer("text/html", &body).reply.trim(), "了解しました。", "{language}");
            }
        }
    }
}

#[test]
fn html_is_small_safe_and_says_its_language() {
    for language in Language::ALL.iter().copied() {
        let (reply, receipt) = (replied(language).html, acknowledged(&[language]).html);
        for html in [&reply, &receipt] {
            assert!(html.contains(&format!("<html lang=\"{language}\" dir=\"ltr\">")), "{html}");
            assert!(html.len() < 4000, "{} bytes", html.len());
            for bad in ["<script", "<style", "<img", "<b>", "evil.example\"", "http:", "class="] {
                assert!(!html.contains(bad), "{bad} in {html}");
            }
        }
        assert!(reply.contains("<strong>参加申込書</strong>") && reply.contains("<li>名簿</li>"), "{reply}");
        assert!(reply.contains("<a href=\"https://clair.example/seminar\">"), "{reply}");
        let quote = reply.split("<blockquote type=\"cite\" dir=\"auto\" lang=\"en\"").nth(1).expect("a quotation");
        assert!(quote.contains("Ada &amp; Co.") && reply.contains("Ada &#60;b&#62;"), "{reply}");
    }
    let both = acknowledged(&[Language::Japanese, Language::English]).html;
    assert!(both.contains("<div lang=\"ja\"") && both.contains("<div lang=\"en\""), "{both}");
}
