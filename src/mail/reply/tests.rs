//! Answers as clients write them.

use proptest::prelude::*;

use super::new_part;
use crate::mail::text::Text;

fn reply(text: &str) -> String {
    new_part(&Text::plain(text.to_owned()))
}

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
        ("Apple Mail in French", "Oui.\n\nLe 24 nov. 2026 à 10:00, Desk <d@e.example> a écrit :\n\n> Bonjour", "Oui."),
        ("signature", "Yes.\n-- \nAda\nTown", "Yes."),
        (
            "framed signature",
            "よろしくお願いします。\n\n==========\n山田\nTEL 03\n==========",
            "よろしくお願いします。",
        ),
        (
            "a frame of contacts with an answer below",
            "お世話になります。\n\n----------\n山田\nTEL 03\n----------\n参加は2名です。",
            "お世話になります。\n\n----------\n山田\nTEL 03\n----------\n参加は2名です。",
        ),
        (
            "an open frame with an answer in another paragraph",
            "お世話になります。\n━━━━━━\n山田\n電話 03\n\n参加は2名です。",
            "お世話になります。\n━━━━━━\n山田\n電話 03\n\n参加は2名です。",
        ),
        ("a frame within a frame", "お願いします。\n******\n○○町役場\n******\nTEL: 03-1111", "お願いします。"),
        (
            "a frame of what changes",
            "日程の変更です。\n\n----------\n旧：12月1日\n新：12月2日\n----------",
            "日程の変更です。\n\n----------\n旧：12月1日\n新：12月2日\n----------",
        ),
        (
            "a frame that is announced",
            "担当者は下記です。\n\n======\n山田\nTEL 03\n======",
            "担当者は下記です。\n\n======\n山田\nTEL 03\n======",
        ),
        (
            "a signature that the letter points to",
            "下記までご連絡ください。\n\n-- \n======\n山田\nTEL 03-1234-5678\n======",
            "下記までご連絡ください。",
        ),
        (
            "lines below headings, and contacts at the end",
            "Programme\n---------\nWe meet at nine.\n\nJourney\n---------\nA bus takes us there.\n\n---------\nAda\nTel +44 20 7946 0123",
            "Programme\n---------\nWe meet at nine.\n\nJourney\n---------\nA bus takes us there.",
        ),
        (
            "a telephone's line with a link before its verb",
            "承知しました。\n\nOutlook for iOS<https://aka.ms/o0ukef> を入手",
            "承知しました。",
        ),
        (
            "words below a line, with a telephone in them",
            "Hello.\n\n-----\nMy phone is 090-1111-2222. Please call me, I cannot pay.",
            "Hello.\n\n-----\nMy phone is 090-1111-2222. Please call me, I cannot pay.",
        ),
        (
            "a notice below the contacts of a signature",
            "お願いします。\n\n----------\n山田\nTEL 03-1234-5678\n※4月に移転しました。\n----------",
            "お願いします。",
        ),
        (
            "answers below, in what is quoted without marks",
            "My answers are below.\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\n-> Six",
            "My answers are below.\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\n-> Six",
        ),
        (
            "words that point nowhere, above a letter",
            "旅行内容と見学の行程を教えてください。\n赤字でも開催しますか。\nI am interested in reducing it.\n\nOn Nov 20, 2026 at 10:00, Desk <e@x.example> wrote:\n> How many?",
            "旅行内容と見学の行程を教えてください。\n赤字でも開催しますか。\nI am interested in reducing it.",
        ),
        (
            "words that point below, above a letter that is handed on",
            "Please see below.\n\n---------- Forwarded message ---------\nFrom: Eve <eve@x.example>\nDate: Fri, Nov 20, 2026\nSubject: x\nTo: Ada <ada@x.example>\n\nHow many?",
            "Please see below.",
        ),
        (
            "answers under each question",
            "I have put my answers under each of your questions.\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\nSix",
            "I have put my answers under each of your questions.\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\nSix",
        ),
        (
            "answers in the text",
            "文中にて回答いたします。\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\nSix",
            "文中にて回答いたします。\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\nSix",
        ),
        (
            "answers in red",
            "請見紅字\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\nSix",
            "請見紅字\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\nSix",
        ),
        (
            "answers in the letter below",
            "답변은 아래와 같습니다\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\nSix",
            "답변은 아래와 같습니다\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?\nSix",
        ),
        (
            "thanks for answers below",
            "Thank you for your answers below.\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?",
            "Thank you for your answers below.",
        ),
        (
            "a sport",
            "Inline skating is our sport.\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?",
            "Inline skating is our sport.",
        ),
        (
            "a letter written in red",
            "Yes, in red please!\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?",
            "Yes, in red please!",
        ),
        (
            "a question about red",
            "빨간색 버스를 타면 됩니까?\n\nFrom: Desk\nSent: Tuesday\nTo: Ada\nSubject: x\n\nHow many?",
            "빨간색 버스를 타면 됩니까?",
        ),
        (
            "people in a frame",
            "参加者です。\n\n━━━━━━━━━━\n山田太郎 090-1111-2222\n鈴木花子 090-3333-4444\n━━━━━━━━━━",
            "参加者です。\n\n━━━━━━━━━━\n山田太郎 090-1111-2222\n鈴木花子 090-3333-4444\n━━━━━━━━━━",
        ),
        (
            "somebody else's address in a frame",
            "招待状をお送りください。\n\n━━━━━━━━━━\n〒100-0001 東京都千代田区\n山田太郎 様\n電話 03-1234-5678\n━━━━━━━━━━",
            "招待状をお送りください。\n\n━━━━━━━━━━\n〒100-0001 東京都千代田区\n山田太郎 様\n電話 03-1234-5678\n━━━━━━━━━━",
        ),
        (
            "a day's programme between lines",
            "山田です。\n\n----------\n10:00 市役所\n15:00 学校 電話 0749-62-0108\n----------",
            "山田です。\n\n----------\n10:00 市役所\n15:00 学校 電話 0749-62-0108\n----------",
        ),
        (
            "a table",
            "表です。\n=====  =====\nName   Phone\n=====  =====\nJohn   +1 555-123-4567\n=====  =====",
            "表です。\n=====  =====\nName   Phone\n=====  =====\nJohn   +1 555-123-4567\n=====  =====",
        ),
        (
            "an address with a number in a frame",
            "Yes.\n\n==========\nAda Smith\n1 High Street, Kita\nTel +44 20-7946-0123\n==========",
            "Yes.",
        ),
        (
            "facts below a line",
            "引っ越しました。\n\n----------\n新住所：東京都\n電話：090-1111-2222",
            "引っ越しました。\n\n----------\n新住所：東京都\n電話：090-1111-2222",
        ),
        (
            "a letter that somebody tells of",
            "Hi,\n\nOn March 3, 2026 at 10:00 my landlord wrote:\nYou must leave.\nIs that legal?",
            "Hi,\n\nOn March 3, 2026 at 10:00 my landlord wrote:\nYou must leave.\nIs that legal?",
        ),
        (
            "more than a number",
            "収入が\n>100万円\nの場合はどうなりますか。",
            "収入が\n>100万円\nの場合はどうなりますか。",
        ),
        (
            "signed by PGP",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHallo, passt Dienstag?\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----",
            "Hallo, passt Dienstag?",
        ),
        (
            "headers of one's own",
            "旅程です。\nFrom: Kobe\nDate: 2026/12/01\nTo: Paris\nSubject: Visit\n行けますか。",
            "旅程です。\nFrom: Kobe\nDate: 2026/12/01\nTo: Paris\nSubject: Visit\n行けますか。",
        ),
        (
            "a sentence about a divider",
            "件名に\n-----Original Message-----\nと出ます。",
            "件名に\n-----Original Message-----\nと出ます。",
        ),
        (
            "a forward from a telephone",
            "iPhoneから送信\n\n転送されたメール:\n\n> 差出人: a@b.example\n> お知らせ",
            "iPhoneから送信\n\n転送されたメール:\n\n> 差出人: a@b.example\n> お知らせ",
        ),
        (
            "a caption broken before its address",
            "はい。\n\n2026年11月24日(火) 10:00 国際交流課\n<d@e.example>:\n\n> 回答です",
            "はい。",
        ),
        ("sections", "Two things.\n--\nWe come\n--\nBy train", "Two things.\n--\nWe come\n--\nBy train"),
        ("a divider", "一つ目です。\n--\n参加は2名です。", "一つ目です。\n--\n参加は2名です。"),
        ("a postscript", "はい。\n-- \n山田\n追伸 宿は不要", "はい。\n-- \n山田\n追伸 宿は不要"),
        (
            "answers between the lines",
            "On 1 May Desk <d@e.example> wrote:\n> Who?\nAda.\n> When?\nMonday.",
            "Ada.\nMonday.",
        ),
        ("below", "> Who?\n\nAda.", "Ada."),
        ("prose", "On Monday the mayor wrote: come.\nWe come.", "On Monday the mayor wrote: come.\nWe come."),
        ("only a quotation", "> Who?", "> Who?"),
    ] {
        assert_eq!(reply(text), expected, "{name}");
    }
}

proptest! {
    #[test]
    fn every_line_is_a_line_of_the_text(lines in proptest::collection::vec("(> )?[a-z-]{0,6}|-- |======|On 1 May x wrote:|From: x|Sent: y", 0..12)) {
        let text = lines.join("\n");
        let new = reply(&text);
        let mut rest = text.lines();
        for line in new.lines() {
            prop_assert!(rest.any(|other| other == line), "{:?} in {:?}", line, text);
        }
    }
}
