//! What the page to check shows of a form, and what it sends on.

use crate::domain::language::Language;
use crate::domain::questionnaire::Kind;
use crate::language::{Words, answers};
use crate::web::public::enquiry::{Sent, received};
use crate::web::public::validation::{self, Valid};
use crate::web::public::view::check::Line;
use crate::web::public::view::form::Field;
use crate::web::public::view::shell::tag;
use crate::web::questionnaire;

impl Sent<'_> {
    /// The fields as they were sent, to be sent once more: those of questions that are not shown too, in case another
    /// topic is chosen after all.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let always = received::FIELDS.iter().map(|name| ((*name).to_owned(), self.form.text(name).to_owned()));
        let asked = self.form.all(questionnaire::ASKED).take(self.asked.len());
        let asked = asked.map(|id| (questionnaire::ASKED.to_owned(), id.to_owned()));
        always.chain(asked).chain(self.answers()).collect()
    }

    /// The lines but for the text and the files.
    pub(super) fn lines(&self, valid: &Valid) -> Vec<Line> {
        let words = Words::public(self.public.language);
        let line = |key: &str, value: &str, field| Line {
            label: words.say(key),
            foreign: None,
            value: value.to_owned(),
            field,
        };
        let typed = validation::typed(&self.form);
        let topic = self.public.directory.topic(&valid.topic);
        let topic = topic.map_or("", |topic| topic.names.text(self.public.language));
        let mut lines = vec![line("check-topic", topic, Field::Topic), line("form-name", &typed.name, Field::Name)];
        if self.public.language == Language::Japanese || !typed.reading.is_empty() {
            lines.push(line("form-reading", &typed.reading, Field::Reading));
        }
        lines.extend([
            line("check-organisation", &typed.organisation, Field::Organisation),
            line("form-email", &typed.email, Field::Email),
            line("form-phone", &typed.phone, Field::Phone),
        ]);
        lines.extend(self.answer_lines(valid));
        lines.push(line("form-subject", &typed.subject, Field::Subject));
        lines
    }

    fn answer_lines(&self, valid: &Valid) -> Vec<Line> {
        let Some(set) = self.asked.iter().find(|set| set.topic == valid.topic) else { return Vec::new() };
        let given = valid.answered.as_ref().map(|answered| answered.answers.clone()).unwrap_or_default();
        let lines = set.asked().map(|question| {
            let said = answers::line(question, &given, self.public.language);
            Line {
                label: said.label,
                foreign: said.label_language.map(tag),
                value: match question.kind {
                    Kind::File => self.files_in(&set.field(question)),
                    _ => said.answer.map(|answer| answer.words().to_owned()).unwrap_or_default(),
                },
                field: Field::Question(set.field(question)),
            }
        });
        lines.collect()
    }

    /// The files that answer a question, a line for each.
    fn files_in(&self, field: &str) -> String {
        let words = Words::public(self.public.language);
        let files = self.kept.iter().filter(|file| file.field == field && file.size > 0);
        let lines = files.map(|file| format!("{} ({})", file.filename, file.shown_size(words)));
        lines.collect::<Vec<_>>().join("\n")
    }
}
