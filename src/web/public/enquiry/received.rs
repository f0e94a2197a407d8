//! A form whose fields are all good, as the enquiry that the desk receives.

use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Doubt, Enquiry, File, Nature, ThreadMarks};
use crate::domain::language::Language;
use crate::domain::questionnaire::Answered;
use crate::domain::suspicion::{Signs, Work, doubts as doubts_of, is_done};
use crate::language::detect::{Hints, detect};
use crate::web::form::Form;
use crate::web::kept;
use crate::web::public::validation::Valid;
use crate::web::seal::Sealed;
use crate::web::site::Site;

/// The fields of the form but for its files; the last is one that nobody sees.
pub(super) const FIELDS: [&str; 10] =
    ["topic", "name", "reading", "organisation", "email", "phone", "subject", "message", "consent", TRAP];
/// What the page's script found under attack.
const WORK: &str = "work";
/// People leave it empty, since they do not see it.
const TRAP: &str = "website";

pub(super) fn enquiry(
    form: &Form,
    valid: Valid,
    files: Vec<File>,
    sealed: Sealed,
    doubts: Vec<Doubt>,
    language: Language,
    now: Timestamp,
) -> Enquiry {
    let raw = raw(form, valid.answered.as_ref(), &files);
    let sameness = Sha256::new().chain_update(b"form").chain_update(sealed.nonce).chain_update(&raw).finalize().into();
    Enquiry {
        channel: Channel::Web,
        received_at: now,
        raw,
        sameness,
        form: Some(sealed.nonce),
        sender: valid.sender,
        recipients: Vec::new(),
        copied_to: Vec::new(),
        // People write in their own language on a page in another; the page's is meant where the text leaves doubt.
        language: detect(&valid.message, Hints::default()).or(Some(language)),
        subject: valid.subject,
        text: valid.message,
        new_part: None,
        html: None,
        topic: Some(valid.topic),
        answered: valid.answered,
        files,
        nature: Nature::Human,
        thread: ThreadMarks::default(),
        authenticity: Authenticity::Unknown,
        doubts,
        logged_by: None,
    }
}

/// Whether a form may be none of a person.
pub(super) fn doubts(form: &Form, valid: &Valid, sealed: Sealed, site: &Site, now: Timestamp) -> Vec<Doubt> {
    site.enquired(now);
    let work = match site.is_under_attack(now) {
        false => Work::NotAsked,
        true if is_done(form.text("seal"), form.text(WORK)) => Work::Done,
        true => Work::Missing,
    };
    let (trap, text) = (form.text(TRAP), valid.message.as_str());
    let after = if site.has_limits() { sealed.age } else { Duration::MAX };
    doubts_of(Signs { trap, text, repetition: site.repetition(text), after, work })
}

/// The form as it is kept in the ledger: its fields as JSON, files by hash.
fn raw(form: &Form, answered: Option<&Answered>, files: &[File]) -> Vec<u8> {
    let mut fields: serde_json::Map<String, serde_json::Value> =
        FIELDS.iter().map(|name| ((*name).to_owned(), form.text(name).into())).collect();
    if let Some(Answered { questionnaire, answers }) = answered {
        fields.insert("questionnaire".to_owned(), questionnaire.id.to_string().into());
        fields.insert("answers".to_owned(), serde_json::json!(answers));
    }
    fields.insert("attachments".to_owned(), kept::as_json(files));
    serde_json::Value::Object(fields).to_string().into_bytes()
}
