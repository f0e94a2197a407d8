//! Letters of ours, from what the desk knows to the row in the outbox.

mod acknowledgement;

use std::collections::HashSet;

use diesel::dsl::{max, min};
use diesel::sql_types::{Binary, Integer, Nullable};
use diesel::{ExpressionMethods, NullableExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::DeskError;
use crate::domain::channel::Channel;
use crate::domain::division::{Directory, Division};
use crate::domain::enquiry::{Doubt, File, Sender};
use crate::domain::language::Language;
use crate::domain::letter::{Attachment, Author, Correspondent, Letter, Purpose};
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::mail::compose::ascii_host;
use crate::mail::letter::{self, Quotation, Signature};
use crate::mail::markdown::{self, Pictures};
use crate::mail::parse::parse;
use crate::mail::token::{Names, Tokens};
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::{arrivals, messages, outbox};

pub(crate) use acknowledgement::{Acknowledged, acknowledgement, late_acknowledgement};

diesel::define_sql_function! {
    /// A piece of bytes; the first is number 1.
    fn substr(bytes: Nullable<Binary>, from: Integer, count: Integer) -> Nullable<Binary>;
}

/// The most Message-IDs that a letter names in `References`.
const LONGEST_CHAIN: i64 = 20;
/// The same with those that the enquirer's letter named already.
const LONGEST_REFERENCES: usize = 60;
/// As much of a letter as is looked through for its head, in bytes.
const LONGEST_HEAD: i32 = 64 * 1024;
/// Letters of a ticket that are looked through for the enquirer's, the newest.
const MOST_LOOKED_AT: i64 = 60;

/// What a reply says, and to whom.
pub(crate) struct Replied<'a> {
    pub(crate) reference: Reference,
    pub(crate) division: &'a Division,
    pub(crate) directory: &'a Directory,
    pub(crate) language: Language,
    pub(crate) subject: &'a str,
    pub(crate) to_name: &'a str,
    pub(crate) to: &'a EmailAddress,
    pub(crate) cc: Vec<Correspondent>,
    pub(crate) body: &'a str,
    pub(crate) thread: &'a Thread,
    pub(crate) files: &'a [File],
    pub(crate) now: Timestamp,
}

/// The letters of a ticket so far, as far as a reply needs them.
#[derive(Debug, Default)]
pub(crate) struct Thread {
    /// Message-IDs, oldest first.
    pub(crate) chain: Vec<String>,
    /// What the enquirer last wrote.
    pub(crate) last: Option<LastInbound>,
}

/// What an enquirer last wrote.
#[derive(Debug)]
pub(crate) struct LastInbound {
    pub(crate) mail_id: Option<String>,
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) language: Option<Language>,
    pub(crate) at: Timestamp,
}

/// Reads the thread of a ticket with its enquirer, who has these addresses. Where nothing came by mail it starts at the
/// acknowledgement. What staff have logged, and what others wrote (who may have got a copy that the enquirer does not
/// know of), is no part of it: a reply quotes it, and names it to mail programs.
pub(crate) async fn thread(
    connection: &mut AsyncPgConnection,
    ticket: Uuid,
    enquirer: &[String],
) -> Result<Thread, DeskError> {
    let mut by_time: Vec<(jiff_diesel::Timestamp, String)> = Vec::new();
    // All copies of a letter have its Message-ID.
    let sent: Vec<(String, Option<jiff_diesel::Timestamp>)> = outbox::table
        .filter(outbox::ticket_id.eq(ticket))
        .group_by(outbox::mail_id)
        .order(max(outbox::number).desc())
        .limit(LONGEST_CHAIN)
        .select((outbox::mail_id, min(outbox::created_at)))
        .load(connection)
        .await?;
    type Row = (
        (Uuid, Option<String>, String),
        (String, Option<String>, String, Option<Word<Language>>, jiff_diesel::Timestamp),
    );
    let theirs = messages::table
        .filter(messages::ticket_id.eq(ticket))
        .filter(messages::kind.eq("inbound"))
        .filter(messages::staff_id.is_null())
        .filter(messages::channel.eq_any(["email", "web"]));
    // What began the ticket is the enquirer's, also where a form elsewhere wrote it in its own name.
    type First = (Uuid, Option<Uuid>, Word<Channel>, Option<Vec<u8>>);
    let first: Option<First> = messages::table
        .left_join(arrivals::table)
        .filter(messages::ticket_id.eq(ticket))
        .filter(messages::kind.eq("inbound"))
        .order(messages::id.asc())
        .select((
            messages::id,
            messages::staff_id,
            messages::channel,
            substr(arrivals::raw.nullable(), 1, LONGEST_HEAD),
        ))
        .first(connection)
        .await
        .optional()?;
    let before = match &first {
        Some((_, None, Word(Channel::Email), Some(raw))) => parse(raw).references,
        _ => Vec::new(),
    };
    let first = first.map(|(id, ..)| id);
    let mut received: Vec<Row> = theirs
        .order(messages::id.desc())
        .limit(MOST_LOOKED_AT)
        .select((
            (messages::id, messages::mail_id, messages::sender_address),
            (messages::text, messages::new_part, messages::sender_name, messages::language, messages::created_at),
        ))
        .load(connection)
        .await?;
    received.retain(|((id, _, address), _)| {
        let wrote = EmailAddress::parse(address).is_ok_and(|address| enquirer.contains(&address.folded()));
        wrote || Some(*id) == first
    });
    for ((_, id, _), _) in &mut received {
        *id = id.take().filter(|id| is_theirs(id));
    }
    by_time.extend(received.iter().filter_map(|((_, id, _), (.., at))| Some((*at, id.clone()?))));
    // An acknowledgement is written in the very moment of what it answers, and comes after it.
    by_time.extend(sent.into_iter().filter_map(|(id, at)| Some((at?, id))));
    by_time.sort_by_key(|(at, _)| at.to_jiff());
    let last = received.into_iter().next();
    let last = last.map(|((_, mail_id, _), (text, new_part, name, language, at))| LastInbound {
        mail_id,
        name,
        text: new_part.unwrap_or(text),
        language: language.map(|Word(language)| language),
        at: at.to_jiff(),
    });
    Ok(Thread { chain: chain(before.into_iter().chain(by_time.into_iter().map(|(_, id)| id))), last })
}

/// Whether a Message-ID stands in a letter, and was not made by the desk for one that has none: no mail program but ours
/// knows it. One beyond ASCII cannot stand in a header of ours.
fn is_theirs(id: &str) -> bool {
    id.is_ascii() && !id.ends_with("@madoguchi.invalid") && !id.ends_with("@long.madoguchi.invalid")
}

/// What stands in `References` (RFC 5322, 3.6.4): the letter that began it all, and the newest.
fn chain(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut chain: Vec<String> = ids.filter(|id| is_theirs(id) && seen.insert(id.clone())).collect();
    if chain.len() > LONGEST_REFERENCES {
        chain.drain(1..=chain.len() - LONGEST_REFERENCES);
    }
    chain
}

fn pictures(division: &Division, files: &[File]) -> (Pictures, Vec<String>) {
    let content_ids: Vec<String> = files.iter().map(|file| content_id(division, file)).collect();
    let mut pictures = Pictures::default();
    for (file, content_id) in files.iter().zip(&content_ids) {
        pictures.add(&file.filename, &file.sniffed_type, content_id);
    }
    (pictures, content_ids)
}

/// The first picture that an answer shows and no file of it is.
pub(crate) fn absent_picture(division: &Division, body: &str, files: &[File]) -> Option<String> {
    markdown::absent_picture(body, &pictures(division, files).0)
}

/// An answer of ours.
pub(crate) fn reply(tokens: &Tokens, facts: &Replied<'_>) -> Letter {
    let zone = &facts.division.calendar.zone;
    let quotation = facts.thread.last.as_ref().map(|last| Quotation {
        name: &last.name,
        text: &last.text,
        language: last.language,
        at: last.at.to_zoned(zone.clone()),
    });
    let signature = signature(facts.directory, facts.division, facts.language);
    let (pictures, content_ids) = pictures(facts.division, facts.files);
    let (language, quotation) = (facts.language, quotation.as_ref());
    let written = letter::reply(language, facts.reference, facts.subject, facts.body, &pictures, &signature, quotation);
    let shown = |content_id: String| written.html.contains(&format!("\"cid:{content_id}\"")).then_some(content_id);
    let answered = facts.thread.last.as_ref().and_then(|last| last.mail_id.clone());
    Letter {
        from: Correspondent {
            name: facts.division.names.text(facts.language).to_owned(),
            address: facts.division.email.clone(),
        },
        to: Correspondent { name: facts.to_name.to_owned(), address: facts.to.clone() },
        cc: facts.cc.clone(),
        copy_for: None,
        reply_to: tokens.address(&facts.division.email, Names::Ticket(facts.reference.number())),
        subject: written.subject,
        text: written.text,
        mail_id: new_mail_id(facts.division),
        in_reply_to: answered.or_else(|| facts.thread.chain.last().cloned()),
        references: facts.thread.chain.clone(),
        written_at: facts.now,
        author: Author::Person,
        attachments: facts
            .files
            .iter()
            .zip(content_ids)
            .map(|(file, content_id)| Attachment {
                filename: file.filename.clone(),
                content_type: file.told_type().to_owned(),
                sha256: data_encoding::HEXLOWER.encode(&file.sha256),
                content_id: shown(content_id),
            })
            .collect(),
        html: written.html,
        opens: Vec::new(),
    }
}

fn content_id(division: &Division, file: &File) -> String {
    format!("{}@{}", data_encoding::HEXLOWER.encode(&file.sha256[..16]), division.email.host())
}

/// Puts a letter into the outbox.
pub(crate) async fn post(
    connection: &mut AsyncPgConnection,
    ticket: Uuid,
    message: Option<Uuid>,
    channel: Channel,
    purpose: Purpose,
    letter: &Letter,
    now: Timestamp,
) -> Result<(), DeskError> {
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(Uuid::now_v7()),
            outbox::ticket_id.eq(ticket),
            outbox::message_id.eq(message),
            outbox::purpose.eq(Word(purpose)),
            outbox::channel.eq(Word(channel)),
            outbox::recipient.eq(letter.recipient().folded()),
            outbox::letter.eq(Json(letter)),
            outbox::mail_id.eq(&letter.mail_id),
            outbox::next_attempt_at.eq(jiff_diesel::Timestamp::from(now)),
            outbox::created_at.eq(jiff_diesel::Timestamp::from(now)),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// Who signs letters of a division.
pub(crate) fn signature(directory: &Directory, division: &Division, language: Language) -> Signature {
    Signature {
        organisation: directory.organisation.names.text(language).to_owned(),
        division: division.names.text(language).to_owned(),
        telephone: division.telephone.clone(),
        fax: division.fax.clone(),
        email: division.email.to_string(),
    }
}

pub(crate) fn new_mail_id(division: &Division) -> String {
    let host = division.email.host();
    format!("{}@{}", Uuid::now_v7().simple(), ascii_host(host).as_deref().unwrap_or(host))
}

/// Reasons to doubt an arrival as they stand in a column: their names, parted by blanks.
pub(crate) fn doubts(doubts: &[Doubt]) -> Option<String> {
    (!doubts.is_empty()).then(|| doubts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

/// A sender in one line of the ledger.
pub(crate) fn shown_sender(sender: &Sender) -> String {
    let reached = sender.email.as_ref().map(ToString::to_string);
    let reached = reached.or_else(|| sender.telephone.as_ref().map(|number| number.shown.clone()));
    match (sender.name.as_str(), reached) {
        ("", reached) => reached.unwrap_or_default(),
        (name, None) => name.to_owned(),
        (name, Some(reached)) => format!("{name} <{reached}>"),
    }
}
