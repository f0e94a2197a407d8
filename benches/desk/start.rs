//! (e) From the start to ready: on a database that is there, and on an empty folder.

use crate::Plan;
use crate::measure::{Table, median};
use crate::service::{Bench, Service};

pub async fn measure(bench: &Bench, plan: &Plan, table: &mut Table) {
    drop(bench.database("bench_start").await);
    let url = bench.url("bench_start");
    // The first start makes the keys and the administrator.
    drop(Service::start(Some(&url)).await);
    let mut there = Vec::new();
    for _ in 0..plan.runs {
        let (service, took) = Service::start(Some(&url)).await;
        drop(service);
        there.push(took.as_secs_f64());
    }
    let mut empty = Vec::new();
    for _ in 0..plan.runs.min(3) {
        let (service, took) = Service::start(None).await;
        drop(service);
        empty.push(took.as_secs_f64());
    }
    table.row("start to ready, cluster running", format!("{:.2} s", median(&there)), "", "< 0.3 s");
    table.row("start to ready, empty folder", format!("{:.2} s", median(&empty)), "", "< 4 s");
}
