//! The questions that topics ask beside what the form always asks: which version of them, how they stand in a form, and what
//! was answered. Enquirers answer them themselves; staff write down what they were told.

pub mod field;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::division::{Directory, Names, Topic};
use crate::domain::questionnaire::{Answered, Answering, Answers, Days, Flaw, Kind, Need, Question, Questionnaire};
use crate::language::{Words, places};
use crate::mail::header::one_line;
use crate::web::form::{Form, Uploaded};
use crate::web::kept::Kept;
use crate::web::questionnaire::field::{Input, QuestionField, QuestionSet};
use crate::web::site::Opened;
use crate::web::view::tag;

/// The field that says which versions the page asked.
pub const ASKED: &str = "asked";
/// Versions that are looked for in the database.
const MOST_EARLIER: usize = 3;
/// How long ago questions may have changed on whoever is writing: a page is good for a day, and its form, shown again, for
/// another.
const HONOURED: SignedDuration = SignedDuration::from_hours(48);
/// Options that are shown as buttons; more are a list.
const MOST_BUTTONS: usize = 7;

/// The questions of each topic as the page asked them that a form was written on: of one that was asked otherwise than it
/// would be now, that version.
pub(crate) async fn asked(opened: &Opened, form: &Form, directory: &Directory, now: Timestamp) -> Vec<Questionnaire> {
    let mut all = directory.questionnaires.clone();
    let named = form.all(ASKED).filter_map(|id| Uuid::parse_str(id).ok());
    let earlier: Vec<Uuid> = named.filter(|id| all.iter().all(|newest| newest.id != *id)).collect();
    for id in earlier.into_iter().take(MOST_EARLIER) {
        match opened.desk.questionnaire(id, now - HONOURED).await {
            Ok(Some(earlier)) => all.iter_mut().filter(|newest| newest.topic == earlier.topic).for_each(|newest| {
                newest.clone_from(&earlier);
            }),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "a form is read by the newest questions"),
        }
    }
    all
}

/// The fields of all questions, with what was typed into them.
pub(crate) fn typed<'a>(form: &'a Form, asked: &[Questionnaire]) -> Vec<(String, &'a str)> {
    let fields = asked.iter().flat_map(|set| set.asked().map(|question| set.field(question)));
    fields
        .map(|field| (form.text(&field), field))
        .filter(|(typed, _)| !typed.is_empty())
        .map(|(typed, field)| (field, typed))
        .collect()
}

/// Whether files that were chosen in a field belong to a question of the chosen topic.
pub(crate) fn is_of_a_question(field: &str, topic: &str, asked: &[Questionnaire]) -> bool {
    let chosen = asked.iter().find(|set| set.topic == topic);
    chosen.is_some_and(|set| set.asked().any(|question| question.kind == Kind::File && set.field(question) == field))
}

/// Who fills in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// Whoever asks.
    Enquirer,
    /// Staff, who write down what they were told: nothing has to be.
    Staff,
}

/// The form that questions stand in.
pub(crate) struct Asking<'a> {
    /// Who fills it in.
    pub(crate) writer: Writer,
    /// Their words.
    pub(crate) words: Words,
    /// The topics to choose from, in their order.
    pub(crate) topics: Vec<&'a Topic>,
    /// All topics.
    pub(crate) directory: &'a Directory,
    /// What they ask.
    pub(crate) asked: &'a [Questionnaire],
    /// The desk's day.
    pub(crate) today: Date,
    /// Where a script sends files ahead of the form.
    pub(crate) upload: Option<String>,
}

/// What stands in the fields of questions.
pub(crate) struct Filled<'a> {
    pub(crate) typed: &'a [(String, String)],
    pub(crate) kept: &'a [Kept],
    /// The field and a sentence.
    pub(crate) errors: &'a [(String, String)],
}

impl Filled<'_> {
    fn has_any_of(&self, set: &Questionnaire) -> bool {
        let fields: Vec<String> = set.asked().map(|question| set.field(question)).collect();
        self.typed.iter().any(|(field, _)| fields.contains(field))
            || self.kept.iter().any(|file| fields.contains(&file.field))
    }
}

impl Asking<'_> {
    /// The questions as they stand in the form: those of the topics that it offers, and those of a topic withdrawn
    /// meanwhile that somebody has answered.
    pub(crate) fn sets(&self, filled: &Filled<'_>) -> Vec<QuestionSet> {
        let sets = self.directory.topics.iter().filter_map(|topic| {
            let set = self.asked.iter().find(|set| set.topic == topic.slug)?;
            let place = self.topics.iter().position(|offered| offered.slug == topic.slug).map(|at| at + 1);
            if place.is_none() && !filled.has_any_of(set) {
                return None;
            }
            let questions: Vec<QuestionField> = set.asked().map(|one| self.field(set, one, filled)).collect();
            let topic = topic.names.text(self.words.language).to_owned();
            let hint = match self.writer {
                Writer::Enquirer => None,
                Writer::Staff => Some(self.words.say("log-questions-hint")),
            };
            (!questions.is_empty()).then_some(QuestionSet { asked: set.id, topic, hint, place, questions })
        });
        sets.collect()
    }

    fn field(&self, set: &Questionnaire, question: &Question, filled: &Filled<'_>) -> QuestionField {
        let language = self.words.language;
        let name = set.field(question);
        let typed = filled.typed.iter().find(|(field, _)| *field == name).map(|(_, typed)| typed.clone());
        let typed = typed.unwrap_or_default();
        let foreign = |names: &Names| Some(names.language_for(language)).filter(|other| *other != language).map(tag);
        let errors = filled.errors.iter().filter(|(field, _)| *field == name);
        QuestionField {
            label: question.labels.text(language).to_owned(),
            foreign: foreign(&question.labels),
            hint: self.hint(question),
            hint_foreign: foreign(&question.hints).filter(|_| !question.hints.is_empty()),
            input: self.input(&question.kind, &name, &typed, filled.kept),
            need: self.writer.needs(question),
            options: fingerprint(&question.kind),
            errors: errors.map(|(_, sentence)| sentence.clone()).collect(),
            typed,
            name,
        }
    }

    /// What helps to answer a question; of files also how many and how large they may be.
    fn hint(&self, question: &Question) -> String {
        let language = self.words.language;
        let own = question.hints.text(language);
        let is_foreign = question.hints.language_for(language) != language;
        if question.kind != Kind::File || (!own.is_empty() && is_foreign) {
            return own.to_owned();
        }
        let limits = self.words.say("form-attachments-hint");
        if own.is_empty() { limits } else { format!("{own} {limits}") }
    }

    fn input(&self, kind: &Kind, name: &str, typed: &str, kept: &[Kept]) -> Input {
        let language = self.words.language;
        match kind {
            Kind::Line => Input::Line,
            Kind::Paragraph => Input::Paragraph,
            Kind::Number { .. } => Input::Number,
            // Browsers show nothing of a date that they cannot read.
            Kind::Date { days } if typed.is_empty() || typed.parse::<Date>().is_ok() => {
                Input::Date { from: Some(self.today).filter(|_| *days == Days::FromToday) }
            }
            Kind::Date { .. } => Input::DateInWords,
            Kind::Choice { options } => {
                let named = options.iter().enumerate();
                let named =
                    named.map(|(at, option)| ((at + 1).to_string(), option.text(language).to_owned())).collect();
                if options.len() <= MOST_BUTTONS { Input::Options(named) } else { Input::List(named) }
            }
            Kind::Country => {
                let all = places::countries(language);
                Input::Country(all.map(|(country, name)| (country.to_string(), name.to_owned())).collect())
            }
            Kind::File => Input::File {
                kept: kept.iter().filter(|file| file.field == name).cloned().collect(),
                upload: self.upload.clone(),
            },
        }
    }
}

impl Writer {
    /// Whether a question has to be answered; nothing where that is not said.
    fn needs(self, question: &Question) -> Option<Need> {
        match self {
            Self::Enquirer => Some(question.need),
            Self::Staff => None,
        }
    }
}

/// A draft of other options would choose what nobody chose.
fn fingerprint(kind: &Kind) -> String {
    match kind {
        Kind::Choice { options } => {
            let all: Vec<&str> = options.iter().flat_map(Names::all).collect();
            data_encoding::HEXLOWER.encode(&Sha256::digest(all.join("\n"))[..4])
        }
        _ => String::new(),
    }
}

/// An answer that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The question by language.
    pub question: Names,
    /// How it is answered.
    pub by: Answering,
    /// What is the matter with the answer.
    pub flaw: Flaw,
}

impl Mistake {
    /// What is the matter and what to do.
    #[must_use]
    pub fn sentence(&self, words: Words) -> String {
        let question = self.question.text(words.language);
        let tell =
            |key: &str, name, number: i64| words.tell(key, &[("question", question.into()), (name, number.into())]);
        match self.flaw {
            Flaw::Missing => words.with(&format!("error-answer-missing-{}", self.by), "question", question),
            Flaw::TooLong(over) => tell("error-answer-long", "count", i64::try_from(over).unwrap_or(i64::MAX)),
            Flaw::NoNumber => words.with("error-answer-number", "question", question),
            Flaw::TooSmall(least) => tell("error-answer-small", "least", least),
            Flaw::TooLarge(most) => tell("error-answer-large", "most", most),
            Flaw::Past => words.with("error-answer-past", "question", question),
            Flaw::NoDate => words.with("error-answer-date", "question", question),
            Flaw::NotOffered => words.with("error-answer-offered", "question", question),
        }
    }
}

/// What was answered to a topic's own questions, and what cannot be taken, by field.
pub(crate) fn read(
    form: &Form,
    kept: &[Kept],
    set: &Questionnaire,
    writer: Writer,
    today: Date,
) -> Result<Option<Answered>, Vec<(String, Mistake)>> {
    let (mut answers, mut mistakes) = (Vec::new(), Vec::new());
    for question in set.asked() {
        let field = set.field(question);
        let typed = match question.kind {
            Kind::File => files_of(form, kept, &field).join("\n"),
            Kind::Paragraph => form.text(&field).to_owned(),
            _ => one_line(form.text(&field)),
        };
        let need = writer.needs(question).unwrap_or(Need::Optional);
        match question.read(&typed, need, today, places::country_called) {
            Ok(answer) => answers.extend(answer.map(|answer| (question.name.clone(), answer))),
            // It came, and was thrown away: that is what is told.
            Err(Flaw::Missing) if form.too_large.iter().any(|file| file.field == field) => {}
            Err(flaw) => {
                let (question, by) = (question.labels.clone(), question.kind.answering());
                mistakes.push((field, Mistake { question, by, flaw }));
            }
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let answers: Answers = answers.into_iter().collect();
    Ok((!answers.is_empty()).then(|| Answered { questionnaire: set.clone(), answers }))
}

/// The names of the files that were chosen in a field, before or now. An empty one answers nothing.
fn files_of(form: &Form, kept: &[Kept], field: &str) -> Vec<String> {
    let before = kept.iter().filter(|file| file.field == field && file.size > 0).map(|file| file.filename.clone());
    let now = form.files.iter().filter(|file| file.field == field && file.size > 0).map(Uploaded::safe_name);
    before.chain(now).collect()
}
