//! Members of staff: who they are, what they see, how they sign in.

mod password;
mod sign_in;

use diesel::dsl::{self, exists, not};
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::desk::{Desk, DeskError};
use crate::domain::language::Language;
use crate::domain::person::EmailAddress;
use crate::domain::ticket::Role;
use crate::postgres::DatabaseError;
use crate::postgres::column::Word;
use crate::postgres::schema::{divisions, memberships, one_time_links, staff};

pub use password::{LONGEST_PASSWORD, SHORTEST_PASSWORD};
pub use sign_in::SignIn;

/// How long a link to choose a password works.
const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(72);

/// A member of staff who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Who.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Language of their pages.
    pub language: Language,
    /// The divisions whose tickets they see; `None`: all.
    pub divisions: Option<Vec<Uuid>>,
    /// Names the session in forms; not the cookie's token.
    pub session: String,
}

impl Viewer {
    /// Whether tickets of a division are theirs to see.
    #[must_use]
    pub fn sees(&self, division: Uuid) -> bool {
        self.divisions.as_ref().is_none_or(|divisions| divisions.contains(&division))
    }
}

/// A new member of staff.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// The address to sign in with.
    pub email: EmailAddress,
    /// Name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The division whose tickets they see; `None`: all.
    pub division: Option<String>,
}

/// A colleague, as one is named and chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

impl Desk {
    /// Adds a member of staff with a password.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where there is no such division; a unique violation where the address is taken.
    pub async fn add_staff(&self, newcomer: &Newcomer, password: &str, now: Timestamp) -> Result<(), DeskError> {
        let hash = password::hash(password).await?;
        self.insert_staff(newcomer, Some(hash), now).await.map(|_| ())
    }

    /// Adds a member of staff and returns the token of a link by which a password is chosen once.
    ///
    /// # Errors
    /// As [`Desk::add_staff`].
    pub async fn invite_staff(&self, newcomer: &Newcomer, now: Timestamp) -> Result<String, DeskError> {
        let id = self.insert_staff(newcomer, None, now).await?;
        self.make_link(Some(id), now).await
    }

    async fn insert_staff(&self, newcomer: &Newcomer, hash: Option<String>, now: Timestamp) -> Result<Uuid, DeskError> {
        let mut connection = self.database.connection().await?;
        let newcomer = newcomer.clone();
        connection
            .transaction::<_, DeskError, _>(async move |connection| {
                let id = Uuid::now_v7();
                diesel::insert_into(staff::table)
                    .values((
                        staff::id.eq(id),
                        staff::email.eq(newcomer.email.as_str()),
                        staff::name.eq(&newcomer.name),
                        staff::role.eq(Word(newcomer.role)),
                        staff::password_hash.eq(hash),
                        staff::created_at.eq(jiff_diesel::Timestamp::from(now)),
                    ))
                    .execute(connection)
                    .await?;
                if let Some(slug) = &newcomer.division {
                    join_division(connection, id, slug).await?;
                }
                Ok(id)
            })
            .await
    }

    /// The link of the first start, while there is nobody who can sign in. Earlier ones stop working.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_up_link(&self, now: Timestamp) -> Result<Option<String>, DeskError> {
        let mut connection = self.database.connection().await?;
        let members: i64 = who_can_sign_in().count().get_result(&mut connection).await?;
        if members > 0 {
            return Ok(None);
        }
        diesel::delete(one_time_links::table.filter(one_time_links::staff_id.is_null()))
            .execute(&mut connection)
            .await?;
        self.make_link(None, now).await.map(Some)
    }

    /// Adds the administrator of the settings, if there is nobody of that address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_administrator(
        &self,
        email: &EmailAddress,
        password: &str,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let administrator =
            Newcomer { email: email.clone(), name: email.local().to_owned(), role: Role::Admin, division: None };
        match self.add_staff(&administrator, password, now).await {
            Err(DeskError::Database(error)) if error.is_taken() => Ok(()),
            other => other,
        }
    }

    async fn make_link(&self, staff: Option<Uuid>, now: Timestamp) -> Result<String, DeskError> {
        let token = new_token()?;
        let mut connection = self.database.connection().await?;
        diesel::insert_into(one_time_links::table)
            .values((
                one_time_links::token_hash.eq(hash_of(&token)),
                one_time_links::staff_id.eq(staff),
                one_time_links::expires_at.eq(jiff_diesel::Timestamp::from(now + LINK_LIFETIME)),
            ))
            .execute(&mut connection)
            .await?;
        Ok(token)
    }

    /// Whether a link to choose a password still works.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn link_works(&self, token: &str, now: Timestamp) -> Result<bool, DeskError> {
        let mut connection = self.database.connection().await?;
        let there: Option<Option<Uuid>> = one_time_links::table
            .find(hash_of(token))
            .filter(one_time_links::expires_at.gt(jiff_diesel::Timestamp::from(now)))
            .filter(one_time_links::staff_id.is_not_null().or(not(exists(who_can_sign_in()))))
            .select(one_time_links::staff_id)
            .first(&mut connection)
            .await
            .optional()?;
        Ok(there.is_some())
    }

    /// Chooses a password by a link, once. The link of the first start makes the administrator of this address.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where the link does not work.
    pub async fn choose_password(
        &self,
        token: &str,
        password: &str,
        administrator: Option<&EmailAddress>,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let hash = password::hash(password).await?;
        let (token, administrator) = (hash_of(token), administrator.cloned());
        let mut connection = self.database.connection().await?;
        connection
            .transaction::<_, DeskError, _>(async move |connection| {
                let link = one_time_links::table
                    .find(token)
                    .filter(one_time_links::expires_at.gt(jiff_diesel::Timestamp::from(now)))
                    .filter(one_time_links::staff_id.is_not_null().or(not(exists(who_can_sign_in()))));
                let whose: Option<Option<Uuid>> =
                    diesel::delete(link).returning(one_time_links::staff_id).get_result(connection).await.optional()?;
                match (whose.ok_or(DeskError::NotFound { what: "link" })?, administrator) {
                    (Some(id), _) => {
                        diesel::update(staff::table.find(id))
                            .set(staff::password_hash.eq(hash))
                            .execute(connection)
                            .await?;
                    }
                    (None, Some(email)) => insert_administrator(connection, &email, hash, now).await?,
                    (None, None) => return Err(DeskError::NotFound { what: "administrator" }),
                }
                Ok(())
            })
            .await
    }

    /// Whether a link is that of the first start.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_first_link(&self, token: &str) -> Result<bool, DeskError> {
        let mut connection = self.database.connection().await?;
        let whose: Option<Option<Uuid>> = one_time_links::table
            .find(hash_of(token))
            .select(one_time_links::staff_id)
            .first(&mut connection)
            .await
            .optional()?;
        Ok(whose == Some(None))
    }

    /// Who could be given a ticket.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn colleagues(&self) -> Result<Vec<Colleague>, DeskError> {
        let mut connection = self.database.connection().await?;
        let rows: Vec<(Uuid, String)> =
            staff::table.order(staff::name).select((staff::id, staff::name)).limit(500).load(&mut connection).await?;
        Ok(rows.into_iter().map(|(id, name)| Colleague { id, name }).collect())
    }

    /// Sets the language of somebody's pages.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_language(&self, viewer: &Viewer, language: Language) -> Result<(), DeskError> {
        let mut connection = self.database.connection().await?;
        diesel::update(staff::table.find(viewer.id))
            .set(staff::language.eq(Word(language)))
            .execute(&mut connection)
            .await?;
        Ok(())
    }
}

/// Those who have a password. The link of the first start works only while there are none.
#[dsl::auto_type(no_type_alias)]
fn who_can_sign_in() -> _ {
    staff::table.filter(staff::password_hash.is_not_null())
}

async fn insert_administrator(
    connection: &mut AsyncPgConnection,
    email: &EmailAddress,
    hash: String,
    now: Timestamp,
) -> Result<(), DeskError> {
    diesel::insert_into(staff::table)
        .values((
            staff::id.eq(Uuid::now_v7()),
            staff::email.eq(email.as_str()),
            staff::name.eq(email.local()),
            staff::role.eq(Word(Role::Admin)),
            staff::password_hash.eq(hash),
            staff::created_at.eq(jiff_diesel::Timestamp::from(now)),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

async fn join_division(connection: &mut AsyncPgConnection, staff: Uuid, slug: &str) -> Result<(), DeskError> {
    let division: Option<Uuid> =
        divisions::table.filter(divisions::slug.eq(slug)).select(divisions::id).first(connection).await.optional()?;
    let division = division.ok_or(DeskError::NotFound { what: "division" })?;
    diesel::insert_into(memberships::table)
        .values((memberships::staff_id.eq(staff), memberships::division_id.eq(division)))
        .execute(connection)
        .await?;
    Ok(())
}

/// 256 random bits, as they stand in a cookie or link.
fn new_token() -> Result<String, DeskError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| DatabaseError::Row(format!("making a token: {error}")))?;
    Ok(data_encoding::BASE64URL_NOPAD.encode(&bytes))
}

/// What is kept of a token.
fn hash_of(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The key of the forms of a session: known to its pages, and worth nothing as a cookie.
fn session_name(token: &str) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&Sha256::digest([b"session ", token.as_bytes()].concat()))
}
