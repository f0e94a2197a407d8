//! A ticket's page.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Request, Response, Result, handler};
use uuid::Uuid;

use crate::desk::conversation::{Entry, Kind};
use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::change::next_statuses;
use crate::domain::channel::Channel;
use crate::domain::reference::Reference;
use crate::domain::status::Status;
use crate::web::answer::{ok, see_other};
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::view::delivery::Acknowledges;
use crate::web::staff::view::entry::{self, Names, Shown};
use crate::web::staff::view::pages::{Choice, languages, people, priorities};
use crate::web::staff::view::row::due;
use crate::web::staff::view::shell::{Nav, StaffShell};
use crate::web::staff::view::ticket::{Draft, Notice, Shows, TicketPage, Written};
use crate::web::staff::{copies, session};

/// How much of a message a notice shows.
const LONGEST_EXCERPT: usize = 60;

/// The reference in a path. Another way to write it leads to the right one.
pub(crate) fn reference(text: &str) -> Result<Reference> {
    text.parse().map_err(|_| match Reference::read(text) {
        Ok(reference) => poem::Error::from_response(see_other(&format!("/staff/tickets/{reference}"))),
        Err(_) => poem::Error::from_status(StatusCode::NOT_FOUND),
    })
}

/// Why a ticket's page is shown, and what with.
#[derive(Default)]
pub(crate) struct Again {
    pub(crate) draft: Draft,
    pub(crate) notice: Option<Notice>,
    /// The time of the page that a held change was written on.
    pub(crate) seen: Option<Timestamp>,
    /// The message before which a long ticket is to be shown; otherwise its newest are.
    pub(crate) before: Option<Uuid>,
}

/// Which part of a long ticket is asked for.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Part {
    before: Option<Uuid>,
}

/// The page of a ticket.
#[handler]
pub async fn page(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let Part { before } = request.params().unwrap_or_default();
    Ok(ok(&shown(opened, &viewer, reference(&name)?, Again { before, ..Again::default() }).await?))
}

/// Reloading the answer to a form leads back to the ticket.
#[handler]
pub async fn back(Path((name, _)): Path<(String, String)>) -> Result<Response> {
    Ok(see_other(&format!("/staff/tickets/{}", reference(&name)?)))
}

/// The page of a ticket, as it is now.
pub(crate) async fn shown(opened: &Opened, viewer: &Viewer, reference: Reference, again: Again) -> Result<TicketPage> {
    let path = format!("/staff/tickets/{reference}");
    let (conversation, colleagues, mut shell) = tokio::try_join!(
        async { opened.desk.conversation(viewer, reference, again.before).await.map_err(away) },
        async { opened.desk.colleagues().await.map_err(away) },
        session::shell(opened, viewer, Nav::Elsewhere, "nav-all", &path),
    )?;
    let directory = opened.desk.directory().await.map_err(away)?;
    let mut draft = again.draft;
    draft.recipients.offered = copies::offered(&conversation, &directory);
    let head = conversation.head;
    shell.title = format!("{reference} {}", head.subject);
    let words = shell.words;
    let is_acknowledged = head.address.is_some() && !head.automatic && head.status != Status::Spam;
    let acknowledges = match head.channel {
        Channel::Web | Channel::Email if is_acknowledged => Acknowledges::Each,
        _ => Acknowledges::Nobody,
    };
    let names = Names { words, colleagues: &colleagues, directory: &directory, acknowledges };
    let notice = again.notice.map(|notice| match again.seen {
        Some(seen) => meanwhile(&names, &shell, &conversation.entries, seen, notice),
        None => notice,
    });
    let further = directory.topics.iter().filter(|topic| topic.slug != head.topic).map(|topic| {
        let chosen = conversation.further_topics.contains(&topic.slug);
        (topic.slug.clone(), topic.names.text(words.language).to_owned(), chosen)
    });
    let further = further.collect();
    let next = |chosen: Status| -> Vec<(String, String, bool)> {
        let all = std::iter::once(head.status).chain(next_statuses(head.status));
        all.map(|one| (one.name().to_owned(), words.say(&format!("status-{}", one.name())), one == chosen)).collect()
    };
    let is_alone = directory.divisions.len() == 1;
    let routes = directory.divisions.iter().flat_map(|division| {
        let head = &head;
        directory.topics.iter().map(move |topic| {
            let chosen = division.id == head.division && topic.slug == head.topic;
            let topic_name = topic.names.text(words.language);
            // Where there is one division, only the topic is a choice.
            let name = match is_alone {
                true => topic_name.to_owned(),
                false => format!("{} / {topic_name}", division.names.text(words.language)),
            };
            (format!("{}/{}", division.slug, topic.slug), name, chosen)
        })
    });
    let choices = vec![
        Choice { name: "status", label: words.say("status"), options: next(head.status) },
        Choice { name: "assign", label: words.say("assignee"), options: people(words, &colleagues, head.assignee) },
        Choice { name: "route", label: words.say(if is_alone { "topic" } else { "route" }), options: routes.collect() },
        priorities(words, head.priority),
        languages(words, head.language),
    ];
    let mut reply_statuses = next(draft.status.unwrap_or(Status::Pending));
    if !reply_statuses.iter().any(|(.., chosen)| *chosen) {
        reply_statuses.push((Status::Pending.name().to_owned(), words.say("status-pending"), true));
    }
    reply_statuses.retain(|(name, ..)| name != "spam" && name != "new");
    Ok(TicketPage {
        due: due(&shell, head.status, &head.due_at, head.answered_at.is_some()),
        contacts: conversation.contacts,
        entries: with_gap(entry::shown(&names, conversation.entries, again.seen), conversation.left_out),
        shows: if again.before.is_some() { Shows::Older } else { Shows::Newest },
        others: conversation.others,
        satisfaction: conversation.satisfaction,
        tags: conversation.tags.join(", "),
        further_topics: further,
        choices,
        topic: names.topic(&head.topic),
        assignee: names.colleague(head.assignee),
        reply_statuses,
        may_change: viewer.role.may_change(),
        token: session::seal(opened, viewer),
        seen: shell.now.as_microsecond().to_string(),
        draft,
        notice,
        head,
        shell,
    })
}

/// Between the first message and the others of a long ticket stands how many are left out.
fn with_gap(mut entries: Vec<Shown>, count: i64) -> Vec<Shown> {
    let mut messages = entries.iter().enumerate().filter_map(|(at, entry)| match entry {
        Shown::Message(written) => Some((at, written.message.id)),
        _ => None,
    });
    if let Some((at, before)) = messages.nth(1).filter(|_| count > 0) {
        entries.insert(at, Shown::LeftOut { count, before });
    }
    entries
}

/// Says of a held change what happened since its page was shown: who did what, when, and how it begins.
fn meanwhile(names: &Names<'_>, shell: &StaffShell, entries: &[Entry], seen: Timestamp, notice: Notice) -> Notice {
    let words = names.words;
    let later = entries.iter().rev();
    let message = later.clone().find_map(|entry| match entry {
        Entry::Message(message) if message.created_at > seen && message.kind != Kind::Note => Some(message),
        _ => None,
    });
    let told = match message {
        Some(message) => {
            let key = if message.kind == Kind::Outbound { "held-replied" } else { "held-wrote" };
            let who = if message.sender_name.is_empty() { &message.sender_address } else { &message.sender_name };
            let time = shell.when(&message.created_at);
            let text = message.new_part.as_ref().unwrap_or(&message.text);
            let other = Written { who: who.clone(), excerpt: excerpt(text), message: message.id };
            Some((words.tell(key, &[("who", who.as_str().into()), ("time", time.into())]), Some(other)))
        }
        None => later.clone().find_map(|entry| match entry {
            Entry::Past(past) if past.at > seen => {
                let (what, time) = (entry::sentence(names, past)?, shell.when(&past.at));
                Some((words.tell("held-changed", &[("what", what.into()), ("time", time.into())]), None))
            }
            _ => None,
        }),
    };
    let (what, other) = told.unwrap_or_else(|| (words.say("held-something"), None));
    let title = words.tell("held-after", &[("what", what.into()), ("not", notice.title.as_str().into())]);
    Notice { title, other, ..notice }
}

/// How a message begins, in one line.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_EXCERPT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
