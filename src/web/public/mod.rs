//! What the public sees.

pub mod view;
