//! Copies of replies: who gets them, who sees that, and what became of each.

use crate::harness::post::{Manner, Post, Sent};
use crate::harness::{Desk, soon};

const TICKET: &str = "/staff/tickets/000001-3";
const LETTER: &str = "From: Ada <ada@town.example>\r\nTo: exchange@desk.test, \"Bo, of the mayor's office\" <bo@town.example>\r\n\
Cc: Clerk <clerk@prefecture.example>, exchange@desk.test\r\nSubject: Sisters\r\nMessage-ID: <a1@town.example>\r\n\r\n\
We would like to find a sister city in Japan for our town.\r\n";

/// A desk with one letter, its administrator signed in, and the post that it sends by.
async fn with_letter() -> (Desk, Post) {
    let post = Post::start().await;
    let desk = Desk::settings().with("MADOGUCHI_SMTP_URL", post.url()).start().await;
    assert_eq!(desk.deliver("ada@town.example", &["exchange@desk.test"], LETTER.as_bytes()).await, ["250"]);
    soon("the acknowledgement leaves", async || post.sent().len() == 1).await;
    desk.sign_in().await;
    (desk, post)
}

fn header<'a>(sent: &'a Sent, name: &str) -> Option<&'a str> {
    let text = std::str::from_utf8(&sent.raw).expect("ASCII");
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    head.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[tokio::test]
async fn copies_go_out_each_with_a_return_path_of_its_own() {
    let (desk, post) = with_letter().await;
    let page = desk.get(TICKET).await.text;
    for (offered, chosen) in [("bo@town.example", "also"), ("clerk@prefecture.example", "also")] {
        let field = format!("name=\"{chosen}\" value=\"{offered}\">");
        assert!(page.contains(&field), "who takes part is offered, and not chosen: {page}");
    }
    assert!(!page.contains("value=\"exchange@desk.test\">") && !page.contains("name=\"also\" value=\"ada@"));
    let fields = [
        ("body", "Gladly."),
        ("status", ""),
        ("also", "bo@town.example"),
        ("cc", "Clerk <clerk@prefecture.example>、ada@town.example"),
        ("bcc", "chief@clair.example"),
    ];
    let asked = desk.deed("000001-3", "reply", &fields).await;
    assert_eq!(asked.status, 422, "an enquirer and third parties in one letter need a confirmation");
    for kept in [
        ">\nGladly.</textarea>",
        "value=\"Clerk &#60;clerk@prefecture.example&#62;、ada@town.example\"",
        "value=\"bo@town.example\" checked",
        "name=\"bcc\" value=\"chief@clair.example\"",
    ] {
        assert!(asked.text.contains(kept), "{kept} is kept: {}", asked.text);
    }
    assert_eq!(desk.count("SELECT count(*) FROM messages WHERE kind = 'outbound'").await, 0);
    let confirm = asked.text.split("name=\"confirm\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let confirm = confirm.expect("a box to tick").to_owned();
    assert!(!asked.text.contains(&format!("{confirm}\" checked")), "and not ticked by itself");
    let partly = [&fields[..], &[("confirm", "bo@town.example clerk@prefecture.example")]].concat();
    assert_eq!(desk.deed("000001-3", "reply", &partly).await.status, 422, "what is confirmed is who is named");
    let changed: Vec<_> = fields.iter().filter(|(name, _)| *name != "bcc").copied().collect();
    let changed = [&changed[..], &[("bcc", "other@clair.example"), ("confirm", confirm.as_str())]].concat();
    let asked = desk.deed("000001-3", "reply", &changed).await;
    assert_eq!(asked.status, 422, "somebody else than was confirmed");
    let box_to_tick = asked.text.split("name=\"confirm\"").nth(1).and_then(|rest| rest.split("</label>").next());
    let box_to_tick = box_to_tick.expect("a box to tick");
    assert!(
        box_to_tick.contains("other@clair.example") && !box_to_tick.contains("chief@"),
        "who will get it, nobody else: {box_to_tick}"
    );
    let sent = desk.deed("000001-3", "reply", &[&fields[..], &[("confirm", confirm.as_str())]].concat()).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    soon("all copies leave", async || post.sent().len() == 5).await;
    let copies = post.sent().split_off(1);
    let mut to: Vec<&str> = copies.iter().map(|sent| sent.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["ada@town.example", "bo@town.example", "chief@clair.example", "clerk@prefecture.example"]);
    for sent in &copies {
        assert_eq!(header(sent, "To"), Some("Ada <ada@town.example>"));
        assert_eq!(header(sent, "Cc"), Some("Clerk <clerk@prefecture.example>, bo@town.example"));
        assert_eq!(header(sent, "Message-ID"), header(&copies[0], "Message-ID"), "one letter");
        assert!(!String::from_utf8_lossy(&sent.raw).contains("chief@"), "nobody sees who got a blind copy");
    }
    let mut paths: Vec<&str> = copies.iter().map(|sent| sent.from.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), 4, "return paths: {paths:?}");
    let again = desk.deed("000001-3", "reply", &[("body", "One thing more."), ("status", "")]).await;
    assert_eq!(again.status, 303, "without copies nothing is to be confirmed");
    soon("the next leaves", async || post.sent().len() == 6).await;
    let next = post.sent().remove(5).letter();
    let thread = ["a1@town.example".to_owned(), post.sent()[0].letter().message_id.expect("ours have one")];
    let all: Vec<String> = thread.into_iter().chain(copies[0].letter().message_id).collect();
    assert_eq!(next.references, all, "each letter once, however many copies it had");
    let page = desk.get(TICKET).await.text;
    assert!(page.contains("<bdi>chief@clair.example</bdi>") && page.contains("職員だけに見えます"), "{page}");
}

#[tokio::test]
async fn each_copy_has_its_own_fate() {
    let (desk, post) = with_letter().await;
    post.treat("clerk", Manner::Refuses);
    let fields = [
        ("body", "Gladly."),
        ("status", ""),
        ("cc", "bo@town.example, clerk@prefecture.example"),
        ("confirm", "bo@town.example clerk@prefecture.example"),
    ];
    assert_eq!(desk.deed("000001-3", "reply", &fields).await.status, 303);
    soon("two copies leave", async || post.sent().len() == 3).await;
    soon("one is refused", async || desk.get("/staff/outbox").await.text.contains("clerk@prefecture.example")).await;
    let page = desk.get(TICKET).await.text;
    assert!(page.contains("clerk@prefecture.example に届きませんでした") && page.contains("550 5.1.1"), "{page}");
    assert!(page.contains("bo@town.example：メールサーバーが受け取りました"), "the others fared better: {page}");
    let path = post.sent_to("bo@").remove(0).from;
    let report = "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\r\nSorry\r\n--x\r\n\
        Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
        Final-Recipient: rfc822; bo@town.example\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n--x--\r\n";
    assert_eq!(desk.deliver("", &[&path], report.as_bytes()).await, ["250"]);
    let bounced = "SELECT count(*) FROM outbox WHERE bounce IS NOT NULL AND recipient = 'bo@town.example'";
    assert_eq!(desk.count(bounced).await, 1, "the very copy is marked");
    assert_eq!(desk.count("SELECT count(*) FROM outbox WHERE bounce IS NOT NULL").await, 1);
    let page = desk.get(TICKET).await.text;
    assert!(page.contains("bo@town.example に届きませんでした（5.2.2）"), "{page}");
    assert!(page.contains("ada@town.example：メールサーバーが受け取りました"), "{page}");
    let answer = "From: bo@town.example\r\nSubject: Re\r\nMessage-ID: <b1@town.example>\r\n\
        In-Reply-To: <a1@town.example>\r\n\r\nI take part now.\r\n";
    assert_eq!(desk.deliver("bo@town.example", &["exchange@desk.test"], answer.as_bytes()).await, ["250"]);
    assert!(desk.get(TICKET).await.text.contains("I take part now."), "who got a copy may answer");
}

#[tokio::test]
async fn a_report_that_names_nobody_is_about_whom_the_letter_went_to() {
    let (desk, post) = with_letter().await;
    soon("it is acknowledged", async || !post.sent_to("ada@").is_empty()).await;
    let path = post.sent_to("ada@").remove(0).from;
    let report = "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n\
        Your message was not delivered because the mailbox does not exist.\r\n";
    assert_eq!(desk.deliver("", &[&path], report.as_bytes()).await, ["250"]);
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1, "no ticket of its own");
    let page = desk.get(TICKET).await.text;
    assert!(page.contains("ada@town.example") && page.contains("5.1.1"), "{page}");
    let waits = "From: MAILER-DAEMON@mx.example\r\nSubject: Delayed Mail\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\
        Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ada@town.example\r\nAction: delayed\r\n\
        Status: 4.4.1\r\n\r\n--x--\r\n";
    assert_eq!(desk.deliver("", &[&path], waits.as_bytes()).await, ["250"]);
    let kept = "SELECT count(*) FROM outbox WHERE bounce->>'status' = '5.1.1'";
    assert_eq!(desk.count(kept).await, 1, "what comes too late undoes nothing");
}

#[tokio::test]
async fn what_comes_to_a_return_path_belongs_to_its_letters_ticket() {
    let (desk, post) = with_letter().await;
    let copied =
        [("body", "Gladly."), ("status", "resolved"), ("cc", "bo@town.example"), ("confirm", "bo@town.example")];
    assert_eq!(desk.deed("000001-3", "reply", &copied).await.status, 303);
    soon("two copies leave", async || post.sent().len() == 3).await;
    let path = post.sent_to("bo@").remove(0).from;
    let absent = "From: Bo <bo@town.example>\r\nSubject: Automatic reply: Sisters\r\nAuto-Submitted: auto-replied\r\n\
        Message-ID: <away@town.example>\r\n\r\nI am away until Monday.\r\n";
    assert_eq!(desk.deliver("", &[&path], absent.as_bytes()).await, ["250"]);
    let arrived = "From: MAILER-DAEMON@mx.example\r\nSubject: Successful Mail Delivery Report\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\r\nIt arrived\r\n--x\r\n\
        Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; bo@town.example\r\n\
        Action: delivered\r\nStatus: 2.0.0\r\n\r\n--x--\r\n";
    assert_eq!(desk.deliver("", &[&path], arrived.as_bytes()).await, ["250"]);
    let page = desk.get(TICKET).await.text;
    assert!(page.contains("I am away until Monday."), "{page}");
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1, "none of its own");
    assert_eq!(
        desk.count("SELECT count(*) FROM tickets WHERE status = 'resolved'").await,
        1,
        "machines reopen nothing"
    );
    let by_hand =
        "From: Bo <bo@town.example>\r\nSubject: hm\r\nMessage-ID: <odd@town.example>\r\n\r\nAn odd program.\r\n";
    assert_eq!(desk.deliver("bo@town.example", &[&path], by_hand.as_bytes()).await, ["250"]);
    assert!(desk.get(TICKET).await.text.contains("An odd program."));
    assert_eq!(desk.count("SELECT count(*) FROM tickets WHERE status = 'open'").await, 1);
    assert_eq!(post.sent().len(), 3, "none of it is acknowledged");
}

#[tokio::test]
async fn a_report_about_another_copy_marks_that_one() {
    let (desk, post) = with_letter().await;
    let copied = [("body", "Gladly."), ("status", ""), ("cc", "bo@town.example"), ("confirm", "bo@town.example")];
    assert_eq!(desk.deed("000001-3", "reply", &copied).await.status, 303);
    soon("two copies leave", async || post.sent().len() == 3).await;
    let copy = post.sent_to("bo@").remove(0);
    let id = copy.letter().message_id.expect("ours have one");
    let report = format!(
        "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n\
         Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; ada@town.example\r\nAction: failed\r\n\
         Status: 5.1.1\r\n\r\n--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\n\r\n--x--\r\n"
    );
    assert_eq!(desk.deliver("", &[&copy.from], report.as_bytes()).await, ["250"]);
    let marked = "SELECT count(*) FROM outbox WHERE bounce IS NOT NULL AND recipient = ";
    assert_eq!(desk.count(&format!("{marked}'ada@town.example'")).await, 1);
    assert_eq!(desk.count(&format!("{marked}'bo@town.example'")).await, 0);
    let unanswered = "SELECT count(*) FROM tickets WHERE answered_at IS NULL";
    assert_eq!(desk.count(unanswered).await, 1, "the promise is not kept by an answer that came back");
}

#[tokio::test]
async fn what_is_no_address_is_named_and_nothing_lost() {
    let (desk, _post) = with_letter().await;
    let many: String = (0..21).map(|number| format!("n{number}@x.example,")).collect();
    for (cc, told) in [
        ("clerk.prefecture.example", "「clerk.prefecture.example」"),
        ("exchange+x@desk.test", "この窓口のアドレス"),
        ("clerk@\u{202e}elpmaxe.tcefeferp", "メールアドレスとして読めません"),
        (many.as_str(), "20件まで"),
    ] {
        let page = desk.deed("000001-3", "reply", &[("body", "Typed with care."), ("status", ""), ("cc", cc)]).await;
        assert_eq!(page.status, 422, "{cc}");
        assert!(page.text.contains(told) && page.text.contains("Typed with care."), "{told}: {}", page.text);
        assert!(page.text.contains(&format!("name=\"cc\" value=\"{cc}\"")), "{}", page.text);
    }
    let stale = desk.get(TICKET).await;
    desk.deed("000001-3", "note", &[("body", "Meanwhile.")]).await;
    let (token, version) = (stale.hidden("token"), stale.hidden("version"));
    let fields = [
        ("token", token.as_str()),
        ("version", &version),
        ("body", "Held."),
        ("also", "bo@town.example"),
        ("bcc", "chief@clair.example"),
    ];
    let held = desk.post(&format!("{TICKET}/reply"), &fields).await;
    assert_eq!(held.status, 409);
    let again = held.text.split("class=\"held-deeds\"").nth(1).and_then(|rest| rest.split("</form>").next());
    let again = again.expect("a way to do it all the same");
    for field in ["name=\"also\" value=\"bo@town.example\"", "name=\"bcc\" value=\"chief@clair.example\""] {
        assert!(again.contains(field), "{field} in {again}");
    }
}

#[tokio::test]
async fn a_reply_quotes_only_what_its_reader_wrote() {
    let (desk, post) = with_letter().await;
    let fields =
        [("body", "Gladly."), ("status", ""), ("bcc", "chief@clair.example"), ("confirm", "chief@clair.example")];
    let sent = desk.deed("000001-3", "reply", &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    soon("both get it", async || post.sent().len() == 3).await;
    let to_chief = post.sent_to("chief@clair.example").remove(0);
    let answers_to = header(&to_chief, "Reply-To").expect("a way back").trim_matches(['<', '>']).to_owned();
    let secret = "From: Chief <chief@clair.example>\r\nSubject: Re: Sisters\r\nMessage-ID: <secret@clair.example>\r\n\r\n\
        BETWEEN US: be careful with her.\r\n";
    assert_eq!(desk.deliver("chief@clair.example", &[&answers_to], secret.as_bytes()).await, ["250"]);
    let token = desk.get("/staff/tickets/new?channel=phone&reference=000001-3").await.hidden("token");
    let memo = [
        ("token", token.as_str()),
        ("channel", "phone"),
        ("topic", "other"),
        ("message", "MEMO: she was angry."),
        ("reference", "000001-3"),
    ];
    assert_eq!(desk.post("/staff/tickets/new", &memo).await.status, 303);

    let replied = desk.deed("000001-3", "reply", &[("body", "One thing more."), ("status", "")]).await;
    assert_eq!(replied.status, 303, "{}", replied.text);
    soon("it leaves", async || post.sent_to("ada@town.example").len() == 3).await;
    let letter = post.sent_to("ada@town.example").pop().expect("the last");
    let whole = format!("{:?} {}", letter.letter(), String::from_utf8_lossy(&letter.raw));
    for hidden in ["BETWEEN US", "MEMO", "secret@clair.example", "Chief"] {
        assert!(!whole.contains(hidden), "{hidden}: {whole}");
    }
    assert!(letter.letter().text.contains("> We would like to find a sister city"), "{}", letter.letter().text);
    assert_eq!(letter.letter().in_reply_to.as_deref(), Some("a1@town.example"));
}

#[tokio::test]
async fn carriers_and_domains_in_other_scripts_get_copies() {
    let (desk, post) = with_letter().await;
    let fields =
        [("body", "Gladly."), ("status", ""), ("cc", "\"c..c.\"@docomo.ne.jp, info@日本.example, q@town.example")];
    let asked = desk.deed("000001-3", "reply", &fields).await;
    assert_eq!(asked.status, 422, "third parties are confirmed first");
    let confirm = asked.text.split("name=\"confirm\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let confirmed = ("confirm", confirm.expect("a box to tick"));
    let sent = desk.deed("000001-3", "reply", &[&fields[..], &[confirmed]].concat()).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    soon("all copies leave", async || post.sent().len() == 5).await;
    for sent in &post.sent()[1..] {
        let cc = header(sent, "Cc").unwrap_or_default();
        assert_eq!(cc, "\"c..c.\"@docomo.ne.jp, info@xn--wgv71a.example, q@town.example");
    }
}

#[tokio::test]
async fn who_takes_part_in_a_letter_is_offered() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let of_two = "From: Ada <ada@town.example>, Eve <eve@town.example>\r\nTo: exchange@desk.test\r\nSubject: Two of us\r\n\
        Message-ID: <two@town.example>\r\n\r\nWe would like to come.\r\n";
    let of_a_form = "From: Carla <noreply@form.example>\r\nReply-To: Carla <carla@home.example>\r\nTo: exchange@desk.test\r\n\
        Cc: noreply@other.example\r\nSubject: A form\r\nMessage-ID: <form@form.example>\r\n\r\nMay I ask something?\r\n";
    for (from, letter) in [("ada@town.example", of_two), ("noreply@form.example", of_a_form)] {
        assert_eq!(desk.deliver(from, &["exchange@desk.test"], letter.as_bytes()).await, ["250"]);
    }
    let page = desk.get(TICKET).await.text;
    assert!(page.contains("name=\"also\" value=\"eve@town.example\""), "the second author: {page}");
    let page = desk.get("/staff/tickets/000002-1").await.text;
    assert!(page.contains("carla@home.example") && !page.contains("name=\"also\" value=\"noreply@"), "{page}");
    assert!(page.contains("noreply@other.example"), "that it was addressed is not hidden: {page}");
}
