//! Programs that the desk asks: a name server with records of one's own, a virus scanner that knows one virus.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::{free_port, soon};

/// dnsmasq, with some TXT records.
pub struct NameServer {
    pub port: u16,
    child: Child,
}

impl NameServer {
    pub async fn start(records: &[(&str, &str)]) -> Self {
        let port = free_port();
        let mut command = Command::new("dnsmasq");
        command.args(["--no-daemon", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--user=root"]);
        command.args(["--listen-address=127.0.0.1", "--bind-interfaces", "--local=/example/", "--pid-file="]);
        command.arg(format!("--port={port}"));
        for (name, text) in records {
            // A string of a record has at most 255 bytes (RFC 1035, 3.3.14).
            let strings: Vec<&str> =
                text.as_bytes().chunks(250).map(|part| std::str::from_utf8(part).unwrap()).collect();
            command.arg(format!("--txt-record={name},{}", strings.join(",")));
        }
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("bin/test installs dnsmasq");
        soon("the name server answers", async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok())
            .await;
        Self { port, child }
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// What every scanner finds, and what harms nobody: the text of the EICAR, which is not to stand in a file as it is.
pub fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE", "!$H+H*"].concat().into_bytes()
}

/// clamd, with a signature of its own: the real ones are not to be had here.
pub struct VirusScanner {
    pub port: u16,
    folder: tempfile::TempDir,
    child: Option<Child>,
}

impl VirusScanner {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let signatures = folder.path().join("signatures");
        std::fs::create_dir(&signatures).expect("a folder");
        std::fs::write(signatures.join("eicar.hdb"), "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n")
            .expect("written");
        let mut scanner = Self { port: free_port(), folder, child: None };
        scanner.run().await;
        scanner
    }

    /// Starts it, or starts it again.
    pub async fn run(&mut self) {
        let config = self.folder.path().join("clamd.conf");
        let settings = format!(
            "DatabaseDirectory {}\nTCPSocket {}\nTCPAddr 127.0.0.1\nForeground yes\nStreamMaxLength 1M\n",
            self.folder.path().join("signatures").display(),
            self.port
        );
        std::fs::write(&config, settings).expect("written");
        self.child = Some(spawn(&config));
        let port = self.port;
        soon("clamd listens", async || tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok()).await;
    }

    pub fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            end(&mut child);
        }
    }
}

impl Drop for VirusScanner {
    fn drop(&mut self) {
        self.end();
    }
}

fn spawn(config: &Path) -> Child {
    let mut command = Command::new("clamd");
    command.arg("--config-file").arg(config).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("bin/test installs clamd")
}

fn end(child: &mut Child) {
    // Gone already is as good.
    let _ = child.kill();
    let _ = child.wait();
}
