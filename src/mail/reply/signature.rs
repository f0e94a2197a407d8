//! Signatures: behind `-- ` (RFC 3676, 4.3), in frames as Japanese letters have them, and the lines of telephones.

use crate::mail::reply::Line;

/// The most lines of a signature.
const LONGEST: usize = 20;

/// What telephones and web mail put below a letter, in lower case.
const PHONES: &[&str] = &[
    "sent from my ",
    "sent from mail for ",
    "sent from yahoo",
    "sent from outlook",
    "get outlook for ",
    "von meinem ",
    "gesendet von ",
    "envoyé de mon ",
    "envoyé depuis ",
    "envoyé à partir ",
    "télécharger outlook ",
    "iphoneから送信",
    "ipadから送信",
    "androidから送信",
    "outlook for ios",
    "outlook for android",
    "yahoo!メール for ",
    "windows 版のメール から送信",
    "windows 版メールから送信",
    "发自我的",
    "從我的 ",
    "从我的 ",
    "发送自 ",
    "获取 outlook",
    "내 iphone에서 보냄",
    "나의 iphone에서 보냄",
    "나의 ipad에서 보냄",
    "outlook for ios 다운로드",
    "enviado desde mi ",
    "inviato da ",
    "enviado do meu ",
    "私のiphoneから送信",
    "スマートフォンから送信",
];

/// What stands in a signature and hardly elsewhere at a letter's end.
const CONTACTS: &[&str] = &[
    "@", "tel", "℡", "☎", "fax", "電話", "〒", "http", "www.", "携帯", "e-mail", "mail:", "phone", "mobile", "内線",
    "直通", "전화", "电话",
];

/// Cuts the signature off.
pub(super) fn cut(lines: &mut Vec<&Line>) {
    trim(lines);
    let text = |lines: &[&Line], at: usize| lines[at].text.trim_end().to_owned();
    let from = lines.len().saturating_sub(LONGEST);
    let dashes = (from..lines.len()).find(|at| matches!(text(lines, *at).as_str(), "--" | "- --" | "－－"));
    if let Some(at) = dashes.filter(|at| *at > 0) {
        lines.truncate(at);
        trim(lines);
    }
    if let Some(at) = frame(lines) {
        lines.truncate(at);
        trim(lines);
    }
    if lines.len() > 1 {
        let last = text(lines, lines.len() - 1).trim().to_lowercase();
        let is_phones = |phone: &str| last.starts_with(phone) || last.ends_with(phone.trim_end());
        if last.len() < 120 && PHONES.iter().any(|phone| is_phones(phone)) {
            lines.pop();
            trim(lines);
        }
    }
}

fn trim(lines: &mut Vec<&Line>) {
    while lines.last().is_some_and(|line| line.is_blank()) {
        lines.pop();
    }
}

/// Where a frame begins that closes the letter, or that has nothing but a few lines of contacts below it.
fn frame(lines: &[&Line]) -> Option<usize> {
    let last = lines.len().checked_sub(1)?;
    let from = lines.len().saturating_sub(LONGEST);
    let frames: Vec<usize> = (from..lines.len()).filter(|at| is_frame(&lines[*at].text)).collect();
    let open = match frames[..] {
        [.., close] if close == last => {
            let sign = sign_of(&lines[close].text);
            let same = frames.iter().copied().filter(|at| *at < close && sign_of(&lines[*at].text) == sign);
            same.min().or_else(|| frames.iter().rev().nth(1).copied())?
        }
        _ => *frames.iter().find(|at| has_contacts(&lines[**at + 1..]))?,
    };
    let has_text_above = lines[..open].iter().any(|line| !line.is_blank());
    let inside = &lines[open + 1..];
    let is_short = inside.iter().filter(|line| !line.is_blank()).count() <= 4;
    let says_more =
        inside.iter().any(|line| ["日時", "場所", "件名", "内容", "。"].iter().any(|word| line.text.contains(word)));
    let is_signature = has_contacts(inside) || (frames.last() == Some(&last) && is_short && !says_more);
    (has_text_above && is_signature && open > 0).then_some(open)
}

fn has_contacts(lines: &[&Line]) -> bool {
    let mut texts = lines.iter().map(|line| line.text.to_lowercase());
    texts.any(|text| CONTACTS.iter().any(|contact| text.contains(contact)))
}

fn sign_of(line: &str) -> Option<char> {
    line.trim().chars().next()
}

/// A line of one sign or a pattern of few, as signatures are framed with.
fn is_frame(line: &str) -> bool {
    const SIGNS: &str = "=-＝－━─―ー*＊_＿~～〜☆★◆◇■□◎○●+＋・…‥┏┓┗┛┌┐└┘│┃┼╋∞#＃:：.。｡♪♡♥<>＜＞/\\|｜";
    let line = line.trim();
    let mut kinds: Vec<char> = Vec::new();
    let mut count = 0;
    for sign in line.chars().filter(|sign| !matches!(sign, ' ' | '　')) {
        if !SIGNS.contains(sign) {
            return false;
        }
        if !kinds.contains(&sign) {
            kinds.push(sign);
        }
        count += 1;
        if kinds.len() > 5 {
            return false;
        }
    }
    count >= 5
}
