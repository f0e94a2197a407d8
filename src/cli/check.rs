//! `madoguchi check`: what is right and wrong, in plain words.

use std::process::ExitCode;
use std::time::Duration;

use tokio::net::TcpStream;

use crate::cli::database::Borrowed;
use crate::desk::mailbox::Count;
use crate::desk::outgoing::list::LetterCounts;
use crate::domain::scan::Scan;
use crate::imap;
use crate::outbox::Transport;
use crate::outbox::smtp::{Failure, Security};
use crate::screening::scanner::Scanner;
use crate::settings::{self, Mailbox, Settings, Source, unknown};

const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn run(settings: &Settings) -> ExitCode {
    super::print("Settings");
    for shown in settings.shown() {
        super::print(&match (shown.value.as_str(), shown.source) {
            ("", Source::Default) => format!("  {} (not set)", shown.name),
            (value, source) => format!("  {} = {value} ({source})", shown.name),
        });
    }
    let mut trouble = false;
    let mut report = |what: &str, result: Result<String, String>| match result {
        Ok(words) => super::print(&format!("good   {what}: {words}")),
        Err(words) => {
            trouble = true;
            super::print(&format!("wrong  {what}: {words}"));
        }
    };
    for name in unknown() {
        report(&name.name, Err(name.told()));
    }
    let (database, letters) = database(settings).await;
    report("database", database);
    if let Some(letters) = letters {
        report("letters", letters);
    }
    report("web", listens(settings.listen).await.map(|()| format!("listens at {}", settings.listen)));
    match settings.lmtp_listen {
        Some(address) => report("mail in", listens(address).await.map(|()| format!("listens at {address}"))),
        None => report("mail in", Ok("turned off".to_owned())),
    }
    for mailbox in &settings.mailboxes {
        report(&format!("mail fetched from {}", mailbox.name()), fetched(settings, mailbox).await);
    }
    report("mail out", mail_out(settings).await);
    if let Some(dkim) = &settings.dkim {
        let signs = format!(
            "letters are signed for {}; the key belongs at {}._domainkey.{}",
            dkim.domain, dkim.selector, dkim.domain
        );
        report("signing", crate::service::signer(settings).map(|_| signs).map_err(|error| error.to_string()));
    }
    if let Some(place) = &settings.screening.scanner {
        report("virus scanner", scanner(place).await);
    }
    if trouble { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Of the database, and of the letters in it, where it answers.
async fn database(settings: &Settings) -> (Result<String, String>, Option<Result<String, String>>) {
    let borrowed = match Borrowed::open(settings).await {
        Ok(borrowed) => borrowed,
        Err(error) => return (Err(error.to_string()), None),
    };
    let counted = tokio::try_join!(borrowed.desk.count_letters(), borrowed.desk.count_quarantined());
    borrowed.leave().await;
    match counted {
        Ok((counts, quarantined)) => (Ok("answers and is up to date".to_owned()), Some(letters(&counts, quarantined))),
        Err(error) => (Err(error.to_string()), None),
    }
}

fn letters(counts: &LetterCounts, quarantined: i64) -> Result<String, String> {
    let mut open = Vec::new();
    for (count, what) in [
        (counts.refused, "were refused: see /staff/outbox"),
        (counts.unknown, "have an unknown fate: see /staff/outbox"),
        (quarantined, "could not be read: see /staff/arrivals"),
    ] {
        if count > 0 {
            open.push(format!("{count} {what}"));
        }
    }
    if open.is_empty() { Ok(format!("{} wait to be sent", counts.on_their_way)) } else { Err(open.join("; ")) }
}

async fn listens(address: std::net::SocketAddr) -> Result<(), String> {
    match tokio::time::timeout(PATIENCE, TcpStream::connect(address)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(format!("{address}: {error}; is the service running?")),
        Err(_) => Err(format!("{address} does not answer")),
    }
}

async fn fetched(settings: &Settings, mailbox: &Mailbox) -> Result<String, String> {
    let there = imap::try_out(mailbox, settings).await?;
    let borrowed = Borrowed::open(settings).await.map_err(|error| error.to_string())?;
    let states = borrowed.desk.mailbox_states(&[mailbox.name()]).await;
    let directory = borrowed.desk.directory().await;
    borrowed.leave().await;
    let directory = directory.map_err(|error| error.to_string())?;
    if let Some(slug) = &mailbox.division
        && !directory.divisions.iter().any(|division| division.slug == *slug)
    {
        return Err(format!("no division has the slug \"{slug}\", and nothing is fetched"));
    }
    let state = states.map_err(|error| error.to_string())?.pop();
    let now = format!("signed in; {there} letters are there");
    if let Some((words, since)) = state.as_ref().and_then(|state| state.trouble.clone()) {
        return Err(format!("{now}; since {since} the service says: {words}"));
    }
    match state.and_then(|state| state.count) {
        None => Ok(format!("{now}, not counted yet")),
        Some(Count { at, on_server, in_ledger }) if in_ledger < on_server => {
            Err(format!("{now}; of {on_server} on the server {in_ledger} were in the ledger at {at}"))
        }
        Some(Count { at, on_server, in_ledger }) => {
            Ok(format!("{now}; of {on_server} on the server {in_ledger} were in the ledger at {at}"))
        }
    }
}

async fn scanner(place: &settings::Scanner) -> Result<String, String> {
    match Scanner::new(place).scan(b"What a scanner finds nothing in.").await {
        Ok(Scan::Clean) => Ok(format!("{place} answers{}", limit(place).await)),
        Ok(said) => Err(format!("{place} should find nothing in a harmless text, and says {said:?}")),
        Err(error) => Err(format!("{place}: {error}")),
    }
}

/// What is larger than clamd takes cannot be checked.
async fn limit(place: &settings::Scanner) -> &'static str {
    let largest = vec![0; crate::desk::receive::letter::LARGEST];
    match Scanner::new(place).scan(&largest).await {
        Ok(Scan::Unscannable) => {
            "; it refuses a file of 50 MB, as letters may carry: set StreamMaxLength, MaxScanSize and MaxFileSize to 60M"
        }
        _ => "",
    }
}

async fn mail_out(settings: &Settings) -> Result<String, String> {
    let server = match crate::service::transport(settings).map_err(|error| error.to_string())? {
        Transport::Capture(_) => return Ok("no mail server is set; letters are kept as files".to_owned()),
        Transport::Server { server, .. } => server,
    };
    let place = format!("{}:{}", server.host, server.port);
    let protected = match server.security {
        Security::Plain => "without TLS",
        Security::Tls => "over TLS",
        Security::StartTls => "over STARTTLS",
    };
    let signed_in = if server.user.is_some() { ", and lets the desk sign in" } else { "" };
    match tokio::time::timeout(PATIENCE, server.connect()).await {
        Ok(Ok(mut conversation)) => {
            conversation.leave().await;
            Ok(format!("{place} answers {protected}{signed_in}"))
        }
        Ok(Err(Failure::ForNow(answer) | Failure::ForGood(answer) | Failure::Unknown(answer))) => {
            let code = answer.code.split(' ').next().filter(|code| !code.is_empty());
            let said = code.map_or(answer.words.clone(), |code| format!("{code} {}", answer.words));
            Err(format!("{place}, asked {protected}{}: {said}", if server.user.is_some() { " to sign in" } else { "" }))
        }
        Err(_) => Err(format!("{place} did not answer within {} s", PATIENCE.as_secs())),
    }
}
