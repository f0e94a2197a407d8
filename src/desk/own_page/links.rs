//! "Send me my links": a letter with the links to all that came from an address, to that address and to nobody else.

use diesel::dsl::count_star;
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::desk::writing::{new_mail_id, post, signature};
use crate::desk::{Desk, DeskError};
use crate::domain::channel::Channel;
use crate::domain::division::Directory;
use crate::domain::language::Language;
use crate::domain::letter::{Author, Correspondent, Letter, OwnPage, Purpose};
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::status::Status;
use crate::domain::wording::Automatic;
use crate::mail::letter::links as written_links;
use crate::mail::token::{Names, Tokens};
use crate::postgres::column::Word;
use crate::postgres::schema::{contacts, outbox, tickets};

/// Letters with links to one address, in as long.
const MOST_LETTERS: i64 = 3;
const IN: SignedDuration = SignedDuration::from_hours(1);
/// Tickets that a letter leads to, the latest.
const MOST_LINKS: i64 = 20;

impl Desk {
    /// Sends the links to an address's tickets, if there are any. Whoever asks learns nothing of it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn send_links(
        &self,
        address: &EmailAddress,
        language: Language,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let directory = self.directory().await?;
        let mut connection = self.database.connection().await?;
        let theirs = read_tickets(&mut connection, address).await?;
        let Some((newest, ..)) = theirs[..].first() else { return Ok(()) };
        let reference = |number: i64| Reference::from_number(u64::try_from(number).unwrap_or_default());
        let pages: Vec<(Reference, String)> =
            theirs.iter().map(|(_, number, subject)| (reference(*number), subject.clone())).collect();
        let Some(letter) = letter(&self.tokens, &directory, address, language, &pages, now) else { return Ok(()) };
        let newest = *newest;
        let ids: Vec<Uuid> = theirs.iter().map(|(id, ..)| *id).collect();
        connection
            .transaction::<_, DeskError, _>(async |connection| {
                // Who asks at the same time waits here, so that the letters are counted one after the other.
                tickets::table.find(newest).select(tickets::id).for_update().first::<Uuid>(connection).await?;
                if sent_lately(connection, &ids, address, now).await? >= MOST_LETTERS {
                    tracing::info!("links were asked for again and again, and not sent");
                    return Ok(());
                }
                post(connection, newest, None, Channel::Web, Purpose::Links, &letter, now).await
            })
            .await?;
        self.letter_written();
        Ok(())
    }
}

/// The tickets whose answers go to an address, the latest first: who only took part in another's ticket has no page of
/// their own there.
async fn read_tickets(
    connection: &mut AsyncPgConnection,
    address: &EmailAddress,
) -> Result<Vec<(Uuid, i64, String)>, DeskError> {
    let people = contacts::table
        .filter(contacts::value.eq(address.folded()).and(contacts::kind.eq("email")))
        .select(contacts::person_id);
    let found: Vec<(Uuid, i64, String, Option<String>)> = tickets::table
        .filter(tickets::person_id.eq_any(people))
        .filter(tickets::status.ne(Word(Status::Spam)))
        .order(tickets::number.desc())
        .limit(MOST_LINKS)
        .select((tickets::id, tickets::number, tickets::subject, tickets::enquirer_address))
        .load(connection)
        .await?;
    let is_theirs = |to: &Option<String>| {
        let to = to.as_deref().and_then(|to| EmailAddress::parse(to).ok());
        to.is_some_and(|to| to.folded() == address.folded())
    };
    let theirs = found.into_iter().filter(|(.., to)| is_theirs(to));
    Ok(theirs.map(|(id, number, subject, _)| (id, number, subject)).collect())
}

/// Counted on those tickets that the letter would lead to: all of them are its enquirer's.
async fn sent_lately(
    connection: &mut AsyncPgConnection,
    pages: &[Uuid],
    address: &EmailAddress,
    now: Timestamp,
) -> Result<i64, DeskError> {
    let sent = outbox::table
        .filter(outbox::ticket_id.eq_any(pages))
        .filter(outbox::purpose.eq(Word(Purpose::Links)))
        .filter(outbox::recipient.eq(address.folded()))
        .filter(outbox::created_at.gt(jiff_diesel::Timestamp::from(now - IN)))
        .select(count_star());
    Ok(sent.first(connection).await?)
}

/// A letter with links; none in an installation without divisions.
pub(super) fn letter(
    tokens: &Tokens,
    directory: &Directory,
    address: &EmailAddress,
    language: Language,
    pages: &[(Reference, String)],
    now: Timestamp,
) -> Option<Letter> {
    let division = directory.divisions[..].first()?;
    let (newest, _) = pages[..].first()?;
    let opens = pages.iter().map(|(ticket, _)| OwnPage { ticket: *ticket, language });
    let wording = directory.wordings.of(Automatic::Links, language);
    let written = written_links(language, pages, wording, &signature(directory, division, language));
    Some(Letter {
        from: Correspondent { name: division.names.text(language).to_owned(), address: division.email.clone() },
        to: Correspondent { name: String::new(), address: address.clone() },
        cc: Vec::new(),
        copy_for: None,
        reply_to: tokens.address(&division.email, Names::Ticket(newest.number())),
        subject: written.subject,
        text: written.text,
        html: written.html,
        mail_id: new_mail_id(division),
        in_reply_to: None,
        references: Vec::new(),
        written_at: now,
        author: Author::Desk,
        attachments: Vec::new(),
        opens: opens.collect(),
    })
}
