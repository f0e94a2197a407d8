//! The pages of staff as plain values, each with its template.

pub mod delivery;
pub mod entry;
pub mod letter;
pub mod mailbox;
pub mod outbox;
pub mod pages;
pub mod quarantine;
pub mod row;
pub mod settings;
pub mod shell;
pub mod sister_cities;
pub mod site;
pub mod summary;
pub mod ticket;
pub mod wording;
