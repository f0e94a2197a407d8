//! The receipt, at a path that cannot be guessed and is good for an hour.

use jiff::{SignedDuration, Timestamp};
use poem::http::StatusCode;
use poem::web::{Data, Path};
use poem::{Response, Result, handler};

use crate::domain::language::Language;
use crate::domain::reference::Reference;
use crate::web::answer::ok;
use crate::web::public::failure::away;
use crate::web::public::shell::PublicDesk;
use crate::web::public::view::receipt::ReceiptPage;
use crate::web::public::view::shell::{Listing, Section};
use crate::web::seal::{BadSeal, Sealer};
use crate::web::site::Site;

const PURPOSE: &str = "receipt";
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// The path of a ticket's receipt.
pub(crate) fn path(sealer: &Sealer, language: Language, ticket: Reference, now: Timestamp) -> String {
    let signed = sealer.sign(PURPOSE, &ticket.to_string(), now + LIFETIME);
    format!("/{language}/receipts/{signed}")
}

/// The receipt.
#[handler]
pub async fn receipt(Path((name, signed)): Path<(String, String)>, site: Data<&Site>) -> Result<Response> {
    let public = PublicDesk::read(&site, &name).await?;
    let opened = site.opened()?;
    let now = public.now;
    let ticket = opened.sealer.read(PURPOSE, &signed, now).map_err(|bad| {
        let status = if bad == BadSeal::Stale { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
        poem::Error::from_status(status)
    })?;
    let ticket: Reference = ticket.parse().map_err(|_| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    let promised = opened.desk.promised(ticket).await.map_err(away)?;
    let zone = public.directory.division(promised.division).map(|division| division.calendar.zone.clone());
    let mut shell = public.shell_at(Some(promised.division), Section::Enquiries, "");
    shell.listing = Listing::Unlisted;
    shell.title = shell.words.say("receipt");
    Ok(ok(&ReceiptPage {
        shell,
        reference: ticket.to_string(),
        letter_to: promised.letter_to,
        promise: promised.due_at.to_zoned(zone.unwrap_or(jiff::tz::TimeZone::UTC)).date(),
    }))
}
