//! Letters that a change sends: an answer, with a letter of its own for each who gets a copy, and the acknowledgement of
//! what was taken for spam.

use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;

use crate::desk::change::{Kind, Locked, write_message};
use crate::desk::staff::Viewer;
use crate::desk::writing;
use crate::desk::{Desk, DeskError, attachments};
use crate::domain::acknowledgement;
use crate::domain::change::Refusal;
use crate::domain::channel::Channel;
use crate::domain::copies::Copies;
use crate::domain::division::Directory;
use crate::domain::enquiry::File;
use crate::domain::language::Language;
use crate::domain::letter::{Correspondent, Letter, Purpose};
use crate::domain::person::EmailAddress;
use crate::postgres::column::Json;
use crate::postgres::condition::IsEmail;
use crate::postgres::schema::{contacts, messages, outbox, participants};

/// What a change is carried out with, and on what.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) desk: &'a Desk,
    pub(super) directory: &'a Directory,
    pub(super) viewer: &'a Viewer,
    pub(super) locked: &'a Locked,
    pub(super) now: Timestamp,
}

/// The addresses of the enquirer, folded.
pub(super) async fn addresses(connection: &mut AsyncPgConnection, locked: &Locked) -> Result<Vec<String>, DeskError> {
    let known = contacts::table.filter(contacts::person_id.eq(locked.person).and(IsEmail)).select(contacts::value);
    let mut addresses: Vec<String> = known.load(connection).await?;
    addresses.extend(locked.ticket.address.as_ref().map(EmailAddress::folded));
    Ok(addresses)
}

/// Writes an answer, and puts a letter for each who gets it into the outbox.
pub(super) async fn reply(
    around: Around<'_>,
    connection: &mut AsyncPgConnection,
    body: &str,
    copies: &Copies,
    files: &[File],
) -> Result<(), DeskError> {
    let Around { desk, directory, viewer, locked, now } = around;
    let to = locked.ticket.address.clone().ok_or(Refusal::NoAddress)?;
    if directory.addresses().contains(&to.without_detail().folded()) {
        return Err(Refusal::OwnAddress.into());
    }
    let enquirer = addresses(connection, locked).await?;
    let thread = writing::thread(connection, locked.id, &enquirer).await?;
    let division = directory.division(locked.ticket.division).ok_or(DeskError::NotFound { what: "division" })?;
    if let Some(name) = writing::absent_picture(division, body, files) {
        return Err(Refusal::PictureAbsent { name }.into());
    }
    let letter = writing::reply(
        &desk.tokens,
        &writing::Replied {
            reference: locked.ticket.reference,
            division,
            directory,
            language: answered_in(locked, &thread),
            subject: &locked.subject,
            to_name: &locked.enquirer_name,
            to: &to,
            cc: named(&copies.cc, copies),
            body,
            thread: &thread,
            files,
            now,
        },
    );
    let message = write_message(connection, viewer, locked, Kind::Outbound, body, Some(&letter.mail_id), now).await?;
    attachments::attach(connection, message, files).await?;
    diesel::update(messages::table.find(message))
        .set((messages::cc.eq(Json(named(&copies.cc, copies))), messages::bcc.eq(Json(named(&copies.bcc, copies)))))
        .execute(connection)
        .await?;
    let all = std::iter::once(&to).chain(copies.all());
    let part = all.map(|who| (participants::ticket_id.eq(locked.id), participants::address.eq(who.folded())));
    diesel::insert_into(participants::table)
        .values(part.collect::<Vec<_>>())
        .on_conflict_do_nothing()
        .execute(connection)
        .await?;
    writing::post(connection, locked.id, Some(message), Channel::Email, Purpose::Reply, &letter, now).await?;
    for address in copies.all() {
        let copy = Letter { copy_for: Some(address.clone()), ..letter.clone() };
        writing::post(connection, locked.id, Some(message), Channel::Email, Purpose::Reply, &copy, now).await?;
    }
    Ok(())
}

/// In which language a letter is signed, and what it answers is quoted.
fn answered_in(locked: &Locked, thread: &writing::Thread) -> Language {
    let last = thread.last.as_ref().map_or("", |last| last.text.as_str());
    let languages = acknowledgement::languages(locked.ticket.language, &[locked.subject.as_str(), last].concat());
    languages[..].first().copied().unwrap_or(Language::Japanese)
}

fn named(addresses: &[EmailAddress], copies: &Copies) -> Vec<Correspondent> {
    let name = |address: &EmailAddress| copies.names.get(&address.folded()).cloned().unwrap_or_default();
    addresses.iter().map(|address| Correspondent { name: name(address), address: address.clone() }).collect()
}

/// What was taken for spam and is none is acknowledged when staff say so, once, and never to a machine.
pub(super) async fn acknowledge_late(around: Around<'_>, connection: &mut AsyncPgConnection) -> Result<(), DeskError> {
    let Around { desk, directory, locked, now, .. } = around;
    let Some(to) = &locked.ticket.address else { return Ok(()) };
    let letters: i64 = outbox::table.filter(outbox::ticket_id.eq(locked.id)).count().get_result(connection).await?;
    if letters > 0 || locked.automatic {
        return Ok(());
    }
    let division = directory.division(locked.ticket.division).ok_or(DeskError::NotFound { what: "division" })?;
    let letter = writing::late_acknowledgement(&desk.tokens, directory, division, locked, to, now);
    writing::post(connection, locked.id, None, Channel::Web, Purpose::Acknowledgement, &letter, now).await
}
