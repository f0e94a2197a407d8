//! Who gets a reply: read from its form, and shown in it.

use crate::desk::conversation::{Conversation, Entry, Kind};
use crate::domain::copies::{BadCopies, Copies, MOST_COPIES, Typed, folded};
use crate::domain::division::Directory;
use crate::domain::person::EmailAddress;
use crate::language::Words;
use crate::mail::automatic::is_of_a_site;
use crate::web::form::Form;

/// The fields of a reply that say who gets it.
pub(crate) const FIELDS: [&str; 4] = ["cc", "also", "bcc", "confirm"];

/// The part of a reply's form that says who gets it, shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct Recipients {
    /// What was typed for copies that everybody sees.
    pub cc: String,
    /// What was typed for copies that staff see.
    pub bcc: String,
    /// Those who were chosen of [`Recipients::offered`], folded.
    pub also: Vec<String>,
    /// Others than the enquirer, to be confirmed; parted by blanks.
    pub confirm: Option<Confirm>,
    /// Those who take part in the conversation.
    pub offered: Vec<Offered>,
}

/// What has to be confirmed.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// The addresses.
    pub addresses: Vec<String>,
    /// Whether it was.
    pub given: Given,
}

/// Whether something was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It was.
    Yes,
    /// It was not.
    No,
}

/// Somebody who takes part in a conversation and may get a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Their name; may be empty.
    pub name: String,
    /// Their address.
    pub address: String,
}

impl Recipients {
    /// What a form says.
    pub(crate) fn of(form: &Form) -> Self {
        let typed = typed(form);
        let confirmed = form.all("confirm").flat_map(str::split_whitespace);
        // Of those who were confirmed before, some may not get it any more.
        let confirmed: Vec<String> = confirmed.filter(|address| typed.names(address)).map(str::to_owned).collect();
        Self {
            cc: form.text("cc").to_owned(),
            bcc: form.text("bcc").to_owned(),
            also: form.all("also").map(str::to_lowercase).collect(),
            confirm: (!confirmed.is_empty()).then_some(Confirm { addresses: confirmed, given: Given::Yes }),
            offered: Vec::new(),
        }
    }

    /// Asks to confirm addresses.
    #[must_use]
    pub(crate) fn asking(self, addresses: &[EmailAddress]) -> Self {
        let addresses = addresses.iter().map(ToString::to_string);
        let before = self.confirm.map(|confirm| confirm.addresses).unwrap_or_default();
        let addresses = before.into_iter().chain(addresses).collect();
        Self { confirm: Some(Confirm { addresses, given: Given::No }), ..self }
    }

    /// Whether the fields are unfolded.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.offered.is_empty() || !self.shown_cc().is_empty() || !self.bcc.is_empty()
    }

    /// Whether somebody who is offered was chosen.
    #[must_use]
    pub fn is_chosen(&self, offered: &Offered) -> bool {
        self.also.contains(&offered.address.to_lowercase())
    }

    /// Everybody who gets a copy that all see, in one line.
    #[must_use]
    pub fn shown_cc(&self) -> String {
        let chosen = self.offered.iter().filter(|offered| self.is_chosen(offered)).map(|offered| &offered.address);
        let typed = Some(&self.cc).filter(|cc| !cc.trim().is_empty());
        chosen.chain(typed).map(|text| text.trim()).collect::<Vec<_>>().join(", ")
    }
}

impl Confirm {
    /// The addresses, as the form's field holds them.
    #[must_use]
    pub fn value(&self) -> String {
        self.addresses.join(" ")
    }

    /// The addresses, to be read.
    #[must_use]
    pub fn shown(&self) -> String {
        self.addresses.join(", ")
    }

    /// Whether it was confirmed.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.given == Given::Yes
    }
}

fn typed(form: &Form) -> Typed<'_> {
    Typed {
        cc: form.all("cc").chain(form.all("also")).collect(),
        bcc: form.all("bcc").collect(),
        confirmed: form.all("confirm").collect(),
    }
}

/// Reads who gets copies; otherwise what is wrong, in words.
pub(crate) fn read(form: &Form, directory: &Directory, words: Words) -> Result<Copies, String> {
    Copies::read(&typed(form), &directory.addresses()).map_err(|bad| match bad {
        BadCopies::NotAnAddress { typed, .. } => words.with("refused-copy-address", "typed", typed),
        BadCopies::TooMany => words.with("refused-copies", "most", MOST_COPIES),
        BadCopies::Ours(address) => words.with("refused-copy-ours", "address", address),
    })
}

/// Reads where answers go from now on; otherwise what is wrong, in words.
pub(crate) fn new_address(form: &Form, directory: &Directory, words: Words) -> Result<EmailAddress, String> {
    let typed = form.text("address").trim();
    let address = EmailAddress::parse(typed).map_err(|_| words.with("refused-address", "typed", typed))?;
    match directory.addresses().contains(&address.without_detail().folded()) {
        true => Err(words.with("refused-address-ours", "address", address.to_string())),
        false => Ok(address),
    }
}

/// Those who wrote in a conversation or were addressed in it, but the enquirer, us and sites' programs; staff decide who
/// of them gets a reply.
pub(crate) fn offered(conversation: &Conversation, directory: &Directory) -> Vec<Offered> {
    let enquirer = conversation.contacts.iter().filter(|(kind, _)| kind == "email").map(|(_, address)| address);
    let enquirer = enquirer.chain(&conversation.head.address);
    let mut seen: Vec<String> = enquirer.map(|address| folded(address)).collect();
    let ours = directory.addresses();
    let mut offered = Vec::new();
    let messages = conversation.entries.iter().filter_map(|entry| match entry {
        Entry::Message(message) if message.kind != Kind::Note => Some(message),
        _ => None,
    });
    for message in messages {
        let author = Some((message.sender_name.clone(), message.sender_address.clone()));
        let author = author.filter(|_| message.kind == Kind::Inbound && !message.automatic);
        let others = message.cc.iter().map(|other| (other.name.clone(), other.address.to_string()));
        for (name, address) in author.into_iter().chain(others) {
            let Ok(parsed) = EmailAddress::parse(&address) else { continue };
            // A site's program writes in somebody's name, and nobody reads what it gets.
            if is_of_a_site(&address) {
                continue;
            }
            if !ours.contains(&parsed.without_detail().folded()) && !seen.contains(&parsed.folded()) {
                seen.push(parsed.folded());
                offered.push(Offered { name, address });
            }
        }
    }
    offered.truncate(MOST_COPIES);
    offered
}
