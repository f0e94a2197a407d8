//! A ticket's page.

use jiff::Timestamp;
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Request, Response, Result, handler};

use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::change::next_statuses;
use crate::domain::reference::Reference;
use crate::domain::status::Status;
use crate::web::answer::{ok, see_other};
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::session;
use crate::web::staff::view::entry;
use crate::web::staff::view::pages::{Choice, Draft, Notice, TicketPage, languages, people, priorities};
use crate::web::staff::view::row::due;
use crate::web::staff::view::shell::Nav;

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
}

/// The page of a ticket.
#[handler]
pub async fn page(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    Ok(ok(&shown(opened, &viewer, reference(&name)?, Again::default()).await?))
}

/// The page of a ticket, as it is now.
pub(crate) async fn shown(opened: &Opened, viewer: &Viewer, reference: Reference, again: Again) -> Result<TicketPage> {
    let path = format!("/staff/tickets/{reference}");
    let (conversation, colleagues, mut shell) = tokio::try_join!(
        async { opened.desk.conversation(viewer, reference).await.map_err(away) },
        async { opened.desk.colleagues().await.map_err(away) },
        session::shell(opened, viewer, Nav::Elsewhere, "nav-all", &path),
    )?;
    let directory = opened.desk.directory().await.map_err(away)?;
    let head = conversation.head;
    shell.title = format!("{reference} {}", head.subject);
    let words = shell.words;
    let topic = directory.topic(&head.topic).map(|topic| topic.names.text(words.language).to_owned());
    let next = |chosen: Status| -> Vec<(String, String, bool)> {
        let all = std::iter::once(head.status).chain(next_statuses(head.status));
        all.map(|one| (one.name().to_owned(), words.say(&format!("status-{}", one.name())), one == chosen)).collect()
    };
    let routes = directory.divisions.iter().flat_map(|division| {
        let head = &head;
        directory.topics.iter().map(move |topic| {
            let chosen = division.id == head.division && topic.slug == head.topic;
            let name = format!("{} / {}", division.names.text(words.language), topic.names.text(words.language));
            (format!("{}/{}", division.slug, topic.slug), name, chosen)
        })
    });
    let choices = vec![
        Choice { name: "status", label: words.say("status"), options: next(head.status) },
        Choice { name: "assign", label: words.say("assignee"), options: people(words, &colleagues, head.assignee) },
        Choice { name: "route", label: words.say("route"), options: routes.collect() },
        priorities(words, head.priority),
        languages(words, head.language),
    ];
    let mut reply_statuses = next(Status::Pending);
    if !reply_statuses.iter().any(|(.., chosen)| *chosen) {
        reply_statuses.push((Status::Pending.name().to_owned(), words.say("status-pending"), true));
    }
    reply_statuses.retain(|(name, ..)| name != "spam" && name != "new");
    Ok(TicketPage {
        due: due(&shell, head.status, &head.due_at, head.answered_at.is_some()),
        contacts: conversation.contacts,
        entries: entry::shown(words, conversation.entries, again.seen),
        others: conversation.others,
        tags: conversation.tags.join(", "),
        choices,
        topic: topic.unwrap_or_else(|| head.topic.clone()),
        reply_statuses,
        may_change: viewer.role.may_change(),
        token: session::seal(opened, viewer),
        seen: shell.now.as_microsecond().to_string(),
        draft: again.draft,
        notice: again.notice,
        head,
        shell,
    })
}
