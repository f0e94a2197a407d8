//! A running desk: the real binary, and the ways of enquirers, MTAs and staff to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use madoguchi::mail::parse::{Parsed, parse};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::{Visitor, database, free_port, soon};

pub const ADMIN: &str = "admin@example.org";
pub const PASSWORD: &str = "correct-horse-battery";

/// A desk of one's own.
pub struct Desk {
    child: Child,
    /// The harness's own browser; [`Desk::visitor`] makes others.
    visitor: Visitor,
    pub lmtp: u16,
    pub database_url: String,
    pub folder: PathBuf,
    _folder: Option<tempfile::TempDir>,
}

impl std::ops::Deref for Desk {
    type Target = Visitor;
    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

/// How a desk is started.
pub struct Start {
    settings: BTreeMap<&'static str, String>,
    left_out: Vec<&'static str>,
    database: Where,
    folder: Option<PathBuf>,
}

/// Which database a desk uses.
enum Where {
    /// One of its own, cloned from the template.
    Cloned,
    /// This one.
    Given(String),
    /// A private cluster in its data folder.
    Private,
}

impl Start {
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.settings.insert(name, value.into());
        self
    }

    pub fn without(mut self, name: &'static str) -> Self {
        self.left_out.push(name);
        self
    }

    pub fn on(mut self, database_url: &str) -> Self {
        self.database = Where::Given(database_url.to_owned());
        self
    }

    /// With a private cluster, in a data folder that outlives the desk.
    pub fn private(mut self, folder: &Path) -> Self {
        self.database = Where::Private;
        self.folder = Some(folder.to_owned());
        self
    }

    /// Starts it, and waits until it is ready.
    pub async fn start(self) -> Desk {
        let desk = self.launch().await;
        soon("the desk is ready", async || desk.get("/readyz").await.status == 200).await;
        desk
    }

    /// Starts it, and does not wait.
    pub async fn launch(self) -> Desk {
        let database_url = match self.database {
            Where::Cloned => database::own().await,
            Where::Given(url) => url,
            Where::Private => String::new(),
        };
        let (web, lmtp) = (free_port(), free_port());
        let temporary = self.folder.is_none().then(|| tempfile::tempdir().expect("a folder"));
        let folder = self.folder.unwrap_or_else(|| temporary.as_ref().expect("made above").path().to_owned());
        let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).expect("a log");
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        if !database_url.is_empty() {
            command.env("DATABASE_URL", &database_url);
        }
        command
            .env("MADOGUCHI_DATA_DIR", &folder)
            .env("MADOGUCHI_LISTEN", format!("127.0.0.1:{web}"))
            .env("MADOGUCHI_LMTP_LISTEN", format!("127.0.0.1:{lmtp}"))
            .env("MADOGUCHI_MAIL_FROM", "exchange@desk.test")
            // Nobody outside is asked for keys.
            .env("MADOGUCHI_NAMESERVER", "")
            .env("MADOGUCHI_ADMIN_EMAIL", ADMIN)
            .env("MADOGUCHI_ADMIN_PASSWORD", PASSWORD)
            .envs(&self.settings);
        self.left_out.iter().for_each(|name| {
            command.env_remove(name);
        });
        let child = command.stdout(Stdio::null()).stderr(log).spawn().expect("the desk starts");
        let visitor = Visitor::new(format!("http://127.0.0.1:{web}"));
        Desk { child, visitor, lmtp, database_url, folder, _folder: temporary }
    }
}

impl Desk {
    /// A desk with the usual settings, to be changed before it starts.
    pub fn settings() -> Start {
        Start { settings: BTreeMap::new(), left_out: Vec::new(), database: Where::Cloned, folder: None }
    }

    pub async fn start() -> Self {
        Self::settings().start().await
    }

    /// Somebody else, with a browser of their own.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.base.clone())
    }

    /// Where the private cluster of a data folder answers.
    pub fn private_url(&self, folder: &Path) -> String {
        let pid_file = std::fs::read_to_string(folder.join("postgres/data/postmaster.pid")).expect("it runs");
        let socket = pid_file.lines().nth(4).expect("the fifth line says where").replace('/', "%2F");
        format!("postgres://madoguchi@{socket}/madoguchi")
    }

    /// A count that the database gives.
    pub async fn count(&self, sql: &str) -> i64 {
        database::count(&self.database_url, sql).await
    }

    /// Changes the database by hand, as an administrator with psql would.
    pub async fn execute(&self, sql: &str) {
        database::execute(&self.database_url, sql).await;
    }

    /// A command of the binary beside the running service.
    pub fn command(&self, arguments: &[&str], stdin: &[u8]) -> Ran {
        run(&self.database_url, &self.folder, arguments, stdin)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Delivers a message by LMTP; the codes of all answers after `DATA`.
    pub async fn deliver(&self, from: &str, to: &[&str], raw: &[u8]) -> Vec<String> {
        let stream = TcpStream::connect(("127.0.0.1", self.lmtp)).await.expect("the desk takes mail");
        let mut stream = BufReader::new(stream);
        answer(&mut stream).await;
        let recipients = to.iter().map(|to| format!("RCPT TO:<{to}>"));
        let commands = ["LHLO mx.test".to_owned(), format!("MAIL FROM:<{from}>")].into_iter().chain(recipients);
        for command in commands.chain(["DATA".to_owned()]) {
            stream.write_all(format!("{command}\r\n").as_bytes()).await.expect("sent");
            answer(&mut stream).await;
        }
        let stuffed = String::from_utf8_lossy(raw).contains("\r\n.");
        assert!(!stuffed, "the harness does not stuff dots");
        stream.write_all(raw).await.expect("sent");
        stream.write_all(b"\r\n.\r\n").await.expect("sent");
        let mut codes = Vec::new();
        for _ in to {
            codes.push(answer(&mut stream).await);
        }
        codes
    }

    /// The letters that the desk kept as files, oldest first.
    pub fn letters(&self) -> Vec<Parsed> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.join("outbox"))
            .map(|entries| {
                entries
                    .flatten()
                    .map(|entry| entry.path())
                    .filter(|path| path.extension().is_some_and(|e| e == "eml"))
                    .collect()
            })
            .unwrap_or_default();
        files.sort();
        files.iter().map(|file| parse(&std::fs::read(file).expect("a letter"))).collect()
    }

    /// Waits for so many letters.
    pub async fn letters_soon(&self, count: usize) -> Vec<Parsed> {
        soon(&format!("{count} letters"), async || self.letters().len() >= count).await;
        let letters = self.letters();
        assert_eq!(letters.len(), count);
        letters
    }

    /// Where the token of a letter's ticket stands.
    pub fn reply_address(&self, index: usize) -> String {
        self.letters()[index].reply_to.clone().expect("a Reply-To").address
    }

    /// The path of a ticket's own page, with its key, as a letter has it.
    pub fn own_page(&self, letter: usize, ticket: &str) -> String {
        let letter = self.letters().remove(letter);
        let found = letter.text.find(&format!("/enquiries/{ticket}?key="));
        let at = found.unwrap_or_else(|| panic!("{}", letter.text));
        let start = letter.text[..at].rfind('/').expect("a language");
        let path = letter.text[start..].split_whitespace().next().unwrap_or_default().to_owned();
        assert!(letter.html_sanitised.unwrap_or_default().contains(&path), "the HTML has it too");
        path
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("reaped");
    }

    /// SIGTERM; how it ended.
    pub fn end(&mut self) -> std::process::ExitStatus {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("signalled");
        self.child.wait().expect("ended")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = self.log();
            let lines: Vec<&str> = log.lines().rev().take(15).collect();
            for line in lines.into_iter().rev() {
                use std::io::Write;
                let _ = writeln!(std::io::stderr(), "desk: {line}");
            }
        }
    }
}

/// How a command ended.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// What it printed, as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {} {}", self.stdout, self.stderr))
    }
}

/// Runs the binary to its end.
pub fn run(database_url: &str, folder: &Path, arguments: &[&str], stdin: &[u8]) -> Ran {
    use std::io::Write;
    let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).args(arguments);
    command.env("MADOGUCHI_DATA_DIR", folder).env("MADOGUCHI_MAIL_FROM", "exchange@desk.test");
    if !database_url.is_empty() {
        command.env("DATABASE_URL", database_url);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary runs");
    // A command that does not read its input has a right to close it.
    let _ = child.stdin.take().expect("piped").write_all(stdin);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { code: output.status.code().unwrap_or(-1), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

/// Delivers a message where the desk may be killed meanwhile; whether it was taken.
pub async fn try_to_deliver(lmtp: u16, from: &str, to: &str, raw: &[u8]) -> bool {
    try_to_send(lmtp, "LHLO", from, to, raw).await
}

/// The same by SMTP, where `hello` is `EHLO`.
pub async fn try_to_send(port: u16, hello: &str, from: &str, to: &str, raw: &[u8]) -> bool {
    let talk = async {
        let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await.ok()?);
        let hello = format!("{hello} mx.test\r\nMAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n");
        stream.write_all(hello.as_bytes()).await.ok()?;
        let mut line = String::new();
        while !line.starts_with("354") {
            line.clear();
            (stream.read_line(&mut line).await.ok()? > 0).then_some(())?;
        }
        stream.write_all(raw).await.ok()?;
        stream.write_all(b".\r\n").await.ok()?;
        line.clear();
        stream.read_line(&mut line).await.ok()?;
        line.starts_with("250").then_some(())
    };
    talk.await.is_some()
}

/// The code of an answer, all its lines read.
async fn answer(stream: &mut BufReader<TcpStream>) -> String {
    loop {
        let mut line = String::new();
        let read = tokio::time::timeout(std::time::Duration::from_secs(25), stream.read_line(&mut line));
        read.await.expect("an answer in time").expect("an answer");
        if line.as_bytes().get(3) != Some(&b'-') {
            return line.chars().take(3).collect();
        }
    }
}
