//! How fast the desk is, side by side with what the database could do at best: `cargo bench`.
//!
//! Starts a private cluster and the release build, and prints a table in Markdown. `-- --quick` takes few short runs on
//! small data: a check that it works, not a measurement. `-- --only parse,intake,letters,pages,start` takes some parts;
//! `-- --data FOLDER` keeps the cluster with its demo tickets there, to be used again.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr, reason = "a bench that cannot go on fails")]

mod floor;
mod http;
mod intake;
mod letters;
mod measure;
mod pages;
mod parse;
mod service;
mod start;

use std::path::PathBuf;

use measure::Table;
use service::Bench;

/// How much is measured.
pub struct Plan {
    pub quick: bool,
    pub runs: usize,
    pub seconds: u64,
    pub sizes: Vec<usize>,
    only: Vec<String>,
    data: Option<PathBuf>,
}

impl Plan {
    fn read() -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let value = |name: &str| {
            arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1)).cloned()
        };
        let quick = arguments.iter().any(|argument| argument == "--quick");
        Self {
            quick,
            runs: if quick { 1 } else { 5 },
            seconds: if quick { 2 } else { 6 },
            sizes: if quick { vec![1_000, 20_000] } else { vec![1_000, 100_000, 1_000_000] },
            only: value("--only").map(|parts| parts.split(',').map(str::to_owned).collect()).unwrap_or_default(),
            data: value("--data").map(PathBuf::from),
        }
    }

    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == part)
    }
}

#[tokio::main]
async fn main() {
    let plan = Plan::read();
    let mut table = Table::new();
    if plan.wants("parse") {
        parse::measure(&plan, &mut table);
    }
    if plan.only == ["parse"] {
        println!("{}", table.markdown(plan.quick));
        return;
    }
    let bench = Bench::start(plan.data.clone()).await;
    if plan.wants("start") {
        start::measure(&bench, &plan, &mut table).await;
    }
    if plan.wants("intake") {
        intake::measure(&bench, &plan, &mut table).await;
    }
    if plan.wants("letters") {
        letters::measure(&bench, &plan, &mut table).await;
    }
    if plan.wants("pages") {
        pages::measure(&bench, &plan, &mut table).await;
    }
    bench.end().await;
    println!("{}", table.markdown(plan.quick));
}
