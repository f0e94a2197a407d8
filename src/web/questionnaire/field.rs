//! The questions of topics, as they stand in the form.

use jiff::civil::Date;
use uuid::Uuid;

use crate::domain::questionnaire::Need;
use crate::web::kept::Kept;

/// The most topics whose questions a style sheet can hide until their topic is chosen.
const MOST_HIDDEN: usize = 24;

/// The questions of one topic.
#[derive(Debug, Clone)]
pub struct QuestionSet {
    /// Which version of them.
    pub asked: Uuid,
    /// The topic's name.
    pub topic: String,
    /// What helps whoever answers them.
    pub hint: Option<String>,
    /// The place of the topic among those to choose from, counted from one; none where it is no longer among them.
    pub place: Option<usize>,
    /// They.
    pub questions: Vec<QuestionField>,
}

impl QuestionSet {
    /// The class by which they are shown only where their topic is chosen; without it they are always shown.
    #[must_use]
    pub fn class(&self) -> String {
        let hidden = self.place.filter(|place| *place <= MOST_HIDDEN);
        hidden.map_or_else(|| "asked".to_owned(), |place| format!("asked asked-{place}"))
    }
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// In a line.
    Line,
    /// In several lines.
    Paragraph,
    /// By figures.
    Number,
    /// By a date.
    Date {
        /// The first one that answers it.
        from: Option<Date>,
    },
    /// By a date that no browser could read.
    DateInWords,
    /// By one of a few options: value and name.
    Options(Vec<(String, String)>),
    /// By one of many.
    List(Vec<(String, String)>),
    /// By a country: code and name.
    Country(Vec<(String, String)>),
    /// By files.
    File {
        /// Those that need not be chosen again.
        kept: Vec<Kept>,
        /// Where a script sends them ahead of the form.
        upload: Option<String>,
    },
}

/// A question.
#[derive(Debug, Clone)]
pub struct QuestionField {
    /// Its field.
    pub name: String,
    /// The question.
    pub label: String,
    /// The tag of its language, where it is not there in the reader's.
    pub foreign: Option<&'static str>,
    /// What helps to answer it; may be empty.
    pub hint: String,
    /// The same of the hint.
    pub hint_foreign: Option<&'static str>,
    /// How it is answered.
    pub input: Input,
    /// Whether it has to be; nothing where that is not said.
    pub need: Option<Need>,
    /// What tells these options from others, in any language; nothing where there are none.
    pub options: String,
    /// What was typed or chosen.
    pub typed: String,
    /// What is the matter with it.
    pub errors: Vec<String>,
}

impl QuestionField {
    /// Whether it has to be answered.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.need == Some(Need::Required)
    }

    /// Whether it is said to be one that may be left out.
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.need == Some(Need::Optional)
    }

    /// Whether an option has the id that links to the question lead to: the chosen one, or else the first.
    #[must_use]
    pub fn is_anchor(&self, options: &[(String, String)], value: &str) -> bool {
        let chosen = options.iter().find(|(option, _)| *option == self.typed);
        chosen.or(options.first()).is_some_and(|(option, _)| option == value)
    }

    /// The ids of what describes it.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = (!self.errors.is_empty()).then(|| format!("{}-error", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}
