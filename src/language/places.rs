//! Names of prefectures and countries in the languages of the public, from the tables under `templates/text`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::Named;
use crate::domain::language::Language;
use crate::domain::sister_city::{Country, Prefecture};
use crate::search::fold;

/// The order of the languages in the tables.
const COLUMNS: [Language; 5] =
    [Language::Japanese, Language::English, Language::Chinese, Language::Korean, Language::French];

static PREFECTURES: LazyLock<Table<Prefecture>> = LazyLock::new(|| {
    Table::read(include_str!("../../templates/text/prefectures.tsv"), |code| Prefecture::new(code.parse().ok()?))
});
static COUNTRIES: LazyLock<Table<Country>> =
    LazyLock::new(|| Table::read(include_str!("../../templates/text/countries.tsv"), Country::new));

static COUNTRY_ORDER: LazyLock<HashMap<&'static str, Vec<Country>>> = LazyLock::new(|| {
    let lines = include_str!("../../templates/text/country-order.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(language, codes)| (language, codes.split('\t').filter_map(Country::new).collect()))
        .collect()
});

struct Table<Place> {
    rows: Vec<(Place, Vec<&'static str>)>,
    by_name: HashMap<String, Place>,
}

impl<Place: Copy + PartialEq> Table<Place> {
    fn read(table: &'static str, place: impl Fn(&str) -> Option<Place>) -> Self {
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        let rows: Vec<(Place, Vec<&str>)> = lines
            .filter_map(|line| {
                let mut cells = line.split('\t');
                Some((place(cells.next()?)?, cells.collect()))
            })
            .collect();
        let named = rows.iter().flat_map(|(place, names)| names.iter().map(|name| (fold(name), *place)));
        Self { by_name: named.collect(), rows }
    }

    fn name(&self, place: Place, language: Language) -> &'static str {
        let column = COLUMNS.iter().position(|column| *column == language).unwrap_or_default();
        let row = self.rows.iter().find(|(other, _)| *other == place);
        row.and_then(|(_, names)| names.get(column).copied()).unwrap_or_default()
    }

    fn names(&self, place: Place) -> &[&'static str] {
        self.rows.iter().find(|(other, _)| *other == place).map_or(&[], |(_, names)| names)
    }
}

/// The name of a prefecture.
#[must_use]
pub fn prefecture(place: Prefecture, language: Language) -> &'static str {
    PREFECTURES.name(place, language)
}

/// The name of a country or region; nothing where ISO 3166-1 has no such code.
#[must_use]
pub fn country(place: Country, language: Language) -> &'static str {
    COUNTRIES.name(place, language)
}

/// All countries and regions with their names, in the order in which readers of a language look for them.
pub fn countries(language: Language) -> impl Iterator<Item = (Country, &'static str)> {
    let order = COUNTRY_ORDER.get(language.name()).map_or(&[][..], Vec::as_slice);
    order.iter().map(move |place| (*place, country(*place, language)))
}

/// The names of a prefecture in all languages.
#[must_use]
pub fn prefecture_names(place: Prefecture) -> &'static [&'static str] {
    PREFECTURES.names(place)
}

/// The names of a country in all languages.
#[must_use]
pub fn country_names(place: Country) -> &'static [&'static str] {
    COUNTRIES.names(place)
}

/// The prefecture that is meant: its code, or its name in any language, in Japanese also without 都, 府 or 県.
#[must_use]
pub fn prefecture_called(name: &str) -> Option<Prefecture> {
    let name = name.trim();
    let by_code = || Prefecture::new(name.parse().ok()?);
    let by_name = |ending: &str| PREFECTURES.by_name.get(&fold(&format!("{name}{ending}"))).copied();
    by_code().or_else(|| ["", "県", "府", "都"].into_iter().find_map(by_name))
}

/// The country that is meant: its code, or its name in any language.
#[must_use]
pub fn country_called(name: &str) -> Option<Country> {
    let name = name.trim();
    let by_code = Country::new(name).filter(|place| !country_names(*place).is_empty());
    by_code.or_else(|| COUNTRIES.by_name.get(&fold(name)).copied())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tables_are_whole() {
        assert_eq!((PREFECTURES.rows.len(), COUNTRIES.rows.len()), (47, 249));
        let names =
            PREFECTURES.rows.iter().map(|(_, names)| names).chain(COUNTRIES.rows.iter().map(|(_, names)| names));
        for names in names {
            assert!(names.len() == COLUMNS.len() && names.iter().all(|name| !name.trim().is_empty()), "{names:?}");
        }
    }

    #[test]
    fn every_country_has_its_place_in_each_language() {
        for language in COLUMNS {
            let listed: HashSet<Country> = countries(language).map(|(place, _)| place).collect();
            assert_eq!((listed.len(), countries(language).count()), (249, 249), "{language}");
            assert!(listed.iter().all(|place| !country(*place, language).is_empty()), "{language}");
        }
    }

    #[test]
    fn places_are_known_by_every_name() {
        for (typed, code) in [
            ("13", 13),
            ("東京都", 13),
            ("東京", 13),
            ("Tokyo", 13),
            ("tōkyō", 13),
            ("도쿄도", 13),
            ("宮城", 4),
            ("京都", 26),
        ] {
            assert_eq!(prefecture_called(typed).map(Prefecture::code), Some(code), "{typed}");
        }
        for (typed, code) in [("fr", "FR"), ("フランス", "FR"), ("法国", "FR"), ("프랑스", "FR"), ("États-Unis", "US")]
        {
            assert_eq!(country_called(typed).map(|place| place.to_string()).as_deref(), Some(code), "{typed}");
        }
        assert_eq!((prefecture_called("48"), country_called("XX"), country_called("")), (None, None, None));
    }
}
