//! The public body: its name, and the words of the start page.

use super::fields::{Need, names, names_group, with_names};
use super::{Mistake, Values};
use crate::desk::house::HouseChange;
use crate::domain::division::Organisation;
use crate::language::Words;
use crate::web::staff::view::settings::Group;

pub(super) fn values(organisation: &Organisation) -> Values {
    let mut values = Values::new();
    with_names(&mut values, "names", &organisation.names);
    with_names(&mut values, "headline", &organisation.headline);
    with_names(&mut values, "lead", &organisation.lead);
    values
}

pub(super) fn groups(values: &Values, words: Words) -> Vec<Group> {
    let group = |prefix: &str| {
        let (title, hint) = (format!("settings-{prefix}"), format!("settings-{prefix}-hint"));
        names_group(values, prefix, words.say(&title), words.say(&hint), words)
    };
    ["names", "headline", "lead"].map(group).into()
}

pub(super) fn change(values: &Values, words: Words) -> Result<HouseChange, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let change = HouseChange::Organisation {
        names: names(values, "names", Need::Names, words, &mut mistakes),
        headline: names(values, "headline", Need::Nothing, words, &mut mistakes),
        lead: names(values, "lead", Need::Nothing, words, &mut mistakes),
    };
    if mistakes.is_empty() { Ok(change) } else { Err(mistakes) }
}
