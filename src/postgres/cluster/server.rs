//! PostgreSQL's own programs: made by initdb, started as a child, adopted by its pid file, stopped by a signal.

use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use diesel_async::{AsyncConnection, AsyncPgConnection};
use tokio::process::Child;
use tokio::time::{Instant, sleep};

use super::place::{DATABASE, Place, USER};
use super::{ClusterError, Durability, file_error};
use crate::postgres::install::{Install, Server as Installed};

/// Recovery after a crash may take a while.
const STARTING: Duration = Duration::from_secs(60);
const STOPPING: Duration = Duration::from_secs(15);
/// A killed postmaster that nobody has reaped yet still looks alive: a start is refused until it is.
const REAPING: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct Server {
    place: Place,
    installed: Installed,
    durability: Durability,
}

impl Server {
    /// The server of a place; where there is no cluster yet, it is made.
    pub(super) async fn of(place: Place, install: &Install, durability: Durability) -> Result<Self, ClusterError> {
        let made_by = std::fs::read_to_string(place.cluster.join("PG_VERSION")).ok();
        let installed = match made_by.and_then(|version| version.trim().parse().ok()) {
            None => install.newest().clone(),
            Some(major) => install
                .of_major(major)
                .cloned()
                .ok_or_else(|| ClusterError::OtherVersion { path: place.cluster.clone(), major })?,
        };
        let server = Self { place, installed, durability };
        server.place.prepare()?;
        if !server.place.cluster.join("PG_VERSION").exists() {
            server.make().await?;
        }
        Ok(server)
    }

    pub(super) fn url(&self) -> String {
        self.place.url()
    }

    /// Makes the cluster beside its place and moves it there whole, so that a kill in between leaves nothing half.
    async fn make(&self) -> Result<(), ClusterError> {
        let partial = self.place.root.join("data.partial");
        if partial.exists() {
            std::fs::remove_dir_all(&partial).map_err(|source| file_error("remove", &partial, source))?;
        }
        let mut command = self.place.identity.command(&self.installed.program("initdb"), &self.place.root);
        command.arg("--pgdata").arg(&partial).args([
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--lc-collate=C",
            "--data-checksums",
            "--auth=trust",
            "--no-instructions",
        ]);
        command.arg(format!("--username={USER}"));
        if self.durability == Durability::None {
            command.arg("--no-sync");
        }
        run("initdb", &mut command).await?;
        std::fs::rename(&partial, &self.place.cluster).map_err(|source| file_error("move", &partial, source))
    }

    /// Starts it, or adopts the one that runs.
    pub(super) async fn ensure_running(&self) -> Result<(), ClusterError> {
        let until = Instant::now() + REAPING;
        loop {
            match self.answers().await {
                true => return self.make_database().await,
                false if self.pid().is_some() && Instant::now() < until => sleep(Duration::from_millis(100)).await,
                false => break,
            }
        }
        let (again_until, until) = (Instant::now() + REAPING, Instant::now() + STARTING);
        let mut child = self.launch()?;
        while !self.answers().await {
            let has_ended = !matches!(child.try_wait(), Ok(None));
            if has_ended && Instant::now() < again_until {
                sleep(Duration::from_millis(200)).await;
                child = self.launch()?;
            } else if has_ended || Instant::now() > until {
                return Err(ClusterError::Program { program: "postgres", words: self.last_words() });
            } else {
                sleep(Duration::from_millis(20)).await;
            }
        }
        // Somebody has to take note of its end, or it stays as a zombie with a pid that looks alive.
        tokio::spawn(async move { child.wait().await });
        self.make_database().await
    }

    fn launch(&self) -> Result<Child, ClusterError> {
        let open = || std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(&self.place.log);
        let log = open().map_err(|source| file_error("open", &self.place.log, source))?;
        let mut command = self.place.identity.command(&self.installed.program("postgres"), &self.place.root);
        command.arg("-D").arg(&self.place.cluster).arg("-k").arg(&self.place.sockets);
        for setting in [
            "listen_addresses=",
            "unix_socket_permissions=0700",
            "max_connections=100",
            "shared_buffers=128MB",
            "max_wal_size=1GB",
            "checkpoint_timeout=15min",
            "log_min_messages=warning",
            "logging_collector=off",
        ] {
            command.arg("-c").arg(setting);
        }
        if self.durability == Durability::None {
            command.args([
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "max_connections=300",
            ]);
        }
        let errors = log.try_clone().map_err(|source| file_error("open", &self.place.log, source))?;
        command.stdout(Stdio::from(log)).stderr(Stdio::from(errors));
        command.spawn().map_err(|source| file_error("run", &self.installed.program("postgres"), source))
    }

    async fn answers(&self) -> bool {
        let url = self.url_of("postgres");
        let connecting = AsyncPgConnection::establish(&url);
        matches!(tokio::time::timeout(Duration::from_secs(2), connecting).await, Ok(Ok(_)))
    }

    /// Whether its postmaster is alive. A busy server counts as running though it answers slowly.
    pub(super) async fn is_running(&self) -> bool {
        self.pid().is_some() || self.answers().await
    }

    async fn make_database(&self) -> Result<(), ClusterError> {
        use diesel_async::SimpleAsyncConnection;
        let failed =
            |error: &dyn std::fmt::Display| ClusterError::Program { program: "createdb", words: error.to_string() };
        let until = Instant::now() + REAPING;
        loop {
            if AsyncPgConnection::establish(&self.url()).await.is_ok() {
                return Ok(());
            }
            let mut connection =
                AsyncPgConnection::establish(&self.url_of("postgres")).await.map_err(|error| failed(&error))?;
            match connection.batch_execute(&format!("CREATE DATABASE {DATABASE}")).await {
                Ok(()) => return Ok(()),
                // A service that was killed while it made the database: its statement may still come to an end.
                Err(_) if Instant::now() < until => sleep(Duration::from_millis(100)).await,
                Err(error) => return Err(failed(&error)),
            }
        }
    }

    fn url_of(&self, database: &str) -> String {
        let url = self.place.url();
        url.strip_suffix(DATABASE).map_or(url.clone(), |server| format!("{server}{database}"))
    }

    /// The postmaster's pid, if it is alive and is one.
    fn pid(&self) -> Option<i32> {
        let file = std::fs::read_to_string(self.place.cluster.join("postmaster.pid")).ok()?;
        let pid: i32 = file.lines().next()?.trim().parse().ok()?;
        is_postgres(pid).then_some(pid)
    }

    fn last_words(&self) -> String {
        let log = std::fs::read_to_string(&self.place.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(3).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join(" / ")
    }

    /// Stops it: clients are cut off, everything committed is on disk.
    pub(super) async fn stop(&self) -> Result<(), ClusterError> {
        for signal in [rustix::process::Signal::INT, rustix::process::Signal::QUIT] {
            let Some(pid) = self.pid().and_then(rustix::process::Pid::from_raw) else { return Ok(()) };
            // It may have ended by itself meanwhile; the loop below sees.
            let _ = rustix::process::kill_process(pid, signal);
            let until = Instant::now() + STOPPING;
            while self.pid().is_some() && Instant::now() < until {
                sleep(Duration::from_millis(20)).await;
            }
        }
        match self.pid() {
            None => Ok(()),
            Some(_) => Err(ClusterError::Program { program: "postgres", words: "it does not stop".to_owned() }),
        }
    }
}

/// Whether a pid is a PostgreSQL that lives: a pid file may outlive its process, and the number go to another one.
fn is_postgres(pid: i32) -> bool {
    let status = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("status"));
    match status {
        Ok(status) => {
            let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            let named =
                field("Name:").is_some_and(|name| name.starts_with("postgres") || name.starts_with("postmaster"));
            named && !field("State:").is_some_and(|state| state.starts_with(['Z', 'X']))
        }
        // Not Linux: whether it can be signalled has to do.
        Err(_) => {
            !Path::new("/proc/self").exists()
                && rustix::process::Pid::from_raw(pid)
                    .is_some_and(|pid| rustix::process::test_kill_process(pid).is_ok())
        }
    }
}

async fn run(program: &'static str, command: &mut tokio::process::Command) -> Result<(), ClusterError> {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().await;
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let words = String::from_utf8_lossy(&output.stderr).trim().replace('\n', " / ");
            Err(ClusterError::Program { program, words })
        }
        Err(error) => Err(ClusterError::Program { program, words: error.to_string() }),
    }
}
