//! What staff see and do.

pub mod arrivals;
pub mod copies;
pub mod dashboard;
pub mod deed;
pub mod download;
pub mod export;
pub mod failure;
pub mod list;
pub mod log;
pub mod outbox;
pub mod quarantine;
pub mod session;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod sister_cities;
pub mod site;
pub mod table;
pub mod ticket;
pub mod view;
pub mod wording;
