//! Rows of the demo as PostgreSQL's `COPY` reads them: text, a line a row, tabs between columns.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// The rows of one table.
pub(super) struct Table {
    /// Name and columns.
    pub(super) into: &'static str,
    /// The lines.
    pub(super) lines: Vec<u8>,
}

/// The tables that a batch fills, in the order in which their foreign keys want them.
pub(super) struct Rows {
    pub(super) people: Table,
    pub(super) contacts: Table,
    pub(super) tickets: Table,
    pub(super) topics: Table,
    pub(super) tags: Table,
    pub(super) participants: Table,
    pub(super) arrivals: Table,
    pub(super) messages: Table,
    pub(super) attachments: Table,
    pub(super) answers: Table,
    pub(super) events: Table,
    pub(super) outbox: Table,
    pub(super) documents: Table,
}

impl Rows {
    pub(super) fn new() -> Self {
        let table = |into| Table { into, lines: Vec::new() };
        Self {
            people: table("people (id, name, organisation, created_at)"),
            contacts: table("contacts (person_id, kind, value, shown)"),
            tickets: table(
                "tickets (id, number, subject, status, priority, channel, division_id, topic, person_id, \
                 enquirer_name, enquirer_organisation, enquirer_address, assignee_id, language, version, automatic, \
                 bounced, spam_reason, created_at, updated_at, waiting_since, due_at, answered_at)",
            ),
            topics: table("ticket_topics (ticket_id, topic)"),
            tags: table("ticket_tags (ticket_id, tag, number)"),
            participants: table("participants (ticket_id, address)"),
            arrivals: table(
                "arrivals (id, received_at, channel, sender, recipients, raw, sameness, form_nonce, outcome, reason, \
                 ticket_id, acknowledged)",
            ),
            messages: table(
                "messages (id, ticket_id, kind, channel, staff_id, arrival_id, sender_name, sender_address, \
                 sender_known, automatic, language, text, new_part, mail_id, bounce, created_at)",
            ),
            attachments: table(
                "attachments (id, message_id, position, filename, content_type, sniffed_type, size, sha256, inline)",
            ),
            answers: table("answers (message_id, questionnaire_id, by_question)"),
            events: table("events (id, ticket_id, at, staff_id, event)"),
            outbox: table(
                "outbox (id, ticket_id, message_id, purpose, channel, recipient, letter, mail_id, state, attempts, \
                 next_attempt_at, created_at, finished_at)",
            ),
            documents: table("search_documents (message_id, part, ticket_number, tokens, folded)"),
        }
    }

    pub(super) fn into_tables(self) -> [Table; 13] {
        [
            self.people,
            self.contacts,
            self.tickets,
            self.topics,
            self.tags,
            self.participants,
            self.arrivals,
            self.messages,
            self.attachments,
            self.answers,
            self.events,
            self.outbox,
            self.documents,
        ]
    }
}

impl Table {
    /// Begins a row; its values follow in the order of the columns.
    pub(super) fn row(&mut self) -> Line<'_> {
        Line { out: &mut self.lines, begun: false }
    }
}

/// A row that is being written; it ends when it goes out of scope.
pub(super) struct Line<'a> {
    out: &'a mut Vec<u8>,
    begun: bool,
}

impl Line<'_> {
    fn column(&mut self) -> &mut Vec<u8> {
        if self.begun {
            self.out.push(b'\t');
        }
        self.begun = true;
        self.out
    }

    /// What needs no escaping: numbers, keys, times, words of our own.
    pub(super) fn plain(mut self, value: impl std::fmt::Display) -> Self {
        use std::io::Write;
        // Writing into memory does not fail.
        let _ = write!(self.column(), "{value}");
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        let out = self.column();
        for byte in text.bytes() {
            match byte {
                b'\\' => out.extend_from_slice(b"\\\\"),
                b'\n' => out.extend_from_slice(b"\\n"),
                b'\r' => out.extend_from_slice(b"\\r"),
                b'\t' => out.extend_from_slice(b"\\t"),
                other => out.push(other),
            }
        }
        self
    }

    pub(super) fn null(mut self) -> Self {
        self.column().extend_from_slice(b"\\N");
        self
    }

    pub(super) fn perhaps(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    pub(super) fn id(self, id: Option<Uuid>) -> Self {
        match id {
            Some(id) => self.plain(id),
            None => self.null(),
        }
    }

    pub(super) fn at(self, at: Option<Timestamp>) -> Self {
        match at {
            Some(at) => self.plain(at),
            None => self.null(),
        }
    }

    pub(super) fn bytes(self, bytes: &[u8]) -> Self {
        self.plain(format_args!("\\\\x{}", data_encoding::HEXLOWER.encode(bytes)))
    }

    pub(super) fn json(self, value: &impl Serialize) -> Self {
        // The values are ours, and have nothing that JSON cannot say.
        let json = serde_json::to_string(value).unwrap_or_default();
        self.text(&json)
    }

    /// Lexemes, as a `tsvector` is written.
    pub(super) fn lexemes(self, lexemes: &[String]) -> Self {
        let mut written = String::new();
        for lexeme in lexemes {
            written.push('\'');
            for character in lexeme.chars() {
                if matches!(character, '\'' | '\\') {
                    written.push(character);
                }
                written.push(character);
            }
            written.push_str("' ");
        }
        self.text(&written)
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        self.out.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn a_row_as_copy_reads_it() {
        let mut rows = Rows::new();
        let _ = rows.people.row().plain(1).text("a\tb\\c\nd").null().bytes(b"\x01\xff").lexemes(&["o'k".to_owned()]);
        assert_eq!(rows.people.lines, b"1\ta\\tb\\\\c\\nd\t\\N\t\\\\x01ff\t'o''k' \n");
    }
}
