//! Style sheets and scripts: put together and compressed by `build.rs`, embedded, served under the hash of their content.

use std::sync::LazyLock;

use poem::http::header;
use poem::web::{Data, Path};
use poem::{Request, Response, handler};
use sha2::{Digest, Sha256};

use crate::web::site::Site;
use crate::web::{delivery, logo, theme};

/// Puts an asset that the build has made into the program.
macro_rules! built {
    ($stem:literal, $ending:literal) => {
        Asset::new(
            $stem,
            $ending,
            include_str!(concat!(env!("OUT_DIR"), "/", $stem, ".", $ending)),
            include_bytes!(concat!(env!("OUT_DIR"), "/", $stem, ".", $ending, ".gz")),
        )
    };
}

struct Asset {
    /// Changes with the content.
    name: String,
    content_type: &'static str,
    content: &'static str,
    /// The same compressed, by `build.rs`.
    short: &'static [u8],
}

impl Asset {
    fn new(stem: &str, ending: &str, content: &'static str, short: &'static [u8]) -> Self {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(content.as_bytes())[..8]);
        let content_type = if ending == "css" { "text/css; charset=utf-8" } else { "text/javascript; charset=utf-8" };
        Self { name: format!("{stem}-{hash}.{ending}"), content_type, content, short }
    }
}

static ASSETS: LazyLock<[Asset; 4]> =
    LazyLock::new(|| [built!("public", "css"), built!("staff", "css"), built!("public", "js"), built!("staff", "js")]);

/// An embedded file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Embedded {
    /// Style of the public pages.
    PublicStyle,
    /// Style of the staff's pages.
    StaffStyle,
    /// Script of the public pages.
    PublicScript,
    /// Script of the staff's pages.
    StaffScript,
}

impl Embedded {
    /// Its path, which changes with its content.
    #[must_use]
    pub fn path(self) -> String {
        format!("/assets/{}", ASSETS[self as usize].name)
    }
}

/// Serves an embedded file, to be kept for a year.
#[handler]
pub async fn asset(Path(name): Path<String>, request: &Request, site: Data<&Site>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return match name.starts_with("logo-") {
            true => logo::picture(&name, &site).await,
            false => theme::style(&name, &site).await,
        };
    };
    let answer = Response::builder()
        .content_type(asset.content_type)
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(header::VARY, "Accept-Encoding");
    let takes = request.header(header::ACCEPT_ENCODING).unwrap_or_default();
    match delivery::takes_gzip(takes) {
        true => answer.header(header::CONTENT_ENCODING, "gzip").body(asset.short),
        false => answer.body(asset.content),
    }
}
