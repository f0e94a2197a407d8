//! Logging what did not come by itself: a call, a fax, a visit, a letter.

mod received;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;

use crate::desk::receive::Arrival;
use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::channel::Channel;
use crate::domain::division::Directory;
use crate::domain::person::EmailAddress;
use crate::domain::phone;
use crate::domain::questionnaire::{Answered, Questionnaire};
use crate::domain::reference::{BadReference, Reference};
use crate::domain::routing::OTHER;
use crate::language::Words;
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::kept::{self, Kept, Unkept};
use crate::web::public::failure::away;
use crate::web::questionnaire::{self, Asking, Filled, Writer};
use crate::web::seal::Sealed;
use crate::web::site::{Opened, Site};
use crate::web::staff::view::pages::{Choice, LogPage, options};
use crate::web::staff::view::shell::Nav;
use crate::web::staff::{failure, session};

const FIELDS: [&str; 10] =
    ["channel", "name", "reading", "organisation", "phone", "email", "topic", "subject", "message", "reference"];
const BY_HAND: [Channel; 4] = [Channel::Phone, Channel::Fax, Channel::Visit, Channel::Post];

/// What of the form is known already.
#[derive(Deserialize)]
pub struct Asked {
    channel: Option<String>,
    reference: Option<String>,
    topic: Option<String>,
}

pub(super) type Typed = BTreeMap<&'static str, String>;

/// The blank form.
#[handler]
pub async fn page(Query(asked): Query<Asked>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let opened = site.opened()?;
    let directory = opened.desk.directory().await.map_err(away)?;
    let known = [("channel", asked.channel), ("reference", asked.reference), ("topic", asked.topic)];
    let logged = Logged {
        opened,
        viewer: &viewer,
        asked: directory.questionnaires.clone(),
        directory,
        form: Form::default(),
        typed: known.into_iter().map(|(name, known)| (name, known.unwrap_or_default())).collect(),
        kept: Vec::new(),
        now: Timestamp::now(),
    };
    Ok(answer::ok(&logged.shown(Vec::new(), Vec::new()).await?))
}

/// Stores what was logged: a new ticket, or a message of the one that was named.
#[handler]
pub async fn log(request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let (form, broken) = Form::read(request, RequestBody::new(body)).await;
    let directory = opened.desk.directory().await.map_err(away)?;
    let viewer = match session::viewer(request, &site).await {
        Err(error) if error.is_from_response() && !form.text("message").is_empty() => {
            let language = session::language(request);
            let written = received::in_words(&form, &directory, Words::staff(language));
            return Ok(failure::signed_out(language, &written));
        }
        viewer => viewer?,
    };
    let now = Timestamp::now();
    let logged = Logged {
        opened,
        viewer: &viewer,
        asked: questionnaire::asked(opened, &form, &directory, now).await,
        directory,
        typed: FIELDS.iter().map(|name| (*name, form.text(name).trim().to_owned())).collect(),
        kept: kept::named(&opened.sealer, &viewer.session, &form, now),
        form,
        now,
    };
    let Ok(sealed) = session::open(opened, &viewer, logged.form.text("token")) else {
        return logged.refuse(StatusCode::FORBIDDEN, "phone", "refused-stale").await;
    };
    if !viewer.role.may_change() {
        return logged.refuse(StatusCode::FORBIDDEN, "message", "refused-role").await;
    }
    if !logged.form.too_large.is_empty() {
        let names = logged.form.too_large.iter().map(|file| file.filename.as_str()).collect::<Vec<_>>().join(", ");
        let sentence = logged.words().with("log-files-left-out", "names", names);
        let mistakes = vec![(kept::ATTACHMENTS.to_owned(), sentence)];
        return logged.again(StatusCode::PAYLOAD_TOO_LARGE, mistakes, Vec::new()).await;
    }
    if broken.is_some() {
        return logged.refuse(StatusCode::PAYLOAD_TOO_LARGE, kept::ATTACHMENTS, "log-files-large").await;
    }
    logged.receive(sealed).await
}

/// What staff wrote down, and what its answer needs.
struct Logged<'a> {
    opened: &'a Opened,
    viewer: &'a Viewer,
    directory: Arc<Directory>,
    form: Form,
    typed: Typed,
    /// Files that need not be chosen again.
    kept: Vec<Kept>,
    /// The questions of topics as the page asked them.
    asked: Vec<Questionnaire>,
    now: Timestamp,
}

impl Logged<'_> {
    fn words(&self) -> Words {
        Words::staff(self.viewer.language)
    }

    async fn receive(mut self, sealed: Sealed) -> Result<Response> {
        let (reference, mistakes) = check(&self.typed);
        let mut mistakes = in_words(self.words(), mistakes);
        if let Ok(Some(named)) = reference
            && self.opened.desk.head(self.viewer, named).await.is_err()
        {
            mistakes.push(("reference".to_owned(), self.words().say("log-no-ticket")));
        }
        let answered = self.answered().unwrap_or_else(|wrong| {
            mistakes.extend(wrong);
            None
        });
        if !mistakes.is_empty() {
            let suggestions = match reference {
                Err(BadReference::CheckDigit) => near(self.opened, self.viewer, &self.typed["reference"]).await?,
                _ => Vec::new(),
            };
            return self.again(StatusCode::UNPROCESSABLE_ENTITY, mistakes, suggestions).await;
        }
        let files = match kept::all(self.opened, &self.viewer.session, &mut self.form, self.now).await {
            Ok(files) => files,
            Err(Unkept::Gone) => {
                return self.refuse(StatusCode::UNPROCESSABLE_ENTITY, kept::ATTACHMENTS, "log-file-gone").await;
            }
            Err(Unkept::TooLarge | Unkept::TooMany) => {
                return self.refuse(StatusCode::PAYLOAD_TOO_LARGE, kept::ATTACHMENTS, "log-files-large").await;
            }
            Err(error) => {
                tracing::error!(%error, "the files of what was logged could not be read");
                return self.refuse(StatusCode::SERVICE_UNAVAILABLE, kept::ATTACHMENTS, "refused-away").await;
            }
        };
        let enquiry = self.enquiry(reference.ok().flatten(), answered, files, sealed);
        let stored = self.opened.intake.receive(Arrival::Enquiry(Box::new(enquiry))).await.map_err(away)?;
        match stored.ticket {
            Some(ticket) => Ok(see_other(&format!("/staff/tickets/{ticket}"))),
            None => Ok(see_other("/staff/arrivals")),
        }
    }

    /// What was answered to the questions of the chosen topic.
    fn answered(&self) -> std::result::Result<Option<Answered>, Vec<(String, String)>> {
        let Some(set) = self.asked.iter().find(|set| set.topic == self.typed["topic"]) else { return Ok(None) };
        let read = questionnaire::read(&self.form, &self.kept, set, Writer::Staff, self.directory.day(self.now));
        read.map_err(|wrong| {
            let wrong = wrong.into_iter();
            wrong.map(|(field, mistake)| (field, mistake.sentence(self.words()))).collect()
        })
    }

    async fn refuse(self, status: StatusCode, field: &'static str, key: &'static str) -> Result<Response> {
        let mistakes = in_words(self.words(), vec![(field, key)]);
        self.again(status, mistakes, Vec::new()).await
    }

    /// The form again with what was written, its files kept for it.
    async fn again(
        mut self,
        status: StatusCode,
        mistakes: Vec<(String, String)>,
        suggestions: Vec<String>,
    ) -> Result<Response> {
        match kept::keep(self.opened, &self.viewer.session, &mut self.form.files, self.now).await {
            Ok(kept) => self.kept.extend(kept),
            Err(error) => tracing::error!(%error, "the files of what was logged could not be kept"),
        }
        Ok(answer::page(status, &self.shown(mistakes, suggestions).await?))
    }

    async fn shown(self, mistakes: Vec<(String, String)>, suggestions: Vec<String>) -> Result<LogPage> {
        let typed = |name: &str| self.typed.get(name).map_or("", String::as_str);
        let channel = Channel::from_name(typed("channel")).unwrap_or(Channel::Phone);
        let title = format!("log-title-{}", channel.name());
        let shell = session::shell(self.opened, self.viewer, Nav::Elsewhere, &title, "/staff/tickets/new").await?;
        let words = shell.words;
        let topic = Some(typed("topic")).filter(|topic| !topic.is_empty()).unwrap_or(OTHER);
        let topics = self
            .directory
            .topics
            .iter()
            .map(|one| (one.slug.clone(), one.names.text(words.language).to_owned(), one.slug == topic));
        let answers = questionnaire::typed(&self.form, &self.asked).into_iter();
        let answers: Vec<(String, String)> = answers.map(|(field, typed)| (field, typed.to_owned())).collect();
        let asking = Asking {
            writer: Writer::Staff,
            words,
            topics: self.directory.topics.iter().collect(),
            directory: &self.directory,
            asked: &self.asked,
            today: self.directory.day(self.now),
            upload: None,
        };
        let sets = asking.sets(&Filled { typed: &answers, kept: &self.kept, errors: &mistakes });
        let of_a_question = |file: &Kept| questionnaire::is_of_a_question(&file.field, topic, &self.asked);
        Ok(LogPage {
            token: session::seal(self.opened, self.viewer),
            topics: Choice { name: "topic", label: words.say("topic"), options: topics.collect() },
            channels: Choice {
                name: "channel",
                label: words.say("channel"),
                options: options(words, "channel", &BY_HAND, Some(channel)),
            },
            sets,
            kept: self.kept.iter().filter(|file| !of_a_question(file)).cloned().collect(),
            typed: self.typed,
            mistakes,
            suggestions,
            shell,
        })
    }
}

fn in_words(words: Words, mistakes: Vec<(&'static str, &'static str)>) -> Vec<(String, String)> {
    mistakes.into_iter().map(|(field, key)| (field.to_owned(), words.say(key))).collect()
}

type Meant = std::result::Result<Option<Reference>, BadReference>;

/// The ticket that was named, and what is wrong with the rest.
fn check(typed: &Typed) -> (Meant, Vec<(&'static str, &'static str)>) {
    let mut mistakes = Vec::new();
    if Channel::from_name(&typed["channel"]).map_or(true, |channel| !BY_HAND.contains(&channel)) {
        mistakes.push(("channel", "log-how"));
    }
    mistakes.extend(mistakes_of_words(typed));
    let reference = match typed["reference"].as_str() {
        "" => Ok(None),
        text => Reference::read(text).map(Some),
    };
    match reference {
        Err(BadReference::CheckDigit) => mistakes.push(("reference", "log-bad-reference")),
        Err(BadReference::Form) => mistakes.push(("reference", "log-no-ticket")),
        Ok(_) => {}
    }
    (reference, mistakes)
}

/// What is wrong with the text, the address and the number that staff wrote down.
pub(super) fn mistakes_of_words(typed: &Typed) -> Vec<(&'static str, &'static str)> {
    let mut mistakes = Vec::new();
    if typed["message"].is_empty() {
        mistakes.push(("message", "log-empty"));
    }
    if !typed["email"].is_empty() && EmailAddress::parse(&typed["email"]).is_err() {
        mistakes.push(("email", "log-bad-email"));
    }
    if !typed["phone"].is_empty() && phone::read(&typed["phone"]).is_none() {
        mistakes.push(("phone", "log-bad-phone"));
    }
    mistakes
}

/// Tickets whose reference may have been misheard as this one.
async fn near(opened: &Opened, viewer: &Viewer, text: &str) -> Result<Vec<String>> {
    let mut there = Vec::new();
    for reference in Reference::suggestions(text) {
        if there.len() < 5 && opened.desk.head(viewer, reference).await.is_ok() {
            there.push(reference.to_string());
        }
    }
    Ok(there)
}
