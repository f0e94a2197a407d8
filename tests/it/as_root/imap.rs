//! Letters fetched from mailboxes: each once, whatever their flags, through outages and new numbers.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::harness::cut::Wire;
use crate::harness::dovecot::Dovecot;
use crate::harness::{Desk, database, free_port, soon};

fn letter(number: usize) -> Vec<u8> {
    format!(
        "From: =?utf-8?B?5bGx55Sw?= <n{number}@town.example>\r\nTo: exchange@desk.test\r\nSubject: Letter {number}\r\n\
         Message-ID: <m{number}@town.example>\r\n\r\nSister cities, question {number}.\r\n"
    )
    .into_bytes()
}

/// How many tickets, and how many lines of the ledger.
async fn stored(desk: &Desk) -> (i64, i64) {
    (desk.count("SELECT count(*) FROM tickets").await, desk.count("SELECT count(*) FROM arrivals").await)
}

async fn soon_stored(desk: &Desk, count: i64) {
    soon("the letters are fetched", async || desk.count("SELECT count(*) FROM tickets").await >= count).await;
    assert_eq!(stored(desk).await, (count, count));
}

#[tokio::test]
async fn letters_are_fetched_once_whatever_their_flags_and_numbers() {
    let dovecot = Dovecot::start().await;
    dovecot.put("desk", &letter(1)).await;
    dovecot.put("desk", &letter(2)).await;
    dovecot.admin(&["flags", "add", "-u", "desk", "\\Seen", "mailbox", "INBOX", "uid", "1"]);
    let database = database::own().await;
    let start = || Desk::settings().on(&database).with("MADOGUCHI_IMAP_URL", dovecot.url("desk"));
    let mut desk = start().start().await;
    soon_stored(&desk, 2).await;
    let began = Instant::now();
    dovecot.put("desk", &letter(3)).await;
    soon_stored(&desk, 3).await;
    assert!(began.elapsed() < Duration::from_secs(5), "the server tells of it: {:?}", began.elapsed());
    assert!(dovecot.letters("desk", "INBOX", "flags")[1..].iter().all(|flags| !flags.contains("Seen")));

    soon("they are counted", async || {
        desk.count("SELECT coalesce(sum(in_ledger), 0)::bigint AS count FROM mailboxes WHERE on_server = in_ledger")
            .await
            == 2
    })
    .await;
    desk.kill();
    dovecot.put("desk", &letter(4)).await;
    dovecot.admin(&["mailbox", "update", "-u", "desk", "--uid-validity", "4242", "INBOX"]);
    let desk = start().start().await;
    soon_stored(&desk, 4).await;
    let known = "SELECT count(*) FROM fetched_letters WHERE uid_validity = 4242";
    soon("all have new numbers", async || desk.count(known).await == 4).await;
    assert_eq!(stored(&desk).await, (4, 4), "read again, and stored once");
    desk.sign_in().await;
    let page = desk.get("/staff").await;
    assert!(page.text.contains("desk@127.0.0.1"), "the dashboard names the mailbox");
}

#[tokio::test]
async fn a_database_that_falls_silent_is_found_again() {
    let dovecot = Dovecot::start().await;
    let wire = Wire::to(&database::own().await).await;
    let desk = Desk::settings().on(&wire.url).with("MADOGUCHI_IMAP_URL", dovecot.url("desk")).start().await;
    dovecot.put("desk", &letter(1)).await;
    soon_stored(&desk, 1).await;
    wire.fall_silent();
    dovecot.put("desk", &letter(2)).await;
    tokio::time::sleep(Duration::from_secs(20)).await;
    assert!(desk.log().contains("a mailbox cannot be read"), "it is noticed: {}", desk.log());
    wire.mend();
    let began = Instant::now();
    soon_stored(&desk, 2).await;
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_server_that_dies_in_the_midst_costs_nothing() {
    let mut dovecot = Dovecot::start().await;
    let large = |number| [letter(number), b"A long line of a long letter.\r\n".repeat(4_000)].concat();
    for number in 0..25 {
        dovecot.put("desk", &large(number)).await;
    }
    let desk = Desk::settings().with("MADOGUCHI_IMAP_URL", dovecot.url("desk")).start().await;
    soon("some are fetched", async || desk.count("SELECT count(*) FROM tickets").await > 3).await;
    dovecot.kill();
    let (before, _) = stored(&desk).await;
    assert!(before < 25, "killed too late");
    desk.sign_in().await;
    soon("the dashboard tells", async || desk.get("/staff").await.text.contains("127.0.0.1")).await;
    let check = desk.command(&["check", "--imap-url", &dovecot.url("desk")], b"");
    assert!(check.code == 1 && check.stdout.contains("wrong  mail fetched"), "{}", check.stdout);
    dovecot.run().await;
    soon_stored(&desk, 25).await;
    dovecot.put("desk", &letter(25)).await;
    soon_stored(&desk, 26).await;
}

#[tokio::test]
async fn mailboxes_of_divisions_are_marked_and_emptied() {
    let dovecot = Dovecot::start().await;
    let database = database::own().await;
    let first = Desk::settings().on(&database).start().await;
    first
        .execute(
            "INSERT INTO divisions (id, slug, names, telephone, fax, email, calendar, position) \
             SELECT '01938000-0000-7000-8000-000000000002', 'tax', '{\"ja\": \"税務課\", \"en\": \"Tax Division\"}', \
             '+81-3-1', '+81-3-2', 'tax@desk.test', calendar, 2 FROM divisions",
        )
        .await;
    drop(first);
    dovecot.admin(&["mailbox", "create", "-u", "tax", "済み"]);
    dovecot.put("tax", &letter(1)).await;
    dovecot.put("desk", &letter(2)).await;
    let urls =
        format!("{}?division=tax&then=move:%E6%B8%88%E3%81%BF {}?then=seen", dovecot.url("tax"), dovecot.url("desk"));
    let desk = Desk::settings().on(&database).with("MADOGUCHI_IMAP_URL", &urls).start().await;
    soon_stored(&desk, 2).await;
    soon("it is moved", async || dovecot.letters("tax", "済み", "uid").len() == 1).await;
    assert_eq!(dovecot.letters("tax", "INBOX", "uid").len(), 0);
    soon("it is marked", async || dovecot.letters("desk", "INBOX", "flags")[0].contains("Seen")).await;
    let of = |slug: &str| {
        format!("SELECT count(*) FROM tickets JOIN divisions ON division_id = divisions.id WHERE slug = '{slug}'")
    };
    assert_eq!((desk.count(&of("tax")).await, desk.count(&of("international-exchange")).await), (1, 1));

    let other = Desk::settings().on(&database).with("MADOGUCHI_IMAP_URL", &urls).start().await;
    for number in 3..13 {
        dovecot.put("desk", &letter(number)).await;
    }
    soon_stored(&desk, 12).await;
    dovecot.admin(&["mailbox", "delete", "-u", "tax", "済み"]);
    dovecot.put("tax", &letter(100)).await;
    soon("it is told which mailbox is meant", async || {
        desk.log().lines().any(|line| line.contains("place=\"1: 127.0.0.1:") && line.contains("stays as it is"))
    })
    .await;
    let named = |user: &str| desk.log().contains(&format!("{user}@127.0.0.1"));
    assert!(!named("tax") && !named("desk"), "and not whose: {}", desk.log());
    drop(desk);
    dovecot.put("desk", &letter(13)).await;
    soon("the other goes on", async || other.count("SELECT count(*) FROM tickets").await == 14).await;
    assert_eq!(stored(&other).await, (14, 14), "one instance reads a mailbox at a time");
}

#[tokio::test]
async fn what_is_too_large_is_quarantined_and_the_next_goes_on() {
    let dovecot = Dovecot::start().await;
    let large = [letter(1), b"A line of a letter that nobody should send by mail.\r\n".repeat(1_000_000)].concat();
    dovecot.put("desk", &large).await;
    dovecot.put("desk", &letter(2)).await;
    let desk = Desk::settings().with("MADOGUCHI_IMAP_URL", dovecot.url("desk")).start().await;
    soon("the next goes on", async || stored(&desk).await == (1, 2)).await;
    let whole = format!(
        "SELECT count(*) FROM arrivals WHERE outcome = 'quarantined' AND octet_length(raw) >= {} \
         AND sender = 'sender@town.example'",
        large.len()
    );
    assert_eq!(desk.count(&whole).await, 1, "with all its bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn encrypted_and_by_access_tokens() {
    let port = free_port();
    tokio::spawn(give_and_judge_tokens(port));
    let dovecot = Dovecot::start_with_tokens_judged_at(&format!("http://127.0.0.1:{port}/judge")).await;
    dovecot.put("desk", &letter(1)).await;
    let url = format!(
        "imaps://desk:refresh-me@localhost:{}/INBOX?oauth=http://127.0.0.1:{port}/token&client_id=us&client_secret=s",
        dovecot.imaps
    );
    let distrusting = Desk::settings().with("MADOGUCHI_IMAP_URL", &url).start().await;
    soon("its certificate is not believed", async || {
        distrusting.count("SELECT count(*) FROM mailboxes WHERE trouble ILIKE '%certificate%'").await == 1
    })
    .await;
    let ca = dovecot.authority().display().to_string();
    let desk = Desk::settings().with("MADOGUCHI_IMAP_URL", &url).with("MADOGUCHI_CA_FILE", &ca).start().await;
    soon_stored(&desk, 1).await;
    let check = desk.command(&["check", "--imap-url", &url, "--ca-file", &ca], b"");
    assert!(check.stdout.contains("good   mail fetched"), "{}", check.stdout);
    assert!(!check.stdout.contains("refresh-me") && !desk.log().contains("refresh-me"), "secrets stay hidden");
}

/// Who gives access tokens, and tells the mail server whether they are good.
async fn give_and_judge_tokens(port: u16) {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a port");
    loop {
        let (mut stream, _) = listener.accept().await.expect("somebody");
        let mut asked = vec![0; 4096];
        let mut length = 0;
        // A form may come in a second piece.
        while length == 0 || (asked.starts_with(b"POST") && !asked[..length].ends_with(b"client_secret=s")) {
            length += stream.read(&mut asked[length..]).await.expect("a request");
        }
        let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
        let good = asked.contains("grant_type=refresh_token&client_id=us&refresh_token=refresh-me");
        let body = match asked.split(' ').nth(1) {
            Some("/token") if good => r#"{"access_token": "good-for-now", "expires_in": 3600}"#,
            Some("/judge") if asked.contains("Bearer good-for-now\r\n") => r#"{"active": true, "email": "desk"}"#,
            _ => r#"{"error": "invalid_grant"}"#,
        };
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let _ = stream.write_all(answer.as_bytes()).await;
    }
}

#[tokio::test]
async fn what_cannot_be_moved_is_told_and_tried_again() {
    let dovecot = Dovecot::start().await;
    dovecot.put("desk", &letter(1)).await;
    let url = format!("{}?then=move:Done", dovecot.url("desk"));
    let desk = Desk::settings().with("MADOGUCHI_IMAP_URL", &url).start().await;
    soon_stored(&desk, 1).await;
    let told = "SELECT count(*) FROM mailboxes WHERE trouble LIKE '%mark or move%'";
    soon("the dashboard can tell", async || desk.count(told).await == 1).await;
    let check = desk.command(&["check", "--imap-url", &url], b"");
    let folder = "find the folder of then=move, which has to be created there first";
    assert!(check.code == 1 && check.stdout.contains(folder), "{}", check.stdout);
    dovecot.admin(&["mailbox", "create", "-u", "desk", "Done"]);
    // Any news wakes the reader.
    dovecot.put("desk", &letter(2)).await;
    soon("both are moved", async || dovecot.letters("desk", "Done", "uid").len() == 2).await;
    assert_eq!(stored(&desk).await, (2, 2));
}
