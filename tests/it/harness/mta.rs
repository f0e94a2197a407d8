//! Postfix and Dovecot, private to a test: mail goes by SMTP to Postfix, and from there by LMTP to the desk or into
//! the mailboxes of enquirers.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::{free_port, soon};

pub struct Mta {
    /// Where Postfix takes mail.
    pub smtp: u16,
    folder: tempfile::TempDir,
    dovecot: Child,
}

impl Mta {
    /// Mail for `desk.test` goes to the desk, for `town.example` to mailboxes, for `nowhere.example` to the server of
    /// another organisation. Needs root, as Postfix does.
    pub async fn start(smtp: u16, desk_lmtp: u16, elsewhere: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("permissions");
        let (lmtp, imap, auth) = (free_port(), free_port(), free_port());
        certify(folder.path());
        let dovecot = start_dovecot(folder.path(), lmtp, imap, auth);
        start_postfix(folder.path(), smtp, desk_lmtp, lmtp, elsewhere, auth);
        let mta = Self { smtp, folder, dovecot };
        for port in [smtp, lmtp] {
            soon("the mail servers listen", async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok())
                .await;
        }
        mta
    }

    /// The certificate that it shows to those who ask for TLS.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    /// What Postfix writes down.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("mail.log")).unwrap_or_default()
    }

    /// The letters in somebody's mailbox, oldest first.
    pub fn mailbox(&self, user: &str) -> Vec<Vec<u8>> {
        let folder = self.folder.path().join("mail").join(user).join("new");
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default();
        files.sort();
        files.iter().map(|file| std::fs::read(file).expect("a letter")).collect()
    }

    /// Hands a message to Postfix, as a mail client does.
    pub async fn send(&self, from: &str, to: &str, raw: &[u8]) {
        assert!(super::desk::try_to_send(self.smtp, "EHLO", from, to, raw).await, "Postfix takes it");
    }
}

impl Drop for Mta {
    fn drop(&mut self) {
        let _ = Command::new("postfix").arg("-c").arg(self.folder.path().join("etc")).arg("stop").output();
        // The whole group: the master alone leaves its children behind.
        if let Ok(pid) = i32::try_from(self.dovecot.id())
            && let Some(group) = rustix::process::Pid::from_raw(pid)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::TERM);
        }
        let _ = self.dovecot.wait();
    }
}

/// A certificate for this machine. OpenSSL comes with Postfix.
fn certify(folder: &Path) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mx.test"])
        .args(["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(folder.join("key.pem"))
        .arg("-out")
        .arg(folder.join("certificate.pem"))
        .stderr(Stdio::null())
        .status();
    assert!(made.is_ok_and(|status| status.success()), "openssl makes a certificate");
}

fn start_dovecot(folder: &Path, lmtp: u16, imap: u16, auth: u16) -> Child {
    use std::os::unix::process::CommandExt;
    let d = folder.display();
    let mail = folder.join("mail");
    std::fs::create_dir_all(&mail).expect("a folder");
    std::fs::set_permissions(&mail, std::os::unix::fs::PermissionsExt::from_mode(0o777)).expect("permissions");
    let config = format!(
        "base_dir = {d}/run\nstate_dir = {d}/run\nlog_path = {d}/dovecot.log\nprotocols = imap lmtp\nlisten = 127.0.0.1\n\
         default_internal_user = dovecot\ndefault_login_user = dovenull\nmail_uid = nobody\nmail_gid = nogroup\n\
         first_valid_uid = 1\nmail_location = maildir:{d}/mail/%n\nauth_username_format = %n\nssl = no\n\
         passdb {{\n driver = static\n args = password=secret\n}}\n\
         userdb {{\n driver = static\n args = uid=nobody gid=nogroup home={d}/mail/%n allow_all_users=yes\n}}\n\
         namespace inbox {{\n inbox = yes\n separator = /\n}}\n\
         service imap-login {{\n chroot =\n inet_listener imap {{\n  port = {imap}\n }}\n inet_listener imaps {{\n  port = 0\n }}\n}}\n\
         disable_plaintext_auth = no\nauth_failure_delay = 0\n\
         service auth {{\n inet_listener {{\n  address = 127.0.0.1\n  port = {auth}\n }}\n}}\n\
         service anvil {{\n chroot =\n}}\nservice lmtp {{\n inet_listener lmtp {{\n  address = 127.0.0.1\n  port = {lmtp}\n }}\n}}\n\
         service stats {{\n unix_listener stats-writer {{\n  mode = 0666\n }}\n}}\n"
    );
    let path = folder.join("dovecot.conf");
    std::fs::write(&path, config).expect("written");
    let mut command = Command::new("dovecot");
    command.arg("-F").arg("-c").arg(path).process_group(0).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("bin/test installs Dovecot")
}

fn start_postfix(folder: &Path, smtp: u16, desk: u16, mailboxes: u16, elsewhere: u16, auth: u16) {
    let d = folder.display();
    for name in ["etc", "queue", "data"] {
        std::fs::create_dir(folder.join(name)).expect("a folder");
    }
    let owned = Command::new("chown").arg("postfix").arg(folder.join("data")).status();
    assert!(owned.is_ok_and(|status| status.success()), "bin/test installs Postfix");
    let main = format!(
        "compatibility_level = 3.6\nqueue_directory = {d}/queue\ndata_directory = {d}/data\nmaillog_file = {d}/mail.log\n\
         maillog_file_prefixes = {d}\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmyhostname = mx.test\n\
         mydestination =\nmynetworks = 127.0.0.0/8\nsmtpd_relay_restrictions = permit_mynetworks, reject\nalias_maps =\n\
         alias_database =\nlocal_recipient_maps =\nrecipient_delimiter = +\n\
         virtual_mailbox_domains = desk.test, town.example\n\
         virtual_transport = lmtp:inet:127.0.0.1:{mailboxes}\n\
         transport_maps = inline:{{ {{ desk.test = lmtp:inet:127.0.0.1:{desk} }} {{ nowhere.example = smtp:[127.0.0.1]:{elsewhere} }} }}\n\
         default_transport = error:no outside\nminimal_backoff_time = 2s\nmaximal_backoff_time = 4s\nqueue_run_delay = 2s\n\
         transport_retry_time = 2s\ndisable_dns_lookups = yes\nsmtp_host_lookup = native\n\
         smtpd_tls_security_level = may\nsmtpd_tls_loglevel = 1\nsmtpd_tls_cert_file = {d}/certificate.pem\n\
         smtpd_tls_key_file = {d}/key.pem\nsmtpd_tls_auth_only = yes\nsmtpd_sasl_auth_enable = yes\n\
         smtpd_sasl_type = dovecot\nsmtpd_sasl_path = inet:127.0.0.1:{auth}\n\
         message_size_limit = 52428800\nlocal_header_rewrite_clients =\n"
    );
    std::fs::write(folder.join("etc/main.cf"), main).expect("written");
    let distributed = ["/etc/postfix/master.cf", "/usr/share/postfix/master.cf.dist"].into_iter();
    let master = distributed.filter_map(|path| std::fs::read_to_string(path).ok()).next().expect("Debian's master.cf");
    let lines = master.lines().map(|line| {
        let mut words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        if !line.starts_with(|c: char| c.is_ascii_lowercase()) || words.len() < 8 {
            return line.to_owned();
        }
        "n".clone_into(&mut words[4]);
        if words[0] == "smtp" && words[1] == "inet" {
            words[0] = format!("127.0.0.1:{smtp}");
        }
        words.join(" ")
    });
    std::fs::write(folder.join("etc/master.cf"), lines.collect::<Vec<_>>().join("\n") + "\n").expect("written");
    let started = Command::new("postfix").arg("-c").arg(folder.join("etc")).arg("start").output().expect("Postfix");
    assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
}
