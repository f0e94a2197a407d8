//! Choosing a password by a one-time link.

use std::time::Duration;

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, RequestBody, Response, Result, handler};

use crate::desk::DeskError;
use crate::desk::staff::{LONGEST_PASSWORD, SHORTEST_PASSWORD};
use crate::domain::person::EmailAddress;
use crate::language::Words;
use crate::web::answer::{self, see_other};
use crate::web::assets::Embedded;
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::view::pages::{ErrorPage, SetUpPage};
use crate::web::staff::{failure, session};

const PURPOSE: &str = "set-up";
const LIFETIME: Duration = Duration::from_hours(12);

async fn shown(
    opened: &Opened,
    words: Words,
    link: &str,
    email: &str,
    mistake: Option<String>,
    status: StatusCode,
) -> Result<Response> {
    let now = Timestamp::now();
    if !opened.desk.link_works(link, now).await.map_err(away)? {
        let gone = ErrorPage {
            words,
            title: words.say("error-forbidden"),
            way: words.say("set-up-gone"),
            typed: None,
            on: failure::dashboard(words),
            stylesheet: Embedded::StaffStyle.path(),
        };
        return Ok(answer::page(StatusCode::NOT_FOUND, &gone));
    }
    let shown = SetUpPage {
        words,
        hint: words.with("set-up-hint", "least", SHORTEST_PASSWORD),
        token: opened.sealer.seal(PURPOSE, link, now),
        asks_for_address: opened.desk.is_first_link(link).await.map_err(away)?,
        email: email.to_owned(),
        mistake,
        stylesheet: Embedded::StaffStyle.path(),
    };
    Ok(answer::page(status, &shown))
}

/// The page to choose a password.
#[handler]
pub async fn page(Path(link): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let words = Words::staff(session::language(request));
    shown(site.opened()?, words, &link, "", None, StatusCode::OK).await
}

/// Chooses it.
#[handler]
pub async fn choose(Path(link): Path<String>, request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let words = Words::staff(session::language(request));
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    let now = Timestamp::now();
    let (email, password) = (form.text("email"), form.text("password"));
    let first = opened.desk.is_first_link(&link).await.map_err(away)?;
    let address = EmailAddress::parse(email).ok();
    let mistake = match () {
        () if opened.sealer.open(PURPOSE, &link, form.text("token"), LIFETIME, now).is_err() => {
            Some(words.say("sign-in-stale"))
        }
        () if first && address.is_none() => Some(words.say("set-up-address")),
        () if password.chars().count() < SHORTEST_PASSWORD || password.len() > LONGEST_PASSWORD => {
            Some(words.with("set-up-short", "least", SHORTEST_PASSWORD))
        }
        () if password != form.text("password_again") => Some(words.say("set-up-different")),
        () => None,
    };
    if mistake.is_some() {
        return shown(opened, words, &link, email, mistake, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match opened.desk.choose_password(&link, password, address.as_ref().filter(|_| first), now).await {
        Ok(()) => Ok(see_other("/staff/login")),
        Err(DeskError::NotFound { .. }) => shown(opened, words, &link, email, None, StatusCode::NOT_FOUND).await,
        Err(error) => Err(away(error)),
    }
}
