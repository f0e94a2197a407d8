//! JIS X 0213:2004, which no crate has: what its first plane adds to JIS X 0208, and its second plane.
//!
//! The table is a file with a line for each row: plane, row, and the cells from 1 on, some of which are two characters
//! of Unicode.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Row and cell of a plane to their characters.
type Table = HashMap<(u8, u8, u8), &'static str>;

/// The characters at a row and cell (1 to 94 each) of a plane (1 or 2).
pub(super) fn characters(plane: u8, row: u8, cell: u8) -> Option<&'static str> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(read).get(&(plane, row, cell)).copied()
}

fn read() -> Table {
    let mut table = HashMap::new();
    for line in include_str!("jisx0213.tsv").lines() {
        let mut cells = line.split('\t');
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<u8>().ok()).unwrap_or_default();
        let (plane, row) = (number(cells.next()), number(cells.next()));
        for (cell, characters) in (1_u8..).zip(cells).filter(|(_, characters)| !characters.is_empty()) {
            table.insert((plane, row, cell), characters);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::characters;

    #[test]
    fn both_planes() {
        for (place, expected) in [((1, 14, 2), Some("𠀋")), ((2, 1, 1), Some("𠂉")), ((1, 16, 1), None)] {
            assert_eq!(characters(place.0, place.1, place.2), expected, "{place:?}");
        }
    }
}
