//! What is read from the database at most every few seconds, and shown meanwhile, or while the database is away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, RwLock};

use crate::desk::DeskError;

/// How old it may be: a change made at one instance is seen by the others after this.
const FRESH: Duration = Duration::from_secs(5);

/// Something as it was last read.
pub(crate) struct Fresh<T> {
    /// When it was read; nothing where it has to be read anew.
    last: RwLock<Option<(Option<Instant>, Arc<T>)>>,
    /// Whoever reads it anew; meanwhile the others go on with what they have.
    turn: Mutex<()>,
}

impl<T> Default for Fresh<T> {
    fn default() -> Self {
        Self { last: RwLock::default(), turn: Mutex::default() }
    }
}

impl<T> Fresh<T> {
    /// What was read at most five seconds ago, or else what `read` gives, which may be the same as before.
    ///
    /// # Errors
    /// When it is too old and `read` fails.
    pub(crate) async fn get(&self, read: impl Future<Output = Result<Arc<T>, DeskError>>) -> Result<Arc<T>, DeskError> {
        let last = self.last.read().await.clone();
        let turn = self.turn.try_lock();
        if let Some((read_at, value)) = last
            && read_at.is_some_and(|read_at| read_at.elapsed() < FRESH || turn.is_err())
        {
            return Ok(value);
        }
        let value = read.await?;
        *self.last.write().await = Some((Some(Instant::now()), value.clone()));
        drop(turn);
        Ok(value)
    }

    /// Has it read anew: it was changed here.
    pub(crate) async fn stale(&self) {
        if let Some((read_at, _)) = &mut *self.last.write().await {
            *read_at = None;
        }
    }

    /// What was read last, however old.
    pub(crate) async fn last(&self) -> Option<Arc<T>> {
        self.last.read().await.as_ref().map(|(_, value)| value.clone())
    }
}
