//! The wording of automatic messages, for administrators.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use sha2::{Digest, Sha256};

use crate::desk::house::Settled;
use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::wording::{Automatic, BadWording, LONGEST_WORDING, Wording};
use crate::language::Words;
use crate::mail::header::one_line;
use crate::mail::letter::default_wording;
use crate::web::answer::{self, see_other};
use crate::web::form::{Form, FormError};
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::view::shell::Nav;
use crate::web::staff::view::wording::{Line, WordingPage, WordingsPage};
use crate::web::staff::{failure, session};

const PATH: &str = "/staff/settings/wording";

/// Every message in every language, and whether it was changed.
#[handler]
pub async fn list(request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = administrator(request, &site).await?;
    let shell = session::shell(opened, &viewer, Nav::Wording, "nav-wording", PATH).await?;
    let lines = lines(opened, shell.words, |at| shell.when(at)).await?;
    Ok(answer::ok(&WordingsPage { lines, shell }))
}

/// A message in one language.
#[handler]
pub async fn page(
    Path((message, language)): Path<(String, String)>,
    request: &Request,
    site: Data<&Site>,
) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = administrator(request, &site).await?;
    let (message, language) = named(&message, &language)?;
    let directory = opened.desk.directory().await.map_err(away)?;
    let wording = in_force(directory.wordings.of(message, language), message, language);
    let before = fingerprint(&wording);
    let shown = shown(opened, &viewer, (message, language), Typed { wording, before, now: None }, Vec::new()).await?;
    Ok(answer::ok(&shown))
}

/// Saves a wording, shows what it would look like, or gives it up for the program's.
#[handler]
pub async fn save(
    Path((message, language)): Path<(String, String)>,
    request: &Request,
    body: Body,
    site: Data<&Site>,
) -> Result<Response> {
    let opened = site.opened()?;
    let (form, broken) = Form::read(request, RequestBody::new(body)).await;
    let viewer = match administrator(request, &site).await {
        Err(error) if error.is_from_response() && !form.text("body").is_empty() => {
            return Ok(failure::signed_out(session::language(request), form.text("body")));
        }
        viewer => viewer?,
    };
    let (message, language) = named(&message, &language)?;
    let words = Words::staff(viewer.language);
    let wording = Wording {
        subject: one_line(form.text("subject")).trim().to_owned(),
        body: form.text("body").replace("\r\n", "\n").trim().to_owned(),
    };
    let again = async |status, mistakes| {
        let typed = Typed { wording: wording.clone(), before: form.text("before").to_owned(), now: None };
        let shown = shown(opened, &viewer, (message, language), typed, mistakes).await?;
        Ok(answer::page(status, &shown))
    };
    if broken == Some(FormError::TooLarge) {
        return again(StatusCode::PAYLOAD_TOO_LARGE, vec![in_words(words, message, &BadWording::TooLong)]).await;
    }
    if session::open(opened, &viewer, form.text("token")).is_err() {
        return again(StatusCode::FORBIDDEN, vec![("body", words.say("refused-stale"))]).await;
    }
    let step = form.text("step");
    let is_default = step == "default" || wording == default_wording(message, language);
    let mistakes = wording.mistakes(message);
    let mistakes: Vec<_> = mistakes.iter().map(|mistake| in_words(words, message, mistake)).collect();
    if !is_default && !mistakes.is_empty() {
        return again(StatusCode::UNPROCESSABLE_ENTITY, mistakes).await;
    }
    if step == "preview" {
        return again(StatusCode::OK, Vec::new()).await;
    }
    let wanted = Some(&wording).filter(|_| !is_default);
    let still_so = |now: Option<&Wording>| fingerprint(&in_force(now, message, language)) == form.text("before");
    let settled = opened.desk.word(&viewer, (message, language), wanted, &still_so, Timestamp::now()).await;
    if settled.map_err(away)? == Settled::Done {
        return Ok(see_other(&format!("{PATH}/{message}/{language}")));
    }
    let directory = opened.desk.directory_now().await.map_err(away)?;
    let now = in_force(directory.wordings.of(message, language), message, language);
    let typed = Typed { wording, before: fingerprint(&now), now: Some(now) };
    let mistakes = vec![("", words.say("wording-held"))];
    let shown = shown(opened, &viewer, (message, language), typed, mistakes).await?;
    Ok(answer::page(StatusCode::CONFLICT, &shown))
}

/// What a message says: what administrators made of it, or else the program's.
fn in_force(changed: Option<&Wording>, message: Automatic, language: Language) -> Wording {
    changed.cloned().unwrap_or_else(|| default_wording(message, language))
}

/// A wording on its page.
struct Typed {
    wording: Wording,
    /// Tells what the message said when the page was shown.
    before: String,
    /// What it says now, where somebody else changed it meanwhile.
    now: Option<Wording>,
}

/// Tells whether a message still says what a page showed.
fn fingerprint(wording: &Wording) -> String {
    let hash = Sha256::digest([&wording.subject, "\n", &wording.body].concat());
    data_encoding::HEXLOWER.encode(&hash[..16])
}

pub(crate) async fn administrator(request: &Request, site: &Site) -> Result<Viewer> {
    let viewer = session::viewer(request, site).await?;
    if !viewer.role.may_administer() {
        return Err(failure::not_theirs(&viewer, "refused-administrator"));
    }
    Ok(viewer)
}

fn named(message: &str, language: &str) -> Result<(Automatic, Language)> {
    let both = Automatic::from_name(message).ok().zip(Language::from_name(language).ok());
    both.ok_or_else(|| poem::Error::from_status(StatusCode::NOT_FOUND))
}

async fn lines(opened: &Opened, words: Words, when: impl Fn(&Timestamp) -> String) -> Result<Vec<Line>> {
    let changed = opened.desk.changed_wordings().await.map_err(away)?;
    let all = Automatic::ALL.iter().flat_map(|message| Language::ALL.iter().map(move |language| (*message, *language)));
    let lines = all.map(|(message, language)| {
        let change = changed.iter().find(|change| change.message == message && change.language == language);
        let state = match change {
            Some(change) => {
                words.tell("wording-changed", &[("who", change.by.as_str().into()), ("time", when(&change.at).into())])
            }
            None => words.say("wording-default"),
        };
        Line {
            message: words.say(&format!("wording-{message}")),
            language: words.say(&format!("language-{language}")),
            path: format!("{PATH}/{message}/{language}"),
            state,
            is_changed: change.is_some(),
        }
    });
    Ok(lines.collect())
}

async fn shown(
    opened: &Opened,
    viewer: &Viewer,
    (message, language): (Automatic, Language),
    Typed { wording, before, now }: Typed,
    mistakes: Vec<(&'static str, String)>,
) -> Result<WordingPage> {
    let path = format!("{PATH}/{message}/{language}");
    let mut shell = session::shell(opened, viewer, Nav::Wording, &format!("wording-{message}"), &path).await?;
    let words = shell.words;
    let mut lines = lines(opened, words, |at| shell.when(at)).await?;
    lines.retain(|line| line.path.starts_with(&format!("{PATH}/{message}/")));
    let directory = opened.desk.directory().await.map_err(away)?;
    let language_name = words.say(&format!("language-{language}"));
    let title = [("message", shell.title.as_str().into()), ("language", language_name.as_str().into())];
    shell.title = words.tell("wording-title", &title);
    let placeholders = message.placeholders().iter();
    let placeholders = placeholders.map(|one| (one.written(), words.say(&format!("placeholder-{one}"))));
    Ok(WordingPage {
        token: session::seal(opened, viewer),
        before,
        now,
        subject_hint: words.say(&format!("wording-subject-hint-{message}")),
        preview: opened.desk.preview(&directory, message, language, &wording, shell.now),
        placeholders: placeholders.collect(),
        path,
        language,
        lines,
        wording,
        mistakes,
        shell,
    })
}

/// A mistake in words, with the field that it is in.
fn in_words(words: Words, message: Automatic, mistake: &BadWording) -> (&'static str, String) {
    let known = message.placeholders().iter().map(|one| one.written()).collect::<Vec<_>>().join(" ");
    match mistake {
        BadWording::NoSubject => ("subject", words.say("wording-no-subject")),
        BadWording::NoBody => ("body", words.say("wording-no-body")),
        BadWording::Lacks(needed) => {
            ("body", words.with(&format!("wording-no-{needed}"), "placeholder", needed.written()))
        }
        BadWording::Unknown(typed) => {
            let told = [("typed", typed.as_str().into()), ("known", known.as_str().into())];
            ("body", words.tell("wording-unknown", &told))
        }
        BadWording::TooLong => ("body", words.with("wording-long", "limit", LONGEST_WORDING)),
    }
}
