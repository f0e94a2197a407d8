//! A request's body with its limits: how much of it is read, how long it may be silent, how slowly it may come.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use poem::{Body, RequestBody};
use tokio::time::Instant;

use crate::web::form::FormError;

/// The most bytes that are read of a body, those thrown away included.
const LARGEST_BODY: u64 = 100 * 1024 * 1024;
/// How long a body may say nothing.
const SILENCE: Duration = Duration::from_secs(20);
/// After this long, a body must have come at [`LOWEST_RATE`] on the whole.
const GRACE: Duration = Duration::from_secs(30);
/// Bytes a second: a tenth of what the slowest telephone line did.
const LOWEST_RATE: u64 = 512;

/// Why a body ended early, if it did: what reads it only sees an error of its own.
#[derive(Clone, Default)]
pub(super) struct Verdict(Arc<AtomicU8>);

impl Verdict {
    pub(super) fn get(&self) -> Option<FormError> {
        match self.0.load(Ordering::Relaxed) {
            1 => Some(FormError::TooLarge),
            2 => Some(FormError::TooSlow),
            _ => None,
        }
    }

    fn end(&self, error: FormError) -> std::io::Error {
        self.0.store(if error == FormError::TooLarge { 1 } else { 2 }, Ordering::Relaxed);
        std::io::Error::other(error)
    }
}

/// The body, ending with an error where it does not keep to the limits.
pub(super) fn limited(mut sent: RequestBody) -> (RequestBody, Verdict) {
    let verdict = Verdict::default();
    let Ok(body) = sent.take() else { return (RequestBody::new(Body::empty()), verdict) };
    let (begun, told) = (Instant::now(), verdict.clone());
    let stream = futures_util::stream::unfold(Some((Box::pin(body.into_bytes_stream()), 0_u64)), move |state| {
        let verdict = told.clone();
        async move {
            let (mut stream, read) = state?;
            // The multipart parser takes into memory whatever is there at once: one piece at a time is.
            tokio::task::yield_now().await;
            let chunk = match tokio::time::timeout(SILENCE, stream.next()).await {
                Err(_) => return Some((Err(verdict.end(FormError::TooSlow)), None)),
                Ok(None) => return None,
                Ok(Some(Err(error))) => return Some((Err(error), None)),
                Ok(Some(Ok(chunk))) => chunk,
            };
            let read = read + chunk.len() as u64;
            if read > LARGEST_BODY {
                return Some((Err(verdict.end(FormError::TooLarge)), None));
            }
            let passed = begun.elapsed();
            if passed > GRACE && read < passed.as_secs() * LOWEST_RATE {
                return Some((Err(verdict.end(FormError::TooSlow)), None));
            }
            Some((Ok(chunk), Some((stream, read))))
        }
    });
    (RequestBody::new(Body::from_bytes_stream(stream)), verdict)
}
