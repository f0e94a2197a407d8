//! The pages of the public as plain values, each with its template. No page asks a database or a clock.

pub mod check;
pub mod counter;
pub mod error;
pub mod feed;
pub mod form;
pub mod own;
pub mod page;
pub mod receipt;
pub mod search;
pub mod shell;
pub mod sister_cities;
pub mod start;
pub mod suggestions;
