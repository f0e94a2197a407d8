//! The story: an enquiry comes in, is answered, and the answer finds its way back.

use crate::harness::{Desk, soon};

const JAPANESE: &[u8] = b"From: =?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <yamada@town.example>\r\n\
To: exchange@desk.test\r\nSubject: =?ISO-2022-JP?B?GyRCO1BLZUVUO1QkSyREJCQkRhsoQg==?=\r\n\
Message-ID: <m1@town.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\n\
Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n\x1b$B;PKeET;T$NDs7H$K$D$$$F!\"<jB3$-$r65$($F$/$@$5$$!#\x1b(B\r\n";

#[tokio::test]
async fn a_form_is_answered_and_the_answer_finds_its_ticket() {
    let desk = Desk::start().await;
    let sent = desk.enquire(&desk.seal().await, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let receipt = desk.get(&sent.location).await;
    assert!(receipt.text.contains(" 000001-3 "), "the reference in one piece: {}", receipt.text);

    let letters = desk.letters_soon(1).await;
    assert!(letters[0].subject.starts_with("[#000001-3] "), "{}", letters[0].subject);
    assert!(letters[0].auto_submitted, "our own automatic mail says so");
    assert!(letters[0].text.contains("We will answer by"), "in the enquirer's language: {}", letters[0].text);

    desk.sign_in().await;
    let dashboard = desk.get("/staff").await;
    for part in
        ["tel:+81-3-5213-1723", "03-5213-1742", "mailto:exchange@desk.test", "Two participants", "Abena Owusu-Ansah"]
    {
        assert!(dashboard.text.contains(part), "{part} on the dashboard");
    }
    let replied = desk.deed("000001-3", "reply", &[("body", "Both are welcome."), ("status", "")]).await;
    assert_eq!((replied.status, replied.location.as_str()), (303, "/staff/tickets/000001-3"), "{}", replied.text);

    let reply = desk.letters_soon(2).await.remove(1);
    assert!(
        reply.text.contains("Both are welcome.") && reply.text.contains("> We would like to send"),
        "{}",
        reply.text
    );
    assert!(!reply.auto_submitted);
    assert_eq!(reply.in_reply_to, letters[0].message_id, "the thread starts at the acknowledgement");
    assert!(desk.get("/staff/tickets/000001-3").await.text.contains("返事待ち"));

    let answer = format!(
        "From: Abena <abena@kma.example>\r\nTo: {}\r\nSubject: Re: {}\r\nMessage-ID: <a1@kma.example>\r\nIn-Reply-To: <{}>\r\n\r\nThank you very much.\r\n\r\nOn Tuesday, desk <exchange@desk.test> wrote:\r\n> Both are welcome.",
        desk.reply_address(1),
        reply.subject,
        reply.message_id.as_deref().unwrap_or_default(),
    );
    assert_eq!(desk.deliver("abena@kma.example", &[&desk.reply_address(1)], answer.as_bytes()).await, ["250"]);
    let ticket = desk.get("/staff/tickets/000001-3").await;
    assert!(ticket.text.contains("Thank you very much."), "{}", ticket.text);
    assert!(ticket.text.contains("対応中"), "what the enquirer writes brings it back");
    assert_eq!(desk.letters().len(), 2, "an answer within a ticket is not acknowledged");
}

#[tokio::test]
async fn a_japanese_letter_becomes_a_ticket() {
    let desk = Desk::start().await;
    assert_eq!(desk.deliver("yamada@town.example", &["exchange@desk.test"], JAPANESE).await, ["250"]);
    let letter = desk.letters_soon(1).await.remove(0);
    assert!(letter.text.contains("山田 様") && letter.text.contains("までに"), "{}", letter.text);
    assert_eq!(letter.in_reply_to.as_deref(), Some("m1@town.example"));
    desk.sign_in().await;
    let ticket = desk.get("/staff/tickets/000001-3").await;
    assert!(
        ticket.text.contains("姉妹都市について") && ticket.text.contains("手続きを教えてください"),
        "{}",
        ticket.text
    );
    desk.deed("000001-3", "reply", &[("body", "協定書を交わします。"), ("status", "")]).await;
    let reply = desk.letters_soon(2).await.remove(1);
    let acknowledged = letter.message_id.clone().expect("ours have one");
    assert_eq!(reply.references, ["m1@town.example".to_owned(), acknowledged], "the thread in its order");
    soon("search finds it", async || desk.get("/staff/tickets?q=%E6%89%8B%E7%B6%9A").await.tickets() == ["000001-3"])
        .await;
}

#[tokio::test]
async fn each_language_has_its_pages_and_its_letter() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    for (index, (language, message, word)) in [
        ("ja", "姉妹都市の提携についてお尋ねします。", "受付番号"),
        ("en", "We are looking for a sister city in Japan.", "Reference"),
        ("zh", "请问如何报名参加会议？我们想了解日程。", "编号"),
        ("ko", "자매도시 교류에 대해 문의드립니다.", "번호"),
        ("fr", "Nous cherchons une ville partenaire au Japon pour notre commune.", "éférence"),
    ]
    .into_iter()
    .enumerate()
    {
        for path in ["", "enquiries/new", "pages/privacy"] {
            let page = desk.get(&format!("/{language}/{path}")).await;
            assert!(page.status == 200 && page.text.contains("+81-3-5213-1723"), "/{language}/{path}");
        }
        let seal = desk.get(&format!("/{language}/enquiries/new")).await.hidden("seal");
        let email = format!("{language}@town.example");
        let sent = desk.enquire(&seal, &[("message", message), ("email", &email)]).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
        let letter = desk.letters_soon(index + 1).await.remove(index);
        assert!(letter.text.contains(word), "{language}: {}", letter.text);
    }
}
