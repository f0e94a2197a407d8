//! (c) The pages of staff at several sizes, asked by one client, the sizes in turn.

use std::time::Instant;

use madoguchi::desk::Desk;
use madoguchi::domain::acknowledgement::Cap;
use madoguchi::domain::reference::Reference;
use madoguchi::postgres::Database;

use crate::Plan;
use crate::http::Connection;
use crate::measure::{Table, percentile};
use crate::service::{Bench, Service};

/// What is searched for: words of every second letter, of some, of a few, two that seldom meet, and none that is there.
const SEARCHES: [(&str, &[&str]); 3] = [
    (
        "common words",
        &["%E5%9B%BD%E9%9A%9B", "conference", "%E3%81%8A%E9%A1%98%E3%81%84", "example", "%E6%84%9F%E8%B0%A2"],
    ),
    (
        "rarer words",
        &["Okafor", "%E5%94%90%E6%B4%A5", "%ED%91%9C%EC%B0%BD", "Chartres", "%E9%AB%99%E6%A9%8B+%E8%AA%A0"],
    ),
    (
        "words that never meet",
        &["seminar+%ED%91%9C%EC%B0%BD", "%E5%9B%BD%E9%9A%9B+Dunedin", "nosuchword", "%E7%84%A1%E9%A2%A8%E6%B5%AA"],
    ),
];

struct Size {
    tickets: usize,
    first: i64,
    service: Service,
    connection: Connection,
    cookie: String,
    live: i64,
}

pub async fn measure(bench: &Bench, plan: &Plan, table: &mut Table) {
    let mut sizes = Vec::new();
    for tickets in &plan.sizes {
        sizes.push(size(bench, *tickets, table).await);
    }
    // A connection that says nothing while the next size is made is let go.
    for size in &mut sizes {
        size.connection = Connection::open(size.service.port).await;
    }
    let rounds = if plan.quick { 40 } else { 300 };
    let mut paths: Vec<(String, Vec<String>)> = vec![
        ("dashboard".to_owned(), vec!["/staff".to_owned()]),
        ("queue".to_owned(), vec!["/staff/tickets?status=new&status=open&sort=waiting".to_owned()]),
        ("ticket".to_owned(), Vec::new()),
    ];
    paths.extend(SEARCHES.map(|(what, words)| {
        (format!("search, {what}"), words.iter().map(|word| format!("/staff/tickets?q={word}")).collect())
    }));
    let mut base = vec![f64::NAN; paths.len()];
    let mut figures = vec![vec![Vec::new(); paths.len()]; sizes.len()];
    // The first rounds warm up.
    for round in 0..rounds + 5 {
        for (size, figures) in sizes.iter_mut().zip(&mut figures) {
            for ((_, paths), figures) in paths.iter().zip(figures) {
                let path = match paths.get(round % paths.len().max(1)) {
                    Some(path) => path.clone(),
                    None => size.some_ticket(round),
                };
                let began = Instant::now();
                let answer = size.connection.get(&path, &size.cookie).await;
                let took = began.elapsed().as_secs_f64() * 1000.0;
                assert_eq!(answer.status, 200, "{path} at {}", size.tickets);
                if round >= 5 {
                    figures.push(took);
                }
            }
        }
    }
    for (page, (what, _)) in paths.iter().enumerate() {
        for (size, figures) in sizes.iter().zip(&figures) {
            let (p50, p95) = (percentile(&figures[page], 0.5), percentile(&figures[page], 0.95));
            if base[page].is_nan() {
                base[page] = p95;
            }
            let goal = match what.as_str() {
                "dashboard" | "queue" => "p95 ≤ 1.5 × the smallest's",
                "ticket" => "p95 ≤ 2.5 × the smallest's",
                _ => "p95 < 50 ms",
            };
            table.row(
                format!("{what}, {} tickets", size.tickets),
                format!("p50 {p50:.1} ms, p95 {p95:.1} ms; **{:.2}** ×", p95 / base[page]),
                format!("{} live tickets", size.live),
                goal,
            );
        }
    }
}

/// A database with so many demo tickets, and the service on it.
async fn size(bench: &Bench, tickets: usize, table: &mut Table) -> Size {
    let name = format!("bench_pages_{tickets}");
    if !bench.exists(&name).await || count(bench, &name, "true").await < i64::try_from(tickets).unwrap() {
        drop(bench.database(&name).await);
        let desk = Desk::open(Database::new(&bench.url(&name), 4).unwrap(), Cap::Off).await.unwrap();
        let began = Instant::now();
        let progress = |stored: usize| eprintln!("{stored} of {tickets} after {:.0} s", began.elapsed().as_secs_f64());
        desk.add_demo(tickets, 1, jiff::Timestamp::now(), progress).await.unwrap();
        table.note(format!(
            "{tickets} tickets were made by `madoguchi demo` in {:.0} s.",
            began.elapsed().as_secs_f64()
        ));
    }
    let (service, _) = Service::start(Some(&bench.url(&name))).await;
    let cookie = service.sign_in().await;
    let connection = Connection::open(service.port).await;
    let live = count(bench, &name, "status IN ('new', 'open', 'pending')").await;
    let first = bench.client(&name).await.query_one("SELECT min(number) FROM tickets", &[]).await.unwrap().get(0);
    Size { tickets, first, service, connection, cookie, live }
}

async fn count(bench: &Bench, name: &str, which: &str) -> i64 {
    let counting = format!("SELECT count(*) FROM tickets WHERE {which}");
    bench.client(name).await.query_one(&counting, &[]).await.unwrap().get(0)
}

impl Size {
    /// The page of a ticket somewhere in the year; another one each round.
    fn some_ticket(&self, round: usize) -> String {
        assert!(self.service.pid() > 0, "the service runs");
        let place = (round.wrapping_mul(7_919_777)) % self.tickets;
        let number = self.first + i64::try_from(place).unwrap_or_default();
        format!("/staff/tickets/{}", Reference::from_number(u64::try_from(number).unwrap_or_default()))
    }
}
