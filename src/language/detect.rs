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

/// As much of a text as is looked at.
const SAMPLE: usize = 4000;
/// Characters that Chinese writes and Japanese does not: simplified ones, traditional ones that Japan simplified
/// otherwise, and little words.
const CHINESE: &str = "们这为请问谢关于议说吗过还给让见东车书时间联电话项达务际认许个么样题谁从发现应该变动开读语员总组织结访进运选\
                       關會這們嗎您樣說對還讓總體學國實發經濟應變點廣歡當與從號臺灣辦單擔證轉檢處參獲將兩\
                       呢吧啊哪你什麼很";
/// Characters that Japanese writes and Chinese does not.
const JAPANESE: &str =
    "様込働畑峠県図気対応経済価歴駅鉄円売続検証広拠辺択訳沢団囲伝読発関帰総験実変戻斎桜斉頃届払仏御宛殿々";
/// The fewest letters of which the detector is believed.
const ENOUGH: usize = 24;

/// The language of a text, if it is certain.
#[must_use]
pub fn detect(text: &str, hints: Hints<'_>) -> Option<Language> {
    let sample = without_addresses(&text.chars().take(SAMPLE).collect::<String>());
    by_script(&sample).or_else(|| by_words(&sample)).or_else(|| by_label(hints.content_language?))
}

/// Addresses and links are Latin in every language.
fn without_addresses(text: &str) -> String {
    let is_word = |word: &&str| !word.contains('@') && !word.contains("://") && !word.starts_with("www.");
    text.split_whitespace().filter(is_word).collect::<Vec<_>>().join(" ")
}

fn by_script(text: &str) -> Option<Language> {
    let count = |wanted: fn(char) -> bool| text.chars().filter(|character| wanted(*character)).count();
    let kana = count(
        |character| matches!(character, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9d}'),
    );
    let hangul = count(|character| matches!(character, '\u{ac00}'..='\u{d7a3}'));
    let han = count(|character| matches!(character, '\u{4e00}'..='\u{9fff}'));
    let latin = count(char::is_alphabetic) - kana.min(count(char::is_alphabetic)) - hangul - han;
    // A name in another script does not make a letter another language; a character says as much as three letters.
    if (kana + hangul + han) * 3 <= latin {
        return None;
    }
    if hangul >= 2 && hangul > kana {
        return Some(Language::Korean);
    }
    // A Japanese name in a Chinese letter has a の in it at most.
    if kana >= 2 && kana * 12 >= han {
        return Some(Language::Japanese);
    }
    if han < 2 {
        return None;
    }
    let has = |signs: &str| text.chars().filter(|character| signs.contains(*character)).count();
    match has(CHINESE).cmp(&has(JAPANESE)) {
        std::cmp::Ordering::Greater => Some(Language::Chinese),
        std::cmp::Ordering::Less => Some(Language::Japanese),
        std::cmp::Ordering::Equal => None,
    }
}

/// Latin script: little words, and the detector for longer texts. Who writes neither English nor French is answered in
/// two languages.
fn by_words(text: &str) -> Option<Language> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|character: char| !character.is_alphabetic()).collect();
    let count = |list: &str| words.iter().filter(|word| list.split(' ').any(|other| other == **word)).count();
    let english = count(
        "the and is are we you would our your of for please thank thanks with dear hello have this that from can",
    );
    let french = count(
        "le les des nous vous et est une pour notre votre bonjour merci avec du sommes je ce cette dans sur aux à",
    );
    let others = count(
        "el los las y por con del que para estimados gracias saludos der die das und ist wir sie für mit eine nicht bitte \
         il gli per di che della grazie e sono o os uma com não obrigado het een van en wij voor met yang dan untuk kami dengan",
    );
    let (best, second, language) =
        if english >= french { (english, french, Language::English) } else { (french, english, Language::French) };
    if best >= second + 2 && best > others {
        return Some(language);
    }
    if lower.chars().filter(|character| character.is_alphabetic()).count() < ENOUGH {
        return None;
    }
    let found = Detector::new().detect(text).filter(|info| info.is_reliable())?;
    match found.lang() {
        Lang::Eng => Some(Language::English),
        Lang::Fra => Some(Language::French),
        _ => None,
    }
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
            ("ｶﾀｶﾅﾃﾞｽ", Some(Language::Japanese)),
            (
                "セミナーへの参加を希望します。連絡先: yamada@city.kobe.example https://www.city.kobe.example/",
                Some(Language::Japanese),
            ),
            ("关于三国地方政府交流会议的报名方式，请问截止日期是什么时候？", Some(Language::Chinese)),
            ("關於三國地方政府交流會議的報名方式，請問截止日期是什麼時候？", Some(Language::Chinese)),
            ("我们想参观「北の丸公園」，请问如何报名？", Some(Language::Chinese)),
            ("한일 자매도시 교류 20주년 기념행사 문의드립니다.", Some(Language::Korean)),
            ("We would like to find a sister city in Japan for our town.", Some(Language::English)),
            (
                "Thank you for your help with the visit to 神戸市 and こんにちは from all of us here.",
                Some(Language::English),
            ),
            ("Nous souhaitons trouver une commune partenaire au Japon pour notre ville.", Some(Language::French)),
            ("Bonjour, je vous remercie de votre réponse.", Some(Language::French)),
            (
                "Estimados señores: buscamos una ciudad hermana en Japón para la nuestra. Muchas gracias por la ayuda.",
                None,
            ),
            (
                "Sehr geehrte Damen und Herren, wir suchen eine Partnerstadt in Japan für die Stadt und bitten um Hilfe.",
                None,
            ),
            ("Hello", None),
            ("資料請求", None),
            ("12345", None),
            ("", None),
        ] {
            assert_eq!(detect(text, Hints::default()), language, "{text}");
        }
        assert_eq!(detect("Hello", Hints { content_language: Some("fr-FR") }), Some(Language::French));
    }
}
