//! How answers travel: not at all where the browser has them already, and compressed where it takes that.
//!
//! Only what holds no secret is compressed beside what a stranger can have typed into it (BREACH): public pages, whose
//! hidden tokens are made anew each time, and embedded files; not the pages of staff.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use poem::Response;
use poem::http::{HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

/// Pages that may be kept if they are asked after each time.
pub(super) const KEPT: HeaderValue = HeaderValue::from_static("no-cache");
/// Shorter answers would hardly get shorter.
const SHORTEST: usize = 1_000;

/// What a browser says of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    /// `If-None-Match`.
    pub(super) has: String,
    /// `Accept-Encoding`.
    pub(super) takes: String,
}

/// Makes an answer ready to leave.
pub(super) async fn deliver(mut response: Response, asked: &Asked) -> Response {
    let is_kept = response.headers().get(header::CACHE_CONTROL) == Some(&KEPT);
    let is_text = response.content_type().is_some_and(is_text);
    if response.status().is_redirection() || !(is_kept || is_text) {
        return response;
    }
    let Ok(content) = response.take_body().into_bytes().await else {
        return Response::builder().status(StatusCode::INTERNAL_SERVER_ERROR).finish();
    };
    // The answer to HEAD has no content to name any more.
    if is_kept && !content.is_empty() && response.status() == StatusCode::OK {
        let tag = format!("W/\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(&content)[..12]));
        let has_it = has(&asked.has, &tag);
        set(&mut response, header::ETAG, &tag);
        if has_it {
            response.set_status(StatusCode::NOT_MODIFIED);
            response.headers_mut().remove(header::CONTENT_TYPE);
            return response;
        }
    }
    set(&mut response, header::VARY, "Accept-Encoding");
    if content.len() >= SHORTEST
        && takes_gzip(&asked.takes)
        && let Some(short) = gzip(&content)
    {
        set(&mut response, header::CONTENT_ENCODING, "gzip");
        response.set_body(short);
    } else {
        response.set_body(content);
    }
    response
}

fn set(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The content compressed; none where that fails, which a `Vec` never does.
fn gzip(content: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(content.len() / 3), Compression::new(5));
    encoder.write_all(content).ok()?;
    encoder.finish().ok()
}

fn is_text(content_type: &str) -> bool {
    content_type.starts_with("text/") || content_type.contains("xml")
}

/// RFC 9110, 13.1.2: weak comparison.
fn has(if_none_match: &str, tag: &str) -> bool {
    let bare = tag.trim_start_matches("W/");
    if_none_match.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == bare)
}

/// RFC 9110, 12.5.3: `gzip` or `*`, unless weighed at 0.
pub(super) fn takes_gzip(accept_encoding: &str) -> bool {
    accept_encoding.split(',').take(20).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
        ["gzip", "*"].contains(&name.trim().to_ascii_lowercase().as_str()) && weight.is_some_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::{has, takes_gzip};

    #[test]
    fn what_browsers_take() {
        for (said, takes) in [
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, gzip;q=0.5", true),
            ("*", true),
            ("GZIP", true),
            ("gzip;q=0, br", false),
            ("identity", false),
            ("", false),
        ] {
            assert_eq!(takes_gzip(said), takes, "{said}");
        }
    }

    #[test]
    fn what_browsers_have() {
        for (said, known) in [("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("\"b\"", false), ("", false)] {
            assert_eq!(has(said, "W/\"a\""), known, "{said}");
        }
    }
}
