//! What surrounds every page of staff, and the dashboard: asked side by side on one connection.

use futures_util::try_join;

use crate::desk::outgoing::list::LetterCounts;
use crate::desk::queue::{Counts, Filter, Page, Sort, Who, counts, list};
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

impl Desk {
    /// How many of what wait for somebody.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn overview(&self, viewer: &Viewer) -> Result<Overview, DeskError> {
        overview(&*self.database.connection().await?, viewer).await
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
        let (overview, queue, mine) = try_join!(
            overview(connection, viewer),
            list::read(connection, viewer, &waiting, Sort::Waiting, None, queue),
            list::read(connection, viewer, &theirs, Sort::Newest, None, mine),
        )?;
        Ok(Dashboard { overview, queue, mine })
    }
}

async fn overview(connection: &diesel_async::AsyncPgConnection, viewer: &Viewer) -> Result<Overview, DeskError> {
    // What was not understood belongs to no division.
    let quarantined =
        async { if viewer.divisions.is_some() { Ok(0) } else { arrivals::count_quarantined(connection).await } };
    let letters = outgoing::list::count(connection, viewer.divisions.as_ref());
    let (counts, letters, quarantined) = try_join!(counts::read(connection, viewer), letters, quarantined)?;
    Ok(Overview { counts, letters, quarantined })
}
