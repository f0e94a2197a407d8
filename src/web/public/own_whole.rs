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
    let opening = Opening::open(&site, &language, &reference, asked.key, "").await?;
    let opened = site.opened()?;
    let shown = page(&opening, opened, Said::default());
    let files: Vec<&OwnFile> = opening.ticket.messages.iter().flat_map(|message| &message.files).collect();
    let own_name = format!("{}.txt", shown.reference);
    let names = told_apart(&own_name, files.iter().map(|file| file.filename.as_str()));
    let text = head(&shown, &opening) + &conversation(&shown, &names);
    if files.is_empty() {
        return Ok(answer::download(&own_name, text.into_bytes()));
    }
    let broken = |error: std::io::Error| {
        tracing::error!(%error, "an archive could not be made");
        poem::Error::from_status(StatusCode::SERVICE_UNAVAILABLE)
    };
    let mut archive = Archive::begin().map_err(broken)?;
    let mut left_out = Vec::new();
    for (file, name) in files.into_iter().zip(&names) {
        if archive.bytes + file.size > MOST_BYTES {
            left_out.push(name.as_str());
            continue;
        }
        match opened.desk.enclosure(&file.sha256).await.map_err(away)? {
            Enclosure::Ready(content) => {
                archive = archive.add(name.clone(), content).await.map_err(broken)?;
            }
            Enclosure::Withheld { .. } | Enclosure::Unscanned => left_out.push(name.as_str()),
        }
    }
    let text = text + &told(shown.shell.words, &left_out);
    let archive = archive.add(own_name, text.into_bytes()).await.map_err(broken)?;
    let whole = tokio::fs::File::from_std(archive.end().map_err(broken)?);
    let mut response = answer::download(&format!("{}.zip", shown.reference), Vec::new());
    response.set_body(Body::from_async_read(whole));
    Ok(response)
}

/// Names that are all different, and not the one of the text.
fn told_apart<'a>(own_name: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::from([own_name.to_owned()]);
    let apart = names.map(|name| {
        let name = if name.is_empty() { "file" } else { name };
        let numbered = (2..).map(|number| format!("{number} {name}"));
        let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| taken.insert(name.clone()));
        free.unwrap_or_default()
    });
    apart.collect()
}

/// What stands above the conversation: all that the desk knows of the enquiry.
fn head(shown: &OwnPage, opening: &Opening) -> String {
    let words = shown.shell.words;
    let address = opening.ticket.address.as_ref().map(ToString::to_string).unwrap_or_default();
    let known = [
        ("check-topic", shown.topic.as_str()),
        ("form-name", opening.ticket.name.as_str()),
        ("form-email", address.as_str()),
        ("own-status", shown.status.as_str()),
    ];
    let known = known.iter().filter(|(_, value)| !value.is_empty());
    let lines = known.map(|(key, value)| {
        let parts = [("question", words.say(key).into()), ("answer", (*value).into())];
        format!("{}\r\n", words.tell("own-answer", &parts))
    });
    let sent = words.with("own-sent", "date", &shown.sent.0);
    format!("{}  {}\r\n\r\n{}{sent}\r\n", shown.reference, shown.title, lines.collect::<String>())
}

fn conversation(shown: &OwnPage, names: &[String]) -> String {
    let mut text = String::new();
    let mut names = names.iter();
    for message in &shown.messages {
        let said = message.text.replace('\n', "\r\n");
        text.push_str(&format!("\r\n────────\r\n{}  {}\r\n\r\n{said}\r\n", message.who, message.at.0));
        for line in &message.answers {
            let Some(answer) = &line.answer else { continue };
            let answer = answer.words().replace('\n', "\r\n");
            let parts = [("question", line.label.as_str().into()), ("answer", answer.into())];
            text.push_str(&format!("{}\r\n", shown.shell.words.tell("own-answer", &parts)));
        }
        for (file, name) in message.files.iter().zip(names.by_ref()) {
            text.push_str(&format!("[{name}  {}]\r\n", file.size));
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

/// An archive on disk.
struct Archive {
    writer: ZipWriter<File>,
    bytes: u64,
}

impl Archive {
    fn begin() -> std::io::Result<Self> {
        Ok(Self { writer: ZipWriter::new(tempfile::tempfile()?), bytes: 0 })
    }

    async fn add(mut self, name: String, content: Vec<u8>) -> std::io::Result<Self> {
        self.bytes += content.len() as u64;
        let adding = tokio::task::spawn_blocking(move || {
            let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            self.writer.start_file(name, stored)?;
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
