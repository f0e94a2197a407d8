//! What is read from the database at most every few seconds, and shown meanwhile, or while the database is away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, RwLock};

use crate::desk::DeskError;

/// How old it may be: a change made at one instance is seen by the others after this.
const FRESH: Duration = Duration::from_secs(5);

/// Something as it was last read.
pub(crate) struct Fresh<T> {
    last: RwLock<Option<(Instant, Arc<T>)>>,
    /// Whoever reads it anew; meanwhile the others go on with what they have.
    turn: Mutex<()>,
}

impl<T> Default for Fresh<T> {
    fn default() -> Self {
        Self { last: RwLock::default(), turn: Mutex::default() }
    }
}

impl<T> Fresh<T> {
    /// What was read at most five seconds ago, or else by `read`.
    ///
    /// # Errors
    /// When it is too old and `read` fails.
    pub(crate) async fn get(&self, read: impl Future<Output = Result<T, DeskError>>) -> Result<Arc<T>, DeskError> {
        let last = self.last.read().await.clone();
        let turn = self.turn.try_lock();
        if let Some((read_at, value)) = last
            && (read_at.elapsed() < FRESH || turn.is_err())
        {
            return Ok(value);
        }
        let value = Arc::new(read.await?);
        *self.last.write().await = Some((Instant::now(), value.clone()));
        drop(turn);
        Ok(value)
    }

    /// Has it read anew: it was changed here.
    pub(crate) async fn forget(&self) {
        *self.last.write().await = None;
    }

    /// What was read last, however old.
    pub(crate) async fn last(&self) -> Option<Arc<T>> {
        self.last.read().await.as_ref().map(|(_, value)| value.clone())
    }
}
