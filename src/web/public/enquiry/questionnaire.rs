//! The questions that topics ask beside what the form always asks: which version of them, and how they stand in it.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::division::{Directory, Names};
use crate::domain::language::Language;
use crate::domain::questionnaire::{Kind, Question, Questionnaire};
use crate::language::{Words, places};
use crate::web::form::Form;
use crate::web::kept::Kept;
use crate::web::public::shell::PublicDesk;
use crate::web::public::view::form::{Field, FieldError};
use crate::web::public::view::questionnaire::{Input, QuestionField, QuestionSet};
use crate::web::public::view::shell::tag;
use crate::web::site::Opened;

/// The field that says which versions the page asked.
pub(super) const ASKED: &str = "asked";
/// Versions that are looked for in the database.
const MOST_EARLIER: usize = 3;
/// How long ago questions may have changed on whoever is writing: a page is good for a day, and its form, shown again, for
/// another.
const HONOURED: SignedDuration = SignedDuration::from_hours(48);
/// Options that are shown as buttons; more are a list.
const MOST_BUTTONS: usize = 7;

/// The questions of each topic as the page asked them that a form was written on: of one that was asked otherwise than it
/// would be now, that version.
pub(super) async fn asked(opened: &Opened, form: &Form, directory: &Directory, now: Timestamp) -> Vec<Questionnaire> {
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
pub(super) fn typed<'a>(form: &'a Form, asked: &[Questionnaire]) -> Vec<(String, &'a str)> {
    let fields = asked.iter().flat_map(|set| set.asked().map(|question| set.field(question)));
    fields
        .map(|field| (form.text(&field), field))
        .filter(|(typed, _)| !typed.is_empty())
        .map(|(typed, field)| (field, typed))
        .collect()
}

/// Whether files that were chosen in a field belong to a question of the chosen topic.
pub(super) fn is_of_a_question(field: &str, topic: &str, asked: &[Questionnaire]) -> bool {
    let chosen = asked.iter().find(|set| set.topic == topic);
    chosen.is_some_and(|set| set.asked().any(|question| question.kind == Kind::File && set.field(question) == field))
}

/// What stands in the fields of questions.
pub(super) struct Filled<'a> {
    pub(super) typed: &'a [(String, String)],
    pub(super) kept: &'a [Kept],
    pub(super) errors: &'a [FieldError],
}

/// The questions as they stand in the form: those of the topics that it offers, and those of a topic withdrawn meanwhile
/// that somebody has answered.
pub(super) fn sets(public: &PublicDesk, asked: &[Questionnaire], filled: &Filled<'_>) -> Vec<QuestionSet> {
    let sets = public.directory.topics.iter().filter_map(|topic| {
        let set = asked.iter().find(|set| set.topic == topic.slug)?;
        let place = public.directory.offered().position(|offered| offered.slug == topic.slug).map(|at| at + 1);
        if place.is_none() && !filled.has_any_of(set) {
            return None;
        }
        let questions: Vec<QuestionField> = set.asked().map(|question| field(public, set, question, filled)).collect();
        let topic = topic.names.text(public.language).to_owned();
        (!questions.is_empty()).then_some(QuestionSet { asked: set.id, topic, place, questions })
    });
    sets.collect()
}

impl Filled<'_> {
    fn has_any_of(&self, set: &Questionnaire) -> bool {
        let fields: Vec<String> = set.asked().map(|question| set.field(question)).collect();
        self.typed.iter().any(|(field, _)| fields.contains(field))
            || self.kept.iter().any(|file| fields.contains(&file.field))
    }
}

fn field(public: &PublicDesk, set: &Questionnaire, question: &Question, filled: &Filled<'_>) -> QuestionField {
    let (language, words) = (public.language, Words::public(public.language));
    let name = set.field(question);
    let typed = filled.typed.iter().find(|(field, _)| *field == name).map(|(_, typed)| typed.clone());
    let typed = typed.unwrap_or_default();
    let foreign = |names: &Names| Some(names.language_for(language)).filter(|other| *other != language).map(tag);
    let errors = filled.errors.iter().filter(|error| error.field == Field::Question(name.clone()));
    QuestionField {
        label: question.labels.text(language).to_owned(),
        foreign: foreign(&question.labels),
        hint: hint(question, public),
        hint_foreign: foreign(&question.hints).filter(|_| !question.hints.is_empty()),
        input: input(&question.kind, language, &name, &typed, filled.kept),
        need: question.need,
        options: fingerprint(&question.kind),
        errors: errors.map(|error| error.trouble.sentence(words)).collect(),
        typed,
        name,
    }
}

/// What helps to answer a question; of files also how many and how large they may be.
fn hint(question: &Question, public: &PublicDesk) -> String {
    let own = question.hints.text(public.language);
    let is_foreign = question.hints.language_for(public.language) != public.language;
    if question.kind != Kind::File || (!own.is_empty() && is_foreign) {
        return own.to_owned();
    }
    let limits = Words::public(public.language).say("form-attachments-hint");
    if own.is_empty() { limits } else { format!("{own} {limits}") }
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

fn input(kind: &Kind, language: Language, name: &str, typed: &str, kept: &[Kept]) -> Input {
    match kind {
        Kind::Line => Input::Line,
        Kind::Paragraph => Input::Paragraph,
        Kind::Number { .. } => Input::Number,
        // Browsers show nothing of a date that they cannot read.
        Kind::Date if typed.is_empty() || typed.parse::<jiff::civil::Date>().is_ok() => Input::Date,
        Kind::Date => Input::DateInWords,
        Kind::Choice { options } => {
            let named = options.iter().enumerate();
            let named = named.map(|(at, option)| ((at + 1).to_string(), option.text(language).to_owned())).collect();
            if options.len() <= MOST_BUTTONS { Input::Options(named) } else { Input::List(named) }
        }
        Kind::Country => {
            let all = places::countries(language);
            Input::Country(all.map(|(country, name)| (country.to_string(), name.to_owned())).collect())
        }
        Kind::File => Input::File(kept.iter().filter(|file| file.field == name).cloned().collect()),
    }
}
