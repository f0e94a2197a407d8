//! The pages of the public, as staff write them: the list of them, one of them in one language, its versions.

mod typed;
pub mod versions;

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;

use crate::desk::DeskError;
use crate::desk::site::pages::{Draft, Place, Publication, Saved};
use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::difference::difference;
use crate::domain::language::Language;
use crate::domain::page::{BadPageText, PRIVACY, PageKind, PagePart, PageText};
use crate::mail::markdown::prose;
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::view::shell::Nav;
use crate::web::staff::view::site::{
    Change, Choice, EditPage, Group, LanguageTab, Line, MissedLine, Mistake, PagesPage, Preview, State,
};
use crate::web::staff::{failure, session};
use typed::Typed;

pub(super) const PATH: &str = "/staff/pages";

/// Every page, and what nothing was found for.
#[handler]
pub async fn list(request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let shell = session::shell(opened, &viewer, Nav::Pages, "nav-pages", PATH).await?;
    let (drafts, missed) = tokio::try_join!(opened.desk.drafts(), opened.desk.missed_searches()).map_err(away)?;
    let line = |draft: &Draft| {
        let missing = draft.texts.missing().map(|language| shell.words.say(&format!("language-{language}")));
        let text = draft.texts.for_reader(viewer.language).map(|(_, text)| text.title.clone());
        Line {
            title: text.unwrap_or_else(|| draft.slug.clone()),
            path: format!("{PATH}/{}", draft.slug),
            state: State::of(draft.latest_version, draft.published_version),
            missing: missing.collect(),
            saved: saved_words(&shell, draft.saved_by.as_deref(), &draft.saved_at),
        }
    };
    let groups = PageKind::ALL.iter().map(|kind| Group {
        kind: *kind,
        lines: drafts.iter().filter(|draft| draft.kind == *kind).map(line).collect(),
    });
    let missed = missed.into_iter().map(|missed| MissedLine {
        language: shell.words.say(&format!("language-{}", missed.language)),
        tag: missed.language,
        times: missed.times,
        when: shell.when(&missed.last_at),
        typed: missed.typed,
    });
    Ok(answer::ok(&PagesPage { groups: groups.collect(), missed: missed.collect(), shell }))
}

pub(crate) fn saved_words(
    shell: &crate::web::staff::view::shell::StaffShell,
    by: Option<&str>,
    at: &Timestamp,
) -> String {
    match by {
        Some(by) => shell.words.tell("page-saved-by", &[("who", by.into()), ("time", shell.when(at).into())]),
        None => shell.words.say("page-saved-with-program"),
    }
}

/// `?lang=`, `?kind=`, and what was just done.
#[derive(Deserialize)]
pub struct Asked {
    lang: Option<String>,
    kind: Option<String>,
    done: Option<String>,
}

impl Asked {
    fn language(&self, viewer: &Viewer) -> Language {
        self.lang.as_deref().and_then(|name| Language::from_name(name).ok()).unwrap_or(viewer.language)
    }
}

/// A new page.
#[handler]
pub async fn blank(Query(asked): Query<Asked>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = writer(request, &site).await?;
    let kind = asked.kind.as_deref().and_then(|kind| PageKind::from_name(kind).ok()).unwrap_or(PageKind::News);
    let typed = Typed { kind: kind.name().to_owned(), position: "1".to_owned(), ..Typed::default() };
    let editor = Editor { opened: site.opened()?, viewer: &viewer, draft: None, language: asked.language(&viewer) };
    Ok(answer::ok(&editor.page(typed, Vec::new(), None, None).await?))
}

/// A page in one language.
#[handler]
pub async fn page(
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
    request: &Request,
    site: Data<&Site>,
) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let opened = site.opened()?;
    let draft = opened.desk.draft(&slug).await.map_err(away)?;
    let language = asked.language(&viewer);
    let typed = Typed::of(&draft, language);
    let editor = Editor { opened, viewer: &viewer, draft: Some(draft), language };
    Ok(answer::ok(&editor.page(typed, Vec::new(), None, asked.done).await?))
}

/// Saves a new page.
#[handler]
pub async fn make(request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    receive(None, request, body, &site).await
}

/// Saves a page, publishes it, withdraws it, or shows what it would look like.
#[handler]
pub async fn save(Path(slug): Path<String>, request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    receive(Some(slug), request, body, &site).await
}

async fn receive(slug: Option<String>, request: &Request, body: Body, site: &Site) -> Result<Response> {
    let opened = site.opened()?;
    let (form, broken) = Form::read(request, RequestBody::new(body)).await;
    let viewer = match writer(request, site).await {
        Err(error) if error.is_from_response() && !form.text("body").is_empty() => {
            return Ok(failure::signed_out(session::language(request), form.text("body")));
        }
        viewer => viewer?,
    };
    if broken.is_some() {
        return Err(poem::Error::from_status(StatusCode::BAD_REQUEST));
    }
    let draft = match &slug {
        Some(slug) => Some(opened.desk.draft(slug).await.map_err(away)?),
        None => None,
    };
    let language = Language::from_name(form.text("lang")).unwrap_or(viewer.language);
    let typed = Typed::read(&form);
    let editor = Editor { opened, viewer: &viewer, draft, language };
    if session::open(opened, &viewer, form.text("token")).is_err() {
        return editor.again(StatusCode::FORBIDDEN, typed, vec![Mistake::Stale]).await;
    }
    let (place, text) = match typed.valid(&*opened.desk.directory().await.map_err(away)?) {
        Ok(valid) => valid,
        Err(mistakes) => return editor.again(StatusCode::UNPROCESSABLE_ENTITY, typed, mistakes).await,
    };
    let publication = match form.text("step") {
        "preview" => return editor.preview(typed, &text).await,
        "publish" => Publication::Published,
        "withdraw" => Publication::Withdrawn,
        _ => Publication::Draft,
    };
    let mistakes = editor.mistakes_of_a_needed_page(&place, &text, publication);
    if !mistakes.is_empty() {
        return editor.again(StatusCode::UNPROCESSABLE_ENTITY, typed, mistakes).await;
    }
    editor.save(typed, place, text, publication).await
}

/// Who is signed in, if they may write.
pub(crate) async fn writer(request: &Request, site: &Site) -> Result<Viewer> {
    let viewer = session::viewer(request, site).await?;
    if !viewer.role.may_change() {
        return Err(failure::not_theirs(&viewer, "refused-page"));
    }
    Ok(viewer)
}

/// A page in one language, as somebody is writing it.
struct Editor<'a> {
    opened: &'a Opened,
    viewer: &'a Viewer,
    /// The page as it was last saved; none of a new one.
    draft: Option<Draft>,
    language: Language,
}

impl Editor<'_> {
    async fn again(&self, status: StatusCode, typed: Typed, mistakes: Vec<Mistake>) -> Result<Response> {
        Ok(answer::page(status, &self.page(typed, mistakes, None, None).await?))
    }

    /// The form leads to the page on personal data, and says its summary.
    fn mistakes_of_a_needed_page(&self, place: &Place, text: &PageText, publication: Publication) -> Vec<Mistake> {
        let was_needed = self.draft.as_ref().is_some_and(|draft| draft.slug == PRIVACY);
        let goes = place.slug != PRIVACY || publication == Publication::Withdrawn;
        let is_silent = place.slug == PRIVACY && !text.is_blank() && text.summary.trim().is_empty();
        let goes = (was_needed && goes).then_some(Mistake::Needed);
        let silent = is_silent.then_some(Mistake::Text(BadPageText::Missing(PagePart::Summary)));
        silent.into_iter().chain(goes).collect()
    }

    async fn preview(&self, typed: Typed, text: &PageText) -> Result<Response> {
        let before = self.draft.as_ref().and_then(|draft| draft.texts.in_language(self.language)).cloned();
        let preview = Preview { prose: prose(&text.body), text: text.clone(), changes: changes(&before, text) };
        Ok(answer::ok(&self.page(typed, Vec::new(), Some(preview), None).await?))
    }

    async fn save(&self, typed: Typed, place: Place, text: PageText, publication: Publication) -> Result<Response> {
        let texts = self.draft.as_ref().map(|draft| draft.texts.clone()).unwrap_or_default();
        let texts = texts.with(self.language, text);
        if texts.for_reader(self.language).is_none() {
            return self.again(StatusCode::UNPROCESSABLE_ENTITY, typed, vec![Mistake::NoText]).await;
        }
        let after = self.draft.as_ref().map(|draft| (draft.id, typed.version));
        let saving =
            self.opened.desk.save_page(self.viewer, after, &place, &texts, publication, Timestamp::now()).await;
        match saving {
            Ok(Saved::As(_)) => {
                let done = match publication {
                    Publication::Draft => "saved",
                    Publication::Published => "published",
                    Publication::Withdrawn => "withdrawn",
                };
                Ok(see_other(&format!("{PATH}/{}?lang={}&done={done}", place.slug, self.language)))
            }
            Ok(Saved::Held) => self.again(StatusCode::CONFLICT, typed, vec![Mistake::Held]).await,
            Ok(Saved::SlugTaken) => self.again(StatusCode::UNPROCESSABLE_ENTITY, typed, vec![Mistake::SlugTaken]).await,
            Err(DeskError::Database(error)) if !matches!(error, crate::postgres::DatabaseError::Row(_)) => {
                tracing::warn!(%error, "a page could not be saved");
                self.again(StatusCode::SERVICE_UNAVAILABLE, typed, vec![Mistake::Away]).await
            }
            Err(error) => Err(away(error)),
        }
    }

    async fn page(
        &self,
        typed: Typed,
        mistakes: Vec<Mistake>,
        preview: Option<Preview>,
        done: Option<String>,
    ) -> Result<EditPage> {
        let Self { opened, viewer, draft, language } = self;
        let path = draft.as_ref().map_or_else(|| format!("{PATH}/new"), |draft| format!("{PATH}/{}", draft.slug));
        let mut shell = session::shell(opened, viewer, Nav::Pages, "page-new", &path).await?;
        let directory = opened.desk.directory().await.map_err(away)?;
        let words = shell.words;
        if let Some((_, text)) = draft.as_ref().and_then(|draft| draft.texts.for_reader(viewer.language)) {
            shell.title = text.title.clone();
        }
        let votes = match draft {
            Some(draft) => Some(opened.desk.votes(draft.id).await.map_err(away)?),
            None => None,
        };
        let tabs = Language::ALL.iter().map(|other| LanguageTab {
            language: *other,
            name: words.say(&format!("language-{other}")),
            path: format!("{path}?lang={other}"),
            is_written: draft.as_ref().is_some_and(|draft| draft.texts.in_language(*other).is_some()),
        });
        let kinds = PageKind::ALL.iter().map(|kind| Choice {
            value: kind.name().to_owned(),
            name: words.say(&format!("kind-{kind}")),
            is_chosen: typed.kind == kind.name(),
        });
        let topics = directory.topics.iter().map(|topic| Choice {
            value: topic.slug.clone(),
            name: topic.names.text(viewer.language).to_owned(),
            is_chosen: typed.topic == topic.slug,
        });
        Ok(EditPage {
            token: session::seal(opened, viewer),
            version: draft.as_ref().map_or(0, |draft| draft.latest_version),
            state: draft.as_ref().map(|draft| State::of(draft.latest_version, draft.published_version)),
            saved: draft.as_ref().map(|draft| saved_words(&shell, draft.saved_by.as_deref(), &draft.saved_at)),
            public_path: draft.as_ref().map(|draft| format!("/{language}/pages/{}", draft.slug)),
            tabs: tabs.collect(),
            kinds: kinds.collect(),
            topics: topics.collect(),
            language: *language,
            text: typed.text(),
            slug: typed.slug,
            position: typed.position,
            done: done.filter(|done| ["saved", "published", "withdrawn"].contains(&done.as_str())),
            path,
            votes,
            mistakes,
            preview,
            shell,
        })
    }
}

/// What changed in the parts of a text.
pub(super) fn changes(before: &Option<PageText>, after: &PageText) -> Vec<Change> {
    let before = before.clone().unwrap_or_default();
    let parts = PagePart::ALL.iter().filter(|part| before.part(**part) != after.part(**part));
    parts.map(|part| Change { part: *part, pieces: difference(before.part(*part), after.part(*part)) }).collect()
}
