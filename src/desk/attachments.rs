//! Files of messages: bytes are kept once, by their SHA-256.

use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use uuid::Uuid;

use crate::desk::screening::scan_of_columns;
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError, kept_files};
use crate::domain::enquiry::File;
use crate::domain::scan::Scan;
use crate::domain::summary::Summary;
use crate::mail::summary::summary;
use crate::postgres::column::Json;
use crate::postgres::schema::{attachments, blobs, messages, tickets};

/// A row of `attachments`, in the shape in which new ones are sent to the database.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    id: Uuid,
    message_id: Uuid,
    position: usize,
    filename: String,
    content_type: String,
    sniffed_type: String,
    size: usize,
    sha256: String,
    inline: bool,
    content_id: Option<String>,
    summary: Option<Summary>,
}

/// A file as it is handed out.
#[derive(Debug, Clone)]
pub struct Download {
    /// Its name.
    pub filename: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// By what they are known.
    pub sha256: Vec<u8>,
    /// What the virus scanner says of them; `None`: it was not asked yet.
    pub scan: Option<Scan>,
}

/// A file that is to go with a letter of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enclosure {
    /// It may go.
    Ready(Vec<u8>),
    /// It holds a virus, and stays.
    Withheld {
        /// By the scanner's name for it.
        virus: String,
    },
    /// The scanner has not been asked yet.
    Unscanned,
}

/// Keeps the bytes of files. Content-addressed: keeping them twice keeps them once.
pub(crate) async fn keep(
    connection: &mut AsyncPgConnection,
    files: impl Iterator<Item = &File>,
) -> Result<(), DeskError> {
    for file in files {
        if insert(connection, file).await? == 0 && !kept_files::hold(connection, &file.sha256).await? {
            insert(connection, file).await?;
        }
    }
    Ok(())
}

async fn insert(connection: &mut AsyncPgConnection, file: &File) -> Result<usize, DeskError> {
    let row = (blobs::sha256.eq(&file.sha256[..]), blobs::content.eq(&file.content));
    Ok(diesel::insert_into(blobs::table).values(row).on_conflict_do_nothing().execute(connection).await?)
}

/// The rows that tie files to a message.
pub(crate) fn rows(message_id: Uuid, files: &[File]) -> impl Iterator<Item = Row> {
    files.iter().enumerate().map(move |(position, file)| Row {
        id: Uuid::now_v7(),
        message_id,
        position,
        filename: file.filename.clone(),
        content_type: file.content_type.clone(),
        sniffed_type: file.sniffed_type.clone(),
        size: file.content.len(),
        sha256: format!("\\x{}", data_encoding::HEXLOWER.encode(&file.sha256)),
        inline: file.inline,
        content_id: file.content_id.clone(),
        summary: summary_of(file),
    })
}

/// What makes the reading of a calendar fail has no summary, and is stored as any other file.
fn summary_of(file: &File) -> Option<Summary> {
    std::panic::catch_unwind(|| summary(&file.content_type, &file.filename, &file.content)).ok().flatten()
}

/// Ties files to a message, in the transaction that writes it.
pub(crate) async fn attach(
    connection: &mut AsyncPgConnection,
    message_id: Uuid,
    files: &[File],
) -> Result<(), DeskError> {
    for (position, file) in files.iter().enumerate() {
        diesel::insert_into(attachments::table)
            .values((
                attachments::id.eq(Uuid::now_v7()),
                attachments::message_id.eq(message_id),
                attachments::position.eq(i32::try_from(position).unwrap_or(i32::MAX)),
                attachments::filename.eq(&file.filename),
                attachments::content_type.eq(&file.content_type),
                attachments::sniffed_type.eq(&file.sniffed_type),
                attachments::size.eq(i64::try_from(file.content.len()).unwrap_or(i64::MAX)),
                attachments::sha256.eq(&file.sha256[..]),
                attachments::inline.eq(file.inline),
                attachments::content_id.eq(file.content_id.as_deref()),
                attachments::summary.eq(summary_of(file).map(Json)),
            ))
            .execute(connection)
            .await?;
    }
    Ok(())
}

impl Desk {
    /// The bytes of an attachment, for a member of staff who may see its ticket.
    ///
    /// # Errors
    /// When there is none, or it is not theirs to see.
    pub async fn attachment(&self, viewer: &Viewer, id: Uuid) -> Result<Download, DeskError> {
        let mut connection = self.database.connection().await?;
        type Row = (Uuid, String, Vec<u8>, Vec<u8>, Option<String>, Option<String>);
        let found: Option<Row> = attachments::table
            .inner_join(blobs::table)
            .inner_join(messages::table)
            .inner_join(tickets::table.on(messages::ticket_id.eq(tickets::id).and(attachments::id.eq(id))))
            .select((
                tickets::division_id,
                attachments::filename,
                blobs::content,
                blobs::sha256,
                blobs::scan,
                blobs::virus,
            ))
            .first(&mut connection)
            .await
            .optional()?;
        match found {
            Some((division, filename, content, sha256, scan, virus)) if viewer.sees(division) => {
                Ok(Download { filename, content, sha256, scan: scan_of_columns(scan.as_deref(), virus) })
            }
            _ => Err(DeskError::NotFound { what: "attachment" }),
        }
    }

    /// A file that a letter of ours carries.
    ///
    /// # Errors
    /// When there is none.
    pub async fn enclosure(&self, sha256: &[u8]) -> Result<Enclosure, DeskError> {
        let mut connection = self.database.connection().await?;
        let row: Option<(Vec<u8>, Option<String>, Option<String>)> = blobs::table
            .find(sha256)
            .select((blobs::content, blobs::scan, blobs::virus))
            .first(&mut connection)
            .await
            .optional()?;
        let (content, scan, virus) = row.ok_or(DeskError::NotFound { what: "blob" })?;
        Ok(match scan_of_columns(scan.as_deref(), virus) {
            Some(Scan::Found { virus }) => Enclosure::Withheld { virus },
            None if self.screening.scanner.is_some() => Enclosure::Unscanned,
            _ => Enclosure::Ready(content),
        })
    }
}
