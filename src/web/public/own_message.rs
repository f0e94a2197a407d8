//! What enquirers write on their own page: a further message of their ticket, through the one door in.

use std::time::Duration;

use poem::http::StatusCode;
use sha2::{Digest, Sha256};

use crate::desk::receive::Arrival;
use crate::domain::Named;
use crate::domain::authenticity::Authenticity;
use crate::domain::blank::is_blank;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Enquiry, File, Nature, Sender, ThreadMarks};
use crate::language::Words;
use crate::language::detect::{Hints, detect};
use crate::web::form::{Form, LARGEST_FILES, MOST_FILES};
use crate::web::kept::{self, Kept, Unkept};
use crate::web::public::own::{Deed, Opening};
use crate::web::public::validation;
use crate::web::public::view::form::Trouble;
use crate::web::public::view::own::Mistake;
use crate::web::seal::Sealed;
use crate::web::site::Opened;

/// The most characters; an end of line counts as one.
const LONGEST_MESSAGE: usize = 10_000;
/// How long the desk may take to store a message.
const STORING: Duration = Duration::from_secs(10);

/// What is wrong with what was written. Files need no words; a wish about personal data does.
pub(super) fn mistakes(form: &Form, deed: Deed) -> Vec<Mistake> {
    let has_files = !form.files.is_empty() || !kept::tokens(form).is_empty();
    let words = match form.text("message").chars().count() {
        _ if is_blank(form.text("message")) && (deed == Deed::Data || !has_files) => Some(Mistake::Empty),
        length if length > LONGEST_MESSAGE => Some(Mistake::TooLong { by: length - LONGEST_MESSAGE }),
        _ => None,
    };
    let files = form.too_large.iter().map(|file| Mistake::File(validation::too_large(file)));
    words.into_iter().chain(files).collect()
}

/// Keeps the files that came, so that they need not be chosen again, and names them with those that were kept before.
pub(super) async fn keep(opened: &Opened, opening: &Opening, form: &mut Form) -> Vec<Kept> {
    let (session, now) = (opening.session(), opening.public.now);
    let mut all = kept::named(&opened.sealer, &session, form, now);
    let sizes = all.iter().map(|file| file.size).chain(form.files.iter().map(|file| file.size));
    if all.len() + form.files.len() > MOST_FILES || sizes.sum::<u64>() > LARGEST_FILES {
        return all;
    }
    match kept::keep(opened, &session, &mut form.files, now).await {
        Ok(more) => all.extend(more),
        Err(error) => tracing::error!(%error, "the files of an own page could not be kept"),
    }
    all
}

/// The status of a page that tells why a message was not stored.
pub(super) fn status(mistake: &Mistake) -> StatusCode {
    match mistake {
        Mistake::File(Trouble::FileGone) => StatusCode::UNPROCESSABLE_ENTITY,
        Mistake::File(_) => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Stores it, to the end even where the browser goes away.
pub(super) async fn receive(
    opened: &Opened,
    opening: &Opening,
    form: &mut Form,
    deed: Deed,
    sealed: Sealed,
) -> Result<(), Mistake> {
    let files = kept::all(opened, &opening.session(), form, opening.public.now).await.map_err(|error| match error {
        Unkept::Gone => Mistake::File(Trouble::FileGone),
        Unkept::TooLarge => Mistake::File(Trouble::FilesTooLarge),
        Unkept::TooMany => Mistake::File(Trouble::TooManyFiles(MOST_FILES)),
        error => {
            tracing::error!(%error, "the files of an own page could not be read");
            Mistake::Away
        }
    })?;
    let enquiry = enquiry(opening, form, files, deed, sealed);
    let intake = opened.intake.clone();
    let storing = tokio::spawn(async move { intake.receive(Arrival::Enquiry(Box::new(enquiry))).await });
    match tokio::time::timeout(STORING, storing).await {
        Ok(Ok(Ok(stored))) => {
            tracing::info!(ticket = %opening.ticket.reference, outcome = %stored.outcome, "message from an own page");
            Ok(())
        }
        Ok(Ok(Err(error))) => {
            tracing::error!(%error, "a message from an own page could not be stored");
            Err(Mistake::Away)
        }
        _ => Err(Mistake::Away),
    }
}

fn enquiry(opening: &Opening, form: &Form, files: Vec<File>, deed: Deed, sealed: Sealed) -> Enquiry {
    let (ticket, language) = (&opening.ticket, opening.public.language);
    let message = form.text("message").to_owned();
    let text = match deed {
        Deed::Data => format!("{}\n\n{message}", Words::public(language).say("own-data-message")),
        _ => message.clone(),
    };
    let raw = serde_json::json!({
        "ticket": ticket.reference.to_string(),
        "deed": deed.name(),
        "message": message,
        "attachments": kept::as_json(&files),
    });
    let raw = raw.to_string().into_bytes();
    let sameness = Sha256::new().chain_update(b"own").chain_update(sealed.nonce).chain_update(&raw).finalize().into();
    Enquiry {
        channel: Channel::Web,
        received_at: opening.public.now,
        raw,
        sameness,
        form: None,
        sender: Sender { name: ticket.name.clone(), email: ticket.address.clone(), ..Sender::default() },
        recipients: Vec::new(),
        copied_to: Vec::new(),
        language: detect(&message, Hints::default()).or(ticket.language).or(Some(language)),
        subject: ticket.subject.clone(),
        text,
        new_part: None,
        html: None,
        topic: None,
        answered: None,
        files,
        nature: Nature::Human,
        thread: ThreadMarks { tickets_by_token: vec![ticket.reference], ..ThreadMarks::default() },
        authenticity: Authenticity::Unknown,
        doubts: Vec::new(),
        logged_by: None,
    }
}
