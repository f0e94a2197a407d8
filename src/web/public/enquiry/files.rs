//! Files of an enquiry: sent with the form, or before it, one by one.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, RequestBody, Response, Result, handler};

use crate::desk::kept_files::KEPT_FOR;
use crate::domain::enquiry::File;
use crate::language::Words;
use crate::mail::header::one_line;
use crate::web::form::{Form, FormError, LARGEST_FILES, MOST_FILES, Uploaded};
use crate::web::kept::{self, Kept, Unkept};
use crate::web::public::enquiry::{LIFETIME, PURPOSE, STORING, Sent};
use crate::web::public::shell::language;
use crate::web::public::validation;
use crate::web::public::view::form::{Field, FieldError, Notice, Trouble};
use crate::web::site::{Opened, Site};

/// The public has no sessions.
pub(super) const SESSION: &str = "";

/// Why files could not be kept for the next step.
pub(super) enum NotKept {
    /// So many came from this network.
    TooMany,
    /// The database does not answer.
    Away,
}

/// Why files cannot be read.
pub(super) enum Unreadable {
    /// The time of one that was kept is over.
    Gone(FieldError),
    /// The database or the disk does not answer.
    Away,
}

impl Sent<'_> {
    /// Keeps the files that came with the form, so that they need not be chosen again. Those that could not be kept, or
    /// must not, stay with the form.
    pub(super) async fn keep_files(&mut self) -> std::result::Result<(), NotKept> {
        let count = self.kept.len() + self.form.files.len();
        let sizes = self.kept.iter().map(|file| file.size).chain(self.form.files.iter().map(|file| file.size));
        let fit = count <= MOST_FILES && sizes.sum::<u64>() <= LARGEST_FILES;
        if self.form.files.is_empty() || !fit || self.sealed.is_none() {
            return Ok(());
        }
        if !self.site.may_keep(self.request) {
            return Err(NotKept::TooMany);
        }
        let kept = keep(self.opened, &mut self.form.files, self.now).await.ok_or(NotKept::Away)?;
        self.kept.extend(kept);
        self.form.files.clear();
        Ok(())
    }

    /// The files that go with the enquiry.
    pub(super) async fn files(&mut self) -> std::result::Result<Vec<File>, Unreadable> {
        let gone = FieldError { field: Field::Attachments, trouble: Trouble::FileGone };
        let before = match kept::read(self.opened, SESSION, &self.form, self.now).await {
            Ok(files) => files,
            Err(Unkept::Desk(error)) => {
                tracing::error!(%error, "kept files could not be read");
                return Err(Unreadable::Away);
            }
            Err(Unkept::Gone | Unkept::TooLarge | Unkept::TooMany) => return Err(Unreadable::Gone(gone)),
        };
        let beside = read(&mut self.form.files).ok_or(Unreadable::Away)?;
        Ok(before.into_iter().chain(beside).collect())
    }
}

async fn keep(opened: &Opened, uploaded: &mut [Uploaded], now: Timestamp) -> Option<Vec<Kept>> {
    let files = read(uploaded)?;
    let named = uploaded.iter().map(|one| one.field.as_str()).zip(&files);
    let keeping = opened.desk.keep_files(&files, now + KEPT_FOR);
    match tokio::time::timeout(STORING, keeping).await {
        Ok(Ok(())) => Some(kept::name(&opened.sealer, SESSION, named, now)),
        Ok(Err(error)) => {
            tracing::error!(%error, "files could not be kept");
            None
        }
        Err(_) => {
            tracing::error!("files were not kept in time");
            None
        }
    }
}

fn read(uploaded: &mut [Uploaded]) -> Option<Vec<File>> {
    let files = uploaded.iter_mut().map(file).collect::<std::io::Result<Vec<_>>>();
    files.inspect_err(|error| tracing::error!(%error, "an uploaded file could not be read")).ok()
}

pub(crate) fn file(uploaded: &mut Uploaded) -> std::io::Result<File> {
    Ok(File {
        filename: uploaded.safe_name(),
        content_type: one_line(&uploaded.declared_type),
        sniffed_type: uploaded.sniffed_type.clone(),
        content: uploaded.content()?,
        sha256: uploaded.sha256,
        inline: false,
        content_id: None,
    })
}

/// Files as they are kept in the ledger.
pub(crate) fn files_as_json(files: &[File]) -> serde_json::Value {
    let files = files.iter().map(|file| {
        serde_json::json!({
            "filename": file.filename,
            "size": file.content.len(),
            "sha256": data_encoding::HEXLOWER.encode(&file.sha256),
        })
    });
    files.collect()
}

/// Takes files before the form is sent, as its script sends them one by one: what they are named by in the form, or what
/// is the matter.
#[handler]
pub async fn upload(Path(name): Path<String>, request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let words = Words::public(language(&name)?);
    let opened = site.opened()?;
    let (mut form, broken) = Form::read(request, RequestBody::new(body)).await;
    let now = Timestamp::now();
    let refused = |status, sentence: String| json(status, &serde_json::json!({ "error": sentence }));
    let notice = |status, notice: Notice| refused(status, words.say(notice.title_key()));
    if opened.sealer.open(PURPOSE, "", form.text("seal"), LIFETIME, now).is_err() {
        return Ok(notice(StatusCode::FORBIDDEN, Notice::Stale));
    }
    if let Some(trouble) = form.too_large.first().map(validation::too_large) {
        return Ok(refused(StatusCode::PAYLOAD_TOO_LARGE, trouble.sentence(words)));
    }
    match broken {
        Some(FormError::TooLarge) => return Ok(notice(StatusCode::PAYLOAD_TOO_LARGE, Notice::TooLarge)),
        None if !form.files.is_empty() => {}
        _ => return Ok(notice(StatusCode::BAD_REQUEST, Notice::Broken)),
    }
    if !site.may_keep(request) {
        return Ok(notice(StatusCode::TOO_MANY_REQUESTS, Notice::TooMany));
    }
    let Some(kept) = keep(opened, &mut form.files, now).await else {
        return Ok(notice(StatusCode::SERVICE_UNAVAILABLE, Notice::Away));
    };
    let files = kept.into_iter().map(|file| {
        let shown = file.shown_size(words);
        serde_json::json!({ "filename": file.filename, "size": file.size, "shown": shown, "signed": file.signed })
    });
    Ok(json(StatusCode::OK, &serde_json::json!({ "files": files.collect::<Vec<_>>() })))
}

fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    Response::builder().status(status).content_type("application/json").body(value.to_string())
}
