//! A topic: what an enquiry can be about, and who answers.

use super::fields::{Need, POSITION, SLUG, Slug, field, names, names_group, place_group, position, text, with_names};
use super::{Mistake, Values};
use crate::desk::house::TopicEntry;
use crate::domain::division::{Directory, Names, Offer, Topic};
use crate::language::Words;
use crate::web::staff::view::settings::{Group, Kind};

const DIVISION: &str = "division";
const OFFER: &str = "offer";
/// What is chosen where the form no longer offers it.
const WITHDRAWN: &str = "withdrawn";
const OFFERED: &str = "offered";

pub(super) fn values(topic: &Topic, directory: &Directory) -> Values {
    let division = directory.division(topic.division).map(|division| division.slug.clone());
    let mut values = Values::from([
        (DIVISION.to_owned(), division.unwrap_or_default()),
        (POSITION.to_owned(), topic.position.to_string()),
        (OFFER.to_owned(), if topic.offer == Offer::Offered { OFFERED } else { WITHDRAWN }.to_owned()),
    ]);
    with_names(&mut values, "names", &topic.names);
    with_names(&mut values, "hints", &topic.hints);
    values
}

pub(super) fn blank(directory: &Directory) -> Values {
    let first = directory.divisions.first().map(|division| division.slug.clone());
    let last = directory.topics.iter().map(|topic| topic.position).max().unwrap_or_default();
    let mut values = Values::from([
        (SLUG.to_owned(), String::new()),
        (DIVISION.to_owned(), first.unwrap_or_default()),
        (POSITION.to_owned(), (last + 1).to_string()),
        (OFFER.to_owned(), OFFERED.to_owned()),
    ]);
    with_names(&mut values, "names", &Names::default());
    with_names(&mut values, "hints", &Names::default());
    values
}

pub(super) fn groups(values: &Values, directory: &Directory, words: Words, slug: Slug) -> Vec<Group> {
    let divisions = directory.divisions.iter();
    let divisions = divisions.map(|division| (division.slug.clone(), division.names.text(words.language).to_owned()));
    let kind = Kind::Choice(divisions.collect());
    let offers = [OFFERED, WITHDRAWN].map(|value| (value.to_owned(), words.say(&format!("settings-{value}"))));
    vec![
        names_group(values, "names", words.say("settings-names"), words.say("settings-names-hint"), words),
        names_group(values, "hints", words.say("settings-hints"), words.say("settings-hints-hint"), words),
        Group {
            title: words.say("settings-answers"),
            hint: words.say("settings-offer-hint"),
            fields: vec![
                field(values, DIVISION, words.say("settings-division"), kind),
                field(values, OFFER, words.say("settings-offer"), Kind::Choice(offers.into())),
            ],
        },
        place_group(values, slug, words.say("settings-place-hint"), words),
    ]
}

pub(super) fn read(
    values: &Values,
    directory: &Directory,
    slug: &str,
    words: Words,
) -> Result<TopicEntry, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let names_typed = names(values, "names", Need::Names, words, &mut mistakes);
    let hints = names(values, "hints", Need::Nothing, words, &mut mistakes);
    let division = directory.division_called(text(values, DIVISION)).map(|division| division.id);
    if division.is_none() {
        mistakes.push((DIVISION.to_owned(), words.say("settings-division-bad")));
    }
    let position = position(values, words, &mut mistakes);
    let offer = if text(values, OFFER) == WITHDRAWN { Offer::Withdrawn } else { Offer::Offered };
    match division {
        Some(division) if mistakes.is_empty() => {
            Ok(TopicEntry { slug: slug.to_owned(), names: names_typed, hints, division, position, offer })
        }
        _ => Err(mistakes),
    }
}
