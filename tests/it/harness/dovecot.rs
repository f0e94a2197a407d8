//! Dovecot, private to a test: any name is a mailbox, reached by IMAP, letters are put into it by LMTP. Needs root.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use super::{desk::try_to_deliver, free_port};

pub struct Dovecot {
    pub imap: u16,
    pub imaps: u16,
    pub lmtp: u16,
    /// Where Postfix asks whether a password is right.
    pub auth: u16,
    folder: tempfile::TempDir,
    master: Option<Child>,
}

impl Dovecot {
    pub async fn start() -> Self {
        Self::start_with(None).await
    }

    /// Asks a server of ours whether an access token is good.
    pub async fn start_with_tokens_judged_at(url: &str) -> Self {
        Self::start_with(Some(url)).await
    }

    async fn start_with(judge: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("permissions");
        let mut dovecot = Self { imap: 0, imaps: 0, lmtp: 0, auth: 0, folder, master: None };
        // A port that was free may be somebody else's by the time that Dovecot asks for it.
        for _ in 0..3 {
            for port in [&mut dovecot.imap, &mut dovecot.imaps, &mut dovecot.lmtp, &mut dovecot.auth] {
                *port = free_port();
            }
            dovecot.configure(judge);
            if dovecot.comes_up().await {
                return dovecot;
            }
            dovecot.kill();
        }
        panic!(
            "Dovecot does not start: {}",
            std::fs::read_to_string(dovecot.folder.path().join("dovecot.log")).unwrap_or_default()
        );
    }

    fn configure(&self, judge: Option<&str>) {
        let (folder, d) = (self.folder.path(), self.folder.path().display());
        let mail = folder.join("mail");
        std::fs::create_dir_all(&mail).expect("a folder");
        std::fs::set_permissions(&mail, std::os::unix::fs::PermissionsExt::from_mode(0o777)).expect("permissions");
        make_certificate(folder);
        let passwords = match judge {
            None => "driver = static\n args = password=secret".to_owned(),
            Some(url) => {
                let file = folder.join("oauth2.conf.ext");
                std::fs::write(&file, format!("introspection_url = {url}\nusername_attribute = email\n"))
                    .expect("written");
                format!("driver = oauth2\n mechanisms = xoauth2\n args = {}", file.display())
            }
        };
        let config = format!(
            "base_dir = {d}/run\nstate_dir = {d}/run\nlog_path = {d}/dovecot.log\nprotocols = imap lmtp\nlisten = 127.0.0.1\n\
             default_internal_user = dovecot\ndefault_login_user = dovenull\nmail_uid = nobody\nmail_gid = nogroup\n\
             first_valid_uid = 1\nmail_location = maildir:{d}/mail/%n\nauth_username_format = %n\nauth_failure_delay = 0\n\
             auth_mechanisms = plain login xoauth2\ndisable_plaintext_auth = no\n\
             ssl = yes\nssl_cert = <{d}/certificate.pem\nssl_key = <{d}/key.pem\n\
             passdb {{\n {passwords}\n}}\n\
             userdb {{\n driver = static\n args = uid=nobody gid=nogroup home={d}/mail/%n allow_all_users=yes\n}}\n\
             namespace inbox {{\n inbox = yes\n separator = /\n}}\n\
             service imap-login {{\n chroot =\n inet_listener imap {{\n  port = {}\n }}\n inet_listener imaps {{\n  port = {}\n  ssl = yes\n }}\n}}\n\
             service auth {{\n inet_listener {{\n  address = 127.0.0.1\n  port = {}\n }}\n}}\n\
             service anvil {{\n chroot =\n}}\nservice lmtp {{\n inet_listener lmtp {{\n  address = 127.0.0.1\n  port = {}\n }}\n}}\n\
             service stats {{\n unix_listener stats-writer {{\n  mode = 0666\n }}\n}}\n",
            self.imap, self.imaps, self.auth, self.lmtp
        );
        std::fs::write(folder.join("dovecot.conf"), config).expect("written");
    }

    /// Starts it again after [`Self::kill`].
    pub async fn run(&mut self) {
        assert!(self.comes_up().await, "Dovecot starts again");
    }

    /// Starts it, and waits until it listens or has given up.
    async fn comes_up(&mut self) -> bool {
        let mut command = Command::new("dovecot");
        command.arg("-F").arg("-c").arg(self.config()).process_group(0).stdout(Stdio::null()).stderr(Stdio::null());
        let master = self.master.insert(command.spawn().expect("bin/test installs Dovecot"));
        for _ in 0..100 {
            let mut listening = true;
            for port in [self.imap, self.lmtp] {
                listening &= tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok();
            }
            match master.try_wait() {
                Ok(None) if listening => return true,
                Ok(None) => tokio::time::sleep(Duration::from_millis(100)).await,
                _ => return false,
            }
        }
        false
    }

    /// Ends it with all its conversations, as a machine that loses its power does.
    pub fn kill(&mut self) {
        self.signal(rustix::process::Signal::KILL);
    }

    fn signal(&mut self, signal: rustix::process::Signal) {
        let Some(mut master) = self.master.take() else { return };
        // The whole group: the master alone leaves its children behind.
        if let Ok(pid) = i32::try_from(master.id())
            && let Some(group) = rustix::process::Pid::from_raw(pid)
        {
            let _ = rustix::process::kill_process_group(group, signal);
        }
        let _ = master.wait();
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("dovecot.conf")
    }

    /// Where a mailbox is fetched from.
    pub fn url(&self, user: &str) -> String {
        format!("imap://{user}:secret@127.0.0.1:{}/INBOX", self.imap)
    }

    /// The authority that signed its certificate, which is for `localhost`.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    /// Puts a letter into somebody's mailbox.
    pub async fn put(&self, user: &str, raw: &[u8]) {
        assert!(try_to_deliver(self.lmtp, "sender@town.example", &format!("{user}@desk.test"), raw).await);
    }

    /// Tells Dovecot to do something.
    pub fn admin(&self, arguments: &[&str]) -> Output {
        let ran = Command::new("doveadm").arg("-c").arg(self.config()).args(arguments).output().expect("doveadm");
        assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        ran
    }

    /// What Dovecot tells of each letter in a folder: the fields of `doveadm fetch`.
    pub fn letters(&self, user: &str, folder: &str, field: &str) -> Vec<String> {
        let ran = self.admin(&["-f", "tab", "fetch", "-u", user, field, "mailbox", folder]);
        String::from_utf8_lossy(&ran.stdout).lines().skip(1).map(str::to_owned).collect()
    }

    /// The letters in somebody's mailbox that nobody has looked at, oldest first.
    pub fn new_letters(&self, user: &str) -> Vec<Vec<u8>> {
        let folder = self.folder.path().join("mail").join(user).join("new");
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default();
        files.sort();
        files.iter().map(|file| std::fs::read(file).expect("a letter")).collect()
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.signal(rustix::process::Signal::TERM);
    }
}

/// A certificate for this machine, and its key.
pub fn make_certificate(folder: &Path) {
    let (key, certificate) = (folder.join("key.pem"), folder.join("certificate.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(key)
        .arg("-out")
        .arg(certificate)
        .output()
        .expect("bin/test installs openssl");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
