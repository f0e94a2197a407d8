//! The new part of an answer, apart from quoted history and signature.
//!
//! What is not surely quoted stays: the rest of the page folds what is cut here, nothing is thrown away. Each line of the
//! result is a line of the text, in its order.

/// The text less quoted history and signature.
#[must_use]
pub fn new_part(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().enumerate().position(|(at, line)| begins_history(&lines, at, line)).unwrap_or(lines.len());
    // What stands below quoted lines was written to them; above them stands their caption.
    let quotes = lines[end..].iter().position(|line| is_quote(line)).map_or(lines.len(), |at| end + at);
    let answers_below = lines[quotes..].iter().any(|line| is_answer(line));
    let kept: Vec<&str> = if answers_below { without_quotes(&lines) } else { without_quotes(&lines[..end]) };
    let kept = without_signature(&kept);
    let new = kept.join("\n").trim_matches('\n').trim_end().to_owned();
    if new.trim().is_empty() { text.trim_end().to_owned() } else { new }
}

fn is_quote(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('>') || line.starts_with('＞')
}

fn is_answer(line: &str) -> bool {
    !line.trim().is_empty() && !is_quote(line) && !is_caption(line) && !is_framed(line)
}

fn without_quotes<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let caption_of_a_quote = is_caption(line)
            && lines[at + 1..].iter().find(|next| !next.trim().is_empty()).is_none_or(|next| is_quote(next));
        if !is_quote(line) && !caption_of_a_quote {
            kept.push(*line);
        }
    }
    kept
}

/// Captions above everything that follows: Outlook's block, dividers, and attributions above quoted lines.
fn begins_history(lines: &[&str], at: usize, line: &str) -> bool {
    let trimmed = line.trim().trim_start_matches('*').trim();
    const DIVIDERS: &[&str] = &[
        "-----Original Message-----",
        "----- Original Message -----",
        "-----Ursprüngliche Nachricht-----",
        "-----Message d'origine-----",
        "-----元のメッセージ-----",
        "----- 元のメッセージ -----",
        "-----邮件原件-----",
        "------------------ 原始邮件 ------------------",
        "-----원본 메시지-----",
        "-------- Original-Nachricht --------",
        "-------- Message d'origine --------",
        "-------- 原始邮件 --------",
        "---------- Forwarded message ---------",
        "________________________________",
    ];
    if DIVIDERS.iter().any(|divider| trimmed.eq_ignore_ascii_case(divider)) {
        return true;
    }
    const FROM: &[&str] =
        &["From:", "Von:", "De :", "De:", "差出人:", "送信者:", "发件人:", "发件人：", "보낸 사람:", "寄件者:"];
    const SENT: &[&str] = &[
        "Sent:",
        "Date:",
        "Gesendet:",
        "Envoyé :",
        "Envoyé:",
        "Date :",
        "送信日時:",
        "日時:",
        "日付:",
        "发送时间:",
        "发送时间：",
        "보낸 날짜:",
        "To:",
        "宛先:",
    ];
    if FROM.iter().any(|word| trimmed.starts_with(word)) {
        let next = lines[at + 1..].iter().take(3).map(|line| line.trim().trim_start_matches('*').trim());
        return next.into_iter().any(|line| SENT.iter().any(|word| line.starts_with(word)));
    }
    // An attribution counts where quoted lines follow it.
    is_caption_at(lines, at)
        && lines[at + 1..].iter().filter(|line| !line.trim().is_empty()).take(2).any(|line| is_quote(line))
}

/// An attribution may be broken over two lines.
fn is_caption_at(lines: &[&str], at: usize) -> bool {
    let two = format!("{} {}", lines[at].trim(), lines.get(at + 1).map_or("", |line| line.trim()));
    is_caption(lines[at])
        || (!is_quote(lines[at]) && lines.get(at + 1).is_some_and(|next| !is_quote(next)) && is_caption(&two))
}

fn is_caption(line: &str) -> bool {
    let line = line.trim();
    let has_digit = line.chars().any(|character| character.is_ascii_digit());
    let ends = |words: &[&str]| words.iter().any(|word| line.ends_with(word));
    (line.starts_with("On ") && ends(&["wrote:", "writes:"]))
        || (line.starts_with("Am ") && ends(&["schrieb:"]))
        || (line.starts_with("Le ") && ends(&["a écrit :", "a écrit:", "a écrit\u{a0}:"]))
        || (has_digit && ends(&["wrote:", "のメール:", "のメール：", "写道：", "写道:", "작성:", "님이 작성:"]))
        || ends(&[
            "さんは書きました:",
            "さんは書きました：",
            "は書きました:",
            "さんからのメッセージ:",
            "さんが書きました:",
        ])
        || (has_digit && line.contains('<') && line.contains('@') && line.ends_with(":") && line.len() < 200)
        || (has_digit && line.contains('<') && line.contains('@') && line.ends_with("> :"))
}

/// Cuts `-- ` and what follows, and a Japanese frame of lines at the end.
fn without_signature<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    if let Some(at) = lines.iter().rposition(|line| *line == "-- " || *line == "--") {
        return lines[..at].to_vec();
    }
    let frames: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| is_framed(line)).map(|(at, _)| at).collect();
    let last = lines.iter().rposition(|line| !line.trim().is_empty()).unwrap_or(0);
    match frames[..] {
        // A frame that closes the text, opened not more than a dozen lines before.
        [.., open, close] if close == last && close - open <= 12 && open > 0 => lines[..open].to_vec(),
        _ => lines.to_vec(),
    }
}

/// A line of one sign, as Japanese signatures are framed with.
fn is_framed(line: &str) -> bool {
    let line = line.trim();
    let mut signs = line.chars();
    let Some(first) = signs.next() else { return false };
    "=-＝－━─*＊_＿~～☆★◆◇■□+＋".contains(first)
        && line.chars().count() >= 6
        && signs.all(|sign| sign == first || sign == ' ' || sign == '　')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::new_part;

    #[test]
    fn as_clients_write_it() {
        for (name, text, expected) in [
            ("nothing quoted", "Thank you.\n\nAda", "Thank you.\n\nAda"),
            ("Gmail", "Yes.\n\nOn Tue, 24 Nov 2026 at 10:00, Desk <d@e.example> wrote:\n> Hello\n> there", "Yes."),
            (
                "Gmail, broken caption",
                "Yes.\n\nOn Tue, 24 Nov 2026 at 10:00, International Exchange\n<d@e.example> wrote:\n> Hello",
                "Yes.",
            ),
            (
                "Gmail in Japanese",
                "承知しました。\n\n2026年11月24日(火) 10:00 国際交流課 <d@e.example>:\n> 回答です",
                "承知しました。",
            ),
            ("Outlook", "Yes.\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHello", "Yes."),
            ("Outlook in Japanese", "はい。\n\n-----Original Message-----\n差出人: 窓口\n", "はい。"),
            (
                "Apple Mail in French",
                "Oui.\n\nLe 24 nov. 2026 à 10:00, Desk <d@e.example> a écrit :\n\n> Bonjour",
                "Oui.",
            ),
            ("signature", "Yes.\n-- \nAda\nTown", "Yes."),
            (
                "framed signature",
                "よろしくお願いします。\n\n==========\n山田\nTEL 03\n==========",
                "よろしくお願いします。",
            ),
            (
                "answers between the lines",
                "On 1 May Desk <d@e.example> wrote:\n> Who?\nAda.\n> When?\nMonday.",
                "Ada.\nMonday.",
            ),
            ("below", "> Who?\n\nAda.", "Ada."),
            ("prose", "On Monday the mayor wrote: come.\nWe come.", "On Monday the mayor wrote: come.\nWe come."),
            ("only a quotation", "> Who?", "> Who?"),
        ] {
            assert_eq!(new_part(text), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn every_line_is_a_line_of_the_text(lines in proptest::collection::vec("(> )?[a-z-]{0,6}|-- |======|On 1 May x wrote:|From: x|Sent: y", 0..12)) {
            let text = lines.join("\n");
            let new = new_part(&text);
            let mut rest = text.lines();
            for line in new.lines() {
                prop_assert!(rest.any(|other| other.trim_end() == line.trim_end()), "{:?} in {:?}", line, text);
            }
        }
    }
}
