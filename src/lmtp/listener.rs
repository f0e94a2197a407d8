//! Lends the session a socket: time limits, a limit of connections, and the delivery itself.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::lmtp::session::{Delivery, Envelope, Session, Step};

/// Stores messages.
pub trait Deliver: Clone + Send + Sync + 'static {
    /// Stores a message; answers only once it is committed.
    fn deliver(&self, envelope: Envelope, raw: Vec<u8>) -> impl Future<Output = Delivery> + Send;
}

/// How much patience an MTA gets.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Without a byte (RFC 5321, 4.5.3.2 asks for five minutes; a local MTA needs less).
    pub silence: Duration,
    /// For one message, from the first command on; whoever drips a byte at a time holds a place no longer.
    pub message: Duration,
    /// From the end of a message to its answers.
    pub delivery: Duration,
    /// Connections at a time.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            silence: Duration::from_mins(5),
            message: Duration::from_mins(30),
            delivery: Duration::from_secs(15),
            connections: 1000,
        }
    }
}

/// Serves until `shutdown` turns true. A delivery under way is finished, the rest the MTA sends again.
pub async fn serve<D: Deliver>(listener: TcpListener, deliver: D, limits: Limits, mut shutdown: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut connections = JoinSet::new();
    while !*shutdown.borrow() {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = shutdown.changed() => break,
        };
        while connections.try_join_next().is_some() {}
        match (accepted, places.clone().try_acquire_owned()) {
            (Ok((stream, _)), Ok(place)) => {
                let (deliver, shutdown) = (deliver.clone(), shutdown.clone());
                connections.spawn(async move {
                    if let Err(error) = converse(stream, deliver, limits, shutdown).await {
                        tracing::debug!(%error, "an LMTP connection ended");
                    }
                    drop(place);
                });
            }
            (Ok((mut stream, _)), Err(_)) => {
                // Whoever does not take this goodbye is not missed.
                let _ = stream.try_write(b"421 4.3.2 Too many connections, try again later\r\n");
                let _ = stream.shutdown().await;
            }
            (Err(error), _) => {
                tracing::warn!(%error, "an LMTP connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    let farewell = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(Duration::from_secs(10), farewell).await.is_err() {
        tracing::info!("some LMTP connections were still open at the end");
    }
}

async fn converse<D: Deliver>(
    mut stream: TcpStream,
    deliver: D,
    limits: Limits,
    mut shutdown: watch::Receiver<bool>,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut session = Session::default();
    // Idle connections are many, and cost little.
    let mut buffer = vec![0; 8 * 1024];
    let mut deadline = Instant::now() + limits.message;
    say(&mut stream, Session::greeting(), limits).await?;
    loop {
        // Replies to pipelined commands leave together (RFC 2920).
        let mut replies = String::new();
        while let Some(step) = session.step() {
            match step {
                Step::Reply(words) => replies.push_str(&words),
                Step::Close(words) => return say(&mut stream, &(replies + words.as_str()), limits).await,
                Step::Deliver(envelope, raw) => {
                    say(&mut stream, &std::mem::take(&mut replies), limits).await?;
                    let delivery = in_time(deliver.clone(), envelope, raw, limits).await;
                    replies.push_str(&session.delivered(delivery));
                    deadline = Instant::now() + limits.message;
                }
            }
        }
        say(&mut stream, &replies, limits).await?;
        let read = tokio::select! {
            read = tokio::time::timeout_at(deadline.min(Instant::now() + limits.silence), stream.read(&mut buffer)) => read,
            _ = shutdown.changed() => return say(&mut stream, "421 4.3.2 The service ends, try again later\r\n", limits).await,
        };
        match read {
            Err(_) => return say(&mut stream, "421 4.4.2 Nothing came for too long\r\n", limits).await,
            Ok(Ok(0)) => return Ok(()),
            Ok(Ok(count)) => session.receive(&buffer[..count]),
            Ok(Err(error)) => return Err(error),
        }
    }
}

/// Delivers, and gives up waiting in time. What is stored all the same is recognised when the MTA sends it again.
async fn in_time<D: Deliver>(deliver: D, envelope: Envelope, raw: Vec<u8>, limits: Limits) -> Delivery {
    let delivering = tokio::spawn(async move { deliver.deliver(envelope, raw).await });
    match tokio::time::timeout(limits.delivery, delivering).await {
        Ok(Ok(delivery)) => delivery,
        Ok(Err(_)) | Err(_) => Delivery::TryLater,
    }
}

async fn say(stream: &mut TcpStream, words: &str, limits: Limits) -> std::io::Result<()> {
    match tokio::time::timeout(limits.silence, stream.write_all(words.as_bytes())).await {
        Ok(written) => written,
        Err(_) => Err(std::io::ErrorKind::TimedOut.into()),
    }
}
