//! Letters that point at the desk itself, at what was taken for spam, at several tickets, or elsewhere than their
//! subjects say; and conversations that are long.

use crate::harness::{Desk, soon};
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

#[tokio::test]
async fn staff_say_where_answers_go() {
    let (desk, token) = with_ticket().await;
    let moved = letter("ada@new.example", "a2@new.example", "Re: Sisters", "", "I write from my new address.");
    deliver(&desk, &token, &moved).await;
    desk.sign_in().await;
    let page = desk.get("/staff/tickets/000001-3").await;
    assert!(page.text.contains("<option value=\"ada@new.example\">"), "who wrote is offered: {}", page.text);
    let token = page.hidden("token");
    let early = [("token", token.as_str()), ("version", &page.hidden("version")), ("body", "To the old one.")];
    for (address, refusal) in [("ada@", "メールアドレスとして読めません"), (desk.reply_address(0).as_str(), "この窓口")]
    {
        let refused = desk.deed("000001-3", "address", &[("address", address)]).await;
        assert!(refused.status == 422 && refused.text.contains(refusal), "{} {}", refused.status, refused.text);
        assert!(refused.text.contains(&format!("value=\"{address}\"")), "what was typed is kept: {}", refused.text);
    }
    assert_eq!(desk.deed("000001-3", "address", &[("address", "Ada@new.example")]).await.status, 303);
    assert_eq!(desk.post("/staff/tickets/000001-3/reply", &early).await.status, 409, "it was written to another");
    assert_eq!(desk.deed("000001-3", "reply", &[("body", "Gladly."), ("status", "")]).await.status, 303);
    let answer = desk.letters_soon(2).await.remove(1);
    let to: Vec<&str> = answer.to.iter().chain(&answer.cc).map(|who| who.address.as_str()).collect();
    assert_eq!(to, ["Ada@new.example"], "and nobody else");
    assert!(answer.text.contains("I write from my new address."), "the enquirer's words are quoted: {}", answer.text);
    assert!(desk.get("/staff/tickets/000001-3").await.text.contains("返信先をAda@new.exampleに変えました"));
}

#[tokio::test]
async fn a_caller_who_gives_an_address_can_be_answered() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let form = desk.get("/staff/tickets/new?channel=phone").await;
    let token = form.hidden("token");
    let call = [("token", token.as_str()), ("channel", "phone"), ("name", "Bo"), ("phone", "03-1234-5678")];
    let call = [&call[..], &[("topic", "other"), ("message", "Wants the forms.")]].concat();
    assert_eq!(desk.post("/staff/tickets/new", &call).await.status, 303);
    assert!(desk.get("/staff/tickets/000001-3").await.text.contains("「返信先」にアドレスを入れてください"));
    assert_eq!(desk.deed("000001-3", "address", &[("address", "bo@town.example")]).await.status, 303);
    assert_eq!(desk.deed("000001-3", "reply", &[("body", "Here they are."), ("status", "")]).await.status, 303);
    assert_eq!(desk.letters_soon(1).await[0].to[0].address, "bo@town.example");
}

#[tokio::test]
async fn what_only_a_subject_says_is_shown_and_found() {
    let (desk, token) = with_ticket().await;
    let ours = &desk.letters()[0].subject;
    for (number, subject, body) in [
        (2, "Yes, Tuesday is fine (EOM)", ""),
        (3, "We withdraw our application", "Kind regards"),
        (4, "Re: Sisters", "As before."),
        (5, format!("AW: {ours}").as_str(), "To your acknowledgement."),
    ] {
        deliver(&desk, &token, &letter("ada@town.example", &format!("a{number}@town.example"), subject, "", body))
            .await;
    }
    desk.sign_in().await;
    let page = desk.get("/staff/tickets/000001-3").await.text;
    for shown in ["Yes, Tuesday is fine (EOM)", "We withdraw our application", "本文はありません"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(page.matches("entry-subject").count(), 2, "others say nothing new: {page}");
    soon("it is found", async || desk.get("/staff/tickets?q=withdraw").await.tickets() == ["000001-3"]).await;
}

#[tokio::test]
async fn a_long_conversation_shows_its_beginning_and_the_way_to_all_of_it() {
    let (desk, _) = with_ticket().await;
    desk.execute(
        "INSERT INTO messages (id, ticket_id, kind, channel, sender_name, sender_address, text, created_at)
         SELECT gen_random_uuid(), t.id, 'inbound', 'email', 'Ada', 'ada@town.example', 'Line ' || n || '.', now()
         FROM tickets t, generate_series(1, 450) n;
         UPDATE messages SET id = overlay(id::text placing 'ffff' || lpad(substr(text, 6, length(text) - 6), 4, '0') from 1)::uuid
         WHERE text LIKE 'Line %'",
    )
    .await;
    desk.sign_in().await;
    let mut path = "/staff/tickets/000001-3".to_owned();
    let mut seen = Vec::new();
    for left_out in [Some(250), Some(50), None] {
        let page = desk.get(&path).await.text;
        assert!(page.contains(ENGLISH), "the question is always there: {page}");
        seen.extend(page.split("Line ").skip(1).filter_map(|rest| rest.split('.').next()?.parse::<usize>().ok()));
        let way = page.split("href=\"?before=").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(way.is_some(), left_out.is_some(), "{path}: {page}");
        if let Some((count, before)) = left_out.zip(way) {
            assert!(page.contains(&format!("間の{count}件を見る")), "{count}: {page}");
            path = format!("/staff/tickets/000001-3?before={before}");
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=450).collect::<Vec<_>>(), "each once");
}

#[tokio::test]
async fn what_comes_by_the_pipe_from_ourselves_is_not_answered_to_us() {
    let (desk, _) = with_ticket().await;
    let raw = b"From: Web form <exchange@desk.test>\r\nReturn-Path: <www-data@web.example>\r\nSubject: Form\r\nMessage-ID: <f@web.example>\r\n\r\nname: Bo\r\nHow do we begin?\r\n";
    assert_eq!(desk.command(&["ingest"], raw).json()["ticket"], "000002-1");
    desk.sign_in().await;
    assert!(desk.get("/staff/tickets/000002-1").await.text.contains("「返信先」にアドレスを入れてください"));
    desk.execute("UPDATE tickets SET enquirer_address = 'exchange@desk.test' WHERE number = 2").await;
    let refused = desk.deed("000002-1", "reply", &[("body", "Gladly."), ("status", "")]).await;
    assert!(refused.status == 422 && refused.text.contains("この窓口のアドレスです"), "{}", refused.text);
}

#[tokio::test]
async fn who_fills_in_a_form_elsewhere_is_called_by_their_own_name() {
    let desk = Desk::start().await;
    for (number, from, reply_to, called) in [
        (1, "Town of Kita <wordpress@kita.example>", "Hanako Yamada <hanako@t.example>", "Hanako Yamada"),
        (2, "Town of Kita <wordpress@kita.example>", "jiro@t.example", ""),
        (3, "Ada Lovelace <ada@work.example>", "ada@home.example", "Ada Lovelace"),
    ] {
        let raw = format!(
            "From: {from}\r\nReply-To: {reply_to}\r\nTo: exchange@desk.test\r\nSubject: Sisters\r\n\
             Message-ID: <s{number}@kita.example>\r\n\r\n{ENGLISH}\r\n"
        );
        deliver(&desk, "exchange@desk.test", raw.as_bytes()).await;
        let letter = desk.letters_soon(number).await.remove(number - 1);
        assert_eq!(letter.to[0].name, called, "{from} {reply_to}");
        let greeting = if called.is_empty() { "Dear Sir or Madam,".to_owned() } else { format!("Dear {called},") };
        assert!(letter.text.starts_with(&greeting), "{}", letter.text);
    }
}

#[tokio::test]
async fn an_acknowledgement_carries_no_links_of_whoever_typed_the_address() {
    let desk = Desk::start().await;
    let form = [("name", "You won! https://evil.example/win"), ("subject", "Pay at https://evil.example/pay now")];
    assert_eq!(desk.enquire(&desk.seal().await, &form).await.status, 303);
    let letter = desk.letters_soon(1).await.remove(0);
    let html = letter.html_sanitised.unwrap_or_default();
    assert!(!letter.text.contains("evil") && !html.contains("evil") && letter.to[0].name.is_empty(), "{}", letter.text);
    assert!(letter.text.contains("Pay at … now"), "{}", letter.text);
    desk.sign_in().await;
    assert!(desk.get("/staff/tickets/000001-3").await.text.contains("https://evil.example/win"), "staff see it all");
}

#[tokio::test]
async fn who_writes_none_of_the_five_languages_is_answered_in_english() {
    let desk = Desk::start().await;
    let german = "Sehr geehrte Damen und Herren, wir suchen eine Partnerstadt. Mit freundlichen Grüßen";
    deliver(&desk, "exchange@desk.test", &letter("d@stadt.example", "d1@stadt.example", "Partner", "", german)).await;
    let acknowledged = desk.letters_soon(1).await.remove(0);
    assert!(acknowledged.text.starts_with("Dear Sir or Madam,"), "{}", acknowledged.text);
    assert!(!acknowledged.text.contains("お問い合わせ"), "{}", acknowledged.text);
    // Who says all in the subject writes that language too.
    deliver(&desk, &desk.reply_address(0), &letter("d@stadt.example", "d2@stadt.example", "Bis bald (EOM)", "", ""))
        .await;
    desk.sign_in().await;
    assert_eq!(desk.deed("000001-3", "reply", &[("body", "Gern."), ("status", "")]).await.status, 303);
    let answer = desk.letters_soon(2).await.remove(1);
    assert!(answer.text.contains("International Exchange Division"), "it is signed so too: {}", answer.text);
}

#[tokio::test]
async fn answers_inside_of_our_letter_are_shown() {
    let (desk, token) = with_ticket().await;
    desk.sign_in().await;
    let questions = "1. How many people are you?\n2. On which day would you come?";
    assert_eq!(desk.deed("000001-3", "reply", &[("body", questions), ("status", "")]).await.status, 303);
    let ours = desk.letters_soon(2).await.remove(1).text;
    let head =
        "From: Desk <exchange@desk.test>\nSent: Tuesday, 24 November 2026 10:00\nTo: Ada\nSubject: RE: Sisters\n\n";
    for (number, ours) in [(2, ours.replace("are you?", "are you?\nSix of us.")), (3, ours)] {
        let body = format!("As you asked, number {number}.\n\n{head}{ours}").replace('\n', "\r\n");
        let raw = letter("ada@town.example", &format!("a{number}@town.example"), "RE: Sisters", "", &body);
        deliver(&desk, &token, &raw).await;
    }
    let page = desk.get("/staff/tickets/000001-3").await.text;
    let shown = |number: usize| {
        let end = "</li>\n<li class=\"entry ";
        page.split(end).find(|entry| entry.contains(&format!("As you asked, number {number}."))).unwrap_or_default()
    };
    assert!(shown(2).contains("Six of us.") && !shown(2).contains("class=\"folded\""), "{}", shown(2));
    assert!(shown(3).contains("class=\"folded\""), "what has no answer in it stays folded: {}", shown(3));
}

#[tokio::test]
async fn receipts_and_complaints_join_the_ticket_of_the_letter_they_are_about() {
    let (desk, _) = with_ticket().await;
    let ours = desk.letters()[0].message_id.clone().expect("ours have one");
    let part = |kind: &str, content: &str| format!("--x\r\nContent-Type: {kind}\r\n\r\n{content}\r\n");
    let report = |from: &str, kind: &str, parts: &str| {
        format!(
            "From: {from}\r\nTo: exchange@desk.test\r\nSubject: A report\r\nMessage-ID: <{kind}@far.example>\r\n\
            MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type={kind}; boundary=x\r\n\r\n{}{parts}--x--\r\n",
            part("text/plain", "About your letter.")
        )
    };
    let read = format!(
        "Final-Recipient: rfc822; ada@town.example\r\nOriginal-Message-ID: <{ours}>\r\nDisposition: x; displayed\r\n"
    );
    let receipt = part("message/disposition-notification", &read);
    deliver(
        &desk,
        "exchange@desk.test",
        report("ada@elsewhere.example", "disposition-notification", &receipt).as_bytes(),
    )
    .await;
    let ours_again = format!("From: exchange@desk.test\r\nMessage-ID: <{ours}>\r\n\r\nThank you.\r\n");
    let complaint = [
        part("message/feedback-report", "Feedback-Type: abuse\r\nVersion: 1\r\n"),
        part("message/rfc822", &ours_again),
    ]
    .concat();
    deliver(&desk, "exchange@desk.test", report("feedback@provider.example", "feedback-report", &complaint).as_bytes())
        .await;
    desk.sign_in().await;
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1, "no tickets of their own");
    let page = desk.get("/staff/tickets/000001-3").await.text;
    assert_eq!(page.matches("About your letter.").count(), 2, "{page}");
    let unknown = receipt.replace(&ours, "somebody-elses@far.example");
    let stranger =
        report("eve@far.example", "disposition-notification", &unknown).replace("disposition-notification@", "n@");
    deliver(&desk, "exchange@desk.test", stranger.as_bytes()).await;
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 2, "of another's letter it says nothing here");
}

#[tokio::test]
async fn a_letter_too_long_for_a_page_says_so() {
    let desk = Desk::start().await;
    let text = "A line of a letter that is far too long for any page.\r\n".repeat(5_000) + "The very end.";
    deliver(&desk, "exchange@desk.test", &letter("ada@town.example", "a1@town.example", "Long", "", &text)).await;
    desk.sign_in().await;
    let page = desk.get("/staff/tickets/000001-3").await.text;
    assert!(page.len() < 400_000 && !page.contains("The very end."), "{} bytes", page.len());
    let (_, behind) = page.split_once("長いため、はじめの部分だけを表示しています。").expect("a notice");
    let path = behind.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    assert!(desk.get(path).await.text.contains("The very end."), "the letter as it came");
    let note = "長い".repeat(49_000) + "メモの終わり";
    assert_eq!(desk.deed("000001-3", "note", &[("body", &note)]).await.status, 303);
    assert!(
        desk.get("/staff/tickets/000001-3").await.text.contains("メモの終わり"),
        "what stands nowhere else is whole"
    );
}
