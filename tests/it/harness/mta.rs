//! Postfix and Dovecot, private to a test: mail goes by SMTP to Postfix, and from there by LMTP to the desk or into
//! the mailboxes of enquirers.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::dovecot::{Dovecot, make_certificate};
use super::soon;

pub struct Mta {
    /// Where Postfix takes mail.
    pub smtp: u16,
    folder: tempfile::TempDir,
    dovecot: Dovecot,
}

impl Mta {
    /// Mail for `desk.test` goes to the desk, for `pipe.test` through a pipe, for `town.example` to mailboxes, for
    /// `nowhere.example` to the server of another organisation. Needs root, as Postfix does.
    pub async fn start(smtp: u16, desk_lmtp: u16, elsewhere: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("permissions");
        let dovecot = Dovecot::start().await;
        make_certificate(folder.path());
        start_postfix(folder.path(), smtp, desk_lmtp, dovecot.lmtp, elsewhere, dovecot.auth);
        soon("Postfix listens", async || tokio::net::TcpStream::connect(("127.0.0.1", smtp)).await.is_ok()).await;
        Self { smtp, folder, dovecot }
    }

    /// The certificate that it shows to those who ask for TLS.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    /// What Postfix writes down.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("mail.log")).unwrap_or_default()
    }

    /// What stands at the other end of the pipe, which is run as `nobody`: `madoguchi ingest` on this database.
    pub fn pipe_into(&self, database_url: &str) {
        // Where the tests are built nobody else may be allowed to look.
        let program = self.folder.path().join("madoguchi");
        std::fs::copy(env!("CARGO_BIN_EXE_madoguchi"), &program).expect("copied");
        let command = format!(
            "#!/bin/sh\nexec {} --database-url '{database_url}' --data-dir /nonexistent ingest --to \"$1\"\n",
            program.display()
        );
        let pipe = self.folder.path().join("pipe");
        std::fs::write(&pipe, command).expect("written");
        std::fs::set_permissions(&pipe, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("permissions");
    }

    /// The letters in somebody's mailbox, oldest first.
    pub fn mailbox(&self, user: &str) -> Vec<Vec<u8>> {
        self.dovecot.new_letters(user)
    }

    /// Hands a message to Postfix, as a mail client does.
    pub async fn send(&self, from: &str, to: &str, raw: &[u8]) {
        assert!(super::desk::try_to_send(self.smtp, "EHLO", from, to, raw).await, "Postfix takes it");
    }
}

impl Drop for Mta {
    fn drop(&mut self) {
        let _ = Command::new("postfix").arg("-c").arg(self.folder.path().join("etc")).arg("stop").output();
    }
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
         virtual_mailbox_domains = desk.test, pipe.test, town.example\n\
         virtual_transport = lmtp:inet:127.0.0.1:{mailboxes}\n\
         transport_maps = inline:{{ {{ desk.test = lmtp:inet:127.0.0.1:{desk} }} {{ pipe.test = pipe-of-the-desk: }} {{ nowhere.example = smtp:[127.0.0.1]:{elsewhere} }} }}\n\
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
    let pipe =
        format!("pipe-of-the-desk unix - n n - 4 pipe\n  flags=Rq user=nobody argv={d}/pipe ${{original_recipient}}\n");
    let lines = lines.chain([pipe]).collect::<Vec<_>>().join("\n");
    std::fs::write(folder.join("etc/master.cf"), lines).expect("written");
    let started = Command::new("postfix").arg("-c").arg(folder.join("etc")).arg("start").output().expect("Postfix");
    assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
}
