//! Questions and answers as readers of a language see them.

use crate::domain::channel::Channel;
use crate::domain::language::Language;
use crate::domain::questionnaire::{Answered, Answers, Kind, Question, read_date};
use crate::domain::sister_city::Country;
use crate::language::{dates, places};

/// A question with what was answered to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The question's name in every version.
    pub name: String,
    /// The question.
    pub label: String,
    /// The language that it is in, where it is not there in the reader's.
    pub label_language: Option<Language>,
    /// What was answered.
    pub answer: Option<Answer>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// In the answerer's own words.
    Own(String),
    /// In ours: a country, a date, one of the options.
    Ours(String),
    /// The name of a file.
    File(String),
}

impl Answer {
    /// What it says.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Own(words) | Self::Ours(words) | Self::File(words) => words,
        }
    }
}

/// The questions as they were asked, each with its answer; of what staff wrote down only what they were told.
#[must_use]
pub fn lines_of(answered: &Answered, channel: Channel, language: Language) -> Vec<Line> {
    let mut all = lines(answered, language);
    all.retain(|line| channel == Channel::Web || line.answer.is_some());
    all
}

/// The questions as they were asked, each with its answer.
#[must_use]
pub fn lines(answered: &Answered, language: Language) -> Vec<Line> {
    answered.questionnaire.asked().map(|question| line(question, &answered.answers, language)).collect()
}

/// A question with its answer.
#[must_use]
pub fn line(question: &Question, answers: &Answers, language: Language) -> Line {
    Line {
        name: question.name.clone(),
        label: question.labels.text(language).to_owned(),
        label_language: Some(question.labels.language_for(language)).filter(|other| *other != language),
        answer: answers.to(question).map(|answer| shown(&question.kind, answer, language)),
    }
}

fn shown(kind: &Kind, answer: &str, language: Language) -> Answer {
    let ours = match kind {
        Kind::Line | Kind::Paragraph | Kind::Number { .. } => None,
        Kind::File => return Answer::File(answer.to_owned()),
        Kind::Date { .. } => read_date(answer).map(|date| dates::date_full(language, date)),
        Kind::Choice { options } => {
            let option = answer.parse::<usize>().ok().and_then(|place| options.get(place.checked_sub(1)?));
            option.map(|option| option.text(language).to_owned())
        }
        Kind::Country => Country::new(answer)
            .map(|country| places::country(country, language))
            .filter(|name| !name.is_empty())
            .map(str::to_owned),
    };
    ours.map_or_else(|| Answer::Own(answer.to_owned()), Answer::Ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::division::Names;
    use crate::domain::questionnaire::Days;

    #[test]
    fn answers_are_said_in_the_readers_language() {
        let options = vec![Names::new([(Language::English, "Yes".into()), (Language::French, "Oui".into())])];
        for (kind, answer, shown_as) in [
            (Kind::Line, "Lyon", Answer::Own("Lyon".into())),
            (Kind::Number { least: None, most: None }, "3", Answer::Own("3".into())),
            (Kind::Date { days: Days::Any }, "2027-02-01", Answer::Ours("1er février 2027".into())),
            (Kind::Choice { options: options.clone() }, "1", Answer::Ours("Oui".into())),
            (Kind::Choice { options }, "9", Answer::Own("9".into())),
            (Kind::Country, "JP", Answer::Ours("Japon".into())),
            (Kind::File, "plan.pdf", Answer::File("plan.pdf".into())),
        ] {
            assert_eq!(shown(&kind, answer, Language::French), shown_as, "{kind:?}");
        }
    }
}
