//! What runs it all: the web at once, the rest as soon as the database answers, until SIGTERM.

mod mail_in;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::OptionFuture;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::desk::receive::Intake;
use crate::desk::secrets::{self, Purpose};
use crate::desk::{Desk, DeskError, directory};
use crate::domain::acknowledgement::Cap;
use crate::imap::{self, Trust, TrustError};
use crate::lmtp;
use crate::mail::compose::ascii_host;
use crate::outbox::dkim::{BadKey, Signer};
use crate::outbox::{self, Transport, smtp};
use crate::postgres::cluster::{Cluster, ClusterError, Durability, Use};
use crate::postgres::migration::{self, MigrationError};
use crate::postgres::{Database, DatabaseError};
use crate::screening;
use crate::screening::scanner::Scanner;
use crate::settings::{Mailbox, Protection, Settings, Source};
use crate::web::seal::Sealer;
use crate::web::server::{self, Limits};
use crate::web::site::{Opened, Outgoing, Serving, Site};

/// Connections to the database.
const CONNECTIONS: usize = 16;
/// How often a database that is away is asked again.
const ASK_AGAIN: Duration = Duration::from_secs(1);
/// How often what is over is removed.
const TIDY_EVERY: Duration = Duration::from_hours(1);

/// Why the service cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The private cluster.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// An address cannot be listened on.
    #[error("listening on {address} for {what}: {source}")]
    Listen {
        /// For what.
        what: &'static str,
        /// The address.
        address: std::net::SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// A file of the settings.
    #[error("reading {}: {source}", path.display())]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// Whom to believe.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// A setting that is found out not to work.
    #[error("{0}")]
    Setting(String),
    /// The database pool.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Signals cannot be waited for.
    #[error("waiting for signals: {0}")]
    Signals(std::io::Error),
}

/// Why the desk cannot be opened yet.
#[derive(Debug, thiserror::Error)]
enum OpenError {
    #[error(transparent)]
    Migration(#[from] MigrationError),
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// What is to be told about a running service: for the command line to print.
pub type Tell = Arc<dyn Fn(&str) + Send + Sync>;

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// For settings that cannot work; what is away for a while is waited for.
pub async fn serve(settings: Settings, tell: Tell) -> Result<(), ServiceError> {
    let transport = transport(&settings)?;
    note_where_the_database_is(&settings);
    let cluster = match &settings.database_url {
        Some(_) => None,
        None => Some(Arc::new(Cluster::start(&settings.data_dir, Use::Serve, Durability::Full).await?)),
    };
    let url = settings.database_url.as_ref().map(|url| url.0.clone());
    let url = url.or_else(|| cluster.as_ref().map(|cluster| cluster.url())).unwrap_or_default();
    let served = serve_on(&settings, &url, transport, cluster.clone(), tell).await;
    if let Some(cluster) = cluster.and_then(Arc::into_inner)
        && let Err(error) = cluster.leave().await
    {
        tracing::error!(%error, "the private cluster was left running");
    }
    served
}

/// A file of this name in the data folder says that the desk's database is the one that `DATABASE_URL` names: a command
/// that does not know it, such as an MTA's pipe, must not make a database that nobody looks at.
pub const DATABASE_IS_ELSEWHERE: &str = "database-is-elsewhere";

fn note_where_the_database_is(settings: &Settings) {
    let note = settings.data_dir.join(DATABASE_IS_ELSEWHERE);
    let noted = match &settings.database_url {
        Some(_) => std::fs::create_dir_all(&settings.data_dir).and_then(|()| std::fs::write(&note, "")),
        None if note.exists() => std::fs::remove_file(&note),
        None => Ok(()),
    };
    if let Err(error) = noted {
        tracing::warn!(%error, file = %note.display(), "commands cannot tell where the database is");
    }
}

async fn serve_on(
    settings: &Settings,
    url: &str,
    transport: Transport,
    cluster: Option<Arc<Cluster>>,
    tell: Tell,
) -> Result<(), ServiceError> {
    let (stop, stopped) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate()).map_err(ServiceError::Signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServiceError::Signals)?;
    let database = Database::new(url, CONNECTIONS)?;
    // The system's authorities take two megabytes: read only where somebody is to be believed.
    let trust = if settings.mailboxes.is_empty() { None } else { Some(Trust::of(settings)?) };
    let site = Site::new(serving(settings, &transport));
    let web = listen("the web (MADOGUCHI_LISTEN)", settings.listen).await?;
    let mail = match settings.lmtp_listen {
        Some(address) => Some(listen("mail (MADOGUCHI_LMTP_LISTEN)", address).await?),
        None => None,
    };
    let mut tasks = JoinSet::new();
    tasks.spawn(server::serve(web, crate::web::routes(site.clone()), Limits::default(), stopped.clone()));
    if let Some(mail) = mail {
        let door = mail_in::Door::new(site.clone());
        tasks.spawn(lmtp::listener::serve(mail, door, lmtp::listener::Limits::default(), stopped.clone()));
    }
    site.lmtp_is_there();
    let watching = cluster.map(|cluster| tokio::spawn(async move { cluster.watch().await }));
    let running = run(settings.clone(), database, transport, site, trust, stopped.clone(), tell);
    tasks.spawn(running);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("the service ends");
    // Everybody has a receiver: nobody is left who could not hear it.
    let _ = stop.send(true);
    let ending = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(Duration::from_secs(15), ending).await.is_err() {
        tracing::warn!("some work was still under way at the end");
    }
    tasks.abort_all();
    if let Some(watching) = watching {
        watching.abort();
        // Aborted is how it ends.
        let _ = watching.await;
    }
    Ok(())
}

async fn listen(what: &'static str, address: std::net::SocketAddr) -> Result<TcpListener, ServiceError> {
    TcpListener::bind(address).await.map_err(|source| ServiceError::Listen { what, address, source })
}

/// Opens the desk as soon as the database answers, and does what has to be done in the background.
async fn run(
    settings: Settings,
    database: Database,
    transport: Transport,
    site: Site,
    trust: Option<Trust>,
    mut stopped: watch::Receiver<bool>,
    tell: Tell,
) {
    let opened = loop {
        match open(&settings, &database).await {
            Ok(opened) => break opened,
            Err(error) => tracing::warn!(%error, "the database is not ready; trying again"),
        }
        tokio::select! {
            () = tokio::time::sleep(ASK_AGAIN) => {}
            _ = stopped.changed() => return,
        }
    };
    let desk = opened.desk.clone();
    let door = trust.map(|trust| imap::Door { desk: desk.clone(), intake: opened.intake.clone(), trust });
    site.open(opened);
    announce(&settings, &desk, &tell).await;
    let fetching = OptionFuture::from(door.map(|door| imap::run(door, settings.mailboxes.clone(), stopped.clone())));
    tokio::join!(
        outbox::run(desk.clone(), transport, stopped.clone()),
        fetching,
        desk.keep_search_up_to_date(stopped.clone()),
        screening::run(desk.clone(), settings.screening.clone(), stopped.clone()),
        tidy(&desk, stopped),
    );
}

async fn open(settings: &Settings, database: &Database) -> Result<Opened, OpenError> {
    migration::run(database).await?;
    directory::keep_first_address(database, &settings.mail_from).await?;
    let cap = if settings.enquiries_per_hour.is_some() { Cap::Hourly } else { Cap::Off };
    let desk = Desk::open(database.clone(), cap).await?.screened(settings.screening.clone()).at(&settings.public_url);
    if let Some((email, password)) = &settings.administrator {
        desk.keep_administrator(email, &password.0, Timestamp::now()).await?;
    }
    let sealer = Sealer::new(secrets::key(database, Purpose::Forms).await?);
    Ok(Opened { intake: Intake::start(&desk), desk, sealer })
}

async fn announce(settings: &Settings, desk: &Desk, tell: &Tell) {
    let url = &settings.public_url;
    tell(&format!("The desk is open: {url}/  for enquirers, {url}/staff  for staff"));
    if let Some(address) = settings.lmtp_listen {
        tell(&format!("Mail comes in by LMTP at {address}"));
    }
    if settings.smtp.is_none() {
        let folder = settings.data_dir.join("outbox");
        tell(&format!("No mail server is set (MADOGUCHI_SMTP_URL): letters are kept as files in {}", folder.display()));
    }
    match desk.set_up_link(Timestamp::now()).await {
        Ok(Some(token)) => {
            tell(&format!("Nobody can sign in yet. Choose the administrator's password at {url}/staff/setup/{token}"))
        }
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "the set-up link could not be made"),
    }
}

async fn tidy(desk: &Desk, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        let now = Timestamp::now();
        let tidied = async {
            desk.forget_old_sessions(now).await?;
            desk.forget_kept_files(now).await
        };
        if let Err(error) = tidied.await {
            tracing::warn!(%error, "what is over could not be removed");
        }
        tokio::select! {
            () = tokio::time::sleep(TIDY_EVERY) => {}
            _ = stopped.changed() => {}
        }
    }
}

fn serving(settings: &Settings, transport: &Transport) -> Serving {
    Serving {
        public_url: settings.public_url.clone(),
        trusted_proxies: settings.trusted_proxies.clone(),
        mailboxes: settings.mailboxes.iter().map(Mailbox::name).collect(),
        scanner: settings.screening.scanner.as_ref().map(Scanner::new),
        enquiries_per_hour: settings.enquiries_per_hour,
        outgoing: match transport {
            Transport::Capture(_) => Outgoing::Captured,
            Transport::Server { .. } => Outgoing::Sent,
        },
    }
}

/// Where letters go: to the mail server that the settings name, or into files.
///
/// # Errors
/// Names the file or the setting that does not work.
pub fn transport(settings: &Settings) -> Result<Transport, ServiceError> {
    let signer = signer(settings)?;
    let Some(url) = &settings.smtp else { return Ok(Transport::Capture(settings.data_dir.join("outbox"))) };
    let authorities = match &settings.ca_file {
        None => Vec::new(),
        Some(path) => {
            let pem = std::fs::read(path).map_err(|source| ServiceError::File { path: path.clone(), source })?;
            vec![pem]
        }
    };
    let server = smtp::Server {
        host: url.host.clone(),
        port: url.port,
        security: match url.protection {
            Protection::None => smtp::Security::Plain,
            Protection::Tls => smtp::Security::Tls,
            Protection::StartTls => smtp::Security::StartTls,
        },
        user: url.user.clone(),
        authorities,
        hello: ascii_host(settings.mail_from.host()).unwrap_or_else(|| "localhost".to_owned()),
    };
    Ok(Transport::Server { server, signer })
}

/// What signs letters, where the settings say so.
///
/// # Errors
/// Names the setting that does not work.
pub fn signer(settings: &Settings) -> Result<Option<Signer>, ServiceError> {
    let Some(dkim) = &settings.dkim else { return Ok(None) };
    let signer = Signer::new(&dkim.key.0, &dkim.selector, &dkim.domain).map_err(|bad| {
        let name = if bad == BadKey::Key { "MADOGUCHI_DKIM_KEY_FILE" } else { "MADOGUCHI_DKIM_DOMAIN" };
        let shown = settings.shown().iter().find(|shown| shown.name == name);
        let source = shown.map_or(Source::Default, |shown| shown.source);
        ServiceError::Setting(format!("{name} (from the {source}) must be {bad}"))
    });
    signer.map(Some)
}
