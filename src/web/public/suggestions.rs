//! "These pages may answer it": offered while an enquiry is written, and before it is sent.

use poem::web::{Data, Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;

use crate::language::Words;
use crate::web::answer;
use crate::web::public::shell::PublicDesk;
use crate::web::public::view::page::Listed;
use crate::web::public::view::suggestions::SuggestionsPart;
use crate::web::site::Site;

/// `?q=`: what was written so far.
#[derive(Deserialize)]
pub struct Written {
    q: Option<String>,
}

/// Pages that may answer what was written so far, as a part of a page.
#[handler]
pub async fn suggest(Path(name): Path<String>, Query(written): Query<Written>, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let suggestions = of(&public, &written.q.unwrap_or_default());
    Ok(answer::ok(&SuggestionsPart { words: Words::public(public.language), suggestions }))
}

/// Pages that may answer a question.
pub(super) fn of(public: &PublicDesk, question: &str) -> Vec<Listed> {
    let Some(index) = public.published.index(public.language) else { return Vec::new() };
    let pages = index.related(question).into_iter().filter_map(|at| public.published.catalogue.pages.get(at));
    let suggestions = pages.filter_map(|page| {
        let (written_in, text) = page.texts.for_reader(public.language)?;
        Some(public.list_entry(page, written_in, text))
    });
    suggestions.collect()
}
