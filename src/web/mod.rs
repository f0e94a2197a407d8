//! The web: public pages, staff pages; the whole route table stands here.

pub mod form;
pub mod public;
pub mod seal;
pub mod server;
pub mod view;
