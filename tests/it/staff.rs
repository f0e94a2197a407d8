//! Staff: who gets in, what they see, how they answer, and that nothing they type is lost.

use crate::harness::{Desk, Page, Visitor, desk::ADMIN, desk::PASSWORD, soon};

pub const TICKET: &str = "/staff/tickets/000001-3";

/// A desk with one enquiry, and its administrator signed in.
pub async fn with_ticket() -> Desk {
    let desk = Desk::start().await;
    let sent = desk.enquire(&desk.seal().await, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    desk.letters_soon(1).await;
    desk.sign_in().await;
    desk
}

/// A colleague, signed in with a browser of their own.
async fn colleague(desk: &Desk, name: &str, more: &[&str]) -> Visitor {
    let email = format!("{name}@clair.example");
    let arguments = [&["staff", "add", "--email", &email, "--name", name, "--password-stdin"], more].concat();
    let added = desk.command(&arguments, b"a-long-password\n");
    assert_eq!(added.code, 0, "{}", added.stderr);
    let visitor = desk.visitor();
    visitor.sign_in_as(&email, "a-long-password").await;
    visitor
}

#[tokio::test]
async fn who_gets_in() {
    let desk = Desk::start().await;
    for path in ["/staff", "/staff/tickets", "/staff/arrivals", "/staff/outbox", "/staff/tickets/new"] {
        let page = desk.get(path).await;
        assert_eq!((page.status, page.location.as_str()), (303, "/staff/login"), "{path}");
    }
    let try_to = async |email: &str, password: &str| {
        let token = desk.get("/staff/login").await.hidden("token");
        desk.post("/staff/login", &[("token", &token), ("email", email), ("password", password)]).await
    };
    let forged = desk.post("/staff/login", &[("token", "x"), ("email", ADMIN), ("password", PASSWORD)]).await;
    assert_eq!(forged.status, 403);
    let wrong = try_to(ADMIN, "wrong").await;
    let unknown = try_to("nobody@example.org", "wrong").await;
    assert_eq!((wrong.status, unknown.status), (422, 422));
    let without =
        |text: &str, typed: &str| text.replace(typed, "").split("name=\"token\"").next().unwrap_or_default().to_owned();
    assert_eq!(without(&wrong.text, ADMIN), without(&unknown.text, "nobody@example.org"), "the same answer");
    let right = try_to(&ADMIN.to_uppercase(), PASSWORD).await;
    assert_eq!((right.status, right.location.as_str()), (303, "/staff"));
    let cookie = right.headers["set-cookie"].to_str().expect("text");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
    let token = desk.get("/staff").await.hidden("token");
    assert_eq!(desk.post("/staff/logout", &[("token", &token)]).await.location, "/staff/login");
    assert_eq!(desk.get("/staff").await.status, 303, "signed out");
}

#[tokio::test]
async fn guessing_meets_growing_pauses_and_only_failures_count() {
    let desk = Desk::start().await;
    let token = desk.get("/staff/login").await.hidden("token");
    let try_to = async |password: &'static str| {
        desk.post("/staff/login", &[("token", &token), ("email", ADMIN), ("password", password)]).await.status
    };
    for _ in 0..12 {
        assert_eq!(try_to(PASSWORD).await, 303, "who gets in is never slowed down");
    }
    let guesses = futures_util::future::join_all((0..20).map(|_| try_to("guess"))).await;
    let heard = guesses.iter().filter(|status| **status == 422).count();
    assert!((5..=8).contains(&heard), "guesses side by side gain nothing: {guesses:?}");
    assert_eq!(try_to(PASSWORD).await, 429, "the account rests");
    desk.execute("UPDATE sign_in_failures SET last_at = last_at - interval '16 minutes'").await;
    assert_eq!(try_to(PASSWORD).await, 303, "and then does not");
}

#[tokio::test]
async fn over_https_the_cookie_is_secure() {
    let desk = Desk::settings().with("MADOGUCHI_PUBLIC_URL", "https://desk.example").start().await;
    let token = desk.get("/staff/login").await.hidden("token");
    let page = desk.post("/staff/login", &[("token", &token), ("email", ADMIN), ("password", PASSWORD)]).await;
    assert!(page.headers["set-cookie"].to_str().expect("text").contains("; Secure"));
}

/// A desk without staff, and the way of the link that it printed.
async fn started_for_the_first_time() -> (Desk, String) {
    let desk = Desk::settings().without("MADOGUCHI_ADMIN_EMAIL").without("MADOGUCHI_ADMIN_PASSWORD").start().await;
    soon("the link is printed", async || desk.log().contains("/staff/setup/")).await;
    let log = desk.log();
    let path = log.split(&desk.base).find(|piece| piece.starts_with("/staff/setup/")).expect("a link");
    let path = path.split_whitespace().next().expect("a path").to_owned();
    (desk, path)
}

#[tokio::test]
async fn the_first_start_gives_a_link_that_works_once() {
    let (desk, path) = started_for_the_first_time().await;
    let page = desk.get(&path).await;
    assert_eq!(page.status, 200);
    let token = page.hidden("token");
    let choose = async |password: &'static str| {
        desk.post(&path, &[("token", &token), ("email", ADMIN), ("password", password), ("password_again", password)])
            .await
    };
    assert_eq!(choose("short").await.status, 422);
    assert_eq!(choose(PASSWORD).await.status, 303);
    assert_ne!(choose("another-password").await.status, 303, "once");
    desk.sign_in().await;
    assert_eq!(desk.get("/staff").await.status, 200);
}

#[tokio::test]
async fn the_link_of_the_first_start_ends_when_somebody_else_can_sign_in() {
    let (desk, path) = started_for_the_first_time().await;
    let token = desk.get(&path).await.hidden("token");
    colleague(&desk, "suzuki", &["--role", "admin"]).await;
    let fields = [("token", token.as_str()), ("email", ADMIN), ("password", PASSWORD), ("password_again", PASSWORD)];
    assert_eq!(desk.post(&path, &fields).await.status, 404, "whoever reads an old log is no administrator");
    assert_eq!(desk.count("SELECT count(*) FROM staff").await, 1);
}

#[tokio::test]
async fn a_reply_on_a_page_that_is_no_longer_true_is_held() {
    let desk = with_ticket().await;
    let suzuki = colleague(&desk, "suzuki", &["--role", "agent"]).await;
    let stale = desk.get(TICKET).await;
    let reply = async |who: &Visitor, page: &Page, body: &str| {
        let (token, version, seen) = (page.hidden("token"), page.hidden("version"), page.hidden("seen"));
        who.post(
            &format!("{TICKET}/reply"),
            &[("token", &token), ("version", &version), ("seen", &seen), ("body", body), ("status", "")],
        )
        .await
    };
    let theirs = suzuki.get(TICKET).await;
    assert_eq!(reply(&suzuki, &theirs, "Suzuki was first.").await.status, 303);
    let held = reply(&desk, &stale, "Typed with care, second.").await;
    assert_eq!(held.status, 409);
    assert!(held.text.contains("Suzuki was first.") && held.text.contains("Typed with care, second."), "{}", held.text);
    desk.letters_soon(2).await;
    assert_eq!(desk.count("SELECT count(*) FROM messages WHERE kind = 'outbound'").await, 1, "not sent");
    let anyway = reply(&desk, &held, "Typed with care, second.").await;
    assert_eq!(anyway.status, 303, "from the page that shows what happened it goes");
    desk.letters_soon(3).await;
    for (what, fields) in [
        ("status", &[("status", "resolved")][..]),
        ("assign", &[("assignee", "")]),
        ("route", &[("route", "international-exchange/other")]),
    ] {
        let page = stale_deed(&desk, &stale, what, fields).await;
        assert_eq!(page.status, 409, "{what}");
    }
    assert_eq!(stale_deed(&desk, &stale, "note", &[("body", "A note is never held.")]).await.status, 303);
}

async fn stale_deed(desk: &Desk, page: &Page, what: &str, fields: &[(&str, &str)]) -> Page {
    let (token, version, seen) = (page.hidden("token"), page.hidden("version"), page.hidden("seen"));
    let hidden = [("token", token.as_str()), ("version", &version), ("seen", &seen)];
    desk.post(&format!("{TICKET}/{what}"), &[&hidden[..], fields].concat()).await
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_deed() {
    let desk = with_ticket().await;
    let page = desk.get(TICKET).await;
    for body in ["Sent twice.", "Sent twice."] {
        assert_eq!(stale_deed(&desk, &page, "reply", &[("body", body), ("status", "")]).await.status, 303);
    }
    let page = desk.get(TICKET).await;
    let note = || stale_deed(&desk, &page, "note", &[("body", "Noted twice.")]);
    let (one, other) = tokio::join!(note(), note());
    assert_eq!((one.status, other.status), (303, 303));
    assert_eq!(desk.count("SELECT count(*) FROM messages WHERE kind <> 'inbound'").await, 2);
    assert_eq!(desk.letters_soon(2).await.len(), 2);
    assert_eq!(stale_deed(&desk, &page, "status", &[("status", "no-such")]).await.status, 422);
    let forged = desk.post(&format!("{TICKET}/note"), &[("token", "x"), ("body", "Kept though forged.")]).await;
    assert_eq!(forged.status, 403);
    assert!(forged.text.contains("Kept though forged."));
}

#[tokio::test]
async fn the_wall_between_divisions() {
    let desk = with_ticket().await;
    desk.execute(
        "INSERT INTO divisions (id, slug, names, telephone, fax, email, calendar, position) \
         SELECT '01938000-0000-7000-8000-000000000002', 'tax', '{\"ja\": \"税務課\", \"en\": \"Tax Division\"}', '+81-3-1', '+81-3-2', \
         'tax@desk.test', calendar, 2 FROM divisions",
    )
    .await;
    let tax = colleague(&desk, "tax", &["--role", "agent", "--division", "tax"]).await;
    soon("the ticket is indexed", async || !desk.get("/staff/tickets?q=participants").await.tickets().is_empty()).await;
    for path in [
        "/staff",
        "/staff/tickets",
        "/staff/tickets?q=participants",
        "/staff/tickets?q=000001-3",
        "/staff/arrivals",
        "/staff/outbox",
    ] {
        let page = tax.get(path).await;
        assert!(
            page.status == 200 && page.tickets().is_empty() && !page.text.contains("Abena"),
            "{path}: {}",
            page.text
        );
    }
    assert_eq!(tax.get(TICKET).await.status, 404);
    let arrival = desk
        .get(TICKET)
        .await
        .text
        .split("/staff/arrivals/")
        .nth(1)
        .map(|rest| rest[..36].to_owned())
        .expect("a link to it");
    assert_eq!(desk.get(&format!("/staff/arrivals/{arrival}")).await.status, 200);
    assert_eq!(tax.get(&format!("/staff/arrivals/{arrival}")).await.status, 404);
    let token = tax.get("/staff").await.hidden("token");
    let written = tax.post(&format!("{TICKET}/note"), &[("token", &token), ("version", "1"), ("body", "x")]).await;
    assert_eq!(written.status, 404);
    let route = async || desk.deed("000001-3", "route", &[("route", "tax/other")]).await.status == 303;
    soon("the new division is known", route).await;
    assert_eq!(tax.get(TICKET).await.status, 200, "once it is sent over, it is theirs");
    assert!(tax.get("/staff").await.text.contains("Two participants"));
    let letter =
        "From: Abena <abena@kma.example>\r\nSubject: Re\r\nMessage-ID: <moved@kma.example>\r\n\r\nIt moved.\r\n";
    desk.deliver("abena@kma.example", &[&desk.reply_address(0)], letter.as_bytes()).await;
    assert!(tax.get(TICKET).await.text.contains("It moved."), "the token is valid though the ticket moved");
    assert_eq!(tax.deed("000001-3", "reply", &[("body", "We look into it."), ("status", "")]).await.status, 303);
    let reply = desk.letters_soon(2).await.remove(1);
    let from = reply.from.expect("a sender");
    assert_eq!(
        (from.name.as_str(), from.address.as_str()),
        ("Tax Division", "tax@desk.test"),
        "each has its own sender"
    );
    assert!(desk.reply_address(1).starts_with("tax+"), "{}", desk.reply_address(1));
}

#[tokio::test]
async fn a_viewer_reads_and_changes_nothing() {
    let desk = with_ticket().await;
    let viewer = colleague(&desk, "viewer", &["--role", "viewer"]).await;
    let page = viewer.get(TICKET).await;
    assert!(page.status == 200 && page.text.contains("We would like to send") && !page.text.contains("name=\"body\""));
    let token = viewer.get("/staff").await.hidden("token");
    for (what, field) in
        [("reply", "body"), ("note", "body"), ("status", "status"), ("assign", "assignee"), ("priority", "priority")]
    {
        let value = if field == "status" {
            "closed"
        } else if field == "priority" {
            "high"
        } else if field == "body" {
            "x"
        } else {
            ""
        };
        let done =
            viewer.post(&format!("{TICKET}/{what}"), &[("token", &token), ("version", "1"), (field, value)]).await;
        assert_eq!(done.status, 403, "{what}");
    }
    assert_eq!(viewer.post("/staff/tickets/new", &[("token", &token), ("message", "x")]).await.status, 403);
    assert_eq!(desk.count("SELECT count(*) FROM events").await, 1);
}

#[tokio::test]
async fn a_call_is_logged_without_any_address() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let token = desk.get("/staff/tickets/new?channel=phone").await.hidden("token");
    let log = async |fields: &[(&str, &str)]| {
        let all = [&[("token", token.as_str()), ("channel", "phone")], fields].concat();
        desk.post("/staff/tickets/new", &all).await
    };
    assert_eq!(log(&[("message", ""), ("name", "Kept")]).await.status, 422);
    let logged = log(&[("message", "姉妹都市の相談でした。\n折り返し不要。")]).await;
    assert_eq!((logged.status, logged.location.as_str()), (303, TICKET), "{}", logged.text);
    let again = log(&[("message", "姉妹都市の相談でした。\n折り返し不要。")]).await;
    assert_eq!(again.location, TICKET, "the same form is one ticket");
    let ticket = desk.get(TICKET).await;
    assert!(
        ticket.text.contains("<h1 lang=\"ja\">姉妹都市の相談でした。</h1>"),
        "the subject is the first line: {}",
        ticket.text
    );
    let fresh = desk.get("/staff/tickets/new?channel=phone").await.hidden("token");
    let more = |reference: &'static str| {
        let all =
            [("token", fresh.as_str()), ("channel", "phone"), ("message", "かけ直しあり。"), ("reference", reference)];
        let desk = &desk;
        async move { desk.post("/staff/tickets/new", &all).await }
    };
    let misheard = more("000001-4").await;
    assert_eq!(misheard.status, 422);
    assert!(
        misheard.text.contains("000001-3") && misheard.text.contains("かけ直しあり。"),
        "the right one is suggested: {}",
        misheard.text
    );
    assert_eq!(more("０００００１－３").await.location, TICKET, "a second call belongs to the ticket");
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1);
    assert_eq!(desk.count("SELECT count(*) FROM messages WHERE kind = 'inbound' AND channel = 'phone'").await, 2);
    assert_eq!(desk.count("SELECT count(*) FROM outbox").await, 0);
}

#[tokio::test]
async fn nothing_of_a_letter_becomes_active() {
    let desk = Desk::start().await;
    let letter = "From: \"<script>alert(1)</script>\" <x@evil.example>\r\nSubject: <img src=x onerror=alert(2)>\r\n\
        Message-ID: <x@evil.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
        <p onclick=\"alert(3)\">Hello<script>alert(4)</script><a href=\"javascript:alert(5)\">x</a>\
        <img src=\"https://evil.example/pixel.gif\"><form action=\"/staff/logout\"><input name=x></form></p>\r\n";
    assert_eq!(desk.deliver("x@evil.example", &["exchange@desk.test"], letter.as_bytes()).await, ["250"]);
    desk.sign_in().await;
    let ticket = desk.get(TICKET).await;
    for bad in ["<script>alert", "<img src=x", "onclick=\"alert"] {
        assert!(!ticket.text.contains(bad), "{bad} in {}", ticket.text);
    }
    let frame =
        ticket.text.split("src=\"/staff/letters/").nth(1).and_then(|rest| rest.split('"').next()).expect("a frame");
    assert!(ticket.text.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));
    let html = desk.get(&format!("/staff/letters/{frame}")).await;
    let policy = html.headers["content-security-policy"].to_str().expect("text").to_owned();
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
    for bad in ["<script", "onclick", "javascript:", "<form", "<input"] {
        assert!(!html.text.contains(bad), "{bad} in {}", html.text);
    }
    assert!(html.text.contains("Hello"));
    assert!(!policy.contains("https:"), "remote images are not loaded: {policy}");
    assert!(!html.text.contains("evil.example/pixel.gif"), "{}", html.text);
    let asked = desk.get(&format!("/staff/letters/{frame}?pictures=all")).await;
    let policy = asked.headers["content-security-policy"].to_str().expect("text").to_owned();
    assert!(asked.text.contains("evil.example/pixel.gif") && policy.contains("img-src data: https:"), "{policy}");
    assert_eq!(asked.headers["referrer-policy"], "no-referrer");
    for bad in ["<script", "onclick", "javascript:", "<form", "<input"] {
        assert!(!asked.text.contains(bad), "{bad} in {}", asked.text);
    }
}

#[tokio::test]
async fn further_topics_count_besides_the_main_one() {
    let desk = with_ticket().await;
    let chosen = [("topics", ""), ("topics", "sister-cities"), ("topics", "seminar"), ("topics", "commendation")];
    assert_eq!(desk.deed("000001-3", "topics", &chosen).await.status, 303);
    for (topic, found) in [("sister-cities", 1), ("commendation", 1), ("seminar", 1), ("other", 0)] {
        assert_eq!(desk.get(&format!("/staff/tickets?topic={topic}")).await.tickets().len(), found, "{topic}");
    }
    assert_eq!(desk.count("SELECT count(*) FROM ticket_topics").await, 2, "the main topic is no further one");
    assert!(desk.get(TICKET).await.text.contains("姉妹都市の情報"), "the history names them");
    assert_eq!(desk.deed("000001-3", "topics", &[("topics", "no-such")]).await.status, 422);
}

#[tokio::test]
async fn what_was_typed_outlives_the_session() {
    let desk = with_ticket().await;
    let page = desk.get(TICKET).await;
    desk.execute("DELETE FROM sessions").await;
    let sent = stale_deed(&desk, &page, "reply", &[("body", "Typed for half an hour."), ("status", "")]).await;
    assert!(sent.status == 403 && sent.text.contains("Typed for half an hour."), "{} {}", sent.status, sent.text);
    let fields = [("token", "x"), ("channel", "phone"), ("message", "Said on the telephone.")];
    let logged = desk.post("/staff/tickets/new", &fields).await;
    assert!(logged.status == 403 && logged.text.contains("Said on the telephone."), "{}", logged.status);
    assert_eq!(desk.get(&format!("{TICKET}/reply")).await.location, TICKET, "reloading leads back");
}

#[tokio::test]
async fn a_held_reply_keeps_its_status_and_no_reply_makes_spam() {
    let desk = with_ticket().await;
    let stale = desk.get(TICKET).await;
    desk.deed("000001-3", "note", &[("body", "Meanwhile.")]).await;
    let held = stale_deed(&desk, &stale, "reply", &[("body", "It is done."), ("status", "closed")]).await;
    assert!(held.text.contains("<option value=\"closed\" selected>"), "{}", held.text);
    let spam = desk.deed("000001-3", "reply", &[("body", "It is spam."), ("status", "spam")]).await;
    assert_eq!(spam.status, 422);
    assert_eq!(desk.count("SELECT count(*) FROM messages WHERE kind = 'outbound'").await, 0);
}
