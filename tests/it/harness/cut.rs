//! A wire to the database that can be cut, or falls silent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, UnixStream};
use tokio::sync::watch;

pub struct Wire {
    pub url: String,
    is_cut: Arc<AtomicBool>,
    cuts: watch::Sender<u64>,
    silences: watch::Sender<bool>,
}

impl Wire {
    /// A wire to a database that listens on a Unix socket.
    pub async fn to(database_url: &str) -> Self {
        let rest = database_url.strip_prefix("postgres://madoguchi@").expect("the test cluster's URL");
        let (host, name) = rest.rsplit_once('/').expect("a database");
        let socket = format!("{}/.s.PGSQL.5432", host.replace("%2F", "/"));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let is_cut = Arc::new(AtomicBool::new(false));
        let (cuts, cut) = watch::channel(0);
        let (silences, silence) = watch::channel(false);
        let closed = is_cut.clone();
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (socket, mut cut, mut silence) = (socket.clone(), cut.clone(), silence.clone());
                if closed.load(Ordering::SeqCst) {
                    continue;
                }
                tokio::spawn(async move {
                    let mut far = UnixStream::connect(socket).await.expect("the cluster answers");
                    cut.mark_unchanged();
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => return,
                        _ = cut.changed() => return,
                        _ = silence.wait_for(|is_silent| *is_silent) => {}
                    }
                    // The server's end goes when the server has noticed; the desk's end never learns.
                    let _ = silence.wait_for(|is_silent| !is_silent).await;
                    drop(far);
                    std::future::pending::<()>().await;
                    drop(near);
                });
            }
        });
        Self { url: format!("postgres://madoguchi@127.0.0.1:{port}/{name}"), is_cut, cuts, silences }
    }

    pub fn cut(&self) {
        self.is_cut.store(true, Ordering::SeqCst);
        self.cuts.send_modify(|count| *count += 1);
    }

    /// From now on nothing comes through, and nobody is told: as when a cable is pulled.
    pub fn fall_silent(&self) {
        self.silences.send_replace(true);
    }

    pub fn mend(&self) {
        self.is_cut.store(false, Ordering::SeqCst);
        self.silences.send_replace(false);
    }
}
