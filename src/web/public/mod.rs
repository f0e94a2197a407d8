//! What the public sees and sends.

pub mod enquiry;
pub mod failure;
pub mod receipt;
pub mod shell;
pub mod start;
pub mod validation;
pub mod view;
