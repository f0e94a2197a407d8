//! To be written.

pub mod public;
pub mod view;
