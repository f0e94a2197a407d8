//! Blocks of headers above what is answered, as Outlook and its kin write them, in the languages of those who write to us.

use crate::mail::text::{COLON, FULL_WIDTH, Line};

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
    "Od",
    "Lähettäjä",
    "Feladó",
    "Gönderen",
    "Kimden",
    "De la",
    "Dari",
    "Từ",
    "Від",
    "Från",
    "Avsändare",
    "Afsender",
    "จาก",
    "Mittente",
    "Expéditeur",
    "Remitente",
    "Remetente",
    "发件者",
    "보낸 이",
    "de",
    "Người gửi",
];
const SENT: &[&str] = &[
    "Sent",
    "Date",
    "Gesendet",
    "Datum",
    "Envoyé",
    "Envoyé le",
    "Enviado",
    "Enviado el",
    "Enviada em",
    "Enviado em",
    "Enviada",
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
    "Дата",
    "时间",
    "Sendt",
    "Dato",
    "Sent at",
    "Wysłano",
    "Wysłane",
    "Odesláno",
    "Lähetetty",
    "Päivämäärä",
    "Elküldve",
    "Küldve",
    "Gönderildi",
    "Gönderme Tarihi",
    "Tarih",
    "Trimis",
    "Dikirim",
    "Đã gửi",
    "Ngày",
    "Надіслано",
    "ส่ง",
    "วันที่",
    "发件时间",
    "寄件時間",
    "ส่งเมื่อ",
    "ส่งแล้ว",
    "envoyé",
    "보낸 일시",
    "보낸 시각",
    "送信時間",
];
/// Those of them that stand in other lists of facts too.
const DATES: &[&str] = &[
    "Date",
    "Datum",
    "Fecha",
    "Data",
    "日時",
    "日付",
    "日期",
    "날짜",
    "Дата",
    "时间",
    "Dato",
    "Tarih",
    "Ngày",
    "วันที่",
    "Päivämäärä",
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
    "Til",
    "Do",
    "Komu",
    "Vastaanottaja",
    "Címzett",
    "Kime",
    "Alıcı",
    "Către",
    "Kepada",
    "Tới",
    "Đến",
    "ถึง",
    "Kopie",
    "Kopi",
    "Reply-To",
    "受信者",
    "送信先",
    "返信先",
    "收件者",
    "副本",
    "à",
    "Người nhận",
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
    "Temat",
    "Předmět",
    "Aihe",
    "Tárgy",
    "Konu",
    "Subiect",
    "Subjek",
    "Judul",
    "Chủ đề",
    "Tiêu đề",
    "เรื่อง",
    "标题",
    "タイトル",
    "หัวเรื่อง",
    "ชื่อเรื่อง",
    "objet",
];

/// The longest name of a header, in bytes.
const LONGEST_NAME: usize = 40;

/// What stands before the colon of a line, as the name of a header does.
fn header_name(line: &str) -> Option<&str> {
    let line = line.trim_start().trim_start_matches(['*', '|', ' ', '\u{a0}']);
    let start = &line.as_bytes()[..LONGEST_NAME.min(line.len())];
    let wide = "：".as_bytes();
    if !start.contains(&b':') && !start.contains(&wide[0]) {
        return None;
    }
    let is_colon = |at: &usize| start[*at] == b':' || (start[*at] == wide[0] && start[*at..].starts_with(wide));
    let colon = (0..start.len()).find(is_colon)?;
    Some(line[..colon].trim_end_matches(['*', ' ', '　', '\u{a0}', '\t']))
}

fn is_header(line: &str, names: &[&str]) -> bool {
    header_name(line).is_some_and(|name| names.contains(&name))
}

/// Whether a line names the sender as a header does.
pub(super) fn is_sender(line: &str) -> bool {
    is_header(line, FROM)
}

/// Whether a line is a header of a letter that is quoted.
pub(super) fn is_any(line: &str) -> bool {
    [FROM, SENT, TO, SUBJECT].into_iter().any(|names| is_header(line, names))
}

/// Whether a line has all of the headers in it, as where the ends of lines got lost.
fn is_whole(line: &str) -> bool {
    // What stands before each colon, from its last blank on or whole.
    let names: Vec<&str> =
        line.split(": ").take(20).map(|before| before.rsplit(' ').next().unwrap_or(before)).collect();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(name));
    names.len() > 4 && has(SENT) && has(FROM) && has(TO) && has(SUBJECT)
}

/// A block of headers as Outlook writes it above what is answered: how many lines it has.
pub(super) fn block(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let before = lines[at..].iter().take(4).take_while(|line| is_of_any_letter(line)).count();
    if at + before == lines.len() {
        return None;
    }
    Some(before + from_sender_or_date(lines, at + before)?)
}

/// Whether a line is a header that tells nothing by itself: web mail begins with the subject, or with whom it went to.
fn is_of_any_letter(line: &Line<'_>) -> bool {
    line.has(COLON | FULL_WIDTH)
        && header_name(line.text).is_some_and(|name| SUBJECT.contains(&name) || TO.contains(&name))
}

/// `10:00`.
fn has_time(line: &str) -> bool {
    let is_time = |four: &[u8]| four[1] == b':' && [0, 2, 3].into_iter().all(|at| four[at].is_ascii_digit());
    line.as_bytes().windows(4).any(is_time)
}

fn from_sender_or_date(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let first = lines[at].text;
    if !lines[at].has(COLON | FULL_WIDTH) {
        return None;
    }
    let name = header_name(first)?;
    // Some begin with the date; then the sender has to follow, with an address.
    let begins_with_date = SENT.contains(&name);
    if !FROM.contains(&name) && !begins_with_date {
        return None;
    }
    if is_whole(first) {
        return Some(1);
    }
    if lines.len() == at + 1 {
        return None;
    }
    let (mut sent, mut subject, mut length, mut blanks) = (begins_with_date, false, 1, 0);
    let mut address = first.contains('@');
    let mut timed = has_time(first);
    let (mut says_sent, mut addressee) = (begins_with_date && !DATES.contains(&name), false);
    let mut sender = !begins_with_date;
    for (offset, line) in lines[at + 1..].iter().take(12).enumerate() {
        let text = line.text.trim();
        let name = header_name(text);
        let is_in = |names: &[&str]| name.is_some_and(|name| names.contains(&name));
        let [is_sent, is_subject, is_sender, is_to] = [SENT, SUBJECT, FROM, TO].map(is_in);
        if is_sent || is_subject || is_sender || is_to {
            address = address || (is_sender && text.contains('@'));
            timed = timed || has_time(text);
            says_sent = says_sent || (is_sent && !is_in(DATES));
            (sender, addressee) = (sender || is_sender, addressee || is_to);
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
    let is_of_mail = address || timed || says_sent;
    let is_letter =
        if begins_with_date { address } else { is_of_mail && (subject || address || (says_sent && addressee)) };
    (sender && sent && is_letter).then_some(length)
}
