//! Search: text to tokens, query to terms, words marked, in all languages of the desk.
//!
//! What is looked for is compared after [`fold`]ing. Spaced scripts are cut into words, Chinese, Japanese and Korean
//! into pairs of neighbouring characters, so that 難民 is found inside 難民認定 without a dictionary; that the pairs of
//! a longer term stand next to each other is checked on the folded text.

mod fold;
mod mark;
mod query;
mod rank;
mod token;

pub use fold::fold;
pub use mark::{Hit, Piece, mark};
pub use query::{Query, Term};
pub use rank::{Entry, Found, Index, Match};
pub use token::{Document, documents, tokens};
