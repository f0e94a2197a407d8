//! The enquiry form: blank, received, or shown again with what was typed.

use std::time::Duration;

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::desk::receive::Arrival;
use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Doubt, Enquiry, File, Nature, ThreadMarks};
use crate::domain::language::Language;
use crate::language::detect::{Hints, detect};
use crate::mail::filename;
use crate::mail::header::one_line;
use crate::web::answer;
use crate::web::form::{Form, FormError, Uploaded};
use crate::web::public::receipt;
use crate::web::public::shell::{PublicDesk, language};
use crate::web::public::validation::{self, Valid};
use crate::web::public::view::form::{FieldError, FormPage, Notice, TopicChoice, Typed};
use crate::web::public::view::shell::Section;
use crate::web::seal::Sealed;
use crate::web::site::{Opened, Site};

const PURPOSE: &str = "enquiry";
/// How old the page may be that a form was written on.
const LIFETIME: Duration = Duration::from_hours(24);
/// How long the desk may take to store an enquiry, before the enquirer hears that it could not.
const STORING: Duration = Duration::from_secs(10);

/// `?topic=`, and `?subject=` as a search that found nothing gives it.
#[derive(Deserialize)]
pub struct Chosen {
    topic: Option<String>,
    subject: Option<String>,
}

/// The blank form.
#[handler]
pub async fn blank(Path(name): Path<String>, Query(chosen): Query<Chosen>, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let typed = Typed { subject: one_line(&chosen.subject.unwrap_or_default()), ..Typed::default() };
    let again = Again { topic: chosen.topic.unwrap_or_default(), typed, ..Again::default() };
    Ok(answer::ok(&page(site.opened()?, &public, again)))
}

/// What is shown when the form is shown again.
#[derive(Default)]
struct Again {
    topic: String,
    typed: Typed,
    files_lost: Vec<String>,
    errors: Vec<FieldError>,
    notice: Option<Notice>,
    /// The hidden token of the page that was sent: the form sent again is the same form.
    seal: Option<String>,
}

impl Again {
    fn with(form: &Form) -> Self {
        Self {
            topic: form.text("topic").trim().to_owned(),
            typed: validation::typed(form),
            files_lost: form.files.iter().map(|file| file.filename.clone()).collect(),
            seal: Some(form.text("seal").to_owned()),
            ..Self::default()
        }
    }
}

fn page(opened: &Opened, public: &PublicDesk, again: Again) -> FormPage {
    let (language, now) = (public.language, public.now);
    let mut shell = public.shell(Section::Enquiries, "enquiries/new");
    shell.title = shell.words.say("form");
    shell.description = shell.words.say("form-lead");
    FormPage {
        action: shell.path("enquiries"),
        seal: again.seal.unwrap_or_else(|| opened.sealer.seal(PURPOSE, "", now)),
        topics: public
            .directory
            .topics
            .iter()
            .map(|topic| TopicChoice {
                slug: topic.slug.clone(),
                name: topic.names.text(language).to_owned(),
                hint: topic.hints.text(language).to_owned(),
                chosen: topic.slug == again.topic,
            })
            .collect(),
        typed: again.typed,
        files_lost: again.files_lost,
        errors: again.errors,
        notice: again.notice,
        shell,
    }
}

/// Receives the form.
#[handler]
pub async fn send(Path(name): Path<String>, request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let language = language(&name)?;
    let opened = site.opened()?;
    let (mut form, broken) = Form::read(request, RequestBody::new(body)).await;
    let public = match tokio::time::timeout(STORING, PublicDesk::read(&site, &name)).await {
        Ok(Ok(public)) => public,
        _ => PublicDesk::as_last_read(&site, language)
            .await
            .ok_or_else(|| poem::Error::from_status(StatusCode::SERVICE_UNAVAILABLE))?,
    };
    let mut again = Again::with(&form);
    let mut show = |status, notice: Option<Notice>, errors| {
        let mut again = std::mem::take(&mut again);
        if status == StatusCode::FORBIDDEN {
            again.seal = None;
        }
        answer::page(status, &page(opened, &public, Again { notice, errors, ..again }))
    };
    match broken {
        Some(FormError::TooLarge) => {
            return Ok(show(StatusCode::PAYLOAD_TOO_LARGE, Some(Notice::TooLarge), Vec::new()));
        }
        Some(FormError::TooSlow) => return Err(poem::Error::from_status(StatusCode::REQUEST_TIMEOUT)),
        Some(FormError::Broken) => return Err(poem::Error::from_status(StatusCode::BAD_REQUEST)),
        None => {}
    }
    let now = Timestamp::now();
    let Ok(sealed) = opened.sealer.open(PURPOSE, "", form.text("seal"), LIFETIME, now) else {
        return Ok(show(StatusCode::FORBIDDEN, Some(Notice::Stale), Vec::new()));
    };
    let valid = match validation::check(&form, &public.directory) {
        Ok(valid) => valid,
        Err(errors) if !form.too_large.is_empty() => return Ok(show(StatusCode::PAYLOAD_TOO_LARGE, None, errors)),
        Err(errors) => return Ok(show(StatusCode::UNPROCESSABLE_ENTITY, None, errors)),
    };
    if !site.may_enquire(request) {
        return Ok(show(StatusCode::TOO_MANY_REQUESTS, Some(Notice::TooMany), Vec::new()));
    }
    let enquiry = enquiry(&mut form, valid, sealed, language, now).map_err(|error| {
        tracing::error!(%error, "an uploaded file could not be read");
        poem::Error::from_status(StatusCode::SERVICE_UNAVAILABLE)
    })?;
    // The enquiry is stored to the end even where the enquirer's browser goes away.
    let intake = opened.intake.clone();
    let storing = tokio::spawn(async move { intake.receive(Arrival::Enquiry(Box::new(enquiry))).await });
    match tokio::time::timeout(STORING, storing).await {
        Ok(Ok(Ok(stored))) if stored.ticket.is_some() => {
            let ticket = stored.ticket.ok_or_else(|| poem::Error::from_status(StatusCode::INTERNAL_SERVER_ERROR))?;
            tracing::info!(%ticket, outcome = %stored.outcome, "enquiry by form");
            Ok(answer::see_other(&receipt::path(&opened.sealer, language, ticket, now)))
        }
        Ok(Ok(Err(error))) => {
            tracing::error!(%error, "an enquiry could not be stored");
            Ok(show(StatusCode::SERVICE_UNAVAILABLE, Some(Notice::Away), Vec::new()))
        }
        _ => Ok(show(StatusCode::SERVICE_UNAVAILABLE, Some(Notice::Away), Vec::new())),
    }
}

fn enquiry(
    form: &mut Form,
    valid: Valid,
    sealed: Sealed,
    language: Language,
    now: Timestamp,
) -> std::io::Result<Enquiry> {
    let doubt = (!form.text("website").is_empty()).then_some(Doubt::HiddenFieldFilled);
    let files = form.files.iter_mut().map(file).collect::<std::io::Result<Vec<_>>>()?;
    let raw = raw(form, &files);
    let sameness = Sha256::new().chain_update(b"form").chain_update(sealed.nonce).chain_update(&raw).finalize().into();
    Ok(Enquiry {
        channel: Channel::Web,
        received_at: now,
        raw,
        sameness,
        form: Some(sealed.nonce),
        sender: valid.sender,
        recipients: Vec::new(),
        copied_to: Vec::new(),
        // People write in their own language on a page in another; the page's is meant where the text leaves doubt.
        language: detect(&valid.message, Hints::default()).or(Some(language)),
        subject: valid.subject,
        text: valid.message,
        new_part: None,
        html: None,
        topic: Some(valid.topic),
        files,
        nature: Nature::Human,
        thread: ThreadMarks::default(),
        authenticity: Authenticity::Unknown,
        doubt,
        logged_by: None,
    })
}

/// The form as it is kept in the ledger: its fields as JSON, files by hash.
fn raw(form: &Form, files: &[File]) -> Vec<u8> {
    let fields = ["topic", "name", "organisation", "email", "phone", "subject", "message", "consent", "website"];
    let mut kept: serde_json::Map<String, serde_json::Value> =
        fields.iter().map(|name| ((*name).to_owned(), form.text(name).into())).collect();
    kept.insert("attachments".to_owned(), files_as_json(files));
    serde_json::Value::Object(kept).to_string().into_bytes()
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

pub(crate) fn file(uploaded: &mut Uploaded) -> std::io::Result<File> {
    let name = filename::safe(&uploaded.filename);
    Ok(File {
        filename: if name.is_empty() { "file".to_owned() } else { name },
        content_type: one_line(&uploaded.declared_type),
        sniffed_type: uploaded.sniffed_type.clone(),
        content: uploaded.content()?,
        sha256: uploaded.sha256,
        inline: false,
        content_id: None,
    })
}
