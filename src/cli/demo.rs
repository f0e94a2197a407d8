//! `madoguchi demo`: lifelike enquiries to look at.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::cli::database::Borrowed;
use crate::settings::Settings;

/// The most tickets of one demo.
const MOST: u64 = 1_000_000;
/// How often progress is told.
const TELL_EVERY: Duration = Duration::from_secs(2);

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// How many enquiries
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..=MOST))]
    tickets: u64,
    /// Another number tells other stories
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

impl Demo {
    pub(super) async fn run(self, settings: &Settings) -> ExitCode {
        let borrowed = match Borrowed::open(settings).await {
            Ok(borrowed) => borrowed,
            Err(error) => return super::fail(&error.to_string(), 1),
        };
        let began = Instant::now();
        let told = std::sync::Mutex::new(began);
        let progress = |stored: usize| {
            let Ok(mut told) = told.lock() else { return };
            if told.elapsed() >= TELL_EVERY {
                *told = Instant::now();
                super::say(&format!("{stored} of {} enquiries after {} s", self.tickets, began.elapsed().as_secs()));
            }
        };
        let tickets = usize::try_from(self.tickets).unwrap_or(usize::MAX);
        let added = borrowed.desk.add_demo(tickets, self.seed, Timestamp::now(), progress).await;
        borrowed.leave().await;
        match added {
            Ok(()) => {
                let seconds = began.elapsed().as_secs_f64();
                super::say(&format!("{} enquiries were added in {seconds:.1} s", self.tickets));
                ExitCode::SUCCESS
            }
            Err(error) => super::fail(&format!("the demo was not added to the end: {error}"), 1),
        }
    }
}
