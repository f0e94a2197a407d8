//! Which of the five languages a text is in. Where that leaves doubt, the answer is none: a letter in two languages is
//! better than one in the wrong one.

use whatlang::{Detector, Lang};

use crate::domain::Named;
use crate::domain::language::Language;

/// What else is known of a text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// `Content-Language` of a letter.
    pub content_language: Option<&'a str>,
}

/// Characters that only simplified Chinese has, of the words that enquiries have.
const SIMPLIFIED: &str = "们这为请问谢关于会议说对吗过还没给让见东车书时间联系电话们项达务际认许个么样题谁从后发现应该变动开话语读说请题让议员总组织结谢访进达运还这过选问间";
/// Characters that Japanese writes and Chinese does not.
const JAPANESE: &str = "様込働畑峠県図学国際気対応経済価価歴駅鉄円売続検証広拠辺";
/// The fewest letters of which the detector is believed.
const ENOUGH: usize = 24;

/// The language of a text, if it is certain.
#[must_use]
pub fn detect(text: &str, hints: Hints<'_>) -> Option<Language> {
    let sample: String = text.chars().take(4000).collect();
    by_script(&sample).or_else(|| by_words(&sample)).or_else(|| by_label(hints.content_language?))
}

fn by_script(text: &str) -> Option<Language> {
    let count = |wanted: fn(char) -> bool| text.chars().filter(|character| wanted(*character)).count();
    let kana = count(|character| matches!(character, '\u{3041}'..='\u{30ff}'));
    let hangul = count(|character| matches!(character, '\u{ac00}'..='\u{d7a3}'));
    let han = count(|character| matches!(character, '\u{4e00}'..='\u{9fff}'));
    let latin = count(|character| character.is_ascii_alphabetic());
    // A name in another script does not make a letter another language.
    if hangul >= 2 && hangul > kana && hangul * 4 > latin {
        return Some(Language::Korean);
    }
    if kana >= 2 && kana * 4 > latin / 2 {
        return Some(Language::Japanese);
    }
    if han >= 2 && han * 4 > latin {
        let has = |signs: &str| text.chars().filter(|character| signs.contains(*character)).count();
        let (simplified, japanese) = (has(SIMPLIFIED), has(JAPANESE));
        return match simplified.cmp(&japanese) {
            std::cmp::Ordering::Greater => Some(Language::Chinese),
            std::cmp::Ordering::Less => Some(Language::Japanese),
            std::cmp::Ordering::Equal => None,
        };
    }
    None
}

/// Latin script: words that only one of the two has, and the detector for longer texts.
fn by_words(text: &str) -> Option<Language> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|character: char| !character.is_alphabetic()).collect();
    let count = |list: &[&str]| words.iter().filter(|word| list.contains(word)).count();
    let english = count(&[
        "the", "and", "is", "are", "we", "you", "would", "our", "your", "of", "for", "please", "thank", "with", "dear",
        "hello",
    ]);
    let french = count(&[
        "le", "la", "les", "des", "nous", "vous", "et", "est", "une", "pour", "notre", "votre", "bonjour", "merci",
        "avec", "du",
    ]);
    if english.abs_diff(french) >= 2 {
        return Some(if english > french { Language::English } else { Language::French });
    }
    if lower.chars().filter(|character| character.is_alphabetic()).count() < ENOUGH {
        return None;
    }
    let detector = Detector::with_allowlist(vec![Lang::Eng, Lang::Fra]);
    let found = detector.detect(text).filter(|info| info.is_reliable())?;
    Some(if found.lang() == Lang::Fra { Language::French } else { Language::English })
}

fn by_label(label: &str) -> Option<Language> {
    let first = label.split([',', ';', '-', '_']).next()?.trim().to_ascii_lowercase();
    Language::from_name(&first).ok()
}

#[cfg(test)]
mod tests {
    use super::{Hints, detect};
    use crate::domain::language::Language;

    #[test]
    fn letters_as_they_come() {
        for (text, language) in [
            ("姉妹都市の提携についてお尋ねします。", Some(Language::Japanese)),
            ("国際交流課 御中 山田様", Some(Language::Japanese)),
            ("关于三国地方政府交流会议的报名方式，请问截止日期是什么时候？", Some(Language::Chinese)),
            ("한일 자매도시 교류 20주년 기념행사 문의드립니다.", Some(Language::Korean)),
            ("We would like to find a sister city in Japan for our town.", Some(Language::English)),
            ("Nous souhaitons trouver une commune partenaire au Japon pour notre ville.", Some(Language::French)),
            ("Hello", None),
            ("資料請求", None),
            ("", None),
        ] {
            assert_eq!(detect(text, Hints::default()), language, "{text}");
        }
        assert_eq!(detect("Hello", Hints { content_language: Some("fr-FR") }), Some(Language::French));
    }
}
