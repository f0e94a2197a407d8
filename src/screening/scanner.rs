//! clamd, asked by its command `INSTREAM` (clamd(8)): the bytes in pieces, each with its length before it, and at the end a
//! piece of none; then one line says `OK`, a name and `FOUND`, or what went wrong and `ERROR`.

use std::path::PathBuf;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

use crate::domain::scan::Scan;
use crate::settings;

/// How long clamd may take to answer at all, and to scan a file.
const CONNECTING: Duration = Duration::from_secs(5);
const SCANNING: Duration = Duration::from_secs(120);
/// Bytes of one piece.
const PIECE: usize = 64 * 1024;
/// The most bytes of an answer that are read.
const LONGEST_ANSWER: u64 = 4096;

/// A virus scanner.
#[derive(Debug, Clone)]
pub struct Scanner {
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Tcp(String),
    Unix(PathBuf),
}

/// Why nobody knows whether a file holds a virus.
#[derive(Debug, thiserror::Error)]
pub enum ScannerError {
    /// It is not there.
    #[error("the virus scanner cannot be reached: {0}")]
    Away(std::io::Error),
    /// It does not answer.
    #[error("the virus scanner did not answer in time")]
    Silent,
    /// What it says is not clamd's.
    #[error("what answers is no virus scanner")]
    Protocol,
}

impl Scanner {
    /// The scanner of the settings.
    #[must_use]
    pub fn new(place: &settings::Scanner) -> Self {
        let place = match place {
            settings::Scanner::Tcp(address) => Place::Tcp(address.clone()),
            settings::Scanner::Unix(path) => Place::Unix(path.clone()),
        };
        Self { place }
    }

    /// Asks whether bytes hold a virus.
    ///
    /// # Errors
    /// When it is away, or does not answer in time.
    pub async fn scan(&self, content: &[u8]) -> Result<Scan, ScannerError> {
        let scanning = async {
            match &self.place {
                Place::Tcp(address) => asked(connected(TcpStream::connect(address.as_str())).await?, content).await,
                Place::Unix(path) => asked(connected(UnixStream::connect(path)).await?, content).await,
            }
        };
        let answer = tokio::time::timeout(SCANNING, scanning).await.map_err(|_| ScannerError::Silent)??;
        meant(&answer).ok_or(ScannerError::Protocol)
    }
}

async fn connected<S>(connecting: impl Future<Output = std::io::Result<S>>) -> Result<S, ScannerError> {
    let connected = tokio::time::timeout(CONNECTING, connecting).await.map_err(|_| ScannerError::Silent)?;
    connected.map_err(ScannerError::Away)
}

async fn asked(mut stream: impl AsyncRead + AsyncWrite + Unpin, content: &[u8]) -> Result<String, ScannerError> {
    // It answers and hangs up in the midst of what is too large; so the answer counts, not whether all was taken.
    let told = tell(&mut stream, content).await;
    let mut answer = Vec::new();
    let heard = stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await;
    match (answer.is_empty(), told.and(heard.map(|_| ()))) {
        (true, Err(error)) => Err(ScannerError::Away(error)),
        _ => Ok(String::from_utf8_lossy(&answer).into_owned()),
    }
}

async fn tell(stream: &mut (impl AsyncWrite + Unpin), content: &[u8]) -> std::io::Result<()> {
    stream.write_all(b"zINSTREAM\0").await?;
    for piece in content.chunks(PIECE) {
        let length = u32::try_from(piece.len()).expect("a piece has at most 64 KiB");
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(piece).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    stream.flush().await
}

/// What an answer means; `None`: it is no answer of clamd.
fn meant(answer: &str) -> Option<Scan> {
    let answer = answer.trim_end_matches(['\0', '\n', '\r']);
    if answer.ends_with("ERROR") {
        return Some(Scan::Unscannable);
    }
    let said = answer.strip_prefix("stream:")?.trim();
    match said.strip_suffix("FOUND") {
        Some(virus) => Some(Scan::Found { virus: virus.trim().to_owned() }),
        None => (said == "OK").then_some(Scan::Clean),
    }
}

#[cfg(test)]
mod tests {
    use super::meant;
    use crate::domain::scan::Scan;

    #[test]
    fn answers() {
        let found = |virus: &str| Some(Scan::Found { virus: virus.to_owned() });
        for (answer, expected) in [
            ("stream: OK\0", Some(Scan::Clean)),
            ("stream: Eicar-Test FOUND\0", found("Eicar-Test")),
            ("stream: Win.Test.EICAR_HDB-1 FOUND\n", found("Win.Test.EICAR_HDB-1")),
            ("INSTREAM size limit exceeded. ERROR\0", Some(Scan::Unscannable)),
            ("stream: Can't allocate memory ERROR\0", Some(Scan::Unscannable)),
            ("", None),
            ("HTTP/1.1 400 Bad Request", None),
            ("stream: OKAY", None),
        ] {
            assert_eq!(meant(answer), expected, "{answer:?}");
        }
    }
}
