//! Short texts that say where the answers stand: further down, among what is quoted.

use std::sync::LazyLock;

use crate::mail::phrases::Phrases;
use crate::mail::text::Line;

/// The most lines of a text that only points to others, and the most of its bytes.
const MOST_LINES: usize = 4;
const LONGEST: usize = 240;

/// What points by itself.
static POINTING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([
        "see below",
        "see inline",
        "see in-line",
        "see in red",
        "below in",
        "highlighted parts",
        "siehe unten",
        "s. u",
        "voir ci-dessous",
        "voir plus bas",
        "voir en rouge",
        "cf. infra",
        "赤字部分",
        "赤字の部分",
        "赤字の箇所",
        "见下文",
        "見下文",
        "见红",
        "見紅",
        "インラインで失礼",
    ])
});

/// Who says what they have done, or will do: in the same sentence stands where.
static ANSWERING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([
        "answer",
        "repl",
        "respon",
        "comment",
        "antwort",
        "anmerkung",
        "kommentar",
        "réponse",
        "réponds",
        "répondu",
        "remarque",
        "回答",
        "返答",
        "返信",
        "答え",
        "コメント",
        "追記",
        "記入",
        "記載",
        "書きました",
        "書き込み",
        "回复",
        "回覆",
        "答复",
        "答覆",
        "批注",
        "标注",
        "標註",
        "답변",
        "답장",
        "회신",
    ])
});

/// Where: in a place of the letter below, or in a colour or a hand that tells it apart.
static PLACES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([
        "below",
        "inline",
        "in-line",
        "in red",
        "red text",
        "in blue",
        "in green",
        "in colour",
        "in color",
        "in bold",
        "in italics",
        "in caps",
        "in capitals",
        "embedded",
        "under each",
        "beneath",
        "between your",
        "within your",
        "marked with",
        "highlighted",
        "unten",
        "darunter",
        "im text",
        "in rot",
        "in blau",
        "farbig",
        "fett",
        "ci-dessous",
        "infra",
        "en rouge",
        "en bleu",
        "en gras",
        "dans le texte",
        "dans le corps",
        "sous chaque",
        "以下",
        "下に",
        "の下",
        "下記",
        "文中",
        "本文",
        "赤字",
        "赤で",
        "赤い字",
        "青字",
        "青で",
        "朱書",
        "朱で",
        "太字",
        "下線",
        "色付き",
        "印で",
        "→で",
        "内に",
        "の行",
        "インライン",
        "行内",
        "如下",
        "下面",
        "文中",
        "正文",
        "红",
        "紅",
        "蓝",
        "藍",
        "아래",
        "본문",
        "빨간",
        "붉은",
        "파란",
    ])
});

/// What speaks of somebody else's answers: thanks for them, or asks for some.
static OTHERS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([
        "thank you for",
        "thanks for",
        "your answer",
        "your repl",
        "your respon",
        "please answer",
        "please reply",
        "please respond",
        "merci pour",
        "vos réponses",
        "votre réponse",
        "danke für",
        "ihre antwort",
        "ありがとう",
        "回答ください",
        "記入ください",
        "記載ください",
        "返信ください",
        "ご回答を",
        "拝見",
        "谢谢您",
        "感谢您",
        "謝謝您",
        "感謝您",
        "감사",
    ])
});

/// Whether all that is left of a letter only says where the rest of it stands.
pub(super) fn points_below(kept: &[&Line<'_>]) -> bool {
    let said = || kept.iter().filter(|line| !line.is_blank());
    let length: usize = kept.iter().map(|line| line.text.len()).sum();
    length <= LONGEST && said().count() <= MOST_LINES && said().any(|line| points(line.text))
}

fn points(line: &str) -> bool {
    let is_pointer = |sentence: &str| {
        let asks = sentence.ends_with(['?', '？']);
        !asks && !OTHERS.any_in(sentence) && ANSWERING.any_in(sentence) && PLACES.any_as_words_in(sentence)
    };
    let line = line.trim();
    (POINTING.any_as_words_in(line) && !line.contains(['?', '？']))
        || line.split_inclusive(['。', '.', '!', '！', '?', '？']).any(is_pointer)
}
