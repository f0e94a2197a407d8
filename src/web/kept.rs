//! Files of a form that is shown again, or shown to be checked: their bytes are kept for a day, and signed words in the form
//! name them, so that they need not be chosen a second time.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;

use crate::desk::DeskError;
use crate::desk::kept_files::KEPT_FOR;
use crate::domain::enquiry::File;
use crate::language::Words;
use crate::web::form::{Form, LARGEST_FILES, MOST_FILES, Uploaded};
use crate::web::seal::Sealer;
use crate::web::site::Opened;
use crate::web::view::file_size;

/// The field of a form that names kept files.
pub const FIELD: &str = "kept";
/// The field of files that belong to no question.
pub const ATTACHMENTS: &str = "attachments";
/// How long the desk may take to keep files.
const KEEPING: Duration = Duration::from_secs(10);

/// A kept file, as the form names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The field that it was chosen in.
    pub field: String,
    /// Its name.
    pub filename: String,
    /// In bytes.
    pub size: u64,
    /// What the form's field holds.
    pub signed: String,
}

impl Kept {
    /// Its size for people.
    #[must_use]
    pub fn shown_size(&self, words: Words) -> String {
        file_size(words, self.size)
    }
}

/// Why the files of a form cannot be kept, or not be had.
#[derive(Debug, thiserror::Error)]
pub enum Unkept {
    /// The time of one of them is over.
    #[error("a kept file is gone")]
    Gone,
    /// With those that came beside them they are too large together.
    #[error("the files are too large together")]
    TooLarge,
    /// With those that came beside them they are too many.
    #[error("there are too many files")]
    TooMany,
    /// The database does not answer.
    #[error("kept files could not be reached")]
    Desk(#[from] DeskError),
    /// Nor in time.
    #[error("files were not kept in time")]
    Late,
    /// The disk does not answer.
    #[error("an uploaded file could not be read")]
    Unreadable(#[from] std::io::Error),
}

/// What is signed of a file.
#[derive(serde::Serialize, serde::Deserialize)]
struct Named {
    #[serde(default = "attachments")]
    field: String,
    sha256: [u8; 32],
    filename: String,
    content_type: String,
    sniffed_type: String,
    size: u64,
}

/// What was named before there were others.
fn attachments() -> String {
    ATTACHMENTS.to_owned()
}

/// A session's files are nobody else's; those of the public belong to whoever has the form.
fn purpose(session: &str) -> String {
    format!("kept file {session}")
}

/// Names files for a form that is shown again, each with the field that it was chosen in. Their bytes are kept already.
#[must_use]
pub fn name<'a>(
    sealer: &Sealer,
    session: &str,
    files: impl IntoIterator<Item = (&'a str, &'a File)>,
    now: Timestamp,
) -> Vec<Kept> {
    let named = files.into_iter().filter_map(|(field, file)| {
        let size = file.content.len() as u64;
        let words = Named {
            field: field.to_owned(),
            sha256: file.sha256,
            filename: file.filename.clone(),
            content_type: file.content_type.clone(),
            sniffed_type: file.sniffed_type.clone(),
            size,
        };
        let words = serde_json::to_string(&words).ok()?;
        let signed = sealer.sign(&purpose(session), &words, now + KEPT_FOR);
        Some(Kept { field: field.to_owned(), filename: file.filename.clone(), size, signed })
    });
    named.collect()
}

/// Keeps files that came with a form, and names them for it.
///
/// # Errors
/// When the disk or the database does not answer.
pub async fn keep(
    desk: &Opened,
    session: &str,
    uploaded: &mut [Uploaded],
    now: Timestamp,
) -> Result<Vec<Kept>, Unkept> {
    let files = uploaded.iter_mut().map(Uploaded::file).collect::<std::io::Result<Vec<_>>>()?;
    tokio::time::timeout(KEEPING, desk.desk.keep_files(&files, now + KEPT_FOR)).await.map_err(|_| Unkept::Late)??;
    let named = uploaded.iter().map(|one| one.field.as_str()).zip(&files);
    Ok(name(&desk.sealer, session, named, now))
}

/// The files that a form names, without their bytes; what is not ours, or too old, is left out.
#[must_use]
pub fn named(sealer: &Sealer, session: &str, form: &Form, now: Timestamp) -> Vec<Kept> {
    let named = tokens(form).into_iter().filter_map(|signed| {
        let words = opened(sealer, session, signed, now).ok()?;
        Some(Kept { field: words.field, filename: words.filename, size: words.size, signed: signed.to_owned() })
    });
    named.collect()
}

/// What the form names, each once, in its order.
#[must_use]
pub fn tokens(form: &Form) -> Vec<&str> {
    let mut known = HashSet::new();
    form.all(FIELD).filter(|token| known.insert(*token)).collect()
}

fn opened(sealer: &Sealer, session: &str, signed: &str, now: Timestamp) -> Result<Named, Unkept> {
    let words = sealer.read(&purpose(session), signed, now).map_err(|_| Unkept::Gone)?;
    serde_json::from_str(&words).map_err(|_| Unkept::Gone)
}

/// All files of a form: those that it names, then those that it brings.
///
/// # Errors
/// When one cannot be had, or they exceed a limit together.
pub async fn all(desk: &Opened, session: &str, form: &mut Form, now: Timestamp) -> Result<Vec<File>, Unkept> {
    let mut files = read(desk, session, form, now).await?;
    for uploaded in &mut form.files {
        files.push(uploaded.file()?);
    }
    Ok(files)
}

/// The files that a form names.
///
/// # Errors
/// When one cannot be had any more, or together with those that the form brings they exceed a limit.
pub async fn read(desk: &Opened, session: &str, form: &Form, now: Timestamp) -> Result<Vec<File>, Unkept> {
    let mut files = Vec::new();
    let mut together: u64 = form.files.iter().map(|file| file.size).sum();
    if form.files.len() + tokens(form).len() > MOST_FILES {
        return Err(Unkept::TooMany);
    }
    for signed in tokens(form) {
        let words = opened(&desk.sealer, session, signed, now)?;
        together += words.size;
        if together > LARGEST_FILES {
            return Err(Unkept::TooLarge);
        }
        files.push(File {
            filename: words.filename,
            content_type: words.content_type,
            sniffed_type: words.sniffed_type,
            content: desk.desk.kept_file(&words.sha256).await?.ok_or(Unkept::Gone)?,
            sha256: words.sha256,
            inline: false,
            content_id: None,
        });
    }
    Ok(files)
}

/// Files as the ledger keeps them: their bytes are among the blobs.
#[must_use]
pub fn as_json(files: &[File]) -> serde_json::Value {
    let files = files.iter().map(|file| {
        serde_json::json!({
            "filename": file.filename,
            "size": file.content.len(),
            "sha256": data_encoding::HEXLOWER.encode(&file.sha256),
        })
    });
    files.collect()
}
