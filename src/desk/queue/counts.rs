//! How many live tickets wait where. Counted by a partial index: no counter rows, which would slow the intake down.

use diesel::dsl::count_star;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::desk::DeskError;
use crate::desk::staff::Viewer;
use crate::domain::channel::Channel;
use crate::domain::status::Status;
use crate::postgres::column::Word;
use crate::postgres::condition::{IsLive, IsUndelivered};
use crate::postgres::schema::tickets;

/// Live tickets by status, channel and assignee.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    rows: Vec<(Status, Channel, Option<Uuid>, i64)>,
}

impl Counts {
    /// Live tickets of a status.
    #[must_use]
    pub fn of_status(&self, status: Status) -> i64 {
        self.sum(|row| row.0 == status)
    }

    /// Tickets that wait for us.
    #[must_use]
    pub fn waiting(&self) -> i64 {
        self.sum(|row| row.0.waits_for_us())
    }

    /// Tickets that wait for us and came by a channel.
    #[must_use]
    pub fn waiting_by(&self, channel: Channel) -> i64 {
        self.sum(|row| row.0.waits_for_us() && row.1 == channel)
    }

    /// Live tickets that somebody has.
    #[must_use]
    pub fn assigned_to(&self, staff: Uuid) -> i64 {
        self.sum(|row| row.2 == Some(staff))
    }

    /// Live tickets that nobody has.
    #[must_use]
    pub fn unassigned(&self) -> i64 {
        self.sum(|row| row.2.is_none())
    }

    /// All live tickets.
    #[must_use]
    pub fn live(&self) -> i64 {
        self.sum(|_| true)
    }

    fn sum(&self, wanted: impl Fn(&(Status, Channel, Option<Uuid>, i64)) -> bool) -> i64 {
        self.rows.iter().filter(|row| wanted(row)).map(|row| row.3).sum()
    }
}

/// Live tickets of which a letter did not arrive, by assignee.
#[derive(Debug, Clone, Default)]
pub struct Undelivered {
    rows: Vec<(Option<Uuid>, i64)>,
}

impl Undelivered {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> i64 {
        self.rows.iter().map(|(_, count)| count).sum()
    }

    /// Those that somebody has.
    #[must_use]
    pub fn assigned_to(&self, staff: Uuid) -> i64 {
        self.rows.iter().filter(|(assignee, _)| *assignee == Some(staff)).map(|(_, count)| count).sum()
    }
}

/// Counts the tickets that somebody sees and of which a letter did not arrive.
pub(super) async fn read_undelivered(
    mut connection: &AsyncPgConnection,
    viewer: &Viewer,
) -> Result<Undelivered, DeskError> {
    let mut query = tickets::table
        .filter(IsUndelivered)
        .group_by(tickets::assignee_id)
        .select((tickets::assignee_id, count_star()))
        .into_boxed();
    if let Some(divisions) = &viewer.divisions {
        query = query.filter(tickets::division_id.eq_any(divisions));
    }
    Ok(Undelivered { rows: query.load(&mut connection).await? })
}

/// Counts the live tickets that somebody sees.
pub(super) async fn read(mut connection: &AsyncPgConnection, viewer: &Viewer) -> Result<Counts, DeskError> {
    let mut query = tickets::table
        .filter(IsLive)
        .group_by((tickets::status, tickets::channel, tickets::assignee_id))
        .select((tickets::status, tickets::channel, tickets::assignee_id, count_star()))
        .into_boxed();
    if let Some(divisions) = &viewer.divisions {
        query = query.filter(tickets::division_id.eq_any(divisions));
    }
    type Row = (Word<Status>, Word<Channel>, Option<Uuid>, i64);
    let rows: Vec<Row> = query.load(&mut connection).await?;
    let rows = rows.into_iter().map(|(status, channel, assignee, count)| (status.0, channel.0, assignee, count));
    Ok(Counts { rows: rows.collect() })
}
