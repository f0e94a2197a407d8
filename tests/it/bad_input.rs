//! What no form of ours sends: it gets a clear answer, what was typed is not lost, and the desk stays as it is.

use reqwest::multipart::{Form, Part};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::Desk;

const MIB: usize = 1024 * 1024;

fn typed(seal: &str, given: &[(&'static str, String)]) -> Form {
    let fields = [
        ("seal", seal.to_owned()),
        ("topic", "other".to_owned()),
        ("name", "Élodie \"Lili\" O'Hara <b>".to_owned()),
        ("email", "elodie@commune.example".to_owned()),
        ("subject", "Jumelage".to_owned()),
        ("message", "Bonjour".to_owned()),
        ("consent", "yes".to_owned()),
        ("step", "check".to_owned()),
    ];
    let is_given = |name: &str| given.iter().any(|(other, _)| *other == name);
    let rest = fields.into_iter().filter(|(name, _)| !is_given(name)).chain(given.iter().cloned());
    rest.fold(Form::new(), |form, (name, value)| form.text(name, value))
}

#[tokio::test]
async fn odd_characters_are_shown_as_they_are_and_break_nothing() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    for (field, value, status, shown) in [
        ("name", "名".repeat(10_000), 422, "名".repeat(10_000)),
        ("name", "👩‍👩‍👧‍👦🏳️‍🌈 Zoë".to_owned(), 200, "👩‍👩‍👧‍👦🏳️‍🌈 Zoë".to_owned()),
        ("subject", "safe\u{202e}fdp.exe\u{202c}".to_owned(), 200, "safe".to_owned()),
        ("message", "one\0two\r\nthree\rfour".to_owned(), 200, "onetwo\nthree\nfour".to_owned()),
        ("message", "😀".repeat(10_000), 200, "😀".repeat(10_000)),
        ("message", "x".repeat(10_001), 422, "x".repeat(10_001)),
        ("message", "x".repeat(3 * MIB), 422, "x".repeat(MIB - 1)),
        ("name", "\u{200b}\u{202e}".to_owned(), 422, "Jumelage".to_owned()),
        ("email", "\"><script>alert(1)</script>@x".to_owned(), 422, "&#60;script&#62;".to_owned()),
        ("topic", "\"><script>".to_owned(), 422, "Jumelage".to_owned()),
        ("consent", String::new(), 422, "Jumelage".to_owned()),
    ] {
        let page = desk.post_multipart("/fr/enquiries", typed(&seal, &[(field, value)])).await;
        assert_eq!(page.status, status, "{field}: {}", page.text);
        assert!(page.text.contains(&shown), "{field}: {}", page.text);
        assert!(!page.text.contains("<script>alert") && page.text.contains("Lili&#34;") || field == "name", "{field}");
    }
    assert_eq!(desk.count("SELECT count(*) FROM arrivals").await, 0);
    for path in
        ["/fr/search?q=%00&q=b", "/fr/sister-cities?country=FR&country=DE&q=%00", "/fr/enquiries/new?topic=a&topic=b"]
    {
        assert_eq!(desk.get(path).await.status, 200, "{path}");
    }
    let form = desk.get("/fr/enquiries").await;
    assert_eq!((form.status, form.location.as_str()), (303, "/fr/enquiries/new"), "who goes back gets the form");
}

#[tokio::test]
async fn what_broke_off_comes_back_as_far_as_it_arrived() {
    let desk = Desk::start().await;
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"seal\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; \
         name=\"message\"\r\n\r\nTout est là.\r\n--x\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nCou",
        desk.seal().await
    );
    let url = format!("{}/fr/enquiries", desk.base);
    let sent = reqwest::Client::new().post(url).header("content-type", "multipart/form-data; boundary=x").body(body);
    let answer = sent.send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 400);
    let page = answer.text().await.expect("a page");
    assert!(page.contains("Tout est là.") && page.contains("interrompu en chemin"), "{page}");
}

#[tokio::test]
async fn two_hundred_files_are_too_many_and_what_was_typed_stays() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    let many = (0..150).fold(typed(&seal, &[]), |form, number| {
        form.part("attachments", Part::bytes(vec![b'x'; 10]).file_name(format!("{number}.txt")))
    });
    let page = desk.post_multipart("/fr/enquiries", many).await;
    assert_eq!(page.status, 413);
    assert!(
        page.text.contains("value=\"elodie@commune.example\"") && page.text.contains("trop de fichiers"),
        "{}",
        page.text
    );
    let more = (0..250).fold(typed(&seal, &[]), |form, number| {
        form.part("attachments", Part::bytes(vec![b'x'; 10]).file_name(format!("{number}.txt")))
    });
    let page = desk.post_multipart("/fr/enquiries", more).await;
    assert_eq!(page.status, 413);
    assert!(
        page.text.contains("value=\"elodie@commune.example\"") && page.text.contains("trop de fichiers"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn broken_forms_are_told_so() {
    let desk = Desk::start().await;
    let client = reqwest::Client::new();
    let whole = "multipart/form-data; boundary=x";
    for (kind, body, status) in [
        ("multipart/form-data", "--x\r\n", 400),
        (whole, "", 400),
        (whole, "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\ncut", 400),
        (whole, "--x\r\nContent-Disposition: nothing\r\n\r\nx\r\n--x--\r\n", 403),
        ("text/plain", "name=x", 400),
        ("application/x-www-form-urlencoded", "name=%FF%FE&message=%", 403),
        ("application/x-www-form-urlencoded", "", 403),
    ] {
        let url = format!("{}/ja/enquiries", desk.base);
        let answer = client.post(url).header("content-type", kind).body(body).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), status, "{kind} {body}");
        let page = answer.text().await.expect("a page");
        assert!(page.contains("<html lang=\"ja\">") && page.contains("03-5213-1723"), "{page}");
    }
}

/// An upload of two gigabytes: the answer comes after 100 MB, the connection is closed, and memory stays as it was.
#[tokio::test]
async fn an_upload_without_end_costs_nothing() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    let before = resident(desk.pid());
    let address = desk.base.trim_start_matches("http://").to_owned();
    let (mut reader, mut writer) = TcpStream::connect(&address).await.expect("connected").into_split();
    let field =
        |name: &str, value: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let head = format!(
        "POST /fr/enquiries HTTP/1.1\r\nHost: {address}\r\nContent-Type: multipart/form-data; boundary=x\r\n\
         Content-Length: {}\r\n\r\n{}{}--x\r\nContent-Disposition: form-data; name=\"attachments\"; \
         filename=\"film.mp4\"\r\nContent-Type: video/mp4\r\n\r\n",
        2048 * MIB,
        field("seal", &seal),
        field("message", "Ce qui est écrit reste."),
    );
    let sending = tokio::spawn(async move {
        writer.write_all(head.as_bytes()).await.expect("sent");
        let chunk = vec![b'x'; MIB];
        let mut sent = 0;
        while sent < 2048 && writer.write_all(&chunk).await.is_ok() {
            sent += 1;
        }
        sent
    });
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(std::time::Duration::from_secs(60), reader.read_to_end(&mut answer))
        .await
        .expect("closed");
    let answer = String::from_utf8_lossy(&answer);
    let sent = sending.await.expect("sent");
    assert!(sent < 200, "{sent} MB were read");
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("Ce qui est écrit reste."), "{answer}");
    let grown = resident(desk.pid()).saturating_sub(before);
    assert!(grown < 40 * 1024, "{grown} KiB more");
}

/// KiB.
fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a size");
    line.split_whitespace().nth(1).and_then(|size| size.parse().ok()).expect("a number")
}

#[tokio::test]
async fn a_text_of_megabytes_comes_back() {
    let desk = Desk::start().await;
    desk.enquire(&desk.seal().await, &[]).await;
    desk.sign_in().await;
    let text = ["It begins here.", &" Far too long.".repeat(250_000)].concat();
    let ticket = desk.get("/staff/tickets/000001-3").await.hidden("token");
    let note = desk.post("/staff/tickets/000001-3/note", &[("token", &ticket), ("body", &text)]).await;
    assert_eq!(note.status, 413);
    assert!(note.text.contains("本文が長すぎます") && note.text.contains("It begins here."), "{}", note.text.len());
    let path = "/staff/settings/wording/acknowledgement/en";
    let page = desk.get(path).await;
    let (token, before) = (page.hidden("token"), page.hidden("before"));
    let fields = [("token", &*token), ("before", &before), ("subject", "Kept"), ("body", &text)];
    let wording = desk.post(path, &fields).await;
    assert_eq!(wording.status, 413);
    assert!(wording.text.contains("長すぎます") && wording.text.contains("It begins here."), "{}", wording.text.len());
    assert!(desk.get(path).await.text.contains("{greeting}"), "and nothing has changed");
}
