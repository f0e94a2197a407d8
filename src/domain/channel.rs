//! The ways by which an enquiry comes in.

use crate::domain::named::named;

named! {
    /// The way by which an enquiry or a message came.
    pub enum Channel as "channel" {
        /// The public web form.
        Web = "web",
        /// A letter by email.
        Email = "email",
        /// A telephone call that staff logged.
        Phone = "phone",
        /// A fax.
        Fax = "fax",
        /// A visit to the counter.
        Visit = "visit",
        /// A letter on paper.
        Post = "post",
        /// The REST interface.
        Api = "api",
    }
}
