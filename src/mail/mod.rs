//! mail
pub mod letter;
pub mod token;
