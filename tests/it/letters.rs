//! Letters as they come: each file of `tests/letters` with the fields that it is about, with LF and with CRLF.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use madoguchi::mail::parse::parse;
use proptest::prelude::*;
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
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let cases = cases();
    assert!(cases.len() >= 450, "the corpus is there: {} letters", cases.len());
    for file in &cases {
        let raw = std::fs::read(file).expect("a letter");
        let json = std::fs::read_to_string(file.with_extension("json")).expect("its fields");
        let expected: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let path: Vec<_> = file.components().rev().take(2).map(|part| part.as_os_str().to_string_lossy()).collect();
        let (right, all) = groups.entry(path[1].to_string()).or_default();
        let before = wrong.len();
        for (ends, raw) in [("LF", raw.clone()), ("CRLF", with_crlf(&raw))] {
            let found = serde_json::to_value(parse(&raw)).expect("JSON");
            let mut here = Vec::new();
            differences("", &found, &expected, &mut here);
            wrong.extend(here.into_iter().map(|what| format!("{}/{} ({ends}): {what}", path[1], path[0])));
        }
        *all += 1;
        *right += usize::from(wrong.len() == before);
    }
    let line = |(group, (right, all)): (&String, &(usize, usize))| format!("{group:<12} {right:>4} of {all:>4}\n");
    let table: String = groups.iter().map(line).collect();
    write!(std::io::stderr(), "\n{table}").expect("written");
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether each line of `reply` is a line of `text`, in its order.
fn is_within(reply: &str, text: &str) -> bool {
    let mut lines = text.lines();
    reply.lines().all(|line| lines.any(|other| other == line))
}

fn check(raw: &[u8]) -> Result<(), TestCaseError> {
    let parsed = parse(raw);
    let json = serde_json::to_string(&parsed).expect("JSON");
    prop_assert!(!json.contains("\\u0000"), "NUL in {}", json);
    prop_assert!(is_within(&parsed.reply, &parsed.text), "{:?} is not within {:?}", parsed.reply, parsed.text);
    let people = parsed.from.iter().chain(&parsed.to).chain(&parsed.cc);
    let people = people.flat_map(|who| [who.name.as_str(), who.address.as_str()]);
    let names = parsed.attachments.iter().map(|file| file.filename.as_str()).chain(people);
    for name in names.chain([parsed.subject.as_str()]).chain(parsed.message_id.as_deref()) {
        prop_assert!(!name.contains(char::is_control), "{:?}", name);
    }
    for file in &parsed.attachments {
        prop_assert!(file.filename.len() <= 255 && !file.filename.contains(['/', '\\']), "{:?}", file.filename);
        prop_assert_eq!(file.size, file.content.len());
    }
    Ok(())
}

/// What a letter is changed by: bytes overwritten, cut out, put in, or copied from elsewhere in it.
fn damaged(mut raw: Vec<u8>, damages: &[(usize, usize, u8, Vec<u8>)]) -> Vec<u8> {
    for (at, length, kind, bytes) in damages {
        let at = at % (raw.len() + 1);
        let end = (at + length).min(raw.len());
        match kind % 4 {
            0 => raw.splice(at..end, bytes.iter().copied()).for_each(drop),
            1 => raw.drain(at..end).for_each(drop),
            2 => raw.splice(at..at, bytes.iter().copied()).for_each(drop),
            _ => {
                let copied = raw[at..end].to_vec();
                raw.extend(copied);
            }
        }
    }
    raw
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_are_understood(raw in proptest::collection::vec(any::<u8>(), 0..600)) {
        check(&raw)?;
    }

    #[test]
    fn arbitrary_lines_are_understood(lines in proptest::collection::vec(prop_oneof![
        "(From|To|Subject|Content-Type|Content-Disposition|References|Date): ?[ -~あ①]{0,40}",
        Just("Content-Type: multipart/mixed; boundary=x".to_owned()),
        Just("Content-Type: multipart/alternative".to_owned()),
        Just("Content-Type: text/html; charset=iso-2022-jp".to_owned()),
        Just("--x".to_owned()), Just("--x--".to_owned()), Just(String::new()),
        Just("=?utf-8?B?5aeJ?= =?utf-8?Q?=E5?=".to_owned()),
        Just("> On 24 Nov 2026 Desk <d@e.example> wrote:".to_owned()),
        Just("-----Original Message-----".to_owned()), Just("======".to_owned()), Just("-- ".to_owned()),
        "<(div|p|table|td|b|blockquote|style|!--)[ a-z=\"]{0,12}>?", "[ -~\u{1b}あｱ㈱]{0,60}",
    ], 0..30)) {
        check(lines.join("\n").as_bytes())?;
    }

    #[test]
    fn damaged_letters_are_understood(
        which in any::<prop::sample::Index>(),
        crlf in any::<bool>(),
        damages in proptest::collection::vec((any::<usize>(), 0_usize..60, any::<u8>(), proptest::collection::vec(any::<u8>(), 0..12)), 1..6),
    ) {
        let files = cases();
        let raw = std::fs::read(&files[which.index(files.len())]).expect("a letter");
        check(&damaged(if crlf { with_crlf(&raw) } else { raw }, &damages))?;
    }
}
