//! What goes wrong on staff's pages: what happened, and a way on.

use poem::Response;
use poem::http::StatusCode;

use crate::domain::language::Language;
use crate::language::Words;
use crate::web::answer;
use crate::web::assets::Embedded;
use crate::web::public::start::preferred;
use crate::web::staff::view::pages::ErrorPage;

/// A page for a status.
pub(crate) fn page(accept_language: &str, status: StatusCode) -> Response {
    let language = match preferred(accept_language) {
        Language::Japanese => Language::Japanese,
        _ => Language::English,
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
        typed: None,
        stylesheet: Embedded::StaffStyle.path(),
    };
    answer::page(status, &shown)
}

/// The page for a form that was sent after its session had ended: what was typed is given back.
pub(crate) fn signed_out(language: Language, typed: &str) -> Response {
    let words = Words::staff(language);
    let shown = ErrorPage {
        words,
        title: words.say("signed-out"),
        way: words.say("signed-out-way"),
        typed: Some(typed.to_owned()),
        stylesheet: Embedded::StaffStyle.path(),
    };
    answer::page(StatusCode::FORBIDDEN, &shown)
}

/// The page for what holds a virus: it is kept, and not handed out.
pub(crate) fn withheld(language: Language, virus: &str) -> Response {
    let words = Words::staff(language);
    answer::page(
        StatusCode::FORBIDDEN,
        &ErrorPage {
            words,
            title: words.say("file-withheld"),
            way: words.with("file-withheld-way", "virus", virus),
            typed: None,
            stylesheet: Embedded::StaffStyle.path(),
        },
    )
}

/// The page for what the virus scanner has not seen, while it does not answer.
pub(crate) fn unscanned(language: Language) -> Response {
    let words = Words::staff(language);
    answer::page(
        StatusCode::SERVICE_UNAVAILABLE,
        &ErrorPage {
            words,
            title: words.say("file-unscanned"),
            way: words.say("file-unscanned-way"),
            typed: None,
            stylesheet: Embedded::StaffStyle.path(),
        },
    )
}
