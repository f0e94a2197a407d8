//! What was typed into the form, as values, or what is the matter with it. Pure.

use jiff::civil::Date;

use crate::domain::blank::is_blank;
use crate::domain::division::Directory;
use crate::domain::enquiry::Sender;
use crate::domain::person::{BadAddress, EmailAddress};
use crate::domain::phone;
use crate::domain::questionnaire::{Answered, Questionnaire};
use crate::mail::header::one_line;
use crate::web::form::{FileLimit, Form, LARGEST_FILES, MOST_FILES, TooLarge};
use crate::web::kept::{self, Kept};
use crate::web::public::view::form::{Field, FieldError, Trouble, Typed};
use crate::web::questionnaire::{self, Writer};

/// The most characters of names and subjects.
const LONGEST_LINE: usize = 200;
/// The most characters of the text; an end of line counts as one.
const LONGEST_MESSAGE: usize = 10_000;

/// A form whose fields are all good.
#[derive(Debug, Clone)]
pub struct Valid {
    /// Who asks.
    pub sender: Sender,
    /// About what.
    pub topic: String,
    /// Subject.
    pub subject: String,
    /// What was answered to the topic's own questions.
    pub answered: Option<Answered>,
    /// Text.
    pub message: String,
}

/// What was typed, to be shown again.
#[must_use]
pub fn typed(form: &Form) -> Typed {
    let line = |name: &str| one_line(form.text(name));
    Typed {
        name: line("name"),
        reading: line("reading"),
        organisation: line("organisation"),
        email: line("email"),
        phone: line("phone"),
        subject: line("subject"),
        message: form.text("message").to_owned(),
        consent: !form.text("consent").is_empty(),
    }
}

/// Checks a form with the files that were kept for it before, and the questions of topics as they were `asked`, on the
/// desk's day.
///
/// # Errors
/// All mistakes, in the order of the fields.
pub fn check(
    form: &Form,
    kept: &[Kept],
    directory: &Directory,
    asked: &[Questionnaire],
    today: Date,
) -> Result<Valid, Vec<FieldError>> {
    let typed = typed(form);
    let topic = form.text("topic").trim();
    let mut mistakes = Vec::new();
    let mut wrong = |field, trouble| mistakes.push(FieldError { field, trouble });
    match topic {
        "" => wrong(Field::Topic, Trouble::TopicMissing),
        topic if !directory.offered().any(|offered| offered.slug == topic) => {
            wrong(Field::Topic, Trouble::TopicUnknown)
        }
        _ => {}
    }
    match typed.name.chars().count() {
        _ if is_blank(&typed.name) => wrong(Field::Name, Trouble::NameMissing),
        0..=LONGEST_LINE => {}
        _ => wrong(Field::Name, Trouble::NameTooLong),
    }
    if typed.reading.chars().count() > LONGEST_LINE {
        wrong(Field::Reading, Trouble::ReadingTooLong);
    }
    if typed.organisation.chars().count() > LONGEST_LINE {
        wrong(Field::Organisation, Trouble::OrganisationTooLong);
    }
    let email = Some(&typed.email).filter(|email| !email.is_empty()).map(|email| EmailAddress::parse(email));
    match &email {
        None if typed.phone.is_empty() => wrong(Field::Email, Trouble::ContactMissing),
        Some(Err(BadAddress::NoAt)) => wrong(Field::Email, Trouble::EmailWithoutAt),
        Some(Err(_)) => wrong(Field::Email, Trouble::EmailIncomplete),
        _ => {}
    }
    let telephone = phone::read(&typed.phone);
    if telephone.is_none() && !typed.phone.is_empty() {
        wrong(Field::Phone, Trouble::PhoneUnreadable);
    }
    let chosen = asked.iter().find(|set| set.topic == topic);
    let answered = match chosen.map(|set| questionnaire::read(form, kept, set, Writer::Enquirer, today)) {
        Some(Ok(answered)) => answered,
        None => None,
        Some(Err(mistakes)) => {
            let mistakes = mistakes.into_iter();
            mistakes.for_each(|(field, mistake)| wrong(Field::Question(field), Trouble::Answer(mistake)));
            None
        }
    };
    match typed.subject.chars().count() {
        _ if is_blank(&typed.subject) => wrong(Field::Subject, Trouble::SubjectMissing),
        0..=LONGEST_LINE => {}
        long => wrong(Field::Subject, Trouble::SubjectTooLong(long - LONGEST_LINE)),
    }
    match typed.message.chars().count() {
        _ if is_blank(&typed.message) => wrong(Field::Message, Trouble::MessageMissing),
        long if long > LONGEST_MESSAGE => wrong(Field::Message, Trouble::MessageTooLong(long - LONGEST_MESSAGE)),
        _ => {}
    }
    files(form, kept, chosen).into_iter().for_each(|(field, trouble)| wrong(field, trouble));
    if !typed.consent {
        wrong(Field::Consent, Trouble::ConsentMissing);
    }
    mistakes.dedup();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(Valid {
        sender: Sender {
            name: one_line(&typed.name),
            reading: one_line(&typed.reading),
            organisation: one_line(&typed.organisation),
            email: email.and_then(Result::ok),
            telephone,
            fax: None,
        },
        topic: topic.to_owned(),
        subject: one_line(&typed.subject),
        answered,
        message: typed.message,
    })
}

fn files(form: &Form, kept: &[Kept], chosen: Option<&Questionnaire>) -> Vec<(Field, Trouble)> {
    let of_a_question = |field: &str| chosen.is_some_and(|set| set.asked().any(|one| set.field(one) == field));
    let large = form.too_large.iter().map(|file| {
        let field = if of_a_question(&file.field) { Field::Question(file.field.clone()) } else { Field::Attachments };
        (field, too_large(file))
    });
    let mut troubles: Vec<(Field, Trouble)> = large.collect();
    let mut all = |trouble| troubles.push((Field::Attachments, trouble));
    if kept::tokens(form).len() > kept.len() {
        all(Trouble::FileGone);
    }
    if kept.len() + form.files.len() > MOST_FILES {
        all(Trouble::TooManyFiles(MOST_FILES));
    }
    let sizes = kept.iter().map(|file| file.size).chain(form.files.iter().map(|file| file.size));
    if sizes.sum::<u64>() > LARGEST_FILES {
        all(Trouble::FilesTooLarge);
    }
    troubles
}

/// What is the matter with a file that was thrown away.
#[must_use]
pub fn too_large(file: &TooLarge) -> Trouble {
    match file.limit {
        FileLimit::One => Trouble::FileTooLarge { name: file.filename.clone(), size: file.size },
        FileLimit::Together => Trouble::FilesTooLarge,
        FileLimit::Count => Trouble::TooManyFiles(MOST_FILES),
    }
}
