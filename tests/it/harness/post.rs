//! A mail server that records what it is sent, and misbehaves as it is told.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Takes everything.
    Takes,
    /// Refuses recipients for good.
    Refuses,
    /// Refuses recipients for now, so many times.
    Busy(u32),
    /// Drops the line after the letter, before it answers.
    DropsAfterData,
}

/// A letter as it came.
#[derive(Debug, Clone)]
pub struct Sent {
    pub from: String,
    pub to: String,
    pub raw: Vec<u8>,
}

#[derive(Clone)]
pub struct Post {
    pub port: u16,
    manner: Arc<Mutex<Manner>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Post {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let post = Self { port, manner: Arc::new(Mutex::new(manner)), sent: Arc::default() };
        let server = post.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.converse(stream).await });
            }
        });
        post
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().expect("unpoisoned").clone()
    }

    async fn converse(&self, stream: TcpStream) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let (mut from, mut to) = (String::new(), String::new());
        stream.write_all(b"220 post.test ESMTP\r\n").await.ok()?;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let inside = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            let answer = match line.split([' ', '\r', ':']).next()?.to_ascii_uppercase().as_str() {
                "EHLO" | "HELO" => "250-post.test\r\n250-8BITMIME\r\n250 SMTPUTF8",
                "MAIL" => {
                    from = inside();
                    "250 2.1.0 Ok"
                }
                "RCPT" => {
                    to = inside();
                    self.on_recipient()
                }
                "DATA" => {
                    stream.write_all(b"354 Go\r\n").await.ok()?;
                    let raw = take(&mut stream).await?;
                    self.sent.lock().expect("unpoisoned").push(Sent { from: from.clone(), to: to.clone(), raw });
                    if *self.manner.lock().expect("unpoisoned") == Manner::DropsAfterData {
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

    fn on_recipient(&self) -> &'static str {
        let mut manner = self.manner.lock().expect("unpoisoned");
        match *manner {
            Manner::Refuses => "550 5.1.1 No such user here",
            Manner::Busy(0) | Manner::Takes | Manner::DropsAfterData => "250 2.1.5 Ok",
            Manner::Busy(times) => {
                *manner = Manner::Busy(times - 1);
                "451 4.3.2 Busy, try again"
            }
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
