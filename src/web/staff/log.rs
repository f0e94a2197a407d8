//! Logging what did not come by itself: a call, a fax, a visit, a letter.

use std::collections::BTreeMap;

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::desk::receive::Arrival;
use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Enquiry, Nature, Sender, ThreadMarks};
use crate::domain::person::EmailAddress;
use crate::domain::phone;
use crate::domain::reference::{BadReference, Reference};
use crate::domain::routing::OTHER;
use crate::language::detect::{Hints, detect};
use crate::mail::header::one_line;
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::seal::Sealed;
use crate::web::site::{Opened, Site};
use crate::web::staff::view::pages::{Choice, LogPage, options};
use crate::web::staff::view::shell::Nav;
use crate::web::staff::{failure, session};

const FIELDS: [&str; 10] =
    ["channel", "name", "reading", "organisation", "phone", "email", "topic", "subject", "message", "reference"];
/// The most characters of a subject made of the first line.
const LONGEST_SUBJECT: usize = 200;
const BY_HAND: [Channel; 4] = [Channel::Phone, Channel::Fax, Channel::Visit, Channel::Post];

/// `?channel=`.
#[derive(Deserialize)]
pub struct Asked {
    channel: Option<String>,
    reference: Option<String>,
}

pub(super) type Typed = BTreeMap<&'static str, String>;

/// The blank form.
#[handler]
pub async fn page(Query(asked): Query<Asked>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let channel = asked.channel.unwrap_or_else(|| "phone".to_owned());
    let typed = Typed::from([("channel", channel), ("reference", asked.reference.unwrap_or_default())]);
    let shown = shown(site.opened()?, &viewer, typed, Vec::new(), Vec::new()).await?;
    Ok(answer::ok(&shown))
}

async fn shown(
    opened: &Opened,
    viewer: &Viewer,
    typed: Typed,
    mistakes: Vec<(&'static str, &'static str)>,
    suggestions: Vec<String>,
) -> Result<LogPage> {
    let channel = Channel::from_name(typed.get("channel").map_or("", String::as_str)).unwrap_or(Channel::Phone);
    let title = format!("log-title-{}", channel.name());
    let shell = session::shell(opened, viewer, Nav::Elsewhere, &title, "/staff/tickets/new").await?;
    let words = shell.words;
    let directory = opened.desk.directory().await.map_err(away)?;
    let topic = typed.get("topic").map_or(OTHER, String::as_str);
    let topics = directory
        .topics
        .iter()
        .map(|one| (one.slug.clone(), one.names.text(words.language).to_owned(), one.slug == topic));
    Ok(LogPage {
        token: session::seal(opened, viewer),
        topics: Choice { name: "topic", label: words.say("topic"), options: topics.collect() },
        channels: Choice {
            name: "channel",
            label: words.say("channel"),
            options: options(words, "channel", &BY_HAND, Some(channel)),
        },
        typed,
        mistakes: mistakes.into_iter().map(|(field, key)| (field, words.say(key))).collect(),
        suggestions,
        shell,
    })
}

/// Stores what was logged: a new ticket, or a message of the one that was named.
#[handler]
pub async fn log(request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    let viewer = match session::viewer(request, &site).await {
        Err(error) if error.is_from_response() && !form.text("message").is_empty() => {
            return Ok(failure::signed_out(session::language(request), form.text("message")));
        }
        viewer => viewer?,
    };
    let typed: Typed = FIELDS.iter().map(|name| (*name, form.text(name).trim().to_owned())).collect();
    let Ok(sealed) = session::open(opened, &viewer, form.text("token")) else {
        let again = shown(opened, &viewer, typed, vec![("phone", "refused-stale")], Vec::new()).await?;
        return Ok(answer::page(StatusCode::FORBIDDEN, &again));
    };
    if !viewer.role.may_change() {
        let again = shown(opened, &viewer, typed, vec![("message", "refused-role")], Vec::new()).await?;
        return Ok(answer::page(StatusCode::FORBIDDEN, &again));
    }
    let (reference, mut mistakes) = check(&typed);
    if let Ok(Some(named)) = reference
        && opened.desk.head(&viewer, named).await.is_err()
    {
        mistakes.push(("reference", "log-no-ticket"));
    }
    if !mistakes.is_empty() {
        let suggestions = match reference {
            Err(BadReference::CheckDigit) => near(opened, &viewer, &typed["reference"]).await?,
            _ => Vec::new(),
        };
        let again = shown(opened, &viewer, typed, mistakes, suggestions).await?;
        return Ok(answer::page(StatusCode::UNPROCESSABLE_ENTITY, &again));
    }
    let enquiry = enquiry(&typed, reference.ok().flatten(), &viewer, sealed, Timestamp::now());
    let stored = opened.intake.receive(Arrival::Enquiry(Box::new(enquiry))).await.map_err(away)?;
    match stored.ticket {
        Some(ticket) => Ok(see_other(&format!("/staff/tickets/{ticket}"))),
        None => Ok(see_other("/staff/arrivals")),
    }
}

type Meant = std::result::Result<Option<Reference>, BadReference>;

/// The ticket that was named, and what is wrong with the rest.
fn check(typed: &Typed) -> (Meant, Vec<(&'static str, &'static str)>) {
    let mut mistakes = Vec::new();
    if Channel::from_name(&typed["channel"]).map_or(true, |channel| !BY_HAND.contains(&channel)) {
        mistakes.push(("channel", "log-how"));
    }
    mistakes.extend(mistakes_of_words(typed));
    let reference = match typed["reference"].as_str() {
        "" => Ok(None),
        text => Reference::read(text).map(Some),
    };
    match reference {
        Err(BadReference::CheckDigit) => mistakes.push(("reference", "log-bad-reference")),
        Err(BadReference::Form) => mistakes.push(("reference", "log-no-ticket")),
        Ok(_) => {}
    }
    (reference, mistakes)
}

/// What is wrong with the text, the address and the number that staff wrote down.
pub(super) fn mistakes_of_words(typed: &Typed) -> Vec<(&'static str, &'static str)> {
    let mut mistakes = Vec::new();
    if typed["message"].is_empty() {
        mistakes.push(("message", "log-empty"));
    }
    if !typed["email"].is_empty() && EmailAddress::parse(&typed["email"]).is_err() {
        mistakes.push(("email", "log-bad-email"));
    }
    if !typed["phone"].is_empty() && phone::read(&typed["phone"]).is_none() {
        mistakes.push(("phone", "log-bad-phone"));
    }
    mistakes
}

/// Tickets whose reference may have been misheard as this one.
async fn near(opened: &Opened, viewer: &Viewer, text: &str) -> Result<Vec<String>> {
    let mut there = Vec::new();
    for reference in Reference::suggestions(text) {
        if there.len() < 5 && opened.desk.head(viewer, reference).await.is_ok() {
            there.push(reference.to_string());
        }
    }
    Ok(there)
}

fn enquiry(typed: &Typed, reference: Option<Reference>, viewer: &Viewer, sealed: Sealed, now: Timestamp) -> Enquiry {
    let channel = Channel::from_name(&typed["channel"]).ok().filter(|channel| BY_HAND.contains(channel));
    let channel = channel.unwrap_or(Channel::Phone);
    let subject = one_line(if typed["subject"].is_empty() {
        typed["message"].lines().next().unwrap_or_default()
    } else {
        &typed["subject"]
    });
    let raw = serde_json::json!(typed).to_string().into_bytes();
    let number = phone::read(&typed["phone"]);
    let is_fax = channel == Channel::Fax;
    Enquiry {
        channel,
        received_at: now,
        sameness: Sha256::new().chain_update(b"log").chain_update(sealed.nonce).chain_update(&raw).finalize().into(),
        raw,
        form: Some(sealed.nonce),
        sender: Sender {
            name: one_line(&typed["name"]),
            reading: one_line(&typed["reading"]),
            organisation: one_line(&typed["organisation"]),
            email: EmailAddress::parse(&typed["email"]).ok(),
            telephone: number.clone().filter(|_| !is_fax),
            fax: number.filter(|_| is_fax),
        },
        recipients: Vec::new(),
        copied_to: Vec::new(),
        subject: subject.chars().take(LONGEST_SUBJECT).collect(),
        text: typed["message"].clone(),
        new_part: None,
        html: None,
        language: detect(&typed["message"], Hints::default()),
        topic: Some(typed["topic"].clone()).filter(|topic| !topic.is_empty()),
        answered: None,
        files: Vec::new(),
        nature: Nature::Human,
        thread: ThreadMarks { mentioned: reference.into_iter().collect(), ..ThreadMarks::default() },
        authenticity: Authenticity::Unknown,
        doubts: Vec::new(),
        logged_by: Some(viewer.id),
    }
}
