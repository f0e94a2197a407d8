//! What is done with personal data.

use askama::Template;

use crate::web::public::view::shell::{Section, Shell};

/// The page that says what is done with personal data.
#[derive(Debug, Clone, Template)]
#[template(path = "public/privacy.html")]
pub struct PrivacyPage {
    /// What surrounds it.
    pub shell: Shell,
}

impl PrivacyPage {
    /// The parts of the page, each a heading and a paragraph.
    #[must_use]
    pub fn parts(&self) -> Vec<(String, String)> {
        let words = self.shell.words;
        ["what", "why", "who", "where", "rights"]
            .into_iter()
            .map(|part| (words.say(&format!("privacy-{part}")), words.say(&format!("privacy-{part}-text"))))
            .collect()
    }
}
