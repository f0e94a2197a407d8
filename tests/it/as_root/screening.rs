//! What others are asked about letters: a name server for keys (dnsmasq), a virus scanner (clamd).

use madoguchi::outbox::dkim::Signer;
use reqwest::multipart::{Form, Part};

use crate::harness::beside::{NameServer, VirusScanner, eicar};
use crate::harness::{Desk, Page, database, free_port, soon};

const KEY: &str = include_str!("../keys/dkim-rsa.pem");
const RECORD: &str = include_str!("../keys/dkim-rsa.txt");

fn letter(number: usize, subject: &str, body: &str) -> Vec<u8> {
    format!(
        "From: Ada <ada@town.example>\r\nTo: exchange@desk.test\r\nSubject: {subject}\r\n\
         Date: Wed, 25 Nov 2026 10:00:00 +0900\r\nMessage-ID: <s{number}@town.example>\r\n\r\n{body}\r\n"
    )
    .into_bytes()
}

fn signed(domain: &str, raw: &[u8]) -> Vec<u8> {
    let signer = Signer::new(KEY, "desk2026", domain).expect("a key");
    signer.sign(raw).expect("signed")
}

/// As somebody on the way would change it.
fn changed(raw: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(raw.to_vec()).unwrap().replace(from, to).into_bytes()
}

async fn deliver(desk: &Desk, to: &str, raw: &[u8]) {
    let answers = desk.deliver("ada@town.example", &[to], raw).await;
    assert!(answers.iter().all(|answer| answer.starts_with("250")), "{answers:?}");
}

async fn all_judged(desk: &Desk) {
    soon("all are judged", async || desk.count("SELECT count(*) FROM unjudged").await == 0).await;
}

#[tokio::test]
async fn signatures_are_judged_where_no_server_did_and_a_failure_is_not_believed_by_the_subject_alone() {
    let dns = NameServer::start(&[("desk2026._domainkey.town.example", RECORD.trim())]).await;
    let desk = Desk::settings().with("MADOGUCHI_NAMESERVER", format!("127.0.0.1:{}", dns.port)).start().await;
    deliver(&desk, "exchange@desk.test", &letter(1, "Sisters", "How do we begin?")).await;
    let whole = signed("town.example", &letter(2, "Re: [#000001-3] Sisters", "The year is 2027."));
    deliver(&desk, "exchange@desk.test", &whole).await;
    all_judged(&desk).await;
    desk.sign_in().await;
    let page = desk.get("/staff/tickets/000001-3").await;
    assert!(page.text.contains("The year is 2027.") && !page.text.contains("DKIM"), "{}", page.text);

    // Two that were changed: one names the ticket in its subject only, one was sent to its address.
    let subject_only = signed("town.example", &letter(3, "[#000001-3] Sisters", "Pay to account 12."));
    deliver(&desk, "exchange@desk.test", &changed(&subject_only, "account 12", "account 66")).await;
    let by_token = signed("town.example", &letter(4, "Sisters", "We come on the 5th."));
    let footer = "We come on the 5th.\r\n-- \r\nSent through a list";
    desk.letters_soon(1).await;
    deliver(&desk, &desk.reply_address(0), &changed(&by_token, "We come on the 5th.", footer)).await;
    all_judged(&desk).await;
    soon("it has a ticket of its own", async || desk.count("SELECT count(*) FROM tickets").await == 2).await;
    let first = desk.get("/staff/tickets/000001-3").await;
    assert!(!first.text.contains("account 66") && first.text.contains("000002-1"), "{}", first.text);
    assert!(first.text.contains("on the 5th") && first.text.contains("DKIM不合格"));
    let second = desk.get("/staff/tickets/000002-1").await;
    assert!(second.text.contains("account 66") && second.text.contains("DKIM不合格"), "{}", second.text);
    assert!(second.text.contains("000001-3"), "it says what it looks related to");
    assert_eq!(desk.count("SELECT count(*) FROM arrivals").await, 4, "each has one line in the ledger");

    // No key, and nobody who answers: nothing is known, and nothing is lost.
    deliver(&desk, "exchange@desk.test", &signed("city.example", &letter(5, "No key", "Hello."))).await;
    all_judged(&desk).await;
    let page = desk.get("/staff/tickets/000003-7").await;
    assert!(page.status == 200 && !page.text.contains("DKIM"), "{}", page.text);
}

#[tokio::test]
async fn a_name_server_that_does_not_answer_delays_nothing_and_is_asked_again() {
    let desk = Desk::settings().with("MADOGUCHI_NAMESERVER", format!("127.0.0.1:{}", free_port())).start().await;
    deliver(&desk, "exchange@desk.test", &signed("town.example", &letter(1, "Sisters", "Hello."))).await;
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1);
    let again = "SELECT count(*) FROM unjudged WHERE attempts = 1 AND next_attempt_at > now() + interval '30 s'";
    soon("it is asked again later", async || desk.count(again).await == 1).await;
    assert_eq!(desk.count("SELECT count(*) FROM messages WHERE failed_checks <> '[]'").await, 0);
}

fn with_files(number: usize, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut raw = format!(
        "From: Ada <ada@town.example>\r\nTo: exchange@desk.test\r\nSubject: Files {number}\r\n\
         Message-ID: <f{number}@town.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHere.\r\n"
    );
    for (name, content) in files {
        raw += &format!(
            "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename={name}\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            data_encoding::BASE64.encode(content)
        );
    }
    (raw + "--b--\r\n").into_bytes()
}

/// The address of what stands behind a link of a page, by the words after it.
fn link_before<'a>(page: &'a Page, folder: &str, words: &str) -> Option<&'a str> {
    let end = page.text.find(words)?;
    let start = page.text[..end].rfind(folder)?;
    page.text[start..].split('"').next()
}

#[tokio::test]
async fn a_virus_is_kept_named_and_never_handed_out() {
    let mut clamd = VirusScanner::start().await;
    let place = format!("127.0.0.1:{}", clamd.port);
    let desk = Desk::settings().with("MADOGUCHI_CLAMD", &place).start().await;
    let large = vec![b'7'; 2_000_000];
    let files: [(&str, &[u8]); 3] = [("bad.bin", &eicar()), ("good.bin", b"harmless"), ("large.bin", &large)];
    deliver(&desk, "exchange@desk.test", &with_files(1, &files)).await;
    soon("all are scanned", async || desk.count("SELECT count(*) FROM blobs WHERE scan IS NULL").await == 0).await;
    desk.sign_in().await;
    let page = desk.get("/staff/tickets/000001-3").await;
    assert!(page.text.contains("bad.bin") && page.text.contains("ウイルス検出：Eicar-Test"), "{}", page.text);
    let good = link_before(&page, "/staff/attachments/", "good.bin").expect("a link");
    assert_eq!(desk.get(good).await.text, "harmless");
    assert!(page.text.contains("ウイルス検査ができませんでした"), "what is too large is marked: {}", page.text);
    let unscannable = link_before(&page, "/staff/attachments/", "large.bin").expect("a link");
    let asked = desk.get(unscannable).await;
    assert!(asked.status == 403 && asked.text.contains("それでもダウンロードする"), "{} {}", asked.status, asked.text);
    assert_eq!(desk.get(&format!("{unscannable}?unchecked=yes")).await.status, 200, "to who says so");
    let bad = "SELECT id FROM attachments WHERE filename = 'bad.bin'";
    let bad = database::ask(&desk.database_url, bad).await.remove(0);
    let withheld = desk.get(&format!("/staff/attachments/{bad}")).await;
    assert!(withheld.status == 403 && withheld.text.contains("Eicar-Test"), "{} {}", withheld.status, withheld.text);
    let raw = link_before(&page, "/staff/arrivals/", ">原文<").expect("a link");
    let raw = desk.get(raw).await;
    assert!(raw.status == 403 && !raw.text.contains("WDVPIVAl"), "nor as part of the letter");

    // By form, and what goes out.
    let seal = desk.seal().await;
    let form = [("name", "Ada"), ("email", "ada@town.example"), ("topic", "other"), ("subject", "By form")];
    let form = form.iter().fold(Form::new(), |form, (name, value)| form.text(*name, *value));
    let form = form.text("message", "See the file.").text("consent", "yes").text("seal", seal);
    let form = form.part("attachments", Part::bytes(eicar()).file_name("form.bin"));
    assert_eq!(desk.post_multipart("/en/enquiries", form).await.status, 303);
    let reply = Form::new().text("token", page.hidden("token")).text("version", page.hidden("version"));
    let reply = reply.text("seen", page.hidden("seen")).text("body", "See the file.").text("status", "");
    let reply = reply.part("attachments", Part::bytes(eicar()).file_name("reply.bin"));
    assert_eq!(desk.post_multipart("/staff/tickets/000001-3/reply", reply).await.status, 303);
    let refused = "SELECT count(*) FROM outbox WHERE state = 'refused' AND server_words LIKE '%reply.bin%Eicar-Test%'";
    soon("it does not leave", async || desk.count(refused).await == 1).await;
    let told = desk.get("/staff/tickets/000001-3").await.text;
    assert!(
        told.contains("reply.bin (Eicar-Test") && told.contains("このファイルを除いて"),
        "the desk says so: {told}"
    );
    let form = desk.get("/staff/tickets/000002-1").await;
    assert!(form.text.contains("form.bin") && form.text.contains("ウイルス検出：Eicar-Test"), "{}", form.text);

    // While the scanner is away nothing is handed out that it has not seen, and nothing is lost.
    let checked = desk.command(&["check", "--clamd", &place], b"").stdout;
    assert!(checked.contains("good   virus scanner") && checked.contains("StreamMaxLength"), "{checked}");
    clamd.end();
    deliver(&desk, "exchange@desk.test", &with_files(2, &[("late.bin", b"late")])).await;
    let page = desk.get("/staff/tickets/000003-7").await;
    let late = link_before(&page, "/staff/attachments/", "late.bin").expect("a link");
    assert_eq!(desk.get(late).await.status, 503);
    desk.execute("UPDATE blobs SET created_at = now() - interval '1 hour' WHERE scan IS NULL").await;
    assert!(desk.get("/staff").await.text.contains("1件のファイルがウイルス検査を受けていません"));
    assert!(desk.command(&["check", "--clamd", &place], b"").stdout.contains("wrong  virus scanner"));
    clamd.run().await;
    assert_eq!(desk.get(late).await.text, "late");
}
