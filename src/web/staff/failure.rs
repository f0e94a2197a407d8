//! What goes wrong on staff's pages: what happened, and a way on.

use std::time::Duration;

use jiff::Timestamp;
use poem::Response;
use poem::http::StatusCode;

use crate::desk::staff::Viewer;
use crate::domain::language::Language;
use crate::language::Words;
use crate::web::answer;
use crate::web::assets::Embedded;
use crate::web::site::Site;
use crate::web::staff::session;
use crate::web::staff::view::pages::{ErrorPage, Way};

/// How long it may take to learn whose page it was.
const PATIENCE: Duration = Duration::from_secs(2);

/// A page for a status, in the language of whoever is signed in, or else the one that the browser prefers.
pub(crate) async fn page(
    site: Option<&Site>,
    token: Option<&str>,
    accept_language: &str,
    status: StatusCode,
) -> Response {
    let theirs = match (site, token) {
        (Some(site), Some(token)) => language_of(site, token, status).await,
        _ => None,
    };
    let words = Words::staff(theirs.unwrap_or_else(|| session::preferred(accept_language)));
    let key = match status {
        StatusCode::FORBIDDEN => "error-forbidden",
        StatusCode::NOT_FOUND => "error-not-found",
        StatusCode::SERVICE_UNAVAILABLE => "error-away",
        _ => "error-failed",
    };
    told(words, status, key, dashboard(words), None)
}

async fn language_of(site: &Site, token: &str, status: StatusCode) -> Option<Language> {
    let asked = async {
        let asking = site.opened().ok()?.desk.viewer(token, Timestamp::now());
        tokio::time::timeout(PATIENCE, asking).await.ok()?.ok()?
    };
    // While the database is away it is not asked for that either.
    let viewer = if status == StatusCode::SERVICE_UNAVAILABLE { None } else { asked.await };
    viewer.map(|viewer| viewer.language).or_else(|| site.language_of(token))
}

/// The page for a form that was sent after its session had ended: what was typed is given back.
pub(crate) fn signed_out(language: Language, typed: &str) -> Response {
    let words = Words::staff(language);
    let on = Way { path: "/staff/login".to_owned(), label: words.say("sign-in") };
    told(words, StatusCode::FORBIDDEN, "signed-out", on, Some(typed))
}

/// What somebody's role does not allow: `key` says who may.
pub(crate) fn not_theirs(viewer: &Viewer, key: &str) -> poem::Error {
    let words = Words::staff(viewer.language);
    let shown = ErrorPage {
        words,
        title: words.say("error-forbidden"),
        way: words.say(key),
        typed: None,
        on: dashboard(words),
        stylesheet: Embedded::StaffStyle.path(),
    };
    poem::Error::from_response(answer::page(StatusCode::FORBIDDEN, &shown))
}

/// A page that tells what happened, with the words below `key`, and gives back what was typed.
pub(crate) fn told(words: Words, status: StatusCode, key: &str, on: Way, typed: Option<&str>) -> Response {
    let shown = ErrorPage {
        words,
        title: words.say(key),
        way: words.say(&format!("{key}-way")),
        typed: typed.map(str::to_owned),
        on,
        stylesheet: Embedded::StaffStyle.path(),
    };
    answer::page(status, &shown)
}

/// The way on where there is no better one.
pub(crate) fn dashboard(words: Words) -> Way {
    Way { path: "/staff".to_owned(), label: words.say("nav-dashboard") }
}
