//! Pages that may answer an enquiry before it is sent.

use askama::Template;

use crate::language::Words;
use crate::web::public::view::page::Listed;

/// The list by itself, for the form's script.
#[derive(Debug, Clone, Template)]
#[template(path = "public/suggestions.html")]
pub struct SuggestionsPart {
    /// In the reader's language.
    pub words: Words,
    /// The pages.
    pub suggestions: Vec<Listed>,
}
