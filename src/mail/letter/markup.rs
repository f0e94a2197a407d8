//! The HTML of letters: small, styled in its elements, since mail programs know no style sheets; without colours of its
//! own, so that it is as readable in the dark.

use askama::Template;

use crate::domain::language::Language;

/// A letter as HTML.
#[derive(Debug, Template)]
#[template(path = "mail/letter.html")]
pub(super) struct Page<'a> {
    /// The language of the first section.
    pub(super) language: Language,
    pub(super) subject: &'a str,
    /// What is said, in one language or in several.
    pub(super) sections: Vec<Section>,
    /// What is answered.
    pub(super) quoted: Option<Quoted>,
}

/// What is said in one language, and who signs.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) language: Language,
    /// HTML.
    pub(super) body: String,
    pub(super) signature: Vec<String>,
}

/// History below an answer.
#[derive(Debug)]
pub(super) struct Quoted {
    pub(super) caption: String,
    /// Where it is known.
    pub(super) language: Option<Language>,
    /// HTML.
    pub(super) body: String,
}

impl Page<'_> {
    pub(super) fn html(&self) -> String {
        self.render().expect("a template that only writes into memory")
    }
}

/// Text as HTML: paragraphs and line ends, nothing else.
pub(super) fn paragraphs(text: &str) -> String {
    let escaped = text.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let blocks = escaped.split("\n\n").map(|block| block.trim_matches('\n')).filter(|block| !block.is_empty());
    blocks.map(|block| format!("<p>{}</p>\n", block.replace('\n', "<br>\n"))).collect()
}
