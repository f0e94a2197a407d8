//! The house rules, read from the sources: who may name whom, how long a file may be, what must be documented.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Crates and the only modules that may name them.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("poem", &["web", "service"]),
    ("diesel", &["postgres", "desk"]),
    ("diesel_async", &["postgres", "desk"]),
    ("diesel_migrations", &["postgres"]),
    ("jiff_diesel", &["postgres", "desk"]),
    ("tokio_postgres", &["desk"]),
    ("askama", &["web", "mail"]),
    ("async_imap", &["imap"]),
    ("tokio_rustls", &["imap"]),
    ("lettre", &["mail", "outbox"]),
    ("mail_parser", &["mail"]),
    ("mail_auth", &["outbox", "screening"]),
    ("ammonia", &["mail"]),
    ("calcard", &["mail"]),
    ("comrak", &["mail"]),
    ("std::env", &["settings", "cli"]),
    ("tokio", &["settings", "postgres", "desk", "screening", "web", "lmtp", "imap", "outbox", "service", "cli"]),
    (
        "Timestamp::now",
        &[
            "search",
            "language",
            "settings",
            "postgres",
            "desk",
            "screening",
            "web",
            "lmtp",
            "imap",
            "outbox",
            "service",
            "cli",
        ],
    ),
];
const LONGEST_FILE: usize = 400;

struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// Its place in the crate: `web/staff/list.rs` is `["web", "staff", "list"]`, `web/mod.rs` is `["web"]`.
    fn modules(&self) -> Vec<String> {
        let below = self.path.strip_prefix(root().join("src")).expect("a source");
        let names = below
            .with_extension("")
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect::<Vec<_>>();
        names.into_iter().filter(|name| name != "mod").collect()
    }

    /// The lines of code, with their numbers; comments and documentation aside.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extension: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let text = std::fs::read_to_string(&path).expect("text");
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// The names that follow `start` in a line, each to its end.
fn names_after<'a>(line: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(start).filter_map(move |(at, _)| {
        let apart = line[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric() && before != '_' && before != ':');
        let rest = &line[at + start.len()..];
        apart.then(|| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
    })
}

/// The modules of `lib.rs`, each with the number of its heading.
fn headings() -> BTreeMap<String, usize> {
    let library = std::fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let (mut heading, mut modules, mut between) = (0, BTreeMap::new(), true);
    for line in library.lines() {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|line| line.strip_suffix(';')) {
            modules.insert(name.to_owned(), heading);
            between = true;
        } else if line.starts_with("// ") && between {
            (heading, between) = (heading + 1, false);
        }
    }
    modules
}

fn judge(mistakes: &[String]) {
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

fn place(path: &Path, line: usize) -> String {
    format!("{}:{line}", path.strip_prefix(root()).unwrap_or(path).display())
}

#[test]
fn names_point_up() {
    let headings = headings();
    assert!(headings.len() > 8 && headings["domain"] < headings["desk"], "{headings:?}");
    let mut mistakes = Vec::new();
    for source in files("src", "rs") {
        let modules = source.modules();
        let Some(own) = headings.get(&modules[0]) else { continue };
        for (number, line) in source.code() {
            for name in names_after(line, "crate::") {
                if let Some(named) = headings.get(name)
                    && named >= own
                    && name != modules[0]
                {
                    mistakes.push(format!("{}: {} may not name {name}", place(&source.path, number), modules[0]));
                }
            }
            let steps = line.matches("super::").count();
            let in_tests = usize::from(
                source.text.contains("#[cfg(test)]\nmod tests {") || modules.last().is_some_and(|last| last == "tests"),
            );
            if steps > modules.len() - 1 + in_tests {
                mistakes.push(format!("{}: super leaves {}", place(&source.path, number), modules[0]));
            }
        }
    }
    judge(&mistakes);
}

#[test]
fn each_crate_stays_where_it_belongs() {
    let mut mistakes = Vec::new();
    for source in files("src", "rs") {
        let module = source.modules().remove(0);
        for (number, line) in source.code() {
            for (name, places) in ONLY_IN {
                let said = name.contains("::") || names_after(line, name).any(str::is_empty);
                let is_path = line.contains(&format!("{name}::"))
                    || line.contains(&format!("use {name}"))
                    || line.contains(&format!("{name}("));
                if said && is_path && !places.contains(&module.as_str()) {
                    mistakes.push(format!(
                        "{}: {name} belongs into {}",
                        place(&source.path, number),
                        places.join(", ")
                    ));
                }
            }
        }
    }
    judge(&mistakes);
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut mistakes = Vec::new();
    for source in ["src", "tests", "benches"]
        .into_iter()
        .filter(|folder| root().join(folder).exists())
        .flat_map(|folder| files(folder, "rs"))
    {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE && !source.path.ends_with("postgres/schema.rs") {
            mistakes.push(format!("{}: {lines} lines", place(&source.path, 1)));
        }
        if !source.text.starts_with("//!") && !source.path.ends_with("postgres/schema.rs") {
            mistakes.push(format!("{}: does not open with //!", place(&source.path, 1)));
        }
    }
    let library = std::fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    mistakes
        .extend(library.lines().filter(|line| line.starts_with("pub use")).map(|line| format!("src/lib.rs: {line}")));
    judge(&mistakes);
}

#[test]
fn what_is_said_is_said_in_every_language() {
    let mut mistakes = Vec::new();
    for folder in ["templates/text/public", "templates/text/staff"] {
        let texts: Vec<(String, BTreeSet<String>)> = files(folder, "ftl")
            .into_iter()
            .map(|source| (source.path.file_stem().expect("a name").to_string_lossy().into_owned(), keys(&source.text)))
            .collect();
        for source in files(folder, "ftl") {
            let mut once = BTreeSet::new();
            let twice = source.text.lines().filter_map(key).filter(|key| !once.insert(key.clone()));
            mistakes.extend(twice.map(|key| format!("{}: {key} stands there twice", source.path.display())));
        }
        let all: BTreeSet<&String> = texts.iter().flat_map(|(_, keys)| keys).collect();
        for (language, keys) in &texts {
            mistakes.extend(
                all.iter()
                    .filter(|key| !keys.contains(**key))
                    .map(|key| format!("{folder}/{language}.ftl: {key} is missing")),
            );
        }
    }
    judge(&mistakes);
}

fn keys(text: &str) -> BTreeSet<String> {
    text.lines().filter_map(key).collect()
}

/// The key that a line of a Fluent file begins.
fn key(line: &str) -> Option<String> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    (key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
        .then(|| key.to_owned())
}

#[test]
fn words_for_people_stand_in_the_texts() {
    let is_text_for_people =
        |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    // These read or fold such text, or write dates as each language does: data, not words.
    let read_it = ["src/mail/", "src/search/", "src/language/", "src/domain/phone.rs"];
    let mut mistakes = Vec::new();
    for source in files("src", "rs") {
        let path = source.path.strip_prefix(root()).expect("below").display().to_string();
        let before_tests = source.text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        if read_it.iter().any(|folder| path.starts_with(folder)) || path.ends_with("tests.rs") {
            continue;
        }
        for (number, line) in source.code().filter(|(number, _)| *number <= before_tests) {
            let code = line.split("//").next().unwrap_or_default();
            // A single character is one that is read, not said.
            let said = code
                .split('"')
                .skip(1)
                .step_by(2)
                .any(|text| text.chars().filter(|c| is_text_for_people(*c)).count() > 1);
            if said {
                mistakes.push(format!("{}: words for people", place(&source.path, number)));
            }
        }
    }
    judge(&mistakes);
}

#[test]
fn tables_and_columns_are_documented() {
    let migrations: String = files("migrations", "sql").into_iter().map(|source| source.text).collect();
    let schema = std::fs::read_to_string(root().join("src/postgres/schema.rs")).expect("the schema");
    let (mut table, mut mistakes) = (String::new(), Vec::new());
    for line in schema.lines() {
        let line = line.trim();
        if let Some((name, _)) = line.split_once(" (").filter(|(name, _)| line.ends_with('{') && !name.contains(' ')) {
            name.clone_into(&mut table);
            if !migrations.contains(&format!("COMMENT ON TABLE {table} IS")) {
                mistakes.push(format!("table {table} has no comment"));
            }
        } else if let Some((column, _)) = line.split_once(" -> ").filter(|(column, _)| !column.contains(':'))
            && !migrations.contains(&format!("COMMENT ON COLUMN {table}.{column} IS"))
        {
            mistakes.push(format!("column {table}.{column} has no comment"));
        }
    }
    assert!(!table.is_empty(), "the schema is read");
    judge(&mistakes);
}

#[test]
fn nothing_goes_into_a_page_unescaped_without_a_reason() {
    let mut mistakes = Vec::new();
    for source in files("templates", "html") {
        for (index, line) in source.text.lines().enumerate() {
            if line.contains("|safe") && !line.contains("{#") {
                mistakes.push(format!("{}: |safe without a reason beside it", place(&source.path, index + 1)));
            }
            // Letters of ours stand under no policy, those of others under one of their own.
            let is_letter = source.path.starts_with(root().join("templates/mail"));
            let is_letter = is_letter || source.path.ends_with("staff/letter.html");
            if !is_letter && (line.contains(" style=\"") || line.contains("<style")) || line.contains(" onclick") {
                mistakes.push(format!(
                    "{}: inline style or script, which the policy forbids",
                    place(&source.path, index + 1)
                ));
            }
        }
    }
    judge(&mistakes);
}
