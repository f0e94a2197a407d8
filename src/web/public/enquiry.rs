//! The enquiry form: blank, shown again with what was typed, shown to be checked, or received.

mod checked;
mod files;
mod received;

use std::time::Duration;

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, RequestBody, Response, Result, handler};

use crate::desk::receive::Arrival;
use crate::domain::page::PRIVACY;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::suspicion::WORK_BITS;
use crate::language::detect::{Hints, detect};
use crate::mail::header::one_line;
use crate::web::answer;
use crate::web::form::{Form, FormError};
use crate::web::kept::{self, Kept};
use crate::web::public::receipt;
use crate::web::public::shell::{PublicDesk, language};
use crate::web::public::suggestions;
use crate::web::public::validation::{self, Valid};
use crate::web::public::view::check::CheckPage;
use crate::web::public::view::form::{Field, FieldError, FormPage, Notice, TopicChoice, Typed};
use crate::web::public::view::shell::{Listing, Section, tag};
use crate::web::query;
use crate::web::questionnaire::{self, Asking, Filled, Writer};
use crate::web::seal::Sealed;
use crate::web::site::{Opened, Site};

pub use files::upload;

const PURPOSE: &str = "enquiry";
/// How old the page may be that a form was written on.
const LIFETIME: Duration = Duration::from_hours(24);
/// How long the desk may take to store an enquiry, before the enquirer hears that it could not.
const STORING: Duration = Duration::from_secs(10);

/// What the form's own path is asked for by those who go back to it: the form.
#[handler]
pub fn elsewhere(Path(name): Path<String>) -> Result<Response> {
    Ok(answer::see_other(&format!("/{}/enquiries/new", language(&name)?)))
}

/// The blank form.
#[handler]
pub async fn blank(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    // `?topic=`, and `?subject=` as a search that found nothing gives it.
    let asked = |name| query::first(request, name).unwrap_or_default();
    let typed = Typed { subject: one_line(&asked("subject")), ..Typed::default() };
    let shown = Shown { topic: asked("topic"), typed, ..Shown::default() };
    let mut page = page(site.opened()?, &public, &public.directory.questionnaires, shown);
    if let Some(asked) = request.uri().query() {
        page.shell.ask_in_every_language(asked);
    }
    Ok(answer::ok(&page))
}

/// What stands in the form.
#[derive(Default)]
struct Shown {
    topic: String,
    typed: Typed,
    /// What was typed into the fields of topics' own questions.
    answers: Vec<(String, String)>,
    kept: Vec<Kept>,
    files_lost: Vec<String>,
    errors: Vec<FieldError>,
    notice: Option<Notice>,
    /// The hidden token of the page that was sent: the form sent again is the same form.
    seal: Option<String>,
}

fn page(opened: &Opened, public: &PublicDesk, asked: &[Questionnaire], shown: Shown) -> FormPage {
    let (language, now) = (public.language, public.now);
    let mut shell = public.shell_at(public.answering(&shown.topic), Section::Enquiries, "enquiries/new");
    shell.title = shell.words.say("form");
    shell.description = shell.words.say("form-lead");
    let action = shell.path("enquiries");
    let asking = Asking {
        writer: Writer::Enquirer,
        words: shell.words,
        topics: public.directory.offered().collect(),
        directory: &public.directory,
        asked,
        today: public.directory.day(now),
        upload: Some(format!("{action}/files")),
    };
    let wrong = shown.errors.iter().filter_map(|error| match &error.field {
        Field::Question(field) => Some((field.clone(), error.trouble.sentence(shell.words))),
        _ => None,
    });
    let wrong: Vec<(String, String)> = wrong.collect();
    let sets = asking.sets(&Filled { typed: &shown.answers, kept: &shown.kept, errors: &wrong });
    let of_a_question = |file: &Kept| questionnaire::is_of_a_question(&file.field, &shown.topic, asked);
    FormPage {
        sets,
        action,
        seal: shown.seal.unwrap_or_else(|| opened.sealer.seal(PURPOSE, "", now)),
        topics: public
            .directory
            .offered()
            .map(|topic| TopicChoice {
                slug: topic.slug.clone(),
                name: topic.names.text(language).to_owned(),
                hint: topic.hints.text(language).to_owned(),
                chosen: topic.slug == shown.topic,
            })
            .collect(),
        privacy: public.list_entry_of(PRIVACY),
        typed: shown.typed,
        kept: shown.kept.into_iter().filter(|file| !of_a_question(file)).collect(),
        files_lost: shown.files_lost,
        errors: shown.errors,
        notice: shown.notice,
        shell,
    }
}

/// What the button wants that the form was sent with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// To see what was written before it is sent.
    Check,
    /// To go on writing.
    Write,
    /// To send it.
    Send,
}

impl Step {
    /// What is none of ours must not send anything.
    fn of(form: &Form) -> Self {
        match form.text("step") {
            "check" => Self::Check,
            _ if form.has("step") => Self::Write,
            _ => Self::Send,
        }
    }
}

/// A form that came, and what its answer needs.
struct Sent<'a> {
    site: &'a Site,
    opened: &'a Opened,
    request: &'a Request,
    public: PublicDesk,
    form: Form,
    /// None where the page it was written on is too old, or none of ours.
    sealed: Option<Sealed>,
    /// Files that need not be chosen again.
    kept: Vec<Kept>,
    /// The questions of topics as the page asked them.
    asked: Vec<Questionnaire>,
    now: Timestamp,
}

/// Receives the form.
#[handler]
pub async fn send(Path(name): Path<String>, request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let language = language(&name)?;
    let opened = site.opened()?;
    let (form, broken) = Form::read(request, RequestBody::new(body)).await;
    let public = match tokio::time::timeout(STORING, PublicDesk::read(&site, &name)).await {
        Ok(Ok(public)) => public,
        _ => PublicDesk::as_last_read(&site, language)
            .await
            .ok_or_else(|| poem::Error::from_status(StatusCode::SERVICE_UNAVAILABLE))?,
    };
    let now = Timestamp::now();
    let sealed = opened.sealer.open(PURPOSE, "", form.text("seal"), LIFETIME, now).ok();
    let kept = kept::named(&opened.sealer, files::SESSION, &form, now);
    let asked = tokio::time::timeout(STORING, questionnaire::asked(opened, &form, &public.directory, now)).await;
    let asked = asked.unwrap_or_else(|_| public.directory.questionnaires.clone());
    let sent = Sent { site: &site, opened, request, public, form, sealed, kept, asked, now };
    match broken {
        Some(FormError::TooLarge) => Ok(sent.again(StatusCode::PAYLOAD_TOO_LARGE, Some(Notice::TooLarge)).await),
        Some(FormError::TooSlow) => Err(poem::Error::from_status(StatusCode::REQUEST_TIMEOUT)),
        Some(FormError::TooMany) => Ok(sent.again(StatusCode::PAYLOAD_TOO_LARGE, Some(Notice::TooLarge)).await),
        Some(FormError::Broken) if !validation::typed(&sent.form).is_blank() => {
            Ok(sent.again(StatusCode::BAD_REQUEST, Some(Notice::Broken)).await)
        }
        Some(FormError::Broken) => Err(poem::Error::from_status(StatusCode::BAD_REQUEST)),
        None => sent.answer().await,
    }
}

impl Sent<'_> {
    async fn answer(self) -> Result<Response> {
        let Some(sealed) = self.sealed else { return Ok(self.again(StatusCode::FORBIDDEN, Some(Notice::Stale)).await) };
        let step = Step::of(&self.form);
        if step == Step::Write {
            return Ok(self.again(StatusCode::OK, None).await);
        }
        let (directory, today) = (&self.public.directory, self.public.directory.day(self.now));
        match validation::check(&self.form, &self.kept, directory, &self.asked, today) {
            Ok(valid) if step == Step::Check => Ok(self.check(valid).await),
            Ok(valid) => self.receive(valid, sealed).await,
            Err(errors) if !self.form.too_large.is_empty() => {
                Ok(self.mistaken(StatusCode::PAYLOAD_TOO_LARGE, errors).await)
            }
            Err(errors) => Ok(self.mistaken(StatusCode::UNPROCESSABLE_ENTITY, errors).await),
        }
    }

    /// The form again, for a reason that is not its writer's.
    async fn again(self, status: StatusCode, notice: Option<Notice>) -> Response {
        self.show(status, notice, Vec::new()).await
    }

    /// The form again, with its mistakes.
    async fn mistaken(self, status: StatusCode, errors: Vec<FieldError>) -> Response {
        self.show(status, None, errors).await
    }

    async fn show(mut self, status: StatusCode, notice: Option<Notice>, errors: Vec<FieldError>) -> Response {
        // A database that is away is not waited for a second time. Whatever keeps files from being kept, their writer is
        // told to choose them again.
        if notice != Some(Notice::Away) {
            let _ = self.keep_files().await;
        }
        let shown = Shown {
            topic: self.form.text("topic").trim().to_owned(),
            typed: validation::typed(&self.form),
            answers: self.answers(),
            files_lost: self.form.files.iter().map(|file| file.filename.clone()).collect(),
            kept: self.kept,
            errors,
            notice,
            seal: self.sealed.map(|_| self.form.text("seal").to_owned()),
        };
        answer::page(status, &page(self.opened, &self.public, &self.asked, shown))
    }

    /// What was typed into the fields of topics' own questions.
    fn answers(&self) -> Vec<(String, String)> {
        let typed = questionnaire::typed(&self.form, &self.asked).into_iter();
        typed.map(|(field, typed)| (field, typed.to_owned())).collect()
    }

    /// What was written, to be looked at before it is sent.
    async fn check(mut self, valid: Valid) -> Response {
        match self.keep_files().await {
            Ok(()) => {}
            Err(files::NotKept::TooMany) => {
                return self.again(StatusCode::TOO_MANY_REQUESTS, Some(Notice::TooMany)).await;
            }
            Err(files::NotKept::Away) => return self.again(StatusCode::SERVICE_UNAVAILABLE, Some(Notice::Away)).await,
        }
        let answering = self.public.answering(&valid.topic);
        let mut shell = self.public.shell_at(answering, Section::Enquiries, "enquiries/new");
        shell.listing = Listing::Unlisted;
        shell.title = shell.words.say("check");
        let language = self.public.language;
        // An empty file answers nothing, and is shown among the others.
        let answers =
            |file: &Kept| file.size > 0 && questionnaire::is_of_a_question(&file.field, &valid.topic, &self.asked);
        answer::ok(&CheckPage {
            every_kept: self.kept.iter().map(|file| file.signed.clone()).collect(),
            action: shell.path("enquiries"),
            fields: self.fields(),
            seal: self.form.text("seal").to_owned(),
            suggestions: suggestions::of(&self.public, &format!("{}\n{}", valid.subject, valid.message)),
            foreign: detect(&valid.message, Hints::default()).filter(|found| *found != language).map(tag),
            lines: self.lines(&valid),
            typed: validation::typed(&self.form),
            work: self.site.is_under_attack(self.now).then_some(WORK_BITS),
            kept: self.kept.into_iter().filter(|file| !answers(file)).collect(),
            shell,
        })
    }

    async fn receive(mut self, valid: Valid, sealed: Sealed) -> Result<Response> {
        if !self.site.may_enquire(self.request) {
            return Ok(self.again(StatusCode::TOO_MANY_REQUESTS, Some(Notice::TooMany)).await);
        }
        let files = match self.files().await {
            Ok(files) => files,
            Err(files::Unreadable::Gone(error)) => {
                return Ok(self.mistaken(StatusCode::UNPROCESSABLE_ENTITY, vec![error]).await);
            }
            Err(files::Unreadable::Away) => {
                return Ok(self.again(StatusCode::SERVICE_UNAVAILABLE, Some(Notice::Away)).await);
            }
        };
        let (language, now) = (self.public.language, self.now);
        let doubts = received::doubts(&self.form, &valid, sealed, self.site, now);
        let enquiry = received::enquiry(&self.form, valid, files, sealed, doubts, language, now);
        // The enquiry is stored to the end even where the enquirer's browser goes away.
        let intake = self.opened.intake.clone();
        let storing = tokio::spawn(async move { intake.receive(Arrival::Enquiry(Box::new(enquiry))).await });
        match tokio::time::timeout(STORING, storing).await {
            Ok(Ok(Ok(stored))) if stored.ticket.is_some() => {
                let ticket =
                    stored.ticket.ok_or_else(|| poem::Error::from_status(StatusCode::INTERNAL_SERVER_ERROR))?;
                tracing::info!(%ticket, outcome = %stored.outcome, "enquiry by form");
                return Ok(answer::see_other(&receipt::path(&self.opened.sealer, language, ticket, now)));
            }
            Ok(Ok(Err(error))) => tracing::error!(%error, "an enquiry could not be stored"),
            _ => tracing::error!("an enquiry was not stored in time"),
        }
        Ok(self.again(StatusCode::SERVICE_UNAVAILABLE, Some(Notice::Away)).await)
    }
}
