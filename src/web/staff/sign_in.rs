//! Signing in and out, and the language of one's pages.

use std::time::Duration;

use jiff::Timestamp;
use poem::http::{HeaderValue, StatusCode, header};
use poem::web::Data;
use poem::{Body, Request, RequestBody, Response, Result, handler};

use crate::desk::staff::SignIn;
use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::network::counted_as;
use crate::language::Words;
use crate::web::answer::{self, see_other};
use crate::web::assets::Embedded;
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::session;
use crate::web::staff::view::pages::SignInPage;
use crate::web::theme;

const PURPOSE: &str = "sign-in";
const LIFETIME: Duration = Duration::from_hours(12);

async fn shown(opened: &Opened, words: Words, email: &str, refusal: Option<String>) -> SignInPage {
    let directory = opened.desk.directory_as_last_read().await;
    let division = directory.as_ref().and_then(|directory| directory.divisions.first());
    SignInPage {
        words,
        token: opened.sealer.seal(PURPOSE, "", Timestamp::now()),
        email: email.to_owned(),
        refusal,
        division: division.map(|division| division.names.text(words.language).to_owned()).unwrap_or_default(),
        stylesheet: Embedded::StaffStyle.path(),
        theme: directory.as_ref().and_then(|directory| theme::path(directory)),
    }
}

/// The page to sign in.
#[handler]
pub async fn page(request: &Request, site: Data<&Site>) -> Result<Response> {
    let words = Words::staff(session::language(request));
    Ok(answer::ok(&shown(site.opened()?, words, "", None).await))
}

/// Signs in.
#[handler]
pub async fn sign_in(request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let words = Words::staff(session::language(request));
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    let now = Timestamp::now();
    let email = form.text("email");
    let refuse =
        async |status, refusal: String| Ok(answer::page(status, &shown(opened, words, email, Some(refusal)).await));
    if opened.sealer.open(PURPOSE, "", form.text("token"), LIFETIME, now).is_err() {
        return refuse(StatusCode::FORBIDDEN, words.say("sign-in-stale")).await;
    }
    let network = counted_as(site.client(request)).to_string();
    match opened.desk.sign_in(email, form.text("password"), &network, now).await.map_err(away)? {
        SignIn::Accepted { token } => {
            let mut response = see_other("/staff");
            response.headers_mut().insert(header::SET_COOKIE, cookie(&site, &token));
            Ok(response)
        }
        SignIn::Refused => refuse(StatusCode::UNPROCESSABLE_ENTITY, words.say("sign-in-refused")).await,
        SignIn::Paused { wait } => {
            refuse(StatusCode::TOO_MANY_REQUESTS, words.with("sign-in-paused", "seconds", wait.as_secs() + 1)).await
        }
    }
}

/// The session's cookie; without a token, its end.
fn cookie(site: &Site, token: &str) -> HeaderValue {
    let secure = if site.serving().public_url.starts_with("https://") { "; Secure" } else { "" };
    let end = if token.is_empty() { "; Max-Age=0" } else { "" };
    let line = format!("{}={token}; Path=/staff; HttpOnly; SameSite=Lax{secure}{end}", session::COOKIE);
    HeaderValue::from_str(&line).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Signs out.
#[handler]
pub async fn sign_out(request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    session::open(opened, &viewer, form.text("token"))?;
    if let Some(token) = session::token(request) {
        opened.desk.sign_out(&token).await.map_err(away)?;
    }
    let mut response = see_other("/staff/login");
    response.headers_mut().insert(header::SET_COOKIE, cookie(&site, ""));
    Ok(response)
}

/// Sets the language of one's pages.
#[handler]
pub async fn language(request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    session::open(opened, &viewer, form.text("token"))?;
    let chosen = Language::from_name(form.text("language")).ok();
    if let Some(language) = chosen.filter(|language| matches!(language, Language::Japanese | Language::English)) {
        opened.desk.set_language(&viewer, language).await.map_err(away)?;
    }
    // Only back into the staff's own pages.
    let back = form.text("back");
    Ok(see_other(if back.starts_with("/staff") && !back.contains(['\\', '\n']) { back } else { "/staff" }))
}
