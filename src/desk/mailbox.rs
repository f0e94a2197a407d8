//! How far the mailboxes have been read, and by whom: one instance holds a mailbox at a time.

use std::collections::HashSet;
use std::time::Duration;

use diesel::sql_types::BigInt;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::{Desk, DeskError};
use crate::postgres::DatabaseError;
use crate::postgres::schema::{fetched_letters, mailboxes};

diesel::define_sql_function! {
    /// Takes a lock that lives as long as the connection, or says that somebody else has it.
    fn pg_try_advisory_lock(key: BigInt) -> diesel::sql_types::Bool;
}

/// How long a statement may take. The lock goes with the connection: whoever runs out of it holds the mailbox no more.
const PATIENCE: Duration = Duration::from_secs(8);
/// UIDs that are asked for at once.
const AT_ONCE: usize = 10_000;

/// How far a mailbox has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// UIDVALIDITY for which the UID holds.
    pub uid_validity: u32,
    /// The highest UID that has been looked at.
    pub last_uid: u32,
}

/// A mailbox as staff and administrators see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxState {
    /// User, server and folder.
    pub name: String,
    /// When the server was last reached.
    pub reached_at: Option<Timestamp>,
    /// Why letters cannot be fetched, and since when.
    pub trouble: Option<(String, Timestamp)>,
    /// The daily count.
    pub count: Option<Count>,
}

/// The letters of a mailbox, on the server and in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// When they were counted.
    pub at: Timestamp,
    /// On the server.
    pub on_server: i64,
    /// Of those, in the ledger.
    pub in_ledger: i64,
}

/// A mailbox that this instance reads, until it is dropped: the lock lives as long as the connection.
pub struct HeldMailbox {
    connection: AsyncPgConnection,
    id: Uuid,
}

impl Desk {
    /// Holds a mailbox; `None` while another instance does.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn hold_mailbox(&self, name: &str) -> Result<Option<HeldMailbox>, DeskError> {
        let mut connection = self.database.kept_connection().await?;
        let made = diesel::insert_into(mailboxes::table)
            .values((mailboxes::id.eq(Uuid::now_v7()), mailboxes::name.eq(name)))
            .on_conflict(mailboxes::name)
            .do_nothing();
        in_time(made.execute(&mut connection)).await?;
        let named = mailboxes::table.filter(mailboxes::name.eq(name)).select(mailboxes::id);
        let id: Uuid = in_time(named.first(&mut connection)).await?;
        let (_, key) = id.as_u64_pair();
        let held = in_time(diesel::select(pg_try_advisory_lock(key.cast_signed())).get_result(&mut connection)).await?;
        Ok(if held { Some(HeldMailbox { connection, id }) } else { None })
    }

    /// The mailboxes of these names that have been looked at at least once.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mailbox_states(&self, names: &[String]) -> Result<Vec<MailboxState>, DeskError> {
        let mut connection = self.database.connection().await?;
        let rows: Vec<Row> = mailboxes::table
            .filter(mailboxes::name.eq_any(names))
            .order(mailboxes::name)
            .select((
                mailboxes::name,
                mailboxes::reached_at,
                mailboxes::trouble,
                mailboxes::trouble_since,
                (mailboxes::counted_at, mailboxes::on_server, mailboxes::in_ledger),
            ))
            .load(&mut connection)
            .await?;
        Ok(rows.into_iter().map(state).collect())
    }
}

type Time = Option<jiff_diesel::Timestamp>;

type Row = (String, Time, Option<String>, Time, (Time, Option<i64>, Option<i64>));

fn state((name, reached_at, trouble, since, (at, on_server, in_ledger)): Row) -> MailboxState {
    MailboxState {
        name,
        reached_at: reached_at.map(|at| at.to_jiff()),
        trouble: trouble.zip(since.map(|since| since.to_jiff())),
        count: at.zip(on_server).zip(in_ledger).map(|((at, on_server), in_ledger)| Count {
            at: at.to_jiff(),
            on_server,
            in_ledger,
        }),
    }
}

impl HeldMailbox {
    /// How far it has been read.
    ///
    /// # Errors
    /// When the database does not answer: the mailbox may then be held by another instance.
    pub async fn place(&mut self) -> Result<Place, DeskError> {
        let place = mailboxes::table.find(self.id).select((mailboxes::uid_validity, mailboxes::last_uid));
        let (uid_validity, last_uid): (i64, i64) = in_time(place.first(&mut self.connection)).await?;
        let number = |number: i64| u32::try_from(number).unwrap_or_default();
        Ok(Place { uid_validity: number(uid_validity), last_uid: number(last_uid) })
    }

    /// Notes how far it has been read.
    ///
    /// # Errors
    /// As for [`Self::place`].
    pub async fn go_to(&mut self, place: Place) -> Result<(), DeskError> {
        in_time(go_to(&mut self.connection, self.id, place)).await
    }

    /// Notes that a letter is in the ledger, and how far the mailbox has been read.
    ///
    /// # Errors
    /// As for [`Self::place`].
    pub async fn stored(&mut self, uid: u32, digest: &[u8; 32], place: Place) -> Result<(), DeskError> {
        let id = self.id;
        let storing = self.connection.transaction::<_, DeskError, _>(async |connection| {
            diesel::insert_into(fetched_letters::table)
                .values((
                    fetched_letters::mailbox_id.eq(id),
                    fetched_letters::uid_validity.eq(i64::from(place.uid_validity)),
                    fetched_letters::uid.eq(i64::from(uid)),
                    fetched_letters::digest.eq(&digest[..]),
                ))
                .on_conflict_do_nothing()
                .execute(connection)
                .await?;
            go_to(connection, id, place).await
        });
        in_time(storing).await
    }

    /// Whether a letter of these bytes was stored before the server numbered its letters anew.
    ///
    /// # Errors
    /// As for [`Self::place`].
    pub async fn knows_from_before(&mut self, digest: &[u8; 32], uid_validity: u32) -> Result<bool, DeskError> {
        let known = fetched_letters::table
            .filter(fetched_letters::mailbox_id.eq(self.id))
            .filter(fetched_letters::digest.eq(&digest[..]))
            .filter(fetched_letters::uid_validity.ne(i64::from(uid_validity)));
        in_time(diesel::select(diesel::dsl::exists(known)).get_result(&mut self.connection)).await
    }

    /// Which of these letters are in the ledger.
    ///
    /// # Errors
    /// As for [`Self::place`].
    pub async fn in_ledger(&mut self, uid_validity: u32, uids: &[u32]) -> Result<HashSet<u32>, DeskError> {
        let mut known = HashSet::new();
        for some in uids.chunks(AT_ONCE) {
            let some: Vec<i64> = some.iter().map(|uid| i64::from(*uid)).collect();
            let stored = fetched_letters::table
                .filter(fetched_letters::mailbox_id.eq(self.id))
                .filter(fetched_letters::uid_validity.eq(i64::from(uid_validity)))
                .filter(fetched_letters::uid.eq_any(some))
                .select(fetched_letters::uid);
            let found: Vec<i64> = in_time(stored.load(&mut self.connection)).await?;
            known.extend(found.into_iter().filter_map(|uid| u32::try_from(uid).ok()));
        }
        Ok(known)
    }

    /// Notes that the server was reached.
    ///
    /// # Errors
    /// As for [`Self::place`].
    pub async fn reached(&mut self, now: Timestamp) -> Result<(), DeskError> {
        let noting = diesel::update(mailboxes::table.find(self.id)).set((
            mailboxes::reached_at.eq(jiff_diesel::Timestamp::from(now)),
            mailboxes::trouble.eq(None::<String>),
            mailboxes::trouble_since.eq(None::<jiff_diesel::Timestamp>),
        ));
        in_time(noting.execute(&mut self.connection)).await?;
        Ok(())
    }

    /// Notes why letters cannot be fetched.
    ///
    /// # Errors
    /// As for [`Self::place`].
    pub async fn in_trouble(&mut self, words: &str, now: Timestamp) -> Result<(), DeskError> {
        let noting =
            diesel::update(mailboxes::table.find(self.id)).set(mailboxes::trouble.eq(words.replace('\0', "\u{fffd}")));
        in_time(noting.execute(&mut self.connection)).await?;
        let noting = diesel::update(mailboxes::table.find(self.id).filter(mailboxes::trouble_since.is_null()))
            .set(mailboxes::trouble_since.eq(jiff_diesel::Timestamp::from(now)));
        in_time(noting.execute(&mut self.connection)).await?;
        Ok(())
    }

    /// Notes the daily count.
    ///
    /// # Errors
    /// As for [`Self::place`].
    pub async fn counted(&mut self, count: Count) -> Result<(), DeskError> {
        let noting = diesel::update(mailboxes::table.find(self.id)).set((
            mailboxes::counted_at.eq(jiff_diesel::Timestamp::from(count.at)),
            mailboxes::on_server.eq(count.on_server),
            mailboxes::in_ledger.eq(count.in_ledger),
        ));
        in_time(noting.execute(&mut self.connection)).await?;
        Ok(())
    }
}

/// What has not come by then does not come: the wire may have been cut without a word, and TCP waits for it for long.
async fn in_time<T, E>(asking: impl Future<Output = Result<T, E>>) -> Result<T, DeskError>
where
    DeskError: From<E>,
{
    let answer = tokio::time::timeout(PATIENCE, asking).await;
    Ok(answer.map_err(|_| DatabaseError::Away("no answer".to_owned()))??)
}

async fn go_to(connection: &mut AsyncPgConnection, id: Uuid, place: Place) -> Result<(), DeskError> {
    diesel::update(mailboxes::table.find(id))
        .set((
            mailboxes::uid_validity.eq(i64::from(place.uid_validity)),
            mailboxes::last_uid.eq(i64::from(place.last_uid)),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
