//! Tables as people make them, and what is written read back.

use proptest::prelude::*;

use super::{BadLine, Column, Trouble, read, write};
use crate::domain::Named;
use crate::domain::division::Names;
use crate::domain::language::Language;
use crate::domain::sister_city::{Country, Entry, Home, Partner, Prefecture, Tie, Truth};
use crate::language::Words;

const HEAD: &str = "都道府県,自治体名（日本語）,国・地域,提携先（日本語）,提携日,希望（日本語）\r\n";

fn troubles(line: &str) -> Vec<Trouble> {
    read(format!("{HEAD}{line}\r\n").as_bytes()).err().unwrap_or_default()
}

#[test]
fn lines_that_cannot_be_so_are_told_with_their_number() {
    let long = "長".repeat(201);
    for (line, bad) in [
        ("杜の国,若草市,フランス,ヴァルモン,1987,", BadLine::Prefecture("杜の国".to_owned())),
        ("宮城県,若草市,どこか,ヴァルモン,1987,", BadLine::Country("どこか".to_owned())),
        ("宮城県,若草市,フランス,ヴァルモン,昔から,", BadLine::Since("昔から".to_owned())),
        ("宮城県,,フランス,ヴァルモン,1987,", BadLine::Half),
        ("宮城県,若草市,,ヴァルモン,1987,", BadLine::Half),
        ("宮城県,若草市,,,,", BadLine::NoWish),
        (",,,,,海辺の町", BadLine::Nobody),
        ("宮城県,若草市,フランス,ヴァルモン,,海辺の町", BadLine::Satisfied),
        (&format!("宮城県,{long},,,,海辺の町"), BadLine::TooLong(200)),
        ("宮城県,??草市,,,,海辺の町", BadLine::Lost("??草市".to_owned())),
    ] {
        assert_eq!(troubles(line), [Trouble::Line(2, bad)], "{line}");
    }
}

#[test]
fn a_line_that_is_there_twice_is_told() {
    let line = "宮城県,若草市,フランス,ヴァルモン,1987,";
    assert_eq!(troubles(&format!("{line}\r\n{line}")), [Trouble::Line(3, BadLine::Twice)]);
}

#[test]
fn files_as_spreadsheets_write_them() {
    let lines = "宮城,若草市,フランス,ヴァルモン,1987/6/12,\r\n31,砂原町,,,,\"海辺の町、\n中学生から\"\r\n,,,,,\r\n";
    let plain = format!("{HEAD}{lines}");
    let entries = read(plain.as_bytes()).expect("a table");
    assert_eq!(entries.len(), 2);
    let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode(&plain);
    for (name, bytes) in [
        ("with a mark", format!("\u{feff}{plain}").into_bytes()),
        ("Shift_JIS", japanese.into_owned()),
        ("tabs", plain.replace(',', "\t").into_bytes()),
        ("semicolons", plain.replace(',', ";").into_bytes()),
        (
            "Unicode text",
            [vec![0xff, 0xfe], plain.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        ),
        ("lines of Unix", plain.replace("\r\n", "\n").into_bytes()),
        (
            "English",
            format!(
                "{}{lines}",
                "Prefecture,Municipality (Japanese),COUNTRY OR REGION,Partner (Japanese),Since,Wish (Japanese)\n"
            )
            .into_bytes(),
        ),
    ] {
        assert_eq!(read(&bytes), Ok(entries.clone()), "{name}");
    }
    for (text, trouble) in [
        ("", Trouble::Empty),
        ("PK\u{3}\u{4}xl/workbook.xml", Trouble::Workbook),
        ("都道府県,国・地域,提携日,都道府県\n", Trouble::ColumnTwice(Column::Prefecture)),
        ("x,y", Trouble::Columns(vec![Column::Prefecture, Column::Country, Column::Since])),
        ("都道府県,国・地域\n", Trouble::Columns(vec![Column::Since])),
        (HEAD, Trouble::Empty),
    ] {
        assert_eq!(read(text.as_bytes()), Err(vec![trouble]), "{text}");
    }
}

fn names() -> impl Strategy<Value = Names> + Clone {
    let one = (prop::sample::select(Language::ALL), "[-=+@a-z'\"あ市,;]{0,6}[a-z市]");
    prop::collection::vec(one, 1..4).prop_map(Names::new)
}

fn entries() -> impl Strategy<Value = Entry> {
    let home =
        (1_u8..=47, names()).prop_map(|(code, names)| Home { prefecture: Prefecture::new(code).expect("one"), names });
    let country = prop::sample::select(&["FR", "US", "KR", "CN", "BR"][..]);
    let partner =
        (country, names()).prop_map(|(code, names)| Partner { country: Country::new(code).expect("one"), names });
    let since = prop::option::of("[12][0-9]{3}(-0[1-9](-[01][1-9])?)?")
        .prop_map(|since| since.and_then(|since| since.parse().ok()));
    let tie = prop_oneof![
        (home.clone(), partner.clone(), since).prop_map(|(home, partner, since)| Tie::Affiliation {
            home,
            partner,
            since
        }),
        (home, names()).prop_map(|(home, wish)| Tie::HomeSeeks { home, wish }),
        (partner, names()).prop_map(|(partner, wish)| Tie::PartnerSeeks { partner, wish }),
    ];
    (tie, prop::sample::select(&[Truth::Real, Truth::Example][..])).prop_map(|(tie, truth)| Entry { tie, truth })
}

/// Entries, none of them twice.
fn different() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(entries(), 1..5).prop_map(|mut entries| {
        let mut known = std::collections::HashSet::new();
        entries.retain(|entry| known.insert(format!("{entry:?}")));
        entries
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(entries in different()) {
        for language in [Language::Japanese, Language::English] {
            prop_assert_eq!(read(&write(&entries, Words::staff(language))), Ok(entries.clone()));
        }
    }

    #[test]
    fn nothing_is_written_that_a_spreadsheet_would_reckon_with(entries in different()) {
        let table = write(&entries, Words::staff(Language::English));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&table[..]);
        for record in reader.records() {
            prop_assert!(record.expect("a line").iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t'])));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&[HEAD.as_bytes(), &bytes].concat());
    }
}
