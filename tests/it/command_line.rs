//! The command line: staff, check, settings that are wrong, commands that several people type at once.

use crate::harness::desk::run;
use crate::harness::{Desk, database};

const ADD: [&str; 6] = ["staff", "add", "--name", "鈴木 一郎", "--role", "agent"];

#[tokio::test]
async fn staff_are_added_with_a_password_or_a_link() {
    let desk = Desk::start().await;
    let add = |more: &[&str], stdin: &str| desk.command(&[&ADD[..], more].concat(), stdin.as_bytes());
    let added = add(&["--email", "suzuki@clair.example", "--password-stdin"], "a-long-password\nsecond line\n");
    assert_eq!((added.code, added.stdout.as_str()), (0, ""), "{}", added.stderr);
    desk.sign_in_as("suzuki@clair.example", "a-long-password").await;
    assert!(desk.get("/staff").await.text.contains("鈴木 一郎"));

    let invited = add(&["--email", "sato@clair.example", "--division", "international-exchange"], "");
    assert_eq!(invited.code, 0, "{}", invited.stderr);
    let link = invited.stdout.trim();
    assert!(link.starts_with("http://127.0.0.1:8080/staff/setup/") && link.lines().count() == 1, "{link}");
    let path = link.strip_prefix("http://127.0.0.1:8080").expect("the public URL");
    let sato = desk.visitor();
    let token = sato.get(path).await.hidden("token");
    let fields = [("token", token.as_str()), ("password", "another-password"), ("password_again", "another-password")];
    assert_eq!(sato.post(path, &fields).await.status, 303);
    sato.sign_in_as("sato@clair.example", "another-password").await;

    for (more, stdin, word) in [
        (&["--email", "SUZUKI@clair.example"][..], "", "already"),
        (&["--email", "nobody"], "", "@"),
        (&["--email", "x@clair.example", "--division", "nowhere"], "", "division"),
        (&["--email", "x@clair.example", "--password-stdin"], "short\n", "10"),
        (&["--email", "x@clair.example", "--role", "king"], "", "role"),
    ] {
        let refused = add(more, stdin);
        assert!(refused.code != 0 && refused.stderr.contains(word), "{more:?}: {}", refused.stderr);
    }
}

#[tokio::test]
async fn a_mistyped_setting_is_told() {
    let desk = Desk::settings().with("MADOGUCHI_MAIL_FORM", "other@desk.test").start().await;
    let told = desk.log();
    assert!(told.contains("did you mean MADOGUCHI_MAIL_FROM?") && told.contains("MADOGUCHI_MAIL_FORM"), "{told}");
    assert!(!told.contains("other@desk.test"), "its value may be a secret: {told}");
}

// The mail server answers while the command runs.
#[tokio::test(flavor = "multi_thread")]
async fn check_tells_what_is_right_and_wrong() {
    let desk = Desk::start().await;
    let listen = desk.base.strip_prefix("http://").expect("http").to_owned();
    let lmtp = format!("127.0.0.1:{}", desk.lmtp);
    let check =
        |more: &[&str]| desk.command(&[&["--listen", &listen, "--lmtp-listen", &lmtp], more, &["check"]].concat(), b"");
    let fine = check(&[]);
    assert_eq!(fine.code, 0, "{} {}", fine.stdout, fine.stderr);
    for part in [
        "database",
        "web",
        "mail in",
        "mail out",
        "MADOGUCHI_MAIL_FROM = exchange@desk.test (environment)",
        "MADOGUCHI_PUBLIC_URL",
    ] {
        assert!(fine.stdout.contains(part), "{part} in {}", fine.stdout);
    }
    assert!(!fine.stdout.contains(&desk.database_url), "no secret is shown");
    for name in ["MADOGUCHI_SMTP_URL", "MADOGUCHI_CA_FILE", "MADOGUCHI_SPAM_SCORE", "MADOGUCHI_DKIM_SELECTOR"] {
        assert!(fine.stdout.contains(&format!("  {name} (not set)\n")), "{name} in {}", fine.stdout);
    }
    let mistyped = std::process::Command::new(env!("CARGO_BIN_EXE_madoguchi"))
        .env_clear()
        .env("MADOGUCHI_DATA_DIR", &desk.folder)
        .env("MADOGUCHI_SMTP_URI", "smtp://user:secret@mx.example")
        .env("DATABASE_URL", &desk.database_url)
        .args(["--listen", &listen, "--lmtp-listen", &lmtp, "check"])
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&mistyped.stdout);
    let line = "wrong  MADOGUCHI_SMTP_URI: unknown setting; did you mean MADOGUCHI_SMTP_URL?";
    assert!(mistyped.status.code() == Some(1) && told.contains(line) && !told.contains("secret"), "{told}");
    let away = check(&["--smtp-url", &format!("smtp://user:secret@127.0.0.1:{}", crate::harness::free_port())]);
    assert!(
        away.code == 1 && away.stdout.contains("wrong  mail out") && !away.stdout.contains("secret"),
        "{}",
        away.stdout
    );
    let plain = crate::harness::post::Post::start().await;
    let bare = check(&["--smtp-url", &format!("smtp+starttls://127.0.0.1:{}", plain.port)]);
    assert!(bare.code == 1 && bare.stdout.contains("wrong  mail out"), "a server without STARTTLS: {}", bare.stdout);
    let good = check(&["--smtp-url", &plain.url()]);
    assert!(good.code == 0 && good.stdout.contains("answers without TLS"), "{}", good.stdout);
}

#[tokio::test]
async fn a_bad_value_is_named_with_where_it_came_from_and_nothing_starts() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("madoguchi.toml"), "enquiries_per_hour = \"many\"\n").expect("written");
    let started = run("postgres://x@localhost/x", folder.path(), &["--listen", "nowhere"], b"");
    assert!(started.code != 0, "{}", started.code);
    for (flag, value) in [("--spam-score", "-3"), ("--authserv-id", "mx.example.org mx2.example.org")] {
        let refused =
            run("postgres://x@localhost/x", folder.path(), &[&format!("{flag}={value}"), "--lmtp-listen=x"], b"");
        let name = flag.trim_start_matches('-').replace('-', "_").to_uppercase();
        assert!(refused.code == 78 && refused.stderr.contains(&format!("MADOGUCHI_{name}")), "{}", refused.stderr);
    }
    for part in ["MADOGUCHI_LISTEN", "command line", "MADOGUCHI_ENQUIRIES_PER_HOUR", "madoguchi.toml"] {
        assert!(started.stderr.contains(part), "{part} in {}", started.stderr);
    }
    let help = run("", folder.path(), &["--help"], b"");
    assert!(
        help.code == 0 && ["serve", "parse", "ingest", "staff", "check"].iter().all(|word| help.stdout.contains(word))
    );
    assert!(run("", folder.path(), &["--version"], b"").stdout.starts_with("madoguchi "));
    assert!(std::fs::read_dir(folder.path()).expect("a folder").count() == 1, "nothing was made");
}

#[tokio::test]
async fn the_same_letter_piped_in_at_once_is_one_message() {
    let url = database::own().await;
    let folder = tempfile::tempdir().expect("a folder");
    let raw = b"From: mayor@town.example\r\nSubject: Sister cities\r\nMessage-ID: <pipe@town.example>\r\n\r\nHow do we begin?\r\n";
    let pipes: Vec<_> = (0..6)
        .map(|_| {
            let (url, folder) = (url.clone(), folder.path().to_owned());
            tokio::task::spawn_blocking(move || run(&url, &folder, &["ingest", "--to", "exchange@desk.test"], raw))
        })
        .collect();
    let (mut outcomes, mut tickets) = (Vec::new(), std::collections::BTreeSet::new());
    for pipe in pipes {
        let ran = pipe.await.expect("it ends");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let json = ran.json();
        // Which number it has is a matter of luck: who loses the race has drawn one too.
        tickets.insert(json["ticket"].as_str().expect("a reference").to_owned());
        outcomes.push(json["outcome"].as_str().expect("a word").to_owned());
    }
    outcomes.sort();
    assert_eq!(outcomes, ["created", "duplicate", "duplicate", "duplicate", "duplicate", "duplicate"]);
    assert_eq!(tickets.len(), 1, "{tickets:?}");
    assert_eq!(database::count(&url, "SELECT count(*) FROM messages").await, 1);
}
