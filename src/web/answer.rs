//! Answers: pages, redirects, and the policies that every answer carries.

use std::sync::Arc;

use askama::Template;
use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::{Endpoint, IntoResponse, Request, Response, Result};

use crate::web::delivery::{Asked, KEPT, deliver};
use crate::web::site::Site;
use crate::web::{public, staff};

/// What every page may do: nothing that does not come from us.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A page.
pub fn page(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Response::builder().status(status).content_type("text/html; charset=utf-8").body(html),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            Response::builder().status(StatusCode::INTERNAL_SERVER_ERROR).finish()
        }
    }
}

/// A page that is fine.
pub fn ok(shown: &impl Template) -> Response {
    page(StatusCode::OK, shown)
}

/// A page without anything of one visitor's, which browsers may keep if they ask after it.
pub fn kept(shown: &impl Template) -> Response {
    let mut response = ok(shown);
    if response.status() == StatusCode::OK {
        response.headers_mut().insert(header::CACHE_CONTROL, KEPT);
    }
    response
}

/// The same for machines.
pub fn document(content_type: &str, shown: &impl Template) -> Response {
    kept(shown).with_content_type(content_type).into_response()
}

/// 303: what was asked is done, look there.
#[must_use]
pub fn see_other(path: &str) -> Response {
    Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, path).finish()
}

/// Bytes to be kept, never shown: a policy that allows nothing, and the name as RFC 6266 has it.
#[must_use]
pub fn download(filename: &str, content: Vec<u8>) -> Response {
    let ascii: String =
        filename.chars().map(|c| if c.is_ascii_graphic() && !"\"\\%;".contains(c) { c } else { '_' }).collect();
    let encoded: String = filename
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                (byte as char).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    Response::builder()
        .content_type("application/octet-stream")
        .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}"))
        .header(header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'")
        .body(content)
}

/// Gives every answer its policies, and those without a page one in the caller's words.
///
/// # Errors
/// None: an error of a handler becomes a page.
pub async fn with_policies<E: Endpoint>(next: Arc<E>, request: Request) -> Result<Response> {
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let preferred = request.header(header::ACCEPT_LANGUAGE).unwrap_or_default().to_owned();
    let site = request.data::<Site>().cloned();
    let session = staff::session::token(&request);
    let asked = Asked {
        has: request.header(header::IF_NONE_MATCH).unwrap_or_default().to_owned(),
        takes: request.header(header::ACCEPT_ENCODING).unwrap_or_default().to_owned(),
    };
    let began = std::time::Instant::now();
    let mut response = match next.call(request).await {
        Ok(response) => response.into_response(),
        Err(error) if error.is_from_response() => error.into_response(),
        Err(error) if path.starts_with("/staff") => {
            staff::failure::page(site.as_ref(), session.as_deref(), &preferred, error.status()).await
        }
        Err(error) => public::failure::page(site.as_ref(), &path, &preferred, error.status()).await,
    };
    if !path.starts_with("/staff") && !path.starts_with("/assets/") {
        response = deliver(response, &asked).await;
    }
    let headers = response.headers_mut();
    let defaults: [(HeaderName, &str); 4] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // With no-referrer browsers send `Origin: null` with forms.
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    let status = response.status();
    tracing::info!(%method, status = status.as_u16(), ms = began.elapsed().as_millis() as u64, area = area(&path), "request");
    Ok(response)
}

/// A path's first part: whole paths hold keys.
fn area(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}
