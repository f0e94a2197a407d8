//! What came from outside, handed out so that it can do no harm.

use poem::http::{HeaderValue, StatusCode, header};
use poem::web::{Data, Path, Query};
use poem::{Request, Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use crate::desk::staff::Viewer;
use crate::domain::scan::Scan;
use crate::language::Words;
use crate::mail::html::frame::{Elsewhere, Pictures, framed};
use crate::screening::scanner::Scanner;
use crate::web::answer;
use crate::web::public::failure::away;
use crate::web::site::Site;
use crate::web::staff::failure;
use crate::web::staff::session;
use crate::web::staff::view::letter::LetterFrame;

fn id(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| poem::Error::from_status(StatusCode::NOT_FOUND))
}

/// An attachment, always as a download.
#[handler]
pub async fn attachment(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let desk = &site.opened()?.desk;
    let file = desk.attachment(&viewer, id(&name)?).await.map_err(away)?;
    let filename = if file.filename.is_empty() { "file".to_owned() } else { file.filename };
    let (scan, is_new) = match (file.scan, &site.serving().scanner) {
        (Some(scan), _) => (Some(scan), false),
        (None, None) => (None, false),
        (None, Some(scanner)) => (Some(scanned(scanner, &viewer, &file.content).await?), true),
    };
    if let Some(scan) = scan.as_ref().filter(|_| is_new) {
        desk.scanned(&file.sha256, scan).await.map_err(away)?;
    }
    Ok(match scan {
        Some(Scan::Found { virus }) => failure::withheld(viewer.language, &virus),
        Some(Scan::Unscannable) if !failure::takes_unchecked(request) => {
            failure::unchecked(viewer.language, request.uri().path())
        }
        _ => answer::download(&filename, file.content),
    })
}

/// What the scanner says of bytes that somebody waits for; an error with a page where it does not answer.
pub(crate) async fn scanned(scanner: &Scanner, viewer: &Viewer, content: &[u8]) -> Result<Scan> {
    scanner.scan(content).await.map_err(|error| {
        tracing::warn!(%error, "bytes that were not scanned are not handed out");
        poem::Error::from_response(failure::unscanned(viewer.language))
    })
}

/// `?pictures=`.
#[derive(Deserialize)]
pub struct Asked {
    pictures: Option<String>,
}

/// The HTML of a letter, for its own frame: sanitised, and under a policy that lets nothing run, and nothing load but
/// pictures from elsewhere where somebody asks for them. Links open outside the frame.
#[handler]
pub async fn letter(
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    request: &Request,
    site: Data<&Site>,
) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let (elsewhere, loads) = match asked.pictures.as_deref() {
        Some("all") => (Elsewhere::Loaded, "data: https: http:"),
        _ => (Elsewhere::Withheld, "data:"),
    };
    let letter = site.opened()?.desk.html_letter(&viewer, id(&name)?, elsewhere).await.map_err(away)?;
    let words = Words::staff(viewer.language);
    let absent = words.say("picture-absent");
    let pictures = Pictures { own: letter.pictures, elsewhere, absent: &absent };
    let mut shown =
        answer::ok(&LetterFrame { title: words.say("show-html"), html: framed(&letter.sanitised, &pictures) });
    let policy = format!(
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; \
         img-src {loads}; frame-ancestors 'self'"
    );
    let headers = shown.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy).expect("it is ASCII"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(shown)
}
