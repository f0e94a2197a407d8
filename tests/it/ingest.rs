//! `madoguchi parse` and `madoguchi ingest`, as an MTA's pipe runs them.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::harness::Desk;
use crate::harness::cut::Wire;
use crate::harness::database::{self, ask};

/// Runs the binary with a message on stdin.
fn run(arguments: &[&str], database_url: &str, raw: &[u8]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(env!("CARGO_BIN_EXE_madoguchi"))
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("DATABASE_URL", database_url)
        .env("MADOGUCHI_DATA_DIR", folder.path())
        .env("MADOGUCHI_MAIL_FROM", "exchange@desk.test")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("piped").write_all(raw).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn json_of(output: &Output) -> Value {
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    assert_eq!(text.lines().count(), 1, "JSON alone on stdout: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

#[tokio::test]
async fn a_pipe_is_told_to_try_again_whatever_is_wrong_and_makes_no_database_beside_the_desks() {
    let desk = Desk::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = |settings: &[(&str, &str)], arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
        command.args(["ingest"]).args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("MADOGUCHI_DATA_DIR", folder.path()).envs(settings.iter().copied());
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it");
        // It may end before it has read all.
        let _ = child.stdin.take().expect("piped").write_all(LETTER);
        child.wait_with_output().expect("it ends")
    };
    let url = ("DATABASE_URL", desk.database_url.as_str());
    let wrong = pipe(&[url, ("MADOGUCHI_SMTP_URL", "nonsense")], &[]);
    assert_eq!(wrong.status.code(), Some(75), "Postfix returns a letter for any other exit: {wrong:?}");
    let nowhere = pipe(&[], &[]);
    let told = String::from_utf8_lossy(&nowhere.stderr).into_owned();
    assert!(nowhere.status.code() == Some(75) && told.contains("no desk has been started on"), "{told}");
    assert!(std::fs::read_dir(folder.path()).expect("a folder").next().is_none(), "and none is made");
    std::fs::write(folder.path().join("database-is-elsewhere"), "").expect("written");
    let blind = pipe(&[], &[]);
    let told = String::from_utf8_lossy(&blind.stderr).into_owned();
    assert!(blind.status.code() == Some(75) && told.contains("DATABASE_URL"), "{told}");
    let both = pipe(&[url], &["--to", "exchange@desk.test", "other@desk.test"]);
    assert_eq!(json_of(&both)["outcome"], "created", "Postfix names all recipients at once: {both:?}");
    assert!(desk.folder.join("database-is-elsewhere").exists(), "the service notes where its database is");
}

const LETTER: &[u8] = b"Return-Path: <ada@town.example>\r\nFrom: Ada <ada@town.example>\r\nTo: exchange@desk.test\r\nSubject: Sisters\r\nMessage-ID: <a1@town.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\n\r\nWe would like to find a sister city in Japan.\r\n";

#[test]
fn parse_prints_every_field() {
    let output = run(&["parse"], "", LETTER);
    assert!(output.status.success(), "{output:?}");
    let expected = json!({
        "from": {"name": "Ada", "address": "ada@town.example"},
        "to": [{"name": "", "address": "exchange@desk.test"}],
        "cc": [],
        "subject": "Sisters",
        "message_id": "a1@town.example",
        "in_reply_to": null,
        "references": [],
        "date": "2026-11-24T10:00:00+09:00",
        "text": "We would like to find a sister city in Japan.",
        "reply": "We would like to find a sister city in Japan.",
        "html_sanitised": null,
        "attachments": [],
        "auto_submitted": false,
        "bounce": null,
    });
    assert_eq!(json_of(&output), expected);
    for nonsense in [&b""[..], b"\0\xff\xfe", b"\r\n\r\n\r\n"] {
        let output = run(&["parse"], "", nonsense);
        assert!(output.status.success() && json_of(&output)["message_id"].is_null(), "{output:?}");
    }
}

#[tokio::test]
async fn ingest_stores_and_says_what_became_of_it() {
    let url = database::own().await;
    let output = run(&["ingest"], &url, LETTER);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(
        json_of(&output),
        json!({"outcome": "created", "ticket": "000001-3", "acknowledged": true, "reason": null})
    );
    let again = run(&["ingest", "--to", "info@desk.test"], &url, LETTER);
    let found = json_of(&again);
    assert_eq!(
        (&found["outcome"], &found["ticket"], &found["acknowledged"]),
        (&json!("duplicate"), &json!("000001-3"), &json!(false))
    );
    let recipients = ask(&url, "SELECT recipients::text FROM arrivals ORDER BY received_at").await;
    assert_eq!(recipients, [r#"["exchange@desk.test"]"#, r#"["info@desk.test"]"#]);

    let answer =
        String::from_utf8_lossy(LETTER).replace("a1@town", "a2@town").replace("Sisters", "Re: [#000001-3] Sisters");
    let found = json_of(&run(&["ingest"], &url, answer.as_bytes()));
    assert_eq!((&found["outcome"], &found["ticket"]), (&json!("appended"), &json!("000001-3")));

    let automatic = answer
        .replace("a2@town", "a3@town")
        .replace("Return-Path: <ada@town.example>", "Return-Path: <>")
        .replace("[#000001-3] ", "");
    let found = json_of(&run(&["ingest"], &url, automatic.as_bytes()));
    assert_eq!((&found["outcome"], &found["acknowledged"]), (&json!("created"), &json!(false)), "an empty Return-Path");

    let bounce = b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nSubject: failure notice\r\n\r\n<no@b.example>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n";
    let found = json_of(&run(&["ingest"], &url, bounce));
    assert_eq!((&found["outcome"], &found["ticket"]), (&json!("bounce"), &Value::Null));
}

#[tokio::test]
async fn ingest_keeps_what_is_too_large() {
    let url = database::own().await;
    let large = [LETTER, &b"0123456789abcdef\r\n".repeat(3_000_000)].concat();
    let output = run(&["ingest"], &url, &large);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let found = json_of(&output);
    assert_eq!((&found["outcome"], &found["ticket"]), (&json!("quarantined"), &Value::Null));
    assert!(found["reason"].is_string());
    let kept = ask(&url, "SELECT octet_length(raw) || ' ' || sender FROM arrivals").await;
    assert_eq!(kept, [format!("{} ada@town.example", large.len())]);
    let desk = Desk::settings().on(&url).start().await;
    desk.sign_in().await;
    let page = desk.get("/staff/arrivals").await.text;
    assert!(page.contains("読み取れる大きさ（52.5 MB）を超えています"), "why stands in the viewer's language: {page}");
}

#[tokio::test]
async fn ingest_asks_to_try_again_when_the_database_is_away() {
    let wire = Wire::to(&database::own().await).await;
    wire.cut();
    let output = tokio::task::spawn_blocking({
        let url = wire.url.clone();
        move || run(&["ingest"], &url, LETTER)
    })
    .await
    .expect("it ran");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(75), 0), "{output:?}");
}
