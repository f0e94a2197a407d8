//! Keys that all instances on one database share: made once, by whoever comes first.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;

use crate::desk::DeskError;
use crate::postgres::schema::secrets;
use crate::postgres::{Database, DatabaseError};

/// What a key is for. Each has its own, so that what is signed for one is worth nothing to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Tokens in addresses.
    AddressTokens,
    /// Hidden tokens of forms, paths of receipts.
    Forms,
    /// Keys of enquirers' own pages.
    OwnPages,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::AddressTokens => "address-tokens",
            Self::Forms => "forms",
            Self::OwnPages => "own-pages",
        }
    }
}

/// The key for a purpose.
///
/// # Errors
/// When the database does not answer.
pub async fn key(database: &Database, purpose: Purpose) -> Result<[u8; 32], DeskError> {
    let mut connection = database.connection().await?;
    let mut fresh = [0_u8; 32];
    getrandom::fill(&mut fresh).map_err(|error| DatabaseError::Row(format!("making a key: {error}")))?;
    diesel::insert_into(secrets::table)
        .values((secrets::name.eq(purpose.name()), secrets::value.eq(&fresh[..])))
        .on_conflict_do_nothing()
        .execute(&mut connection)
        .await?;
    let kept: Vec<u8> = secrets::table.find(purpose.name()).select(secrets::value).first(&mut connection).await?;
    kept.try_into().map_err(|_| DatabaseError::Row("a key has 32 bytes".into()).into())
}
