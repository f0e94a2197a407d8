//! Mail from an MTA: LMTP (RFC 2033). The conversation is a state machine without sockets ([`session`]), the
//! [`listener`] lends it one.

pub mod listener;
pub mod session;
