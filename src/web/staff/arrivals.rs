//! The intake ledger.

use poem::http::StatusCode;
use poem::web::{Data, Path, Query};
use poem::{Request, Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use crate::domain::channel::Channel;
use crate::domain::scan::Scan;
use crate::web::answer::{self, ok};
use crate::web::public::failure::away;
use crate::web::site::Site;
use crate::web::staff::session;
use crate::web::staff::view::pages::ArrivalsPage;
use crate::web::staff::view::shell::Nav;
use crate::web::staff::{download, failure};

/// `?cursor=`.
#[derive(Deserialize)]
pub struct Paging {
    cursor: Option<String>,
}

/// The ledger, newest first, what was not understood before all else.
#[handler]
pub async fn list(Query(paging): Query<Paging>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let before = paging.cursor.and_then(|cursor| Uuid::parse_str(&cursor).ok());
    let page = opened.desk.arrivals(&viewer, before).await.map_err(away)?;
    let shell = session::shell(opened, &viewer, Nav::Arrivals, "nav-arrivals", "/staff/arrivals").await?;
    Ok(ok(&ArrivalsPage {
        shell,
        quarantined: page.quarantined,
        lines: page.lines,
        next: page.next.map(|next| format!("/staff/arrivals?cursor={next}")),
    }))
}

/// An arrival as it came.
#[handler]
pub async fn raw(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let id = Uuid::parse_str(&name).map_err(|_| poem::Error::from_status(StatusCode::NOT_FOUND))?;
    let raw = site.opened()?.desk.raw_arrival(&viewer, id).await.map_err(away)?;
    let virus = match (raw.virus, &site.serving().scanner) {
        (None, Some(scanner)) => match download::scanned(scanner, &viewer, &raw.bytes).await? {
            Scan::Found { virus } => Some(virus),
            Scan::Unscannable if !failure::takes_unchecked(request) => {
                return Ok(failure::unchecked(viewer.language, request.uri().path()));
            }
            Scan::Clean | Scan::Unscannable => None,
        },
        (known, _) => known,
    };
    if let Some(virus) = virus {
        return Ok(failure::withheld(viewer.language, &virus));
    }
    let ending = if raw.channel == Channel::Email { "eml" } else { "json" };
    Ok(answer::download(&format!("{id}.{ending}"), raw.bytes))
}
