//! How answers are read.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::domain::blank::is_blank;
use crate::domain::questionnaire::{Days, Kind, Need, Question};
use crate::domain::sister_city::Country;

/// The most characters of an answer in one line.
const LONGEST_LINE: usize = 200;
/// The most characters of an answer in several lines.
const LONGEST_PARAGRAPH: usize = 4_000;
/// The largest number where nobody has set one.
const LARGEST: i64 = 999_999_999_999;
/// Years that dates may have.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;
/// What people write between the thousands of a number.
const BETWEEN_THOUSANDS: [char; 4] = [',', ' ', '\'', '’'];
/// What people write between year, month and day.
const BETWEEN_DATES: [char; 11] = ['-', '/', '.', '‐', '−', '年', '月', '日', '년', '월', '일'];
/// Japan's eras, by their two signs and their letter (JIS X 0301), with the year before their first.
const ERAS: [([char; 2], char, i16); 3] =
    [(['令', '和'], 'R', 2018), (['平', '成'], 'H', 1988), (['昭', '和'], 'S', 1925)];
/// How the first year of an era is written.
const FIRST_YEAR: char = '元';
/// What people write after a number of people.
const COUNTERS: [char; 3] = ['名', '人', '명'];

/// What is the matter with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// There is none, and there has to be one.
    Missing,
    /// So many characters too long.
    TooLong(usize),
    /// No whole number.
    NoNumber,
    /// Less than this.
    TooSmall(i64),
    /// More than this.
    TooLarge(i64),
    /// No date, or one whose day and month could be taken for each other.
    NoDate,
    /// A day that is over.
    Past,
    /// None of the options, or no country.
    NotOffered,
}

impl Question {
    /// Reads what was typed or chosen; nothing where nothing was, which is no answer where there is `need` of one. `today`
    /// is the desk's; `country` knows a country by its code or name.
    ///
    /// # Errors
    /// What is the matter with it.
    pub fn read(
        &self,
        typed: &str,
        need: Need,
        today: Date,
        country: impl Fn(&str) -> Option<Country>,
    ) -> Result<Option<String>, Flaw> {
        let typed = typed.trim();
        if is_blank(typed) {
            return if need == Need::Required { Err(Flaw::Missing) } else { Ok(None) };
        }
        let answer = match &self.kind {
            Kind::Line => no_longer_than(LONGEST_LINE, typed)?,
            Kind::Paragraph => no_longer_than(LONGEST_PARAGRAPH, typed)?,
            Kind::Number { least, most } => {
                let (least, most) = (least.unwrap_or(-LARGEST), most.unwrap_or(LARGEST));
                match read_number(typed).ok_or(Flaw::NoNumber)? {
                    number if number < least => return Err(Flaw::TooSmall(least)),
                    number if number > most => return Err(Flaw::TooLarge(most)),
                    number => number.to_string(),
                }
            }
            Kind::Date { days } => match read_date(typed).ok_or(Flaw::NoDate)? {
                day if *days == Days::FromToday && day < today => return Err(Flaw::Past),
                day => day.to_string(),
            },
            Kind::Choice { options } => {
                let place = typed.parse::<usize>().ok().filter(|place| (1..=options.len()).contains(place));
                place.ok_or(Flaw::NotOffered)?.to_string()
            }
            Kind::Country => country(typed).ok_or(Flaw::NotOffered)?.to_string(),
            Kind::File => typed.to_owned(),
        };
        Ok(Some(answer))
    }
}

fn no_longer_than(most: usize, typed: &str) -> Result<String, Flaw> {
    match typed.chars().count() {
        length if length > most => Err(Flaw::TooLong(length - most)),
        _ => Ok(typed.to_owned()),
    }
}

/// A number without the word that says of what, as "12 personnes".
fn without_word(typed: &str) -> &str {
    match typed.rsplit_once(char::is_whitespace) {
        Some((figures, word)) if word.chars().all(char::is_alphabetic) => figures.trim_end(),
        _ => typed,
    }
}

/// A whole number as people type it: "1,200", "1 200", "３名", "12 personnes". One that is beyond all bounds is the last within them.
#[must_use]
pub fn read_number(typed: &str) -> Option<i64> {
    let folded: String = typed.nfkc().collect();
    let figures = without_word(folded.trim()).trim_end_matches(COUNTERS).trim_end();
    let mut groups = figures.split(BETWEEN_THOUSANDS);
    let first = groups.next()?;
    let mut whole = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.trim_start_matches(['-', '+']).len() > 3 {
            return None;
        }
        whole.push_str(group);
    }
    let number: i128 = whole.parse().ok()?;
    Some(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
}

/// A date with its year first, as it is written in Asia and in ISO 8601: "2027-02-03", "2027年2月3日", "2027. 2. 3.", in
/// Japan also "令和9年2月3日" and "R9.2.3". What begins with its day or month could be meant either way.
#[must_use]
pub fn read_date(typed: &str) -> Option<Date> {
    let folded: String = typed.nfkc().collect();
    let (before, folded) = after_era(folded.trim());
    let between = |sign: char| sign.is_whitespace() || BETWEEN_DATES.contains(&sign);
    let mut figures = folded.split(between).filter(|figures| !figures.is_empty());
    let [year, month, day] = [figures.next()?, figures.next()?, figures.next()?];
    let is_whole = figures.next().is_none() && year.len() <= 4 && (year.len() == 4) == (before == 0);
    let year = if year.chars().eq([FIRST_YEAR]) { 1 } else { year.parse().ok()? };
    let date = Date::new(before.checked_add(year)?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (is_whole && YEARS.contains(&date.year())).then_some(date)
}

/// The year before the first one of the era that a date begins with, or nought, and what stands behind the era.
fn after_era(typed: &str) -> (i16, &str) {
    let eras = ERAS.iter().find_map(|(signs, letter, before)| {
        let mut rest = typed.chars();
        if rest.by_ref().take(2).eq(*signs) {
            return Some((*before, rest.as_str()));
        }
        let mut rest = typed.chars();
        let is_lettered = rest.next().is_some_and(|first| first.eq_ignore_ascii_case(letter));
        is_lettered.then_some((*before, rest.as_str()))
    });
    eras.unwrap_or((0, typed))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::division::Names;
    use crate::domain::language::Language;
    use crate::domain::questionnaire::question;

    const TODAY: Date = jiff::civil::date(2026, 11, 27);

    fn number(least: Option<i64>, most: Option<i64>) -> Kind {
        Kind::Number { least, most }
    }

    #[test]
    fn answers_as_people_type_them() {
        let options = vec![Names::new([(Language::English, "Yes".into())]), Names::default()];
        let choice = Kind::Choice { options };
        let long = "あ".repeat(201);
        let (dates, coming) = (Kind::Date { days: Days::Any }, Kind::Date { days: Days::FromToday });
        for (kind, typed, read) in [
            (Kind::Line, "  Lyon ", Ok(Some("Lyon"))),
            (Kind::Line, "\u{3000}", Ok(None)),
            (Kind::Line, &long, Err(Flaw::TooLong(1))),
            (Kind::Paragraph, "one\ntwo", Ok(Some("one\ntwo"))),
            (number(None, None), "３名", Ok(Some("3"))),
            (number(None, None), "1,200", Ok(Some("1200"))),
            (number(None, None), "1 200", Ok(Some("1200"))),
            (number(None, None), "1 200 personnes", Ok(Some("1200"))),
            (number(None, None), "12k", Err(Flaw::NoNumber)),
            (number(None, None), "3 4", Err(Flaw::NoNumber)),
            (number(None, None), "1234,567", Err(Flaw::NoNumber)),
            (number(None, None), "-1,234,567", Ok(Some("-1234567"))),
            (number(None, None), "1\u{202f}200", Ok(Some("1200"))),
            (number(None, None), "three", Err(Flaw::NoNumber)),
            (number(None, None), "1.5", Err(Flaw::NoNumber)),
            (number(None, None), "99999999999999999999", Err(Flaw::TooLarge(LARGEST))),
            (number(None, Some(9)), "99999999999999999999", Err(Flaw::TooLarge(9))),
            (number(Some(0), None), "-99999999999999999999", Err(Flaw::TooSmall(0))),
            (number(Some(1), Some(5)), "0", Err(Flaw::TooSmall(1))),
            (number(Some(1), Some(5)), "6", Err(Flaw::TooLarge(5))),
            (number(Some(1), Some(5)), "5", Ok(Some("5"))),
            (dates.clone(), "2027-02-03", Ok(Some("2027-02-03"))),
            (dates.clone(), "２０２７年２月３日", Ok(Some("2027-02-03"))),
            (dates.clone(), "2027. 2. 3.", Ok(Some("2027-02-03"))),
            (dates.clone(), "令和９年２月３日", Ok(Some("2027-02-03"))),
            (dates.clone(), "㋿元年5月1日", Ok(Some("2019-05-01"))),
            (dates.clone(), "H27.4.1", Ok(Some("2015-04-01"))),
            (dates.clone(), "s 64/1/7", Ok(Some("1989-01-07"))),
            (dates.clone(), "令和2027年2月3日", Err(Flaw::NoDate)),
            (dates.clone(), "元年2月3日", Err(Flaw::NoDate)),
            (dates.clone(), "2027/2/29", Err(Flaw::NoDate)),
            (dates.clone(), "3/2/2027", Err(Flaw::NoDate)),
            (dates.clone(), "27/2/3", Err(Flaw::NoDate)),
            (dates.clone(), "2027-02-03 and 04", Err(Flaw::NoDate)),
            (dates, "9999-01-01", Err(Flaw::NoDate)),
            (coming.clone(), "2026-11-26", Err(Flaw::Past)),
            (coming.clone(), "2026-11-27", Ok(Some("2026-11-27"))),
            (coming, "2027/2/29", Err(Flaw::NoDate)),
            (choice.clone(), "2", Ok(Some("2"))),
            (choice.clone(), "3", Err(Flaw::NotOffered)),
            (choice.clone(), "0", Err(Flaw::NotOffered)),
            (choice, "Yes", Err(Flaw::NotOffered)),
            (Kind::Country, "fr", Ok(Some("FR"))),
            (Kind::Country, "nowhere", Err(Flaw::NotOffered)),
            (Kind::File, "plan.pdf", Ok(Some("plan.pdf"))),
        ] {
            let question = question(kind);
            let read = read.map(|answer| answer.map(str::to_owned));
            assert_eq!(question.read(typed, Need::Optional, TODAY, Country::new), read, "{question:?} {typed}");
        }
    }

    #[test]
    fn what_has_to_be_answered_is() {
        assert_eq!(question(Kind::Line).read(" \u{200b}", Need::Required, TODAY, Country::new), Err(Flaw::Missing));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(typed in "\\PC{0,40}") {
            for kind in [Kind::Line, Kind::Paragraph, number(Some(-3), Some(3)), Kind::Date { days: Days::Any }, Kind::Country, Kind::File] {
                let question = question(kind);
                if let Ok(Some(answer)) = question.read(&typed, Need::Required, TODAY, Country::new) {
                    prop_assert_eq!(question.read(&answer, Need::Required, TODAY, Country::new), Ok(Some(answer)));
                }
            }
        }
    }
}
