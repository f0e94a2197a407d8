//! Outgoing letters and their fate.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use uuid::Uuid;

use crate::domain::event::LetterDecision;
use crate::web::answer::{ok, see_other};
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::site::{Outgoing, Site};
use crate::web::staff::session;
use crate::web::staff::view::pages::OutboxPage;
use crate::web::staff::view::shell::Nav;

/// Every letter that is not sent.
#[handler]
pub async fn list(request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let letters = opened.desk.unfinished_letters(&viewer).await.map_err(away)?;
    let shell = session::shell(opened, &viewer, Nav::Outbox, "nav-outbox", "/staff/outbox").await?;
    Ok(ok(&OutboxPage { shell, letters, captured: site.serving().outgoing == Outgoing::Captured }))
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
    let not_found = || poem::Error::from_status(StatusCode::NOT_FOUND);
    let id = Uuid::parse_str(&letter).map_err(|_| not_found())?;
    let decision = match decision.as_str() {
        "again" => LetterDecision::SendAgain,
        "settle" => LetterDecision::Settle,
        _ => return Err(not_found()),
    };
    opened.desk.decide_letter(&viewer, id, decision, Timestamp::now()).await.map_err(away)?;
    Ok(see_other("/staff/outbox"))
}
