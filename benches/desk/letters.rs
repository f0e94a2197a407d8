//! (b) Messages by LMTP, beside the floor.

use std::time::Instant;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::Plan;
use crate::floor::{Door, Floor, PROBE};
use crate::intake::settled;
use crate::measure::{Table, median, processor_time, processors};
use crate::service::{Bench, Service};

pub async fn measure(bench: &Bench, plan: &Plan, table: &mut Table) {
    let database = bench.database("bench_letters").await;
    let (service, _) = Service::start(Some(&bench.url("bench_letters"))).await;
    deliver(service.lmtp, vec![PROBE.to_owned()], 1).await;
    settled(&database).await;
    let mut floor = Floor::new(bench, "bench_letters_floor", &database, Door::Letter).await;
    let mut load = Vec::new();
    for connections in [1, 8] {
        let count = if connections == 1 { 1_500 } else { 6_000 } / if plan.quick { 5 } else { 1 };
        let (mut ours, mut floors, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        floor.run(bench, 1, connections).await;
        for run in 0..plan.runs {
            settled(&database).await;
            let senders = (0..count).map(|index| format!("r{run}c{connections}n{index}@bench.example")).collect();
            let own = std::process::id();
            let (began, used) = (Instant::now(), processor_time(own));
            deliver(service.lmtp, senders, connections).await;
            let took = began.elapsed().as_secs_f64();
            load.push((processor_time(own) - used).as_secs_f64() / took / processors() as f64);
            let rate = f64::from(count) / took;
            let beside = floor.run(bench, plan.seconds, connections).await;
            eprintln!("LMTP, {connections} connections: {rate:.0}/s beside {beside:.0}/s");
            ratios.push(rate / beside);
            ours.push(rate);
            floors.push(beside);
        }
        table.row(
            format!("messages by LMTP, {connections} connections"),
            format!("{:.0}/s; ratio **{:.2}**", median(&ours), median(&ratios)),
            format!("pgbench {:.0}/s", median(&floors)),
            if connections == 8 { "ratio ≥ 0.7" } else { "" },
        );
    }
    table.note(format!("By LMTP the load generator took {:.0} % of the processors.", median(&load) * 100.0));
}

/// Delivers a message of each sender, by so many connections.
async fn deliver(port: u16, senders: Vec<String>, connections: usize) {
    let each = senders.len().div_ceil(connections);
    let mut senders = senders.into_iter();
    let mut delivering = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let senders: Vec<String> = senders.by_ref().take(each).collect();
        delivering.spawn(async move {
            let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            stream.set_nodelay(true).unwrap();
            let mut stream = BufReader::new(stream);
            expect(&mut stream, "220").await;
            say(&mut stream, "LHLO bench.example\r\n", "250").await;
            for sender in senders {
                // As an MTA that knows PIPELINING does: the envelope in one go.
                let envelope = format!("MAIL FROM:<{sender}>\r\nRCPT TO:<exchange@bench.example>\r\nDATA\r\n");
                stream.write_all(envelope.as_bytes()).await.unwrap();
                expect(&mut stream, "250").await;
                expect(&mut stream, "250").await;
                expect(&mut stream, "354").await;
                say(&mut stream, &message(&sender), "250").await;
            }
        });
    }
    delivering.join_all().await;
}

fn message(sender: &str) -> String {
    format!(
        "From: Abena Owusu <{sender}>\r\nTo: exchange@bench.example\r\nSubject: Looking for a sister city in Japan\r\n\
         Message-ID: <m-{sender}>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=UTF-8\r\n\r\n\
         We are looking for a sister city in Japan with about forty thousand inhabitants and an interest\r\n\
         in education. Could you tell us how a municipality decides on a new affiliation, and whom we\r\n\
         should write to?\r\n.\r\n"
    )
}

async fn say(stream: &mut BufReader<TcpStream>, words: &str, code: &str) {
    stream.write_all(words.as_bytes()).await.unwrap();
    expect(stream, code).await;
}

/// Reads one answer, all its lines.
async fn expect(stream: &mut BufReader<TcpStream>, code: &str) {
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).await.unwrap() > 0, "the connection was closed");
        assert!(line.starts_with(code), "{line} instead of {code}");
        if line.as_bytes().get(3) != Some(&b'-') {
            return;
        }
    }
}
