//! The organisation's logo: read when it is set, served under the hash of its bytes.

use poem::Response;
use poem::http::{HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

use crate::desk::DeskError;
use crate::domain::Named;
use crate::domain::logo::{Kind, Logo};
use crate::web::form::sniff;
use crate::web::site::Site;

/// The most bytes of a logo: it comes with every first view.
pub(crate) const LARGEST: usize = 100 * 1024;
/// The most pixels of a side.
pub(crate) const LONGEST_SIDE: usize = 2_000;

/// What is the matter with a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadLogo {
    /// None came.
    Missing,
    /// It is none that is taken.
    Unknown,
    /// Over [`LARGEST`] or [`LONGEST_SIDE`].
    TooLarge,
}

/// Reads a picture.
///
/// # Errors
/// What is the matter with it.
pub(crate) fn read(content: &[u8]) -> Result<Logo, BadLogo> {
    if content.is_empty() {
        return Err(BadLogo::Missing);
    }
    let sniffed = sniff(content);
    let kind = Kind::ALL.iter().find(|kind| kind.media_type() == sniffed).ok_or(BadLogo::Unknown)?;
    if !is_whole(*kind, content) {
        return Err(BadLogo::Unknown);
    }
    let size = imagesize::blob_size(content).map_err(|_| BadLogo::Unknown)?;
    let sides = [size.width, size.height];
    if content.len() > LARGEST || sides.iter().any(|side| *side > LONGEST_SIDE) {
        return Err(BadLogo::TooLarge);
    }
    let [width, height] = sides.map(|side| i32::try_from(side).unwrap_or_default());
    if width == 0 || height == 0 {
        return Err(BadLogo::Unknown);
    }
    Ok(Logo { sha256: Sha256::digest(content).to_vec(), kind: *kind, width, height })
}

/// Whether nothing is missing at its end, and nothing follows it.
fn is_whole(kind: Kind, content: &[u8]) -> bool {
    match kind {
        Kind::Png => content.ends_with(b"\0\0\0\0IEND\xaeB`\x82") && content.windows(4).any(|four| four == b"IDAT"),
        Kind::Jpeg => content.ends_with(b"\xff\xd9"),
        Kind::Webp => {
            let told = content.get(4..8).and_then(|four| Some(u32::from_le_bytes(four.try_into().ok()?)));
            told.and_then(|told| usize::try_from(told).ok()).is_some_and(|told| told + 8 == content.len())
        }
    }
}

/// Where a logo is served.
pub(crate) fn path(logo: &Logo) -> String {
    format!("/assets/logo-{}.{}", data_encoding::HEXLOWER.encode(&logo.sha256), logo.kind)
}

/// Serves a picture that is or was the logo.
pub(crate) async fn picture(name: &str, site: &Site) -> Response {
    let missing = || Response::builder().status(StatusCode::NOT_FOUND).finish();
    let hash = name.strip_prefix("logo-").and_then(|rest| rest.split('.').next());
    let hash = hash.and_then(|hash| data_encoding::HEXLOWER.decode(hash.as_bytes()).ok());
    let (Some(hash), Ok(opened)) = (hash, site.opened()) else { return missing() };
    match opened.desk.logo(&hash).await {
        Ok((kind, content)) => Response::builder()
            .content_type(kind.media_type())
            .header(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"))
            .body(content),
        Err(DeskError::NotFound { .. }) => missing(),
        Err(error) => {
            tracing::warn!(%error, "the logo could not be read");
            Response::builder().status(StatusCode::SERVICE_UNAVAILABLE).finish()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 3 by 2 pixels, but for what its pixels are.
    fn png(width: u8, rest: &[u8]) -> Vec<u8> {
        let head = [
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"[..],
            &[0x10 * u8::from(width == 0), width],
            b"\0\0\0\x02\x08\x06\0\0\0",
        ];
        [&head.concat(), rest].concat()
    }

    #[test]
    fn pictures_that_are_taken() {
        let end = b"....IDAT....\0\0\0\0IEND\xaeB`\x82";
        let large = png(3, &[&vec![0; LARGEST], &end[..]].concat());
        let webp = |size: u8| [&b"RIFF"[..], &[size, 0, 0, 0], b"WEBPVP8L\x08\0\0\0\x2f\x02\x40\0\0\0\0\0"].concat();
        for (content, read_as) in [
            (png(3, end), Ok((3, 2))),
            (webp(20), Ok((3, 2))),
            (webp(21), Err(BadLogo::Unknown)),
            (png(3, b"....IDAT...."), Err(BadLogo::Unknown)),
            (png(3, b"\0\0\0\0IEND\xaeB`\x82"), Err(BadLogo::Unknown)),
            (png(3, &[&end[..], b"<script>"].concat()), Err(BadLogo::Unknown)),
            (b"\xff\xd8\xff\xe0 cut".to_vec(), Err(BadLogo::Unknown)),
            (Vec::new(), Err(BadLogo::Missing)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), Err(BadLogo::Unknown)),
            (b"GIF89a\x01\0\x01\0".to_vec(), Err(BadLogo::Unknown)),
            (large, Err(BadLogo::TooLarge)),
            (png(0, end), Err(BadLogo::TooLarge)),
        ] {
            assert_eq!(read(&content).map(|logo| (logo.width, logo.height)), read_as, "{content:?}");
        }
    }
}
