//! Outgoing letters and their fate.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use crate::desk::outgoing::State;
use crate::desk::outgoing::fate::Decided;
use crate::domain::Named;
use crate::domain::event::LetterDecision;
use crate::language::Words;
use crate::web::answer::{ok, see_other};
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::site::{Outgoing, Site};
use crate::web::staff::view::outbox::{OutboxPage, Shelf};
use crate::web::staff::view::pages::Way;
use crate::web::staff::view::shell::Nav;
use crate::web::staff::{failure, session};

/// `?state=sent&cursor=`.
#[derive(Deserialize)]
pub struct Asked {
    state: Option<String>,
    cursor: Option<i64>,
}

/// Every letter that is not sent; with `state`, those that came back, or all that were sent.
#[handler]
pub async fn list(Query(asked): Query<Asked>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let shelf = asked.state.and_then(|name| Shelf::from_name(&name).ok()).unwrap_or(Shelf::Unsent);
    let (letters, next) = match shelf {
        Shelf::Unsent => (opened.desk.unfinished_letters(&viewer).await.map_err(away)?, None),
        Shelf::Returned => (opened.desk.returned_letters(&viewer).await.map_err(away)?, None),
        Shelf::Sent => opened.desk.finished_letters(&viewer, asked.cursor).await.map_err(away)?,
    };
    let shell = session::shell(opened, &viewer, Nav::Outbox, "nav-outbox", &shelf.path()).await?;
    let captured = site.serving().outgoing == Outgoing::Captured;
    let next = next.map(|next| format!("{}&cursor={next}", shelf.path()));
    Ok(ok(&OutboxPage { shell, shelf, letters, next, captured }))
}

/// What a person decides about a letter.
#[handler]
pub async fn decide(
    Path((letter, decision)): Path<(String, String)>,
    request: &Request,
    body: Body,
    site: Data<&Site>,
) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    session::open(opened, &viewer, form.text("token"))?;
    if !viewer.role.may_change() {
        return Err(failure::not_theirs(&viewer, "refused-role"));
    }
    let not_found = || poem::Error::from_status(StatusCode::NOT_FOUND);
    let id = Uuid::parse_str(&letter).map_err(|_| not_found())?;
    let decision = match decision.as_str() {
        "again" => LetterDecision::SendAgain,
        "settle" => LetterDecision::Settle,
        "arrived" => LetterDecision::Arrived,
        _ => return Err(not_found()),
    };
    let seen = State::from_name(form.text("state")).ok();
    match opened.desk.decide_letter(&viewer, id, decision, seen, Timestamp::now()).await.map_err(away)? {
        Decided::Now => Ok(see_other("/staff/outbox")),
        Decided::Before(state) => {
            let words = Words::staff(viewer.language);
            let on = Way { path: shelf_of(state).path(), label: words.say("nav-outbox") };
            let key = format!("letter-decided-{}", if state == State::Settled { "settled" } else { "otherwise" });
            Ok(failure::told(words, StatusCode::CONFLICT, &key, on, None))
        }
    }
}

/// Where a letter in this state is shown.
fn shelf_of(state: State) -> Shelf {
    match state {
        State::Sent | State::Captured | State::Settled => Shelf::Sent,
        _ => Shelf::Unsent,
    }
}
