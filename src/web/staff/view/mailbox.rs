//! A mailbox on the dashboard: whether it can be read, and whether the ledger has all its letters.

use crate::desk::mailbox::{Count, MailboxState};
use crate::web::staff::view::shell::StaffShell;

/// A mailbox that letters are fetched from.
#[derive(Debug, Clone)]
pub struct MailboxLine {
    /// User, server and folder.
    pub name: String,
    /// When it was last read, in words.
    pub read: String,
    /// The daily count, in words.
    pub count: Option<String>,
    /// Whether letters are on the server that are not in the ledger.
    pub lacks_letters: bool,
    /// Why it cannot be read: the server's words, and since when in ours.
    pub trouble: Option<(String, String)>,
}

impl MailboxLine {
    /// As staff read it.
    #[must_use]
    pub fn new(shell: &StaffShell, mailbox: MailboxState) -> Self {
        let words = shell.words;
        let count = |count: &Count| {
            let (server, ledger) = (count.on_server.to_string(), count.in_ledger.to_string());
            let at = shell.when(&count.at);
            words.tell("mailbox-count", &[("server", server.into()), ("ledger", ledger.into()), ("at", at.into())])
        };
        Self {
            read: match &mailbox.reached_at {
                Some(at) => words.with("mailbox-read", "at", shell.when(at)),
                None => words.say("mailbox-not-yet"),
            },
            count: mailbox.count.as_ref().map(count),
            lacks_letters: mailbox.count.is_some_and(|count| count.in_ledger < count.on_server),
            trouble: mailbox.trouble.map(|(why, since)| (why, words.with("mailbox-trouble", "at", shell.when(&since)))),
            name: mailbox.name,
        }
    }
}
