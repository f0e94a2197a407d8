//! The organisation, its divisions, topics and colours, for administrators. Each is a [`Setting`]: what it is now as the
//! values of its fields, the fields, and the change that values mean.

mod colours;
mod division;
mod fields;
pub mod logo;
mod organisation;
mod question;
mod topic;

use std::collections::BTreeMap;

use poem::http::StatusCode;
use poem::web::{Data, Path, Query};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::desk::DeskError;
use crate::desk::house::{HouseChange, Settled};
use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::division::Directory;
use crate::domain::questionnaire::Answering;
use crate::language::Words;
use crate::web::answer::{self, see_other};
use crate::web::form::Form;
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::session;
use crate::web::staff::view::settings::{Group, Line, Part, SettingPage, SettingsPage};
use crate::web::staff::view::shell::Nav;
use crate::web::staff::wording::administrator;

const PATH: &str = "/staff/settings";

/// What stands in the fields of a setting, by their names.
type Values = BTreeMap<String, String>;
/// What is wrong: the field and a sentence.
type Mistake = (String, String);

/// Something that can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Setting {
    Organisation,
    Colours,
    Division(String),
    NewDivision,
    Topic(String),
    NewTopic,
    /// Of a topic, by name.
    Question(String, String),
    NewQuestion(String, Answering),
}

impl Setting {
    /// The setting of a path below [`PATH`].
    fn at(path: &str) -> Option<Self> {
        Some(match path.split_once('/') {
            None if path == "organisation" => Self::Organisation,
            None if path == "colours" => Self::Colours,
            Some(("divisions", "new")) => Self::NewDivision,
            Some(("divisions", slug)) => Self::Division(slug.to_owned()),
            Some(("topics", "new")) => Self::NewTopic,
            Some(("topics", topic)) => match topic.split('/').collect::<Vec<_>>()[..] {
                [slug] => Self::Topic(slug.to_owned()),
                [slug, "questions", name] => Self::Question(slug.to_owned(), name.to_owned()),
                [slug, "questions", "new", by] => Self::NewQuestion(slug.to_owned(), Answering::from_name(by).ok()?),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn path(&self) -> String {
        match self {
            Self::Organisation => format!("{PATH}/organisation"),
            Self::Colours => format!("{PATH}/colours"),
            Self::Division(slug) => format!("{PATH}/divisions/{slug}"),
            Self::NewDivision => format!("{PATH}/divisions/new"),
            Self::Topic(slug) => format!("{PATH}/topics/{slug}"),
            Self::NewTopic => format!("{PATH}/topics/new"),
            Self::Question(topic, name) => format!("{PATH}/topics/{topic}/questions/{name}"),
            Self::NewQuestion(topic, by) => format!("{PATH}/topics/{topic}/questions/new/{by}"),
        }
    }

    fn title(&self, directory: &Directory, words: Words) -> String {
        match self {
            Self::Organisation => words.say("settings-organisation"),
            Self::Colours => words.say("settings-colours"),
            Self::NewDivision => words.say("settings-division-new"),
            Self::NewTopic => words.say("settings-topic-new"),
            Self::Division(slug) => {
                let division = directory.division_called(slug);
                division.map(|division| division.names.text(words.language).to_owned()).unwrap_or_default()
            }
            Self::Topic(slug) => {
                let topic = directory.topic(slug);
                topic.map(|topic| topic.names.text(words.language).to_owned()).unwrap_or_default()
            }
            Self::Question(topic, name) => {
                let question = directory.questionnaire(topic).and_then(|set| set.question(name));
                question.map(|question| question.labels.text(words.language).to_owned()).unwrap_or_default()
            }
            Self::NewQuestion(_, by) => words.say(&format!("questions-new-{by}")),
        }
    }

    /// What it is now; none where there is no such thing.
    fn values(&self, directory: &Directory) -> Option<Values> {
        Some(match self {
            Self::Organisation => organisation::values(&directory.organisation),
            Self::Colours => colours::values(directory.organisation.colours),
            Self::Division(slug) => division::values(directory.division_called(slug)?),
            Self::NewDivision => division::blank(directory),
            Self::Topic(slug) => topic::values(directory.topic(slug)?, directory),
            Self::NewTopic => topic::blank(directory),
            Self::Question(topic, name) => question::values(directory.questionnaire(topic)?, name)?,
            Self::NewQuestion(topic, by) => {
                directory.topic(topic)?;
                question::blank(directory.questionnaire(topic), *by)
            }
        })
    }

    fn groups(&self, values: &Values, directory: &Directory, words: Words) -> Vec<Group> {
        match self {
            Self::Organisation => organisation::groups(values, words),
            Self::Colours => colours::groups(values, words),
            Self::Division(_) => division::groups(values, words, fields::Slug::Kept),
            Self::NewDivision => division::groups(values, words, fields::Slug::Asked),
            Self::Topic(_) => topic::groups(values, directory, words, fields::Slug::Kept),
            Self::NewTopic => topic::groups(values, directory, words, fields::Slug::Asked),
            Self::Question(..) | Self::NewQuestion(..) => question::groups(values, words),
        }
    }

    fn is_new(&self) -> bool {
        matches!(self, Self::NewDivision | Self::NewTopic | Self::NewQuestion(..))
    }

    /// What it belongs to.
    fn above(&self) -> Option<Self> {
        match self {
            Self::Question(topic, _) | Self::NewQuestion(topic, _) => Some(Self::Topic(topic.clone())),
            _ => None,
        }
    }

    /// What else is set below it.
    fn below(&self, directory: &Directory, words: Words) -> Vec<Part> {
        match self {
            Self::Topic(topic) => vec![question::part(directory, topic, words)],
            _ => Vec::new(),
        }
    }

    /// What values mean, or what is wrong with them.
    fn change(&self, values: &Values, directory: &Directory, words: Words) -> Result<HouseChange, Vec<Mistake>> {
        match self {
            Self::Organisation => organisation::change(values, words),
            Self::Colours => colours::change(values, words),
            Self::Division(slug) => division::read(values, directory, slug, words).map(HouseChange::Division),
            Self::NewDivision => {
                let entry = |slug: &str| division::read(values, directory, slug, words);
                fields::with_slug(values, words, entry).map(HouseChange::NewDivision)
            }
            Self::Topic(slug) => topic::read(values, directory, slug, words).map(HouseChange::Topic),
            Self::NewTopic => {
                let entry = |slug: &str| topic::read(values, directory, slug, words);
                fields::with_slug(values, words, entry).map(HouseChange::NewTopic)
            }
            Self::Question(topic, name) => {
                let question = directory.questionnaire(topic).and_then(|set| set.question(name));
                let by = question.map_or(Answering::Line, |question| question.kind.answering());
                question::read(values, topic, name, by, words).map(HouseChange::Question)
            }
            Self::NewQuestion(topic, by) => {
                question::is_there_room(directory.questionnaire(topic), words)?;
                question::read(values, topic, "", *by, words).map(HouseChange::NewQuestion)
            }
        }
    }
}

/// All that can be set.
#[handler]
pub async fn list(request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = administrator(request, &site).await?;
    let shell = session::shell(opened, &viewer, Nav::Settings, "nav-settings", PATH).await?;
    let directory = opened.desk.directory().await.map_err(away)?;
    let (words, language) = (shell.words, viewer.language);
    let line =
        |setting: Setting, state: String| Line { title: setting.title(&directory, words), path: setting.path(), state };
    let organisation = directory.organisation.names.text(language).to_owned();
    let colours =
        if directory.organisation.colours.is_some() { "settings-colours-own" } else { "settings-colours-default" };
    let logo = if directory.organisation.logo.is_some() { "settings-logo-own" } else { "settings-colours-default" };
    let logo = Line { title: words.say("settings-logo"), path: format!("{PATH}/logo"), state: words.say(logo) };
    let own = vec![line(Setting::Organisation, organisation), logo, line(Setting::Colours, words.say(colours))];
    let divisions = directory.divisions.iter().map(|division| {
        line(Setting::Division(division.slug.clone()), format!("{} {}", division.telephone, division.email))
    });
    let topics = directory.topics.iter().map(|topic| {
        let division = directory.division(topic.division).map(|division| division.names.text(language).to_owned());
        line(Setting::Topic(topic.slug.clone()), division.unwrap_or_default())
    });
    let more = |setting: Setting| vec![(setting.path(), setting.title(&directory, words))];
    let part = |key: &str, lines, more| Part { title: words.say(key), hint: String::new(), lines, more, links: vec![] };
    let parts = vec![
        part("settings-organisation-part", own, Vec::new()),
        part("settings-divisions", divisions.collect(), more(Setting::NewDivision)),
        part("settings-topics", topics.collect(), more(Setting::NewTopic)),
    ];
    Ok(answer::ok(&SettingsPage { parts, shell }))
}

/// `?done=saved`.
#[derive(Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// One setting.
#[handler]
pub async fn read(
    Path(path): Path<String>,
    Query(asked): Query<Asked>,
    request: &Request,
    site: Data<&Site>,
) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = administrator(request, &site).await?;
    let directory = opened.desk.directory().await.map_err(away)?;
    let (setting, now) = known(&path, &directory)?;
    let mut page = shown(opened, &viewer, &setting, &directory, &now, &now, Vec::new()).await?;
    page.is_saved = asked.done.is_some();
    Ok(answer::ok(&page))
}

/// Saves a setting.
#[handler]
pub async fn save(Path(path): Path<String>, request: &Request, body: Body, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let (form, _) = Form::read(request, RequestBody::new(body)).await;
    let viewer = administrator(request, &site).await?;
    let directory = opened.desk.directory_now().await.map_err(away)?;
    let (setting, now) = known(&path, &directory)?;
    let words = Words::staff(viewer.language);
    // Only what the setting has fields for.
    let typed: Values = now.keys().map(|name| (name.clone(), form.text(name).trim().to_owned())).collect();
    let again = async |status, mistakes| {
        let page = shown(opened, &viewer, &setting, &directory, &typed, &now, mistakes).await?;
        Ok(answer::page(status, &page))
    };
    let whole = |key: &str| vec![(String::new(), words.say(key))];
    if session::open(opened, &viewer, form.text("token")).is_err() {
        return again(StatusCode::FORBIDDEN, whole("refused-stale")).await;
    }
    if !now.keys().all(|name| form.has(name)) {
        return Err(poem::Error::from_status(StatusCode::BAD_REQUEST));
    }
    let held = async |directory: &Directory| {
        let Some(now) = setting.values(directory) else {
            return Err(poem::Error::from_status(StatusCode::NOT_FOUND));
        };
        let groups = setting.groups(&now, directory, words);
        let changed = groups
            .into_iter()
            .flat_map(|group| group.fields)
            .filter(|field| typed.get(&field.name).is_some_and(|typed| *typed != field.value));
        let told = changed.map(|field| {
            let parts = [("field", field.label.as_str().into()), ("value", field.shown().into())];
            (field.name.clone(), words.tell("settings-now", &parts))
        });
        let told = whole("settings-held").into_iter().chain(told).collect();
        let page = shown(opened, &viewer, &setting, directory, &typed, &now, told).await?;
        Ok(answer::page(StatusCode::CONFLICT, &page))
    };
    // What is new takes nothing from anybody.
    let is_as_shown = |values: &Values| setting.is_new() || form.text("before") == fingerprint(values);
    if !is_as_shown(&now) {
        return held(&directory).await;
    }
    let change = match setting.change(&typed, &directory, words) {
        Ok(change) => change,
        Err(mistakes) => return again(StatusCode::UNPROCESSABLE_ENTITY, mistakes).await,
    };
    let still_so = |directory: &Directory| setting.values(directory).is_some_and(|values| is_as_shown(&values));
    let settled = match opened.desk.change_house(&viewer, &change, &still_so).await {
        Err(DeskError::Database(error)) => {
            tracing::warn!(%error, "a setting could not be saved");
            return again(StatusCode::SERVICE_UNAVAILABLE, whole("refused-away")).await;
        }
        settled => settled.map_err(away)?,
    };
    match settled {
        Settled::Held => held(&*opened.desk.directory_now().await.map_err(away)?).await,
        Settled::SlugTaken => {
            let taken = vec![(fields::SLUG.to_owned(), words.say("settings-slug-taken"))];
            again(StatusCode::UNPROCESSABLE_ENTITY, taken).await
        }
        Settled::Done => {
            let path = match change {
                HouseChange::NewDivision(entry) => Setting::Division(entry.slug).path(),
                HouseChange::NewTopic(entry) => Setting::Topic(entry.slug).path(),
                HouseChange::NewQuestion(entry) => Setting::Topic(entry.topic).path(),
                _ => setting.path(),
            };
            Ok(see_other(&format!("{path}?done=saved")))
        }
    }
}

fn known(path: &str, directory: &Directory) -> Result<(Setting, Values)> {
    let setting = Setting::at(path).and_then(|setting| Some((setting.values(directory)?, setting)));
    let (values, setting) = setting.ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    Ok((setting, values))
}

/// Tells whether a setting is still what a page showed.
fn fingerprint(values: &Values) -> String {
    let mut hash = Sha256::new();
    for (name, value) in values {
        for part in [name, value] {
            hash.update(part.as_bytes());
            hash.update(b"\0");
        }
    }
    data_encoding::HEXLOWER.encode(&hash.finalize()[..16])
}

async fn shown(
    opened: &Opened,
    viewer: &Viewer,
    setting: &Setting,
    directory: &Directory,
    typed: &Values,
    now: &Values,
    mistakes: Vec<Mistake>,
) -> Result<SettingPage> {
    let mut shell = session::shell(opened, viewer, Nav::Settings, "nav-settings", &setting.path()).await?;
    shell.title = setting.title(directory, shell.words);
    let words = shell.words;
    let above = setting.above();
    let back = above.as_ref().map(|above| (above.path(), above.title(directory, words)));
    Ok(SettingPage {
        back: back.unwrap_or_else(|| (PATH.to_owned(), words.say("nav-settings"))),
        below: setting.below(directory, words),
        token: session::seal(opened, viewer),
        before: fingerprint(now),
        groups: setting.groups(typed, directory, shell.words),
        mistakes,
        is_saved: false,
        shell,
    })
}
