//! Letters of ours: how they are worded, as text and as HTML.

mod markup;

use jiff::Zoned;
use jiff::civil::Date;

use crate::domain::language::Language;
use crate::domain::letter::OwnPage;
use crate::domain::reference::Reference;
use crate::domain::wording::{Automatic, Placeholder, Wording, fill};
use crate::language::Words;
use crate::language::dates;
use crate::mail::markdown::{self, Pictures};
use crate::mail::own_page::placeholder;

use markup::{Page, Quoted, Section, paragraphs};

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
    /// Its fax, if it has one.
    pub fax: Option<String>,
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
    /// In which language, where that is known.
    pub language: Option<Language>,
    /// When, in the division's zone.
    pub at: Zoned,
}

/// The most lines of history below an answer: what is older stands in the thread.
const MOST_QUOTED_LINES: usize = 200;

/// What the program has a message say, as a wording: its texts, with placeholders where something is filled in.
#[must_use]
pub fn default_wording(message: Automatic, language: Language) -> Wording {
    let words = Words::public(language);
    match message {
        Automatic::Acknowledgement => Wording {
            subject: words.say("letter-acknowledgement-subject"),
            body: [
                Placeholder::Greeting.written(),
                words.say("letter-acknowledgement-received"),
                format!(
                    "{}\n{}",
                    words.with("letter-acknowledgement-reference", "reference", Placeholder::Reference.written()),
                    words.with("letter-acknowledgement-about", "subject", Placeholder::Subject.written()),
                ),
                words.with("letter-acknowledgement-promise", "date", Placeholder::Date.written()),
                words.say("letter-acknowledgement-answer"),
            ]
            .join("\n\n"),
        },
        Automatic::Links => Wording {
            subject: words.say("letter-links-subject"),
            body: [words.say("letter-links"), Placeholder::Links.written(), words.say("letter-links-keep")]
                .join("\n\n"),
        },
    }
}

/// Words an acknowledgement, in one language or in several below one another, as `wording` has it; where that has
/// nothing, as the program has it.
pub fn acknowledgement(
    languages: &[Language],
    facts: &Acknowledgement<'_>,
    wording: impl Fn(Language) -> Option<Wording>,
    signature: impl Fn(Language) -> Signature,
) -> Written {
    let worded = |language| wording(language).unwrap_or_else(|| default_wording(Automatic::Acknowledgement, language));
    let first = languages.first().copied().unwrap_or(Language::Japanese);
    let subject = with_reference(facts.reference, &filled(first, &worded(first).subject, facts));
    let (mut texts, mut signatures, mut sections) = (Vec::new(), Vec::new(), Vec::new());
    for language in languages.iter().copied() {
        let body = filled(language, &worded(language).body, facts);
        let own_page = placeholder(&OwnPage { ticket: facts.reference, language });
        let body = format!("{body}\n\n{}\n{own_page}", Words::public(language).say("letter-own-page"));
        let signature = signed(Words::public(language), &signature(language));
        signatures.push(signature.join("\n"));
        texts.push(body.clone());
        sections.push(Section { language, body: paragraphs(&body), signature });
    }
    let html = Page { language: first, subject: &subject, sections, quoted: None }.html();
    // Below the first `-- ` all is signature (RFC 3676, 4.3).
    let text = format!("{}\n\n-- \n{}", texts.join("\n\n────────\n\n"), signatures.join("\n\n"));
    Written { text, html, subject }
}

/// Words a letter with the links to an enquirer's own pages, as `wording` has it or else as the program does.
#[must_use]
pub fn links(
    language: Language,
    pages: &[(Reference, String)],
    wording: Option<&Wording>,
    signature: &Signature,
) -> Written {
    let words = Words::public(language);
    let page = |(ticket, subject): &(Reference, String)| {
        let subject = if subject.trim().is_empty() { words.say("letter-no-subject") } else { subject.clone() };
        format!("{ticket}  {subject}\n{}", placeholder(&OwnPage { ticket: *ticket, language }))
    };
    let pages = pages.iter().map(page).collect::<Vec<_>>().join("\n\n");
    let Wording { subject, body } = wording.cloned().unwrap_or_else(|| default_wording(Automatic::Links, language));
    let body = fill(&body, |placeholder| match placeholder {
        Placeholder::Links => pages.clone(),
        other => other.written(),
    });
    let signature = signed(words, signature);
    let text = format!("{body}\n\n-- \n{}", signature.join("\n"));
    let sections = vec![Section { language, body: paragraphs(&body), signature }];
    let html = Page { language, subject: &subject, sections, quoted: None }.html();
    Written { subject, text, html }
}

fn filled(language: Language, text: &str, facts: &Acknowledgement<'_>) -> String {
    fill(text, |placeholder| match placeholder {
        Placeholder::Greeting => greeting(Words::public(language), facts.name),
        Placeholder::Reference => facts.reference.to_string(),
        Placeholder::Subject if facts.subject.trim().is_empty() => Words::public(language).say("letter-about-nothing"),
        Placeholder::Subject => facts.subject.to_owned(),
        Placeholder::Date => dates::date_long(language, facts.promise),
        Placeholder::Links => placeholder.written(),
    })
}

/// Words an answer: what was written, who signs, and the history below.
#[must_use]
pub fn reply(
    language: Language,
    reference: Reference,
    subject: &str,
    body: &str,
    pictures: &Pictures,
    signature: &Signature,
    quotation: Option<&Quotation<'_>>,
) -> Written {
    let words = Words::public(language);
    let subject = if subject.trim().is_empty() { words.say("letter-no-subject") } else { subject.trim().to_owned() };
    let subject = with_reference(reference, &format!("Re: {subject}"));
    let signature = signed(words, signature);
    let mut text = format!("{}\n\n-- \n{}", pictures.described(body), signature.join("\n"));
    let quoted = quotation.map(|quotation| quoted(words, quotation));
    if let Some((caption, history)) = &quoted {
        text.push_str(&format!("\n\n{caption}\n{}", marked(history)));
    }
    let sections = vec![Section { language, body: markdown::html(body, pictures), signature }];
    let quoted = quoted.map(|(caption, history)| Quoted {
        caption,
        language: quotation.and_then(|quotation| quotation.language),
        body: paragraphs(&history),
    });
    let html = Page { language, subject: &subject, sections, quoted }.html();
    Written { subject, text, html }
}

fn greeting(words: Words, name: &str) -> String {
    if name.is_empty() { words.say("letter-greeting-unnamed") } else { words.with("letter-greeting", "name", name) }
}

fn signed(words: Words, signature: &Signature) -> Vec<String> {
    let telephone = ("telephone", signature.telephone.as_str().into());
    let email = ("email", signature.email.as_str().into());
    let reached = match &signature.fax {
        Some(fax) => words.tell("letter-signature-channels", &[telephone, ("fax", fax.as_str().into()), email]),
        None => words.tell("letter-signature-telephone", &[telephone, email]),
    };
    let names = [signature.organisation.clone(), signature.division.clone()].into_iter();
    names.chain(reached.lines().map(str::to_owned)).collect()
}

/// Whose words are quoted, and which.
fn quoted(words: Words, quotation: &Quotation<'_>) -> (String, String) {
    let date = dates::date_full(words.language, quotation.at.date());
    let name = if quotation.name.is_empty() { words.say("letter-quotation-you") } else { quotation.name.to_owned() };
    let caption = words.tell("letter-quotation", &[("date", date.into()), ("name", name.into())]);
    let lines: Vec<&str> = quotation.text.trim().lines().take(MOST_QUOTED_LINES).collect();
    (caption, lines.join("\n"))
}

fn marked(history: &str) -> String {
    let lines = history.lines().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
    lines.collect::<Vec<_>>().join("\n")
}

fn with_reference(reference: Reference, subject: &str) -> String {
    format!("[#{reference}] {subject}")
}

#[cfg(test)]
mod tests;
