//! How PostgreSQL goes about what the desk asks, on a database of 100 000 tickets: no big table is read from one end to
//! the other, none is sorted, and no index is walked for thousands of rows that are then thrown away.
//!
//! The SQL is not copied: the desk itself is asked, and `auto_explain` writes down each plan.

mod explained;

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use jiff::Timestamp;
use madoguchi::desk::Desk;
use madoguchi::desk::queue::{Bounced, Cursor, Filter, Sort, Who};
use madoguchi::desk::receive::letter::{Letter, understand};
use madoguchi::desk::staff::Viewer;
use madoguchi::domain::Named;
use madoguchi::domain::acknowledgement::Cap;
use madoguchi::domain::channel::Channel;
use madoguchi::domain::language::Language;
use madoguchi::domain::person::EmailAddress;
use madoguchi::domain::reference::Reference;
use madoguchi::domain::status::Status;
use madoguchi::domain::ticket::Role;
use madoguchi::postgres::Database;
use madoguchi::search::Query;
use uuid::Uuid;

use crate::harness::database;

const FILL: &str = include_str!("fill.sql");
const PAGE: usize = 50;

#[tokio::test]
async fn no_plan_reads_more_than_it_shows() {
    let url = database::own().await;
    fill(&url).await;
    let log = explained::Log::begin(&url).await;
    let desk = Desk::open(Database::new(&url, 4).expect("a pool"), Cap::Hourly).await.expect("a desk");
    for viewer in [viewer(None), viewer(Some(division()))] {
        lists(&desk, &viewer).await;
        pages(&desk, &viewer).await;
        searches(&desk, &viewer).await;
    }
    arrivals(&desk).await;
    screening(&desk).await;
    letters(&desk).await;
    the_public(&desk).await;
    let plans = log.plans();
    assert!(plans.len() > 300, "every statement has its plan: {}", plans.len());
    let complaints: Vec<String> = plans.iter().filter_map(explained::Plan::complaint).collect();
    assert!(complaints.is_empty(), "{} of {}:\n{}", complaints.len(), plans.len(), complaints.join("\n\n"));
}

/// Pages that are read, an enquirer's own page, and the links to it.
async fn the_public(desk: &Desk) {
    desk.published().await.expect("pages");
    desk.missed_searches().await.expect("searches");
    desk.sister_cities().await.expect("sister cities");
    desk.forget_kept_files(Timestamp::now()).await.expect("kept files are forgotten");
    for number in [1, 50_000] {
        let ticket = Reference::from_number(number);
        desk.own_ticket(ticket, &desk.keys.key(ticket, 1), Timestamp::now()).await.expect("an own page");
    }
    for address in ["person7@town.example", "nobody@nowhere.example"] {
        let address = EmailAddress::parse(address).expect("an address");
        desk.send_links(&address, Language::English, Timestamp::now()).await.expect("links");
    }
}

async fn fill(url: &str) {
    let mut connection = AsyncPgConnection::establish(url).await.expect("the database answers");
    // One statement after the other: a vacuum runs in no transaction.
    for statement in FILL.split(";\n") {
        connection.batch_execute(statement).await.unwrap_or_else(|error| panic!("{error}: {statement}"));
    }
}

fn division() -> Uuid {
    "01938000-0000-7000-8000-000000000001".parse().expect("the seed's key")
}

/// The key of a row of `fill.sql`.
fn id(kind: u64, n: u64) -> Uuid {
    format!("{:012x}70008000{kind:012x}", 100_000_000_000 + n).parse().expect("a key")
}

fn viewer(division: Option<Uuid>) -> Viewer {
    Viewer {
        id: id(9, 3),
        name: "Member 3".into(),
        role: Role::Agent,
        language: Language::Japanese,
        divisions: division.map(|division| vec![division]),
        session: String::new(),
    }
}

/// Every filter of the list in every order, the first page and one further down.
async fn lists(desk: &Desk, viewer: &Viewer) {
    let with = |change: &dyn Fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        filter
    };
    let mut filters = vec![
        Filter::default(),
        with(&|filter| filter.division = Some(division())),
        with(&|filter| filter.assignee = Some(Who::Somebody(id(9, 3)))),
        with(&|filter| filter.assignee = Some(Who::Nobody)),
        with(&|filter| filter.tag = Some("tag3".into())),
        with(&|filter| filter.tag = Some("rare".into())),
        with(&|filter| filter.tag = Some("none".into())),
        with(&|filter| filter.topic = Some("seminar".into())),
        with(&|filter| filter.bounced = Bounced::Only),
        with(&|filter| filter.statuses = vec![Status::New, Status::Open]),
        with(&|filter| filter.statuses = vec![Status::New, Status::Open, Status::Pending]),
        with(&|filter| {
            filter.statuses = vec![Status::New, Status::Open, Status::Pending];
            filter.assignee = Some(Who::Somebody(id(9, 3)));
        }),
        with(&|filter| {
            filter.statuses = vec![Status::Open];
            filter.channel = Some(Channel::Fax);
            filter.topic = Some("other".into());
        }),
    ];
    filters.extend(Status::ALL.iter().map(|status| with(&|filter| filter.statuses = vec![*status])));
    let channels = [Channel::Web, Channel::Email, Channel::Phone, Channel::Fax];
    filters.extend(channels.iter().map(|channel| with(&|filter| filter.channel = Some(*channel))));
    for filter in &filters {
        for sort in Sort::ALL {
            let first = desk.list(viewer, filter, *sort, None, PAGE).await.expect("a page");
            if let Some(next) = first.next {
                desk.list(viewer, filter, *sort, Some(next), PAGE).await.expect("the next page");
            }
            let at = Timestamp::now() - jiff::SignedDuration::from_hours(24 * 180);
            let deep = Cursor { at: at.as_microsecond(), number: 50_000 };
            desk.list(viewer, filter, *sort, Some(deep), PAGE).await.expect("a page further down");
        }
    }
}

async fn pages(desk: &Desk, viewer: &Viewer) {
    desk.dashboard(viewer, 15, 8).await.expect("the dashboard");
    desk.overview(viewer).await.expect("what surrounds pages");
    desk.last_flooded(Timestamp::now()).await.expect("whether letters flooded");
    desk.viewer("no-such-token", Timestamp::now()).await.expect("nobody");
    desk.colleagues().await.expect("colleagues");
    for number in [1, 50_000, 99_998] {
        desk.conversation(viewer, Reference::from_number(number), None).await.expect("a ticket");
        desk.promised(Reference::from_number(number)).await.expect("a receipt");
    }
    let numbers: Vec<Reference> = (99_000..99_500).map(Reference::from_number).collect();
    let answers = desk.answers_of(&numbers).await.expect("answers");
    assert_eq!(answers.len(), 250);
    desk.questionnaires("seminar").await.expect("questions");
    let ledger = desk.arrivals(viewer, None).await.expect("the ledger");
    desk.arrivals(viewer, ledger.next).await.expect("its next page");
    desk.unfinished_letters(viewer).await.expect("the outbox");
    desk.returned_letters(viewer).await.expect("what came back");
    desk.finished_letters(viewer, None).await.expect("what was sent");
}

async fn screening(desk: &Desk) {
    let now = Timestamp::now();
    while desk.claim_unjudged(now).await.expect("what is to be judged").is_some() {}
    desk.unscanned().await.expect("what is to be scanned").expect("there is some");
    desk.count_unscanned(now).await.expect("how much there is");
    let anybody = viewer(None);
    let first = desk.arrivals(&anybody, None).await.expect("the ledger").lines.remove(0);
    desk.raw_arrival(&anybody, first.id).await.expect("as it came");
}

/// Words that all have, half, some, few, none, and two that never meet.
async fn searches(desk: &Desk, viewer: &Viewer) {
    let filter = Filter { statuses: Status::ALL.to_vec(), ..Filter::default() };
    for typed in ["common", "half1", "some7", "few77", "nosuchword", "half0 half1", "some1 few2"] {
        let query = Query::parse(&format!("\"{typed}\" {typed}"));
        desk.search(viewer, &filter, &query, None, PAGE).await.expect("found");
        desk.search(viewer, &filter, &Query::parse(typed), Some(40_000), PAGE).await.expect("found below");
    }
}

/// A letter of somebody known, one of a stranger that answers a known letter, and the first again.
async fn arrivals(desk: &Desk) {
    for (sender, about) in [("person7", "out5@desk.example"), ("stranger", "ack9@desk.example"), ("person7", "none")] {
        for _ in 0..2 {
            let raw = format!(
                "From: {sender}@town.example\r\nTo: exchange@localhost\r\nSubject: [#{}] Question\r\n\
                 Message-ID: <{sender}-{about}>\r\nIn-Reply-To: <{about}>\r\n\r\nA question.\r\n",
                Reference::from_number(77)
            );
            let letter = Letter {
                return_path: Some(format!("{sender}@town.example")),
                recipients: vec!["exchange@localhost".into()],
                raw: raw.into_bytes(),
            };
            desk.receive(understand(&desk.reading(), letter, Timestamp::now())).await.expect("stored");
        }
    }
    desk.index_all().await.expect("indexed");
}

async fn letters(desk: &Desk) {
    use madoguchi::desk::outgoing::fate::Fate;
    let (worker, now) = (Uuid::now_v7(), Timestamp::now());
    let claimed = desk.claim_letters(worker, 64, now).await.expect("claimed");
    assert!(!claimed.is_empty(), "the stranger is acknowledged");
    for letter in &claimed {
        desk.hand_over(letter, worker, now).await.expect("handed over");
    }
    let fates: Vec<_> = claimed.iter().map(|letter| (letter, Fate::Sent)).collect();
    desk.settle_letters(&fates, worker, now).await.expect("settled");
    desk.end_leases(now).await.expect("ended");
    desk.until_next_letter(std::time::Duration::from_secs(1), now).await.expect("known");
}
