//! Letters: bytes to values ([`parse`]) and values to bytes ([`letter`]).
//!
//! mail-parser finds the parts of a message; what they say is decoded here, from their raw bytes, since real mail lies
//! about its charsets ([`charset`]), breaks its encoded words ([`header`]) and its transfer encodings ([`transfer`]).
//! Nothing in this module fails: what cannot be known is empty.

pub mod address;
pub mod automatic;
pub mod bounce;
pub mod charset;
pub mod filename;
pub mod header;
pub mod html;
pub mod letter;
pub mod parse;
pub mod reply;
pub mod token;
pub mod transfer;
