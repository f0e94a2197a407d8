//! What came from outside, handed out so that it can do no harm.

use poem::http::{StatusCode, header};
use poem::web::{Data, Path};
use poem::{Request, Response, Result, handler};
use uuid::Uuid;

use crate::web::answer;
use crate::web::public::failure::away;
use crate::web::site::Site;
use crate::web::staff::session;

fn id(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| poem::Error::from_status(StatusCode::NOT_FOUND))
}

/// An attachment, always as a download.
#[handler]
pub async fn attachment(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let file = site.opened()?.desk.attachment(&viewer, id(&name)?).await.map_err(away)?;
    let filename = if file.filename.is_empty() { "file".to_owned() } else { file.filename };
    Ok(answer::download(&filename, file.content))
}

/// The HTML of a letter, for its own frame: sanitised, and under a policy that lets nothing run or load.
#[handler]
pub async fn letter(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Result<Response> {
    let viewer = session::viewer(request, &site).await?;
    let html = site.opened()?.desk.html_letter(&viewer, id(&name)?).await.map_err(away)?;
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>-</title></head><body>{}</body></html>",
        html.0
    );
    let policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
    Ok(Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CONTENT_SECURITY_POLICY, policy)
        .body(page))
}
