//! The accept loop: one HTTP/1.1 connection after the other, each with its patience.
//!
//! poem's own listener sets no timer of hyper's, so that half a header or a stalled answer lives for ever. Here a header
//! has ten seconds, an answer that is not taken half a minute; bodies have theirs in [`crate::web::form`].

mod patient;

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::http::uri::Scheme;
use poem::http::{self, StatusCode};
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Addr, Endpoint, Request, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use patient::Patient;

/// How much patience a client gets.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From the connection, or the last answer, to the end of the next header.
    pub header: Duration,
    /// While an answer is not taken.
    pub answer: Duration,
    /// Connections at a time.
    pub connections: usize,
    /// For requests under way when the service ends.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(10),
            answer: Duration::from_secs(30),
            connections: 4096,
            farewell: Duration::from_secs(10),
        }
    }
}

/// Bytes that hyper may keep of one connection: headers of this size are enough for every browser.
const BUFFER: usize = 16 * 1024;

/// Serves until `shutdown` turns true, and lets what is under way finish.
pub async fn serve<E>(listener: TcpListener, endpoint: E, limits: Limits, mut shutdown: watch::Receiver<bool>)
where
    E: Endpoint<Output = Response> + 'static,
{
    let endpoint = Arc::new(endpoint);
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut connections = JoinSet::new();
    while !*shutdown.borrow() {
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place,
            _ = shutdown.changed() => break,
        };
        let Ok(place) = place else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = shutdown.changed() => break,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                let (endpoint, shutdown) = (endpoint.clone(), shutdown.clone());
                connections.spawn(async move {
                    converse(stream, peer, endpoint, limits, shutdown).await;
                    drop(place);
                });
            }
            Err(error) => {
                // Out of file descriptors, as a rule: trying at once would only burn the processor.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    let farewell = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(limits.farewell, farewell).await.is_err() {
        tracing::info!("some requests were still under way at the end");
    }
}

async fn converse<E>(
    stream: TcpStream,
    peer: std::net::SocketAddr,
    endpoint: Arc<E>,
    limits: Limits,
    mut shutdown: watch::Receiver<bool>,
) where
    E: Endpoint<Output = Response> + 'static,
{
    let Ok(local) = stream.local_addr() else { return };
    // Without it small answers wait for the client's acknowledgement; where it fails, they do.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: http::Request<Incoming>| {
        let endpoint = endpoint.clone();
        async move {
            let whence = (LocalAddr(Addr::SocketAddr(local)), RemoteAddr(Addr::SocketAddr(peer)), Scheme::HTTP);
            let request: Request = (request, whence.0, whence.1, whence.2).into();
            let answered = AssertUnwindSafe(endpoint.get_response(request)).catch_unwind().await;
            let response = answered.unwrap_or_else(|_| {
                tracing::error!("a handler panicked");
                Response::builder().status(StatusCode::INTERNAL_SERVER_ERROR).finish()
            });
            Ok::<_, Infallible>(http::Response::from(response))
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.header).max_buf_size(BUFFER);
    let connection = builder.serve_connection(TokioIo::new(Patient::new(stream, limits.answer)), service);
    tokio::pin!(connection);
    // A client that goes away is no trouble of ours.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = shutdown.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use poem::{Response, endpoint::make_sync};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::watch;

    use super::{Limits, serve};

    async fn connect(body: &'static [u8]) -> (TcpStream, watch::Sender<bool>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = watch::channel(false);
        let short = Duration::from_millis(200);
        let limits = Limits { header: short, answer: short, ..Limits::default() };
        let endpoint = make_sync(move |request| {
            assert!(request.uri().path() != "/panic", "as asked");
            Response::builder().body(body)
        });
        tokio::spawn(serve(listener, endpoint, limits, stopped));
        (TcpStream::connect(address).await.expect("connected"), stop)
    }

    /// What comes until the connection is closed, which it must be soon.
    async fn rest(stream: &mut TcpStream) -> usize {
        let mut all = Vec::new();
        let reading = stream.read_to_end(&mut all);
        let _ = tokio::time::timeout(Duration::from_secs(5), reading).await.expect("let go");
        all.len()
    }

    #[tokio::test]
    async fn who_says_nothing_or_half_is_let_go() {
        for said in ["", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "] {
            let (mut stream, _stop) = connect(b"hello").await;
            stream.write_all(said.as_bytes()).await.expect("sent");
            rest(&mut stream).await;
        }
    }

    #[tokio::test]
    async fn who_does_not_take_the_answer_is_let_go() {
        static LARGE: [u8; 64 << 20] = [b'x'; 64 << 20];
        let (mut stream, _stop) = connect(&LARGE).await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
        tokio::time::sleep(Duration::from_millis(800)).await;
        assert!(rest(&mut stream).await < LARGE.len());
    }

    #[tokio::test]
    async fn a_panic_is_answered_without_detail() {
        let (mut stream, _stop) = connect(b"hello").await;
        stream.write_all(b"GET /panic HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 500") && !answer.contains("as asked"), "{answer}");
    }
}
