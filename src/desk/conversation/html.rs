//! The HTML of a letter with its pictures, for the frame that shows it.

use std::collections::HashMap;

use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError};
use crate::mail::html::frame::{Elsewhere, folded_id};
use crate::mail::parse::html_with_pictures;
use crate::postgres::schema::{arrivals, attachments, blobs, messages, tickets};

/// What a browser shows as a picture and cannot be made to run.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/// The most bytes of one letter's pictures: they travel within the page.
const MOST_BYTES: i64 = 8 * 1024 * 1024;
/// The most pictures of one letter.
const MOST_PICTURES: i64 = 100;

/// The HTML of a letter.
#[derive(Debug, Clone)]
pub struct HtmlLetter {
    /// Sanitised; with the addresses of pictures elsewhere only where they were asked for.
    pub sanitised: String,
    /// The pictures that came with it, as `data:` URLs by their Content-IDs.
    pub pictures: HashMap<String, String>,
}

impl Desk {
    /// The HTML of a letter, sanitised when it came, for the frame that shows it.
    ///
    /// # Errors
    /// When there is none, or it is not theirs to see.
    pub async fn html_letter(
        &self,
        viewer: &Viewer,
        message: Uuid,
        elsewhere: Elsewhere,
    ) -> Result<HtmlLetter, DeskError> {
        const NONE: DeskError = DeskError::NotFound { what: "letter" };
        let mut connection = self.database.connection().await?;
        let row: Option<(Option<String>, Uuid)> = messages::table
            .inner_join(tickets::table)
            .filter(messages::id.eq(message))
            .select((messages::html, tickets::division_id))
            .first(&mut connection)
            .await
            .optional()?;
        let html = row.filter(|(_, division)| viewer.sees(*division)).and_then(|(html, _)| html);
        let mut sanitised = html.ok_or(NONE)?;
        if elsewhere == Elsewhere::Loaded {
            let raw: Option<Vec<u8>> = arrivals::table
                .inner_join(messages::table.on(messages::arrival_id.eq(arrivals::id.nullable())))
                .filter(messages::id.eq(message))
                .select(arrivals::raw)
                .first(&mut connection)
                .await
                .optional()?;
            // Reading a large letter takes the processor for a while.
            let reading = tokio::task::spawn_blocking(move || raw.as_deref().and_then(html_with_pictures));
            sanitised = reading.await.ok().flatten().unwrap_or(sanitised);
        }
        let mut pictures = attachments::table
            .inner_join(blobs::table)
            .filter(attachments::message_id.eq(message))
            .filter(blobs::virus.is_null())
            .filter(attachments::content_id.is_not_null())
            .filter(attachments::sniffed_type.eq_any(PICTURES))
            .filter(attachments::size.le(MOST_BYTES))
            .order(attachments::position)
            .limit(MOST_PICTURES)
            .select((attachments::content_id, attachments::sniffed_type, blobs::content))
            .into_boxed();
        if self.screening.scanner.is_some() {
            pictures = pictures.filter(blobs::scan.is_not_null());
        }
        let pictures: Vec<(Option<String>, String, Vec<u8>)> = pictures.load(&mut connection).await?;
        Ok(HtmlLetter { sanitised, pictures: as_urls(pictures) })
    }
}

fn as_urls(pictures: Vec<(Option<String>, String, Vec<u8>)>) -> HashMap<String, String> {
    let mut room = usize::try_from(MOST_BYTES).unwrap_or_default();
    let mut urls = HashMap::new();
    for (content_id, kind, content) in pictures {
        let Some(left) = room.checked_sub(content.len()) else { continue };
        room = left;
        let url = format!("data:{kind};base64,{}", data_encoding::BASE64.encode(&content));
        urls.insert(folded_id(&content_id.unwrap_or_default()), url);
    }
    urls
}
