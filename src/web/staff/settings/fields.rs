//! Fields that several settings have: names by language, the name in paths, the order.

use super::{Mistake, Values};
use crate::domain::Named;
use crate::domain::blank::is_blank;
use crate::domain::division::Names;
use crate::domain::language::Language;
use crate::domain::page::is_slug;
use crate::domain::questionnaire::read_number;
use crate::language::Words;
use crate::mail::header::one_line;
use crate::web::staff::view::settings::{Field, Group, Kind};
use crate::web::view::tag;

/// The field of a name in paths.
pub(super) const SLUG: &str = "slug";
/// The field of the order.
pub(super) const POSITION: &str = "position";
/// The most characters of a name.
const LONGEST: usize = 200;

/// Whether the name in paths is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slug {
    /// It is, once.
    Asked,
    /// Links have it already.
    Kept,
}

pub(super) fn text<'a>(values: &'a Values, name: &str) -> &'a str {
    values.get(name).map_or("", String::as_str)
}

pub(super) fn field(values: &Values, name: &str, label: String, kind: Kind) -> Field {
    Field { name: name.to_owned(), label, value: text(values, name).to_owned(), kind, tag: None }
}

/// Names as values: `names-ja`, `names-en`, …
pub(super) fn with_names(values: &mut Values, prefix: &str, names: &Names) {
    for language in Language::ALL {
        let name = names.written_in(*language).unwrap_or_default();
        values.insert(format!("{prefix}-{language}"), name.to_owned());
    }
}

/// A line for each language.
pub(super) fn names_group(values: &Values, prefix: &str, title: String, hint: String, words: Words) -> Group {
    by_language(values, prefix, &Kind::Line, title, hint, words)
}

/// A field for each language.
pub(super) fn by_language(
    values: &Values,
    prefix: &str,
    kind: &Kind,
    title: String,
    hint: String,
    words: Words,
) -> Group {
    let fields = Language::ALL.iter().map(|language| {
        let label = words.say(&format!("language-{language}"));
        Field { tag: Some(tag(*language)), ..field(values, &format!("{prefix}-{language}"), label, kind.clone()) }
    });
    Group { title, hint, fields: fields.collect() }
}

/// Names that were typed; those in Japanese and English are needed where `need` says so.
pub(super) fn names(values: &Values, prefix: &str, need: Need, words: Words, mistakes: &mut Vec<Mistake>) -> Names {
    let typed = |language: &Language| {
        let name = one_line(text(values, &format!("{prefix}-{language}")));
        (*language, if is_blank(&name) { String::new() } else { name })
    };
    let typed: Vec<(Language, String)> = Language::ALL.iter().map(typed).collect();
    for (language, name) in &typed {
        let is_needed = need == Need::Names && matches!(language, Language::Japanese | Language::English);
        let field = format!("{prefix}-{language}");
        if name.chars().count() > LONGEST {
            mistakes.push((field, words.with("settings-long", "limit", LONGEST)));
        } else if is_needed && name.is_empty() {
            let language = words.say(&format!("language-{language}"));
            mistakes.push((field, words.with("settings-name-missing", "language", language)));
        }
    }
    Names::new(typed)
}

/// Whether names have to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// In the languages of staff, which the others fall back on.
    Names,
    /// They may be left out.
    Nothing,
}

/// What is read with the name in paths that was typed; what is wrong with the name is told together with the rest.
pub(super) fn with_slug<Entry>(
    values: &Values,
    words: Words,
    read: impl FnOnce(&str) -> Result<Entry, Vec<Mistake>>,
) -> Result<Entry, Vec<Mistake>> {
    let slug = text(values, SLUG);
    let entry = read(slug);
    if is_slug(slug) && slug != "new" {
        return entry;
    }
    let rest = entry.err().unwrap_or_default();
    Err(rest.into_iter().chain([(SLUG.to_owned(), words.say("settings-slug-bad"))]).collect())
}

/// The order that was typed.
pub(super) fn position(values: &Values, words: Words, mistakes: &mut Vec<Mistake>) -> i32 {
    let position = read_number(text(values, POSITION)).and_then(|position| i32::try_from(position).ok());
    position.filter(|position| (0..=9_999).contains(position)).unwrap_or_else(|| {
        mistakes.push((POSITION.to_owned(), words.say("settings-position-bad")));
        0
    })
}

/// The fields of what is new, and of the order.
pub(super) fn place_group(values: &Values, slug: Slug, hint: String, words: Words) -> Group {
    let asked = (slug == Slug::Asked).then(|| field(values, SLUG, words.say("settings-slug"), Kind::Line));
    let order = field(values, POSITION, words.say("settings-position"), Kind::Line);
    let of_slug = (slug == Slug::Asked).then(|| words.say("settings-slug-hint"));
    Group {
        title: words.say("settings-place"),
        hint: of_slug.into_iter().chain([hint]).collect::<Vec<_>>().join(" "),
        fields: asked.into_iter().chain([order]).collect(),
    }
}
