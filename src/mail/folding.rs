//! Long lines of plain text, folded for the wire: `format=flowed` (RFC 3676) where a blank can end the line, so that
//! readers join it again; between characters of Japanese and Chinese a line's end that all readers show as it is. Not
//! `DelSp`: of the readers of `format=flowed` many do not know it, and would put blanks into Japanese.

use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The most columns of a line; characters of Japanese and Chinese take two (RFC 3676, 4.2 wants 78 or less).
const WIDEST: usize = 76;

/// The separator of signatures, whose blank is no sign of folding (RFC 3676, 4.3).
const SIGNATURE: &str = "-- ";

/// A text as it stands in a part with `format=flowed`.
pub(super) fn folded(text: &str) -> String {
    text.split('\n').map(fold).collect::<Vec<_>>().join("\n")
}

fn fold(line: &str) -> String {
    if line == SIGNATURE {
        return line.to_owned();
    }
    let (marks, words) = quoted(line.trim_end_matches([' ', '\r']));
    let mut out = String::with_capacity(line.len() + 8);
    let room = WIDEST.saturating_sub(marks.width()).max(WIDEST / 2);
    let mut rest = words;
    loop {
        let end = end_of_line(rest, room);
        out.push_str(marks);
        // What would be read as a mark of quotation, or be changed by old servers, is stuffed (RFC 3676, 4.4).
        if marks.is_empty() && (rest.starts_with([' ', '>']) || rest.starts_with("From ")) {
            out.push(' ');
        }
        out.push_str(&rest[..end]);
        rest = &rest[end..];
        if rest.is_empty() {
            return out;
        }
        out.push('\n');
    }
}

/// The marks of quotation, each with the blank that stuffs it, and the words behind them.
fn quoted(line: &str) -> (&str, &str) {
    let words = line.strip_prefix('>').map_or(line, |rest| rest.strip_prefix(' ').unwrap_or(rest));
    line.split_at(line.len() - words.len())
}

/// Where a line has to end: at the last place within the room where it may, or at the first place behind it.
fn end_of_line(words: &str, room: usize) -> usize {
    if words.width() <= room {
        return words.len();
    }
    let (mut width, mut measured, mut last) = (0, 0, None);
    for (at, _) in linebreaks(words).filter(|(at, _)| may_end(words, *at)) {
        // The blank that ends a line is not seen.
        width += words[measured..at].width();
        measured = at;
        let seen = width - usize::from(words[..at].ends_with(' '));
        if seen > room {
            return last.unwrap_or(at);
        }
        last = Some(at);
    }
    last.unwrap_or(words.len())
}

/// Between words of letters only a blank ends a line, which addresses and Korean words need; between characters of
/// Japanese and Chinese it ends wherever Unicode has it (UAX 14, which keeps 、 and 」 off the beginning of a line).
fn may_end(words: &str, at: usize) -> bool {
    let is_wide = |character: char| character.width() == Some(2) && !is_hangul(character);
    let before = words[..at].chars().next_back();
    at == words.len()
        || before == Some(' ')
        || before.is_some_and(is_wide)
        || words[at..].chars().next().is_some_and(is_wide)
}

fn is_hangul(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::folded;
    use crate::mail::parse::parse;

    fn read(text: &str) -> String {
        let head = "From: a@b.example\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n";
        parse(format!("{head}{}", folded(text).replace('\n', "\r\n")).as_bytes()).text
    }

    #[test]
    fn lines_end_where_their_language_ends_them() {
        let english = "The seminar takes place in Kobe, and the forms have to arrive by the first of December, please.";
        let japanese =
            "参加申込書を添付いたしますので、必要事項をご記入のうえ、十二月一日までに国際交流課あてにご返送ください。";
        let korean =
            "참가 신청서를 첨부하오니 필요한 사항을 기재하신 후 십이월 일일까지 국제교류과로 보내 주시기 바랍니다.";
        for (text, first) in [
            (english, "The seminar takes place in Kobe, and the forms have to arrive by the first "),
            (japanese, "参加申込書を添付いたしますので、必要事項をご記入のうえ、十二月一日までに国際"),
            (korean, "참가 신청서를 첨부하오니 필요한 사항을 기재하신 후 십이월 일일까지 "),
            ("short", "short"),
            ("-- ", "-- "),
            (" set in", "  set in"),
            ("From here on", " From here on"),
        ] {
            assert_eq!(folded(text).lines().next(), Some(first));
        }
        let address = format!("https://clair.example/{}", "seminar/".repeat(20));
        assert_eq!(folded(&format!("See {address} soon")), format!("See \n{address} \nsoon"));
        assert_eq!(
            folded(&format!("詳しくは{address}をご覧ください。")),
            format!("詳しくは\n{address}\nをご覧ください。")
        );
        let quoted = format!("> {english}");
        assert!(folded(&quoted).lines().all(|line| line.starts_with("> ")), "{}", folded(&quoted));
    }

    proptest! {
        #[test]
        fn words_with_blanks_are_read_as_they_were_written(words in proptest::collection::vec("[a-zé][a-zé>]{0,11}", 1..60)) {
            let text = words.join(" ");
            prop_assert!(folded(&text).lines().all(|line| line.trim_end().width() <= 77), "{}", folded(&text));
            prop_assert_eq!(read(&text), text);
        }

        #[test]
        fn nothing_is_lost_but_the_ends_of_lines(text in "[a-z 、。」（市都姉妹ー가나]{0,200}") {
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&read(&text)), bare(&text));
        }
    }
}
