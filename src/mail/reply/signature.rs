//! Signatures: behind `-- ` (RFC 3676, 4.3), in frames as Japanese letters have them, and the lines of telephones.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::mail::phrases::Phrases;
use crate::mail::text::Line;

/// The most lines of a signature.
const LONGEST: usize = 20;

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

/// What stands in a signature and hardly elsewhere at a letter's end.
const CONTACTS: &[&str] = &[
    "tel", "℡", "☎", "fax", "電話", "〒", "http", "www.", "携帯", "e-mail", "mail:", "phone", "mobile", "内線", "直通",
    "전화", "电话",
];

/// Cuts the signature off.
pub(super) fn cut(lines: &mut Vec<&Line<'_>>) {
    trim(lines);
    if let Some(at) = delimiter(lines).filter(|at| !goes_on(&lines[*at..]) && !says_more_later(&lines[*at..])) {
        lines.truncate(at);
        trim(lines);
    }
    if let Some(at) = frame(lines).filter(|at| !goes_on(&lines[*at..])) {
        lines.truncate(at);
        trim(lines);
    }
    if let [_, .., last] = lines[..]
        && is_of_a_device(last.text)
    {
        lines.pop();
        trim(lines);
    }
}

/// Takes away what PGP puts around a text that it signs (RFC 9580, 7): head and signature.
pub(super) fn disarm(lines: &mut Vec<&Line<'_>>) {
    let is = |line: &&Line<'_>, text: &str| line.text.trim_end() == text;
    let Some(head) = lines.iter().position(|line| is(line, "-----BEGIN PGP SIGNED MESSAGE-----")) else { return };
    let Some(end) = lines.iter().position(|line| is(line, "-----BEGIN PGP SIGNATURE-----")).filter(|end| *end > head)
    else {
        return;
    };
    let after = lines.iter().position(|line| is(line, "-----END PGP SIGNATURE-----")).map_or(lines.len(), |at| at + 1);
    lines.drain(end..after.max(end));
    let fields = lines[head + 1..end].iter().take_while(|line| !line.is_blank()).count();
    lines.drain(head..head + 1 + fields);
}

/// How lines begin that are added below a signature, in lower case.
const POSTSCRIPTS: &[&str] =
    &["追伸", "追記", "p.s", "ps.", "ps:", "ps：", "p.p.s", "pps", "추신", "附言", "又及", "post-scriptum"];

/// Whether someone goes on writing below a signature.
fn goes_on(below: &[&Line<'_>]) -> bool {
    below.iter().map(|line| line.text.trim()).any(|text| {
        let start: String = text.chars().take(16).collect::<String>().to_lowercase();
        text.ends_with(['?', '？']) || POSTSCRIPTS.iter().any(|words| start.starts_with(words))
    })
}

/// Whether a paragraph below the first one is a sentence.
fn says_more_later(below: &[&Line<'_>]) -> bool {
    let mut later = below.iter().skip_while(|line| !line.is_blank());
    later.any(|line| is_japanese_sentence(line.text))
}

/// Where `-- ` stands. Without its blank it may as well divide a text: then it stands there more than once, or has
/// Japanese sentences below it (elsewhere signatures have mottoes).
fn delimiter(lines: &[&Line<'_>]) -> Option<usize> {
    let from = lines.len().saturating_sub(LONGEST);
    let mut found = (from..lines.len()).filter(|at| matches!(lines[*at].text.trim_end(), "--" | "- --" | "－－"));
    let first = found.next().filter(|at| *at > 0)?;
    let is_exact = lines[first].text == "-- ";
    let below = &lines[first + 1..];
    let divides = match found.next() {
        Some(second) => second + 1 < lines.len() || !has_contacts(below),
        None => below.iter().any(|line| is_japanese_sentence(line.text)) && !has_contacts(below),
    };
    // "Write to us at the address below" announces a signature with an address.
    let is_announced = is_announced(&lines[..first], &[]) && !(is_exact && has_contacts(below));
    ((is_exact || !divides) && !is_announced).then_some(first)
}

fn is_japanese_sentence(line: &str) -> bool {
    ["。", "ます", "です", "ました", "ません", "ですか", "ますか", "ください"]
        .iter()
        .any(|end| line.trim_end().ends_with(end))
}

fn is_prose(line: &Line<'_>) -> bool {
    line.text.chars().count() >= 60 || line.text.trim_end().ends_with(['.', '。'])
}

/// Whether somebody speaks in a frame: before its contacts, with them, or by asking. Below them stand notices and mottos.
fn is_spoken(inside: &[&Line<'_>]) -> bool {
    let contacts = inside.iter().position(|line| has_contacts(std::slice::from_ref(line))).unwrap_or(inside.len());
    let asks = |line: &Line<'_>| line.text.trim_end().ends_with(['?', '？']);
    inside.iter().enumerate().any(|(at, line)| is_sentence(line.text) && (at <= contacts || asks(line)))
}

/// Whether somebody says something in a line: in Japanese by how it ends, elsewhere by several words and a sign.
fn is_sentence(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(['?', '？', '。'])
        || is_japanese_sentence(line)
        || (line.ends_with(['.', '!', '！']) && line.split(' ').count() >= MANY_WORDS)
}

/// Words of a line that is more than the name of a company or a motto.
const MANY_WORDS: usize = 6;

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

fn trim(lines: &mut Vec<&Line<'_>>) {
    while lines.last().is_some_and(|line| line.is_blank()) {
        lines.pop();
    }
}

/// Where a frame begins that closes the letter, or that has nothing but a few lines of contacts below it.
fn frame(lines: &[&Line<'_>]) -> Option<usize> {
    let last = lines.len().checked_sub(1)?;
    let from = lines.len().saturating_sub(LONGEST);
    let frames: Vec<usize> = (from..lines.len()).filter(|at| is_frame(lines[*at].text)).collect();
    let open = match frames[..] {
        [.., close] if close == last => {
            let sign = sign_of(lines[close].text);
            let same = frames.iter().copied().filter(|at| *at < close && sign_of(lines[*at].text) == sign);
            same.min().or_else(|| frames.iter().rev().nth(1).copied())?
        }
        _ => *frames.iter().find(|at| {
            has_contacts(&lines[**at + 1..]) && !divides(lines, **at) && !underlines(lines, **at, &frames)
        })?,
    };
    if divides(lines, open) || has_text_below(lines, &frames) {
        return None;
    }
    let has_text_above = lines[..open].iter().any(|line| !line.is_blank());
    let inside = &lines[open + 1..];
    let count = inside.iter().filter(|line| !line.is_blank()).count();
    let is_short = count <= 4 && length_of_frame(lines[open].text) >= LONG_FRAME;
    // Names of people and offices have neither.
    let tells = |c: char| c.is_numeric() || matches!(c, ':' | '：' | '。');
    let says_more = inside.iter().any(|line| line.text.contains(tells) || line.text.contains("ます"));
    let is_signature = has_contacts(inside) || (frames.last() == Some(&last) && is_short && !says_more);
    let is_signature = is_signature && !is_spoken(inside);
    (has_text_above && is_signature && open > 0 && !is_announced(&lines[..open], inside)).then_some(open)
}

/// What forms of other sites call what was asked, in frames that have contacts too.
const ASKED: &[&str] = &[
    "内容",
    "ご用件",
    "質問",
    "ご意見",
    "メッセージ",
    "備考",
    "希望",
    "お願いします",
    "ID",
    "お名前",
    "参加者",
    "新住所",
    "旧住所",
    "人数",
];
/// Words by which a letter says that what it is about stands in the frame below.
const ANNOUNCING: &[&str] =
    &["下記", "以下", "次の", "左記", "下の", "連絡先", "エラー", "ログ", "as follows", "following", "below"];
/// How lines begin in frames that say what changes.
const CHANGED: &[&str] = &["旧", "新", "変更前", "変更後"];

/// Whether a frame is what the letter is about, though contacts stand in it.
fn is_announced(above: &[&Line<'_>], inside: &[&Line<'_>]) -> bool {
    let last = above.iter().rev().find(|line| !line.is_blank()).map_or("", |line| line.text).to_lowercase();
    let asks = inside.iter().any(|line| ASKED.iter().any(|word| line.text.contains(word)));
    let compares = inside.iter().filter(|line| CHANGED.iter().any(|word| line.text.trim_start().starts_with(word)));
    asks || ANNOUNCING.iter().any(|words| last.contains(words)) || last.ends_with([':', '：']) || compares.count() >= 2
}

/// Whether a line of a few signs is no frame but divides a text: then what follows is long, or is prose.
fn divides(lines: &[&Line<'_>], at: usize) -> bool {
    let below = &lines[at + 1..];
    length_of_frame(lines[at].text) < LONG_FRAME
        && (below.iter().filter(|line| !line.is_blank()).count() > 8 || below.iter().any(|line| is_prose(line)))
}

/// Whether a line is drawn below a heading: what follows is prose, up to the next line of its kind.
fn underlines(lines: &[&Line<'_>], at: usize, frames: &[usize]) -> bool {
    let next = frames.iter().copied().find(|other| *other > at);
    next.is_some_and(|next| {
        let section = &lines[at + 1..next];
        section.iter().any(|line| is_prose(line)) && !has_contacts(section)
    })
}

/// Whether someone goes on writing below a frame: behind one that is closed around contacts, or in another paragraph.
fn has_text_below(lines: &[&Line<'_>], frames: &[usize]) -> bool {
    let below = |at: usize| lines[at + 1..].iter().filter(|line| !line.is_blank());
    match *frames {
        [.., open, close] if has_contacts(&lines[open + 1..close]) => below(close).next().is_some(),
        [.., close] => {
            let blank = lines[close..].iter().position(|line| line.is_blank()).map(|at| close + at);
            let has_contacts = blank.is_some_and(|blank| has_contacts(&lines[close + 1..blank]));
            blank.is_some_and(|blank| has_contacts && below(blank).any(|line| is_prose(line)))
        }
        [] => false,
    }
}

fn has_contacts(lines: &[&Line<'_>]) -> bool {
    let mut texts = lines.iter().map(|line| line.text.to_lowercase());
    texts
        .any(|text| has_address(&text) || has_telephone(&text) || CONTACTS.iter().any(|contact| text.contains(contact)))
}

/// `090-1234-5678`, `+81-3-5213-1723`.
fn has_telephone(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+')).any(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        word.starts_with(['0', '+']) && digits >= 9 && word.matches('-').count() >= 2
    })
}

fn has_address(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    text.split_once('@').is_some_and(|(local, host)| local.ends_with(is_letter) && host.starts_with(is_letter))
}

fn sign_of(line: &str) -> Option<char> {
    line.trim().chars().next()
}

/// Signs of a frame that hardly divides a text.
const LONG_FRAME: usize = 5;

fn is_frame(line: &str) -> bool {
    length_of_frame(line) >= 3
}

/// How many signs a line has that is of one sign or a pattern of few, as signatures are framed with; otherwise none.
fn length_of_frame(line: &str) -> usize {
    const SIGNS: &str = "=※-＝－━─―ー*＊_＿~～〜☆★◆◇■□◎○●+＋・…‥┏┓┗┛┌┐└┘│┃┼╋∞#＃:：.。｡♪♡♥<>＜＞/\\|｜･ﾟ゜｡゚✿❀✦✧";
    let line = line.trim();
    if line.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return 0;
    }
    let mut kinds: Vec<char> = Vec::new();
    let mut count = 0;
    for sign in line.chars().filter(|sign| !matches!(sign, ' ' | '　')) {
        if !SIGNS.contains(sign) {
            return 0;
        }
        if !kinds.contains(&sign) {
            kinds.push(sign);
        }
        count += 1;
        if kinds.len() > 8 {
            return 0;
        }
    }
    count
}
