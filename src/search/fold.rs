//! Folding: what people take for the same letter becomes the same letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Variants of Chinese characters that names and texts mix, each beside the one that it is folded to. NFKC keeps them
/// apart. Forms of Japan, of the mainland and of before the reforms.
const VARIANTS: &[(&str, char)] = &[
    ("髙", '高'),
    ("﨑嵜碕", '崎'),
    ("濵濱滨", '浜'),
    ("邊邉边", '辺'),
    ("齋齊斎齐斋", '斉'),
    ("澤泽", '沢'),
    ("櫻樱", '桜'),
    ("國囯", '国'),
    ("廣广", '広'),
    ("會会", '会'),
    ("際际", '際'),
    ("體体", '体'),
    ("關关", '関'),
    ("縣县", '県'),
    ("區区", '区'),
    ("賞赏", '賞'),
    ("獎奖", '奨'),
    ("學学", '学'),
    ("驛驿", '駅'),
    ("鐵铁", '鉄'),
    ("櫛栉", '櫛'),
    ("與与", '与'),
    ("萬万", '万'),
    ("圖图", '図'),
    ("號号", '号'),
    ("發发", '発'),
    ("變变", '変'),
    ("應应", '応'),
    ("當当", '当'),
    ("團团", '団'),
    ("壽寿", '寿'),
    ("實实", '実'),
    ("寫写", '写'),
    ("將将", '将'),
    ("對对", '対'),
    ("屆届", '届'),
    ("島嶋嶌岛", '島'),
    ("嶽岳", '岳'),
    ("德徳", '徳'),
    ("惠恵", '恵'),
    ("戶戸户", '戸'),
    ("拜拝", '拝'),
    ("據据拠", '拠'),
    ("數数", '数'),
    ("日曰", '日'),
    ("晝昼", '昼'),
    ("條条", '条'),
    ("來来", '来'),
    ("榮荣", '栄'),
    ("樂乐", '楽'),
    ("橫横", '横'),
    ("檢检", '検'),
    ("權权", '権'),
    ("歐欧", '欧'),
    ("歷历歴", '歴'),
    ("氣气", '気'),
    ("灣湾", '湾'),
    ("瀧滝", '滝'),
    ("瀨瀬濑", '瀬'),
    ("爲為为", '為'),
    ("狀状", '状'),
    ("獻献", '献'),
    ("瑤瑶", '瑶'),
    ("畫画", '画'),
    ("眞真", '真'),
    ("礼禮", '礼'),
    ("稻稲", '稲'),
    ("絲丝", '糸'),
    ("經经", '経'),
    ("綠緑绿", '緑'),
    ("總总", '総'),
    ("緣縁缘", '縁'),
    ("聲声", '声'),
    ("聯联", '連'),
    ("臺台", '台'),
    ("舊旧", '旧'),
    ("藝艺", '芸'),
    ("藏蔵", '蔵'),
    ("處处", '処'),
    ("衞衛卫", '衛'),
    ("裝装", '装'),
    ("覺觉", '覚'),
    ("覽览", '覧'),
    ("觀观", '観'),
    ("證证", '証'),
    ("譯译", '訳'),
    ("讀读", '読'),
    ("變变", '変'),
    ("豐丰", '豊'),
    ("轉转", '転'),
    ("辭辞", '辞'),
    ("遲迟", '遅'),
    ("邦", '邦'),
    ("都", '都'),
    ("鄰隣邻", '隣'),
    ("醫医", '医'),
    ("錄録录", '録'),
    ("鎭鎮镇", '鎮'),
    ("長长", '長'),
    ("門门", '門'),
    ("間间", '間'),
    ("閱阅", '閲'),
    ("陽阳", '陽'),
    ("雜杂", '雑'),
    ("靜静", '静'),
    ("顯显", '顕'),
    ("顏顔颜", '顔'),
    ("館舘馆", '館'),
    ("驗验", '験'),
    ("黑黒", '黒'),
    ("龍龙", '竜'),
    ("龜龟", '亀'),
    ("濟济", '済'),
    ("議议", '議'),
    ("報报", '報'),
    ("書书", '書'),
    ("語语", '語'),
    ("課课", '課'),
    ("韓韩", '韓'),
    ("馬马", '馬'),
    ("車车", '車'),
    ("東东", '東'),
    ("業业", '業'),
    ("員员", '員'),
    ("務务", '務'),
    ("組组", '組'),
    ("織织", '織'),
    ("協协", '協'),
    ("結结", '結'),
    ("訪访", '訪'),
    ("請请", '請'),
    ("認认", '認'),
    ("難难", '難'),
    ("貿贸", '貿'),
    ("連连", '連'),
    ("選选", '選'),
    ("電电", '電'),
    ("頭头", '頭'),
    ("題题", '題'),
    ("類类", '類'),
    ("題题", '題'),
    ("達达", '達'),
    ("進进", '進'),
    ("運运", '運'),
    ("過过", '過'),
    ("還还", '還'),
    ("這这", '這'),
];

/// Text as it is compared: width, case, kana, accents and variants aside. Folding twice is folding once.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut whole = true;
    for character in text.chars() {
        match folds_by_itself(character) {
            Some(one) => folded.push(one),
            None => {
                whole = false;
                fold_character(character, &mut folded);
            }
        }
    }
    if whole {
        return folded;
    }
    // What one character folds to may combine with its neighbour: half-width ｶﾞ is two characters and one letter.
    let combined: String = folded.nfc().collect();
    combined.chars().map(|character| hiragana(variant(character))).collect()
}

/// What a character of most texts folds to: one that neither decomposes nor combines, which saves the tables of Unicode.
fn folds_by_itself(character: char) -> Option<char> {
    match character {
        '`' => Some('\''),
        '\0'..='\x7f' => Some(character.to_ascii_lowercase()),
        'ぁ'..='ゖ' | '가'..='힣' | '、'..='〟' => Some(character),
        'ァ'..='ヶ' => Some(hiragana(character)),
        '\u{4e00}'..='\u{9fff}' => Some(variant(character)),
        _ => None,
    }
}

/// Folds one character; it may become none, one or several.
pub(super) fn fold_character(character: char, out: &mut String) {
    let mut base = ' ';
    for part in std::iter::once(character).nfkc().flat_map(char::to_lowercase).nfd() {
        if is_combining_mark(part) {
            // Dakuten tell letters apart; accents do not.
            if !is_spaced_letter(base) {
                out.push(part);
            }
            continue;
        }
        base = part;
        match part {
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'ı' => out.push('i'),
            '’' | '‘' | 'ʼ' | '`' | '´' => out.push('\''),
            '‐' | '‑' | '‒' | '–' | '—' | '−' | '─' => out.push('-'),
            other => out.push(hiragana(variant(other))),
        }
    }
}

fn is_spaced_letter(character: char) -> bool {
    character.is_alphabetic() && (character as u32) < 0x0590
}

fn hiragana(character: char) -> char {
    match character {
        'ァ'..='ヶ' => char::from_u32(character as u32 - 0x60).unwrap_or(character),
        'ヽ' | 'ヾ' => char::from_u32(character as u32 - 0x60).unwrap_or(character),
        other => other,
    }
}

fn variant(character: char) -> char {
    use std::collections::HashMap;
    use std::sync::LazyLock;
    static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let pairs = VARIANTS.iter().flat_map(|(variants, to)| variants.chars().map(|from| (from, *to)));
        pairs.collect()
    });
    if (character as u32) < 0x3400 { character } else { TABLE.get(&character).copied().unwrap_or(character) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fold;

    #[test]
    fn what_people_take_for_the_same() {
        for (one, other) in [
            ("ＡＢＣ", "abc"),
            ("ｱｲｳ", "あいう"),
            ("ｶﾞｲﾄﾞ", "がいど"),
            ("ガイド", "がいど"),
            ("髙﨑", "高崎"),
            ("國際", "国际"),
            ("Élodie", "elodie"),
            ("Straße", "STRASSE"),
            ("œuvre", "oeuvre"),
            ("㈱", "(株)"),
            ("０３−５２１３", "03-5213"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("か"), fold("が"), "dakuten tell letters apart");
        assert_eq!(fold("한국어"), "한국어");
    }

    #[test]
    fn the_short_way_is_the_long_way() {
        use unicode_normalization::UnicodeNormalization;
        for character in '\0'..='\u{ffff}' {
            let Some(short) = super::folds_by_itself(character) else { continue };
            let mut long = String::new();
            super::fold_character(character, &mut long);
            let long: String = long.nfc().map(|one| super::hiragana(super::variant(one))).collect();
            assert_eq!(long, short.to_string(), "{character}");
        }
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
        }
    }
}
