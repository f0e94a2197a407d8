//! The start page, the page on personal data, and the way to the right language.

use jiff::Timestamp;
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Request, Response, Result, handler};

use crate::domain::Named;
use crate::domain::division;
use crate::domain::language::Language;
use crate::web::answer::{ok, see_other};
use crate::web::public::failure::away;
use crate::web::public::shell::{language, shell};
use crate::web::public::view::privacy::PrivacyPage;
use crate::web::public::view::shell::Section;
use crate::web::public::view::start::{Programme, StartPage};
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

/// The start page.
#[handler]
pub async fn start(Path(name): Path<String>, site: Data<&Site>) -> Result<Response> {
    let language = language(&name)?;
    let directory = site.opened()?.desk.directory().await.map_err(away)?;
    let mut shell = shell(&directory, language, Section::Start, "", Timestamp::now());
    shell.title = shell.words.say("start-headline");
    let shown = |programme: &division::Programme| Programme {
        title: programme.titles.text(language).to_owned(),
        summary: programme.summaries.text(language).to_owned(),
        href: format!("/{language}/enquiries/new?topic={}", programme.topic),
    };
    let (conferences, programmes): (Vec<_>, Vec<_>) =
        directory.programmes.iter().partition(|programme| programme.slug.ends_with("-conference"));
    Ok(ok(&StartPage {
        headline: shell.words.say("start-headline"),
        lead: shell.words.say("start-lead"),
        programmes: programmes.into_iter().map(shown).collect(),
        conferences: conferences.into_iter().map(shown).collect(),
        shell,
    }))
}

/// What is done with personal data.
#[handler]
pub async fn privacy(Path(name): Path<String>, site: Data<&Site>) -> Result<Response> {
    let language = language(&name)?;
    let directory = site.opened()?.desk.directory().await.map_err(away)?;
    let mut shell = shell(&directory, language, Section::Elsewhere, "privacy", Timestamp::now());
    shell.title = shell.words.say("privacy");
    Ok(ok(&PrivacyPage { shell }))
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
