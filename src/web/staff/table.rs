//! Tables as spreadsheets take them (CSV, RFC 4180), so that nothing in a cell does anything.

use csv::{Terminator, WriterBuilder};

/// What begins a table: without this mark Excel takes UTF-8 for Shift_JIS.
pub const MARK: &str = "\u{feff}";
/// What a spreadsheet would take for a formula: such cells are written behind an apostrophe.
const FORMULA: [char; 5] = ['=', '+', '-', '@', '\t'];

/// A line of a table.
#[must_use]
pub fn line(cells: Vec<String>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells.into_iter().map(guarded)).expect("a table in memory takes every line");
    writer.into_inner().expect("a table in memory takes every line")
}

fn is_formula(cell: &str) -> bool {
    let is_number = cell.strip_prefix('-').is_some_and(|rest| rest.chars().all(|sign| sign.is_ascii_digit()));
    cell.trim_start_matches('\'').starts_with(FORMULA) && !is_number
}

fn guarded(cell: String) -> String {
    if is_formula(&cell) { format!("'{cell}") } else { cell }
}

/// A cell as it was before it was guarded.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_words() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+81-3", "'+81-3"),
            ("'=1", "''=1"),
            ("@cmd", "'@cmd"),
            ("1-1", "1-1"),
            ("-12", "-12"),
            ("-1+1", "'-1+1"),
            ("\"a, b\"", "\"\"\"a, b\"\"\""),
        ] {
            assert_eq!(line(vec![cell.into()]), format!("{written}\r\n").as_bytes(), "{cell}");
            assert_eq!(unguarded(&guarded(cell.into())), cell);
        }
    }
}
