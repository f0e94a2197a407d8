//! What stands above quoted history: attributions ("On … wrote:"), dividers, and blocks of headers, in the languages of
//! those who write to us.

use crate::mail::reply::Line;

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
];
/// Verbs behind which the writer's name stands.
const VERBS: &[&str] = &[" schrieb ", " schreef ", " wrote on ", " schrieb am "];
/// Words that an attribution may begin with.
const BEGINNINGS: &[&str] = &[
    "On ", "Am ", "Le ", "El ", "Il ", "Em ", "Op ", "Den ", "At ", "W dniu ", "På ", "Vào ", "在 ", "在", "於 ",
    "Dnia ",
];

/// The attribution that begins at a line, broken over up to three.
pub(super) fn caption(lines: &[Line], at: usize) -> Option<Caption> {
    let mut whole = String::new();
    for length in 1..=3 {
        let line = lines.get(at + length - 1)?;
        let text = line.text.trim();
        if text.is_empty() || (length > 1 && line.is_quote()) || whole.len() + text.len() > LONGEST {
            return None;
        }
        if !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(text);
        if let Some(is_sure) = is_caption(&whole) {
            // A line that is one by itself does not take the lines above it along, unless they say when.
            let alone = length > 1 && is_caption(text).is_some();
            if !alone || BEGINNINGS.iter().any(|beginning| whole.starts_with(beginning)) {
                return Some(Caption { length, is_sure });
            }
            return None;
        }
        if length == 1 && !may_go_on(text) {
            return None;
        }
    }
    None
}

/// Whether a line could be the first of an attribution that goes on.
fn may_go_on(text: &str) -> bool {
    let has_digits = text.bytes().filter(u8::is_ascii_digit).count() >= 3;
    has_digits
        && (BEGINNINGS.iter().any(|beginning| text.starts_with(beginning))
            || text.contains(['年', '년', '/', '.', '-', '<']))
}

/// Whether it is one, and whether surely.
fn is_caption(line: &str) -> Option<bool> {
    let trimmed = line.trim();
    let line = line.trim_matches(['*', '-', '_', ' ']);
    let has_colon = line.ends_with(':') || line.ends_with('：');
    let body = line.trim_end_matches([':', '：', ' ', '\u{a0}', '。']);
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    let has_address = body.contains('@');
    let has_date = digits >= 3;
    let has_time = body.as_bytes().windows(4).any(|four| {
        four[0].is_ascii_digit() && four[1] == b':' && four[2].is_ascii_digit() && four[3].is_ascii_digit()
    });
    let ends = ENDS.iter().any(|end| body.ends_with(end));
    let has_verb = ends || VERBS.iter().any(|verb| body.contains(verb));
    // `---- Ada wrote ----` has hyphens for the colon.
    let is_framed = trimmed.ends_with("--") && trimmed.starts_with("--");
    if has_verb && (has_colon || is_framed || body.ends_with("書きました")) {
        let begins = BEGINNINGS.iter().any(|beginning| body.starts_with(beginning));
        let is_one = begins || has_date || has_address || is_framed || body.contains("さん");
        return is_one.then_some(has_date && (has_address || has_time));
    }
    // Gmail in Japanese: date, name and address, without a verb.
    let is_bare = has_date && has_address && body.ends_with('>') && body.contains('<') && begins_with_date(body);
    is_bare.then_some(has_colon)
}

/// `2026年11月24日…`, `2026/11/24…`, `2026-11-24…`, `15. marts 2017…`, or a weekday in front of it.
fn begins_with_date(body: &str) -> bool {
    let first: String = body.chars().take(16).collect();
    first.bytes().filter(u8::is_ascii_digit).count() >= 3 && first.contains(['年', '년', '/', '-', '.', ' '])
}

/// What stands between the hyphens of dividers, in lower case and without blanks.
const DIVIDERS: &[&str] = &[
    "originalmessage",
    "originalappointment",
    "forwardedmessage",
    "forwardedmessages",
    "forwardedby",
    "replymessage",
    "ursprünglichenachricht",
    "originalnachricht",
    "original-nachricht",
    "weitergeleitetenachricht",
    "messaged'origine",
    "messaged’origine",
    "messageoriginal",
    "messagetransféré",
    "mensajeoriginal",
    "messaggiooriginale",
    "mensagemoriginal",
    "oorspronkelijkbericht",
    "元のメッセージ",
    "元のメール",
    "転送メッセージ",
    "転送されたメッセージ",
    "オリジナルメッセージ",
    "原始邮件",
    "原始郵件",
    "原始信息",
    "邮件原件",
    "转发邮件信息",
    "转发的邮件",
    "轉寄郵件",
    "원본메시지",
    "원본메일",
    "원본이메일",
    "전달된메시지",
    "전달된메세지",
    "originalmail",
    "antwortnachricht",
    "oprindeligmeddelelse",
];

/// `-----Original Message-----` and its kin.
pub(super) fn is_divider(text: &str) -> bool {
    let text = text.trim_start_matches('*').trim_end_matches('*').trim();
    if text.len() > 120 {
        return false;
    }
    let begins = [
        "Begin forwarded message:",
        "転送されたメッセージ:",
        "Début du message transféré",
        "Anfang der weitergeleiteten",
    ];
    if begins.iter().any(|beginning| text.starts_with(beginning)) {
        return true;
    }
    let inner = text.trim_matches(['-', '_', '=', '－', '―', '─', '━', ' ', '　']);
    let framed = text.len() - inner.len() >= 4 && text.starts_with(['-', '_', '=', '－', '―', '─', '━']);
    let folded: String = inner.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    framed && DIVIDERS.iter().any(|divider| folded == *divider || folded.trim_end_matches(':') == *divider)
}

const FROM: &[&str] = &[
    "From",
    "Von",
    "De",
    "Da",
    "Van",
    "Från",
    "Fra",
    "差出人",
    "送信者",
    "送信元",
    "发件人",
    "寄件者",
    "寄件人",
    "보낸 사람",
    "보낸사람",
    "보낸이",
    "От",
];
const SENT: &[&str] = &[
    "Sent",
    "Date",
    "Gesendet",
    "Datum",
    "Envoyé",
    "Envoyé le",
    "Enviado",
    "Fecha",
    "Data",
    "Inviato",
    "送信日時",
    "日時",
    "日付",
    "送信日",
    "发送时间",
    "发送日期",
    "日期",
    "寄件日期",
    "傳送時間",
    "보낸 날짜",
    "보낸날짜",
    "날짜",
    "보낸 시간",
    "Verzonden",
    "Skickat",
    "Отправлено",
    "时间",
];
const TO: &[&str] = &[
    "To",
    "An",
    "À",
    "A",
    "Para",
    "Cc",
    "CC",
    "宛先",
    "收件人",
    "抄送",
    "받는 사람",
    "받는사람",
    "받는이",
    "참조",
    "Aan",
    "Till",
    "Кому",
];
const SUBJECT: &[&str] = &[
    "Subject",
    "Betreff",
    "Objet",
    "Asunto",
    "Oggetto",
    "Assunto",
    "件名",
    "題名",
    "主题",
    "主旨",
    "主題",
    "제목",
    "Onderwerp",
    "Ämne",
    "Emne",
    "Тема",
];

/// The longest name of a header, in bytes.
const LONGEST_NAME: usize = 40;

/// What stands before the colon of a line, as the name of a header does.
fn header_name(line: &str) -> Option<&str> {
    let line = line.trim_start().trim_start_matches(['*', '|', ' ', '\u{a0}']);
    let end = (0..=LONGEST_NAME.min(line.len())).rev().find(|end| line.is_char_boundary(*end))?;
    let colon = line[..end].find([':', '：'])?;
    Some(line[..colon].trim_end_matches(['*', ' ', '　', '\u{a0}', '\t']))
}

fn is_header(line: &str, names: &[&str]) -> bool {
    header_name(line).is_some_and(|name| names.contains(&name))
}

/// A block of headers as Outlook writes it above what is answered: how many lines it has.
pub(super) fn header_block(lines: &[Line], at: usize) -> Option<usize> {
    let first = &lines[at].text;
    // Some begin with the date; then the sender has to follow, with an address.
    let begins_with_date = is_header(first, SENT);
    if !is_header(first, FROM) && !begins_with_date {
        return None;
    }
    let (mut sent, mut subject, mut length, mut blanks) = (begins_with_date, false, 1, 0);
    let mut address = first.contains('@');
    let mut sender = !begins_with_date;
    for (offset, line) in lines[at + 1..].iter().take(12).enumerate() {
        let text = line.text.trim();
        let is_sent = is_header(text, SENT);
        let is_subject = is_header(text, SUBJECT);
        let is_sender = is_header(text, FROM);
        if is_sent || is_subject || is_sender || is_header(text, TO) {
            address = address || (is_sender && text.contains('@'));
            sender = sender || is_sender;
            (sent, subject) = (sent || is_sent, subject || is_subject);
            length = offset + 2;
            blanks = 0;
        } else if text.is_empty() {
            blanks += 1;
            if blanks > 1 || (subject && sent) {
                break;
            }
        } else if subject || blanks > 0 {
            break;
        }
    }
    // Whoever lists where a journey goes from and to writes no subject.
    let is_letter = if begins_with_date { address } else { subject || address };
    (sender && sent && is_letter).then_some(length)
}
