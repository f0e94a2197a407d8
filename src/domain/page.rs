//! What the public can read: pages written by staff, in as many of the desk's languages as they have been put into.

use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::named::named;

named! {
    /// Where a page is listed.
    pub enum PageKind as "kind of page" {
        /// What the division does: on the start page.
        Programme = "programme",
        /// A conference: on the start page, below the programmes.
        Conference = "conference",
        /// A question often asked, and its answer.
        Question = "question",
        /// Something new, with a date.
        News = "news",
        /// About the site: at the foot of each page.
        Information = "information",
    }
}

/// The slug of the page that says what is done with personal data: the form says its summary and leads to it.
pub const PRIVACY: &str = "privacy";

/// A page in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct PageText {
    /// Its heading.
    pub title: String,
    /// One sentence: the lead, and what lists say below the title.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// Further words by which it is found: readings, other names.
    pub search_words: String,
}

/// The most characters of a title.
pub const LONGEST_TITLE: usize = 200;
/// The most characters of a summary, and of the search words.
pub const LONGEST_SUMMARY: usize = 500;
/// The most characters of a body.
pub const LONGEST_BODY: usize = 50_000;

named! {
    /// A part of a page's text that is typed.
    pub enum PagePart as "part of a page" {
        /// Its heading.
        Title = "title",
        /// One sentence.
        Summary = "summary",
        /// Markdown.
        Body = "body",
        /// Further words by which it is found.
        SearchWords = "search_words",
    }
}

impl PageText {
    /// A part of it.
    #[must_use]
    pub fn part(&self, part: PagePart) -> &str {
        match part {
            PagePart::Title => &self.title,
            PagePart::Summary => &self.summary,
            PagePart::Body => &self.body,
            PagePart::SearchWords => &self.search_words,
        }
    }

    /// Whether nothing is written: the page is not in this language.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        PagePart::ALL.iter().all(|part| self.part(*part).trim().is_empty())
    }

    /// What is wrong with it, each part once. A text that is blank altogether is not wrong: it is not there.
    #[must_use]
    pub fn mistakes(&self) -> Vec<BadPageText> {
        if self.is_blank() {
            return Vec::new();
        }
        let long = PagePart::ALL.iter().filter_map(|part| {
            let limit = part.limit();
            (self.part(*part).chars().count() > limit).then_some(BadPageText::TooLong { part: *part, limit })
        });
        let missing = [PagePart::Title, PagePart::Body].into_iter().filter(|part| self.part(*part).trim().is_empty());
        missing.map(BadPageText::Missing).chain(long).collect()
    }
}

impl PagePart {
    /// The most characters.
    #[must_use]
    pub fn limit(self) -> usize {
        match self {
            Self::Title => LONGEST_TITLE,
            Self::Summary | Self::SearchWords => LONGEST_SUMMARY,
            Self::Body => LONGEST_BODY,
        }
    }
}

/// What is wrong with a page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPageText {
    /// A part without which there is no page.
    #[error("the {0} is missing")]
    Missing(PagePart),
    /// More than fits.
    #[error("the {part} is longer than {limit} characters")]
    TooLong {
        /// The part.
        part: PagePart,
        /// The most characters.
        limit: usize,
    },
}

/// A page in all the languages that it is in.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PageTexts(BTreeMap<String, PageText>);

impl PageTexts {
    /// The text in a language, if the page is in it.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Option<&PageText> {
        self.0.get(language.name()).filter(|text| !text.is_blank())
    }

    /// What a reader of a language gets to read: that language, or English, Japanese, any. None of a page without text.
    #[must_use]
    pub fn for_reader(&self, reader: Language) -> Option<(Language, &PageText)> {
        let wished = [reader, Language::English, Language::Japanese];
        let mut order = wished.into_iter().chain(Language::ALL.iter().copied());
        order.find_map(|language| Some((language, self.in_language(language)?)))
    }

    /// The languages that the page is not in.
    pub fn missing(&self) -> impl Iterator<Item = Language> {
        Language::ALL.iter().copied().filter(|language| self.in_language(*language).is_none())
    }

    /// The same with another text in a language; a blank one takes the page out of the language.
    #[must_use]
    pub fn with(mut self, language: Language, text: PageText) -> Self {
        if text.is_blank() {
            self.0.remove(language.name());
        } else {
            self.0.insert(language.name().to_owned(), text);
        }
        self
    }
}

/// A page as the public sees it.
#[derive(Debug, Clone)]
pub struct Page {
    /// Key.
    pub id: Uuid,
    /// Name in paths.
    pub slug: String,
    /// Where it is listed.
    pub kind: PageKind,
    /// The topic of questions about it.
    pub topic: Option<String>,
    /// What it says.
    pub texts: PageTexts,
    /// When it was first published.
    pub published_at: Timestamp,
    /// When what it says was saved.
    pub updated_at: Timestamp,
}

/// All pages that the public sees, those of a kind in their order.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// The pages.
    pub pages: Vec<Page>,
}

impl Catalogue {
    /// A page by its slug.
    #[must_use]
    pub fn page(&self, slug: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.slug == slug)
    }

    /// The pages of a kind; news the latest first.
    #[must_use]
    pub fn of_kind(&self, kind: PageKind) -> Vec<&Page> {
        let mut pages: Vec<&Page> = self.pages.iter().filter(|page| page.kind == kind).collect();
        if kind == PageKind::News {
            pages.sort_by_key(|page| std::cmp::Reverse(page.published_at));
        }
        pages
    }
}

/// A slug as it may stand in a path: small letters, digits, single hyphens between them, at most 60 characters; not
/// `new`, under which staff begin a page.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.len() <= 60 && text != "new" && text.split('-').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::{BadPageText, LONGEST_TITLE, PagePart, PageText, PageTexts, is_slug};
    use crate::domain::language::Language;

    fn text(title: &str, body: &str) -> PageText {
        PageText { title: title.to_owned(), body: body.to_owned(), ..PageText::default() }
    }

    #[test]
    fn who_reads_what() {
        use Language::{Chinese, English, French, Japanese, Korean};
        for (there, reader, read) in [
            (&[Japanese, English][..], Japanese, Some(Japanese)),
            (&[Japanese, English], French, Some(English)),
            (&[Japanese, Korean], French, Some(Japanese)),
            (&[Korean], French, Some(Korean)),
            (&[], French, None),
        ] {
            let texts =
                there.iter().fold(PageTexts::default(), |texts, language| texts.with(*language, text("t", "b")));
            assert_eq!(texts.for_reader(reader).map(|(language, _)| language), read, "{there:?} {reader}");
        }
        let texts = PageTexts::default().with(Chinese, text("t", "b")).with(Chinese, text(" ", "\n"));
        assert_eq!(texts, PageTexts::default(), "a blank text takes the page out of the language");
    }

    #[test]
    fn what_is_wrong_with_a_text() {
        let limit = LONGEST_TITLE;
        for (title, body, mistakes) in [
            ("t", "b", &[][..]),
            ("", "", &[]),
            ("", "b", &[BadPageText::Missing(PagePart::Title)]),
            ("t", " \n", &[BadPageText::Missing(PagePart::Body)]),
            (&"長".repeat(201), "b", &[BadPageText::TooLong { part: PagePart::Title, limit }]),
            (&"長".repeat(200), "b", &[]),
        ] {
            assert_eq!(text(title, body).mistakes(), mistakes, "{title} {body}");
        }
    }

    #[test]
    fn slugs() {
        for (slug, good) in [
            ("seminar", true),
            ("a-1", true),
            ("", false),
            ("-a", false),
            ("a--b", false),
            ("A", false),
            ("é", false),
            ("new", false),
        ] {
            assert_eq!(is_slug(slug), good, "{slug}");
        }
        assert!(!is_slug(&"a".repeat(61)));
    }
}
