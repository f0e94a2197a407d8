//! How the border server judged the senders of a ticket's letters: read in the heads of the originals.

use std::collections::HashMap;

use diesel::sql_types::{Binary, Integer};
use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::desk::DeskError;
use crate::desk::conversation::entries::MOST_MESSAGES;
use crate::mail::authentication::{Method, failed};
use crate::postgres::schema::{arrivals, messages};

diesel::define_sql_function! {
    /// So many bytes from a place on, counted from 1; PostgreSQL fetches no more of what is stored outside the row.
    fn substring(bytes: Binary, from: Integer, count: Integer) -> Binary;
}

/// Bytes of each letter that are looked at: what the border server wrote stands at the top.
const LOOKED_AT: i32 = 16 * 1024;

/// The checks that failed, by message. Without a trusted server nothing is known.
pub(super) async fn read(
    mut connection: &AsyncPgConnection,
    ticket: Uuid,
    authserv_id: Option<&str>,
) -> Result<HashMap<Uuid, Vec<Method>>, DeskError> {
    let Some(authserv_id) = authserv_id else { return Ok(HashMap::new()) };
    let heads: Vec<(Uuid, Vec<u8>)> = messages::table
        .inner_join(arrivals::table.on(messages::arrival_id.eq(arrivals::id.nullable())))
        .filter(messages::ticket_id.eq(ticket))
        .filter(arrivals::channel.eq("email"))
        .order(messages::id.desc())
        .limit(MOST_MESSAGES)
        .select((messages::id, substring(arrivals::raw, 1, LOOKED_AT)))
        .load(&mut connection)
        .await?;
    Ok(heads.into_iter().map(|(message, head)| (message, failed(&head, authserv_id))).collect())
}
