//! The receipt: the reference, and what happens next.

use askama::Template;
use jiff::civil::Date;

use crate::language::dates;
use crate::web::public::view::shell::{Section, Shell};

/// The page after an enquiry.
#[derive(Debug, Clone, Template)]
#[template(path = "public/receipt.html")]
pub struct ReceiptPage {
    /// What surrounds it.
    pub shell: Shell,
    /// The reference: "000123-4".
    pub reference: String,
    /// Where the acknowledgement goes; nobody is promised a letter without an address.
    pub letter_to: Option<String>,
    /// The day by which an answer is due.
    pub promise: Date,
}

impl ReceiptPage {
    /// The promise in words, with its date: an answer, or a call where there is no address.
    #[must_use]
    pub fn promise_words(&self) -> String {
        let key = if self.letter_to.is_some() { "receipt-promise" } else { "receipt-call" };
        self.shell.words.with(key, "date", dates::date_long(self.shell.language, self.promise))
    }
}
