//! Letters: bytes to values ([`parse`]) and values to bytes ([`letter`], [`compose`]).
//!
//! Real mail lies about its charsets ([`charset`]), breaks its encoded words ([`header`]), its transfer encodings
//! ([`transfer`]) and the boundaries of its parts; so what mail-parser takes for granted is done here, from the raw
//! bytes. Nothing in this module fails: what cannot be known is empty. Everything takes time in proportion to the
//! message's size.

pub mod address;
pub mod authentication;
pub mod automatic;
mod body;
mod bounce;
pub mod charset;
mod comment;
pub mod compose;
mod date;
pub mod delivery;
mod fields;
pub mod filename;
mod folding;
pub mod header;
pub mod html;
mod identifier;
pub mod letter;
pub mod markdown;
pub mod own_page;
mod parameter;
pub mod parse;
mod phrases;
pub mod reply;
mod smime;
mod structure;
pub mod subject;
pub mod summary;
mod text;
mod tnef;
pub mod token;
pub mod transfer;
mod uuencode;
pub mod verdict;
