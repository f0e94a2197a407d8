//! Files of a reply that was held: kept among the blobs, and named by signed words in the form that is shown again, so
//! that they need not be chosen a second time.

use jiff::{SignedDuration, Timestamp};

use crate::desk::staff::Viewer;
use crate::domain::enquiry::File;
use crate::web::form::{Form, LARGEST_FILES, MOST_FILES};
use crate::web::site::Opened;

/// How long a held reply may wait: as long as its page.
const LIFETIME: SignedDuration = SignedDuration::from_hours(12);

/// A kept file, as the form names it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its name.
    pub filename: String,
    /// What the form's field holds.
    pub signed: String,
}

/// What is signed of a file.
#[derive(serde::Serialize, serde::Deserialize)]
struct Words {
    sha256: [u8; 32],
    filename: String,
    content_type: String,
    sniffed_type: String,
}

fn purpose(viewer: &Viewer) -> String {
    format!("kept file {}", viewer.session)
}

/// Names files for a form that is shown again. Their bytes are among the blobs already.
pub(crate) fn name(opened: &Opened, viewer: &Viewer, files: &[File], now: Timestamp) -> Vec<Kept> {
    let named = files.iter().filter_map(|file| {
        let words = Words {
            sha256: file.sha256,
            filename: file.filename.clone(),
            content_type: file.content_type.clone(),
            sniffed_type: file.sniffed_type.clone(),
        };
        let words = serde_json::to_string(&words).ok()?;
        let signed = opened.sealer.sign(&purpose(viewer), &words, now + LIFETIME);
        Some(Kept { filename: file.filename.clone(), signed })
    });
    named.collect()
}

/// The files that a form names; `None` where one cannot be had any more, or all together are too large.
pub(crate) async fn read(opened: &Opened, viewer: &Viewer, form: &Form, now: Timestamp) -> Option<Vec<File>> {
    let mut files = Vec::new();
    let mut together: u64 = form.files.iter().map(|file| file.size).sum();
    for signed in form.all("kept").take(MOST_FILES) {
        let words = opened.sealer.read(&purpose(viewer), signed, now).ok()?;
        let words: Words = serde_json::from_str(&words).ok()?;
        let content = opened.desk.blob(&words.sha256).await.ok()?;
        together += content.len() as u64;
        if together > LARGEST_FILES {
            return None;
        }
        files.push(File {
            filename: words.filename,
            content_type: words.content_type,
            sniffed_type: words.sniffed_type,
            content,
            sha256: words.sha256,
            inline: false,
            content_id: None,
        });
    }
    Some(files)
}
