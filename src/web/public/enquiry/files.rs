//! Files of an enquiry: sent with the form, or before it, one by one.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, RequestBody, Response, Result, handler};

use crate::domain::enquiry::File;
use crate::language::Words;
use crate::web::form::{Form, FormError, LARGEST_FILES, MOST_FILES, Uploaded};
use crate::web::kept::{self, Kept, Unkept};
use crate::web::public::enquiry::{LIFETIME, PURPOSE, Sent};
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
        match kept::all(self.opened, SESSION, &mut self.form, self.now).await {
            Ok(files) => Ok(files),
            Err(Unkept::Gone | Unkept::TooLarge | Unkept::TooMany) => Err(Unreadable::Gone(gone)),
            Err(error @ (Unkept::Desk(_) | Unkept::Late | Unkept::Unreadable(_))) => {
                tracing::error!(%error, "an enquiry's files could not be read");
                Err(Unreadable::Away)
            }
        }
    }
}

async fn keep(opened: &Opened, uploaded: &mut [Uploaded], now: Timestamp) -> Option<Vec<Kept>> {
    let kept = kept::keep(opened, SESSION, uploaded, now).await;
    kept.inspect_err(|error| tracing::error!(%error, "an enquiry's files could not be kept")).ok()
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
