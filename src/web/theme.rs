//! The organisation's colours as a style sheet of its own, after the program's.

use poem::Response;
use poem::http::{StatusCode, header};
use sha2::{Digest, Sha256};

use crate::domain::colour::{Accent, Colours, Ground};
use crate::domain::division::Directory;
use crate::web::site::Site;

/// The path of the style sheet, which changes with the colours; none where they are the program's.
pub(crate) fn path(directory: &Directory) -> Option<String> {
    Some(format!("/assets/{}", name(&sheet(directory.organisation.colours?))))
}

fn name(sheet: &str) -> String {
    format!("theme-{}.css", data_encoding::HEXLOWER.encode(&Sha256::digest(sheet.as_bytes())[..8]))
}

fn sheet(colours: Colours) -> String {
    let light = Accent::on(Ground::Light, colours.light);
    let dark = Accent::on(Ground::Dark, colours.dark);
    let properties = [
        ("ai", light.accent, dark.accent),
        ("ai-2", light.hover, dark.hover),
        ("on-ai", light.on_accent, dark.on_accent),
        ("ai-tint", light.tint, dark.tint),
        ("ai-line", light.line, dark.line),
        ("noren", light.accent, dark.line),
    ];
    let lines = properties.iter().map(|(name, light, dark)| format!("--{name}:light-dark({light},{dark});"));
    format!(":root{{{}}}", lines.collect::<String>())
}

/// Serves the style sheet under a name that it has, or had a moment ago.
pub(crate) async fn style(asked: &str, site: &Site) -> Response {
    let missing = || Response::builder().status(StatusCode::NOT_FOUND).finish();
    let Ok(opened) = site.opened() else { return missing() };
    let directory = match opened.desk.directory().await {
        Ok(directory) => Some(directory),
        Err(_) => opened.desk.directory_as_last_read().await,
    };
    let colours = directory.and_then(|directory| directory.organisation.colours);
    let Some(sheet) = colours.map(sheet).filter(|_| asked.starts_with("theme-")) else { return missing() };
    // Another instance may know the new colours already: what is not what was asked for must not stay.
    let kept = if name(&sheet) == asked { "public, max-age=31536000, immutable" } else { "no-store" };
    Response::builder().content_type("text/css; charset=utf-8").header(header::CACHE_CONTROL, kept).body(sheet)
}
