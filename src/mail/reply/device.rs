//! The lines of telephones and web mail: `Sent from my iPhone` and its kin.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::mail::phrases::Phrases;

/// How the lines begin that telephones and web mail put below a letter, in lower case.
const BEGINNINGS: &[&str] = &[
    "sent from",
    "sent by",
    "från min",
    "sent via",
    "sent with",
    "sent using",
    "get outlook",
    "von meinem ",
    "von samsung",
    "gesendet",
    "diese nachricht wurde von",
    "hol dir",
    "envoyé",
    "télécharger",
    "obtenir",
    "enviado",
    "obtener",
    "obter",
    "inviato",
    "ottieni",
    "verstuurd",
    "verzonden",
    "skickat",
    "sendt fra",
    "отправлено",
    "wysłan",
    "lähetetty",
    "odesláno",
    "发自",
    "發自",
    "來自",
    "来自",
    "發送自",
    "发送自",
    "获取",
    "取得",
    "下载",
    "gửi từ",
    "tải outlook",
    "ส่งจาก",
    "รับ outlook",
    "ดาวน์โหลด outlook",
    "đã gửi từ",
    "나의 ",
    "네이버",
    "outlook für",
];
/// How they end in languages whose verbs stand last.
const ENDS: &[&str] =
    &["から送信", "を使用して送信", "を入手", "を入手する", "を取得", "보냄", "보냈습니다", "다운로드", "gönderildi"];
/// What they name.
static DEVICES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::in_any_case([
        "iphone",
        "ipad",
        "android",
        "galaxy",
        "samsung",
        "huawei",
        "华为",
        "xiaomi",
        "小米",
        "blackberry",
        "pixel",
        "mobile",
        "smartphone",
        "phone",
        "スマートフォン",
        "スマホ",
        "携帯",
        "手机",
        "갤럭시",
        "네이버 메일",
        "почт",
        "mail.ru",
        "приложени",
        "手機",
        "outlook",
        "gmail",
        "airmail",
        "mailbox",
        "yahoo",
        "proton",
        "gmx",
        "web.de",
        "qq邮箱",
        "网易邮箱",
        "mail for",
        "mail app",
        "rakuten",
        "楽天メール",
        "windows",
        "typeapp",
        "bluemail",
        "spark",
        "thunderbird",
        " mac",
        "handy",
        "mobil",
        "gerät",
        "tablet",
        "móvil",
        "celular",
        "téléphone",
        " my ",
    ])
});

/// The longest line of a device, in characters.
const LONGEST_OF_DEVICE: usize = 100;

/// `Sent from my iPhone` and its kin.
pub(super) fn is_of_a_device(line: &str) -> bool {
    // Outlook's has a link behind it; some stand in brackets.
    let line = line.trim_start().trim_start_matches(['<', '(', '[']);
    let (before, behind) = line.split_once('<').map_or((line, ""), |(before, link)| {
        (before.trim_end(), link.split_once('>').map_or("", |(_, behind)| behind.trim_end()))
    });
    // In languages whose verbs stand last it goes on: `Outlook for iOS<https://…> を入手`.
    let without_link = if behind.is_empty() { Cow::Borrowed(before) } else { Cow::Owned(format!("{before}{behind}")) };
    let words = without_link.split(']').next().unwrap_or_default().trim_end_matches(['>', ')', ' ']);
    if words.is_empty() || words.contains(['?', '？']) || words.chars().nth(LONGEST_OF_DEVICE).is_some() {
        return false;
    }
    // What ends with a verb, and all that is not of Latin letters, is beyond ASCII.
    if words.is_ascii() && !BEGINNINGS.iter().any(|beginning| begins(words, beginning)) {
        return false;
    }
    let words = words.to_lowercase();
    let words = words.trim_end_matches(['.', '。', ' ']);
    let is_chinese = words.starts_with(['从', '從', '使']) && (words.ends_with("发送") || words.ends_with("傳送"));
    let begins = BEGINNINGS.iter().any(|beginning| words.starts_with(beginning));
    let says = is_chinese || begins || ENDS.iter().any(|verb| words.ends_with(verb));
    says && DEVICES.any_in(words)
}

/// Whether a text begins with words whose letters of ASCII may be large or small.
fn begins(text: &str, words: &str) -> bool {
    text.as_bytes().get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words.as_bytes()))
}
