//! What stands above quoted history: attributions ("On … wrote:"), dividers, and blocks of headers, in the languages of
//! those who write to us.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::heading;
use crate::mail::header::is_direction_mark;
use crate::mail::phrases::Phrases;
use crate::mail::text::{AT, BEYOND_ASCII, COLON, DIGIT, FULL_WIDTH, Line, STROKE};

/// The longest attribution, in bytes.
const LONGEST: usize = 400;

/// An attribution.
pub(super) struct Caption {
    /// Over how many lines it goes.
    pub(super) length: usize,
    /// Whether it is one even if no quoted line follows: prose does not have a date and an address in it.
    pub(super) is_sure: bool,
}

/// How attributions end, the colon aside.
const ENDS: &[&str] = &[
    "wrote",
    "writes",
    "schrieb",
    "schrieben Sie",
    "geschrieben",
    "schreef",
    "a écrit",
    "escribió",
    "ha scritto",
    "escreveu",
    "skrev",
    "napisał",
    "napisał(a)",
    "написал",
    "написал(а)",
    "пишет",
    "のメール",
    "のメッセージ",
    "からのメール",
    "さんは書きました",
    "さんが書きました",
    "は書きました",
    "が書きました",
    "さんからのメッセージ",
    "さんは書いた",
    "書きました",
    "写道",
    "寫道",
    "작성",
    "님이 작성",
    "님이 쓴 메시지",
    "sent",
    "het volgende geschreven",
    "đã viết",
    "a scris",
    "kirjoitti",
    "írta",
    "yazdı",
    "napsal",
    "napsal(a)",
    "napísal",
    "menulis",
    "έγραψε",
    "เขียนว่า",
    "pisze",
    "쓴 글",
    "כתב",
    "כתבה",
];
/// The verb that ends an attribution even without a colon.
const WROTE: &str = "書きました";
/// Verbs behind which the writer's name stands.
static VERBS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::of([
        " schrieb ",
        " schreef ",
        " skrev ",
        " wrote on ",
        " a écrit le ",
        " ha scritto il ",
        " escribió el ",
        " ezt írta",
        "تمت كتابة ما يلي",
    ])
});
/// Words that an attribution may begin with.
const BEGINNINGS: &[&str] = &[
    "On ", "Am ", "Le ", "El ", "Il ", "Em ", "Op ", "Den ", "At ", "W dniu ", "På ", "Vào ", "在 ", "在", "於 ",
    "Dnia ",
];

fn begins(text: &str) -> bool {
    BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
}

/// The attribution that begins at a line, broken over up to three. One that is surely one goes before one that may be,
/// and of the latter the longest.
pub(super) fn caption(lines: &[Line<'_>], at: usize) -> Option<Caption> {
    let is_verb_alone = || lines[at].has(BEYOND_ASCII) && lines[at].text.contains(WROTE);
    if !lines[at].has(COLON | FULL_WIDTH | AT | STROKE | DIGIT) && !is_verb_alone() {
        return None;
    }
    let mut whole = Cow::Borrowed("");
    let mut likely: Option<Caption> = None;
    for length in 1..=3 {
        let Some(line) = lines.get(at + length - 1) else { break };
        let text = line.text.trim();
        if text.is_empty() || (length > 1 && line.is_quote()) || whole.len() + text.len() > LONGEST {
            break;
        }
        let before = std::mem::take(&mut whole);
        let before = before.as_ref();
        whole = if length == 1 { Cow::Borrowed(text) } else { Cow::Owned(format!("{before} {text}")) };
        if let Some(is_sure) = is_caption(&whole) {
            // A line that is one by itself does not take the lines above it along, unless they say when.
            let alone = length > 1 && is_caption(text).is_some();
            let says_who_and_when = digits(before) >= 3 && before.contains('@');
            if alone && !says_who_and_when && !begins(&whole) && !begins_with_day(&whole) {
                break;
            }
            likely = Some(Caption { length, is_sure });
            if is_sure || whole.ends_with([':', '：']) {
                break;
            }
        } else if length == 1 && !may_go_on(text) {
            break;
        }
    }
    likely
}

/// Whether a line could be the first of an attribution that goes on.
fn may_go_on(text: &str) -> bool {
    let digits = digits(text);
    (digits >= 1 && begins(text)) || (digits >= 3 && text.contains(['年', '년', '/', '.', '-', '<']))
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Words of whoever tells of a letter instead of answering it: `On 3 March at 10:00 my landlord wrote:`.
static TELLING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([" my ", " our ", " i wrote", " mon ", " ma ", " mes ", " notre ", " ich ", " mein", " unser"])
});

/// Whether it is one, and whether surely; otherwise quoted lines have to follow.
fn is_caption(line: &str) -> Option<bool> {
    // Most lines are prose.
    if !line.bytes().any(|byte| matches!(byte, b':' | b'@' | b'-') || !byte.is_ascii()) {
        return None;
    }
    let line = match line.contains(is_direction_mark) {
        true => line.chars().filter(|character| !is_direction_mark(*character)).collect(),
        false => Cow::Borrowed(line),
    };
    let trimmed = line.trim();
    let line = line.trim_matches(['*', '-', '_', ' ']);
    let has_colon = line.ends_with(':') || line.ends_with('：');
    let body = line.trim_end_matches([':', '：', ' ', '\u{a0}', '。']);
    let has_address = body.contains('@');
    // Gmail's of old, where the writer had no address that it knew.
    if !has_colon && !has_address && body.starts_with("20") && body.contains(" GMT") && begins_with_date(body) {
        return Some(false);
    }
    let closes = has_colon || trimmed.ends_with("--") || body.ends_with(WROTE);
    if !closes && !has_address {
        return None;
    }
    let has_date = digits(body) >= 3;
    let is_time = |four: &[u8]| four[1] == b':' && [0, 2, 3].into_iter().all(|at| four[at].is_ascii_digit());
    let has_time = has_date && body.as_bytes().windows(4).any(is_time);
    let ends = closes && ENDS.iter().any(|end| body.ends_with(end));
    let has_verb = ends || (closes && VERBS.any_in(body));
    // `---- Ada wrote ----` has hyphens for the colon.
    let is_framed = trimmed.ends_with("--") && trimmed.starts_with("--");
    if has_verb && (has_colon || is_framed || body.ends_with(WROTE)) {
        let is_short = ends && body.chars().count() <= SHORT;
        let is_one = begins(body) || has_date || has_address || is_framed || body.contains("さん") || is_short;
        return is_one.then(|| has_date && (has_address || (has_time && !TELLING.any_in(body))));
    }
    if is_framed && has_date && has_address {
        return Some(true);
    }
    // Words that else stand between hyphens, without them; a language whose verb is not known here; `Quoting Ada:`.
    let is_named = body.ends_with('>') || has_date;
    let cites = CITING.iter().any(|beginning| body.starts_with(beginning));
    if has_colon && (cites || (has_address && is_named) || is_bare_divider(body)) {
        return Some(has_date && has_address && body.ends_with('>') && body.contains('<') && begins_with_date(body));
    }
    if heading::is_sender(body) && has_address {
        return Some(false);
    }
    // Mail.ru: a date, a time, and a name behind a word that no list has.
    if has_colon && has_time && begins_with_date(body) {
        return Some(false);
    }
    // Gmail in Japanese: date, name and address, without a verb.
    let is_bare = has_date && has_address && body.ends_with('>') && body.contains('<') && begins_with_date(body);
    is_bare.then_some(false)
}

/// The longest attribution, in characters, that is known by nothing but its verb.
const SHORT: usize = 60;
/// What programs begin with that only name whom they quote.
const CITING: &[&str] = &["Quoting ", "Zitat von ", "Citando ", "Citation de ", "Citerar ", "引用 "];

/// `2026年11月24日…`, `2026/11/24…`, `15. marts 2017…`, or a weekday in front of it.
fn begins_with_date(body: &str) -> bool {
    let first: String = body.chars().take(16).collect();
    let has_day = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let behind_weekday = body.split_once([' ', '(', '（']).is_some_and(|(_, rest)| has_day(rest));
    (has_day(body) || behind_weekday) && first.contains(['年', '년', '/', '-', '.', ' '])
}

/// `02.04.2012 14:20 …`: digits and the signs of dates only, up to the first blank; or `2026年11月24日(火) 10:00 …`.
fn begins_with_day(line: &str) -> bool {
    let year = line.split(['年', '년']).next().unwrap_or_default();
    if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) && year.len() < line.len() {
        return true;
    }
    let day = line.split(' ').next().unwrap_or_default();
    (6..=12).contains(&day.len())
        && day.bytes().all(|byte| byte.is_ascii_digit() || b"./-".contains(&byte))
        && day.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// What stands between the hyphens of dividers, in lower case and without blanks.
const DIVIDERS: &[&str] = &[
    "original",
    "originalmessage",
    "originalappointment",
    "replymessage",
    "ursprünglichenachricht",
    "originalnachricht",
    "original-nachricht",
    "messaged'origine",
    "messaged’origine",
    "messageoriginal",
    "mensajeoriginal",
    "messaggiooriginale",
    "mensagemoriginal",
    "oorspronkelijkbericht",
    "元のメッセージ",
    "元のメール",
    "元メール",
    "元メッセージ",
    "以下元のメッセージ",
    "以下、元のメッセージ",
    "以下元メール",
    "以下、元メール",
    "以下引用",
    "以下、引用",
    "引用元メッセージ",
    "返信元メッセージ",
    "startoforiginalmessage",
    "オリジナルメッセージ",
    "原始邮件",
    "回复的原邮件",
    "原始郵件",
    "原始信息",
    "邮件原件",
    "원본메시지",
    "원본메일",
    "원본이메일",
    "originalmail",
    "antwortnachricht",
    "oprindeligmeddelelse",
    "ursprungligtmeddelande",
    "opprinneligmelding",
    "alkuperäinenviesti",
    "исходноесообщение",
    "оригинальноесообщение",
    "wiadomośćoryginalna",
    "oryginalnawiadomość",
    "původnízpráva",
    "pôvodnáspráva",
    "eredetiüzenet",
    "özgünileti",
    "özgüni̇leti",
    "orijinalmesaj",
    "mesajoriginal",
    "pesanasli",
    "thưgốc",
    "メッセージ（元）",
];

/// What stands there above a letter that is handed on, likewise.
const FORWARDED: &[&str] = &[
    "forwardedmessage",
    "forwardedmessages",
    "forwardedby",
    "weitergeleitetenachricht",
    "messagetransféré",
    "転送メッセージ",
    "転送されたメッセージ",
    "转发邮件信息",
    "转发的邮件",
    "轉寄郵件",
    "전달된메시지",
    "전달된메세지",
    "пересылаемоесообщение",
    "doorgestuurdbericht",
    "mensajereenviado",
    "messaggioinoltrato",
    "mensagemencaminhada",
];

/// The longest line that divides, in bytes.
const LONGEST_DIVIDER: usize = 120;

/// What dividers are framed with.
const FRAME: [char; 9] = ['-', '_', '=', '＝', '‐', '－', '―', '─', '━'];

/// Whether a line says so without a frame: a block of headers has to follow.
pub(super) fn is_bare_divider(text: &str) -> bool {
    is_one(&folded(text))
}

fn is_one(folded: &str) -> bool {
    let words = folded.trim_end_matches(':');
    DIVIDERS.contains(&words) || FORWARDED.contains(&words)
}

fn folded(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect()
}

/// What stands there without a frame.
const FORWARDING: &[&str] = &[
    "Begin forwarded message:",
    "転送されたメッセージ:",
    "転送されたメール:",
    "Début du message transféré",
    "Anfang der weitergeleiteten",
];

/// `-----Original Message-----` and its kin.
pub(super) fn is_divider(text: &str) -> bool {
    is_forwarding(text) || in_frame(text).is_some_and(|words| is_one(&words))
}

/// Whether a letter that is handed on stands below a line, and not one that is answered.
pub(super) fn hands_on(text: &str) -> bool {
    is_forwarding(text) || in_frame(text).is_some_and(|words| FORWARDED.iter().any(|begin| words.starts_with(begin)))
}

fn is_forwarding(text: &str) -> bool {
    let text = text.trim_matches('*').trim();
    text.len() <= LONGEST_DIVIDER && FORWARDING.iter().any(|beginning| text.starts_with(beginning))
}

/// What stands in the frame of a divider, folded.
fn in_frame(text: &str) -> Option<String> {
    let text = text.trim_matches('*').trim();
    if text.len() > LONGEST_DIVIDER || !text.starts_with(FRAME) {
        return None;
    }
    // QQ's web mail puts the names of blanks into plain text.
    let text = text.replace("&nbsp;", " ");
    let inner = text.trim_matches(|sign| FRAME.contains(&sign) || sign == ' ' || sign == '　');
    (text.len() - inner.len() >= 4).then(|| folded(inner))
}
