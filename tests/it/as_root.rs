//! What only root can set up: a disk that is full, a machine without PostgreSQL. A plain user leaves these out.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::harness::Desk;

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
