//! The start page, and the ways to the right language and page.

use poem::http::header;
use poem::web::{Data, Path};
use poem::{Request, Response, Result, handler};

use crate::domain::Named;
use crate::domain::division::Names;
use crate::domain::language::Language;
use crate::domain::page::{PRIVACY, PageKind};
use crate::web::answer::{self, see_other};
use crate::web::public::shell::{PublicDesk, language};
use crate::web::public::view::shell::{Section, Translated};
use crate::web::public::view::start::StartPage;
use crate::web::site::Site;

/// The language that a browser prefers among ours (RFC 9110, 12.5.4); English where it prefers none of them.
#[must_use]
pub fn preferred(accept_language: &str) -> Language {
    let mut wished: Vec<(f32, Language)> = accept_language
        .split(',')
        .take(50)
        .filter_map(|wish| {
            let mut parts = wish.split(';').map(str::trim);
            let name = parts.next()?.split('-').next()?.to_ascii_lowercase();
            let weight =
                parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok())?;
            Some((weight, Language::from_name(&name).ok()?)).filter(|(weight, _)| *weight > 0.0)
        })
        .collect();
    wished.sort_by(|one, other| other.0.total_cmp(&one.0));
    wished.first().map_or(Language::English, |(_, language)| *language)
}

/// `/`: to the start page in the reader's language.
#[handler]
pub fn by_language(request: &Request) -> Response {
    let language = preferred(request.header(header::ACCEPT_LANGUAGE).unwrap_or_default());
    let mut response = see_other(&format!("/{language}/"));
    response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("Accept-Language"));
    response
}

/// `/en`: to `/en/`.
#[handler]
pub fn without_slash(Path(name): Path<String>) -> Result<Response> {
    Ok(see_other(&format!("/{}/", language(&name)?)))
}

/// Questions that the start page shows.
const QUESTIONS_SHOWN: usize = 4;
/// News that the start page shows.
const NEWS_SHOWN: usize = 5;

/// The start page.
#[handler]
pub async fn start(Path(name): Path<String>, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let mut shell = public.shell(Section::Start, "");
    let organisation = &public.directory.organisation;
    let own = |names: &Names, key| match names.is_empty() {
        true => Translated { text: shell.words.say(key), foreign: None },
        false => Translated::of(names, public.language),
    };
    let (headline, lead) = (own(&organisation.headline, "start-headline"), own(&organisation.lead, "start-lead"));
    shell.title.clone_from(&headline.text);
    shell.description.clone_from(&lead.text);
    let questions = public.listed(PageKind::Question);
    Ok(answer::kept(&StartPage {
        headline,
        lead,
        programmes: public.listed(PageKind::Programme),
        conferences: public.listed(PageKind::Conference),
        has_more_questions: questions.len() > QUESTIONS_SHOWN,
        questions: public.answered(PageKind::Question, QUESTIONS_SHOWN),
        news: public.listed(PageKind::News).into_iter().take(NEWS_SHOWN).collect(),
        shell,
    }))
}

/// `/en/privacy`, where the page once stood: to the page as staff word it.
#[handler]
pub fn privacy(Path(name): Path<String>) -> Result<Response> {
    Ok(see_other(&format!("/{}/pages/{PRIVACY}", language(&name)?)))
}

#[cfg(test)]
mod tests {
    use super::preferred;
    use crate::domain::language::Language;

    #[test]
    fn what_browsers_say() {
        for (said, language) in [
            ("ja,en-US;q=0.7", Language::Japanese),
            ("de, fr;q=0.8, en;q=0.9", Language::English),
            ("zh-CN", Language::Chinese),
            ("de", Language::English),
            ("", Language::English),
            ("ko;q=0, fr;q=0.1", Language::French),
        ] {
            assert_eq!(preferred(said), language, "{said}");
        }
    }
}
