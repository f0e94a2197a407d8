//! Dates and times as each language writes them. They are given in the division's zone; outside Japanese the sentence
//! round a time says "Japan time", since its reader may be anywhere.

use jiff::civil::{Date, Time, Weekday};

use crate::domain::language::Language;
use crate::domain::sister_city::Since;

/// A date with its weekday, without the year: "11月27日（金）", "Friday 27 November".
#[must_use]
pub fn date_long(language: Language, date: Date) -> String {
    let (month, day) = (date.month(), date.day());
    let weekday = weekday(language, date.weekday());
    match language {
        Language::Japanese => format!("{month}月{day}日（{weekday}）"),
        Language::Chinese => format!("{month}月{day}日（{weekday}）"),
        Language::Korean => format!("{month}월 {day}일({weekday})"),
        Language::English => format!("{weekday} {day} {}", month_name(&ENGLISH_MONTHS, month)),
        Language::French => format!("{weekday} {} {}", french_day(day), month_name(&FRENCH_MONTHS, month)),
    }
}

/// A date with its year: "2026年11月24日", "24 November 2026".
#[must_use]
pub fn date_full(language: Language, date: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match language {
        Language::Japanese | Language::Chinese => format!("{year}年{month}月{day}日"),
        Language::Korean => format!("{year}년 {month}월 {day}일"),
        Language::English => format!("{day} {} {year}", month_name(&ENGLISH_MONTHS, month)),
        Language::French => format!("{} {} {year}", french_day(day), month_name(&FRENCH_MONTHS, month)),
    }
}

/// A date as far as it is known: "1955年", "December 1955", « 7 décembre 1955 ».
#[must_use]
pub fn since(language: Language, since: Since) -> String {
    match (since, language) {
        (Since::Day(day), _) => date_full(language, day),
        (Since::Year(year), Language::Japanese | Language::Chinese) => format!("{year}年"),
        (Since::Year(year), Language::Korean) => format!("{year}년"),
        (Since::Year(year), Language::English | Language::French) => year.to_string(),
        (Since::Month(first), Language::Japanese | Language::Chinese) => {
            format!("{}年{}月", first.year(), first.month())
        }
        (Since::Month(first), Language::Korean) => format!("{}년 {}월", first.year(), first.month()),
        (Since::Month(first), Language::English) => {
            format!("{} {}", month_name(&ENGLISH_MONTHS, first.month()), first.year())
        }
        (Since::Month(first), Language::French) => {
            format!("{} {}", month_name(&FRENCH_MONTHS, first.month()), first.year())
        }
    }
}

/// A date for narrow places: "11月24日", "24 Nov", « 24 nov. ».
#[must_use]
pub fn date_short(language: Language, date: Date) -> String {
    let (month, day) = (date.month(), date.day());
    match language {
        Language::Japanese | Language::Chinese => format!("{month}月{day}日"),
        Language::Korean => format!("{month}월 {day}일"),
        Language::English => {
            format!("{day} {}", month_name(&ENGLISH_MONTHS, month).chars().take(3).collect::<String>())
        }
        Language::French => format!("{} {}", french_day(day), month_name(&FRENCH_MONTHS, month)),
    }
}

/// A time in figures, for lists: "9:21".
#[must_use]
pub fn clock(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// A date in figures, for lists: "2026/11/24", "24/11/2026" in French; English has the order that nobody mistakes.
#[must_use]
pub fn date_numeric(language: Language, date: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match language {
        Language::Japanese => format!("{year}/{month:02}/{day:02}"),
        Language::English | Language::Chinese => format!("{year}-{month:02}-{day:02}"),
        Language::Korean => format!("{year}. {month}. {day}."),
        Language::French => format!("{day:02}/{month:02}/{year}"),
    }
}

/// A time in a sentence: "17時30分", "17:30", "17 h 30".
#[must_use]
pub fn time(language: Language, time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match (language, minute) {
        (Language::Japanese, 0) => format!("{hour}時"),
        (Language::Japanese, _) => format!("{hour}時{minute}分"),
        (Language::French, 0) => format!("{hour}\u{a0}h"),
        (Language::French, _) => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
        _ => format!("{hour}:{minute:02}"),
    }
}

/// From one time to another, in figures: "9:00–12:00", « 9 h – 12 h ».
#[must_use]
pub fn time_span(language: Language, from: Time, to: Time) -> String {
    match language {
        Language::French => format!("{}\u{a0}– {}", time(language, from), time(language, to)),
        _ => format!("{}:{:02}–{}:{:02}", from.hour(), from.minute(), to.hour(), to.minute()),
    }
}

/// A weekday as it stands beside a date: 金, Friday, 星期五, 금, vendredi.
#[must_use]
pub fn weekday(language: Language, weekday: Weekday) -> &'static str {
    let names = match language {
        Language::Japanese => ["月", "火", "水", "木", "金", "土", "日"],
        Language::English => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        Language::Chinese => ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
        Language::Korean => ["월", "화", "수", "목", "금", "토", "일"],
        Language::French => ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    };
    let nth = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or_default();
    names.get(nth).copied().unwrap_or_default()
}

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

fn month_name(names: &[&'static str; 12], month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|nth| names.get(nth)).copied().unwrap_or_default()
}

fn french_day(day: i8) -> String {
    if day == 1 { "1er".to_owned() } else { day.to_string() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time as clock};

    use super::*;

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let friday = date(2026, 11, 27);
        for (language, long, full, numeric) in [
            (Language::Japanese, "11月27日（金）", "2026年11月27日", "2026/11/27"),
            (Language::English, "Friday 27 November", "27 November 2026", "2026-11-27"),
            (Language::Chinese, "11月27日（星期五）", "2026年11月27日", "2026-11-27"),
            (Language::Korean, "11월 27일(금)", "2026년 11월 27일", "2026. 11. 27."),
            (Language::French, "vendredi 27 novembre", "27 novembre 2026", "27/11/2026"),
        ] {
            assert_eq!(date_long(language, friday), long);
            assert_eq!(date_full(language, friday), full);
            assert_eq!(date_numeric(language, friday), numeric);
        }
    }

    #[test]
    fn the_first_of_a_french_month_is_an_ordinal() {
        assert_eq!(date_long(Language::French, date(2027, 2, 1)), "lundi 1er février");
        assert_eq!(date_full(Language::French, date(2027, 1, 1)), "1er janvier 2027");
    }

    #[test]
    fn dates_that_are_known_in_part() {
        let known = ["1955", "1955-12", "1955-12-07"].map(|text| text.parse::<Since>().expect("a date"));
        for (language, written) in [
            (Language::Japanese, ["1955年", "1955年12月", "1955年12月7日"]),
            (Language::English, ["1955", "December 1955", "7 December 1955"]),
            (Language::Chinese, ["1955年", "1955年12月", "1955年12月7日"]),
            (Language::Korean, ["1955년", "1955년 12월", "1955년 12월 7일"]),
            (Language::French, ["1955", "décembre 1955", "7 décembre 1955"]),
        ] {
            assert_eq!(known.map(|known| since(language, known)), written);
        }
    }

    #[test]
    fn times_are_written_as_each_language_writes_them() {
        for (language, half, noon, span) in [
            (Language::Japanese, "17時30分", "12時", "9:00–12:00"),
            (Language::English, "17:30", "12:00", "9:00–12:00"),
            (Language::Chinese, "17:30", "12:00", "9:00–12:00"),
            (Language::Korean, "17:30", "12:00", "9:00–12:00"),
            (Language::French, "17\u{a0}h\u{a0}30", "12\u{a0}h", "9\u{a0}h\u{a0}– 12\u{a0}h"),
        ] {
            assert_eq!(time(language, clock(17, 30, 0, 0)), half);
            assert_eq!(time(language, clock(12, 0, 0, 0)), noon);
            assert_eq!(time_span(language, clock(9, 0, 0, 0), clock(12, 0, 0, 0)), span);
        }
    }

    #[test]
    fn every_weekday_has_its_own_name() {
        for language in [Language::Japanese, Language::English, Language::Chinese, Language::Korean, Language::French] {
            let names: std::collections::HashSet<_> =
                Weekday::Monday.cycle_forward().take(7).map(|day| weekday(language, day)).collect();
            assert_eq!(names.len(), 7, "{language:?}");
        }
    }
}
