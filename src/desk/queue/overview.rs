//! What surrounds every page of staff, and the dashboard: asked side by side on one connection.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use diesel_async::AsyncPgConnection;
use futures_util::try_join;
use uuid::Uuid;

use crate::desk::outgoing::list::LetterCounts;
use crate::desk::queue::{Counts, Filter, Page, Sort, Undelivered, Who, counts, list};
use crate::desk::staff::Viewer;
use crate::desk::{Desk, DeskError, arrivals, outgoing};
use crate::domain::status::Status;

/// How many of what wait for somebody.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// Live tickets.
    pub counts: Counts,
    /// Letters that are not sent.
    pub letters: LetterCounts,
    /// Live tickets of which a letter did not arrive.
    pub undelivered: Undelivered,
    /// Arrivals that were not understood.
    pub quarantined: i64,
}

/// What the dashboard shows of tickets.
#[derive(Debug, Clone, Default)]
pub struct Dashboard {
    /// How many of what wait.
    pub overview: Overview,
    /// What waits for us, longest first.
    pub queue: Page,
    /// One's own live tickets, newest first.
    pub mine: Page,
}

/// How long what was counted is shown where another process may have changed it; this one's changes show at once.
const FRESH: Duration = Duration::from_secs(1);
/// How long it is shown while it is being counted anew: nobody waits for that, but on the first page after a while.
const SHOWN_MEANWHILE: Duration = Duration::from_secs(3);
/// Sets of divisions whose counts are kept: there are as many as there are ways to be a member.
const MOST_KEPT: usize = 100;

/// What was last counted, by the divisions that are seen. Under way are 2 % of all tickets: counting them for each page
/// is the one part of it that grows with the desk.
pub(crate) type OverviewCache = Mutex<HashMap<Option<Vec<Uuid>>, Kept>>;

/// Counts as they were.
pub(crate) struct Kept {
    counted_at: Instant,
    changes: u64,
    overview: Overview,
    /// Whether somebody counts anew already.
    being_counted: bool,
}

impl Desk {
    /// How many of what wait for somebody.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn overview(&self, viewer: &Viewer) -> Result<Overview, DeskError> {
        match self.kept(viewer) {
            Some(overview) => Ok(overview),
            None => self.count(&*self.database.connection().await?, viewer).await,
        }
    }

    /// What the dashboard shows of tickets: so many rows of the queue, and of one's own.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn dashboard(&self, viewer: &Viewer, queue: usize, mine: usize) -> Result<Dashboard, DeskError> {
        let waiting = Filter { statuses: vec![Status::New, Status::Open], ..Filter::default() };
        let theirs = Filter {
            assignee: Some(Who::Somebody(viewer.id)),
            statuses: vec![Status::New, Status::Open, Status::Pending],
            ..Filter::default()
        };
        let connection = &*self.database.connection().await?;
        let overview = async {
            match self.kept(viewer) {
                Some(overview) => Ok(overview),
                None => self.count(connection, viewer).await,
            }
        };
        let (overview, queue, mine) = try_join!(
            overview,
            list::read(connection, viewer, &waiting, Sort::Waiting, None, queue),
            list::read(connection, viewer, &theirs, Sort::Newest, None, mine),
        )?;
        Ok(Dashboard { overview, queue, mine })
    }

    /// What was counted a moment ago, if nothing was changed since. What grows old is counted anew beside it.
    fn kept(&self, viewer: &Viewer) -> Option<Overview> {
        let mut kept = self.overviews.lock().ok()?;
        let kept = kept.get_mut(&viewer.divisions)?;
        let (age, changes) = (kept.counted_at.elapsed(), self.changes.load(Ordering::Acquire));
        if kept.changes != changes || age >= SHOWN_MEANWHILE {
            return None;
        }
        if age >= FRESH && !kept.being_counted {
            kept.being_counted = true;
            tokio::spawn(self.clone().count_anew(viewer.clone()));
        }
        Some(kept.overview.clone())
    }

    /// Counts for the pages to come. Where that fails, the next page counts for itself and tells.
    async fn count_anew(self, viewer: Viewer) {
        let counted = async { self.count(&*self.database.connection().await?, &viewer).await };
        if let Err(error) = counted.await {
            tracing::warn!(%error, "what waits could not be counted anew");
        }
    }

    async fn count(&self, connection: &AsyncPgConnection, viewer: &Viewer) -> Result<Overview, DeskError> {
        // Read before the counting: what changes meanwhile makes it old.
        let (changes, counted_at) = (self.changes.load(Ordering::Acquire), Instant::now());
        // What was not understood belongs to no division.
        let quarantined =
            async { if viewer.divisions.is_some() { Ok(0) } else { arrivals::count_quarantined(connection).await } };
        let letters = outgoing::list::count(connection, viewer.divisions.as_ref());
        let undelivered = counts::read_undelivered(connection, viewer);
        let (counts, letters, undelivered, quarantined) =
            try_join!(counts::read(connection, viewer), letters, undelivered, quarantined)?;
        let overview = Overview { counts, letters, undelivered, quarantined };
        if let Ok(mut kept) = self.overviews.lock() {
            if kept.len() >= MOST_KEPT {
                kept.clear();
            }
            kept.insert(
                viewer.divisions.clone(),
                Kept { counted_at, changes, overview: overview.clone(), being_counted: false },
            );
        }
        Ok(overview)
    }
}
