//! What the public sees and sends.

pub mod enquiry;
pub mod failure;
pub mod feed;
pub mod links;
pub mod own;
mod own_message;
pub mod own_whole;
pub mod page;
pub mod receipt;
pub mod search;
pub mod shell;
pub mod sister_cities;
pub mod start;
pub mod suggestions;
pub mod validation;
pub mod view;
