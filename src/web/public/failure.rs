//! Pages for what goes wrong, in the reader's language, each with a way on. None of them shows a cause.

use std::time::Duration;

use poem::Response;
use poem::http::StatusCode;

use crate::desk::DeskError;
use crate::domain::Named;
use crate::domain::language::Language;
use crate::language::Words;
use crate::web::answer;
use crate::web::public::shell::PublicDesk;
use crate::web::public::start::preferred;
use crate::web::public::view::error::{ErrorPage, Failure};
use crate::web::public::view::shell::{Listing, Section};
use crate::web::site::Site;

/// How long a page about a failure waits for the database.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the desk's errors are on the web.
pub(crate) fn away(error: DeskError) -> poem::Error {
    let status = match &error {
        DeskError::NotFound { .. } => StatusCode::NOT_FOUND,
        DeskError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        DeskError::Database(error) => {
            tracing::error!(%error, "the desk could not do what was asked");
            StatusCode::SERVICE_UNAVAILABLE
        }
    };
    poem::Error::from_status(status)
}

/// What is known of the desk; where the database is away, or slow, as it was last read.
async fn as_far_as_known(site: &Site, language: Language, status: StatusCode) -> Option<PublicDesk> {
    if status != StatusCode::SERVICE_UNAVAILABLE
        && let Ok(Ok(public)) = tokio::time::timeout(PATIENCE, PublicDesk::read(site, language.name())).await
    {
        return Some(public);
    }
    PublicDesk::as_last_read(site, language).await
}

/// A page for a status, in the language of the path, or else the one that the browser prefers.
pub(crate) async fn page(site: Option<&Site>, path: &str, accept_language: &str, status: StatusCode) -> Response {
    let named = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let language = Language::from_name(named).unwrap_or_else(|_| preferred(accept_language));
    let failure = match status {
        StatusCode::NOT_FOUND => Failure::NotFound,
        StatusCode::FORBIDDEN => Failure::Forbidden,
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        StatusCode::TOO_MANY_REQUESTS => Failure::TooMany,
        StatusCode::SERVICE_UNAVAILABLE => Failure::Away,
        status if status.is_client_error() => Failure::Request,
        _ => Failure::Failed,
    };
    let public = match site {
        Some(site) => as_far_as_known(site, language, status).await,
        None => None,
    };
    let Some(public) = public else {
        // Nobody knows yet whose desk this is.
        let words = Words::public(language);
        let text = format!("{}\n\n{}\n", words.say(failure.title_key()), words.say(failure.text_key()));
        return Response::builder().status(status).content_type("text/plain; charset=utf-8").body(text);
    };
    let mut shell = public.shell(Section::Elsewhere, "");
    shell.title = shell.words.say(failure.title_key());
    shell.listing = Listing::Unlisted;
    answer::page(status, &ErrorPage { shell, failure })
}
