//! Style sheets and scripts: embedded, put together from one file a component, served under the hash of their content.

use std::sync::LazyLock;

use flate2::Compression;
use poem::http::header;
use poem::web::{Data, Path};
use poem::{Request, Response, handler};
use sha2::{Digest, Sha256};

use crate::web::site::Site;
use crate::web::{delivery, theme};

/// Puts files of `templates/` together.
macro_rules! files {
    ($($path:literal),+ $(,)?) => { &[$(include_str!(concat!("../../templates/", $path))),+] };
}

const SHARED: &[&str] = files![
    "style/tokens.css",
    "style/reset.css",
    "style/base.css",
    "style/components/button.css",
    "style/components/field.css",
    "style/components/error-summary.css",
    "style/components/noren.css",
    "style/components/notice.css",
    "style/components/status.css",
    "style/components/answers.css",
];
const PUBLIC: &[&str] = files![
    "style/public/page.css",
    "style/public/counter.css",
    "style/public/start.css",
    "style/public/reading.css",
    "style/public/search.css",
    "style/public/form.css",
    "style/public/questions.css",
    "style/public/check.css",
    "style/public/sister-cities.css",
    "style/public/own.css",
];
const STAFF: &[&str] = files![
    "style/staff/shell.css",
    "style/staff/phone.css",
    "style/staff/list.css",
    "style/staff/ledger.css",
    "style/staff/wording.css",
    "style/staff/site.css",
    "style/staff/ticket.css",
    "style/staff/properties.css",
    "style/staff/composer.css",
    "style/staff/pages.css",
];
const PUBLIC_SCRIPT: &[&str] = files![
    "script/public/draft.js",
    "script/public/files.js",
    "script/public/work.js",
    "script/public/form.js",
    "script/public/own-time.js",
    "script/public/receipt.js",
    "script/public/text-size.js"
];
const STAFF_SCRIPT: &[&str] = files!["script/staff.js"];

struct Asset {
    name: String,
    content_type: &'static str,
    content: String,
    /// The same compressed, once for all.
    short: Option<Vec<u8>>,
}

fn asset_of(stem: &str, ending: &str, content_type: &'static str, files: &[&[&str]]) -> Asset {
    let content = files.concat().join("\n");
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(content.as_bytes())[..8]);
    let short = delivery::gzip(content.as_bytes(), Compression::best());
    Asset { name: format!("{stem}-{hash}.{ending}"), content_type, content, short }
}

static ASSETS: LazyLock<[Asset; 4]> = LazyLock::new(|| {
    const CSS: &str = "text/css; charset=utf-8";
    const JS: &str = "text/javascript; charset=utf-8";
    [
        asset_of("public", "css", CSS, &[SHARED, PUBLIC]),
        asset_of("staff", "css", CSS, &[SHARED, STAFF]),
        asset_of("public", "js", JS, &[PUBLIC_SCRIPT]),
        asset_of("staff", "js", JS, &[STAFF_SCRIPT]),
    ]
});

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
        return theme::style(&name, &site).await;
    };
    let answer = Response::builder()
        .content_type(asset.content_type)
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(header::VARY, "Accept-Encoding");
    let takes = request.header(header::ACCEPT_ENCODING).unwrap_or_default();
    match asset.short.as_deref().filter(|_| delivery::takes_gzip(takes)) {
        Some(short) => answer.header(header::CONTENT_ENCODING, "gzip").body(short),
        None => answer.body(asset.content.as_str()),
    }
}
