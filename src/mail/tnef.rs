//! What is inside of `winmail.dat`: Outlook's own envelope (MS-OXTNEF), which nobody else opens.
//!
//! What is broken off gives the files that are whole. The text in it mostly stands in the letter beside it, too.

use crate::mail::charset::{self, Surroundings};
use crate::mail::filename::File;
use crate::mail::html;

const SIGNATURE: [u8; 4] = [0x78, 0x9f, 0x3e, 0x22];
/// The most files of one envelope.
const MOST_FILES: usize = 1000;
/// The most properties of one file.
const MOST_PROPERTIES: u32 = 2000;

/// A new file begins.
const RENDERING: u32 = 0x0006_9002;
/// Its name, in a charset of Windows.
const TITLE: u32 = 0x0001_8010;
/// Its bytes.
const DATA: u32 = 0x0006_800f;
/// Its properties, among which the long name stands.
const PROPERTIES: u32 = 0x0006_9005;
/// The letter's text, in a charset of Windows.
const BODY: u32 = 0x0002_800c;
/// The letter's properties, among which its text or HTML stands.
const MESSAGE: u32 = 0x0006_9003;
/// The code page of names.
const CODE_PAGE: u32 = 0x0006_9007;

/// Whether bytes are such an envelope.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(&SIGNATURE)
}

/// The files in it; `None` where there are none, so that the envelope itself is kept.
pub(super) fn files(bytes: &[u8]) -> Option<Vec<File>> {
    let mut reader = Reader { rest: bytes.get(6..)? };
    let mut found: Vec<File> = Vec::new();
    let mut label = String::from("windows-1252");
    while let Some((attribute, data)) = reader.attribute() {
        if attribute == CODE_PAGE {
            label = Reader { rest: data }.number().map_or(label, code_page);
        }
        if attribute == RENDERING && found.len() < MOST_FILES {
            found.push(File::default());
        }
        let Some(file) = found.last_mut() else { continue };
        match attribute {
            TITLE if file.name.is_empty() => file.name = text(data, &label),
            DATA => file.content = data.to_vec(),
            PROPERTIES => {
                let properties = properties(data, &label);
                if let Some(name) = properties.name {
                    file.name = name;
                }
                if let (true, Some(content)) = (file.content.is_empty(), properties.content) {
                    file.content = content;
                }
            }
            _ => {}
        }
    }
    found.retain(|file| !(file.name.is_empty() && file.content.is_empty()));
    (!found.is_empty()).then_some(found)
}

/// The letter's own text: `Ok` as such, `Err` as HTML.
pub(super) fn body(bytes: &[u8]) -> Option<Result<String, String>> {
    let mut reader = Reader { rest: bytes.get(6..)? };
    let (mut label, mut html) = (String::from("windows-1252"), None);
    while let Some((attribute, data)) = reader.attribute() {
        match attribute {
            CODE_PAGE => label = Reader { rest: data }.number().map_or(label, code_page),
            BODY => return Some(Ok(text(data, &label))),
            MESSAGE => {
                let properties = properties(data, &label);
                if let Some(text) = properties.text {
                    return Some(Ok(text));
                }
                html = html.or(properties.html);
            }
            _ => {}
        }
    }
    html.map(Err)
}

fn code_page(number: u32) -> String {
    match number {
        932 => "shift_jis".to_owned(),
        936 => "gb18030".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        65001 => "utf-8".to_owned(),
        number => format!("windows-{number}"),
    }
}

fn text(data: &[u8], label: &str) -> String {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    charset::decode(&data[..end], Some(label), &Surroundings::NONE)
}

#[derive(Default)]
struct Properties {
    name: Option<String>,
    content: Option<Vec<u8>>,
    text: Option<String>,
    html: Option<String>,
}

/// MAPI properties (MS-OXTNEF, 2.1.3.4) as far as a file's name and bytes go, and a letter's text.
fn properties(data: &[u8], label: &str) -> Properties {
    let mut found = Properties::default();
    let mut reader = Reader { rest: data };
    let count = reader.number().unwrap_or(0).min(MOST_PROPERTIES);
    for _ in 0..count {
        let Some(value) = reader.property() else { break };
        let words = |unicode: bool| {
            if unicode {
                let units: Vec<u16> =
                    value.data.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
                String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned()
            } else {
                text(value.data, label)
            }
        };
        match (value.id, value.kind) {
            // PR_ATTACH_LONG_FILENAME goes before all other names.
            (0x3707, 0x1e | 0x1f) => found.name = Some(words(value.kind == 0x1f)),
            (0x3704 | 0x3001, 0x1e | 0x1f) if found.name.is_none() => found.name = Some(words(value.kind == 0x1f)),
            (0x3701, 0x0d) => found.content = Some(value.data.get(16..).unwrap_or_default().to_vec()),
            (0x1000, 0x1e | 0x1f) => found.text = Some(words(value.kind == 0x1f)),
            (0x1013, 0x1e | 0x102) => found.html = Some(text(value.data, &label_of_html(value.data, label))),
            (0x3701, 0x102) => found.content = Some(value.data.to_vec()),
            _ => {}
        }
    }
    found.name = found.name.filter(|name| !name.is_empty());
    found.text = found.text.filter(|text| !text.trim().is_empty());
    found
}

/// The charset that HTML names for itself goes before the letter's.
fn label_of_html(html: &[u8], label: &str) -> String {
    html::charset(html).unwrap_or_else(|| label.to_owned())
}

struct Property<'a> {
    id: u16,
    kind: u16,
    data: &'a [u8],
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
    }

    fn short(&mut self) -> Option<u16> {
        self.take(2).map(|two| u16::from_le_bytes([two[0], two[1]]))
    }

    /// Level, name, length, data, sum; a broken sum is no reason to lose a file.
    fn attribute(&mut self) -> Option<(u32, &'a [u8])> {
        self.take(1)?;
        let name = self.number()?;
        let length = self.number()? as usize;
        let data = self.take(length)?;
        self.rest = self.rest.get(2..).unwrap_or_default();
        Some((name, data))
    }

    fn padded(&mut self, length: usize) -> Option<&'a [u8]> {
        let data = self.take(length)?;
        let padding = length.next_multiple_of(4) - length;
        self.rest = self.rest.get(padding..).unwrap_or_default();
        Some(data)
    }

    fn property(&mut self) -> Option<Property<'a>> {
        let (kind, id) = (self.short()?, self.short()?);
        if id >= 0x8000 {
            self.take(16)?;
            if self.number()? == 0 {
                self.take(4)?;
            } else {
                let length = self.number()? as usize;
                self.padded(length)?;
            }
        }
        let is_variable = matches!(kind & 0x0fff, 0x0d | 0x1e | 0x1f | 0x102);
        let values = if is_variable || kind & 0x1000 != 0 { self.number()? } else { 1 };
        let mut data: &[u8] = &[];
        for _ in 0..values.min(MOST_PROPERTIES) {
            data = match kind & 0x0fff {
                0x0d | 0x1e | 0x1f | 0x102 => {
                    let length = self.number()? as usize;
                    self.padded(length)?
                }
                0x05 | 0x06 | 0x07 | 0x14 | 0x40 => self.take(8)?,
                0x48 => self.take(16)?,
                _ => self.take(4)?,
            };
        }
        Some(Property { id, kind: kind & 0x0fff, data })
    }
}

#[cfg(test)]
mod tests {
    use super::{DATA, File, RENDERING, SIGNATURE, TITLE, files, is_one};

    fn attribute(name: u32, data: &[u8]) -> Vec<u8> {
        [&[2][..], &name.to_le_bytes(), &(data.len() as u32).to_le_bytes(), data, &[0, 0]].concat()
    }

    #[test]
    fn files_are_taken_out() {
        let envelope = [
            SIGNATURE.to_vec(),
            vec![1, 0],
            attribute(RENDERING, &[0; 14]),
            attribute(TITLE, b"list.csv\0"),
            attribute(DATA, b"a,b"),
        ]
        .concat();
        assert!(is_one(&envelope));
        let file = File { name: "list.csv".into(), content: b"a,b".to_vec() };
        assert_eq!(files(&envelope), Some(vec![file.clone()]));
        assert_eq!(files(&envelope[..envelope.len() - 1]), Some(vec![file]), "broken off");
        assert_eq!(files(&SIGNATURE), None);
    }
}
