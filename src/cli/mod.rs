//! The command line: one file a command. What is JSON stands alone on stdout; everything else is said on stderr.

mod check;
mod database;
mod demo;
mod ingest;
mod parse;
mod staff;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::postgres::cluster::ClusterError;
use crate::service::{self, ServiceError};
use crate::settings::{self, Flags, Settings};

/// An enquiry desk for public bodies.
#[derive(Debug, Parser)]
#[command(name = "madoguchi", version, about, long_about = None)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the web, mail intake, outgoing mail and timers (also without a command)
    Serve,
    /// Reads one raw message from stdin and prints what it says, as JSON; touches no database
    Parse,
    /// Reads one raw message from stdin and stores it as by any other channel; prints JSON
    Ingest(ingest::Ingest),
    /// Looks after members of staff
    #[command(subcommand)]
    Staff(staff::Staff),
    /// Adds lifelike enquiries in five languages, to look at or to measure
    Demo(demo::Demo),
    /// Tells what is right and wrong with settings, database, mail in and out
    Check,
}

/// sysexits.h: a service that is needed is not available.
const EXIT_UNAVAILABLE: u8 = 69;
/// sysexits.h: try again later.
const EXIT_TRY_LATER: u8 = 75;
/// sysexits.h: the settings are wrong.
const EXIT_SETTINGS: u8 = 78;

/// Runs the command that the command line names.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("MADOGUCHI_LOG").unwrap_or_else(|_| EnvFilter::new("info,html5ever=error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(run(cli)),
        Err(error) => fail(&format!("starting the runtime: {error}"), 1),
    }
}

async fn run(cli: Cli) -> ExitCode {
    if let Some(Command::Parse) = cli.command {
        return parse::run();
    }
    let settings = match Settings::load(&cli.flags) {
        Ok(settings) => settings,
        // An MTA returns a letter to its sender for any other exit of its pipe.
        Err(bad) if matches!(cli.command, Some(Command::Ingest(_))) => return fail(&bad.to_string(), EXIT_TRY_LATER),
        Err(bad) => return fail(&bad.to_string(), EXIT_SETTINGS),
    };
    match cli.command {
        None | Some(Command::Serve) => serve(settings).await,
        Some(Command::Ingest(ingest)) => ingest.run(&settings).await,
        Some(Command::Staff(staff)) => staff.run(&settings).await,
        Some(Command::Demo(demo)) => demo.run(&settings).await,
        Some(Command::Check) => check::run(&settings).await,
        Some(Command::Parse) => parse::run(),
    }
}

async fn serve(settings: Settings) -> ExitCode {
    for name in settings::unknown() {
        tracing::warn!(name = name.name, "{}", name.told());
    }
    match service::serve(settings, Arc::new(say)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(ServiceError::Cluster(error @ ClusterError::NotInstalled(_))) => fail(&error.to_string(), EXIT_UNAVAILABLE),
        Err(error @ ServiceError::Setting(_)) => fail(&error.to_string(), EXIT_SETTINGS),
        Err(error) => fail(&error.to_string(), 1),
    }
}

/// Says something to the person at the command line.
fn say(words: &str) {
    // Where nobody listens, nothing is lost.
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// Prints a line of output.
fn print(words: &str) {
    // A reader who has gone away wants no more of it.
    let _ = writeln!(std::io::stdout(), "{words}");
}

fn fail(words: &str, code: u8) -> ExitCode {
    say(words);
    ExitCode::from(code)
}
