//! Whose page a form was sent from, as far as the browser tells (RFC 6454, 7).

use poem::Request;
use poem::http::header;

use crate::web::site::Site;

/// Whether the browser says that the form stood on somebody else's page. Browsers that say nothing, or `null` as some do
/// for privacy, are believed: the page's seal decides.
pub(super) fn is_foreign(request: &Request) -> bool {
    let Some(origin) = request.header(header::ORIGIN) else { return false };
    let public = request.data::<Site>().map(|site| site.serving().public_url.as_str()).unwrap_or_default();
    !is_ours(origin, public, request.header(header::HOST).unwrap_or_default())
}

/// The public URL, or the host that was asked: behind a proxy, and on the way to it, a desk has several names.
fn is_ours(origin: &str, public_url: &str, host: &str) -> bool {
    if origin == "null" {
        return true;
    }
    let same = |one: Option<(String, String)>| one.is_some() && one == parts(origin);
    let asked = parts(origin).is_some_and(|(scheme, _)| same(parts(&format!("{scheme}://{host}"))));
    same(parts(public_url)) || (!host.is_empty() && asked)
}

/// Scheme and authority, without the port that the scheme implies.
fn parts(url: &str) -> Option<(String, String)> {
    let url = url.trim().to_ascii_lowercase();
    let (scheme, authority) = url.split_once("://")?;
    let usual = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.trim_end_matches('/');
    Some((scheme.to_owned(), authority.strip_suffix(usual).unwrap_or(authority).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn whose_page_it_was() {
        for (origin, host, ours) in [
            ("https://desk.example", "10.0.0.1:8080", true),
            ("https://DESK.example:443", "10.0.0.1:8080", true),
            ("http://127.0.0.1:8080", "127.0.0.1:8080", true),
            ("https://inner.example", "inner.example:443", true),
            ("null", "127.0.0.1:8080", true),
            ("https://evil.example", "desk.example", false),
            ("http://desk.example", "10.0.0.1:8080", false),
            ("https://desk.example.evil.example", "desk.example", false),
            ("https://desk.example:8443", "10.0.0.1", false),
            ("", "", false),
            ("https://", "", false),
        ] {
            assert_eq!(is_ours(origin, "https://desk.example", host), ours, "{origin} {host}");
        }
    }
}
