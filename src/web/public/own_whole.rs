//! All of an enquirer's conversation, to be kept: a text, and with its files where it has any (ZIP, APPNOTE 6.3.10).

use std::collections::HashSet;
use std::fs::File;
use std::io::{Seek, Write};

use poem::http::StatusCode;
use poem::web::{Data, Path, Query};
use poem::{Body, Response, Result, handler};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::desk::attachments::Enclosure;
use crate::desk::own_page::OwnFile;
use crate::language::Words;
use crate::web::answer;
use crate::web::public::failure::away;
use crate::web::public::own::{Asked, Opening, page};
use crate::web::public::view::own::{OwnPage, Said};
use crate::web::site::Site;

/// The most bytes of files that go into one archive; the others can be had one by one.
const MOST_BYTES: u64 = 200 * 1024 * 1024;

/// The whole conversation.
#[handler]
pub async fn whole(
    Path((language, reference)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    site: Data<&Site>,
) -> Result<Response> {
    let opening = Opening::open(&site, &language, &reference, asked.key).await?;
    let opened = site.opened()?;
    let shown = page(&opening, opened, Said::default());
    let text = text(&shown);
    let files: Vec<&OwnFile> = opening.ticket.messages.iter().flat_map(|message| &message.files).collect();
    if files.is_empty() {
        return Ok(answer::download(&format!("{}.txt", shown.reference), text.into_bytes()));
    }
    let broken = |error: std::io::Error| {
        tracing::error!(%error, "an archive could not be made");
        poem::Error::from_status(StatusCode::SERVICE_UNAVAILABLE)
    };
    let mut archive = Archive::begin().map_err(broken)?;
    let mut left_out = Vec::new();
    for file in files {
        if archive.bytes + file.size > MOST_BYTES {
            left_out.push(file.filename.as_str());
            continue;
        }
        match opened.desk.enclosure(&file.sha256).await.map_err(away)? {
            Enclosure::Ready(content) => {
                archive = archive.add(file.filename.clone(), content).await.map_err(broken)?;
            }
            Enclosure::Withheld { .. } | Enclosure::Unscanned => left_out.push(file.filename.as_str()),
        }
    }
    let text = text + &told(shown.shell.words, &left_out);
    let archive = archive.add(format!("{}.txt", shown.reference), text.into_bytes()).await.map_err(broken)?;
    let whole = tokio::fs::File::from_std(archive.end().map_err(broken)?);
    let mut response = answer::download(&format!("{}.zip", shown.reference), Vec::new());
    response.set_body(Body::from_async_read(whole));
    Ok(response)
}

fn text(shown: &OwnPage) -> String {
    let mut text = format!("{}  {}\r\n", shown.reference, shown.title);
    for message in &shown.messages {
        let said = message.text.replace('\n', "\r\n");
        text.push_str(&format!("\r\n────────\r\n{}  {}\r\n\r\n{said}\r\n", message.who, message.at.0));
        for line in &message.answers {
            let Some(answer) = &line.answer else { continue };
            let answer = answer.words().replace('\n', "\r\n");
            let parts = [("question", line.label.as_str().into()), ("answer", answer.into())];
            text.push_str(&format!("{}\r\n", shown.shell.words.tell("own-answer", &parts)));
        }
        for file in &message.files {
            text.push_str(&format!("[{}  {}]\r\n", file.name, file.size));
        }
    }
    text
}

/// Which files are not in the archive.
fn told(words: Words, left_out: &[&str]) -> String {
    if left_out.is_empty() {
        return String::new();
    }
    let names = left_out.iter().map(|name| format!("[{name}]\r\n"));
    format!("\r\n────────\r\n{}\r\n{}", words.say("own-left-out"), names.collect::<String>())
}

/// An archive on disk, under names that are all different.
struct Archive {
    writer: ZipWriter<File>,
    names: HashSet<String>,
    bytes: u64,
}

impl Archive {
    fn begin() -> std::io::Result<Self> {
        Ok(Self { writer: ZipWriter::new(tempfile::tempfile()?), names: HashSet::new(), bytes: 0 })
    }

    async fn add(mut self, filename: String, content: Vec<u8>) -> std::io::Result<Self> {
        self.bytes += content.len() as u64;
        let filename = if filename.is_empty() { "file".to_owned() } else { filename };
        let numbered = (2..).map(|number| format!("{number} {filename}"));
        let name = std::iter::once(filename.clone()).chain(numbered).find(|name| self.names.insert(name.clone()));
        let adding = tokio::task::spawn_blocking(move || {
            let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            self.writer.start_file(name.unwrap_or_default(), stored)?;
            self.writer.write_all(&content)?;
            Ok(self)
        });
        adding.await.map_err(std::io::Error::other)?
    }

    fn end(self) -> std::io::Result<File> {
        let mut file = self.writer.finish()?;
        file.rewind()?;
        Ok(file)
    }
}
