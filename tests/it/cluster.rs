//! The private cluster: made at the first start, adopted after a kill, one service a folder, stopped with it.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::harness::desk::run;
use crate::harness::{Desk, soon};

/// Whether a PostgreSQL of this data folder lives.
fn postmaster(folder: &Path) -> Option<u32> {
    let file = std::fs::read_to_string(folder.join("postgres/data/postmaster.pid")).ok()?;
    let pid: u32 = file.lines().next()?.trim().parse().ok()?;
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    (!state.contains(") Z ")).then_some(pid)
}

#[tokio::test]
async fn a_fresh_folder_a_kill_and_an_end() {
    let folder = tempfile::tempdir().expect("a folder");
    // PostgreSQL's user has to get in.
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711)).expect("permissions");
    let start = || Desk::settings().private(folder.path());
    let mut desk = start().start().await;
    let sockets: Vec<_> = std::fs::read_to_string("/proc/net/tcp").expect("Linux").lines().map(str::to_owned).collect();
    assert!(!sockets.iter().any(|line| line.contains(":1538 ")), "a Unix socket only: nobody listens on 5432");
    for _ in 0..3 {
        assert_eq!(desk.enquire(&desk.seal().await, &[]).await.status, 303);
    }
    desk.letters_soon(3).await;
    let second = run("", folder.path(), &["--listen", "127.0.0.1:1", "--lmtp-listen", ""], b"");
    assert!(second.code != 0 && second.stderr.contains("already serving"), "{}", second.stderr);
    let beside =
        run("", folder.path(), &["ingest"], b"From: a@b.example\r\nSubject: x\r\n\r\nBeside a running service.\r\n");
    assert_eq!((beside.code, beside.json()["outcome"].as_str()), (0, Some("created")), "{}", beside.stderr);
    let before = postmaster(folder.path()).expect("it runs");

    desk.kill();
    assert_eq!(postmaster(folder.path()), Some(before), "kill -9 leaves PostgreSQL");
    let desk = start().start().await;
    assert_eq!(postmaster(folder.path()), Some(before), "adopted");
    desk.sign_in().await;
    assert_eq!(desk.get("/staff/tickets").await.tickets().len(), 4, "nothing committed is missing");

    let pid = rustix::process::Pid::from_raw(before.try_into().expect("a pid")).expect("a pid");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("killed");
    let began = Instant::now();
    soon("the cluster is started again", async || {
        // A backend outlives its postmaster for a moment and may still answer: only the next postmaster counts.
        postmaster(folder.path()).is_some_and(|now| now != before) && desk.get("/readyz").await.status == 200
    })
    .await;
    assert!(began.elapsed() < Duration::from_secs(15));
    assert_eq!(desk.get("/staff/tickets").await.tickets().len(), 4);

    let mut desk = desk;
    let began = Instant::now();
    assert!(desk.end().success());
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert_eq!(postmaster(folder.path()), None, "and its PostgreSQL with it");

    let alone = run("", folder.path(), &["ingest"], b"From: c@d.example\r\nSubject: y\r\n\r\nWithout a service.\r\n");
    assert_eq!((alone.code, alone.json()["outcome"].as_str()), (0, Some("created")), "{}", alone.stderr);
    assert_eq!(postmaster(folder.path()), None, "the last one out stops it");
}

#[tokio::test]
async fn two_instances_may_start_at_once_on_an_empty_database() {
    let url = crate::harness::database::empty().await;
    let launch = || Desk::settings().on(&url).start();
    let (one, other) = tokio::join!(launch(), launch());
    assert_eq!((one.get("/en/").await.status, other.get("/en/").await.status), (200, 200));
    one.sign_in().await;
    let session = one.cookie();
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let answer = client.get(format!("{}/staff", other.base)).header("cookie", session).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 200, "a session made by one is good at the other");
}
