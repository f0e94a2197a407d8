//! What the people of the demo answer to the questions of topics.

use jiff::{Timestamp, ToSpan};

use crate::desk::demo::chance::Chance;
use crate::desk::demo::person::Person;
use crate::domain::language::Language;
use crate::domain::questionnaire::{Answered, Answers, Kind, Question, Questionnaire};

/// How many of the questions are answered.
const ANSWERED: f64 = 0.8;

/// Their answers, as far as they know any.
pub(super) fn answers(set: &Questionnaire, chance: &mut Chance, person: &Person, at: Timestamp) -> Option<Answered> {
    let first_line = set.asked().find(|question| question.kind == Kind::Line).map(|question| &question.name);
    let given = set.asked().filter_map(|question| {
        let knows = question.kind != Kind::Line || first_line == Some(&question.name);
        let answer = answer(question, chance, person, at)?;
        (knows && chance.happens(ANSWERED)).then(|| (question.name.clone(), answer))
    });
    let answers: Answers = given.collect();
    (!answers.is_empty()).then(|| Answered { questionnaire: set.clone(), answers })
}

fn answer(question: &Question, chance: &mut Chance, person: &Person, at: Timestamp) -> Option<String> {
    let answer = match &question.kind {
        Kind::Line => person.place.clone(),
        Kind::Number { least, most } => {
            let least = least.unwrap_or(1);
            chance.between(least, most.unwrap_or(i64::MAX).min(least.saturating_add(11))).to_string()
        }
        Kind::Date { .. } => {
            let day = at.to_zoned(jiff::tz::TimeZone::UTC).date().saturating_add(chance.between(40, 240).days());
            day.to_string()
        }
        Kind::Choice { options } => chance.between(1, i64::try_from(options.len()).unwrap_or(1)).to_string(),
        Kind::Country => match person.language {
            Language::Japanese => "JP".to_owned(),
            Language::Chinese => "CN".to_owned(),
            Language::Korean => "KR".to_owned(),
            Language::French => chance.weighed(&[("FR", 8), ("BE", 1), ("SN", 1)]).to_owned(),
            Language::English => chance.weighed(&[("US", 3), ("AU", 2), ("GB", 2), ("NZ", 1), ("GH", 1)]).to_owned(),
        },
        Kind::Paragraph | Kind::File => return None,
    };
    Some(answer)
}
