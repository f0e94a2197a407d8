//! Names in the environment that look like settings and are none: a mistyped one would change nothing, and say so nowhere.

use super::NAMES;

const PREFIX: &str = "MADOGUCHI_";
/// How much is logged, which is asked for before there are settings.
const LOG: &str = "MADOGUCHI_LOG";
/// Names of the tests, which may stand in a developer's environment.
const OF_TESTS: &str = "MADOGUCHI_TEST_";

/// A name that is no setting's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// The setting that may have been meant.
    pub meant: Option<&'static str>,
}

impl Unknown {
    /// In words.
    #[must_use]
    pub fn told(&self) -> String {
        match self.meant {
            Some(meant) => format!("unknown setting; did you mean {meant}?"),
            None => "unknown setting".to_owned(),
        }
    }
}

/// The names in this process's environment that look like settings and are none, in order.
#[must_use]
pub fn unknown() -> Vec<Unknown> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut found: Vec<Unknown> = names.filter_map(|name| is_unknown(&name)).collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn is_unknown(name: &str) -> Option<Unknown> {
    let (start, rest) = name.split_at_checked(PREFIX.len())?;
    if !start.eq_ignore_ascii_case(PREFIX) || NAMES.contains(&name) || name == LOG || name.starts_with(OF_TESTS) {
        return None;
    }
    let rest = rest.to_ascii_uppercase();
    let bare = |known: &'static str| known.strip_prefix(PREFIX).unwrap_or(known);
    let nearest = NAMES.iter().map(|known| (distance(&rest, bare(known)), *known)).min();
    let near_enough = nearest.filter(|(far, known)| *far <= bare(known).len() / 3);
    Some(Unknown { name: name.to_owned(), meant: near_enough.map(|(_, known)| known) })
}

/// How many letters have to be changed, added or left out (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, character) in one.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (index, expected) in other.iter().enumerate() {
            let changed = corner + usize::from(character != *expected);
            corner = row[index + 1];
            row[index + 1] = changed.min(corner + 1).min(row[index] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::is_unknown;

    #[test]
    fn what_may_have_been_meant() {
        for (name, meant) in [
            ("MADOGUCHI_SMTP_URI", Some("MADOGUCHI_SMTP_URL")),
            ("MADOGUCHI_LISTENS", Some("MADOGUCHI_LISTEN")),
            ("madoguchi_mail_from", Some("MADOGUCHI_MAIL_FROM")),
            ("MADOGUCHI_ADMIN_MAIL", Some("MADOGUCHI_ADMIN_EMAIL")),
            ("MADOGUCHI_DATABASE_URL", Some("DATABASE_URL")),
            ("MADOGUCHI_DATADIR", Some("MADOGUCHI_DATA_DIR")),
            ("MADOGUCHI_COLOUR_OF_DOOR", None),
        ] {
            assert_eq!(is_unknown(name).map(|unknown| unknown.meant), Some(meant), "{name}");
        }
        for name in ["MADOGUCHI_LISTEN", "MADOGUCHI_LOG", "MADOGUCHI_TEST_DIR", "DATABASE_URI", "PATH", ""] {
            assert_eq!(is_unknown(name), None, "{name}");
        }
    }
}
