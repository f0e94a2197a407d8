//! Pages that staff write, as the public reads them.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;

use crate::desk::site::readers::Vote;
use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::page::{Page, PageKind, PageText};
use crate::language::dates;
use crate::mail::markdown::prose;
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::public::shell::PublicDesk;
use crate::web::public::view::page::{Answered, Listed, QuestionsPage, ReadPage};
use crate::web::public::view::shell::{Section, tag};
use crate::web::site::{Opened, Site};

const PURPOSE: &str = "vote";

/// `?thanks=yes`: what the reader has just said. `?asking=yes`: they came from the form, where the page was offered.
#[derive(Deserialize)]
pub struct Reading {
    thanks: Option<String>,
    asking: Option<String>,
}

/// A page.
#[handler]
pub async fn read(
    Path((name, slug)): Path<(String, String)>,
    Query(reading): Query<Reading>,
    site: Data<&Site>,
) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let missing = || poem::Error::from_status(StatusCode::NOT_FOUND);
    let page = public.published.catalogue.page(&slug).ok_or_else(missing)?;
    let (written_in, text) = page.texts.for_reader(public.language).ok_or_else(missing)?;
    let answering = page.topic.as_ref().and_then(|topic| public.answering(topic));
    let mut shell = public.shell_at(answering, section(page.kind), &format!("pages/{slug}"));
    shell.title = text.title.clone();
    shell.description = text.summary.clone();
    let words = shell.words;
    let list = match page.kind {
        PageKind::Programme | PageKind::Conference => {
            Some(("start-programmes", format!("{}#programmes", shell.path(""))))
        }
        PageKind::Question => Some(("questions", shell.path("questions"))),
        PageKind::News | PageKind::Information => None,
    };
    let topic = page.topic.as_ref().map(|topic| format!("?topic={topic}")).unwrap_or_default();
    Ok(answer::kept(&ReadPage {
        prose: prose(&text.body),
        page: public.list_entry(page, written_in, text),
        list: list.map(|(key, href)| (words.say(key), href)),
        ask: shell.path(&format!("enquiries/new{topic}")),
        written_in: (written_in != public.language).then(|| words.say(&format!("page-written-in-{written_in}"))),
        updated: public.day(page.updated_at),
        thanks: reading.thanks.and_then(|vote| Vote::from_name(&vote).ok()),
        answers: if reading.asking.is_some() { Vote::Answered } else { Vote::Helpful },
        helpful: shell.path(&format!("pages/{slug}/helpful")),
        token: token(site.opened()?, public.now),
        shell,
    }))
}

/// The hidden token of pages: the same for all readers of a day, so that pages can be kept.
fn token(opened: &Opened, now: Timestamp) -> String {
    const DAY: i64 = 24 * 60 * 60;
    let until = Timestamp::from_second((now.as_second() / DAY + 2) * DAY).unwrap_or(Timestamp::MAX);
    opened.sealer.sign(PURPOSE, "", until)
}

fn section(kind: PageKind) -> Section {
    match kind {
        PageKind::Programme | PageKind::Conference => Section::Programmes,
        PageKind::Question => Section::Questions,
        PageKind::News | PageKind::Information => Section::Elsewhere,
    }
}

/// All questions with their answers.
#[handler]
pub async fn questions(Path(name): Path<String>, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let mut shell = public.shell(Section::Questions, "questions");
    shell.title = shell.words.say("questions");
    shell.description = shell.words.say("questions-lead");
    Ok(answer::kept(&QuestionsPage { questions: public.answered(PageKind::Question, usize::MAX), shell }))
}

/// Counts whether a page was helpful. Nobody is remembered, so whoever says it very often is no longer counted.
#[handler]
pub async fn helpful(
    Path((name, slug)): Path<(String, String)>,
    request: &Request,
    body: Body,
    site: Data<&Site>,
) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    let vote = Vote::from_name(form.text("answer")).map_err(|_| poem::Error::from_status(StatusCode::BAD_REQUEST))?;
    let page = public.published.catalogue.page(&slug);
    let page = page.ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    if site.opened()?.sealer.read(PURPOSE, form.text("token"), public.now).is_err() {
        return Err(poem::Error::from_status(StatusCode::FORBIDDEN));
    }
    if site.may_vote(request) {
        site.opened()?.desk.vote(page.id, public.language, vote, Timestamp::now()).await.map_err(away)?;
    }
    Ok(see_other(&format!("/{}/pages/{slug}?thanks={vote}#helpful", public.language)))
}

impl PublicDesk {
    /// The pages of a kind as a list shows them.
    pub(crate) fn listed(&self, kind: PageKind) -> Vec<Listed> {
        self.texts(kind).map(|(page, written_in, text)| self.list_entry(page, written_in, text)).collect()
    }

    /// The first pages of a kind with their texts.
    pub(crate) fn answered(&self, kind: PageKind, most: usize) -> Vec<Answered> {
        let answered = self.texts(kind).take(most).map(|(page, written_in, text)| Answered {
            question: self.list_entry(page, written_in, text),
            answer: prose(&text.body),
            id: page.slug.clone(),
        });
        answered.collect()
    }

    fn texts(&self, kind: PageKind) -> impl Iterator<Item = (&Page, Language, &PageText)> {
        self.published.catalogue.of_kind(kind).into_iter().filter_map(|page| {
            let (written_in, text) = page.texts.for_reader(self.language)?;
            Some((page, written_in, text))
        })
    }

    /// One page as a list shows it, where it is published.
    pub(crate) fn list_entry_of(&self, slug: &str) -> Option<Listed> {
        let page = self.published.catalogue.page(slug)?;
        let (written_in, text) = page.texts.for_reader(self.language)?;
        Some(self.list_entry(page, written_in, text))
    }

    pub(crate) fn list_entry(&self, page: &Page, written_in: Language, text: &PageText) -> Listed {
        Listed {
            title: text.title.clone(),
            summary: text.summary.clone(),
            href: format!("/{}/pages/{}", self.language, page.slug),
            date: self.day(page.published_at),
            foreign: (written_in != self.language).then(|| tag(written_in)),
        }
    }

    /// A day in the division's time, for people and for machines.
    pub(crate) fn day(&self, at: Timestamp) -> (String, String) {
        let day = self.directory.day(at);
        (dates::date_full(self.language, day), day.to_string())
    }
}
