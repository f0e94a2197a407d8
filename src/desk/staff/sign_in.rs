//! Signing in and out. Failures are counted by account and by network; only they make one wait.

use std::time::Duration;

use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::try_join;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::desk::staff::{Viewer, hash_of, new_token, password, session_name};
use crate::desk::{Desk, DeskError};
use crate::domain::language::Language;
use crate::domain::patience::{Counted, sign_in_pause};
use crate::domain::ticket::Role;
use crate::postgres::column::Word;
use crate::postgres::schema::{deeds, memberships, one_time_links, sessions, sign_in_failures, staff};

/// How long a session lasts.
const SESSION_LIFETIME: SignedDuration = SignedDuration::from_hours(12);
/// After this time without a failure, counting starts again.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(24);

diesel::define_sql_function! {
    /// PostgreSQL's `lower`.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// What became of a try to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// Signed in, with the token for the cookie.
    Accepted {
        /// The token.
        token: String,
    },
    /// The address or the password is wrong; which, is not said.
    Refused,
    /// Too many failures: nothing was checked.
    Paused {
        /// How long to wait.
        wait: Duration,
    },
}

impl Desk {
    /// Tries to sign somebody in.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        network: &str,
        now: Timestamp,
    ) -> Result<SignIn, DeskError> {
        let email = email.trim().to_lowercase();
        let keys = [(counted("account ", &email), Counted::Account), (counted("network ", network), Counted::Network)];
        let mut connection = self.database.connection().await?;
        let wait = pause(&mut connection, &keys, now).await?;
        if !wait.is_zero() {
            return Ok(SignIn::Paused { wait });
        }
        let found: Option<(Uuid, Option<String>)> = staff::table
            .filter(lower(staff::email).eq(&email))
            .select((staff::id, staff::password_hash))
            .first(&mut connection)
            .await
            .optional()?;
        let (id, hash) = found.map_or((None, None), |(id, hash)| (Some(id), hash));
        // The connection goes back while the hash is computed, which takes longer than all the rest.
        drop(connection);
        let right = password::matches(password, hash).await?;
        let mut connection = self.database.connection().await?;
        // Guesses sent side by side all passed the first look; of those that failed meanwhile the others hear now.
        let wait = pause(&mut connection, &keys, now).await?;
        if !wait.is_zero() {
            return Ok(SignIn::Paused { wait });
        }
        let Some(id) = id.filter(|_| right) else {
            count_failure(&mut connection, &keys, now).await?;
            return Ok(SignIn::Refused);
        };
        diesel::delete(sign_in_failures::table.find(&keys[0].0)).execute(&mut connection).await?;
        let token = new_token()?;
        diesel::insert_into(sessions::table)
            .values((
                sessions::token_hash.eq(hash_of(&token)),
                sessions::staff_id.eq(id),
                sessions::created_at.eq(jiff_diesel::Timestamp::from(now)),
                sessions::expires_at.eq(jiff_diesel::Timestamp::from(now + SESSION_LIFETIME)),
            ))
            .execute(&mut connection)
            .await?;
        Ok(SignIn::Accepted { token })
    }

    /// The member of staff whose session this is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn viewer(&self, token: &str, now: Timestamp) -> Result<Option<Viewer>, DeskError> {
        let mut connection: &AsyncPgConnection = &*self.database.connection().await?;
        type Row = (Uuid, String, Word<Role>, Word<Language>);
        let valid = || {
            sessions::table
                .filter(sessions::token_hash.eq(hash_of(token)))
                .filter(sessions::expires_at.gt(jiff_diesel::Timestamp::from(now)))
        };
        let who = valid().inner_join(staff::table).select((staff::id, staff::name, staff::role, staff::language));
        let sees = valid()
            .inner_join(memberships::table.on(memberships::staff_id.eq(sessions::staff_id)))
            .select(memberships::division_id);
        // Side by side: each has a handle of its own to the one connection.
        let mut other = connection;
        let (row, divisions): (Vec<Row>, Vec<Uuid>) = try_join!(who.load(&mut connection), sees.load(&mut other))?;
        let Some((id, name, Word(role), Word(language))) = row.into_iter().next() else { return Ok(None) };
        let divisions = Some(divisions).filter(|divisions| !divisions.is_empty());
        Ok(Some(Viewer { id, name, role, language, divisions, session: session_name(token) }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_out(&self, token: &str) -> Result<(), DeskError> {
        let mut connection = self.database.connection().await?;
        diesel::delete(sessions::table.find(hash_of(token))).execute(&mut connection).await?;
        Ok(())
    }

    /// Removes sessions, counts, links and deeds that are over.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn forget_old_sessions(&self, now: Timestamp) -> Result<(), DeskError> {
        let mut connection = self.database.connection().await?;
        let over = jiff_diesel::Timestamp::from(now);
        diesel::delete(sessions::table.filter(sessions::expires_at.lt(over))).execute(&mut connection).await?;
        let forgotten = jiff_diesel::Timestamp::from(now - FORGOTTEN_AFTER);
        diesel::delete(sign_in_failures::table.filter(sign_in_failures::last_at.lt(forgotten)))
            .execute(&mut connection)
            .await?;
        diesel::delete(one_time_links::table.filter(one_time_links::expires_at.lt(over)))
            .execute(&mut connection)
            .await?;
        // A form is as old as its session at the most.
        let done = jiff_diesel::Timestamp::from(now - SESSION_LIFETIME);
        diesel::delete(deeds::table.filter(deeds::at.lt(done))).execute(&mut connection).await?;
        Ok(())
    }
}

fn counted(kind: &str, what: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest([kind.as_bytes(), what.as_bytes()].concat()))
}

async fn pause(
    connection: &mut AsyncPgConnection,
    keys: &[(String, Counted); 2],
    now: Timestamp,
) -> Result<Duration, DeskError> {
    let rows: Vec<(String, i32, jiff_diesel::Timestamp)> = sign_in_failures::table
        .filter(
            sign_in_failures::account_or_network.eq(&keys[0].0).or(sign_in_failures::account_or_network.eq(&keys[1].0)),
        )
        .select((sign_in_failures::account_or_network, sign_in_failures::failures, sign_in_failures::last_at))
        .load(connection)
        .await?;
    let waits = rows.into_iter().map(|(key, failures, last_at)| {
        let counted = if key == keys[0].0 { Counted::Account } else { Counted::Network };
        let full = sign_in_pause(u32::try_from(failures).unwrap_or_default(), counted);
        let passed = Duration::try_from(now.duration_since(last_at.to_jiff())).unwrap_or_default();
        full.saturating_sub(passed)
    });
    Ok(waits.max().unwrap_or_default())
}

async fn count_failure(
    connection: &mut AsyncPgConnection,
    keys: &[(String, Counted); 2],
    now: Timestamp,
) -> Result<(), DeskError> {
    for (key, _) in keys {
        diesel::insert_into(sign_in_failures::table)
            .values((
                sign_in_failures::account_or_network.eq(key),
                sign_in_failures::failures.eq(1),
                sign_in_failures::last_at.eq(jiff_diesel::Timestamp::from(now)),
            ))
            .on_conflict(sign_in_failures::account_or_network)
            .do_update()
            .set((
                sign_in_failures::failures.eq(sign_in_failures::failures + 1),
                sign_in_failures::last_at.eq(jiff_diesel::Timestamp::from(now)),
            ))
            .execute(connection)
            .await?;
    }
    Ok(())
}
