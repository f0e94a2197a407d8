//! What machines read: the feed of news and the map of the site; and the map for people.

use askama::Template;

use crate::web::public::view::page::Listed;
use crate::web::public::view::shell::{LanguageLink, Section, Shell};

/// Something new.
#[derive(Debug, Clone)]
pub struct FeedEntry {
    /// What names it for good.
    pub id: String,
    /// Its page, as a link that holds outside of this site.
    pub href: String,
    /// When it was published (RFC 3339).
    pub published: String,
    /// When it was last changed (RFC 3339).
    pub updated: String,
    /// Its text, as HTML of our own elements.
    pub html: String,
    /// Its title and summary.
    pub page: Listed,
}

/// The feed of news.
#[derive(Debug, Clone, Template)]
#[template(path = "public/news.xml")]
pub struct Feed {
    /// Whose news they are.
    pub shell: Shell,
    /// The news, the latest first.
    pub entries: Vec<FeedEntry>,
    /// When something in it was last changed (RFC 3339).
    pub updated: String,
}

/// A page of the map.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its path.
    pub href: String,
    /// When it was last changed (RFC 3339).
    pub updated: Option<String>,
    /// The same in every language.
    pub languages: Vec<LanguageLink>,
}

/// The map for search engines.
#[derive(Debug, Clone, Template)]
#[template(path = "public/sitemap.xml")]
pub struct SiteMap {
    /// Whose site it is.
    pub shell: Shell,
    /// Its pages.
    pub places: Vec<Place>,
}

/// Pages of a kind.
#[derive(Debug, Clone)]
pub struct Part {
    /// What kind.
    pub title: String,
    /// The pages.
    pub pages: Vec<Listed>,
}

/// The map for people.
#[derive(Debug, Clone, Template)]
#[template(path = "public/sitemap.html")]
pub struct MapPage {
    /// What surrounds it.
    pub shell: Shell,
    /// What there is besides the form.
    pub parts: Vec<Part>,
}
