//! The private cluster of the bench, its databases, and the release build on one of them.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use madoguchi::postgres::cluster::{Cluster, Durability, Use};
use madoguchi::postgres::{Database, migration};
use tokio_postgres::{Client, NoTls};

use crate::http::Connection;

pub const ADMIN: &str = "admin@bench.example";
pub const PASSWORD: &str = "correct-horse-battery";
const TEMPLATE: &str = "bench_template";

/// The cluster of the bench.
pub struct Bench {
    cluster: Cluster,
    /// Removed at the end.
    _temporary: Option<tempfile::TempDir>,
}

impl Bench {
    pub async fn start(data: Option<PathBuf>) -> Self {
        let temporary = data.is_none().then(|| tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap());
        let folder = data.unwrap_or_else(|| temporary.as_ref().unwrap().path().to_path_buf());
        if temporary.is_some() {
            open_to_all(&folder);
        }
        let cluster = Cluster::start(&folder, Use::Borrow, Durability::Full).await.unwrap();
        let bench = Self { cluster, _temporary: temporary };
        let admin = bench.client("postgres").await;
        admin.batch_execute(&format!("DROP DATABASE IF EXISTS {TEMPLATE}")).await.unwrap();
        admin.batch_execute(&format!("CREATE DATABASE {TEMPLATE}")).await.unwrap();
        let database = Database::new(&bench.url(TEMPLATE), 1).unwrap();
        migration::run(&database).await.unwrap();
        bench
    }

    pub async fn end(self) {
        self.cluster.leave().await.unwrap();
    }

    pub fn url(&self, database: &str) -> String {
        let url = self.cluster.url();
        format!("{}/{database}", url.rsplit_once('/').unwrap().0)
    }

    /// A connection of the bench's own.
    pub async fn client(&self, database: &str) -> Client {
        let (client, connection) = tokio_postgres::connect(&self.url(database), NoTls).await.unwrap();
        tokio::spawn(async move {
            // Its end is the client's.
            let _ = connection.await;
        });
        client
    }

    /// A new database with nothing in it but the seed; one of that name is dropped.
    pub async fn database(&self, name: &str) -> Client {
        let admin = self.client("postgres").await;
        admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
        let clone = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}");
        let until = Instant::now() + Duration::from_secs(10);
        while let Err(error) = admin.batch_execute(&clone).await {
            // Who migrated it may still be on the way out.
            assert!(Instant::now() < until, "{error}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        self.client(name).await
    }

    pub async fn exists(&self, name: &str) -> bool {
        let admin = self.client("postgres").await;
        !admin.query("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await.unwrap().is_empty()
    }
}

/// PostgreSQL runs as somebody else where the bench runs as root.
pub fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// The release build, running.
pub struct Service {
    child: Child,
    pub port: u16,
    pub lmtp: u16,
    _folder: tempfile::TempDir,
}

impl Service {
    /// Starts it on a database, or on a cluster of its own, and waits until it is ready; how long that took.
    pub async fn start(database_url: Option<&str>) -> (Self, Duration) {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        open_to_all(folder.path());
        let (port, lmtp) = (free_port(), free_port());
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("MADOGUCHI_DATA_DIR", folder.path())
            .env("MADOGUCHI_LISTEN", format!("127.0.0.1:{port}"))
            .env("MADOGUCHI_LMTP_LISTEN", format!("127.0.0.1:{lmtp}"))
            .env("MADOGUCHI_MAIL_FROM", "exchange@bench.example")
            .env("MADOGUCHI_ENQUIRIES_PER_HOUR", "0")
            .env("MADOGUCHI_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(log);
        if let Some(url) = database_url {
            command.env("DATABASE_URL", url);
            // The first password takes as long to hash as all the rest: not part of a start on what is there.
            command.env("MADOGUCHI_ADMIN_EMAIL", ADMIN).env("MADOGUCHI_ADMIN_PASSWORD", PASSWORD);
        }
        let began = Instant::now();
        let child = command.spawn().unwrap();
        let service = Self { child, port, lmtp, _folder: folder };
        while !service.is_ready().await {
            assert!(began.elapsed() < Duration::from_secs(60), "the service does not become ready");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        (service, began.elapsed())
    }

    async fn is_ready(&self) -> bool {
        match Connection::try_open(self.port).await {
            Some(mut connection) => connection.get("/readyz", "").await.status == 200,
            None => false,
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The cookie of somebody who is signed in.
    pub async fn sign_in(&self) -> String {
        let mut connection = Connection::open(self.port).await;
        let page = connection.get("/staff/login", "").await;
        let token = page.hidden("token");
        let form = format!("token={token}&email={}&password={PASSWORD}", ADMIN.replace('@', "%40"));
        let kind = "application/x-www-form-urlencoded";
        // The blank form may set a cookie that belongs to its token.
        let signed_in = connection.post("/staff/login", &page.cookie(), kind, form.as_bytes()).await;
        assert_eq!(signed_in.status, 303, "{}", signed_in.text());
        signed_in.cookie()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.child);
        // It may have ended by itself; then there is nothing to signal.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
