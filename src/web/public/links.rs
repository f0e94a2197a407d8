//! "Send me my links": for those who have no key at hand. The answer is the same whether an address is known or not.

use poem::http::StatusCode;
use poem::web::{Data, Path, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;
use std::time::Duration;

use crate::domain::person::EmailAddress;
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::public::shell::PublicDesk;
use crate::web::public::view::own::{LinksPage, LinksState};
use crate::web::public::view::shell::{Listing, Section};
use crate::web::site::Site;

const PURPOSE: &str = "links";
const LIFETIME: Duration = Duration::from_hours(24);

/// What was just done.
#[derive(Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// The page.
#[handler]
pub async fn blank(Path(language): Path<String>, Query(asked): Query<Asked>, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &language).await?;
    let state = match asked.done.as_deref() {
        Some("sent") => LinksState::Sent,
        Some("renewed") => LinksState::Renewed,
        _ => LinksState::Blank,
    };
    Ok(answer::ok(&page(&public, &site, state, String::new())?))
}

/// The same in the place of a page that its key does not open, or that was asked for without one. What was `written` on it
/// is given back.
pub(super) fn instead(public: &PublicDesk, site: &Site, key: &str, written: &str) -> Result<Response> {
    let (status, state) = match key {
        "" => (StatusCode::OK, LinksState::NoKey),
        _ => (StatusCode::FORBIDDEN, LinksState::BadKey),
    };
    let page = LinksPage { written: written.to_owned(), ..page(public, site, state, String::new())? };
    Ok(answer::page(status, &page))
}

/// Sends the links.
#[handler]
pub async fn send(Path(language): Path<String>, request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    let public = PublicDesk::read(&site, &language).await?;
    let opened = site.opened()?;
    let typed = form.text("email").trim().to_owned();
    let again = |status, state| Ok(answer::page(status, &page(&public, &site, state, typed.clone())?));
    if opened.sealer.open(PURPOSE, "", form.text("seal"), LIFETIME, public.now).is_err() {
        return again(StatusCode::FORBIDDEN, LinksState::Stale);
    }
    let Ok(address) = EmailAddress::parse(&typed) else {
        return again(StatusCode::UNPROCESSABLE_ENTITY, LinksState::NoAddress);
    };
    if !site.may_enquire(request) {
        return again(StatusCode::TOO_MANY_REQUESTS, LinksState::TooMany);
    }
    // Beside the answer: how long it takes must not tell whether there was something to send.
    let (desk, now, language) = (opened.desk.clone(), public.now, public.language);
    tokio::spawn(async move {
        if let Err(error) = desk.send_links(&address, language, now).await {
            tracing::error!(%error, "links could not be sent");
        }
    });
    Ok(see_other(&format!("/{}/links?done=sent", public.language)))
}

fn page(public: &PublicDesk, site: &Site, state: LinksState, typed: String) -> Result<LinksPage> {
    let mut shell = public.shell(Section::Enquiries, "links");
    shell.listing = Listing::Unlisted;
    shell.title = shell.words.say("links");
    Ok(LinksPage {
        seal: site.opened()?.sealer.seal(PURPOSE, "", public.now),
        action: shell.path("links"),
        state,
        typed,
        written: String::new(),
        shell,
    })
}
