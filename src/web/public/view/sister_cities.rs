//! The directory of sister cities.

use askama::Template;

use crate::web::public::view::shell::{Section, Shell, Translated};

/// One side of an entry.
#[derive(Debug, Clone)]
pub struct Side {
    /// Its name.
    pub name: Translated,
    /// Where it lies.
    pub place: String,
}

/// Two that are tied.
#[derive(Debug, Clone)]
pub struct Affiliation {
    /// In Japan.
    pub home: Side,
    /// Elsewhere.
    pub partner: Side,
    /// Since when: for people, and for machines.
    pub since: Option<(String, String)>,
    /// Whether it was made up.
    pub is_example: bool,
    /// The form, filled in with it.
    pub ask: String,
    /// What that link is called by those who hear it alone.
    pub ask_name: String,
}

/// One who looks for a partner.
#[derive(Debug, Clone)]
pub struct Seeker {
    /// Who.
    pub who: Side,
    /// For what.
    pub wish: Translated,
    /// Whether it was made up.
    pub is_example: bool,
    /// The form, filled in with it.
    pub ask: String,
    /// What that link is called by those who hear it alone.
    pub ask_name: String,
}

/// A place to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/sister-cities.html")]
pub struct SisterCitiesPage {
    /// What surrounds it.
    pub shell: Shell,
    /// What was typed.
    pub typed: String,
    /// Prefectures that entries lie in.
    pub prefectures: Vec<Choice>,
    /// Countries that entries lie in.
    pub countries: Vec<Choice>,
    /// How many affiliations there are of those that were asked for.
    pub count: usize,
    /// Those of this page.
    pub affiliations: Vec<Affiliation>,
    /// Whether only something like what was typed was found.
    pub is_resembling: bool,
    /// Who looks for a partner, of those that were asked for.
    pub seekers: Vec<Seeker>,
    /// The page before, and the page after.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
    /// The form, for those who do not find what they want.
    pub ask: String,
    /// The form, for those who look for a partner.
    pub offer: String,
}
