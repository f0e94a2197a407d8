//! Forms: fields and files, read as they come, each with its limit.
//!
//! A file that is too large is read and thrown away, so that what was typed beside it is kept. A body that says nothing
//! for half a minute, or drips, is given up.

mod body;
mod origin;

use std::io::{Read, Seek, SeekFrom, Write};

use poem::web::Multipart;
use poem::{FromRequest, Request, RequestBody};
use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::domain::enquiry::File;
use crate::mail::filename;
use crate::mail::header::one_line;

/// The most bytes of one text field that are kept.
const LONGEST_FIELD: usize = 1024 * 1024;
/// The most bytes of all text fields together that are kept.
const LONGEST_FIELDS: usize = 2 * 1024 * 1024;
/// The most fields and files that are looked at.
const MOST_PARTS: usize = 1000;
/// The most bytes of one file.
pub const LARGEST_FILE: u64 = 10 * 1024 * 1024;
/// The most bytes of all files together.
pub const LARGEST_FILES: u64 = 20 * 1024 * 1024;
/// The most files.
pub const MOST_FILES: usize = 20;
/// Files up to this size stay in memory.
const SPOOL: usize = 64 * 1024;
/// The fields that hold a page's seal.
const TOKENS: [&str; 2] = ["token", "seal"];
/// Enough to tell what a file is.
const SNIFFED: usize = 8 * 1024;

/// A form as it was sent.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    /// Files that keep to the limits.
    pub files: Vec<Uploaded>,
    /// Files that do not.
    pub too_large: Vec<TooLarge>,
}

/// A file of a form.
#[derive(Debug)]
pub struct Uploaded {
    /// The field that it was chosen in.
    pub field: String,
    /// Its name as it was sent.
    pub filename: String,
    /// The type that the browser declared.
    pub declared_type: String,
    /// The type that its bytes show.
    pub sniffed_type: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    content: SpooledTempFile,
}

/// What is known of a file before its bytes.
struct Named {
    field: String,
    filename: String,
    declared: String,
}

/// A file that was thrown away because it does not keep to a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLarge {
    /// The field that it was chosen in.
    pub field: String,
    /// Its name as it was sent.
    pub filename: String,
    /// Its size in bytes.
    pub size: u64,
    /// Which limit.
    pub limit: FileLimit,
}

/// A limit that a file did not keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileLimit {
    /// Of one file.
    One,
    /// Of all files together.
    Together,
    /// Of their number.
    Count,
}

/// Why a form could not be read to its end; what was read so far is beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// More than is read at all.
    #[error("the form is too large")]
    TooLarge,
    /// It came too slowly, or stopped.
    #[error("the form came too slowly")]
    TooSlow,
    /// It is no form.
    #[error("the form is broken")]
    Broken,
    /// It has more parts than are looked at.
    #[error("the form has too many parts")]
    TooMany,
}

impl Form {
    /// Reads a form to its end, or as far as it goes.
    pub async fn read(request: &Request, sent: RequestBody) -> (Self, Option<FormError>) {
        let mut form = Self::default();
        let (limited, verdict) = body::limited(sent);
        let kind = request.content_type().unwrap_or_default().to_ascii_lowercase();
        let read = if kind.starts_with("multipart/form-data") {
            form.read_multipart(request, limited).await
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            form.read_urlencoded(limited).await
        } else {
            Err(FormError::Broken)
        };
        if origin::is_foreign(request) || read == Err(FormError::TooLarge) {
            // What was typed stays, and is shown again as with any token that is none of ours: nothing is done by a form
            // of which a part is not there.
            form.fields.retain(|(name, _)| !TOKENS.contains(&name.as_str()));
        }
        (form, read.err().map(|error| verdict.get().unwrap_or(error)))
    }

    /// What was typed into a field; nothing where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Everything that was typed or chosen under a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether a field was sent at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    async fn read_multipart(&mut self, request: &Request, mut sent: RequestBody) -> Result<(), FormError> {
        let mut multipart = Multipart::from_request(request, &mut sent).await.map_err(|_| FormError::Broken)?;
        for _ in 0..MOST_PARTS {
            let Some(field) = multipart.next_field().await.map_err(|_| FormError::Broken)? else { return Ok(()) };
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(filename) => {
                    let declared = field.content_type().unwrap_or("application/octet-stream").to_owned();
                    self.read_file(Named { field: name, filename, declared }, field.into_async_read()).await?;
                }
                None => {
                    let room = LONGEST_FIELD.min(LONGEST_FIELDS.saturating_sub(self.bytes()));
                    let value = read_text(field.into_async_read(), room).await?;
                    self.fields.push((name, value));
                }
            }
        }
        Err(FormError::TooMany)
    }

    async fn read_urlencoded(&mut self, mut sent: RequestBody) -> Result<(), FormError> {
        let body = sent.take().map_err(|_| FormError::Broken)?;
        let mut bytes = Vec::new();
        let mut reader = body.into_async_read();
        (&mut reader).take(LONGEST_FIELDS as u64).read_to_end(&mut bytes).await.map_err(|_| FormError::Broken)?;
        // Who sends all before reading the answer gets one too.
        let rest = tokio::io::copy(&mut reader, &mut tokio::io::sink()).await.map_err(|_| FormError::Broken)?;
        let pairs = form_urlencoded::parse(&bytes).take(MOST_PARTS);
        self.fields.extend(pairs.map(|(name, value)| (name.into_owned(), tidy(&value))));
        if rest > 0 { Err(FormError::TooLarge) } else { Ok(()) }
    }

    fn bytes(&self) -> usize {
        self.fields.iter().map(|(name, value)| name.len() + value.len()).sum()
    }

    async fn read_file(
        &mut self,
        Named { field, filename, declared }: Named,
        mut content: impl AsyncRead + Unpin,
    ) -> Result<(), FormError> {
        let together: u64 = self.files.iter().map(|file| file.size).sum();
        let mut kept = SpooledTempFile::new(SPOOL);
        let (mut size, mut hash, mut head) = (0_u64, Sha256::new(), Vec::new());
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let count = content.read(&mut buffer).await.map_err(|_| FormError::Broken)?;
            if count == 0 {
                break;
            }
            let bytes = &buffer[..count];
            size += count as u64;
            if size <= LARGEST_FILE && together + size <= LARGEST_FILES && self.files.len() < MOST_FILES {
                hash.update(bytes);
                head.extend_from_slice(&bytes[..count.min(SNIFFED.saturating_sub(head.len()))]);
                kept.write_all(bytes).map_err(|_| FormError::Broken)?;
            }
        }
        let limit = match () {
            () if size > LARGEST_FILE => Some(FileLimit::One),
            () if together + size > LARGEST_FILES => Some(FileLimit::Together),
            () if self.files.len() >= MOST_FILES => Some(FileLimit::Count),
            () => None,
        };
        match limit {
            // Browsers send an empty part for a field without a file.
            _ if filename.is_empty() && size == 0 => {}
            Some(limit) => self.too_large.push(TooLarge { field, filename, size, limit }),
            None => self.files.push(Uploaded {
                field,
                filename,
                declared_type: declared,
                sniffed_type: sniff(&head),
                size,
                sha256: hash.finalize().into(),
                content: kept,
            }),
        }
        Ok(())
    }
}

impl Uploaded {
    /// Its name made safe; files without one are called so.
    #[must_use]
    pub fn safe_name(&self) -> String {
        let name = filename::safe(&self.filename);
        if name.is_empty() { "file".to_owned() } else { name }
    }

    /// It as a file of an enquiry.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn file(&mut self) -> std::io::Result<File> {
        Ok(File {
            filename: self.safe_name(),
            content_type: one_line(&self.declared_type),
            sniffed_type: self.sniffed_type.clone(),
            content: self.content()?,
            sha256: self.sha256,
            inline: false,
            content_id: None,
        })
    }

    /// The bytes.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub fn content(&mut self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.size).unwrap_or_default());
        self.content.seek(SeekFrom::Start(0))?;
        self.content.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// A text as far as there is room for it; the rest is read and thrown away, so that what comes after is kept.
async fn read_text(mut content: impl AsyncRead + Unpin, room: usize) -> Result<String, FormError> {
    let mut bytes = Vec::new();
    (&mut content).take(room as u64).read_to_end(&mut bytes).await.map_err(|_| FormError::Broken)?;
    tokio::io::copy(&mut content, &mut tokio::io::sink()).await.map_err(|_| FormError::Broken)?;
    Ok(tidy(&String::from_utf8_lossy(&bytes)))
}

/// Ends of lines as `\n`; NUL, which no database keeps, away.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "")
}

/// What the first bytes of a file show it to be.
#[must_use]
pub fn sniff(head: &[u8]) -> String {
    let start = String::from_utf8_lossy(&head[..head.len().min(1024)]).trim_start().to_lowercase();
    if start.starts_with("<svg") || (start.starts_with("<?xml") && start.contains("<svg")) {
        return "image/svg+xml".to_owned();
    }
    if let Some(kind) = infer::get(head) {
        return kind.mime_type().to_owned();
    }
    let textual = std::str::from_utf8(head).is_ok_and(|text| !text.contains('\0'));
    if textual { "text/plain".to_owned() } else { "application/octet-stream".to_owned() }
}

#[cfg(test)]
mod tests;
