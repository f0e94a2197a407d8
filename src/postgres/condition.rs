//! Conditions of partial indexes, and what indexes are on that is no column, word for word as the migrations have them.
//!
//! With a bound parameter in its place PostgreSQL could not prove that the index covers the query, and would have to plan
//! each prepared statement anew to see what the parameter is.

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Bool, Text};

macro_rules! condition {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $sql:literal;)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, QueryId)]
        pub struct $name;

        impl Expression for $name {
            type SqlType = $type;
        }

        impl<Source> AppearsOnTable<Source> for $name {}

        impl<Source> SelectableExpression<Source> for $name {}

        impl<Grouped> ValidGrouping<Grouped> for $name {
            type IsAggregate = is_aggregate::Never;
        }

        impl QueryFragment<Pg> for $name {
            fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
                out.push_sql($sql);
                Ok(())
            }
        }
    )+ };
}

condition! {
    /// A ticket is under way.
    IsLive: Bool = "tickets.status IN ('new', 'open', 'pending')";
    /// A letter of a ticket did not arrive, and nobody has taken care of that.
    IsUndelivered: Bool = "tickets.bounced AND tickets.status <> 'spam'";
    /// An arrival is not one that came before.
    IsFirst: Bool = "arrivals.outcome <> 'duplicate'";
    /// A ticket was made of an arrival.
    MadeATicket: Bool = "arrivals.form_nonce IS NOT NULL AND arrivals.outcome = 'created'";
    /// An arrival was not acknowledged because letters came faster than people write.
    IsFlooded: Bool = "arrivals.flooded";
    /// An arrival was not understood.
    IsQuarantined: Bool = "arrivals.outcome = 'quarantined'";
    /// Nobody has asked the virus scanner about a file.
    IsUnscanned: Bool = "blobs.scan IS NULL";
    /// A contact is an address.
    IsEmail: Bool = "contacts.kind = 'email'";
    /// A letter acknowledges an enquiry.
    IsAcknowledgement: Bool = "outbox.purpose = 'acknowledgement'";
    /// A letter acknowledges another.
    AcknowledgesALetter: Bool = "outbox.purpose = 'acknowledgement' AND outbox.channel = 'email'";
    /// Whom a letter is to, without what stands behind a `+`.
    RecipientWithoutDetail: Text = "regexp_replace(outbox.recipient, '\\+[^@]*@', '@')";
    /// A letter may be claimed.
    IsWaiting: Bool = "outbox.state = 'waiting'";
    /// A letter was sent and came back, and nobody has taken care of that.
    IsReturned: Bool = "outbox.bounce IS NOT NULL AND outbox.state <> 'settled'";
    /// A letter was sent, kept as a file, or settled.
    IsFinished: Bool = "outbox.state IN ('sent', 'captured', 'settled')";
    /// A letter is not sent, or its fate is not settled.
    IsUnfinished: Bool = "outbox.state NOT IN ('sent', 'captured', 'settled')";
}
