//! Floods of letters: they are stored, and not acknowledged.

use std::sync::PoisonError;

use jiff::Timestamp;

use crate::desk::Desk;
use crate::domain::acknowledgement::Cap;
use crate::domain::channel::Channel;
use crate::domain::enquiry::Enquiry;

impl Desk {
    /// Whether one more acknowledgement may leave at once.
    pub(super) fn has_room_for_acknowledgement(&self, enquiry: &Enquiry) -> bool {
        if enquiry.channel != Channel::Email || self.cap == Cap::Off {
            return true;
        }
        let mut breaker = self.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        let passes = breaker.lets_pass(enquiry.received_at);
        if !passes {
            tracing::warn!("letters come faster than people write: they are stored, and not acknowledged for now");
        }
        passes
    }

    /// When a letter was last not acknowledged for that reason, as long as staff need to know.
    #[must_use]
    pub fn acknowledgements_last_stopped(&self, now: Timestamp) -> Option<Timestamp> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner).last_stopped(now)
    }
}
