//! What enquirers write on their own page: a further message of their ticket, through the one door in.

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::desk::receive::Arrival;
use crate::domain::Named;
use crate::domain::authenticity::Authenticity;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Enquiry, Nature, Sender, ThreadMarks};
use crate::language::Words;
use crate::language::detect::{Hints, detect};
use crate::web::form::{Form, Uploaded};
use crate::web::kept;
use crate::web::public::own::{Deed, Opening};
use crate::web::public::view::own::Mistake;
use crate::web::seal::Sealed;
use crate::web::site::Opened;

/// The most characters; an end of line counts as one.
const LONGEST_MESSAGE: usize = 10_000;
/// How long the desk may take to store a message.
const STORING: Duration = Duration::from_secs(10);

/// What is wrong with what was written.
pub(super) fn mistake(form: &Form) -> Option<Mistake> {
    let length = form.text("message").chars().count();
    match length {
        _ if !form.too_large.is_empty() => Some(Mistake::Files),
        _ if form.text("message").trim().is_empty() => Some(Mistake::Empty),
        length if length > LONGEST_MESSAGE => Some(Mistake::TooLong { by: length - LONGEST_MESSAGE }),
        _ => None,
    }
}

/// Stores it, to the end even where the browser goes away.
pub(super) async fn receive(
    opened: &Opened,
    opening: &Opening,
    form: &mut Form,
    deed: Deed,
    sealed: Sealed,
) -> Result<(), ()> {
    let enquiry = enquiry(opening, form, deed, sealed).map_err(|error| {
        tracing::error!(%error, "an uploaded file could not be read");
    })?;
    let intake = opened.intake.clone();
    let storing = tokio::spawn(async move { intake.receive(Arrival::Enquiry(Box::new(enquiry))).await });
    match tokio::time::timeout(STORING, storing).await {
        Ok(Ok(Ok(stored))) => {
            tracing::info!(ticket = %opening.ticket.reference, outcome = %stored.outcome, "message from an own page");
            Ok(())
        }
        Ok(Ok(Err(error))) => {
            tracing::error!(%error, "a message from an own page could not be stored");
            Err(())
        }
        _ => Err(()),
    }
}

fn enquiry(opening: &Opening, form: &mut Form, deed: Deed, sealed: Sealed) -> std::io::Result<Enquiry> {
    let (ticket, language) = (&opening.ticket, opening.public.language);
    let files = form.files.iter_mut().map(Uploaded::file).collect::<std::io::Result<Vec<_>>>()?;
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
    Ok(Enquiry {
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
    })
}
