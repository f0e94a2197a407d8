//! What enquirers do on their own page besides writing: they say that it is settled, how content they are, and ask for
//! another key.

use diesel::ExpressionMethods;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::own_page::OwnTicket;
use crate::desk::own_page::links;
use crate::desk::writing::post;
use crate::desk::{Desk, DeskError, change};
use crate::domain::change::{Change, Refusal, Seen, decide};
use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::domain::letter::Purpose;
use crate::domain::status::Status;
use crate::domain::ticket::Actor;
use crate::postgres::schema::{own_page_keys, satisfactions};

/// The most characters of what enquirers say about how content they are.
pub const LONGEST_WORDS: usize = 2_000;

impl Desk {
    /// The enquirer says that their question is answered.
    ///
    /// # Errors
    /// When the rules do not allow it, as for what is taken for spam.
    pub async fn settle_own(&self, own: &OwnTicket, now: Timestamp) -> Result<(), DeskError> {
        let mut connection = self.database.connection().await?;
        let settled = connection
            .transaction::<_, DeskError, _>(async move |connection| {
                let locked = change::lock(connection, own.reference).await?;
                if locked.ticket.status == Status::Closed {
                    return Ok(());
                }
                let wanted = Change::SetStatus(Status::Resolved);
                let decision = decide(&locked.ticket, Actor::Enquirer, &wanted, Seen::Whatever, now)?;
                change::write(connection, &locked, &decision, None, now).await
            })
            .await;
        self.changed();
        match settled {
            // Who is doubted sees the same page as everybody.
            Err(DeskError::Refused(Refusal::NoSuchStep { .. })) => Ok(()),
            settled => settled,
        }
    }

    /// The enquirer says how content they are, from 1 to 5; once for each end of their ticket.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where it is not at its end, or they have said it.
    pub async fn rate_own(&self, own: &OwnTicket, score: i16, words: &str, now: Timestamp) -> Result<(), DeskError> {
        let end = own.resolution.as_ref().filter(|end| end.score.is_none());
        let end = end.ok_or(DeskError::NotFound { what: "end of the ticket" })?;
        let words: String = words.trim().chars().take(LONGEST_WORDS).collect();
        let mut connection = self.database.connection().await?;
        diesel::insert_into(satisfactions::table)
            .values((
                satisfactions::ticket_id.eq(own.id),
                satisfactions::resolution.eq(end.event),
                satisfactions::score.eq(score.clamp(1, 5)),
                satisfactions::words.eq(words),
                satisfactions::given_at.eq(jiff_diesel::Timestamp::from(now)),
            ))
            .on_conflict_do_nothing()
            .execute(&mut connection)
            .await?;
        tracing::info!(ticket = %own.reference, score, "an enquirer said how content they are");
        Ok(())
    }

    /// Makes a new key, after which those before it are worth nothing, and sends it to the enquirer's address.
    ///
    /// # Errors
    /// [`Refusal::NoAddress`] where there is none: the key that they have stays good.
    pub async fn renew_own(&self, own: &OwnTicket, language: Language, now: Timestamp) -> Result<(), DeskError> {
        let address = own.address.as_ref().ok_or(Refusal::NoAddress)?;
        let directory = self.directory().await?;
        let mut connection = self.database.connection().await?;
        connection
            .transaction::<_, DeskError, _>(async |connection| {
                renew_key(connection, own.id).await?;
                let pages = [(own.reference, own.subject.clone())];
                let letter = links::letter(&self.tokens, &directory, address, language, &pages, now);
                let Some(letter) = letter else { return Ok(()) };
                post(connection, own.id, None, Channel::Web, Purpose::Links, &letter, now).await
            })
            .await?;
        self.letter_written();
        Ok(())
    }
}

/// Makes the keys of a ticket's page so far worth nothing.
pub(crate) async fn renew_key(connection: &mut AsyncPgConnection, ticket: Uuid) -> Result<(), DeskError> {
    const SECOND: i32 = 2;
    diesel::insert_into(own_page_keys::table)
        .values((own_page_keys::ticket_id.eq(ticket), own_page_keys::generation.eq(SECOND)))
        .on_conflict(own_page_keys::ticket_id)
        .do_update()
        .set(own_page_keys::generation.eq(own_page_keys::generation + 1))
        .execute(connection)
        .await?;
    Ok(())
}
