//! Letters that point at the desk itself, at what was taken for spam, or at several tickets.

use crate::harness::Desk;
use crate::threads::{deliver, letter};

const ENGLISH: &str = "We would like to find a sister city in Japan for our town.";

/// A desk with one ticket, and the address whose token names it.
async fn with_ticket() -> (Desk, String) {
    let desk = Desk::start().await;
    let raw = letter("ada@town.example", "a1@town.example", "Sisters", "", ENGLISH);
    deliver(&desk, "exchange@desk.test", &raw).await;
    desk.letters_soon(1).await;
    let token = desk.reply_address(0);
    (desk, token)
}

#[tokio::test]
async fn no_answer_goes_to_the_desk_itself() {
    let (desk, token) = with_ticket().await;
    for (number, address) in ["exchange@desk.test", token.as_str()].into_iter().enumerate() {
        let from = format!("b{number}@other.example");
        let more = format!("Reply-To: {address}\r\nCc: exchange@desk.test, clerk@town.example\r\n");
        let raw = letter(&from, &format!("b{number}@other.example"), "Question", &more, ENGLISH);
        deliver(&desk, "exchange@desk.test", &raw).await;
        let answer = desk.letters_soon(2 + number).await.remove(1 + number);
        assert_eq!(answer.to[0].address, from, "who wrote gets the acknowledgement");
    }
    let spoofed = letter("exchange@desk.test", "c@other.example", "From yourselves", "", ENGLISH);
    deliver(&desk, "exchange@desk.test", &spoofed).await;
    desk.sign_in().await;
    let page = desk.get("/staff/tickets/000002-1").await.text;
    assert!(page.contains("clerk@town.example") && !page.contains("ほかの宛先</span> <bdi>exchange"), "{page}");
    let nobody = desk.get("/staff/tickets/000004-5").await.text;
    assert!(nobody.contains("メールアドレスがありません") || !nobody.contains("id=\"body\""), "{nobody}");
    assert_eq!(desk.letters().len(), 3, "nothing is sent to the desk");
}

#[tokio::test]
async fn a_person_is_not_heard_among_spam() {
    let (desk, token) = with_ticket().await;
    desk.sign_in().await;
    assert_eq!(desk.deed("000001-3", "status", &[("status", "spam")]).await.status, 303);
    deliver(&desk, &token, &letter("ada@town.example", "a2@town.example", "Re: Sisters", "", "I am no spam.")).await;
    assert_eq!(desk.get("/staff/tickets").await.tickets(), ["000002-1"]);
    let page = desk.get("/staff/tickets/000002-1").await.text;
    assert!(page.contains("I am no spam.") && page.contains("000001-3"), "with a way to the other: {page}");
}

#[tokio::test]
async fn a_letter_that_comes_once_more_for_another_ticket_is_told_there() {
    let (desk, token) = with_ticket().await;
    let answer = letter("bo@other.example", "b1@other.example", "Re: Sisters", "", "To both of your addresses.");
    deliver(&desk, "exchange@desk.test", &answer).await;
    deliver(&desk, &token, &answer).await;
    desk.sign_in().await;
    let page = desk.get("/staff/tickets/000001-3").await.text;
    assert!(page.contains("こちらにも宛てたメール") && page.contains("000002-1"), "{page}");
    assert_eq!(desk.count("SELECT count(*) FROM messages").await, 2, "and stands in one of them");
}
