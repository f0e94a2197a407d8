//! The harness: a desk of one's own (the real binary) on a database of one's own, with post and browser beside it.

pub mod beside;
pub mod browser;
pub mod cut;
pub mod database;
pub mod desk;
pub mod dovecot;
pub mod mta;
pub mod post;
pub mod visitor;

pub use desk::Desk;
pub use visitor::{Page, Visitor};

/// Waits until something is true, for at most thirty seconds: machines that test are busy.
pub async fn soon<F, R>(what: &str, mut is_true: F)
where
    F: FnMut() -> R,
    R: Future<Output = bool>,
{
    for _ in 0..600 {
        if is_true().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("not within thirty seconds: {what}");
}

/// A port that was free a moment ago, below those that the system gives to whoever connects: of these one may be gone
/// before the service listens.
pub fn free_port() -> u16 {
    let mut candidates = std::iter::repeat_with(|| 10_000 + (uuid::Uuid::new_v4().as_u128() % 20_000) as u16);
    let is_free = |port: &u16| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok();
    candidates.find(is_free).expect("a port that is free")
}
