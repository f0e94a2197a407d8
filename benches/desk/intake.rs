//! (a) Enquiries by the web form, beside the floor, and (d) what memory they take.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio_postgres::Client;

use crate::Plan;
use crate::floor::{Door, Floor, PROBE};
use crate::http::Connection;
use crate::measure::{Table, median, processor_time, processors, pss};
use crate::service::{Bench, Service};

const CLIENTS: [usize; 3] = [1, 8, 64];
const BOUNDARY: &str = "----bench";

pub async fn measure(bench: &Bench, plan: &Plan, table: &mut Table) {
    let database = bench.database("bench_intake").await;
    let (service, _) = Service::start(Some(&bench.url("bench_intake"))).await;
    let seal = blank_form(&mut Connection::open(service.port).await).await;
    enquire(&service, vec![request(PROBE, &seal)], 1).await;
    settled(&database).await;
    let mut floor = Floor::new(bench, "bench_floor", &database, Door::Form).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle = pss(service.pid());
    let mut most = idle;
    let mut share = Vec::new();
    for clients in CLIENTS {
        let (mut ours, mut floors, mut ratios, mut done) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        // The first run of each warms up.
        floor.run(bench, 1, clients).await;
        for run in 0..plan.runs {
            let run = run_forms(&service, &database, plan, clients, run).await;
            most = most.max(run.memory);
            share.push(run.load);
            let beside = floor.run(bench, plan.seconds, clients).await;
            eprintln!("form, {clients} clients: {:.0}/s beside {beside:.0}/s", run.rate);
            ratios.push(run.rate / beside);
            ours.push(run.rate);
            floors.push(beside);
            done.push(run.done);
        }
        table.row(
            format!("enquiries by form, {clients} clients"),
            format!("{:.0}/s; ratio **{:.2}**", median(&ours), median(&ratios)),
            format!("pgbench {:.0}/s", median(&floors)),
            match clients {
                8 => "ratio ≥ 0.7",
                64 => "ratio ≥ 1.0",
                _ => "",
            },
        );
        let done = median(&done) * 100.0;
        table.note(format!("With {clients} clients {done:.0} % of the letters were written and of the messages indexed when the last answer came."));
    }
    table.note(format!("The load generator took {:.0} % of the processors.", median(&share) * 100.0));
    table.row("memory of the service, idle", format!("{idle:.1} MiB"), "", "< 15 MiB");
    table.row("memory under load, the most", format!("{most:.1} MiB"), "", "< 60 MiB");
}

struct Run {
    rate: f64,
    memory: f64,
    /// The load generator's share of all processors.
    load: f64,
    /// How much of what follows was done at the end.
    done: f64,
}

async fn run_forms(service: &Service, database: &Client, plan: &Plan, clients: usize, run: usize) -> Run {
    let quick = if plan.quick { 5 } else { 1 };
    let count = match clients {
        1 => 1_500,
        8 => 6_000,
        _ => 10_000,
    } / quick;
    let forms = blank_forms(service, count, clients, run).await;
    let requests: Vec<Vec<u8>> = forms.iter().map(|(address, seal)| request(address, seal)).collect();
    settled(database).await;
    let memory = Arc::new(AtomicU64::new(0));
    let watching = tokio::spawn(watch(service.pid(), memory.clone()));
    let own = std::process::id();
    let (began, used) = (Instant::now(), processor_time(own));
    enquire(service, requests, clients).await;
    let took = began.elapsed();
    let load = (processor_time(own) - used).as_secs_f64() / took.as_secs_f64() / processors() as f64;
    let left: i64 = database.query_one(PENDING, &[]).await.unwrap().get(0);
    watching.abort();
    Run {
        rate: count as f64 / took.as_secs_f64(),
        memory: memory.load(Ordering::Relaxed) as f64 / 1024.0,
        load,
        done: 1.0 - left as f64 / (2 * count) as f64,
    }
}

async fn watch(pid: u32, most: Arc<AtomicU64>) {
    loop {
        most.fetch_max((pss(pid) * 1024.0) as u64, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

const PENDING: &str = "SELECT (SELECT count(*) FROM search_pending) + \
    (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'claimed', 'handing'))";

/// Waits until everything that follows is done.
pub async fn settled(database: &Client) {
    for _ in 0..600 {
        if database.query_one(PENDING, &[]).await.unwrap().get::<_, i64>(0) == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("letters and search documents are not done within a minute");
}

/// Fetches the forms of a run before its clock starts.
async fn blank_forms(service: &Service, count: usize, clients: usize, run: usize) -> Vec<(String, String)> {
    let port = service.port;
    let fetching = (0..8).map(|part| {
        tokio::spawn(async move {
            let mut connection = Connection::open(port).await;
            let mut forms = Vec::new();
            for index in (part..count).step_by(8) {
                let address = format!("r{run}c{clients}n{index}@bench.example");
                forms.push((address, blank_form(&mut connection).await));
            }
            forms
        })
    });
    let mut forms = Vec::new();
    for part in fetching.collect::<Vec<_>>() {
        forms.extend(part.await.unwrap());
    }
    forms
}

async fn blank_form(connection: &mut Connection) -> String {
    connection.get("/en/enquiries/new", "").await.hidden("seal")
}

/// Sends each request once, by so many clients.
async fn enquire(service: &Service, requests: Vec<Vec<u8>>, clients: usize) {
    let port = service.port;
    let each = requests.len().div_ceil(clients);
    let mut requests = requests.into_iter();
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let requests: Vec<Vec<u8>> = requests.by_ref().take(each).collect();
        sending.spawn(async move {
            let mut connection = Connection::open(port).await;
            for request in requests {
                let answer = connection.send(&request).await;
                assert_eq!(answer.status, 303, "{}", answer.text());
            }
        });
    }
    sending.join_all().await;
}

fn request(address: &str, seal: &str) -> Vec<u8> {
    let message = "We are looking for a sister city in Japan with about forty thousand inhabitants and an interest in \
        education. Could you tell us how a municipality decides on a new affiliation, and whom we should write to?";
    let fields = [
        ("seal", seal),
        ("topic", "sister-cities"),
        ("name", "Abena Owusu"),
        ("organisation", "Kumasi Metropolitan Assembly"),
        ("email", address),
        ("phone", ""),
        ("subject", "Looking for a sister city in Japan"),
        ("message", message),
        ("consent", "yes"),
    ];
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }
    body.push_str(&format!("--{BOUNDARY}--\r\n"));
    let head = format!(
        "POST /en/enquiries HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}
