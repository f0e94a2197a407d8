//! What others are asked about what is stored: the DNS for the keys that letters are signed with ([`signature`]), clamd
//! whether files hold a virus ([`scanner`]). They may be slow or away; then it is asked again later, nothing is lost, and
//! nobody waits but who wants a file that was not scanned.
//!
//! Not done: SPF and DMARC, which only the server at the border can judge (it alone sees who hands a letter over).

pub mod scanner;
pub mod signature;

use std::time::Duration;

use futures_util::future::{OptionFuture, join_all};
use jiff::Timestamp;
use tokio::sync::{OnceCell, watch};

use crate::desk::{Desk, DeskError};
use crate::screening::scanner::{Scanner, ScannerError};
use crate::screening::signature::{Judge, Judgement, NoResolver};
use crate::settings::{Nameserver, Screening};

/// How often new letters and files are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a scanner that is away is left alone.
const LEAVE_ALONE: Duration = Duration::from_secs(10);
/// Letters judged side by side: mostly it is waiting for answers.
const AT_ONCE: usize = 4;

/// Judges letters and has files scanned until `stopped` turns true.
pub async fn run(desk: Desk, screening: Screening, stopped: watch::Receiver<bool>) {
    let judging = (screening.nameserver != Nameserver::Nobody)
        .then(|| keep_judging(&desk, screening.nameserver, stopped.clone()));
    let scanner = screening.scanner.as_ref().map(Scanner::new);
    let scanning = scanner.map(|scanner| keep_scanning(&desk, scanner, stopped.clone()));
    tokio::join!(OptionFuture::from(judging), OptionFuture::from(scanning));
}

async fn keep_judging(desk: &Desk, nameserver: Nameserver, mut stopped: watch::Receiver<bool>) {
    // Made for the first letter: most desks have a server at the border that judges.
    let judge = OnceCell::new();
    while !*stopped.borrow() {
        let judged = join_all((0..AT_ONCE).map(|_| judge_one(desk, &judge, nameserver))).await;
        let found_some = judged.iter().any(|judged| matches!(judged, Ok(Found::One)));
        for error in judged.iter().filter_map(|judged| judged.as_ref().err()) {
            tracing::warn!(%error, "letters wait to be judged");
        }
        if !found_some {
            pause(LOOK_EVERY, &mut stopped).await;
        }
    }
}

/// Whether there was something to do.
enum Found {
    One,
    Nothing,
}

#[derive(Debug, thiserror::Error)]
enum JudgeError {
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Resolver(#[from] NoResolver),
}

async fn judge_one(desk: &Desk, judge: &OnceCell<Judge>, nameserver: Nameserver) -> Result<Found, JudgeError> {
    let Some(letter) = desk.claim_unjudged(Timestamp::now()).await? else { return Ok(Found::Nothing) };
    let judge = judge.get_or_try_init(|| async { Judge::new(nameserver) }).await?;
    match judge.judge(&letter.raw).await {
        Judgement::Said { failed } => desk.judge(letter.message, &failed).await?,
        // It was claimed for a while; then it is tried again.
        Judgement::NoAnswer => tracing::info!(message = %letter.message, "the DNS did not answer; a letter waits"),
    }
    Ok(Found::One)
}

async fn keep_scanning(desk: &Desk, scanner: Scanner, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match scan_one(desk, &scanner).await {
            Ok(Found::One) => {}
            Ok(Found::Nothing) => pause(LOOK_EVERY, &mut stopped).await,
            Err(error) => {
                tracing::warn!(%error, "files wait to be scanned");
                pause(LEAVE_ALONE, &mut stopped).await;
            }
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum ScanError {
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Scanner(#[from] ScannerError),
}

async fn scan_one(desk: &Desk, scanner: &Scanner) -> Result<Found, ScanError> {
    let Some(file) = desk.unscanned().await? else { return Ok(Found::Nothing) };
    let scan = scanner.scan(&file.content).await?;
    desk.scanned(&file.sha256, &scan).await?;
    Ok(Found::One)
}

async fn pause(time: Duration, stopped: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        _ = stopped.changed() => {}
    }
}
