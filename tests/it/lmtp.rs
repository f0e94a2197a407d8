//! The counter for MTAs, by raw sockets (RFC 2033).

use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::harness::cut::Wire;
use crate::harness::database::{self, ask};
use crate::harness::{Desk, soon};

/// A conversation.
struct Mta(BufReader<TcpStream>);

impl Mta {
    async fn connect(desk: &Desk) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", desk.lmtp)).await.expect("the desk takes mail");
        let mut mta = Self(BufReader::new(stream));
        assert_eq!(mta.answers(1).await, ["220"]);
        mta
    }

    async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.expect("sent");
    }

    /// So many answers, each of one line or more.
    async fn lines(&mut self, count: usize) -> Vec<String> {
        let (mut lines, mut answers) = (Vec::new(), 0);
        while answers < count {
            let mut line = String::new();
            let read = tokio::time::timeout(Duration::from_secs(25), self.0.read_line(&mut line));
            if read.await.expect("an answer in time").expect("an answer") == 0 {
                break;
            }
            answers += usize::from(line.as_bytes().get(3) != Some(&b'-'));
            lines.push(line.trim_end().to_owned());
        }
        lines
    }

    async fn answers(&mut self, count: usize) -> Vec<String> {
        let lines = self.lines(count).await;
        lines.iter().filter(|line| line.as_bytes().get(3) != Some(&b'-')).map(|line| line[..3].to_owned()).collect()
    }

    /// Begins a message to some recipients, up to the answer to `DATA`.
    async fn begin(&mut self, recipients: &[&str]) {
        let to: String = recipients.iter().map(|to| format!("RCPT TO:<{to}>\r\n")).collect();
        self.say(format!("LHLO mx.test\r\nMAIL FROM:<ada@town.example>\r\n{to}DATA\r\n")).await;
        let codes = self.answers(recipients.len() + 3).await;
        assert!(
            codes[..codes.len() - 1].iter().all(|code| code == "250") && codes.last().unwrap() == "354",
            "{codes:?}"
        );
    }
}

fn letter(id: &str, body: &str) -> String {
    format!("From: Ada <ada@town.example>\r\nSubject: Sisters\r\nMessage-ID: <{id}@town.example>\r\n\r\n{body}")
}

#[tokio::test]
async fn commands_in_and_out_of_order() {
    let desk = Desk::start().await;
    let mut mta = Mta::connect(&desk).await;
    mta.say("LHLO mx.test\r\n").await;
    let offered = mta.lines(1).await;
    for extension in ["PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "SIZE 52428800"] {
        assert!(offered.iter().any(|line| line[4..] == *extension), "{extension} in {offered:?}");
    }
    for (commands, expected) in [
        ("RCPT TO:<a@desk.test>\r\n", &["503"][..]),
        ("DATA\r\n", &["503"]),
        ("MAIL FROM:<ada@town.example>\r\nDATA\r\n", &["250", "503"]),
        ("MAIL FROM:<ada@town.example>\r\n", &["503"]),
        ("RSET\r\nRCPT TO:<a@desk.test>\r\n", &["250", "503"]),
        ("MAIL FROM:<ada@town.example> SIZE=99999999\r\n", &["552"]),
        ("MAIL FROM:<> BODY=8BITMIME SMTPUTF8 SIZE=1000\r\nRSET\r\n", &["250", "250"]),
        ("mail from:<ada@town.example>\r\nrcpt to:<a..b.@docomo.ne.jp>\r\nRSET\r\n", &["250", "250", "250"]),
        ("MAIL FROM:<山田@例え.jp> SMTPUTF8\r\nRCPT TO:<\"a b\"@desk.test>\r\nRSET\r\n", &["250", "250", "250"]),
        ("EHLO mx.test\r\nHELO mx.test\r\n", &["500", "500"]),
        ("NOOP\r\nVRFY a\r\nNONSENSE\r\n", &["250", "252", "500"]),
        ("LHLO again.test\r\nQUIT\r\n", &["250", "221"]),
    ] {
        mta.say(commands).await;
        assert_eq!(mta.answers(expected.len()).await, expected, "{commands}");
    }
    let mut early = Mta::connect(&desk).await;
    early.say("MAIL FROM:<ada@town.example>\r\n").await;
    assert_eq!(early.answers(1).await, ["503"], "before LHLO");
    early.say([&vec![b'x'; 20_000][..], b"\r\nNOOP\r\n"].concat()).await;
    assert_eq!(early.answers(2).await, ["500", "250"], "a long line");
}

#[tokio::test]
async fn what_comes_is_kept_byte_for_byte() {
    let desk = Desk::start().await;
    let mut mta = Mta::connect(&desk).await;
    mta.begin(&["exchange@desk.test", "other@desk.test"]).await;
    mta.say(format!("{}\r\n.\r\n", letter("dots", "..one dot\r\n...two\r\nend"))).await;
    assert_eq!(mta.answers(2).await, ["250", "250"], "an answer for each recipient");
    let kept = ask(&desk.database_url, "SELECT convert_from(raw, 'UTF8') FROM arrivals").await;
    assert_eq!(kept, [letter("dots", ".one dot\r\n..two\r\nend\r\n")]);
    let kept = ask(&desk.database_url, "SELECT recipients::text FROM arrivals").await;
    assert_eq!(kept, [r#"["exchange@desk.test", "other@desk.test"]"#], "one DATA is one arrival");
    assert_eq!(ask(&desk.database_url, "SELECT count(*)::text FROM tickets").await, ["1"]);
    for (name, body) in [
        ("8bit", "Ça va – 姉妹".as_bytes().to_vec()),
        ("bare line feeds", b"one\n.\ntwo\n..\nthree".to_vec()),
        ("NUL", b"a\0b".to_vec()),
        ("a line of a megabyte", vec![b'x'; 1024 * 1024]),
        ("bytes that are no text", vec![0x80, 0xff, 0xfe, 0x0d, 0x1b]),
    ] {
        mta.begin(&["exchange@desk.test"]).await;
        let raw = [letter(&name.replace(' ', "-"), "").as_bytes(), &body, b"\r\n"].concat();
        mta.say([&raw[..], b".\r\n"].concat()).await;
        assert_eq!(mta.answers(1).await, ["250"], "{name}");
        let hash = data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(&raw));
        let query = format!("SELECT outcome FROM arrivals WHERE encode(sha256(raw), 'hex') = '{hash}'");
        assert_eq!(ask(&desk.database_url, &query).await, ["created"], "{name}");
    }
    mta.begin(&["exchange@desk.test"]).await;
    mta.say(".\r\n").await;
    assert_eq!(mta.answers(1).await, ["250"], "an empty message");
    assert_eq!(ask(&desk.database_url, "SELECT outcome FROM arrivals WHERE raw = ''").await.len(), 1);
}

#[tokio::test]
async fn a_message_without_its_end_is_never_stored() {
    let desk = Desk::start().await;
    for half in ["half a mess", "whole but for the dot\r\n", "and a dot\r\n.", "and its return\r\n.\r"] {
        let mut mta = Mta::connect(&desk).await;
        mta.begin(&["exchange@desk.test"]).await;
        mta.say(letter("half", half)).await;
        mta.0.shutdown().await.expect("closed");
        assert_eq!(mta.lines(1).await, Vec::<String>::new(), "{half:?}");
    }
    assert_eq!(ask(&desk.database_url, "SELECT count(*)::text FROM arrivals").await, ["0"]);
}

#[tokio::test]
async fn too_large_is_refused_for_each_recipient_and_the_next_is_taken() {
    let desk = Desk::start().await;
    let mut mta = Mta::connect(&desk).await;
    mta.begin(&["exchange@desk.test", "other@desk.test"]).await;
    let line = [&[b'x'; 998][..], b"\r\n"].concat();
    for _ in 0..53 {
        mta.say(line.repeat(1000)).await;
    }
    mta.say(".\r\n").await;
    assert_eq!(mta.answers(2).await, ["552", "552"]);
    mta.begin(&["exchange@desk.test"]).await;
    mta.say(format!("{}\r\n.\r\n", letter("small", "Hello"))).await;
    assert_eq!(mta.answers(1).await, ["250"]);
    assert_eq!(ask(&desk.database_url, "SELECT count(*)::text FROM arrivals").await, ["1"]);
}

#[tokio::test]
async fn with_the_database_away_the_mta_keeps_the_mail() {
    let url = database::own().await;
    let wire = Wire::to(&url).await;
    let desk = Desk::settings().on(&wire.url).start().await;
    wire.cut();
    let mut mta = Mta::connect(&desk).await;
    mta.begin(&["exchange@desk.test", "other@desk.test"]).await;
    let started = Instant::now();
    mta.say(format!("{}\r\n.\r\n", letter("away", "Hello"))).await;
    assert_eq!(mta.answers(2).await, ["451", "451"]);
    assert!(started.elapsed() < Duration::from_secs(20));
    wire.mend();
    soon("the mail is taken again", async || {
        let mut mta = Mta::connect(&desk).await;
        mta.begin(&["exchange@desk.test"]).await;
        mta.say(format!("{}\r\n.\r\n", letter("away", "Hello"))).await;
        mta.answers(1).await == ["250"]
    })
    .await;
    let stored = ask(&url, "SELECT count(*)::text FROM messages WHERE mail_id = 'away@town.example'").await;
    assert_eq!(stored, ["1"], "once");
}

#[tokio::test]
async fn many_idle_connections_delay_nobody() {
    let desk = Desk::start().await;
    let mut idle = Vec::new();
    for _ in 0..400 {
        idle.push(Mta::connect(&desk).await);
    }
    let started = Instant::now();
    assert_eq!(
        desk.deliver("ada@town.example", &["exchange@desk.test"], letter("busy", "Hello").as_bytes()).await,
        ["250"]
    );
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}
