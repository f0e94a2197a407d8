//! The directory of sister cities as a table in a file (CSV, RFC 4180): as spreadsheets write it, in UTF-8 or in the
//! Shift_JIS of Japanese Excel, with commas, semicolons or tabs, its columns named in Japanese or English, in any order.

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord};

use crate::domain::Named;
use crate::domain::division::Names;
use crate::domain::language::Language;
use crate::domain::sister_city::{Country, Entry, Home, Partner, Prefecture, Tie, Truth};
use crate::language::{Words, places};
use crate::mail::header::one_line;
use crate::search::fold;
use crate::web::staff::table;

/// Entries that are taken.
pub const MOST_ENTRIES: usize = 20_000;
/// The most characters of a name.
const LONGEST_NAME: usize = 200;
/// The most characters of a wish.
const LONGEST_WISH: usize = 1_000;
/// How workbooks begin, which are ZIP files.
const WORKBOOK: &[u8] = b"PK\x03\x04";
/// What is left of letters that a program cannot write.
const LOST: &str = "??";

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Where the side in Japan lies.
    Prefecture,
    /// Its name.
    Home(Language),
    /// Where the side elsewhere lies.
    Country,
    /// Its name.
    Partner(Language),
    /// Since when.
    Since,
    /// For what one looks.
    Wish(Language),
    /// Whether it was made up.
    Example,
}

impl Column {
    /// All of them in the order in which they are written.
    pub fn all() -> impl Iterator<Item = Self> {
        let each = |column: fn(Language) -> Self| Language::ALL.iter().copied().map(column);
        let home = std::iter::once(Self::Prefecture).chain(each(Self::Home));
        let partner = std::iter::once(Self::Country).chain(each(Self::Partner));
        home.chain(partner).chain([Self::Since]).chain(each(Self::Wish)).chain([Self::Example])
    }

    /// What stands at its head.
    #[must_use]
    pub fn title(self, words: Words) -> String {
        let of = |key: &str, language: Language| {
            let (column, language) = (words.say(key), words.say(&format!("language-{language}")));
            words.tell("sister-column-in", &[("column", column.into()), ("language", language.into())])
        };
        match self {
            Self::Prefecture => words.say("sister-column-prefecture"),
            Self::Home(language) => of("sister-column-home", language),
            Self::Country => words.say("sister-column-country"),
            Self::Partner(language) => of("sister-column-partner", language),
            Self::Since => words.say("sister-column-since"),
            Self::Wish(language) => of("sister-column-wish", language),
            Self::Example => words.say("sister-column-example"),
        }
    }
}

/// What is the matter with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Its first line names no column that is needed: these are missing.
    Columns(Vec<Column>),
    /// A column is there twice.
    ColumnTwice(Column),
    /// It is a workbook, not its table.
    Workbook,
    /// It is no table.
    Table,
    /// It has no entries: a directory is not emptied by mistake.
    Empty,
    /// More than [`MOST_ENTRIES`].
    TooMany,
    /// Something in a line, counted as spreadsheets count.
    Line(usize, BadLine),
}

/// What is the matter with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadLine {
    /// No prefecture is called so.
    Prefecture(String),
    /// No country is called so.
    Country(String),
    /// It is no date.
    Since(String),
    /// A side has a place but no name, or a name but no place.
    Half,
    /// Neither side is there.
    Nobody,
    /// One side alone, without what it looks for.
    NoWish,
    /// Both sides, and something that one looks for.
    Satisfied,
    /// A cell is longer than so many characters.
    TooLong(usize),
    /// A name in which letters were lost that the program could not write that saved it.
    Lost(String),
    /// The same as a line before.
    Twice,
}

/// The table of a directory.
#[must_use]
pub fn write(entries: &[Entry], words: Words) -> Vec<u8> {
    let head = Column::all().map(|column| column.title(words)).collect();
    let rows = entries.iter().map(|entry| Column::all().map(|column| cell(entry, column, words)).collect());
    let lines = std::iter::once(head).chain(rows).flat_map(|row: Vec<String>| table::line(row));
    table::MARK.bytes().chain(lines).collect()
}

fn written(names: Option<&Names>, language: Language) -> String {
    names.and_then(|names| names.written_in(language)).unwrap_or_default().to_owned()
}

fn cell(entry: &Entry, column: Column, words: Words) -> String {
    let (home, partner) = (entry.home(), entry.partner());
    match column {
        Column::Prefecture => home.map_or("", |home| places::prefecture(home.prefecture, words.language)).to_owned(),
        Column::Home(language) => written(home.map(|home| &home.names), language),
        Column::Country => partner.map_or("", |partner| places::country(partner.country, words.language)).to_owned(),
        Column::Partner(language) => written(partner.map(|partner| &partner.names), language),
        Column::Since => entry.since().map(|since| since.to_string()).unwrap_or_default(),
        Column::Wish(language) => written(entry.wish(), language),
        Column::Example if entry.truth == Truth::Example => "1".to_owned(),
        Column::Example => String::new(),
    }
}

/// Reads a table.
///
/// # Errors
/// Everything that is the matter with it.
pub fn read(bytes: &[u8]) -> Result<Vec<Entry>, Vec<Trouble>> {
    if bytes.starts_with(WORKBOOK) {
        return Err(vec![Trouble::Workbook]);
    }
    let text = text(bytes);
    if text.trim().is_empty() {
        return Err(vec![Trouble::Empty]);
    }
    let head = text.trim_start().lines().next().unwrap_or_default();
    let delimiter =
        [b',', b'\t', b';'].into_iter().max_by_key(|sign| (head.matches(char::from(*sign)).count(), *sign == b','));
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).flexible(true).from_reader(text.as_bytes());
    let columns = columns(reader.headers().map_err(|_| vec![Trouble::Table])?)?;
    let (mut entries, mut troubles, mut known) = (Vec::new(), Vec::new(), HashSet::new());
    for record in reader.records() {
        let record = record.map_err(|_| vec![Trouble::Table])?;
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or_default());
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if entries.len() + troubles.len() >= MOST_ENTRIES {
            return Err(vec![Trouble::TooMany]);
        }
        match entry(&Row { record: &record, columns: &columns }) {
            Ok(entry) if !known.insert(format!("{entry:?}")) => troubles.push(Trouble::Line(line, BadLine::Twice)),
            Ok(entry) => entries.push(entry),
            Err(bad) => troubles.push(Trouble::Line(line, bad)),
        }
    }
    match () {
        () if !troubles.is_empty() => Err(troubles),
        () if entries.is_empty() => Err(vec![Trouble::Empty]),
        () => Ok(entries),
    }
}

/// UTF-16 is Excel's "Unicode text". What is no UTF-8 was written by Excel in Japan. Ends of lines are one character, or lines are counted wrong.
fn text(bytes: &[u8]) -> String {
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((marked, _)) => marked,
        None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        None => encoding_rs::SHIFT_JIS,
    };
    let text = encoding.decode(bytes).0;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // A line for Excel alone, which says what parts cells.
    match text.split_once('\n') {
        Some((first, rest)) if first.to_ascii_lowercase().starts_with("sep=") => format!("\n{rest}"),
        _ => text,
    }
}

fn columns(head: &StringRecord) -> Result<Vec<Option<Column>>, Vec<Trouble>> {
    let called = |title: &str| {
        let is_called = |column: &Column, language| fold(&column.title(Words::staff(language))) == fold(title.trim());
        let mut all = Column::all();
        all.find(|column| is_called(column, Language::Japanese) || is_called(column, Language::English))
    };
    let columns: Vec<Option<Column>> = head.iter().map(called).collect();
    let mut seen = columns.iter().flatten().enumerate();
    let twice = seen.find(|(at, column)| columns.iter().flatten().take(*at).any(|other| other == *column));
    if let Some((_, column)) = twice {
        return Err(vec![Trouble::ColumnTwice(*column)]);
    }
    let needed = [Column::Prefecture, Column::Country, Column::Since];
    let missing: Vec<Column> = needed.into_iter().filter(|column| !columns.contains(&Some(*column))).collect();
    if missing.is_empty() { Ok(columns) } else { Err(vec![Trouble::Columns(missing)]) }
}

/// A line with what its cells are.
struct Row<'a> {
    record: &'a StringRecord,
    columns: &'a [Option<Column>],
}

impl Row<'_> {
    fn cell(&self, column: Column) -> &str {
        let at = self.columns.iter().position(|other| *other == Some(column));
        at.and_then(|at| self.record.get(at)).map_or("", table::unguarded)
    }

    fn names(&self, column: fn(Language) -> Column, longest: usize) -> Result<Names, BadLine> {
        let cells = Language::ALL.iter().map(|language| (*language, one_line(self.cell(column(*language)))));
        let cells: Vec<(Language, String)> = cells.collect();
        if cells.iter().any(|(_, cell)| cell.chars().count() > longest) {
            return Err(BadLine::TooLong(longest));
        }
        if let Some((_, lost)) = cells.iter().find(|(_, cell)| cell.contains(LOST)) {
            return Err(BadLine::Lost(lost.clone()));
        }
        Ok(Names::new(cells))
    }
}

fn entry(row: &Row) -> Result<Entry, BadLine> {
    let (prefecture, country) = (row.cell(Column::Prefecture), row.cell(Column::Country));
    let home =
        side(prefecture, row.names(Column::Home, LONGEST_NAME)?, places::prefecture_called, BadLine::Prefecture)?;
    let partner = side(country, row.names(Column::Partner, LONGEST_NAME)?, places::country_called, BadLine::Country)?;
    let home = home.map(|(prefecture, names): (Prefecture, Names)| Home { prefecture, names });
    let partner = partner.map(|(country, names): (Country, Names)| Partner { country, names });
    let since = Some(row.cell(Column::Since)).filter(|since| !since.is_empty());
    let since = since.map(|since| since.parse().map_err(|_| BadLine::Since(since.to_owned()))).transpose()?;
    let wish = row.names(Column::Wish, LONGEST_WISH)?;
    let tie = match (home, partner) {
        (None, None) => return Err(BadLine::Nobody),
        (Some(_), Some(_)) if !wish.is_empty() => return Err(BadLine::Satisfied),
        (Some(home), Some(partner)) => Tie::Affiliation { home, partner, since },
        _ if wish.is_empty() => return Err(BadLine::NoWish),
        (Some(home), None) => Tie::HomeSeeks { home, wish },
        (None, Some(partner)) => Tie::PartnerSeeks { partner, wish },
    };
    let is_example = !["", "0"].contains(&row.cell(Column::Example));
    Ok(Entry { tie, truth: if is_example { Truth::Example } else { Truth::Real } })
}

fn side<Place>(
    place: &str,
    names: Names,
    called: fn(&str) -> Option<Place>,
    bad: fn(String) -> BadLine,
) -> Result<Option<(Place, Names)>, BadLine> {
    match (place, names.is_empty()) {
        ("", true) => Ok(None),
        ("", false) | (_, true) => Err(BadLine::Half),
        (place, false) => Ok(Some((called(place).ok_or_else(|| bad(place.to_owned()))?, names))),
    }
}

#[cfg(test)]
mod tests;
