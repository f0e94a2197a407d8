//! The organisation's logo.

use diesel::{ExpressionMethods, NullableExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::desk::{Desk, DeskError};
use crate::domain::logo::{Kind, Logo};
use crate::postgres::column::Word;
use crate::postgres::schema::{logos, organisation};

/// The logo as it is now.
pub(super) async fn read(connection: &mut AsyncPgConnection) -> Result<Option<Logo>, DeskError> {
    type Row = (Vec<u8>, Word<Kind>, i32, i32);
    let row: Option<Row> = logos::table
        .filter(logos::sha256.nullable().eq_any(organisation::table.select(organisation::logo)))
        .select((logos::sha256, logos::kind, logos::width, logos::height))
        .first(connection)
        .await
        .optional()?;
    Ok(row.map(|(sha256, Word(kind), width, height)| Logo { sha256, kind, width, height }))
}

/// Keeps a logo and makes it the organisation's; none: the program's.
pub(super) async fn write(
    connection: &mut AsyncPgConnection,
    logo: Option<&(Logo, Vec<u8>)>,
) -> diesel::QueryResult<usize> {
    if let Some((logo, content)) = logo {
        let row = (
            logos::sha256.eq(&logo.sha256),
            logos::kind.eq(Word(logo.kind)),
            logos::width.eq(logo.width),
            logos::height.eq(logo.height),
            logos::content.eq(content),
        );
        diesel::insert_into(logos::table).values(row).on_conflict_do_nothing().execute(connection).await?;
    }
    let sha256 = logo.map(|(logo, _)| &logo.sha256);
    diesel::update(organisation::table).set(organisation::logo.eq(sha256)).execute(connection).await
}

impl Desk {
    /// The bytes of a picture that is or was the logo, with its kind.
    ///
    /// # Errors
    /// When there is none, or the database does not answer.
    pub async fn logo(&self, sha256: &[u8]) -> Result<(Kind, Vec<u8>), DeskError> {
        let mut connection = self.database.connection().await?;
        let row: Option<(Word<Kind>, Vec<u8>)> =
            logos::table.find(sha256).select((logos::kind, logos::content)).first(&mut connection).await.optional()?;
        let (Word(kind), content) = row.ok_or(DeskError::NotFound { what: "logo" })?;
        Ok((kind, content))
    }
}
