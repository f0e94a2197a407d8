//! The pages of the public as plain values, each with its template. No page asks a database or a clock.

pub mod error;
pub mod form;
pub mod privacy;
pub mod receipt;
pub mod shell;
pub mod start;
