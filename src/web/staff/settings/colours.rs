//! The accent of all pages, checked so that everybody can read it.

use super::fields::{field, text};
use super::{Mistake, Values};
use crate::desk::house::HouseChange;
use crate::domain::colour::{Colour, Colours, Ground};
use crate::language::Words;
use crate::web::staff::view::settings::{Group, Kind};

const LIGHT: &str = "light";
const DARK: &str = "dark";

pub(super) fn values(colours: Option<Colours>) -> Values {
    let colours = colours.unwrap_or(Colours::INDIGO);
    Values::from([(LIGHT.to_owned(), colours.light.to_string()), (DARK.to_owned(), colours.dark.to_string())])
}

pub(super) fn groups(values: &Values, words: Words) -> Vec<Group> {
    let colour = |name: &str| field(values, name, words.say(&format!("settings-colour-{name}")), Kind::Colour);
    vec![Group {
        title: words.say("settings-accent"),
        hint: words.say("settings-accent-hint"),
        fields: vec![colour(LIGHT), colour(DARK)],
    }]
}

pub(super) fn change(values: &Values, words: Words) -> Result<HouseChange, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut read = |name: &str| {
        let colour = text(values, name).to_lowercase().parse::<Colour>();
        colour.map_err(|_| mistakes.push((name.to_owned(), words.say("settings-colour-bad")))).ok()
    };
    let (light, dark) = (read(LIGHT), read(DARK));
    let (Some(light), Some(dark)) = (light, dark) else { return Err(mistakes) };
    let colours = Colours { light, dark };
    for (ground, contrast) in colours.unreadable() {
        let name = if ground == Ground::Light { LIGHT } else { DARK };
        let contrast = format!("{:.1}", (contrast * 10.0).floor() / 10.0);
        mistakes.push((name.to_owned(), words.with(&format!("settings-contrast-{name}"), "contrast", contrast)));
    }
    let own = Some(colours).filter(|colours| *colours != Colours::INDIGO);
    if mistakes.is_empty() { Ok(HouseChange::Colours(own)) } else { Err(mistakes) }
}
