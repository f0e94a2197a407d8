//! A form whose fields are all good, as the enquiry that the desk receives.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Doubt, Enquiry, File, Nature, ThreadMarks};
use crate::domain::language::Language;
use crate::language::detect::{Hints, detect};
use crate::web::form::Form;
use crate::web::public::enquiry::files_as_json;
use crate::web::public::validation::Valid;
use crate::web::seal::Sealed;

/// The fields of the form but for its files; the last is one that nobody sees.
pub(super) const FIELDS: [&str; 9] =
    ["topic", "name", "organisation", "email", "phone", "subject", "message", "consent", TRAP];
/// People leave it empty, since they do not see it.
const TRAP: &str = "website";

pub(super) fn enquiry(
    form: &Form,
    valid: Valid,
    files: Vec<File>,
    sealed: Sealed,
    language: Language,
    now: Timestamp,
) -> Enquiry {
    let doubt = (!form.text(TRAP).is_empty()).then_some(Doubt::HiddenFieldFilled);
    let raw = raw(form, &files);
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
        files,
        nature: Nature::Human,
        thread: ThreadMarks::default(),
        authenticity: Authenticity::Unknown,
        doubt,
        logged_by: None,
    }
}

/// The form as it is kept in the ledger: its fields as JSON, files by hash.
fn raw(form: &Form, files: &[File]) -> Vec<u8> {
    let mut kept: serde_json::Map<String, serde_json::Value> =
        FIELDS.iter().map(|name| ((*name).to_owned(), form.text(name).into())).collect();
    kept.insert("attachments".to_owned(), files_as_json(files));
    serde_json::Value::Object(kept).to_string().into_bytes()
}
