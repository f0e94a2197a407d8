//! What templates of both audiences share: sizes of files, and names of languages in themselves.

use crate::domain::language::Language;
use crate::language::Words;

/// The name of a language in that language, as it stands in a choice of languages.
#[must_use]
pub fn own_name(language: Language) -> String {
    Words::public(language).say("language-name")
}

/// The tag of a language for `lang` attributes: the script of Chinese is said, since fonts differ by it.
pub(crate) fn tag(language: Language) -> &'static str {
    match language {
        Language::Japanese => "ja",
        Language::English => "en",
        Language::Chinese => "zh-Hans",
        Language::Korean => "ko",
        Language::French => "fr",
    }
}

/// The size of a file for people: "412 kB", "14.2 MB", « 14,2 Mo ». Both audiences have the keys `size-kilobytes` and
/// `size-megabytes`. Sizes round up, so that no file over a limit seems to keep to it.
#[must_use]
pub fn file_size(words: Words, bytes: u64) -> String {
    if bytes < 1_000_000 {
        return words.with("size-kilobytes", "size", bytes.div_ceil(1000));
    }
    let tenths = bytes.div_ceil(100_000);
    let mark = if words.language == Language::French { ',' } else { '.' };
    let size = match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}{mark}{rest}", tenths / 10),
    };
    words.with("size-megabytes", "size", size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (language, bytes, expected) in [
            (Language::English, 0, "0 kB"),
            (Language::English, 411_500, "412 kB"),
            (Language::Japanese, 1_000_000, "1 MB"),
            (Language::English, 14_150_000, "14.2 MB"),
            (Language::French, 14_150_000, "14,2\u{a0}Mo"),
        ] {
            assert_eq!(file_size(Words::public(language), bytes), expected);
        }
    }

    #[test]
    fn a_language_is_named_in_itself() {
        assert_eq!(own_name(Language::Korean), "한국어");
        assert_eq!(own_name(Language::French), "Français");
    }
}
