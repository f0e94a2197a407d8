//! Letters as `.eml` files, where no mail server is set.

use std::path::Path;

use lettre::address::Envelope;

use crate::desk::outgoing::Claimed;

/// Writes a letter to a file of its own, under a name that is the same however often it is written. Its envelope stands
/// above its head, as the last server writes it (RFC 5321, 4.4; `Delivered-To` by custom): of several copies of a letter
/// one sees whose each is.
///
/// # Errors
/// When the folder or the file cannot be written.
pub async fn write(folder: &Path, letter: &Claimed, envelope: &Envelope, raw: &[u8]) -> std::io::Result<()> {
    let name = format!("{:08}-{}.eml", letter.number, letter.ticket);
    let partial = folder.join(format!(".{name}.partial"));
    // Letters are for nobody else on this machine.
    tokio::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
    let mut delivered = format!("Return-Path: <{}>\r\n", envelope.from().map(ToString::to_string).unwrap_or_default());
    for recipient in envelope.to() {
        delivered.push_str(&format!("Delivered-To: {recipient}\r\n"));
    }
    tokio::fs::write(&partial, [delivered.as_bytes(), raw].concat()).await?;
    tokio::fs::rename(&partial, folder.join(name)).await
}
