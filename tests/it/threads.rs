//! Which ticket a letter finds, through the counter for MTAs.

use crate::harness::database::{self, ask};
use crate::harness::post::Post;
use crate::harness::{Desk, soon};

/// A letter with further headers, each ended by CRLF.
pub fn letter(from: &str, id: &str, subject: &str, more: &str, body: &str) -> Vec<u8> {
    format!(
        "From: {from}\r\nTo: exchange@desk.test\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\n{more}\r\n{body}\r\n"
    )
    .into_bytes()
}

const ENGLISH: &str = "We would like to find a sister city in Japan for our town.";

pub async fn deliver(desk: &Desk, to: &str, raw: &[u8]) {
    assert_eq!(desk.deliver("someone@elsewhere.example", &[to], raw).await, ["250"]);
}

/// The outcome of each arrival and the number of its ticket, in their order.
async fn outcomes(desk: &Desk) -> Vec<String> {
    let query = "SELECT a.outcome || coalesce(' ' || t.number, '') FROM arrivals a LEFT JOIN tickets t ON t.id = a.ticket_id ORDER BY a.received_at, a.id";
    ask(&desk.database_url, query).await
}

#[tokio::test]
async fn a_token_suffices_in_any_case() {
    let desk = Desk::start().await;
    deliver(&desk, "exchange@desk.test", &letter("ada@town.example", "a1@town.example", "Sisters", "", ENGLISH)).await;
    desk.letters_soon(1).await;
    let token = desk.reply_address(0);
    deliver(&desk, &token, &letter("ada@town.example", "a2@town.example", "x", "", "Lower case.")).await;
    let upper = token.to_uppercase();
    deliver(&desk, &upper, &letter("bo@other.example", "b1@other.example", "y", "", "Upper case, a stranger.")).await;
    let broken = token.replace('+', "+a");
    deliver(&desk, &broken, &letter("bo@other.example", "b2@other.example", "z", "", "No token of ours.")).await;
    assert_eq!(outcomes(&desk).await, ["created 1", "appended 1", "appended 1", "created 2"]);
    let known = ask(&desk.database_url, "SELECT sender_known FROM messages ORDER BY created_at, id").await;
    assert_eq!(known[1..3], ["true", "false"], "who is new to the ticket is shown as such");
}

#[tokio::test]
async fn ids_and_references_count_from_those_who_take_part() {
    let desk = Desk::start().await;
    deliver(&desk, "exchange@desk.test", &letter("ada@town.example", "a1@town.example", "Sisters", "", ENGLISH)).await;
    let ours = desk.letters_soon(1).await.remove(0).message_id.expect("our letters have one");
    let strange: String = (0..300).map(|number| format!(" <{number}@x.example>\r\n")).collect();
    for (from, subject, more, outcome) in [
        ("ada@town.example", "x", format!("In-Reply-To: <{ours}>\r\n"), "appended 1"),
        ("ada@town.example", "x", format!("References: <{ours}>\r\n{strange}"), "appended 1"),
        ("Ada <ADA@Town.example>", "x", "References: <none@x.example> <a1@town.example>\r\n".to_owned(), "appended 1"),
        ("ada@town.example", "x", format!("In-Reply-To: Your letter <none@x.example> <{ours}>\r\n"), "appended 1"),
        ("ada@town.example", "Re: [#000001-3] Sisters", String::new(), "appended 1"),
        ("bo@other.example", "x", format!("In-Reply-To: <{ours}>\r\n"), "created 2 related 1"),
        ("cy@other.example", "Re: [#000001-3] Sisters", String::new(), "created 3 related 1"),
        ("di@other.example", "Re: [#000001-4] Sisters", String::new(), "created 4"),
        ("ed@other.example", "x", "In-Reply-To: <>\r\nReferences: \r\n".to_owned(), "created 5"),
        ("fi@other.example", "x", "In-Reply-To: <>\r\nReferences: \r\n".to_owned(), "created 6"),
    ] {
        let id = format!("{}@x.example", uuid::Uuid::new_v4());
        deliver(&desk, "exchange@desk.test", &letter(from, &id, subject, &more, &format!("About {id}"))).await;
        let query = "SELECT a.outcome || ' ' || t.number || coalesce(' related ' || t.related_number, '') FROM arrivals a JOIN tickets t ON t.id = a.ticket_id ORDER BY a.received_at DESC, a.id DESC LIMIT 1";
        let found = ask(&desk.database_url, query).await.remove(0);
        let found =
            if found.starts_with("appended") { found.split(" related").next().unwrap().to_owned() } else { found };
        assert_eq!(found, outcome, "{from} {subject} {more}");
    }
    let by_list =
        letter("ada@town.example", "a1@town.example", "[all] Sisters", "", &format!("{ENGLISH}\r\n-- \r\nall@"));
    deliver(&desk, "exchange@desk.test", &by_list).await;
    let related = ask(&desk.database_url, "SELECT number || ' ' || related_number FROM tickets WHERE number = 7").await;
    assert_eq!(related, ["7 1"], "the same letter by a mailing list");
    desk.sign_in().await;
    assert!(desk.get("/staff/tickets/000003-7").await.text.contains("関連がありそうな案件"), "staff are told");
    let first = desk.get("/staff/tickets/000001-3").await;
    assert!(
        !first.text.contains("bo@other.example") && !first.text.contains("cy@other.example"),
        "strangers stay outside"
    );
}

#[tokio::test]
async fn letters_without_an_id_are_kept_apart() {
    let desk = Desk::start().await;
    for (from, body) in [("ada@town.example", "One."), ("ada@town.example", "Two."), ("bo@other.example", "One.")] {
        let raw = format!("From: {from}\r\nSubject: Hello\r\n\r\n{body}\r\n");
        deliver(&desk, "exchange@desk.test", raw.as_bytes()).await;
        deliver(&desk, "exchange@desk.test", raw.as_bytes()).await;
    }
    let expected = ["created 1", "duplicate 1", "created 2", "duplicate 2", "created 3", "duplicate 3"];
    assert_eq!(outcomes(&desk).await, expected);
    let ids = ask(&desk.database_url, "SELECT count(DISTINCT mail_id) FROM messages WHERE kind = 'inbound'").await;
    assert_eq!(ids, ["3"], "each has one made of its content");
}

#[tokio::test]
async fn our_letters_carry_the_thread_on() {
    let desk = Desk::start().await;
    let before = "In-Reply-To: <b@x.example>\r\nReferences: <a@x.example>\r\n <b@x.example>\r\n";
    let raw = letter("ada@town.example", "c@town.example", "Sisters", before, ENGLISH);
    deliver(&desk, "exchange@desk.test", &raw).await;
    let acknowledged = desk.letters_soon(1).await.remove(0);
    assert_eq!(acknowledged.references, ["a@x.example", "b@x.example", "c@town.example"]);
    assert_eq!(acknowledged.in_reply_to.as_deref(), Some("c@town.example"));
    desk.sign_in().await;
    assert_eq!(desk.deed("000001-3", "reply", &[("body", "Gladly."), ("status", "")]).await.status, 303);
    let reply = desk.letters_soon(2).await.remove(1);
    let ours = acknowledged.message_id.expect("our letters have one");
    assert_eq!(reply.references, ["a@x.example", "b@x.example", "c@town.example", &ours]);
    assert_eq!(reply.in_reply_to.as_deref(), Some("c@town.example"));

    let without = "From: bo@other.example\r\nSubject: No id\r\n\r\nWe would like to know more of the seminar.\r\n";
    deliver(&desk, "exchange@desk.test", without.as_bytes()).await;
    let long = letter("cy@third.example", &format!("{}@third.example", "x".repeat(3000)), "Long", "", ENGLISH);
    deliver(&desk, "exchange@desk.test", &long).await;
    desk.letters_soon(4).await;
    for ticket in ["000002-1", "000003-7"] {
        assert_eq!(desk.deed(ticket, "reply", &[("body", "Gladly."), ("status", "")]).await.status, 303);
    }
    for letter in desk.letters_soon(6).await.split_off(2) {
        let named: Vec<&String> = letter.references.iter().chain(&letter.in_reply_to).collect();
        assert!(named.iter().all(|id| id.ends_with("@desk.test")), "an id that we made names nothing: {named:?}");
    }
}

#[tokio::test]
async fn an_answer_reopens_a_closed_ticket_and_a_machine_does_not() {
    let desk = Desk::start().await;
    deliver(&desk, "exchange@desk.test", &letter("ada@town.example", "a1@town.example", "Sisters", "", ENGLISH)).await;
    desk.letters_soon(1).await;
    let token = desk.reply_address(0);
    desk.sign_in().await;
    let status = async || ask(&desk.database_url, "SELECT status FROM tickets").await.remove(0);
    let closed = desk.deed("000001-3", "status", &[("status", "closed")]).await;
    assert_eq!((closed.status, status().await.as_str()), (303, "closed"), "{}", closed.text);
    let vacation =
        letter("ada@town.example", "v@town.example", "Away", "Auto-Submitted: auto-replied\r\n", "I am away.");
    deliver(&desk, &token, &vacation).await;
    assert_eq!(status().await, "closed", "automatic mail changes no status");
    deliver(&desk, &token, &letter("ada@town.example", "a2@town.example", "Re: Sisters", "", "One more question."))
        .await;
    assert_eq!(status().await, "open");
    assert_eq!(outcomes(&desk).await, ["created 1", "appended 1", "appended 1"]);
    assert_eq!(desk.letters().len(), 1, "neither is acknowledged");
}

#[tokio::test]
async fn the_same_letter_is_one_message_whichever_way_it_comes() {
    let url = database::own().await;
    let (one, other) = tokio::join!(Desk::settings().on(&url).start(), Desk::settings().on(&url).start());
    let raw = letter("ada@town.example", "a1@town.example", "Sisters", "", ENGLISH);
    deliver(&one, "exchange@desk.test", &raw).await;
    let relayed = [b"Received: from mx2.example\r\n".as_slice(), &raw].concat();
    deliver(&one, "info@desk.test", &relayed).await;
    deliver(&other, "exchange@desk.test", &raw).await;
    assert_eq!(outcomes(&one).await, ["created 1", "duplicate 1", "duplicate 1"]);
    let robot = letter("ada@town.example", "a1@town.example", "Sisters", "", "The same id, another text.");
    deliver(&one, "exchange@desk.test", &robot).await;
    assert_eq!(ask(&url, "SELECT count(*) FROM messages WHERE kind = 'inbound'").await, ["2"], "one id, two bodies");
    for round in 0..12 {
        let from = format!("p{round}@town.example");
        let raw = letter(&from, &format!("r{round}@town.example"), "At once", "", ENGLISH);
        tokio::join!(deliver(&one, "exchange@desk.test", &raw), deliver(&other, "info@desk.test", &raw));
    }
    let stored = ask(
        &url,
        "SELECT count(*) || ' ' || count(DISTINCT mail_id) FROM messages WHERE mail_id LIKE 'r%@town.example'",
    )
    .await;
    assert_eq!(stored, ["12 12"]);
    let ledger = ask(&url, "SELECT outcome || ' ' || count(*) FROM arrivals WHERE sender LIKE '%p%@town.example%' GROUP BY outcome ORDER BY 1").await;
    assert_eq!(ledger, ["created 12", "duplicate 12"]);
}

#[tokio::test]
async fn acknowledged_once_an_hour_and_machines_never() {
    let desk = Desk::start().await;
    for number in 0..3 {
        let raw = letter(
            "ada@town.example",
            &format!("a{number}@town.example"),
            "Sisters",
            "",
            &format!("{ENGLISH} {number}"),
        );
        deliver(&desk, "exchange@desk.test", &raw).await;
    }
    for (number, more) in [
        "Auto-Submitted: auto-generated\r\n",
        "Precedence: bulk\r\n",
        "List-Id: <x.list.example>\r\n",
        "X-Auto-Response-Suppress: All\r\n",
    ]
    .into_iter()
    .enumerate()
    {
        let raw =
            letter(&format!("m{number}@robot.example"), &format!("m{number}@robot.example"), "Robot", more, ENGLISH);
        deliver(&desk, "exchange@desk.test", &raw).await;
    }
    let daemon = letter("mailer-daemon@mx.example", "d1@mx.example", "Hello", "", "The queue was flushed.");
    deliver(&desk, "exchange@desk.test", &daemon).await;
    let empty_path = letter("eve@town.example", "e1@town.example", "Hello", "", ENGLISH);
    assert_eq!(desk.deliver("", &["exchange@desk.test"], &empty_path).await, ["250"]);
    let last = letter("zoe@town.example", "z1@town.example", "Sisters", "", ENGLISH);
    deliver(&desk, "exchange@desk.test", &last).await;
    let letters = desk.letters_soon(2).await;
    let to: Vec<&str> = letters.iter().map(|letter| letter.to[0].address.as_str()).collect();
    assert_eq!(to, ["ada@town.example", "zoe@town.example"]);
    assert_eq!(ask(&desk.database_url, "SELECT count(*) FROM tickets WHERE automatic").await, ["6"]);
}

#[tokio::test]
async fn a_bounce_marks_ticket_and_letter() {
    let post = Post::start().await;
    let desk = Desk::settings().with("MADOGUCHI_SMTP_URL", post.url()).start().await;
    deliver(&desk, "exchange@desk.test", &letter("ada@town.example", "a1@town.example", "Sisters", "", ENGLISH)).await;
    soon("the acknowledgement leaves", async || post.sent().len() == 1).await;
    desk.sign_in().await;
    let replied = desk.deed("000001-3", "reply", &[("body", "Gladly."), ("status", "resolved")]).await;
    assert_eq!(replied.status, 303, "{}", replied.text);
    soon("the reply leaves", async || post.sent().len() == 2).await;
    let path = post.sent()[1].from.clone();
    assert!(path.starts_with("exchange+") && path.ends_with("@desk.test"), "{path}");
    let report = b"From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\r\nSorry\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ada@town.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--x--\r\n";
    assert_eq!(desk.deliver("", &[&path], report).await, ["250"]);
    assert_eq!(outcomes(&desk).await, ["created 1", "bounce 1"]);
    let marked = ask(&desk.database_url, "SELECT t.bounced || ' ' || (m.bounce ->> 'status') FROM tickets t JOIN messages m ON m.ticket_id = t.id WHERE m.kind = 'outbound'").await;
    assert_eq!(marked, ["true 5.1.1"]);
    let page = desk.get("/staff/tickets/000001-3").await;
    assert!(page.text.contains("5.1.1"), "staff see it: {}", page.text);
    let told = "1件の案件で、メールが相手に届いていません";
    assert!(desk.get("/staff").await.text.contains(told), "though they have resolved the ticket");
    assert_eq!(desk.get("/staff/tickets?bounced=1").await.tickets(), ["000001-3"]);
    assert_eq!(desk.deed("000001-3", "status", &[("status", "closed")]).await.status, 303);
    assert!(!desk.get("/staff").await.text.contains(told), "until they have taken care of it");
    let foreign = String::from_utf8_lossy(report).replace("ada@town", "nobody@elsewhere");
    assert_eq!(desk.deliver("", &["exchange@desk.test"], foreign.as_bytes()).await, ["250"]);
    assert_eq!(
        outcomes(&desk).await,
        ["created 1", "bounce 1", "bounce"],
        "one that belongs to none stands in the ledger"
    );
    assert_eq!(ask(&desk.database_url, "SELECT count(*) FROM tickets").await, ["1"]);
}

#[tokio::test]
async fn an_acknowledgement_speaks_the_letters_language() {
    let desk = Desk::start().await;
    for (index, (text, words)) in [
        ("姉妹都市の提携についてお尋ねします。", &["受付番号"][..]),
        ("关于三国地方政府交流会议的报名方式，请问截止日期是什么时候？", &["编号"]),
        ("한일 자매도시 교류 20주년 기념행사 문의드립니다.", &["번호"]),
        ("Nous souhaitons trouver une commune partenaire au Japon pour notre ville.", &["éférence"]),
        (ENGLISH, &["Reference"]),
        ("12345", &["受付番号", "Reference"]),
    ]
    .into_iter()
    .enumerate()
    {
        let raw = format!(
            "From: p{index}@town.example\r\nSubject: =?utf-8?B??=\r\nMessage-ID: <l{index}@town.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        );
        deliver(&desk, "exchange@desk.test", raw.as_bytes()).await;
        let letter = desk.letters_soon(index + 1).await.remove(index);
        for word in words {
            assert!(letter.text.contains(word), "{word} for {text}: {}", letter.text);
        }
        if words.len() == 1 && *words != ["Reference"] {
            assert!(!letter.text.contains("Reference:"), "one language suffices: {}", letter.text);
        }
    }
}

#[tokio::test]
async fn tokens_of_several_tickets_append_once_and_link_the_others() {
    let desk = Desk::start().await;
    for name in ["ada", "bo"] {
        let from = format!("{name}@town.example");
        deliver(&desk, "exchange@desk.test", &letter(&from, &format!("{name}1@town.example"), name, "", ENGLISH)).await;
    }
    desk.letters_soon(2).await;
    let tokens = [desk.reply_address(0), desk.reply_address(1)];
    let raw = letter("ada@town.example", "both@town.example", "Re: both", "", "One answer for both.");
    assert_eq!(desk.deliver("ada@town.example", &[&tokens[0], &tokens[1]], &raw).await, ["250", "250"]);
    assert_eq!(outcomes(&desk).await, ["created 1", "created 2", "appended 1"]);
    desk.sign_in().await;
    let other = desk.get("/staff/tickets/000002-1").await;
    let linked = other.tickets().contains(&"000001-3".to_owned()) || other.text.contains("000001-3");
    assert!(linked && !other.text.contains("One answer for both."), "{}", other.text);
}

#[tokio::test]
async fn a_letter_as_long_as_a_book_delays_no_other() {
    let desk = Desk::start().await;
    let words: String =
        (0..400_000).map(|number| format!("w{number:x}{}", if number % 12 == 0 { "\r\n" } else { " " })).collect();
    deliver(&desk, "exchange@desk.test", &letter("ada@town.example", "long@town.example", "A book", "", &words)).await;
    deliver(
        &desk,
        "exchange@desk.test",
        &letter("bo@town.example", "short@town.example", "Short", "", "Zanzibar calls."),
    )
    .await;
    assert_eq!(outcomes(&desk).await, ["created 1", "created 2"]);
    desk.sign_in().await;
    soon("search finds the short one", async || desk.get("/staff/tickets?q=zanzibar").await.tickets() == ["000002-1"])
        .await;
    let page = desk.get("/staff/tickets/000001-3").await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn reply_to_says_where_answers_go_and_not_who_wrote() {
    let desk = Desk::start().await;
    let sent = desk.enquire(&desk.seal().await, &[]).await;
    assert_eq!(sent.status, 303);
    for (number, from) in ["evil@evil.example", "abena@kma.example, evil@evil.example", ""].into_iter().enumerate() {
        let raw = format!(
            "{}Reply-To: abena@kma.example\r\nSubject: Re: [#000001-3] x\r\nMessage-ID: <evil{number}@evil.example>\r\n\r\nLet me in {number}.\r\n",
            if from.is_empty() { String::new() } else { format!("From: {from}\r\n") },
        );
        assert_eq!(desk.deliver("evil@evil.example", &["exchange@desk.test"], raw.as_bytes()).await, ["250"]);
    }
    desk.sign_in().await;
    assert!(!desk.get("/staff/tickets/000001-3").await.text.contains("Let me in"), "a stranger enters nobody's ticket");
    let tickets = desk.get("/staff/tickets").await.tickets();
    assert_eq!(tickets.len(), 4, "each is a ticket of its own: {tickets:?}");
    let page = desk.get(&format!("/staff/tickets/{}", tickets[2])).await.text;
    assert!(
        page.contains("evil@evil.example") && page.contains("000001-3"),
        "it shows who wrote, and what it looks related to"
    );
}

#[tokio::test]
async fn what_a_filter_takes_for_spam_waits_quietly() {
    let desk = Desk::settings().with("MADOGUCHI_SPAM_SCORE", "6").start().await;
    let letter = |number: usize, head: &str| {
        format!(
            "{head}From: w{number}@town.example\r\nSubject: S\r\nMessage-ID: <s{number}@town.example>\r\n\r\nHow do we begin?\r\n"
        )
    };
    let spam = letter(1, "X-Spam-Status: Yes, score=6.2 required=5.0\r\n");
    let doubtful = letter(2, "X-Spam-Status: Yes, score=5.2 required=5.0\r\n");
    for (number, raw) in [(1, &spam), (2, &doubtful)] {
        let sender = format!("w{number}@town.example");
        assert_eq!(desk.deliver(&sender, &["exchange@desk.test"], raw.as_bytes()).await, ["250"]);
    }
    let letters = desk.letters_soon(1).await;
    assert_eq!(letters[0].to[0].address, "w2@town.example", "spam is not acknowledged");
    desk.sign_in().await;
    assert_eq!(desk.get("/staff/tickets").await.tickets(), ["000002-1"]);
    assert_eq!(desk.get("/staff/tickets?status=spam").await.tickets(), ["000001-3"]);
    let freed = desk.deed("000001-3", "status", &[("status", "open")]).await;
    assert_eq!(freed.status, 303, "{}", freed.text);
    let letters = desk.letters_soon(2).await;
    assert!(letters.iter().any(|letter| letter.to[0].address == "w1@town.example"), "acknowledged once staff free it");
}

#[tokio::test]
async fn senders_that_the_border_server_doubts_are_marked_and_lose_nothing() {
    let desk = Desk::settings().with("MADOGUCHI_AUTHSERV_ID", "mx.desk.test").start().await;
    for (number, server) in [(1, "mx.desk.test"), (2, "mx.of-the-sender.example")] {
        let head = format!("Authentication-Results: {server}; spf=fail smtp.mailfrom=town.example; dmarc=fail\r\n");
        let raw = letter("ada@town.example", &format!("d{number}@town.example"), "Sisters", &head, ENGLISH);
        deliver(&desk, "exchange@desk.test", &raw).await;
    }
    desk.sign_in().await;
    let marked = desk.get("/staff/tickets/000001-3").await;
    assert!(marked.text.contains("SPF, DMARC"), "{}", marked.text);
    let other = desk.get("/staff/tickets/000002-1").await;
    assert!(other.status == 200 && !other.text.contains("DMARC"), "only the trusted server is believed");
    for (number, server, outcome) in [(3, "mx.desk.test", "created"), (4, "mx.of-the-sender.example", "appended")] {
        let head = format!("Authentication-Results: {server}; dmarc=fail\r\n");
        let raw = letter("ada@town.example", &format!("d{number}@town.example"), "[#000001-3]", &head, ENGLISH);
        deliver(&desk, "exchange@desk.test", &raw).await;
        let last = outcomes(&desk).await.pop().expect("an outcome");
        assert!(last.starts_with(outcome), "by the subject alone, {server}: {last}");
    }
}
