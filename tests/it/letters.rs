//! Letters as they come: each file of `tests/letters` with the fields that it is about, with LF and with CRLF.

use std::path::{Path, PathBuf};

use madoguchi::mail::parse::parse;
use serde_json::Value;

/// All cases, in the order of their paths.
pub fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters");
    let entries = |folder: &Path| std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries(&folder).filter(|path| path.is_dir()).flat_map(|group| entries(&group)).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "eml"));
    files.sort();
    files
}

/// The same letter with its lines ended by CRLF, as mail travels.
pub fn with_crlf(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 30);
    let mut before = 0;
    for byte in raw {
        if *byte == b'\n' && before != b'\r' {
            out.push(b'\r');
        }
        out.push(*byte);
        before = *byte;
    }
    out
}

/// What is not as expected: path within the JSON, what is, what should be.
fn differences(path: &str, found: &Value, expected: &Value, out: &mut Vec<String>) {
    match (found, expected) {
        (Value::Object(found), Value::Object(fields)) => {
            for (name, value) in fields {
                let inner = |name: &str| found.get(name).unwrap_or(&Value::Null);
                let words = || value.as_array().expect("a list of words").iter().filter_map(Value::as_str);
                if let Some(name) = name.strip_suffix(" has") {
                    let text = inner(name).as_str().unwrap_or_default();
                    out.extend(
                        words()
                            .filter(|word| !text.contains(word))
                            .map(|word| format!("{path}{name} lacks {word:?}: {text:?}")),
                    );
                } else if let Some(name) = name.strip_suffix(" lacks") {
                    let text = inner(name).as_str().unwrap_or_default();
                    out.extend(
                        words()
                            .filter(|word| text.contains(word))
                            .map(|word| format!("{path}{name} has {word:?}: {text:?}")),
                    );
                } else {
                    differences(&format!("{path}{name}."), inner(name), value, out);
                }
            }
        }
        (Value::Array(found), Value::Array(list)) if found.len() == list.len() => {
            for (index, (found, expected)) in found.iter().zip(list).enumerate() {
                differences(&format!("{path}{index}."), found, expected, out);
            }
        }
        _ if found == expected => {}
        _ => out.push(format!("{} is {found}, not {expected}", path.trim_end_matches('.'))),
    }
}

#[test]
fn every_letter_says_what_it_says() {
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 250, "the corpus is there: {} letters", cases.len());
    for file in &cases {
        let raw = std::fs::read(file).expect("a letter");
        let json = std::fs::read_to_string(file.with_extension("json")).expect("its fields");
        let expected: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for (ends, raw) in [("LF", raw.clone()), ("CRLF", with_crlf(&raw))] {
            let found = serde_json::to_value(parse(&raw)).expect("JSON");
            let mut here = Vec::new();
            differences("", &found, &expected, &mut here);
            let name =
                file.components().rev().take(2).map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
            wrong.extend(here.into_iter().map(|what| format!("{}/{} ({ends}): {what}", name[1], name[0])));
        }
    }
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}
