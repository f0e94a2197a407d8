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
    let (title, way) = (words.say("error-forbidden"), words.say(key));
    poem::Error::from_response(written(words, StatusCode::FORBIDDEN, title, way, dashboard(words), None))
}

/// A page that tells what happened, with the words below `key`, and gives back what was typed.
pub(crate) fn told(words: Words, status: StatusCode, key: &str, on: Way, typed: Option<&str>) -> Response {
    written(words, status, words.say(key), words.say(&format!("{key}-way")), on, typed)
}

fn written(words: Words, status: StatusCode, title: String, way: String, on: Way, typed: Option<&str>) -> Response {
    let (typed, stylesheet) = (typed.map(str::to_owned), Embedded::StaffStyle.path());
    answer::page(status, &ErrorPage { words, title, way, typed, on, stylesheet })
}

/// The way on where there is no better one.
pub(crate) fn dashboard(words: Words) -> Way {
    Way { path: "/staff".to_owned(), label: words.say("nav-dashboard") }
}

/// The page for what holds a virus: it is kept, and not handed out.
pub(crate) fn withheld(language: Language, virus: &str) -> Response {
    let words = Words::staff(language);
    let way = words.with("file-withheld-way", "virus", virus);
    written(words, StatusCode::FORBIDDEN, words.say("file-withheld"), way, dashboard(words), None)
}

/// The page for what the virus scanner could not check, with a way to have it all the same.
pub(crate) fn unchecked(language: Language, path: &str) -> Response {
    let words = Words::staff(language);
    let on = Way { path: format!("{path}?{UNCHECKED}=yes"), label: words.say("file-unchecked-on") };
    told(words, StatusCode::FORBIDDEN, "file-unchecked", on, None)
}

/// What an address has in it of a file that somebody wants though it could not be checked.
const UNCHECKED: &str = "unchecked";

/// Whether somebody wants a file though it could not be checked.
pub(crate) fn takes_unchecked(request: &poem::Request) -> bool {
    let query = request.uri().query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).any(|(name, value)| name == UNCHECKED && value == "yes")
}

/// The page for what the virus scanner has not seen, while it does not answer.
pub(crate) fn unscanned(language: Language) -> Response {
    let words = Words::staff(language);
    told(words, StatusCode::SERVICE_UNAVAILABLE, "file-unscanned", dashboard(words), None)
}
