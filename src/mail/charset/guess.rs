//! What charset bytes are in that do not say, or say wrongly.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// As much as the detector reads.
const SAMPLE: usize = 64 * 1024;

/// How far bytes are from being UTF-8.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Brokenness {
    good: usize,
    /// Those of the good ones that have three bytes or more: other charsets hardly make them by chance.
    long: usize,
    bad: usize,
}

impl Brokenness {
    /// It is UTF-8 that something on the way broke in a few places, or cut off.
    pub(super) fn is_slight(self) -> bool {
        self.good >= 2 && self.good >= self.bad * 4
    }

    /// It can be what its label says, UTF-8.
    pub(super) fn fits_its_label(self) -> bool {
        self.long > 0 && self.long >= self.bad
    }

    /// Some characters of three bytes or more are whole.
    pub(super) fn has_any_long(self) -> bool {
        self.long > 0
    }

    /// Some characters of several bytes are whole.
    pub(super) fn has_any_good(self) -> bool {
        self.good > 0
    }
}

/// Counts the characters beyond ASCII, and the broken ones.
pub(super) fn brokenness_as_utf_8(bytes: &[u8]) -> Brokenness {
    let mut found = Brokenness::default();
    for chunk in bytes.utf8_chunks() {
        let signs = || chunk.valid().chars().filter(|character| !character.is_ascii());
        found.good += signs().count();
        found.long += signs().filter(|character| character.len_utf8() > 2).count();
        found.bad += usize::from(!chunk.invalid().is_empty());
    }
    found
}

/// Whether an encoding writes Chinese, Japanese or Korean.
pub(super) fn is_cjk(encoding: &'static Encoding) -> bool {
    country(encoding).is_some()
}

/// The country whose encoding it is.
pub(super) fn country(encoding: &'static Encoding) -> Option<&'static str> {
    match encoding {
        e if e == SHIFT_JIS || e == EUC_JP || e == encoding_rs::ISO_2022_JP => Some("jp"),
        e if e == GBK || e == GB18030 => Some("cn"),
        e if e == BIG5 => Some("tw"),
        e if e == EUC_KR => Some("kr"),
        _ => None,
    }
}

/// Whether all bytes above 127 can be half-width kana of JIS X 0201, and are no sentence of EUC-JP, which has hiragana.
pub(super) fn is_kana_only(bytes: &[u8]) -> bool {
    let euc = EUC_JP.decode_without_bom_handling_and_without_replacement(bytes);
    let is_sentence = euc.is_some_and(|text| text.chars().any(|c| matches!(c, '\u{3041}'..='\u{3096}')));
    bytes.iter().filter(|byte| **byte >= 0x80).all(|byte| (0xa1..=0xdf).contains(byte)) && !is_sentence
}

/// Whether a good part of a text is full-width kana.
fn has_kana(text: &str) -> bool {
    let (mut kana, mut signs) = (0_usize, 0_usize);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        signs += 1;
        kana += usize::from(matches!(character, '\u{3041}'..='\u{30fc}'));
    }
    kana * 5 >= signs
}

/// The Japanese encoding of a text that is whole in none, since a character of it was cut off: what it makes of most
/// bytes is kana and ideographs.
pub(super) fn broken_japanese(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    [SHIFT_JIS, EUC_JP].into_iter().find(|encoding| {
        let text = encoding.decode_without_bom_handling(sample).0;
        let signs = text.chars().filter(|character| !character.is_ascii()).count();
        signs > LONG_ENOUGH_TO_TELL && are_words(&text) && has_kana(&text)
    })
}

/// Characters of a broken text that leave no doubt.
const LONG_ENOUGH_TO_TELL: usize = 8;

/// The likeliest encoding, never UTF-8 unless nothing else is.
pub(super) fn guess(bytes: &[u8], country: Option<&'static str>) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let high = sample.iter().filter(|byte| **byte >= 0x80).count();
    if is_euc_kana(sample) {
        return EUC_JP;
    }
    let mut guessed = detected(sample, country);
    // Short names and subjects give the detector little. Where Japanese is expected, or nothing else is and this is a
    // desk in Japan, what can be read as Japanese is.
    let expects_japanese = country == Some("jp") || (country.is_none() && high <= SHORT);
    if expects_japanese
        && guessed != SHIFT_JIS
        && guessed != EUC_JP
        && (is_cjk(guessed) || country.is_some() || has_c1_pairs(sample))
        && let Some(japanese) = [EUC_JP, SHIFT_JIS].into_iter().find(|encoding| reads_as_words(sample, encoding))
    {
        return japanese;
    }
    let is_kana = is_kana_only(sample) && !stand_in_words(sample) && !reads_as_words(sample, guessed);
    if country == Some("jp") && high >= 3 && is_kana {
        return SHIFT_JIS;
    }
    // Half-width kana and machine-dependent signs make short Shift_JIS look like Latin.
    if !is_cjk(guessed) && guessed != UTF_8 && reads_as_words(sample, SHIFT_JIS) && has_c1_pairs(sample) {
        return SHIFT_JIS;
    }
    if is_cjk(guessed) && !reads_as_words(sample, guessed) {
        // The country misled it: a few accents in a letter from Japan.
        guessed = detected(sample, None);
    }
    let is_latin = !is_cjk(guessed) || !reads_as_words(sample, guessed);
    if guessed == UTF_8 || (is_latin && high < FEW_ACCENTS && stand_in_words(sample)) {
        return WINDOWS_1252;
    }
    guessed
}

/// High bytes of a text that is short.
const SHORT: usize = 12;
/// High bytes of which no detector can tell the alphabets of Europe apart.
const FEW_ACCENTS: usize = 6;

fn detected(sample: &[u8], country: Option<&'static str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(country.map(str::as_bytes), Utf8Detection::Allow)
}

/// Half-width kana of EUC-JP: each has 0x8E in front.
fn is_euc_kana(bytes: &[u8]) -> bool {
    let high: Vec<u8> = bytes.iter().copied().filter(|byte| *byte >= 0x80).collect();
    high.len() >= 4
        && high.len().is_multiple_of(2)
        && high.chunks(2).all(|pair| pair[0] == 0x8e && (0xa1..=0xdf).contains(&pair[1]))
}

/// Whether bytes above 127 stand alone, as the accents and signs of European texts do.
fn stand_in_words(bytes: &[u8]) -> bool {
    !bytes.windows(2).any(|two| two[0] >= 0x80 && two[1] >= 0x80)
}

/// Whether bytes are whole in an encoding and come out as words: kana, or ideographs and hangul only, and not as single
/// ones among letters of ASCII, which are accents misread.
fn reads_as_words(bytes: &[u8], encoding: &'static Encoding) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some_and(|text| are_words(&text))
}

fn are_words(text: &str) -> bool {
    let (mut words, mut others, mut alone) = (0_usize, 0_usize, 0_usize);
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\u{3001}'..='\u{30ff}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{ff01}'..='\u{ff5e}'
            | '\u{2460}'..='\u{24ff}'
            | '\u{3200}'..='\u{33ff}' => words += 1,
            // Half-width kana speak for nothing: most bytes can be read as such.
            '\u{ff61}'..='\u{ff9f}' => {}
            character if !character.is_ascii() => others += 1,
            _ => {
                before = character;
                continue;
            }
        }
        let after = characters.peek().copied().unwrap_or(' ');
        let is_between = before.is_ascii() && after.is_ascii();
        alone += usize::from(is_between && (before.is_ascii_alphabetic() || after.is_ascii_alphabetic()));
        before = character;
    }
    words > 0 && others * 4 <= words && alone * 2 < words
}

/// Bytes from 0x80 to 0x9F: lead bytes of Shift_JIS, and hardly anything in Latin but quotation marks. In a name of two
/// characters one of them suffices, if no letter of ASCII stands beside it.
fn has_c1_pairs(bytes: &[u8]) -> bool {
    let leads = bytes.windows(2).filter(|two| matches!(two[0], 0x81..=0x9f) && two[1] >= 0x40).count();
    let whole = bytes.windows(2).any(|two| matches!(two[0], 0x81..=0x9f) && two[1] >= 0x80);
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let in_words = bytes.windows(2).any(|two| {
        (two[0].is_ascii_alphabetic() && two[1] >= 0x80) || (two[0] >= 0x80 && two[1].is_ascii_alphabetic())
    });
    (leads >= 2 && leads * 3 >= high) || (whole && !in_words && leads * 4 >= high)
}

/// Whether a text that decodes without an error is all the same not what was written.
pub(super) fn is_implausible(bytes: &[u8], encoding: &'static Encoding, text: &str) -> bool {
    let signs: Vec<char> = text.chars().filter(|character| !character.is_ascii()).take(4000).collect();
    let count = |wanted: fn(char) -> bool| signs.iter().filter(|character| wanted(**character)).count();
    if encoding == SHIFT_JIS {
        // EUC-JP read as Shift_JIS is a row of half-width kana; sentences have kana of their own.
        let half = count(|c| matches!(c, '\u{ff61}'..='\u{ff9f}'));
        let sample = &bytes[..bytes.len().min(SAMPLE)];
        return half * 2 > signs.len()
            && reads_as_words(sample, EUC_JP)
            && has_kana(&EUC_JP.decode_without_bom_handling(sample).0);
    }
    if is_cjk(encoding) {
        let odd = count(|c| matches!(c, '\u{e000}'..='\u{f8ff}'));
        return odd * 4 > signs.len();
    }
    // Single bytes never fail: Japanese labelled as Latin shows itself by lead bytes, or by the detector.
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if has_c1_pairs(sample) && reads_as_words(sample, SHIFT_JIS) {
        return true;
    }
    let is_thai = |character: char| matches!(character, '\u{e00}'..='\u{e7f}');
    if signs.len() < 4 || count(is_thai) == signs.len() || letters_beside_letters(text) * 4 >= signs.len() {
        return false;
    }
    let guessed = guess(sample, None);
    if is_cjk(guessed) {
        return reads_as_words(sample, guessed);
    }
    // Whole words without a letter of ASCII are of another alphabet.
    encoding == WINDOWS_1252 && signs.len() >= MANY_LETTERS && has_own_alphabet(guessed)
}

/// Letters outside ASCII that are more than a name.
const MANY_LETTERS: usize = 12;

/// Whether an encoding is of an alphabet that is written without the letters of ASCII.
fn has_own_alphabet(encoding: &'static Encoding) -> bool {
    [
        encoding_rs::WINDOWS_1251,
        encoding_rs::KOI8_R,
        encoding_rs::KOI8_U,
        encoding_rs::ISO_8859_5,
        encoding_rs::IBM866,
        encoding_rs::WINDOWS_1253,
        encoding_rs::ISO_8859_7,
        encoding_rs::WINDOWS_1255,
        encoding_rs::ISO_8859_8,
        encoding_rs::WINDOWS_1256,
        encoding_rs::ISO_8859_6,
        encoding_rs::WINDOWS_874,
    ]
    .contains(&encoding)
}

/// Letters outside ASCII that stand beside a letter of ASCII, as in words of European languages.
pub(super) fn letters_beside_letters(text: &str) -> usize {
    let characters: Vec<char> = text.chars().take(SAMPLE).collect();
    let is_letter = |at: Option<&char>| at.is_some_and(char::is_ascii_alphabetic);
    characters
        .iter()
        .enumerate()
        .filter(|(at, c)| {
            !c.is_ascii()
                && c.is_alphabetic()
                && (is_letter(characters.get(at + 1)) || is_letter(at.checked_sub(1).and_then(|b| characters.get(b))))
        })
        .count()
}
