//! The versions of a page: what changed when and by whom, and the way back.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, RequestBody, Response, Result, handler};

use crate::desk::site::pages::{Draft, Place, Publication, Saved, Version};
use crate::domain::Named;
use crate::domain::language::Language;
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::site::Site;
use crate::web::staff::session;
use crate::web::staff::site::{PATH, changes, saved_words, writer};
use crate::web::staff::view::shell::{Nav, StaffShell};
use crate::web::staff::view::site::{LanguageChange, VersionView, VersionsPage};

/// The versions that are shown with what changed in them; the others can be gone back to.
const SHOWN_WITH_CHANGES: usize = 30;

/// The versions of a page.
#[handler]
pub async fn list(Path(slug): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let opened = site.opened()?;
    let draft = opened.desk.draft(&slug).await.map_err(away)?;
    let versions = opened.desk.page_versions(draft.id).await.map_err(away)?;
    let path = format!("{PATH}/{slug}");
    let shell = session::shell(opened, &viewer, Nav::Pages, "page-versions", &format!("{path}/versions")).await?;
    let views =
        versions.iter().enumerate().map(|(at, version)| view(&shell, &draft, version, versions.get(at + 1), at));
    Ok(answer::ok(&VersionsPage {
        token: session::seal(opened, &viewer),
        title: draft.texts.for_reader(viewer.language).map(|(_, text)| text.title.clone()).unwrap_or(slug),
        versions: views.collect(),
        latest: draft.latest_version,
        path,
        shell,
    }))
}

fn view(shell: &StaffShell, draft: &Draft, version: &Version, before: Option<&Version>, at: usize) -> VersionView {
    let changed = Language::ALL.iter().filter_map(|language| {
        let text = |version: &Version| version.texts.in_language(*language).cloned();
        let changes = changes(&before.and_then(text), &text(version).unwrap_or_default());
        let name = shell.words.say(&format!("language-{language}"));
        (!changes.is_empty()).then_some(LanguageChange { language: *language, name, changes })
    });
    VersionView {
        number: version.version,
        saved: saved_words(shell, version.saved_by.as_deref(), &version.saved_at),
        is_published: draft.published_version == Some(version.version),
        // The first version has nothing that it differs from.
        changed: if before.is_some() && at < SHOWN_WITH_CHANGES { changed.collect() } else { Vec::new() },
    }
}

/// Goes back to a version: its texts are saved anew, as a draft.
#[handler]
pub async fn go_back(Path(slug): Path<String>, request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    let viewer = writer(request, &site).await?;
    let opened = site.opened()?;
    session::open(opened, &viewer, form.text("token"))?;
    let draft = opened.desk.draft(&slug).await.map_err(away)?;
    let latest = form.text("latest").parse().unwrap_or_default();
    let versions = opened.desk.page_versions(draft.id).await.map_err(away)?;
    let wanted = form.text("version").parse::<i32>().ok();
    let version = versions.into_iter().find(|version| Some(version.version) == wanted);
    let version = version.ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    let place = Place { slug: slug.clone(), kind: draft.kind, topic: draft.topic, position: draft.position };
    let after = Some((draft.id, latest));
    let saving = opened.desk.save_page(&viewer, after, &place, &version.texts, Publication::Draft, Timestamp::now());
    match saving.await.map_err(away)? {
        Saved::As(_) => Ok(see_other(&format!("{PATH}/{slug}?done=saved"))),
        Saved::Held | Saved::SlugTaken => Err(poem::Error::from_status(StatusCode::CONFLICT)),
    }
}
