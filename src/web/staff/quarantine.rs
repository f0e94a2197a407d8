//! What was not understood: looked at, read again, or made into a ticket by hand.

use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::desk::DeskError;
use crate::desk::receive::again::Quarantined;
use crate::desk::staff::Viewer;
use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Enquiry, File, Nature, Sender, ThreadMarks};
use crate::domain::person::EmailAddress;
use crate::domain::phone;
use crate::domain::reference::Reference;
use crate::domain::routing::OTHER;
use crate::language::Words;
use crate::language::detect::{Hints, detect};
use crate::mail::header::one_line;
use crate::mail::parse::parse;
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::log::{Typed, mistakes_of_words};
use crate::web::staff::view::pages::{Choice, Way};
use crate::web::staff::view::quarantine::{QuarantinePage, told};
use crate::web::staff::view::shell::Nav;
use crate::web::staff::{failure, session};

const FIELDS: [&str; 8] = ["name", "organisation", "email", "phone", "topic", "subject", "message", "reference"];
/// The most of the original that is shown in the page.
const SHOWN: usize = 64 * 1024;
/// The most characters of the text that the form begins with, and of a subject.
const LONGEST_TEXT: usize = 10_000;
const LONGEST_SUBJECT: usize = 200;

fn key(name: &str) -> Result<Uuid> {
    Uuid::parse_str(name).map_err(|_| poem::Error::from_status(StatusCode::NOT_FOUND))
}

/// The original, and what can be done with it.
#[handler]
pub async fn look(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let id = key(&name)?;
    let arrival = match opened.desk.quarantined(&viewer, id).await {
        Err(error) => return cleared(opened, &viewer, id, error, None).await,
        Ok(arrival) => arrival,
    };
    let typed = first_guess(&arrival);
    Ok(answer::ok(&shown(opened, &viewer, &arrival, typed, Vec::new()).await?))
}

/// Reads it again.
#[handler]
pub async fn read_again(
    Path(name): Path<String>,
    request: &Request,
    body: Body,
    site: Data<&Site>,
) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    session::open(opened, &viewer, form.text("token"))?;
    may_change(&viewer)?;
    let id = key(&name)?;
    let arrival = match opened.desk.quarantined(&viewer, id).await {
        Err(error) => return cleared(opened, &viewer, id, error, None).await,
        Ok(arrival) => arrival,
    };
    match opened.desk.read_again(&arrival).await {
        Err(error) => cleared(opened, &viewer, id, error, None).await,
        Ok(Some(receipt)) => Ok(done(receipt.ticket)),
        Ok(None) => {
            let typed = first_guess(&arrival);
            let still = vec![("again", "quarantine-still")];
            let page = shown(opened, &viewer, &arrival, typed, still).await?;
            Ok(answer::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
    }
}

/// Makes a ticket of what staff read in it.
#[handler]
pub async fn by_hand(Path(name): Path<String>, request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    let viewer = match session::viewer(request, &site).await {
        Err(error) if error.is_from_response() && !form.text("message").is_empty() => {
            return Ok(failure::signed_out(session::language(request), form.text("message")));
        }
        viewer => viewer?,
    };
    let id = key(&name)?;
    let arrival = match opened.desk.quarantined(&viewer, id).await {
        Err(error) => return cleared(opened, &viewer, id, error, Some(form.text("message"))).await,
        Ok(arrival) => arrival,
    };
    let typed: Typed = FIELDS.iter().map(|name| (*name, form.text(name).trim().to_owned())).collect();
    if session::open(opened, &viewer, form.text("token")).is_err() {
        let stale = shown(opened, &viewer, &arrival, typed, vec![("message", "refused-stale")]).await?;
        return Ok(answer::page(StatusCode::FORBIDDEN, &stale));
    }
    may_change(&viewer)?;
    let mut mistakes = check(&typed);
    let reference = Reference::read(&typed["reference"]).ok();
    if let Some(named) = reference
        && opened.desk.head(&viewer, named).await.is_err()
    {
        mistakes.push(("reference", "log-no-ticket"));
    }
    if !mistakes.is_empty() {
        let again = shown(opened, &viewer, &arrival, typed, mistakes).await?;
        return Ok(answer::page(StatusCode::UNPROCESSABLE_ENTITY, &again));
    }
    match opened.desk.put_in_place_of(id, enquiry(&typed, reference, &viewer, arrival.clone())).await {
        Err(error) => cleared(opened, &viewer, id, error, Some(&typed["message"])).await,
        Ok(Some(receipt)) => Ok(done(receipt.ticket)),
        Ok(None) => {
            let again = shown(opened, &viewer, &arrival, typed, vec![("message", "quarantine-not-stored")]).await?;
            Ok(answer::page(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
    }
}

fn done(ticket: Option<Reference>) -> Response {
    match ticket {
        Some(ticket) => see_other(&format!("/staff/tickets/{ticket}")),
        None => see_other("/staff/arrivals"),
    }
}

/// Where somebody has cleared it already, leads to what it became; words that are not in there come back.
async fn cleared(
    opened: &Opened,
    viewer: &Viewer,
    id: Uuid,
    error: DeskError,
    typed: Option<&str>,
) -> Result<Response> {
    if !matches!(error, DeskError::NotFound { .. }) {
        return Err(away(error));
    }
    let became = opened.desk.what_became_of(viewer, id).await.map_err(away)?;
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty() && became.text.as_deref() != Some(*typed));
    let Some(typed) = typed else { return Ok(done(became.ticket)) };
    let words = Words::staff(viewer.language);
    let on = match became.ticket {
        Some(ticket) => Way { path: format!("/staff/tickets/{ticket}"), label: ticket.to_string() },
        None => Way { path: "/staff/arrivals".to_owned(), label: words.say("nav-arrivals") },
    };
    Ok(failure::told(words, StatusCode::CONFLICT, "quarantine-cleared", on, Some(typed)))
}

fn may_change(viewer: &Viewer) -> Result<()> {
    if viewer.role.may_change() { Ok(()) } else { Err(failure::not_theirs(viewer, "refused-role")) }
}

async fn shown(
    opened: &Opened,
    viewer: &Viewer,
    arrival: &Quarantined,
    typed: Typed,
    mistakes: Vec<(&'static str, &'static str)>,
) -> Result<QuarantinePage> {
    let path = format!("/staff/arrivals/{}/look", arrival.id);
    let shell = session::shell(opened, viewer, Nav::Arrivals, "quarantine-title", &path).await?;
    let words = shell.words;
    let directory = opened.desk.directory().await.map_err(away)?;
    let topic = typed.get("topic").filter(|topic| !topic.is_empty()).map_or(OTHER, String::as_str);
    let topics = directory
        .topics
        .iter()
        .map(|one| (one.slug.clone(), one.names.text(words.language).to_owned(), one.slug == topic));
    let start = &arrival.raw[..arrival.raw.len().min(SHOWN)];
    Ok(QuarantinePage {
        topics: Choice { name: "topic", label: words.say("topic"), options: topics.collect() },
        original: String::from_utf8_lossy(start).replace(|c: char| c.is_control() && !"\n\t".contains(c), ""),
        rest: arrival.raw.len() - start.len(),
        can_be_read: arrival.channel == Channel::Email,
        id: arrival.id,
        received_at: arrival.received_at,
        channel: arrival.channel,
        sender: arrival.sender.clone(),
        recipients: arrival.recipients.join(", "),
        reason: told(words, &arrival.reason),
        typed,
        mistakes: mistakes.into_iter().map(|(field, key)| (field, words.say(key))).collect(),
        shell,
    })
}

/// What the form begins with: what can be read in the original all the same.
fn first_guess(arrival: &Quarantined) -> Typed {
    let mut typed = Typed::from([("email", arrival.sender.clone())]);
    if arrival.channel == Channel::Email {
        // What made the parser fail may do so again.
        if let Ok(parsed) = std::panic::catch_unwind(|| parse(&arrival.raw[..arrival.raw.len().min(SHOWN)])) {
            if let Some(from) = parsed.from {
                typed.insert("name", from.name);
                typed.insert("email", from.address);
            }
            typed.insert("subject", parsed.subject.chars().take(LONGEST_SUBJECT).collect());
            typed.insert("message", parsed.text.chars().take(LONGEST_TEXT).collect());
        }
    } else if let Ok(serde_json::Value::Object(fields)) = serde_json::from_slice(&arrival.raw) {
        for name in FIELDS {
            if let Some(value) = fields.get(name).and_then(serde_json::Value::as_str) {
                typed.insert(name, value.to_owned());
            }
        }
    }
    typed
}

fn check(typed: &Typed) -> Vec<(&'static str, &'static str)> {
    let mut mistakes = mistakes_of_words(typed);
    if !typed["reference"].is_empty() && Reference::read(&typed["reference"]).is_err() {
        mistakes.push(("reference", "log-no-ticket"));
    }
    mistakes
}

fn enquiry(typed: &Typed, reference: Option<Reference>, viewer: &Viewer, arrival: Quarantined) -> Enquiry {
    let subject = one_line(match typed["subject"].as_str() {
        "" => typed["message"].lines().next().unwrap_or_default(),
        subject => subject,
    });
    Enquiry {
        channel: arrival.channel,
        received_at: arrival.received_at,
        sameness: Sha256::new().chain_update(b"by hand").chain_update(arrival.id.as_bytes()).finalize().into(),
        form: None,
        sender: Sender {
            name: one_line(&typed["name"]),
            reading: String::new(),
            organisation: one_line(&typed["organisation"]),
            email: EmailAddress::parse(&typed["email"]).ok(),
            telephone: phone::read(&typed["phone"]),
            fax: None,
        },
        recipients: arrival.recipients,
        copied_to: Vec::new(),
        subject: subject.chars().take(LONGEST_SUBJECT).collect(),
        text: typed["message"].clone(),
        new_part: None,
        html: None,
        language: detect(&typed["message"], Hints::default()),
        topic: Some(typed["topic"].clone()).filter(|topic| !topic.is_empty()),
        answered: None,
        files: (arrival.channel == Channel::Email).then(|| original(&arrival.raw)).into_iter().collect(),
        nature: Nature::Human,
        thread: ThreadMarks { mentioned: reference.into_iter().collect(), ..ThreadMarks::default() },
        authenticity: Authenticity::Unknown,
        doubts: Vec::new(),
        logged_by: Some(viewer.id),
        raw: arrival.raw,
    }
}

/// The original as a file of the ticket.
fn original(raw: &[u8]) -> File {
    File {
        filename: "message.eml".to_owned(),
        content_type: "message/rfc822".to_owned(),
        sniffed_type: "application/octet-stream".to_owned(),
        content: raw.to_vec(),
        sha256: Sha256::digest(raw).into(),
        inline: false,
        content_id: None,
    }
}
