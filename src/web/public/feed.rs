//! What machines read of the site: the feed of news, the maps of the site, and what robots may look at; the map is there
//! for people too.

use poem::web::{Data, Path};
use poem::{Response, Result, handler};

use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::page::PageKind;
use crate::mail::markdown::prose;
use crate::web::answer;
use crate::web::public::shell::PublicDesk;
use crate::web::public::view::feed::{Feed, FeedEntry, MapPage, Part, Place, SiteMap};
use crate::web::public::view::shell::Section;
use crate::web::site::Site;

/// News that the feed has.
const MOST_NEWS: usize = 30;

/// The news of a language as Atom (RFC 4287).
#[handler]
pub async fn news(Path(name): Path<String>, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let shell = public.shell(Section::Elsewhere, "news.atom");
    let pages = public.published.catalogue.of_kind(PageKind::News);
    let entries = pages.into_iter().take(MOST_NEWS).filter_map(|page| {
        let (written_in, text) = page.texts.for_reader(public.language)?;
        let listed = public.list_entry(page, written_in, text);
        Some(FeedEntry {
            id: format!("urn:uuid:{}", page.id),
            href: shell.outside(&listed.href),
            published: page.published_at.to_string(),
            updated: page.updated_at.max(page.published_at).to_string(),
            html: prose(&text.body).html,
            page: listed,
        })
    });
    let entries: Vec<FeedEntry> = entries.collect();
    let newest = entries.iter().map(|entry| entry.updated.clone()).max();
    let oldest_page = public.published.catalogue.pages.iter().map(|page| page.published_at).min();
    let updated = newest.unwrap_or_else(|| oldest_page.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string());
    Ok(answer::document("application/atom+xml; charset=utf-8", &Feed { shell, entries, updated }))
}

/// What search engines may list, each page with its languages (sitemaps.org 0.9).
#[handler]
pub async fn sitemap(site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, Language::English.name()).await?;
    let listed = ["", "questions", "sister-cities", "enquiries/new"].into_iter().map(|rest| (rest.to_owned(), None));
    let pages = public.published.catalogue.pages.iter();
    let pages = pages.map(|page| (format!("pages/{}", page.slug), Some(page.updated_at.to_string())));
    let places = listed.chain(pages).flat_map(|(rest, updated)| {
        let links = public.shell(Section::Elsewhere, &rest).languages;
        links.clone().into_iter().map(move |own| Place {
            href: own.href,
            updated: updated.clone(),
            languages: links.clone(),
        })
    });
    let all = SiteMap { places: places.collect(), shell: public.shell(Section::Elsewhere, "") };
    Ok(answer::document("application/xml; charset=utf-8", &all))
}

/// The map of the site for people.
#[handler]
pub async fn site_map(Path(name): Path<String>, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let mut shell = public.shell(Section::Elsewhere, "sitemap");
    shell.title = shell.words.say("footer-sitemap");
    let parts = [
        ("start-programmes", PageKind::Programme),
        ("page-kind-conference", PageKind::Conference),
        ("questions", PageKind::Question),
        ("start-news", PageKind::News),
        ("page-kind-information", PageKind::Information),
    ];
    let parts = parts.into_iter().map(|(key, kind)| Part { title: shell.words.say(key), pages: public.listed(kind) });
    Ok(answer::kept(&MapPage { parts: parts.filter(|part| !part.pages.is_empty()).collect(), shell }))
}

/// What robots may look at (RFC 9309): nothing of staff, nothing that is one visitor's.
#[handler]
pub fn robots(site: Data<&Site>) -> Response {
    let closed = ["/staff", "/*/receipts/", "/*/search", "/*/enquiries/0", "/*/enquiries/1"];
    let closed: String = closed.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let text = format!("User-agent: *\n{closed}Sitemap: {}/sitemap.xml\n", site.serving().public_url);
    Response::builder().content_type("text/plain; charset=utf-8").body(text)
}
