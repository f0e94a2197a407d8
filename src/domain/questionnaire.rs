//! What a topic's form asks beside what every form asks: questions that administrators write, in versions that never
//! change once somebody may have answered them, and how answers are read.

mod reading;

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

use crate::domain::division::Names;
use crate::domain::language::Language;
use crate::domain::named::named;

pub use reading::{Flaw, read_date, read_number};

/// The most questions of a topic, those that are no longer asked among them.
pub const MOST_QUESTIONS: usize = 40;
/// The most options of a choice.
pub const MOST_OPTIONS: usize = 60;
/// The most characters of a name.
const LONGEST_NAME: usize = 40;

named! {
    /// How a question is answered, without what belongs to it.
    pub enum Answering as "kind of question" {
        /// In a line.
        Line = "line",
        /// In several lines.
        Paragraph = "paragraph",
        /// By a whole number.
        Number = "number",
        /// By a date.
        Date = "date",
        /// By one of several options.
        Choice = "choice",
        /// By a country or region.
        Country = "country",
        /// By a file.
        File = "file",
    }
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "by", rename_all = "lowercase")]
pub enum Kind {
    /// In a line.
    Line,
    /// In several lines.
    Paragraph,
    /// By a whole number.
    Number {
        /// The smallest.
        least: Option<i64>,
        /// The largest.
        most: Option<i64>,
    },
    /// By a date.
    Date {
        /// Which ones.
        #[serde(default)]
        days: Days,
    },
    /// By one of several options.
    Choice {
        /// In their order; an answer is the place of one of them, counted from one.
        options: Vec<Names>,
    },
    /// By a country or region.
    Country,
    /// By a file; the answer is its name.
    File,
}

impl Kind {
    /// The same without what belongs to it.
    #[must_use]
    pub fn answering(&self) -> Answering {
        match self {
            Self::Line => Answering::Line,
            Self::Paragraph => Answering::Paragraph,
            Self::Number { .. } => Answering::Number,
            Self::Date { .. } => Answering::Date,
            Self::Choice { .. } => Answering::Choice,
            Self::Country => Answering::Country,
            Self::File => Answering::File,
        }
    }
}

named! {
    /// Which days answer a question that is answered by a date.
    #[derive(Default)]
    pub enum Days as "days" {
        /// All.
        #[default]
        Any = "any",
        /// Those that are still to come, today among them.
        FromToday = "from-today",
    }
}

named! {
    /// Whether a question has to be answered.
    pub enum Need as "need of an answer" {
        /// It may be left out.
        Optional = "optional",
        /// It has to be.
        Required = "required",
    }
}

named! {
    /// Whether a question is still asked.
    pub enum Asking as "asking" {
        /// It is.
        Asked = "asked",
        /// It was; it stays, so that it can be asked again.
        Withdrawn = "withdrawn",
    }
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Question {
    /// What it is called in forms, answers and tables: a slug, the same in every version.
    pub name: String,
    /// How it is answered.
    pub kind: Kind,
    /// Whether it has to be answered.
    pub need: Need,
    /// Whether it is asked.
    pub asking: Asking,
    /// The question by language.
    pub labels: Names,
    /// What helps to answer it; may be empty.
    pub hints: Names,
}

/// The questions of a topic in one version. Once it is there it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questionnaire {
    /// Key.
    pub id: Uuid,
    /// Of which topic.
    pub topic: String,
    /// Counts from one.
    pub version: i32,
    /// In their order.
    pub questions: Vec<Question>,
}

impl Questionnaire {
    /// The questions that are asked.
    pub fn asked(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.asking == Asking::Asked)
    }

    /// A question by its name.
    #[must_use]
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.name == name)
    }

    /// What the field of a question is called in the form: no two topics share one.
    #[must_use]
    pub fn field(&self, question: &Question) -> String {
        format!("{}.{}", self.topic, question.name)
    }
}

/// Questions with one of them put in a place, counted from one, instead of where it was.
#[must_use]
pub fn with_question(questions: &[Question], question: Question, place: usize) -> Vec<Question> {
    let mut others: Vec<Question> = questions.iter().filter(|other| other.name != question.name).cloned().collect();
    others.insert(place.saturating_sub(1).min(others.len()), question);
    others
}

/// A name for a new question that none of the others has: its English label, as far as that can stand in a path.
#[must_use]
pub fn free_name(labels: &Names, others: &[Question]) -> String {
    let english = labels.written_in(Language::English).unwrap_or_default().to_lowercase();
    let signs = english.nfkd().filter(|sign| !is_combining_mark(*sign));
    let signs: String = signs.map(|sign| if sign.is_ascii_alphanumeric() { sign } else { ' ' }).collect();
    let words: Vec<&str> = signs.split_whitespace().collect();
    let stem: String = words.join("-").chars().take(LONGEST_NAME).collect();
    let stem = Some(stem.trim_matches('-')).filter(|stem| !stem.is_empty()).unwrap_or("question");
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let mut names = std::iter::once(stem.to_owned()).chain(numbered);
    names.find(|name| others.iter().all(|other| other.name != *name)).unwrap_or_default()
}

/// Answers by the names of the questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Answers(BTreeMap<String, String>);

impl Answers {
    /// The answer to a question.
    #[must_use]
    pub fn to(&self, question: &Question) -> Option<&str> {
        self.0.get(&question.name).map(String::as_str)
    }

    /// All of them, as they are kept.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// Whether nothing was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, String)> for Answers {
    fn from_iter<All: IntoIterator<Item = (String, String)>>(all: All) -> Self {
        Self(all.into_iter().collect())
    }
}

/// Answers with the questions as they were asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The questions.
    pub questionnaire: Questionnaire,
    /// The answers.
    pub answers: Answers,
}

#[cfg(test)]
/// A question for the tests.
fn question(kind: Kind) -> Question {
    Question {
        name: "this".into(),
        kind,
        need: Need::Optional,
        asking: Asking::Asked,
        labels: Names::default(),
        hints: Names::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_questions_are_named_after_what_they_ask() {
        let others = ["partner-country", "question"].map(|name| Question { name: name.into(), ..question(Kind::Line) });
        for (english, name) in [
            ("Partner country", "partner-country-2"),
            ("  Émigrés & co.: who? ", "emigres-co-who"),
            ("？？", "question-2"),
            (&"long ".repeat(30), "long-long-long-long-long-long-long-long"),
        ] {
            assert_eq!(free_name(&Names::new([(Language::English, english.to_owned())]), &others), name);
        }
    }

    #[test]
    fn a_question_moves_to_its_place() {
        let named = |name: &str| Question { name: name.into(), ..question(Kind::Line) };
        let questions = ["a", "b", "c"].map(named);
        for (name, place, order) in
            [("a", 3, "bca"), ("c", 1, "cab"), ("b", 2, "abc"), ("d", 4, "abcd"), ("d", 99, "abcd"), ("d", 0, "dabc")]
        {
            let moved = with_question(&questions, named(name), place);
            assert_eq!(moved.iter().map(|question| question.name.as_str()).collect::<String>(), order);
        }
    }
}
