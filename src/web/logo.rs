//! The organisation's logo: read when it is set, served under the hash of its bytes.

use poem::Response;
use poem::http::{HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

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
        Err(crate::desk::DeskError::NotFound { .. }) => missing(),
        Err(error) => {
            tracing::warn!(%error, "the logo could not be read");
            Response::builder().status(StatusCode::SERVICE_UNAVAILABLE).finish()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 3 by 2 pixels, as far as its head.
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0";

    #[test]
    fn pictures_that_are_taken() {
        let large = [PNG, &vec![0; LARGEST]].concat();
        let wide = [&PNG[..16], &[0, 0, 0x20, 0, 0, 0, 0, 2][..], &PNG[24..]].concat();
        for (content, read_as) in [
            (PNG, Ok((3, 2))),
            (b"", Err(BadLogo::Missing)),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Err(BadLogo::Unknown)),
            (b"GIF89a\x01\0\x01\0", Err(BadLogo::Unknown)),
            (&PNG[..12], Err(BadLogo::Unknown)),
            (&large, Err(BadLogo::TooLarge)),
            (&wide, Err(BadLogo::TooLarge)),
        ] {
            assert_eq!(read(content).map(|logo| (logo.width, logo.height)), read_as);
        }
    }
}
