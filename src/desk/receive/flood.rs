//! Floods of letters: they are stored, and not acknowledged.

use std::sync::{MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::desk::Desk;
use crate::domain::acknowledgement::{Breaker, Cap};
use crate::domain::channel::Channel;
use crate::domain::enquiry::Enquiry;

/// The acknowledgements that are written with a batch. Unless it is stored, they do not count: what could not be stored
/// comes again.
pub(super) struct Passes<'a> {
    desk: &'a Desk,
    counted: Vec<Timestamp>,
}

impl<'a> Passes<'a> {
    pub(super) fn of(desk: &'a Desk) -> Self {
        Self { desk, counted: Vec::new() }
    }

    /// Whether one more acknowledgement may leave.
    pub(super) fn lets_pass(&mut self, enquiry: &Enquiry) -> bool {
        if enquiry.channel != Channel::Email || self.desk.cap == Cap::Off {
            return true;
        }
        let passes = self.desk.breaker().lets_pass(enquiry.received_at);
        if passes {
            self.counted.push(enquiry.received_at);
        } else {
            tracing::warn!("letters come faster than people write: they are stored, and not acknowledged for now");
        }
        passes
    }

    /// The batch is stored.
    pub(super) fn keep(mut self) {
        self.counted.clear();
    }
}

impl Drop for Passes<'_> {
    fn drop(&mut self) {
        for at in self.counted.drain(..) {
            self.desk.breaker().take_back(at);
        }
    }
}

impl Desk {
    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When a letter was last not acknowledged for that reason, as long as staff need to know.
    #[must_use]
    pub fn acknowledgements_last_stopped(&self, now: Timestamp) -> Option<Timestamp> {
        self.breaker().last_stopped(now)
    }
}
