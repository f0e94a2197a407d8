//! What a calendar, a card or a letter that came as a file says, in short.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::domain::named::named;

/// What a file says, in short. Stored as JSON.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Summary {
    /// A calendar (iCalendar, RFC 5545): its first event.
    Event {
        /// What the sender means by it.
        method: Method,
        /// Title; may be empty.
        title: String,
        /// When it begins.
        begins: Option<Moment>,
        /// When it ends; of whole days the day after.
        ends: Option<Moment>,
        /// Where; may be empty.
        place: String,
        /// Who calls it; may be empty.
        organiser: String,
        /// How many more events the file holds.
        further: usize,
    },
    /// A letter that was forwarded as a file (`message/rfc822`, RFC 2046, 5.2.1).
    Letter {
        /// Who wrote it, by name or address; may be empty.
        from: String,
        /// Subject; may be empty.
        subject: String,
        /// When it was written, as it says.
        at: Option<Timestamp>,
        /// Its text, of a long one the beginning.
        text: String,
    },
    /// A card (vCard, RFC 6350): its first person.
    Person {
        /// Name; may be empty.
        name: String,
        /// Organisation; may be empty.
        organisation: String,
        /// Telephone numbers and addresses, as given.
        contacts: Vec<String>,
        /// How many more people the file holds.
        further: usize,
    },
}

named! {
    /// What the sender of a calendar means by it (RFC 5546, 1.4).
    pub enum Method as "method of a calendar" {
        /// Something to know of.
        Publish = "publish",
        /// An invitation.
        Request = "request",
        /// The answer to one, which does not say what it is.
        Reply = "reply",
        /// The answer that they come.
        Accepted = "accepted",
        /// The answer that they do not come.
        Declined = "declined",
        /// The answer that they may come.
        Tentative = "tentative",
        /// It does not take place.
        Cancel = "cancel",
    }
}

/// A point in time as a calendar gives it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Moment {
    /// A whole day.
    Day {
        /// Which.
        date: Date,
    },
    /// A moment that is known everywhere.
    Instant {
        /// When.
        at: Timestamp,
    },
    /// What a clock shows, in a zone that is not known or not said.
    Clock {
        /// When.
        at: DateTime,
        /// The zone, as it is called; may be empty.
        zone: String,
    },
}
