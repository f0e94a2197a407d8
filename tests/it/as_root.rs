//! What only root can set up: a disk that is full, a machine without PostgreSQL, Postfix. A plain user leaves these out.

mod imap;
mod screening;

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use madoguchi::mail::parse::parse;

use crate::harness::cut::Wire;
use crate::harness::mta::Mta;
use crate::harness::post::{Manner, Post};
use crate::harness::{Desk, database, free_port, soon};

/// A small disk of one's own.
struct Disk(tempfile::TempDir);

impl Disk {
    fn of(megabytes: u32) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = format!("size={megabytes}m,mode=0711");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "none"]).arg(folder.path()).status();
        assert!(mounted.is_ok_and(|status| status.success()), "root mounts a tmpfs");
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Fills it to the last byte.
    fn fill(&self) -> std::path::PathBuf {
        let path = self.path().join("filler");
        let mut file = std::fs::File::create(&path).expect("a file");
        for size in [1 << 20, 4096, 512, 1] {
            while file.write_all(&vec![b'x'; size]).is_ok() {}
        }
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A folder that is still in use goes when it is not any more.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

#[tokio::test]
async fn the_disk_is_full_for_a_while() {
    let disk = Disk::of(260);
    let mut desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").private(disk.path()).start().await;
    assert_eq!(desk.enquire(&desk.seal().await, &[]).await.status, 303);
    let seal = desk.seal().await;
    let filler = disk.fill();
    let long = "x".repeat(9000);
    let (mut taken, mut refused) = (1, None);
    for number in 0..4000 {
        let message = format!("{number} {long}");
        let email = format!("n{number}@town.example");
        let page = desk.enquire(&desk.seal_or(&seal).await, &[("message", &message), ("email", &email)]).await;
        match page.status {
            303 => taken += 1,
            503 => {
                assert!(page.text.contains(&long), "what was typed is kept");
                refused = Some(number);
                break;
            }
            other => panic!("{other}: {}", page.text),
        }
    }
    assert!(refused.is_some(), "the disk fills up");
    let raw = format!(
        "From: full@town.example\r\nSubject: S\r\nMessage-ID: <full@town.example>\r\n\r\n{}\r\n",
        "line\r\n".repeat(200_000)
    );
    let code = desk.deliver("full@town.example", &["exchange@desk.test"], raw.as_bytes()).await.remove(0);
    assert!(code.starts_with('4'), "{code}");
    assert_eq!(desk.get("/healthz").await.status, 200, "the service never exits by itself");
    std::fs::remove_file(filler).expect("room again");
    let began = Instant::now();
    loop {
        if desk.get("/readyz").await.status == 200
            && desk.deliver("full@town.example", &["exchange@desk.test"], raw.as_bytes()).await == ["250"]
        {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(15), "works again within 15 s: {}", desk.log());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    desk.sign_in().await;
    let stored = desk.get("/staff/tickets?q=full%40town.example").await;
    assert_eq!(stored.status, 200);
    let url = desk.private_url(disk.path());
    let tickets = crate::harness::database::count(&url, "SELECT count(*) FROM tickets").await;
    assert_eq!(tickets, taken + 1, "what was answered with success is stored once, and nothing else");
    assert!(desk.end().success());
}

#[tokio::test]
async fn a_machine_without_postgresql() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o711)).expect("permissions");
    let hidden = ["/usr/lib/postgresql", "/usr/local/bin", "/usr/local/sbin"]
        .into_iter()
        .filter(|path| Path::new(path).exists());
    let hide: String = hidden.map(|path| format!("mount -t tmpfs none {path} && ")).collect();
    let output = Command::new("unshare")
        .args(["--mount", "sh", "-c", &format!("{hide} exec \"$0\"")])
        .arg(env!("CARGO_BIN_EXE_madoguchi"))
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("MADOGUCHI_DATA_DIR", folder.path())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(69), "{said}");
    assert!(said.lines().count() == 1 && said.contains("apt-get install"), "one line with the command: {said}");
}

#[tokio::test]
async fn the_story_through_postfix_and_dovecot() {
    let (smtp, lmtp) = (free_port(), free_port());
    let settings = || {
        let settings = Desk::settings().with("MADOGUCHI_SMTP_URL", format!("smtp://127.0.0.1:{smtp}"));
        settings.with("MADOGUCHI_LMTP_LISTEN", format!("127.0.0.1:{lmtp}"))
    };
    let mut desk = settings().start().await;
    let elsewhere = Post::start().await;
    elsewhere.treat("nowhere", Manner::Refuses);
    let mta = Mta::start(smtp, lmtp, elsewhere.port).await;
    let question = "From: =?UTF-8?B?44OH44Ol44Od44Oz?= <dupont@town.example>\r\nTo: exchange@desk.test\r\nSubject: Jumelage\r\n\
        Message-ID: <q1@town.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: 8bit\r\n\r\nNotre commune cherche une ville partenaire au Japon. Comment procéder ?\r\n";
    mta.send("dupont@town.example", "exchange@desk.test", question.as_bytes()).await;
    soon("the acknowledgement arrives", async || mta.mailbox("dupont").len() == 1).await;
    let acknowledgement = parse(&mta.mailbox("dupont")[0]);
    assert!(acknowledgement.subject.contains("[#000001-3]") && acknowledgement.auto_submitted);
    desk.sign_in().await;
    assert_eq!(
        desk.deed("000001-3", "reply", &[("body", "Voici la marche à suivre."), ("status", "")]).await.status,
        303
    );
    soon("the reply arrives", async || mta.mailbox("dupont").len() == 2).await;
    let letters: Vec<_> = mta.mailbox("dupont").iter().map(|raw| parse(raw)).collect();
    let reply = letters.iter().find(|letter| !letter.auto_submitted).expect("the reply");
    assert!(reply.text.contains("Voici la marche à suivre."));
    desk.kill();
    let to = reply.reply_to.clone().expect("a Reply-To").address;
    let answer = format!(
        "From: dupont@town.example\r\nTo: {to}\r\nSubject: Re: Jumelage\r\nMessage-ID: <q2@town.example>\r\n\r\nMerci beaucoup !\r\n"
    );
    // The desk is down: Postfix keeps the letter until it is back.
    mta.send("dupont@town.example", &to, answer.as_bytes()).await;
    let desk = settings().on(&desk.database_url).start().await;
    desk.sign_in().await;
    soon("the answer is in the same ticket", async || {
        desk.get("/staff/tickets/000001-3").await.text.contains("Merci beaucoup !")
    })
    .await;
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1);
    // A mailbox that another server does not know: Postfix itself sends the report to our return path.
    let nowhere = "From: x@nowhere.example\r\nSubject: Bounce me\r\nMessage-ID: <q3@nowhere.example>\r\n\r\nHello\r\n";
    mta.send("x@nowhere.example", "exchange@desk.test", nowhere.as_bytes()).await;
    let bounced = "SELECT count(*) FROM arrivals WHERE outcome = 'bounce' AND ticket_id IS NOT NULL";
    soon("the bounce of our acknowledgement finds its ticket", async || desk.count(bounced).await == 1).await;
    assert_eq!(desk.get("/staff/tickets?bounced=yes").await.tickets().len(), 1);
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 2, "a bounce opens none");
}

#[tokio::test]
async fn letters_leave_by_starttls_with_a_password() {
    let (smtp, lmtp) = (free_port(), free_port());
    let mta = Mta::start(smtp, lmtp, 1).await;
    let with_password = |password: &str| {
        Desk::settings()
            .with("MADOGUCHI_SMTP_URL", format!("smtp+starttls://desk:{password}@127.0.0.1:{smtp}"))
            .with("MADOGUCHI_CA_FILE", mta.certificate().display().to_string())
    };
    let mut desk = with_password("wrong").start().await;
    assert_eq!(desk.enquire(&desk.seal().await, &[("email", "ada@town.example")]).await.status, 303);
    desk.sign_in().await;
    soon("it waits", async || desk.get("/staff/outbox").await.text.contains("535 5.7.8")).await;
    let refused = "SELECT count(*) FROM outbox WHERE state = 'refused'";
    assert_eq!(desk.count(refused).await, 0, "a wrong password is not the letter's fault");
    assert!(mta.mailbox("ada").is_empty());
    desk.kill();
    desk.execute("UPDATE outbox SET next_attempt_at = now()").await;
    let desk = with_password("secret").on(&desk.database_url).start().await;
    soon("the acknowledgement arrives", async || mta.mailbox("ada").len() == 1).await;
    assert_eq!(desk.count("SELECT count(*) FROM outbox WHERE state = 'sent'").await, 1);
    let log = mta.log();
    assert!(log.contains("TLS connection established") && log.contains("sasl_username=desk"), "{log}");

    // Without the authority nobody is trusted, and nothing leaves in the clear.
    let url = format!("smtp+starttls://desk:secret@127.0.0.1:{smtp}");
    let stranger = Desk::settings().with("MADOGUCHI_SMTP_URL", url).start().await;
    assert_eq!(stranger.enquire(&stranger.seal().await, &[("email", "bo@town.example")]).await.status, 303);
    let waits = "SELECT count(*) FROM outbox WHERE state = 'waiting' AND attempts > 0";
    soon("it waits", async || stranger.count(waits).await == 1).await;
    assert!(mta.mailbox("bo").is_empty());
}

#[tokio::test]
async fn a_pipe_of_postfix_tries_again_what_could_not_be_stored() {
    let database = database::own().await;
    let wire = Wire::to(&database).await;
    let desk = Desk::settings().on(&database).start().await;
    let mta = Mta::start(free_port(), desk.lmtp, free_port()).await;
    mta.pipe_into(&wire.url);
    wire.cut();
    let letter = "From: Ada <ada@town.example>\r\nTo: exchange@pipe.test\r\nSubject: Sisters\r\n\
                  Message-ID: <p1@town.example>\r\n\r\n姉妹都市について教えてください。\r\n.\r\nFrom here on too.\r\n";
    let stuffed = letter.replace("\r\n.\r\n", "\r\n..\r\n");
    mta.send("ada@town.example", "exchange@pipe.test", stuffed.as_bytes()).await;
    soon("Postfix keeps it", async || mta.log().contains("status=deferred")).await;
    wire.mend();
    soon("it is stored", async || desk.count("SELECT count(*) FROM arrivals").await == 1).await;
    desk.sign_in().await;
    let page = desk.get("/staff/tickets/000001-3").await;
    assert!(page.text.contains("姉妹都市について") && page.text.contains("From here on too."), "{}", page.text);
    let acknowledged = desk.letters_soon(1).await.remove(0);
    assert_eq!(acknowledged.to[0].address, "ada@town.example", "the return path came with it");
}
