//! Who is signed in, and what surrounds their pages.

use std::time::Duration;

use jiff::Timestamp;
use poem::http::{StatusCode, header};
use poem::{Request, Result};

use crate::desk::queue::Overview;
use crate::desk::staff::Viewer;
use crate::domain::change::Seen;
use crate::domain::language::Language;
use crate::language::Words;
use crate::web::answer::see_other;
use crate::web::assets::Embedded;
use crate::web::public::failure::away;
use crate::web::seal::Sealed;
use crate::web::site::{Opened, Site};
use crate::web::staff::view::shell::{Nav, StaffShell};
use crate::web::theme;

/// The cookie that holds the session's token.
pub(crate) const COOKIE: &str = "madoguchi_session";
const PURPOSE: &str = "staff";
/// How old a page may be that a form was written on: as old as a session.
const LIFETIME: Duration = Duration::from_hours(12);

/// The session's token, if there is one.
pub(crate) fn token(request: &Request) -> Option<String> {
    let cookies = request.headers().get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

/// Who is signed in; whoever is not is led to the page to sign in.
///
/// # Errors
/// A redirect, or 503 while the database is away.
pub(crate) async fn viewer(request: &Request, site: &Site) -> Result<Viewer> {
    let opened = site.opened()?;
    let token = token(request);
    let somebody = match &token {
        Some(token) => opened.desk.viewer(token, Timestamp::now()).await.map_err(away)?,
        None => None,
    };
    if let (Some(token), Some(viewer)) = (&token, &somebody) {
        site.remember_language(token, viewer.language);
    }
    somebody.ok_or_else(|| poem::Error::from_response(see_other("/staff/login")))
}

/// The hidden token of a form of this session.
pub(crate) fn seal(opened: &Opened, viewer: &Viewer) -> String {
    opened.sealer.seal(PURPOSE, &viewer.session, Timestamp::now())
}

/// Opens the hidden token of a form.
///
/// # Errors
/// 403.
pub(crate) fn open(opened: &Opened, viewer: &Viewer, token: &str) -> Result<Sealed> {
    let sealed = opened.sealer.open(PURPOSE, &viewer.session, token, LIFETIME, Timestamp::now());
    sealed.map_err(|_| poem::Error::from_status(StatusCode::FORBIDDEN))
}

/// The language of pages before anybody is signed in.
pub(crate) fn language(request: &Request) -> Language {
    preferred(request.header(header::ACCEPT_LANGUAGE).unwrap_or_default())
}

/// The language of staff's pages that a browser prefers.
pub(crate) fn preferred(accept_language: &str) -> Language {
    match crate::web::public::start::preferred(accept_language) {
        Language::English | Language::French => Language::English,
        _ => Language::Japanese,
    }
}

/// What a form says that its page showed.
pub(crate) fn seen(version: &str) -> Seen {
    version.parse().map_or(Seen::Version(-1), Seen::Version)
}

/// What surrounds a page.
///
/// # Errors
/// 503 while the database is away.
pub(crate) async fn shell(opened: &Opened, viewer: &Viewer, nav: Nav, title: &str, path: &str) -> Result<StaffShell> {
    let overview = opened.desk.overview(viewer).await.map_err(away)?;
    shell_with(opened, viewer, nav, title, path, &overview).await
}

/// What surrounds a page, where it is known already what waits.
///
/// # Errors
/// 503 while the database is away.
pub(crate) async fn shell_with(
    opened: &Opened,
    viewer: &Viewer,
    nav: Nav,
    title: &str,
    path: &str,
    overview: &Overview,
) -> Result<StaffShell> {
    let Overview { counts, letters, quarantined, .. } = overview;
    let directory = opened.desk.directory().await.map_err(away)?;
    let theirs = directory.divisions.iter().find(|division| viewer.sees(division.id));
    let division = theirs.or_else(|| directory.divisions.first());
    let words = Words::staff(viewer.language);
    Ok(StaffShell {
        words,
        language: viewer.language,
        member: viewer.name.clone(),
        may_change: viewer.role.may_change(),
        may_administer: viewer.role.may_administer(),
        division: division.map(|division| division.names.text(viewer.language).to_owned()).unwrap_or_default(),
        nav,
        waiting: counts.waiting(),
        mine: counts.assigned_to(viewer.id),
        unassigned: counts.unassigned(),
        quarantined: *quarantined,
        troubled: letters.refused + letters.unknown,
        token: seal(opened, viewer),
        stylesheet: Embedded::StaffStyle.path(),
        theme: theme::path(&directory),
        script: Embedded::StaffScript.path(),
        zone: division.map_or(jiff::tz::TimeZone::UTC, |division| division.calendar.zone.clone()),
        now: Timestamp::now(),
        title: words.say(title),
        path: path.to_owned(),
    })
}
