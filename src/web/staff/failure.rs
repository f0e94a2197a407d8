//! What goes wrong on staff's pages: what happened, and a way on.

use poem::Response;
use poem::http::StatusCode;

use crate::language::Words;
use crate::web::answer;
use crate::web::assets::Embedded;
use crate::web::public::start::preferred;
use crate::web::staff::view::pages::ErrorPage;

/// A page for a status.
pub(crate) fn page(accept_language: &str, status: StatusCode) -> Response {
    let language = match preferred(accept_language) {
        crate::domain::language::Language::Japanese => crate::domain::language::Language::Japanese,
        _ => crate::domain::language::Language::English,
    };
    let words = Words::staff(language);
    let key = match status {
        StatusCode::FORBIDDEN => "error-forbidden",
        StatusCode::NOT_FOUND => "error-not-found",
        StatusCode::SERVICE_UNAVAILABLE => "error-away",
        _ => "error-failed",
    };
    let shown = ErrorPage {
        words,
        title: words.say(key),
        way: words.say(&format!("{key}-way")),
        stylesheet: Embedded::StaffStyle.path(),
    };
    answer::page(status, &shown)
}
