//! The directory of sister cities, for staff: taken home as a file, and replaced by one, after a look at what changes.

pub mod sheet;

use std::collections::HashSet;

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;

use crate::desk::kept_files::KEPT_FOR;
use crate::desk::site::sister_cities::{Replaced, SisterCities};
use crate::desk::staff::Viewer;
use crate::domain::division::Names;
use crate::domain::enquiry::File;
use crate::domain::language::Language;
use crate::domain::sister_city::{Entry, Truth};
use crate::language::{Words, dates, places};
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::kept;
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::session;
use crate::web::staff::site::{saved_words, writer};
use crate::web::staff::view::shell::Nav;
use crate::web::staff::view::sister_cities::{Preview, Refusal, SisterCitiesPage};
use sheet::Column;

const PATH: &str = "/staff/sister-cities";
/// Lines of a preview, and mistakes, that are shown.
const MOST_SHOWN: usize = 100;

/// `?done=replaced`.
#[derive(Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// What there is, and how to change it.
#[handler]
pub async fn overview(Query(asked): Query<Asked>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let mut page = shown(site.opened()?, &viewer).await?;
    page.is_done = asked.done.is_some();
    Ok(answer::ok(&page))
}

/// The directory as a file.
#[handler]
pub async fn download(request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let directory = site.opened()?.desk.sister_cities().await.map_err(away)?;
    let words = Words::staff(viewer.language);
    let name = format!("{}.csv", words.say("sister-cities"));
    Ok(answer::download(&name, sheet::write(&directory.entries, words)))
}

/// Shows what a file would change, or replaces the directory by it.
#[handler]
pub async fn replace(request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let (mut form, broken) = Form::read(request, RequestBody::new(body)).await;
    let viewer = writer(request, &site).await?;
    let refuse = async |status, refusal| {
        let mut page = shown(opened, &viewer).await?;
        page.refusal = Some(refusal);
        Ok(answer::page(status, &page))
    };
    if session::open(opened, &viewer, form.text("token")).is_err() {
        return refuse(StatusCode::FORBIDDEN, Refusal::Stale).await;
    }
    if broken.is_some() || !form.too_large.is_empty() {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, Refusal::TooLarge).await;
    }
    let now = Timestamp::now();
    let Some(sent) = sent(opened, &viewer, &mut form, now).await else {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, Refusal::NoFile).await;
    };
    let entries = match sheet::read(&sent.content) {
        Ok(entries) => entries,
        Err(troubles) => return refuse(StatusCode::UNPROCESSABLE_ENTITY, Refusal::Troubles(troubles)).await,
    };
    let look = async |refusal| {
        let mut page = shown(opened, &viewer).await?;
        let directory = opened.desk.sister_cities().await.map_err(away)?;
        page.preview = Some(preview(opened, &viewer, &directory, &entries, &sent, now));
        page.refusal = refusal;
        Ok::<_, poem::Error>(page)
    };
    if form.has("step") {
        opened.desk.keep_files(std::slice::from_ref(&sent), now + KEPT_FOR).await.map_err(away)?;
        return Ok(answer::ok(&look(None).await?));
    }
    let after = form.text("version").parse().unwrap_or_default();
    match opened.desk.replace_sister_cities(&viewer, after, &entries, now).await.map_err(away)? {
        Replaced::Done => Ok(see_other(&format!("{PATH}?done=replaced"))),
        Replaced::Held => Ok(answer::page(StatusCode::CONFLICT, &look(Some(Refusal::Held)).await?)),
    }
}

/// The file that came, or that was kept since it was looked at.
async fn sent(opened: &Opened, viewer: &Viewer, form: &mut Form, now: Timestamp) -> Option<File> {
    match form.files.first_mut() {
        Some(uploaded) => uploaded.file().ok(),
        None => kept::read(opened, &viewer.session, form, now).await.ok()?.pop(),
    }
}

async fn shown(opened: &Opened, viewer: &Viewer) -> Result<SisterCitiesPage> {
    let shell = session::shell(opened, viewer, Nav::SisterCities, "sister-cities", PATH).await?;
    let (directory, taken) =
        tokio::try_join!(opened.desk.sister_cities(), opened.desk.sister_cities_taken()).map_err(away)?;
    let seekers = directory.entries.iter().filter(|entry| entry.wish().is_some()).count();
    Ok(SisterCitiesPage {
        token: session::seal(opened, viewer),
        version: directory.version,
        affiliations: directory.entries.len() - seekers,
        seekers,
        saved: saved_words(&shell, taken.by.as_deref(), &taken.at),
        columns: Column::all().map(|column| column.title(shell.words)).collect(),
        refusal: None,
        preview: None,
        is_done: false,
        shell,
    })
}

fn preview(
    opened: &Opened,
    viewer: &Viewer,
    directory: &SisterCities,
    entries: &[Entry],
    sent: &File,
    now: Timestamp,
) -> Preview {
    let words = Words::staff(viewer.language);
    let lines = |entries: &[Entry]| entries.iter().map(|entry| line(entry, words)).collect::<Vec<String>>();
    let (before, after) = (lines(&directory.entries), lines(entries));
    let known: HashSet<&String> = before.iter().collect();
    let wanted: HashSet<&String> = after.iter().collect();
    let added: Vec<String> = after.iter().filter(|line| !known.contains(line)).cloned().collect();
    let removed: Vec<String> = before.iter().filter(|line| !wanted.contains(line)).cloned().collect();
    let kept = kept::name(&opened.sealer, &viewer.session, [(kept::ATTACHMENTS, sent)], now);
    Preview {
        unchanged: after.len() - added.len(),
        added_besides: added.len().saturating_sub(MOST_SHOWN),
        removed_besides: removed.len().saturating_sub(MOST_SHOWN),
        added: added.into_iter().take(MOST_SHOWN).collect(),
        removed: removed.into_iter().take(MOST_SHOWN).collect(),
        kept: kept.into_iter().next().map(|kept| kept.signed).unwrap_or_default(),
    }
}

/// A text in all its languages, the reader's first.
fn written(names: &Names, reader: Language) -> String {
    let first = names.text(reader);
    let others = names.all().filter(|text| *text != first);
    std::iter::once(first).chain(others).collect::<Vec<_>>().join(" / ")
}

/// An entry in one line, with everything that is written in it.
fn line(entry: &Entry, words: Words) -> String {
    let language = words.language;
    let home = entry.home().map(|home| (&home.names, places::prefecture(home.prefecture, language)));
    let partner = entry.partner().map(|partner| (&partner.names, places::country(partner.country, language)));
    let sides = home.into_iter().chain(partner).map(|(names, place)| {
        let names = written(names, language);
        words.tell("sister-line-side", &[("names", names.into()), ("place", place.into())])
    });
    let since = entry.since().map(|since| dates::since(language, since));
    let wish = entry.wish().map(|wish| written(wish, language));
    let example = (entry.truth == Truth::Example).then(|| words.say("sister-column-example"));
    sides.chain(since).chain(wish).chain(example).collect::<Vec<_>>().join(" – ")
}
