//! What staff wrote down, as the enquiry that the desk receives.

use sha2::{Digest, Sha256};

use crate::domain::Named;
use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::division::Directory;
use crate::domain::enquiry::{Enquiry, File, Nature, Sender, ThreadMarks};
use crate::domain::person::EmailAddress;
use crate::domain::phone;
use crate::domain::questionnaire::Answered;
use crate::domain::reference::Reference;
use crate::language::Words;
use crate::language::detect::{Hints, detect};
use crate::mail::header::one_line;
use crate::web::form::Form;
use crate::web::kept;
use crate::web::seal::Sealed;
use crate::web::staff::log::{BY_HAND, Logged, Typed};

/// The most characters of a subject made of the first line.
const LONGEST_SUBJECT: usize = 200;

impl Logged<'_> {
    pub(super) fn enquiry(
        &self,
        reference: Option<Reference>,
        answered: Option<Answered>,
        files: Vec<File>,
        sealed: Sealed,
    ) -> Enquiry {
        let typed = &self.typed;
        let channel = Channel::from_name(&typed["channel"]).ok().filter(|channel| BY_HAND.contains(channel));
        let channel = channel.unwrap_or(Channel::Phone);
        let subject = one_line(if typed["subject"].is_empty() {
            typed["message"].lines().next().unwrap_or_default()
        } else {
            &typed["subject"]
        });
        let raw = raw(typed, answered.as_ref(), &files);
        let number = phone::read(&typed["phone"]);
        let is_fax = channel == Channel::Fax;
        Enquiry {
            channel,
            received_at: self.now,
            sameness: Sha256::new()
                .chain_update(b"log")
                .chain_update(sealed.nonce)
                .chain_update(&raw)
                .finalize()
                .into(),
            raw,
            form: Some(sealed.nonce),
            sender: Sender {
                name: one_line(&typed["name"]),
                reading: one_line(&typed["reading"]),
                organisation: one_line(&typed["organisation"]),
                email: EmailAddress::parse(&typed["email"]).ok(),
                telephone: number.clone().filter(|_| !is_fax),
                fax: number.filter(|_| is_fax),
            },
            recipients: Vec::new(),
            copied_to: Vec::new(),
            subject: subject.chars().take(LONGEST_SUBJECT).collect(),
            text: typed["message"].clone(),
            new_part: None,
            html: None,
            language: detect(&typed["message"], Hints::default()),
            topic: Some(typed["topic"].clone()).filter(|topic| !topic.is_empty()),
            answered,
            files,
            nature: Nature::Human,
            thread: ThreadMarks { mentioned: reference.into_iter().collect(), ..ThreadMarks::default() },
            authenticity: Authenticity::Unknown,
            doubts: Vec::new(),
            logged_by: Some(self.viewer.id),
        }
    }
}

/// What was logged as it is kept in the ledger.
fn raw(typed: &Typed, answered: Option<&Answered>, files: &[File]) -> Vec<u8> {
    let mut raw = serde_json::json!(typed);
    if let Some(Answered { questionnaire, answers }) = answered {
        raw["questionnaire"] = questionnaire.id.to_string().into();
        raw["answers"] = serde_json::json!(answers);
    }
    if !files.is_empty() {
        raw["attachments"] = kept::as_json(files);
    }
    raw.to_string().into_bytes()
}

/// All that was written, in words, for whoever has to write it again.
pub(super) fn in_words(form: &Form, directory: &Directory, words: Words) -> String {
    let fields = [
        ("log-number", "phone"),
        ("log-name", "name"),
        ("log-reading", "reading"),
        ("log-organisation", "organisation"),
        ("email", "email"),
        ("log-reference", "reference"),
        ("log-subject", "subject"),
        ("log-message", "message"),
    ];
    let fields = fields.iter().map(|(key, field)| (words.say(key), form.text(field)));
    let topic = directory.topic(form.text("topic")).map_or("", |topic| topic.names.text(words.language));
    let asked = directory.questionnaires.iter().filter(|set| set.topic == form.text("topic"));
    let asked = asked.flat_map(|set| set.asked().map(|question| (question, form.text(&set.field(question)))));
    let answers = asked.map(|(question, typed)| (question.labels.text(words.language).to_owned(), typed));
    let files: Vec<&str> = form.files.iter().map(|file| file.filename.as_str()).collect();
    let files = files.join(", ");
    let all = fields.chain([(words.say("topic"), topic)]).chain(answers).chain([(words.say("files"), files.as_str())]);
    let written = all.filter(|(_, typed)| !typed.trim().is_empty());
    let lines = written.map(|(question, typed)| {
        words.tell("table-answer", &[("question", question.into()), ("answer", typed.into())])
    });
    lines.collect::<Vec<_>>().join("\n")
}
