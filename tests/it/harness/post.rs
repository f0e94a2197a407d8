//! A mail server that records what it is sent, and misbehaves as it is told.

use std::sync::{Arc, Mutex};

use madoguchi::mail::parse::{Parsed, parse};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How it treats letters to an address that contains a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Takes everything.
    Takes,
    /// Refuses recipients for good.
    Refuses,
    /// Refuses recipients for now.
    Busy,
    /// Does not answer the recipient, and keeps the line.
    Hangs,
    /// Takes the letter, waits so many milliseconds, and drops the line before it answers.
    DropsAfterData(u64),
}

/// A letter as it came.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The whole command that named the sender.
    pub mail: String,
    pub from: String,
    pub to: String,
    pub raw: Vec<u8>,
}

impl Sent {
    pub fn letter(&self) -> Parsed {
        parse(&self.raw)
    }
}

#[derive(Default)]
struct State {
    manners: Vec<(String, Manner)>,
    sent: Vec<Sent>,
    tries: Vec<(String, std::time::Instant)>,
    connections: usize,
}

#[derive(Clone)]
pub struct Post {
    pub port: u16,
    /// What it answers to EHLO.
    offers: &'static str,
    state: Arc<Mutex<State>>,
}

impl Post {
    /// A server that takes everything.
    pub async fn start() -> Self {
        Self::offering("250-post.test\r\n250-8BITMIME\r\n250 SMTPUTF8").await
    }

    /// A server that takes everything, and knows addresses in ASCII only.
    pub async fn in_ascii() -> Self {
        Self::offering("250-post.test\r\n250 8BITMIME").await
    }

    async fn offering(offers: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let post = Self { port, offers, state: Arc::default() };
        let server = post.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.converse(stream).await });
            }
        });
        post
    }

    /// From now on it treats recipients whose address contains `word` like this.
    pub fn treat(&self, word: &str, manner: Manner) {
        let mut state = self.state.lock().expect("unpoisoned");
        state.manners.retain(|(known, _)| known != word);
        state.manners.push((word.to_owned(), manner));
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What it took, and what it was given when it dropped the line.
    pub fn sent(&self) -> Vec<Sent> {
        self.state.lock().expect("unpoisoned").sent.clone()
    }

    /// What was sent to addresses that contain `word`.
    pub fn sent_to(&self, word: &str) -> Vec<Sent> {
        self.sent().into_iter().filter(|sent| sent.to.contains(word)).collect()
    }

    /// How many connections it was asked for.
    pub fn connections(&self) -> usize {
        self.state.lock().expect("unpoisoned").connections
    }

    /// When recipients whose address contains `word` were named.
    pub fn tries(&self, word: &str) -> Vec<std::time::Instant> {
        let state = self.state.lock().expect("unpoisoned");
        state.tries.iter().filter(|(to, _)| to.contains(word)).map(|(_, at)| *at).collect()
    }

    fn manner(&self, to: &str) -> Manner {
        let state = self.state.lock().expect("unpoisoned");
        state.manners.iter().find(|(word, _)| to.contains(word)).map_or(Manner::Takes, |(_, manner)| *manner)
    }

    async fn converse(&self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let (mut mail, mut from, mut to) = (String::new(), String::new(), String::new());
        self.state.lock().expect("unpoisoned").connections += 1;
        stream.write_all(b"220 post.test ESMTP\r\n").await.ok()?;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let inside = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            let answer = match line.split([' ', '\r', ':']).next()?.to_ascii_uppercase().as_str() {
                "EHLO" | "HELO" => self.offers,
                "MAIL" => {
                    from = inside();
                    line.trim_end().clone_into(&mut mail);
                    "250 2.1.0 Ok"
                }
                "RCPT" => {
                    to = inside();
                    self.state.lock().expect("unpoisoned").tries.push((to.clone(), std::time::Instant::now()));
                    match self.manner(&to) {
                        Manner::Refuses => "550 5.1.1 No such user here",
                        Manner::Busy => "451 4.3.2 Busy, try again",
                        Manner::Hangs => std::future::pending().await,
                        Manner::Takes | Manner::DropsAfterData(_) => "250 2.1.5 Ok",
                    }
                }
                "DATA" => {
                    stream.write_all(b"354 Go\r\n").await.ok()?;
                    let raw = take(&mut stream).await?;
                    let sent = Sent { mail: mail.clone(), from: from.clone(), to: to.clone(), raw };
                    self.state.lock().expect("unpoisoned").sent.push(sent);
                    if let Manner::DropsAfterData(pause) = self.manner(&to) {
                        tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
                        return None;
                    }
                    "250 2.0.0 Taken"
                }
                "QUIT" => {
                    stream.write_all(b"221 Bye\r\n").await.ok()?;
                    return None;
                }
                _ => "250 Ok",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
    }
}

async fn take(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    loop {
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        if line == b".\r\n" {
            return Some(raw);
        }
        raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
