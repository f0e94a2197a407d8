//! Files of an enquirer's own conversation: what the virus scanner has nothing against.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use jiff::Timestamp;
use uuid::Uuid;

use crate::desk::attachments::Enclosure;
use crate::desk::own_page::{OwnMessage, OwnTicket};
use crate::desk::{Desk, DeskError};
use crate::domain::reference::Reference;
use crate::postgres::schema::attachments;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// Key.
    pub id: Uuid,
    /// Its name.
    pub filename: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
}

/// Reads the files of messages.
pub(super) async fn read_into(mut connection: &AsyncPgConnection, shown: &mut [OwnMessage]) -> Result<(), DeskError> {
    let ids: Vec<Uuid> = shown.iter().map(|message| message.id).collect();
    type Row = (Uuid, Uuid, String, i64, Vec<u8>);
    let rows: Vec<Row> = attachments::table
        .filter(attachments::message_id.eq_any(ids))
        .filter(attachments::inline.eq(false))
        .order((attachments::message_id, attachments::position))
        .select((
            attachments::message_id,
            attachments::id,
            attachments::filename,
            attachments::size,
            attachments::sha256,
        ))
        .load(&mut connection)
        .await?;
    for (message, id, filename, size, sha256) in rows {
        if let Some(message) = shown.iter_mut().find(|other| other.id == message) {
            message.files.push(OwnFile { id, filename, size: u64::try_from(size).unwrap_or_default(), sha256 });
        }
    }
    Ok(())
}

impl Desk {
    /// A file of an enquirer's own ticket, with its name.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] where the key does not open the ticket, or there is no such file in what the enquirer sees.
    pub async fn own_file(
        &self,
        reference: Reference,
        key: &str,
        file: Uuid,
        now: Timestamp,
    ) -> Result<(String, Enclosure), DeskError> {
        let ticket = self.own_ticket(reference, key, now).await?;
        let file = files_of(&ticket).find(|other| other.id == file).ok_or(DeskError::NotFound { what: "file" })?;
        Ok((file.filename.clone(), self.enclosure(&file.sha256).await?))
    }
}

fn files_of(ticket: &OwnTicket) -> impl Iterator<Item = &OwnFile> {
    ticket.messages.iter().flat_map(|message| &message.files)
}
