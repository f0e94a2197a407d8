//! Whether a machine wrote a letter: then it is stored and shown, and never acknowledged.

use crate::mail::address::Mailbox;

/// The headers that tell, and the sender.
pub(super) struct Signs<'a> {
    /// The decoded value of a header, if it stands.
    pub(super) header: &'a dyn Fn(&str) -> Option<String>,
    pub(super) from: Option<&'a Mailbox>,
    pub(super) content_type: &'a str,
}

/// Whether a machine wrote it (RFC 3834, and what machines did before).
pub(super) fn is_automatic(signs: &Signs<'_>) -> bool {
    let value = |name: &str| (signs.header)(name).map(|value| value.trim().to_ascii_lowercase());
    let stands = |name: &str| value(name).is_some();
    let auto_submitted = value("Auto-Submitted").is_some_and(|value| !value.starts_with("no") && !value.is_empty());
    let precedence =
        value("Precedence").is_some_and(|value| ["bulk", "list", "junk", "auto_reply"].contains(&value.as_str()));
    let list = ["List-Id", "List-Unsubscribe", "List-Post", "List-Help", "Mailing-List"].into_iter().any(stands);
    let suppress = value("X-Auto-Response-Suppress")
        .is_some_and(|value| value.split(',').any(|word| ["all", "oof", "autoreply"].contains(&word.trim())));
    let answering = ["X-Autoreply", "X-Autorespond", "X-Autoresponse", "X-Auto-Reply-From", "X-FC-MachineGenerated"]
        .into_iter()
        .any(stands);
    let empty_path = value("Return-Path").is_some_and(|value| value == "<>" || value.is_empty());
    let report = signs.content_type.starts_with("multipart/report");
    auto_submitted
        || precedence
        || list
        || suppress
        || answering
        || empty_path
        || report
        || signs.from.is_some_and(is_machine)
}

fn is_machine(sender: &Mailbox) -> bool {
    let local = sender.address.split('@').next().unwrap_or_default().to_ascii_lowercase();
    ["mailer-daemon", "postmaster", "mail-daemon", "noreply", "no-reply", "donotreply", "do-not-reply"]
        .contains(&local.as_str())
        || local.starts_with("bounce")
}
