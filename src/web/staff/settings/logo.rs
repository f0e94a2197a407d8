//! The logo, for administrators.

use poem::http::StatusCode;
use poem::web::{Data, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};

use super::{Asked, PATH};
use crate::desk::house::HouseChange;
use crate::desk::staff::Viewer;
use crate::language::Words;
use crate::web::answer::{self, see_other};
use crate::web::form::{Form, FormError, Uploaded};
use crate::web::logo::{BadLogo, LARGEST, LONGEST_SIDE, path, read};
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::session;
use crate::web::staff::view::settings::LogoPage;
use crate::web::staff::view::shell::Nav;
use crate::web::staff::wording::administrator;

/// The logo as it is.
#[handler]
pub async fn look(Query(asked): Query<Asked>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = administrator(request, &site).await?;
    let mut page = shown(site.opened()?, &viewer, None).await?;
    page.is_saved = asked.done.is_some();
    Ok(answer::ok(&page))
}

/// Takes another one, or goes back to the program's.
#[handler]
pub async fn set(request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let (mut form, broken) = Form::read(request, RequestBody::new(body)).await;
    let viewer = administrator(request, &site).await?;
    let words = Words::staff(viewer.language);
    let refuse =
        async |status, sentence: String| Ok(answer::page(status, &shown(opened, &viewer, Some(sentence)).await?));
    if session::open(opened, &viewer, form.text("token")).is_err() {
        return refuse(StatusCode::FORBIDDEN, words.say("refused-stale")).await;
    }
    if broken == Some(FormError::TooLarge) || !form.too_large.is_empty() {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, told(words, BadLogo::TooLarge)).await;
    }
    let logo = if form.text("deed") == "remove" {
        None
    } else {
        let content = form.files.first_mut().map(Uploaded::content).transpose();
        let content = content.map_err(|_| poem::Error::from_status(StatusCode::SERVICE_UNAVAILABLE))?;
        let content = content.unwrap_or_default();
        match read(&content) {
            Ok(logo) => Some((logo, content)),
            Err(bad) => return refuse(StatusCode::UNPROCESSABLE_ENTITY, told(words, bad)).await,
        }
    };
    opened.desk.change_house(&viewer, &HouseChange::Logo(logo), &|_| true).await.map_err(away)?;
    Ok(see_other(&format!("{PATH}/logo?done=saved")))
}

fn told(words: Words, bad: BadLogo) -> String {
    let (most, side) = (LARGEST / 1024, LONGEST_SIDE);
    match bad {
        BadLogo::Missing => words.say("settings-logo-missing"),
        BadLogo::Unknown => words.say("settings-logo-unknown"),
        BadLogo::TooLarge => {
            words.tell("settings-logo-large", &[("most", most.to_string().into()), ("side", side.to_string().into())])
        }
    }
}

async fn shown(opened: &Opened, viewer: &Viewer, wrong: Option<String>) -> Result<LogoPage> {
    let mut shell = session::shell(opened, viewer, Nav::Settings, "nav-settings", &format!("{PATH}/logo")).await?;
    shell.title = shell.words.say("settings-logo");
    let directory = opened.desk.directory_now().await.map_err(away)?;
    let logo = directory.organisation.logo.as_ref().map(|logo| (path(logo), logo.width, logo.height));
    Ok(LogoPage { token: session::seal(opened, viewer), logo, wrong, is_saved: false, shell })
}
