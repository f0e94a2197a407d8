//! What the desk decides: plain values and plain functions, without a clock, without I/O, without SQL.

pub(crate) mod named;

pub mod acknowledgement;
pub mod arrival;
pub mod authenticity;
pub mod blank;
pub mod calendar;
pub mod change;
pub mod channel;
pub mod colour;
pub mod copies;
pub mod difference;
pub mod division;
pub mod enquiry;
pub mod event;
pub mod holidays;
pub mod language;
pub mod letter;
pub mod logo;
pub mod network;
pub mod page;
pub mod patience;
pub mod person;
pub mod phone;
pub mod questionnaire;
pub mod reference;
pub mod routing;
pub mod scan;
pub mod sister_city;
pub mod status;
pub mod summary;
pub mod suspicion;
pub mod threading;
pub mod ticket;
pub mod wording;

pub use named::{Named, UnknownName};
