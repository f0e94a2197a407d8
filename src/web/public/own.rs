//! The enquirer's own page: opened by the key in their letters, and by nothing else.

use std::time::Duration;

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use crate::desk::attachments::Enclosure;
use crate::desk::own_page::{OwnMessage, OwnTicket, Writer};
use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::named::named;
use crate::domain::reference::Reference;
use crate::domain::status::Status;
use crate::language::answers::lines;
use crate::language::dates;
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::public::links;
use crate::web::public::own_message;
use crate::web::public::shell::PublicDesk;
use crate::web::public::view::own::{Expectation, MessageView, Mistake, OwnFileView, OwnPage, Rating, Said};
use crate::web::public::view::shell::{Listing, Section, Shell, tag};
use crate::web::site::{Opened, Site};

pub(super) const PURPOSE: &str = "own page";
/// How old the page may be that something was written on.
const LIFETIME: Duration = Duration::from_hours(24);

/// `?key=`, and what was just done.
#[derive(Deserialize)]
pub struct Asked {
    pub(super) key: Option<String>,
    done: Option<String>,
}

/// Whose page it is, and who opens it.
pub(super) struct Opening {
    pub(super) public: PublicDesk,
    pub(super) ticket: OwnTicket,
    pub(super) key: String,
}

impl Opening {
    /// Opens a page. Where the key does not, the page that sends a new one is shown in its place, with what was `written`.
    pub(super) async fn open(
        site: &Site,
        language: &str,
        reference: &str,
        key: Option<String>,
        written: &str,
    ) -> Result<Self> {
        let public = PublicDesk::read(site, language).await?;
        let reference: Reference = reference.parse().map_err(|_| poem::Error::from_status(StatusCode::NOT_FOUND))?;
        // Whoever copies a link from a letter may take along what stands behind it.
        let key = key.unwrap_or_default().trim_end_matches(|sign| !is_of_a_key(sign)).to_owned();
        let found = site.opened()?.desk.own_ticket(reference, &key, public.now).await;
        match found {
            Ok(ticket) => Ok(Self { public, ticket, key }),
            Err(crate::desk::DeskError::NotFound { .. }) => {
                Err(poem::Error::from_response(links::instead(&public, site, &key, written)?))
            }
            Err(error) => Err(away(error)),
        }
    }

    /// Whose kept files are whose.
    pub(super) fn session(&self) -> String {
        format!("own page {}", self.ticket.reference)
    }

    pub(super) fn path(&self) -> String {
        format!("/{}/enquiries/{}", self.public.language, self.ticket.reference)
    }

    fn done(&self, what: &str) -> Response {
        see_other(&format!("{}?key={}&done={what}#done", self.path(), self.key))
    }
}

/// The page.
#[handler]
pub async fn read(
    Path((language, reference)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    site: Data<&Site>,
) -> Result<Response> {
    let opening = Opening::open(&site, &language, &reference, asked.key, "").await?;
    Ok(answer::ok(&page(&opening, site.opened()?, Said { done: asked.done.and_then(known), ..Said::default() })))
}

fn known(done: String) -> Option<&'static str> {
    ["written", "answered", "rated", "renewed", "data"].into_iter().find(|known| *known == done)
}

named! {
    /// What enquirers do on their own page.
    pub enum Deed as "deed" {
        /// They write a further message.
        Write = "write",
        /// They ask to have what is kept about them corrected or erased.
        Data = "data",
        /// They say that their question is answered.
        Answered = "answered",
        /// They say how content they are.
        Rate = "rate",
        /// They ask for a new key.
        Renew = "renew",
    }
}

fn is_of_a_key(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '-' || sign == '_'
}

/// What is done there.
#[handler]
pub async fn act(
    Path((language, reference)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    request: &Request,
    body: Body,
    site: Data<&Site>,
) -> Result<Response> {
    let (mut form, broken) = Form::read(request, RequestBody::new(body)).await;
    let opening = Opening::open(&site, &language, &reference, asked.key, form.text("message")).await?;
    let opened = site.opened()?;
    let may_keep = form.files.is_empty() || site.may_keep(request);
    let again = async |form: &mut Form, status, mistakes: Vec<Mistake>| {
        let kept = if may_keep { own_message::keep(opened, &opening, form).await } else { Vec::new() };
        let said = Said { mistakes, typed: form.text("message").to_owned(), kept, ..Said::default() };
        Ok(answer::page(status, &page(&opening, opened, said)))
    };
    if let Some(error) = broken {
        let too_large = matches!(error, crate::web::form::FormError::TooLarge);
        let status = if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::BAD_REQUEST };
        return again(&mut form, status, vec![Mistake::Files]).await;
    }
    let now = opening.public.now;
    let Ok(sealed) = opened.sealer.open(PURPOSE, &opening.key, form.text("seal"), LIFETIME, now) else {
        return again(&mut form, StatusCode::FORBIDDEN, vec![Mistake::Stale]).await;
    };
    let desk = &opened.desk;
    let deed = Deed::from_name(form.text("deed")).unwrap_or(Deed::Write);
    match deed {
        Deed::Answered => {
            desk.settle_own(&opening.ticket, now).await.map_err(away)?;
            Ok(opening.done("answered"))
        }
        // The same form once more, or one of before the enquirer wrote again.
        Deed::Rate if opening.ticket.resolution.as_ref().is_none_or(|end| end.score.is_some()) => {
            Ok(match opening.ticket.resolution {
                Some(_) => opening.done("rated"),
                None => see_other(&format!("{}?key={}", opening.path(), opening.key)),
            })
        }
        Deed::Rate => {
            let Some(score) = form.text("score").parse().ok().filter(|score| (1..=5).contains(score)) else {
                return again(&mut form, StatusCode::UNPROCESSABLE_ENTITY, vec![Mistake::Score]).await;
            };
            desk.rate_own(&opening.ticket, score, form.text("words"), now).await.map_err(away)?;
            Ok(opening.done("rated"))
        }
        Deed::Renew if !site.may_enquire(request) => {
            again(&mut form, StatusCode::TOO_MANY_REQUESTS, vec![Mistake::TooMany]).await
        }
        Deed::Renew => {
            desk.renew_own(&opening.ticket, opening.public.language, now).await.map_err(away)?;
            Ok(see_other(&format!("/{}/links?done=renewed", opening.public.language)))
        }
        Deed::Write | Deed::Data => {
            let mistakes = own_message::mistakes(&form, deed);
            if !mistakes.is_empty() {
                let too_large = !form.too_large.is_empty();
                let status = if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
                return again(&mut form, status, mistakes).await;
            }
            if !site.may_enquire(request) {
                return again(&mut form, StatusCode::TOO_MANY_REQUESTS, vec![Mistake::TooMany]).await;
            }
            match own_message::receive(opened, &opening, &mut form, deed, sealed).await {
                Ok(()) => Ok(opening.done(if deed == Deed::Data { "data" } else { "written" })),
                Err(mistake) => again(&mut form, own_message::status(&mistake), vec![mistake]).await,
            }
        }
    }
}

/// A file of the conversation, always as a download.
#[handler]
pub async fn download(
    Path((_, reference, file)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
    site: Data<&Site>,
) -> Result<Response> {
    let missing = || poem::Error::from_status(StatusCode::NOT_FOUND);
    let reference: Reference = reference.parse().map_err(|_| missing())?;
    let file = Uuid::parse_str(&file).map_err(|_| missing())?;
    let desk = &site.opened()?.desk;
    let found = desk.own_file(reference, &asked.key.unwrap_or_default(), file, Timestamp::now()).await;
    match found.map_err(away)? {
        (filename, Enclosure::Ready(content)) => {
            Ok(answer::download(if filename.is_empty() { "file" } else { &filename }, content))
        }
        // What the scanner has not seen yet will be there in a moment; what holds a virus never.
        (_, Enclosure::Unscanned) => Err(poem::Error::from_status(StatusCode::SERVICE_UNAVAILABLE)),
        (_, Enclosure::Withheld { .. }) => Err(missing()),
    }
}

pub(super) fn page(opening: &Opening, opened: &Opened, said: Said) -> OwnPage {
    let (public, ticket) = (&opening.public, &opening.ticket);
    let language = public.language;
    let mut shell =
        public.shell_at(Some(ticket.division), Section::Enquiries, &format!("enquiries/{}", ticket.reference));
    for link in &mut shell.languages {
        link.href = format!("{}?key={}", link.href, opening.key);
    }
    shell.listing = Listing::Unlisted;
    shell.title = shell.words.with("own", "reference", ticket.reference);
    let topic = public.directory.topic(&ticket.topic).map(|topic| topic.names.text(language).to_owned());
    OwnPage {
        reference: ticket.reference.to_string(),
        title: if ticket.subject.trim().is_empty() {
            shell.words.say("letter-no-subject")
        } else {
            ticket.subject.clone()
        },
        sent: public.day(ticket.created_at),
        topic: topic.unwrap_or_default(),
        status: shell.words.say(&format!("own-status-{}", ticket.status)),
        expectation: expectation(public, ticket),
        language: ticket.language.map(crate::web::view::own_name),
        messages: ticket.messages.iter().map(|message| view(opening, &shell, message)).collect(),
        may_settle: !matches!(ticket.status, Status::Resolved | Status::Closed),
        rating: match &ticket.resolution {
            None => Rating::NotYet,
            Some(end) if end.score.is_some() => Rating::Given,
            Some(_) => Rating::Asked,
        },
        has_address: ticket.address.is_some(),
        action: format!("{}?key={}", opening.path(), opening.key),
        whole: format!("{}/all?key={}", opening.path(), opening.key),
        seal: opened.sealer.seal(PURPOSE, &opening.key, public.now),
        said,
        shell,
    }
}

/// What the enquirer can expect, and by when.
fn expectation(public: &PublicDesk, ticket: &OwnTicket) -> Expectation {
    match (ticket.status, ticket.waiting_since) {
        (Status::New | Status::Open, waiting) => {
            let since = waiting.unwrap_or(ticket.created_at);
            let division = public.directory.division(ticket.division).or_else(|| public.directory.divisions.first());
            let Some(promise) = division.map(|division| division.calendar.promise(since)) else {
                return Expectation::Nothing;
            };
            if promise.at < public.now {
                Expectation::Late
            } else {
                Expectation::AnswerBy { date: dates::date_long(public.language, promise.day) }
            }
        }
        (Status::Pending, _) => Expectation::TheirAnswer,
        _ => Expectation::Ended,
    }
}

fn view(opening: &Opening, shell: &Shell, message: &OwnMessage) -> MessageView {
    let zone = opening.public.directory.divisions.first().map(|division| division.calendar.zone.clone());
    let at = message.at.to_zoned(zone.unwrap_or(jiff::tz::TimeZone::UTC));
    let language = shell.language;
    MessageView {
        is_ours: message.writer == Writer::Division,
        who: match message.writer {
            Writer::Enquirer => shell.words.say("own-you"),
            Writer::Division => shell.division.name.text.clone(),
        },
        at: (
            shell.words.tell(
                "own-at",
                &[
                    ("date", dates::date_full(language, at.date()).into()),
                    ("time", dates::time(language, at.time()).into()),
                ],
            ),
            message.at.to_string(),
        ),
        text: message.text.trim().to_owned(),
        answers: message.answered.as_ref().map(|answered| lines(answered, language)).unwrap_or_default(),
        foreign: message.language.filter(|other: &Language| *other != language).map(tag),
        files: message
            .files
            .iter()
            .map(|file| OwnFileView {
                name: if file.filename.is_empty() { "file".to_owned() } else { file.filename.clone() },
                size: crate::web::view::file_size(shell.words, file.size),
                href: format!("{}/files/{}?key={}", opening.path(), file.id, opening.key),
            })
            .collect(),
    }
}
