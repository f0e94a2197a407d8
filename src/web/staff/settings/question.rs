//! A question that a topic's form asks beside what every form asks. Each change makes a new version of all of them.

use std::collections::HashSet;

use super::fields::{Need, POSITION, by_language, field, names, names_group, position, text, with_names};
use super::{Mistake, Setting, Values};
use crate::desk::house::QuestionEntry;
use crate::domain::Named;
use crate::domain::division::{Directory, Names};
use crate::domain::language::Language;
use crate::domain::questionnaire::{
    self, Answering, Asking, Days, MOST_OPTIONS, MOST_QUESTIONS, Question, Questionnaire,
};
use crate::language::Words;
use crate::web::staff::view::settings::{Group, Kind, Line, Part};

const NEED: &str = "need";
const ASKING: &str = "asking";
const LEAST: &str = "least";
const MOST: &str = "most";
const DAYS: &str = "days";
const OPTIONS: &str = "options";
/// The most characters of an option.
const LONGEST_OPTION: usize = 200;

/// The questions of a topic, for the page of the topic.
pub(super) fn part(directory: &Directory, topic: &str, words: Words) -> Part {
    let set = directory.questionnaire(topic);
    let lines = set.into_iter().flat_map(|set| &set.questions).map(|question| Line {
        title: question.labels.text(words.language).to_owned(),
        state: state(question, words),
        path: Setting::Question(topic.to_owned(), question.name.clone()).path(),
    });
    let lines: Vec<Line> = lines.collect();
    let more = Answering::ALL
        .iter()
        .map(|by| (Setting::NewQuestion(topic.to_owned(), *by).path(), words.say(&format!("questions-kind-{by}"))));
    let form = format!("/{}/enquiries/new?topic={topic}", words.language);
    let answers = format!("/staff/tickets.csv?topic={topic}");
    let hint = match set {
        None => words.say("questions-none"),
        Some(set) => words.with("questions-version", "version", set.version),
    };
    let links = [(form, words.say("questions-form")), (answers, words.say("questions-answers"))];
    Part {
        title: words.say("questions"),
        hint,
        links: if lines.is_empty() { Vec::new() } else { links.into() },
        lines,
        more: more.collect(),
    }
}

fn state(question: &Question, words: Words) -> String {
    let kind = words.say(&format!("questions-kind-{}", question.kind.answering()));
    let rest = match question.asking {
        Asking::Asked => words.say(&format!("questions-need-{}", question.need)),
        Asking::Withdrawn => words.say("questions-asking-withdrawn"),
    };
    format!("{kind} · {rest}")
}

pub(super) fn values(set: &Questionnaire, name: &str) -> Option<Values> {
    let place = set.questions.iter().position(|question| question.name == name)?;
    let question = set.questions.get(place)?;
    let mut values = Values::from([
        (NEED.to_owned(), question.need.to_string()),
        (ASKING.to_owned(), question.asking.to_string()),
        (POSITION.to_owned(), (place + 1).to_string()),
    ]);
    with_names(&mut values, "labels", &question.labels);
    with_names(&mut values, "hints", &question.hints);
    with_kind(&mut values, &question.kind);
    Some(values)
}

pub(super) fn blank(set: Option<&Questionnaire>, by: Answering) -> Values {
    let last = set.map_or(0, |set| set.questions.len());
    let mut values = Values::from([
        (NEED.to_owned(), questionnaire::Need::Optional.to_string()),
        (ASKING.to_owned(), Asking::Asked.to_string()),
        (POSITION.to_owned(), (last + 1).to_string()),
    ]);
    with_names(&mut values, "labels", &Names::default());
    with_names(&mut values, "hints", &Names::default());
    let kind = match by {
        Answering::Number => questionnaire::Kind::Number { least: None, most: None },
        Answering::Choice => questionnaire::Kind::Choice { options: Vec::new() },
        Answering::Date => questionnaire::Kind::Date { days: Days::Any },
        _ => questionnaire::Kind::Line,
    };
    with_kind(&mut values, &kind);
    values
}

fn with_kind(values: &mut Values, kind: &questionnaire::Kind) {
    match kind {
        questionnaire::Kind::Number { least, most } => {
            for (name, bound) in [(LEAST, least), (MOST, most)] {
                values.insert(name.to_owned(), bound.map(|bound| bound.to_string()).unwrap_or_default());
            }
        }
        questionnaire::Kind::Choice { options } => {
            for language in Language::ALL {
                let lines: Vec<&str> = options.iter().filter_map(|option| option.written_in(*language)).collect();
                values.insert(format!("{OPTIONS}-{language}"), lines.join("\n"));
            }
        }
        questionnaire::Kind::Date { days } => {
            values.insert(DAYS.to_owned(), days.to_string());
        }
        _ => {}
    }
}

pub(super) fn groups(values: &Values, words: Words) -> Vec<Group> {
    let choice = |name: &str, all: Vec<String>| {
        let named = all.into_iter().map(|value| {
            let said = words.say(&format!("questions-{name}-{value}"));
            (value, said)
        });
        field(values, name, words.say(&format!("questions-{name}")), Kind::Choice(named.collect()))
    };
    let all = |names: &[questionnaire::Need]| names.iter().map(ToString::to_string).collect();
    let asking = Asking::ALL.iter().map(ToString::to_string).collect();
    let mut groups = vec![
        names_group(values, "labels", words.say("questions-labels"), words.say("settings-names-hint"), words),
        names_group(values, "hints", words.say("questions-hints"), words.say("questions-hints-hint"), words),
    ];
    if values.contains_key(LEAST) {
        let bound = |name: &str| field(values, name, words.say(&format!("questions-{name}")), Kind::Line);
        let (title, hint) = (words.say("questions-bounds"), words.say("questions-bounds-hint"));
        groups.push(Group { title, hint, fields: vec![bound(LEAST), bound(MOST)] });
    }
    if values.contains_key(DAYS) {
        let days = choice(DAYS, Days::ALL.iter().map(ToString::to_string).collect());
        groups.push(Group { title: words.say("questions-bounds"), hint: String::new(), fields: vec![days] });
    }
    if values.keys().any(|name| name.starts_with(OPTIONS)) {
        let (title, hint) = (words.say("questions-options"), words.say("questions-options-hint"));
        groups.push(by_language(values, OPTIONS, &Kind::Text, title, hint, words));
    }
    groups.push(Group {
        title: words.say("questions-asked"),
        hint: words.say("questions-asked-hint"),
        fields: vec![choice(NEED, all(questionnaire::Need::ALL)), choice(ASKING, asking)],
    });
    groups.push(Group {
        title: words.say("settings-place"),
        hint: words.say("settings-place-hint"),
        fields: vec![field(values, POSITION, words.say("settings-position"), Kind::Line)],
    });
    groups
}

/// Whether one more fits.
pub(super) fn is_there_room(set: Option<&Questionnaire>, words: Words) -> Result<(), Vec<Mistake>> {
    let is_full = set.is_some_and(|set| set.questions.len() >= MOST_QUESTIONS);
    let full = || vec![(String::new(), words.with("questions-too-many", "limit", MOST_QUESTIONS))];
    if is_full { Err(full()) } else { Ok(()) }
}

pub(super) fn read(
    values: &Values,
    topic: &str,
    name: &str,
    by: Answering,
    words: Words,
) -> Result<QuestionEntry, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let labels = names(values, "labels", Need::Names, words, &mut mistakes);
    let hints = names(values, "hints", Need::Nothing, words, &mut mistakes);
    let kind = kind(values, by, words, &mut mistakes);
    let place = usize::try_from(position(values, words, &mut mistakes)).unwrap_or_default();
    let need = questionnaire::Need::from_name(text(values, NEED)).unwrap_or(questionnaire::Need::Optional);
    let asking = Asking::from_name(text(values, ASKING)).unwrap_or(Asking::Asked);
    let question = Question { name: name.to_owned(), kind, need, asking, labels, hints };
    if mistakes.is_empty() { Ok(QuestionEntry { topic: topic.to_owned(), question, place }) } else { Err(mistakes) }
}

fn kind(values: &Values, by: Answering, words: Words, mistakes: &mut Vec<Mistake>) -> questionnaire::Kind {
    match by {
        Answering::Line => questionnaire::Kind::Line,
        Answering::Paragraph => questionnaire::Kind::Paragraph,
        Answering::Date => questionnaire::Kind::Date { days: Days::from_name(text(values, DAYS)).unwrap_or_default() },
        Answering::Country => questionnaire::Kind::Country,
        Answering::File => questionnaire::Kind::File,
        Answering::Number => {
            let mut bound = |name: &str| match text(values, name) {
                "" => None,
                typed => {
                    let bound = questionnaire::read_number(typed);
                    if bound.is_none() {
                        mistakes.push((name.to_owned(), words.say("questions-bound-bad")));
                    }
                    bound
                }
            };
            let (least, most) = (bound(LEAST), bound(MOST));
            if least.zip(most).is_some_and(|(least, most)| least > most) {
                mistakes.push((MOST.to_owned(), words.say("questions-bounds-bad")));
            }
            questionnaire::Kind::Number { least, most }
        }
        Answering::Choice => questionnaire::Kind::Choice { options: options(values, words, mistakes) },
    }
}

/// Options that were typed, a line for each, the same number in every language that has any.
fn options(values: &Values, words: Words, mistakes: &mut Vec<Mistake>) -> Vec<Names> {
    let lines = |language: Language| -> Vec<&str> {
        let typed = text(values, &format!("{OPTIONS}-{language}"));
        typed.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
    };
    let count = lines(Language::Japanese).len();
    for language in Language::ALL {
        let typed = lines(*language);
        let is_needed = matches!(language, Language::Japanese | Language::English);
        let sentence = match typed.len() {
            0 if is_needed => {
                let language = words.say(&format!("language-{language}"));
                words.with("settings-name-missing", "language", language)
            }
            0 => continue,
            1 if count < 2 => words.say("questions-options-few"),
            many if many > MOST_OPTIONS => words.with("questions-options-many", "limit", MOST_OPTIONS),
            many if many != count => {
                words.tell("questions-options-uneven", &[("count", many.into()), ("needed", count.into())])
            }
            _ if typed.iter().any(|line| line.chars().count() > LONGEST_OPTION) => {
                words.with("settings-long", "limit", LONGEST_OPTION)
            }
            many if typed.iter().collect::<HashSet<_>>().len() < many => words.say("questions-options-twice"),
            _ => continue,
        };
        mistakes.push((format!("{OPTIONS}-{language}"), sentence));
    }
    let option = |at: usize| {
        let named =
            Language::ALL.iter().filter_map(|language| Some((*language, (*lines(*language).get(at)?).to_owned())));
        Names::new(named)
    };
    (0..count).map(option).collect()
}
