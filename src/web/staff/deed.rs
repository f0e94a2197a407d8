//! What staff do to a ticket: forms below its path.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Body, Request, RequestBody, Response, Result, handler};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::desk::DeskError;
use crate::desk::change::Deed;
use crate::desk::kept_files::KEPT_FOR;
use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::change::{Change, LONGEST_BODY, Refusal, Seen};
use crate::domain::copies::Copies;
use crate::domain::division::Directory;
use crate::domain::language::Language;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::status::{Priority, Status};
use crate::language::Words;
use crate::web::answer::{self, see_other};
use crate::web::form::{Form, FormError};
use crate::web::kept::{self, Kept};
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::copies::{self, Recipients};
use crate::web::staff::ticket::{Again, reference, shown};
use crate::web::staff::view::ticket::{Draft, HeldDeed, Notice};
use crate::web::staff::{failure, session};

/// Carries out a form below a ticket's path.
#[handler]
pub async fn deed(
    Path((name, what)): Path<(String, String)>,
    request: &Request,
    body: Body,
    site: Data<&Site>,
) -> Result<Response> {
    let opened = site.opened()?;
    let ticket = reference(&name)?;
    let (mut form, broken) = Form::read(request, RequestBody::new(body)).await;
    let viewer = match session::viewer(request, &site).await {
        Err(error) if error.is_from_response() && !form.text("body").is_empty() => {
            return Ok(failure::signed_out(session::language(request), form.text("body")));
        }
        viewer => viewer?,
    };
    let words = Words::staff(viewer.language);
    let mut page = Page { opened, viewer: &viewer, ticket, what: &what, words, kept: Vec::new() };
    if broken == Some(FormError::TooLarge) && form.text("body").len() > LONGEST_BODY {
        return page.refuse(&form, StatusCode::PAYLOAD_TOO_LARGE, "refused-long").await;
    }
    let Ok(sealed) = session::open(opened, &viewer, form.text("token")) else {
        return page.refuse(&form, StatusCode::FORBIDDEN, "refused-stale").await;
    };
    if broken.is_some() || !form.too_large.is_empty() {
        return page.refuse(&form, StatusCode::PAYLOAD_TOO_LARGE, "refused-files").await;
    }
    let now = Timestamp::now();
    let Ok(files) = kept::all(opened, &viewer.session, &mut form, now).await else {
        return page.refuse(&form, StatusCode::UNPROCESSABLE_ENTITY, "refused-files").await;
    };
    // Where it is refused, the form that is shown again still has its files.
    if opened.desk.keep_files(&files, now + KEPT_FOR).await.is_err() {
        return page.refuse(&form, StatusCode::SERVICE_UNAVAILABLE, "refused-away").await;
    }
    page.kept = kept::name(&opened.sealer, &viewer.session, files.iter().map(|file| (kept::ATTACHMENTS, file)), now);
    let directory = opened.desk.directory().await.map_err(away)?;
    let change = match change(&what, &form, &directory, opened, words).await? {
        Ok(change) => change,
        Err(title) => {
            let (status, way) = (StatusCode::UNPROCESSABLE_ENTITY, words.say("refused-way"));
            return page.refuse_in_words(&form, status, title, way).await;
        }
    };
    let mut key = Sha256::new().chain_update(sealed.nonce).chain_update(what.as_bytes());
    key.update(format!("{change:?}"));
    files.iter().for_each(|file| key.update(file.sha256));
    let seen = if what == "note" { Seen::Whatever } else { session::seen(form.text("version")) };
    let deed = Deed { key: key.finalize().into(), change, seen, files };
    // What was begun is finished, though the browser goes away.
    let (desk, who) = (opened.desk.clone(), viewer.clone());
    let doing = tokio::spawn(async move { desk.change(&who, ticket, deed, now).await });
    let done = tokio::time::timeout(std::time::Duration::from_secs(10), doing).await;
    match done {
        Ok(Ok(Ok(()))) => Ok(see_other(&format!("/staff/tickets/{ticket}"))),
        Ok(Ok(Err(DeskError::Refused(refusal)))) => page.explain(&form, &refusal).await,
        Ok(Ok(Err(error @ DeskError::NotFound { .. }))) => Err(away(error)),
        _ => page.refuse(&form, StatusCode::SERVICE_UNAVAILABLE, "refused-away").await,
    }
}

/// What a form wants, or why that cannot be, in words.
async fn change(
    what: &str,
    form: &Form,
    directory: &Directory,
    opened: &Opened,
    words: Words,
) -> Result<std::result::Result<Change, String>> {
    let copies = match what {
        "reply" => match copies::read(form, directory, words) {
            Ok(copies) => copies,
            Err(title) => return Ok(Err(title)),
        },
        "address" => return Ok(copies::new_address(form, directory, words).map(Change::SetAddress)),
        _ => Copies::default(),
    };
    let chosen = chosen(what, form, directory, opened, copies).await?;
    Ok(chosen.ok_or_else(|| words.say("refused-choice")))
}

/// What a form wants; `None` where what was chosen does not exist.
async fn chosen(
    what: &str,
    form: &Form,
    directory: &Directory,
    opened: &Opened,
    copies: Copies,
) -> Result<Option<Change>> {
    let text = |name: &str| form.text(name).trim().to_owned();
    Ok(match what {
        "reply" => {
            let status = text("status");
            let status = if status.is_empty() { Some(None) } else { Status::from_name(&status).ok().map(Some) };
            status.map(|status| Change::Reply { body: form.text("body").to_owned(), copies, status })
        }
        "note" => Some(Change::Note { body: form.text("body").to_owned() }),
        "assign" => match text("assignee").as_str() {
            "" => Some(Change::Assign(None)),
            id => {
                let colleagues = opened.desk.colleagues().await.map_err(away)?;
                let known = Uuid::parse_str(id).ok().filter(|id| colleagues.iter().any(|one| one.id == *id));
                known.map(|id| Change::Assign(Some(id)))
            }
        },
        "status" => Status::from_name(&text("status")).ok().map(Change::SetStatus),
        "route" => {
            let both = text("route");
            let (division, topic) = match both.split_once('/') {
                Some((division, topic)) => (division.to_owned(), topic.to_owned()),
                None => (text("division"), text("topic")),
            };
            let division = directory.division_called(&division);
            let topic = directory.topic(&topic);
            division
                .zip(topic)
                .map(|(division, topic)| Change::Route { division: division.id, topic: topic.slug.clone() })
        }
        "priority" => Priority::from_name(&text("priority")).ok().map(Change::SetPriority),
        "language" => match text("language").as_str() {
            "" => Some(Change::SetLanguage(None)),
            name => Language::from_name(name).ok().map(|language| Change::SetLanguage(Some(language))),
        },
        "topics" => {
            let chosen: Vec<&str> = form.all("topics").filter(|slug| !slug.is_empty()).collect();
            let known = chosen.iter().all(|slug| directory.topic(slug).is_some());
            known.then(|| Change::SetFurtherTopics(chosen.into_iter().map(str::to_owned).collect()))
        }
        "tags" => Some(Change::SetTags(form.text("tags").split([',', '、', '，']).map(str::to_owned).collect())),
        _ => return Err(poem::Error::from_status(StatusCode::NOT_FOUND)),
    })
}

/// The ticket's page, to be shown again with what was typed.
struct Page<'a> {
    opened: &'a Opened,
    viewer: &'a Viewer,
    ticket: Reference,
    what: &'a str,
    words: Words,
    /// The files that came with it.
    kept: Vec<Kept>,
}

impl Page<'_> {
    async fn explain(&self, form: &Form, refusal: &Refusal) -> Result<Response> {
        let key = match refusal {
            Refusal::Held => return self.hold(form).await,
            Refusal::MayOnlyRead => {
                let (title, way) = (self.words.say("refused-role"), self.words.say("refused-role-way"));
                return self.refuse_in_words(form, StatusCode::FORBIDDEN, title, way).await;
            }
            Refusal::Empty => "refused-empty",
            Refusal::TooLong { .. } => "refused-long",
            Refusal::NoAddress => "refused-no-address",
            Refusal::OwnAddress => "refused-own-address",
            Refusal::NoSuchStep { .. } => "refused-step",
            Refusal::Spam => "refused-spam",
            Refusal::PictureAbsent { name } => {
                let title = self.words.with("refused-picture", "name", name.as_str());
                let way = self.words.say("refused-picture-way");
                return self.refuse_in_words(form, StatusCode::UNPROCESSABLE_ENTITY, title, way).await;
            }
            Refusal::ThirdParty { addresses } => return self.ask_to_confirm(form, addresses).await,
        };
        self.refuse(form, StatusCode::UNPROCESSABLE_ENTITY, key).await
    }

    async fn refuse(&self, form: &Form, status: StatusCode, key: &str) -> Result<Response> {
        self.refuse_in_words(form, status, self.words.say(key), self.words.say("refused-way")).await
    }

    async fn refuse_in_words(&self, form: &Form, status: StatusCode, title: String, way: String) -> Result<Response> {
        let notice = Notice { title, way, other: None, held: None };
        self.show(form, status, notice, None, Recipients::of(form)).await
    }

    /// The enquirer and somebody else would get the same letter: that has to be meant.
    async fn ask_to_confirm(&self, form: &Form, addresses: &[EmailAddress]) -> Result<Response> {
        let listed = addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let title = self.words.with("refused-third-party", "addresses", listed);
        let way = self.words.say("refused-third-party-way");
        let notice = Notice { title, way, other: None, held: None };
        let asking = Recipients::of(form).asking(addresses);
        self.show(form, StatusCode::UNPROCESSABLE_ENTITY, notice, None, asking).await
    }

    /// Something happened since the page was shown: that is marked, and what was wanted can be done all the same.
    async fn hold(&self, form: &Form) -> Result<Response> {
        let title = if self.what == "reply" { "held-title-reply" } else { "held-title" };
        let seen = form.text("seen").parse().ok().and_then(|micro| Timestamp::from_microsecond(micro).ok());
        let head = self.opened.desk.head(self.viewer, self.ticket).await.map_err(away)?;
        let names =
            ["body", "status", "assignee", "route", "division", "topic", "priority", "language", "address", "tags"];
        let mut fields: Vec<(String, String)> = names
            .iter()
            .filter(|name| form.has(name))
            .map(|name| ((*name).to_owned(), form.text(name).to_owned()))
            .collect();
        let who = copies::FIELDS.iter().flat_map(|name| form.all(name).map(|value| (*name, value)));
        fields.extend(who.map(|(name, value)| (name.to_owned(), value.to_owned())));
        fields.extend(self.kept.iter().map(|file| ("kept".to_owned(), file.signed.clone())));
        fields.push(("token".to_owned(), session::seal(self.opened, self.viewer)));
        fields.push(("version".to_owned(), head.version.to_string()));
        let held = HeldDeed { action: format!("/staff/tickets/{}/{}", self.ticket, self.what), fields };
        let notice =
            Notice { title: self.words.say(title), way: self.words.say("held-way"), other: None, held: Some(held) };
        self.show(form, StatusCode::CONFLICT, notice, seen, Recipients::of(form)).await
    }

    async fn can_be_written_to(&self) -> Result<bool> {
        let head = self.opened.desk.head(self.viewer, self.ticket).await.map_err(away)?;
        Ok(head.address.is_some())
    }

    async fn show(
        &self,
        form: &Form,
        status: StatusCode,
        notice: Notice,
        seen: Option<Timestamp>,
        recipients: Recipients,
    ) -> Result<Response> {
        let body = form.text("body").to_owned();
        let draft = match self.what {
            "reply" if self.can_be_written_to().await? => {
                let status = Status::from_name(form.text("status")).ok();
                Draft { reply: body, status, kept: self.kept.clone(), recipients, ..Draft::default() }
            }
            // Where there is nobody to write to, the words can still be kept as a note.
            "reply" | "note" => Draft { note: body, ..Draft::default() },
            "address" => Draft { address: Some(form.text("address").to_owned()), ..Draft::default() },
            _ => Draft::default(),
        };
        let again = Again { draft, notice: Some(notice), seen, before: None };
        Ok(answer::page(status, &shown(self.opened, self.viewer, self.ticket, again).await?))
    }
}
