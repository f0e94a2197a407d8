//! One door out: what the mail server takes, puts off, refuses, or leaves unknown.

use std::time::Duration;

use crate::harness::post::{Manner, Post};
use crate::harness::{Desk, soon};

async fn with(post: &Post) -> Desk {
    Desk::settings().with("MADOGUCHI_SMTP_URL", post.url()).with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await
}

async fn enquire_as(desk: &Desk, email: &str) {
    assert_eq!(desk.enquire(&desk.seal().await, &[("email", email)]).await.status, 303);
}

#[tokio::test]
async fn a_letter_as_it_leaves() {
    let post = Post::start().await;
    let desk = with(&post).await;
    let began = std::time::Instant::now();
    enquire_as(&desk, "a..b.@docomo.ne.jp").await;
    soon("the acknowledgement leaves", async || post.sent().len() == 1).await;
    assert!(began.elapsed() < Duration::from_secs(5));
    desk.sign_in().await;
    let body =
        "拝啓\n\n. は行頭の点です。\nFrom here on\n\n**重要**：https://clair.example/aをご覧ください。\n\n担当 鈴木";
    desk.deed("000001-3", "reply", &[("body", body), ("status", "resolved")]).await;
    soon("the reply leaves", async || post.sent().len() == 2).await;
    let [acknowledgement, reply] = [post.sent().remove(0), post.sent().remove(1)];
    assert_eq!(acknowledgement.to, "\"a..b.\"@docomo.ne.jp", "a quoted local part at SMTP");
    let text = |sent: &crate::harness::post::Sent| String::from_utf8_lossy(&sent.raw).into_owned();
    assert!(text(&acknowledgement).contains("Auto-Submitted: auto-replied"), "{}", text(&acknowledgement));
    assert!(!text(&reply).contains("Auto-Submitted"));
    assert!(text(&reply).contains("multipart/alternative") && text(&reply).contains("text/html"));
    for sent in [&acknowledgement, &reply] {
        assert!(!text(sent).contains("\nList-"), "no list: {}", text(sent));
        let html = sent.letter().html_sanitised.expect("HTML beside the text");
        assert!(html.contains("000001-3") || html.contains("<blockquote"), "{html}");
        assert!(
            sent.from.starts_with("exchange+") && sent.from.ends_with("@desk.test"),
            "the return path is ours: {}",
            sent.from
        );
        assert!(sent.from.split('@').next().is_some_and(|local| local.len() <= 64 && *local == local.to_lowercase()));
        assert!(!text(sent).lines().any(|line| line.len() > 998), "lines of RFC 5322");
    }
    assert_ne!(acknowledgement.from, reply.from, "each letter has a return path of its own");
    let letter = reply.letter();
    assert_eq!(letter.from.as_ref().map(|from| from.address.as_str()), Some("exchange@desk.test"));
    let reply_to = letter.reply_to.clone().expect("a Reply-To").address;
    assert!(
        reply_to.starts_with("exchange+") && reply_to.split('@').next().is_some_and(|local| local.len() <= 64),
        "{reply_to}"
    );
    assert!(letter.subject.contains("[#000001-3]"), "{}", letter.subject);
    assert_eq!(letter.in_reply_to, acknowledgement.letter().message_id);
    assert!(letter.text.contains(". は行頭の点です。\nFrom here on"), "{}", letter.text);
    let html = letter.html_sanitised.clone().expect("HTML beside the text");
    assert!(html.contains("<strong>重要</strong>") && html.contains("<a href=\"https://clair.example/a\""), "{html}");
    assert!(html.split("<blockquote").nth(1).is_some_and(|quoted| quoted.contains("two participants")), "{html}");
    assert!(
        letter.text.contains("> We would like to send two participants"),
        "the history is quoted below: {}",
        letter.text
    );
}

#[tokio::test]
async fn each_letter_has_its_own_fate() {
    let post = Post::start().await;
    for (word, manner) in [
        ("gone", Manner::Refuses),
        ("busy", Manner::Busy),
        ("silent", Manner::Hangs),
        ("lost", Manner::DropsAfterData(0)),
    ] {
        post.treat(word, manner);
    }
    let desk = with(&post).await;
    for who in ["silent", "busy", "gone", "lost"] {
        enquire_as(&desk, &format!("{who}@town.example")).await;
    }
    let began = std::time::Instant::now();
    enquire_as(&desk, "fine@town.example").await;
    soon("the good letter leaves", async || post.sent_to("fine").len() == 1).await;
    assert!(began.elapsed() < Duration::from_secs(5), "one letter's failure delays no other");
    desk.sign_in().await;
    soon("all fates are known", async || {
        let page = desk.get("/staff/outbox").await.text;
        ["550 5.1.1", "No such user here", "451 4.3.2"].iter().all(|word| page.contains(word))
            && page.contains("/again\"")
    })
    .await;
    let page = desk.get("/staff/outbox").await;
    assert_eq!(page.tickets().len(), 4, "all but the one that was sent: {:?}", page.tickets());
    for who in ["silent", "busy", "gone", "lost"] {
        assert!(page.text.contains(&format!("{who}@town.example")), "{who}");
    }
    let refused = desk.get("/staff/tickets?bounced=yes").await.tickets();
    assert_eq!(refused.len(), 1, "a final refusal marks the ticket");
    let ticket = desk.get(&format!("/staff/tickets/{}", refused[0])).await.text;
    assert!(ticket.contains("550 5.1.1") && ticket.contains("No such user here"), "with the server's code and words");
    let state = "SELECT count(*) FROM outbox WHERE recipient LIKE 'lost%' AND state = 'unknown'";
    soon("what may have been taken is unknown", async || desk.count(state).await == 1).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(post.sent_to("lost").len(), 1, "and is not sent again by itself");
    post.treat("lost", Manner::Takes);
    decide(&desk, "lost", "again").await;
    soon("until a person says so", async || post.sent_to("lost").len() == 2).await;
    post.treat("astray", Manner::DropsAfterData(0));
    enquire_as(&desk, "astray@town.example").await;
    soon("another is unknown", async || desk.get("/staff/outbox").await.text.contains("/arrived\"")).await;
    decide(&desk, "astray", "arrived").await;
    assert!(desk.get("/staff/outbox?state=sent").await.text.contains("astray@town.example"), "it counts as sent");
    let ids: Vec<_> = post.sent_to("lost").iter().map(|sent| sent.letter().message_id).collect();
    assert_eq!(ids[0], ids[1], "with the same Message-ID");
    let dashboard = desk.get("/staff").await.text;
    let way = "/staff/tickets?bounced=1";
    assert!(dashboard.contains("1件の案件で、メールが相手に届いていません") && dashboard.contains(way), "{dashboard}");
    assert_eq!(desk.get(&way.replace("&amp;", "&")).await.tickets(), refused, "where the figure leads");
    let sent = desk.get("/staff/outbox?state=sent").await.text;
    assert!(sent.contains("fine@town.example") && !sent.contains("gone@town.example"), "{sent}");
    let stale = desk.get("/staff/outbox").await;
    let of_gone = stale.text.split("<li>").find(|row| row.contains("gone@")).expect("a letter").to_owned();
    decide(&desk, "gone", "settle").await;
    let settled =
        of_gone.split("action=\"").find_map(|piece| piece.split('"').next().filter(|path| path.ends_with("settle")));
    let settled = settled.expect("a form");
    let shown = [("token", stale.hidden("token")), ("state", "refused".to_owned())];
    let shown: Vec<(&str, &str)> = shown.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert!(of_gone.contains("name=\"state\" value=\"refused\""), "{of_gone}");
    assert_eq!(desk.post(settled, &shown).await.status, 303, "a second press of one's own is no news");
    let late = desk.post(&settled.replace("/settle", "/again"), &shown).await;
    assert!(late.status == 409 && late.text.contains("すでに処理済みです"), "{} {}", late.status, late.text);
    assert!(late.text.contains("href=\"/staff/outbox?state=sent\""), "{}", late.text);
    assert_eq!(post.tries("gone").len(), 1, "and is not sent again");
    assert!(!desk.get("/staff").await.text.contains("届いていません"), "taken care of");
    assert!(desk.get("/staff/outbox?state=sent").await.text.contains("gone@town.example"));
    post.treat("busy", Manner::Takes);
    decide(&desk, "busy", "again").await;
    soon("a letter that waits is tried at once", async || post.sent_to("busy").len() == 1).await;
    assert!(!desk.get("/staff/outbox").await.text.contains("gone@town.example"), "settled");
}

async fn decide(desk: &Desk, who: &str, decision: &str) {
    let page = desk.get("/staff/outbox").await;
    let row = page.text.split("<li>").find(|row| row.contains(&format!("{who}@"))).expect("a letter");
    let action =
        row.split("action=\"").find(|piece| piece.split('"').next().is_some_and(|path| path.ends_with(decision)));
    let action = action.and_then(|piece| piece.split('"').next()).expect("a form");
    assert_eq!(desk.post(action, &[("token", &page.hidden("token"))]).await.status, 303);
}

#[tokio::test]
async fn a_server_that_is_busy_or_away_is_tried_again() {
    let post = Post::start().await;
    post.treat("@", Manner::Busy);
    let desk = with(&post).await;
    enquire_as(&desk, "patient@town.example").await;
    soon("the first try", async || post.tries("patient").len() == 1).await;
    post.treat("@", Manner::Takes);
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_secs(4)).await;
    }
    soon("the second try", async || post.sent_to("patient").len() == 1).await;
    let tries = post.tries("patient");
    let pause = tries[1] - tries[0];
    assert!((Duration::from_secs(5)..Duration::from_millis(10_800)).contains(&pause), "{pause:?}");
    desk.sign_in().await;
    assert!(desk.get("/staff/outbox").await.tickets().is_empty());
    let nowhere = Desk::settings()
        .with("MADOGUCHI_SMTP_URL", format!("smtp://127.0.0.1:{}", crate::harness::free_port()))
        .start()
        .await;
    assert_eq!(nowhere.enquire(&nowhere.seal().await, &[]).await.status, 303, "the enquiry is taken all the same");
    nowhere.sign_in().await;
    soon("the letter waits", async || nowhere.get("/staff/outbox").await.tickets().len() == 1).await;
}

#[tokio::test]
async fn two_instances_send_each_letter_once() {
    let post = Post::start().await;
    let desk = with(&post).await;
    let twin = Desk::settings()
        .with("MADOGUCHI_SMTP_URL", post.url())
        .with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0")
        .on(&desk.database_url)
        .start()
        .await;
    let one = async |desk: &Desk, number: usize| enquire_as(desk, &format!("n{number}@town.example")).await;
    let all = (0..60).map(|number| one(if number % 2 == 0 { &desk } else { &twin }, number));
    futures_util::future::join_all(all).await;
    soon("all are sent", async || post.sent().len() >= 60).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(post.sent().len(), 60);
    let mut recipients: Vec<_> = post.sent().into_iter().map(|sent| sent.to).collect();
    recipients.sort();
    recipients.dedup();
    assert_eq!(recipients.len(), 60);
    assert_eq!(desk.count("SELECT count(*) FROM outbox WHERE state = 'sent'").await, 60);
}

#[tokio::test]
async fn a_lease_that_ran_out_lets_nobody_send_a_second_time() {
    let post = Post::start().await;
    post.treat("slow", Manner::DropsAfterData(600_000));
    let mut desk = with(&post).await;
    enquire_as(&desk, "slow@town.example").await;
    soon("it is being handed over", async || post.sent_to("slow").len() == 1).await;
    assert_eq!(
        desk.count("SELECT count(*) FROM outbox WHERE state = 'handing'").await,
        1,
        "marked in a commit before DATA"
    );
    desk.kill();
    desk.execute("UPDATE outbox SET lease_until = now() - interval '1 second'").await;
    let next = Desk::settings().with("MADOGUCHI_SMTP_URL", post.url()).on(&desk.database_url).start().await;
    next.sign_in().await;
    soon("its fate is unknown", async || next.get("/staff/outbox").await.text.contains("slow@town.example")).await;
    soon("and stays so", async || desk.count("SELECT count(*) FROM outbox WHERE state = 'unknown'").await == 1).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(post.sent_to("slow").len(), 1);
}

#[tokio::test]
async fn a_letter_that_comes_back_is_told_on_the_dashboard() {
    let post = Post::start().await;
    let desk = with(&post).await;
    enquire_as(&desk, "ada@town.example").await;
    soon("the acknowledgement leaves", async || post.sent().len() == 1).await;
    desk.sign_in().await;
    assert!(!desk.get("/staff").await.text.contains("届いていません"));
    let report = "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\r\nSorry\r\n--x\r\n\
        Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
        Final-Recipient: rfc822; ada@town.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--x--\r\n";
    assert_eq!(desk.deliver("", &[&post.sent()[0].from], report.as_bytes()).await, ["250"]);
    soon("it is told", async || desk.get("/staff").await.text.contains("1件の案件で、メールが相手に届いていません"))
        .await;
    assert!(desk.get("/staff/outbox?state=sent").await.text.contains("戻ってきました（5.1.1）"));
    desk.deed("000001-3", "status", &[("status", "closed")]).await;
    assert!(!desk.get("/staff").await.text.contains("届いていません"), "what is closed needs nobody");
    desk.deed("000001-3", "status", &[("status", "open")]).await;
    let returned = desk.get("/staff/outbox?state=returned").await;
    assert!(returned.text.contains("戻ってきました（5.1.1）") && desk.get("/staff/outbox").await.tickets().is_empty());
    let settle = returned.text.split("action=\"").find(|piece| piece.contains("/settle\"")).expect("a way to end it");
    let settle = settle.split('"').next().expect("a path");
    assert_eq!(desk.post(settle, &[("token", &returned.hidden("token"))]).await.status, 303);
    assert!(!desk.get("/staff").await.text.contains("届いていません"), "somebody took care of it");
    assert!(desk.get("/staff/outbox?state=returned").await.tickets().is_empty());
}

#[tokio::test]
async fn letters_kept_as_files_say_whose_they_are() {
    let desk = Desk::start().await;
    enquire_as(&desk, "info@例え.jp").await;
    let letter = desk.letters_soon(1).await.remove(0);
    let files = std::fs::read_dir(desk.folder.join("outbox")).expect("a folder").flatten();
    let file = files.map(|file| file.path()).find(|path| path.extension().is_some_and(|end| end == "eml"));
    let raw = std::fs::read_to_string(file.expect("a letter")).expect("text");
    let path = letter.return_path.expect("a return path");
    assert!(path.starts_with("exchange+") && path.ends_with("@desk.test"), "{path}");
    let head = format!("Return-Path: <{path}>\r\nDelivered-To: info@xn--r8jz45g.jp\r\n");
    assert!(raw.starts_with(&head), "{raw}");
    assert_eq!(letter.to[0].address, "info@xn--r8jz45g.jp");
}

#[tokio::test]
async fn addresses_in_other_scripts_need_a_server_that_takes_them() {
    let (post, ascii) = (Post::start().await, Post::in_ascii().await);
    for (post, taken) in [(&post, 2), (&ascii, 1)] {
        let desk = with(post).await;
        for email in ["山@例え.jp", "info@例え.jp"] {
            enquire_as(&desk, email).await;
        }
        soon("the letters leave", async || post.sent().len() == taken).await;
        let plain = post.sent_to("info@").remove(0);
        assert_eq!(plain.to, "info@xn--r8jz45g.jp", "a domain stands in its ASCII form");
        assert!(!plain.mail.contains("SMTPUTF8") && plain.raw.is_ascii(), "{}", plain.mail);
        desk.sign_in().await;
        if taken == 2 {
            let sent = post.sent_to("山@").remove(0);
            assert!(sent.to == "山@xn--r8jz45g.jp" && sent.mail.ends_with(" SMTPUTF8"), "{} {}", sent.to, sent.mail);
            assert_eq!(sent.letter().to[0].address, "山@xn--r8jz45g.jp");
            continue;
        }
        soon("the other is refused", async || desk.get("/staff/outbox").await.text.contains("SMTPUTF8に対応した"))
            .await;
        let tickets = desk.get("/staff/tickets?bounced=yes").await.tickets();
        let ticket = desk.get(&format!("/staff/tickets/{}", tickets[0])).await.text;
        assert!(
            ticket.contains("SMTPUTF8に対応した") && ticket.contains("山@例え.jp"),
            "it stands on the ticket: {ticket}"
        );
    }
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_letter() {
    let post = Post::start().await;
    let desk = with(&post).await;
    for number in 0..4 {
        enquire_as(&desk, &format!("n{number}@town.example")).await;
        soon("it leaves", async || post.sent().len() == number + 1).await;
    }
    assert_eq!(post.connections(), 1);
    assert_eq!(desk.count("SELECT count(*) FROM outbox WHERE state = 'sent'").await, 4);
}
