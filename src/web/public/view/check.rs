//! What was written, to be looked at before it is sent.

use askama::Template;

use crate::web::kept::Kept;
use crate::web::public::view::form::{Field, Typed};
use crate::web::public::view::page::Listed;
use crate::web::public::view::shell::{Section, Shell};

/// The page to check.
#[derive(Debug, Clone, Template)]
#[template(path = "public/check.html")]
pub struct CheckPage {
    /// What surrounds it.
    pub shell: Shell,
    /// Where the form is sent, as before.
    pub action: String,
    /// The hidden token of the page it was written on.
    pub seal: String,
    /// The fields as they were sent.
    pub fields: Vec<(&'static str, String)>,
    /// What it is about, by name.
    pub topic: String,
    /// What was typed.
    pub typed: Typed,
    /// How much work its script is to do before it is sent, under attack: zeros in front of a hash.
    pub work: Option<u32>,
    /// Files that go with it.
    pub kept: Vec<Kept>,
    /// Pages that may answer it.
    pub suggestions: Vec<Listed>,
    /// The tag of the language of the text where that is not the page's.
    pub foreign: Option<&'static str>,
}

impl CheckPage {
    /// The lines but for the text and the files: the key of a label, what was typed, and its field.
    #[must_use]
    pub fn lines(&self) -> [(&'static str, &str, Field); 6] {
        [
            ("check-topic", &self.topic, Field::Topic),
            ("form-name", &self.typed.name, Field::Name),
            ("check-organisation", &self.typed.organisation, Field::Organisation),
            ("form-email", &self.typed.email, Field::Email),
            ("form-phone", &self.typed.phone, Field::Phone),
            ("form-subject", &self.typed.subject, Field::Subject),
        ]
    }
}
