//! Frames of signs, as Japanese letters have them around signatures, and lines that only look like one.

use super::signature::LONGEST;
use super::telling::{begins_with_contact, has_bare_contact, has_contacts, is_prose, is_sentence};
use crate::mail::text::Line;

/// Where a frame begins that closes the letter, or that has nothing but a few lines of contacts below it.
pub(super) fn begins(lines: &[&Line<'_>]) -> Option<usize> {
    let last = lines.len().checked_sub(1)?;
    let from = lines.len().saturating_sub(LONGEST);
    let frames: Vec<usize> = (from..lines.len()).filter(|at| is_frame(lines[*at].text)).collect();
    let open = match frames[..] {
        [ref above @ .., close] if close == last => opens(lines, above, close)?,
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
    let is_closed = frames.last() == Some(&last);
    let is_signature = inside.iter().any(|line| begins_with_contact(line.text))
        || (is_closed && has_contacts(inside))
        || (is_closed && is_short && !says_more);
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
    "会場",
    "日程",
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
pub(super) fn is_announced(above: &[&Line<'_>], inside: &[&Line<'_>]) -> bool {
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

fn sign_of(line: &str) -> Option<char> {
    line.trim().chars().next()
}

/// `|---|---|` and `=====  =====`: what tables in Markdown and reStructuredText are drawn with.
fn is_of_a_table(line: &str) -> bool {
    let is_ruled = |piece: &str| piece.len() >= 3 && piece.bytes().all(|byte| matches!(byte, b'=' | b'-'));
    let columns = line.split_ascii_whitespace();
    let is_simple = line.contains("  ") && columns.clone().count() > 1 && columns.clone().all(is_ruled);
    is_simple || (line.starts_with('|') && line.ends_with('|') && line.contains("--"))
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
    if is_of_a_table(line) || line.starts_with(|first: char| first.is_ascii_alphanumeric()) {
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

/// What stands behind the one or two digits that a line begins with.
fn behind_number(line: &str) -> Option<&[u8]> {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits).then(|| &line.as_bytes()[digits..])
}

/// `10:00 …`, as programmes of a day have it.
fn begins_with_time(line: &str) -> bool {
    matches!(behind_number(line), Some([b':', b'0'..=b'5', b'0'..=b'9', ..]))
}

/// `1 …`, `2. …`: one such line may be an address, several are a list.
fn is_numbered(line: &str) -> bool {
    matches!(behind_number(line), Some([b' ' | b'.' | b')', ..]))
}

/// How others are addressed; nobody signs so.
const HONORIFICS: [&str; 3] = ["様", "さま", "殿"];

/// A name with a telephone or an address behind it and nothing that says which: several such lines are a list of people.
fn names_somebody(line: &str) -> bool {
    has_bare_contact(line) && !begins_with_contact(line)
}

/// Which frame the last line closes: the first of its kind up to one that closes something else above it.
fn opens(lines: &[&Line<'_>], above: &[usize], close: usize) -> Option<usize> {
    let sign = sign_of(lines[close].text);
    let mut same = above.iter().rev().copied().filter(|at| sign_of(lines[*at].text) == sign);
    let Some(mut open) = same.next() else { return above.last().copied() };
    for before in same {
        if lines[before + 1..open].iter().all(|line| line.is_blank()) {
            break;
        }
        open = before;
    }
    Some(open)
}

/// Whether somebody speaks in a frame: before its contacts, with them, or by asking. Below them stand notices and mottos.
fn is_spoken(inside: &[&Line<'_>]) -> bool {
    let contacts = inside.iter().position(|line| has_contacts(std::slice::from_ref(line))).unwrap_or(inside.len());
    let asks = |line: &Line<'_>| line.text.trim_end().ends_with(['?', '？']);
    let speaks = |at: usize, line: &Line<'_>| is_sentence(line.text) && (at <= contacts || asks(line));
    let is_list = inside.iter().filter(|line| is_numbered(line.text)).count() > 1;
    let names = inside.iter().filter(|line| names_somebody(line.text)).count() > 1;
    let is_of_another = inside.iter().any(|line| HONORIFICS.iter().any(|end| line.text.trim_end().ends_with(end)));
    is_list
        || names
        || is_of_another
        || inside.iter().enumerate().any(|(at, line)| speaks(at, line) || begins_with_time(line.text))
}
