//! What the desk decides: plain values and plain functions, without a clock, without I/O, without SQL.

mod named;

pub mod arrival;
pub mod channel;
pub mod language;
pub mod person;
pub mod status;

pub use named::{Named, UnknownName};
