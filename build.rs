//! Puts style sheets and scripts together, one from each file of a component, and compresses them once for all.

use std::io::Write;
use std::path::Path;
use std::{env, fs, io};

use flate2::Compression;
use flate2::write::GzEncoder;

const SHARED: &[&str] = &[
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
    "style/components/options.css",
    "style/components/files.css",
    "style/components/questionnaire.css",
];
const PUBLIC: &[&str] = &[
    "style/public/page.css",
    "style/public/counter.css",
    "style/public/start.css",
    "style/public/reading.css",
    "style/public/search.css",
    "style/public/form.css",
    "style/public/check.css",
    "style/public/sister-cities.css",
    "style/public/own.css",
];
const STAFF: &[&str] = &[
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
const PUBLIC_SCRIPT: &[&str] = &[
    "script/public/draft.js",
    "script/public/files.js",
    "script/public/work.js",
    "script/public/form.js",
    "script/public/own-time.js",
    "script/public/receipt.js",
    "script/public/text-size.js",
];
const STAFF_SCRIPT: &[&str] = &["script/staff.js"];

fn main() -> io::Result<()> {
    for folder in ["style", "script"] {
        println!("cargo::rerun-if-changed=templates/{folder}");
    }
    put_together("public.css", &[SHARED, PUBLIC])?;
    put_together("staff.css", &[SHARED, STAFF])?;
    put_together("public.js", &[PUBLIC_SCRIPT])?;
    put_together("staff.js", &[STAFF_SCRIPT])
}

fn put_together(name: &str, parts: &[&[&str]]) -> io::Result<()> {
    let mut whole = Vec::new();
    for part in parts.iter().copied().flatten() {
        whole.extend(fs::read(Path::new("templates").join(part))?);
        whole.push(b'\n');
    }
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names a folder to write to"))?;
    let folder = Path::new(&folder);
    let mut short = GzEncoder::new(Vec::new(), Compression::best());
    short.write_all(&whole)?;
    fs::write(folder.join(format!("{name}.gz")), short.finish()?)?;
    fs::write(folder.join(name), whole)
}
