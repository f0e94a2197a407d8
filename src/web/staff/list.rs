//! The list of tickets: filters, search, pages.

use poem::web::Data;
use poem::{Request, Response, Result, handler};
use uuid::Uuid;

use crate::desk::queue::{Bounced, Cursor, Filter, Listed, Sort, Who};
use crate::desk::staff::Viewer;
use crate::domain::Named;
use crate::domain::channel::Channel;
use crate::domain::division::Directory;
use crate::domain::reference::Reference;
use crate::domain::status::Status;
use crate::language::Words;
use crate::search::Query;
use crate::web::answer::ok;
use crate::web::public::failure::away;
use crate::web::site::{Opened, Site};
use crate::web::staff::session;
use crate::web::staff::view::pages::{Choice, Facet, ListPage, Token, options};
use crate::web::staff::view::row::Row;
use crate::web::staff::view::shell::{Nav, StaffShell};

/// Rows of a page.
const PAGE: usize = 50;

/// What the query asks for, and what of it could not be understood.
pub(super) struct Asked {
    pub(super) filter: Filter,
    sort: Sort,
    q: String,
    pub(super) cursor: Option<String>,
    /// Name and value, as they stand in links to further pages.
    kept: Vec<(String, String)>,
    pub(super) mistakes: Vec<(String, String)>,
}

impl Asked {
    pub(super) fn read(query: &str, viewer: &Viewer, directory: &Directory) -> Self {
        let mut asked = Self {
            filter: Filter::default(),
            sort: Sort::Newest,
            q: String::new(),
            cursor: None,
            kept: Vec::new(),
            mistakes: Vec::new(),
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()).take(50) {
            let value = value.trim().replace('\0', "");
            if value.is_empty() {
                continue;
            }
            let understood = asked.take(&name, &value, viewer, directory);
            match understood {
                true if name != "cursor" => asked.kept.push((name.into_owned(), value)),
                true => {}
                false => asked.mistakes.push((name.into_owned(), value)),
            }
        }
        asked
    }

    fn take(&mut self, name: &str, value: &str, viewer: &Viewer, directory: &Directory) -> bool {
        match name {
            "status" => Status::from_name(value).map(|status| self.filter.statuses.push(status)).is_ok(),
            "channel" => Channel::from_name(value).map(|channel| self.filter.channel = Some(channel)).is_ok(),
            "sort" => Sort::from_name(value).map(|sort| self.sort = sort).is_ok(),
            "division" => {
                self.filter.division = directory.division_called(value).map(|division| division.id);
                self.filter.division.is_some()
            }
            "topic" => {
                self.filter.topic = directory.topic(value).map(|topic| topic.slug.clone());
                self.filter.topic.is_some()
            }
            "assignee" => {
                self.filter.assignee = match value {
                    "me" => Some(Who::Somebody(viewer.id)),
                    "none" => Some(Who::Nobody),
                    id => Uuid::parse_str(id).ok().map(Who::Somebody),
                };
                self.filter.assignee.is_some()
            }
            "tag" => {
                self.filter.tag = Some(value.to_lowercase());
                true
            }
            "bounced" => {
                self.filter.bounced = Bounced::Only;
                true
            }
            "q" => {
                value.clone_into(&mut self.q);
                true
            }
            "cursor" => {
                self.cursor = Some(value.to_owned());
                true
            }
            _ => true,
        }
    }

    /// The list without one of its filters.
    fn link_without(&self, left_out: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let rest = self.kept.iter().enumerate().filter(|(at, _)| *at != left_out);
        rest.for_each(|(_, (name, value))| {
            query.append_pair(name, value);
        });
        format!("/staff/tickets?{}", query.finish()).trim_end_matches('?').to_owned()
    }

    pub(super) fn link(&self, cursor: Option<&str>) -> String {
        format!("/staff/tickets?{}", self.query(cursor))
    }

    fn query(&self, cursor: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.kept {
            query.append_pair(name, value);
        }
        if let Some(cursor) = cursor {
            query.append_pair("cursor", cursor);
        }
        query.finish()
    }

    fn chosen(&self, name: &str) -> Option<&str> {
        self.kept.iter().find(|(kept, _)| kept == name).map(|(_, value)| value.as_str())
    }
}

/// The list.
#[handler]
pub async fn list(request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let directory = opened.desk.directory().await.map_err(away)?;
    let mut asked = Asked::read(request.uri().query().unwrap_or_default(), &viewer, &directory);
    let nav = match (asked.filter.assignee, asked.sort) {
        (Some(Who::Somebody(id)), _) if id == viewer.id => Nav::Mine,
        (_, Sort::Waiting) => Nav::Queue,
        _ if asked.filter.statuses == [Status::Spam] => Nav::Spam,
        _ => Nav::All,
    };
    let title = match nav {
        Nav::Mine => "nav-mine",
        Nav::Queue => "nav-queue",
        Nav::Spam => "nav-spam",
        _ => "nav-all",
    };
    let path = asked.link(None);
    let query = Query::parse(&asked.q);
    let listing = page_of(opened, &viewer, &mut asked, PAGE);
    let (shell, (listed, next)) = tokio::try_join!(session::shell(opened, &viewer, nav, title, &path), listing)?;
    let words = shell.words;
    let mistake = asked.mistakes.first().map(|(name, value)| {
        words.tell("list-mistake", &[("name", name.as_str().into()), ("value", value.as_str().into())])
    });
    let filters = filters(words, &asked, &directory, &viewer);
    Ok(ok(&ListPage {
        tokens: tokens(&asked, &filters, words),
        filters,
        rows: listed.into_iter().map(|ticket| Row::new(&shell, ticket, &query)).collect(),
        next: next.map(|next| asked.link(Some(&next))),
        table: format!("/staff/tickets.csv?{}", asked.query(None)),
        first: asked.cursor.is_some().then(|| asked.link(None)),
        facets: facets(&shell, &path),
        q: asked.q,
        mistake,
        shell,
    }))
}

/// A page of what was asked for, and where the next one begins.
pub(super) async fn page_of(
    opened: &Opened,
    viewer: &Viewer,
    asked: &mut Asked,
    most: usize,
) -> Result<(Vec<Listed>, Option<String>)> {
    let query = Query::parse(&asked.q);
    if query.is_empty() && !asked.q.is_empty() {
        // Signs alone are found nowhere.
        Ok((Vec::new(), None))
    } else if query.is_empty() {
        let cursor = asked.cursor.as_deref().and_then(Cursor::read);
        // What does not wait has no place in the order of waiting.
        let all_wait = asked.filter.statuses.iter().all(|status| status.waits_for_us());
        let sort = if asked.sort == Sort::Waiting && !all_wait { Sort::Oldest } else { asked.sort };
        let page = opened.desk.list(viewer, &asked.filter, sort, cursor, most).await.map_err(away)?;
        Ok((page.rows, page.next.map(Cursor::write)))
    } else {
        search(opened, viewer, asked, &query, most).await
    }
}

/// A search: by itself it looks through every status; a reference leads to its ticket first.
async fn search(
    opened: &Opened,
    viewer: &Viewer,
    asked: &mut Asked,
    query: &Query,
    most: usize,
) -> Result<(Vec<Listed>, Option<String>)> {
    if asked.filter.statuses.is_empty() {
        asked.filter.statuses = Status::ALL.to_vec();
    }
    let below = asked.cursor.as_deref().and_then(|cursor| cursor.parse().ok());
    let found = opened.desk.search(viewer, &asked.filter, query, below, most).await.map_err(away)?;
    let mut rows = found.rows;
    if below.is_none()
        && let Ok(reference) = Reference::read(&asked.q)
        && !rows.iter().any(|row| row.reference == reference)
    {
        let number = i64::try_from(reference.number()).unwrap_or_default();
        let named = opened.desk.list_numbers(viewer, &asked.filter, &[number], 1).await.map_err(away)?;
        rows.splice(0..0, named);
    }
    Ok((rows, found.next.map(|next| next.to_string())))
}

fn facets(shell: &StaffShell, path: &str) -> Vec<Facet> {
    let live = "status=new&status=open&status=pending";
    [
        ("any", "/staff/tickets".to_owned(), None),
        ("nav-queue", "/staff/tickets?status=new&status=open&sort=waiting".to_owned(), Some(shell.waiting)),
        ("nav-mine", format!("/staff/tickets?assignee=me&{live}"), Some(shell.mine)),
        ("unassigned", format!("/staff/tickets?assignee=none&{live}"), Some(shell.unassigned)),
        ("facet-bounced", "/staff/tickets?bounced=1".to_owned(), None),
        ("status-spam", "/staff/tickets?status=spam".to_owned(), None),
    ]
    .into_iter()
    .map(|(key, href, count)| {
        let current = href == path.trim_end_matches('?');
        Facet { name: shell.words.say(key), href, count, current }
    })
    .collect()
}

/// The filters that are set, each with the way to the list without it.
fn tokens(asked: &Asked, filters: &[Choice], words: Words) -> Vec<Token> {
    let named = |name: &str, value: &str| {
        let options = filters.iter().filter(|choice| choice.name == name).flat_map(|choice| &choice.options);
        options.filter(|(known, ..)| known == value).map(|(_, words, _)| words.clone()).next()
    };
    let known = ["status", "channel", "topic", "division", "assignee", "tag"];
    let set = asked.kept.iter().enumerate().filter(|(_, (name, _))| known.contains(&name.as_str()));
    set.map(|(at, (name, value))| Token {
        key: words.say(name),
        value: named(name, value).unwrap_or_else(|| value.clone()),
        without: asked.link_without(at),
    })
    .collect()
}

fn filters(words: Words, asked: &Asked, directory: &Directory, viewer: &Viewer) -> Vec<Choice> {
    let choice = |name: &'static str, options: Vec<(String, String, bool)>| {
        let mut all = vec![(String::new(), words.say("any"), asked.chosen(name).is_none())];
        all.extend(options);
        Choice { name, label: words.say(name), options: all }
    };
    let status = asked.filter.statuses.first().copied().filter(|_| asked.filter.statuses.len() == 1);
    let topics = directory.topics.iter().map(|topic| {
        (
            topic.slug.clone(),
            topic.names.text(words.language).to_owned(),
            asked.filter.topic.as_ref() == Some(&topic.slug),
        )
    });
    let divisions = directory.divisions.iter().filter(|division| viewer.sees(division.id)).map(|division| {
        (
            division.slug.clone(),
            division.names.text(words.language).to_owned(),
            asked.filter.division == Some(division.id),
        )
    });
    let assignees = [("me", "me"), ("none", "nobody")];
    let assignees =
        assignees.map(|(value, key)| (value.to_owned(), words.say(key), asked.chosen("assignee") == Some(value)));
    let mut sort = options(words, "sort", Sort::ALL, Some(asked.sort));
    sort.retain(|(value, ..)| asked.q.is_empty() || value == "newest");
    vec![
        choice("status", options(words, "status", Status::ALL, status)),
        choice("channel", options(words, "channel", Channel::ALL, asked.filter.channel)),
        choice("topic", topics.collect()),
        choice("division", divisions.collect()),
        choice("assignee", assignees.to_vec()),
        Choice { name: "sort", label: words.say("sort"), options: sort },
    ]
}
