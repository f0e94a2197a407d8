//! Letters as `.eml` files, where no mail server is set.

use std::path::Path;

use crate::desk::outgoing::Claimed;

/// Writes a letter to a file of its own, under a name that is the same however often it is written.
///
/// # Errors
/// When the folder or the file cannot be written.
pub async fn write(folder: &Path, letter: &Claimed, raw: &[u8]) -> std::io::Result<()> {
    let name = format!("{:08}-{}.eml", letter.number, letter.ticket);
    let partial = folder.join(format!(".{name}.partial"));
    // Letters are for nobody else on this machine.
    tokio::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await?;
    tokio::fs::write(&partial, raw).await?;
    tokio::fs::rename(&partial, folder.join(name)).await
}
