//! What comes after our answer: the enquirer writes again, or our letter comes back.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::Life;
use super::written::{Message, address_of, write_event};
use crate::desk::demo::chance::Chance;
use crate::desk::demo::raw;
use crate::desk::receive::letter::sameness_of;
use crate::desk::writing::{self, LastInbound};
use crate::domain::arrival::Outcome;
use crate::domain::change::{Change, Seen, decide};
use crate::domain::channel::Channel;
use crate::domain::enquiry::{BounceReport, Permanence};
use crate::domain::event::Event;
use crate::domain::person::EmailAddress;
use crate::domain::ticket::Actor;
use crate::mail::token::Names;

impl Life<'_> {
    /// The enquirer writes again, below what we wrote.
    pub(in crate::desk::demo) fn answered(&mut self, chance: &mut Chance, said: &str, at: Timestamp) {
        let Some(division) = self.world.directory.division(self.ticket.division) else { return };
        let change = Change::Receive(Channel::Email);
        let Ok(decision) = decide(&self.ticket, Actor::Enquirer, &change, Seen::Whatever, at) else { return };
        let quoted = self.last_letter.as_ref().map(|(.., text)| text.replace('\n', "\n> "));
        let text = quoted.map_or_else(|| said.to_owned(), |quoted| format!("{said}\n\n> {quoted}"));
        let host = self.enquiry.sender.email.as_ref().map_or("mail.example", EmailAddress::host);
        let mail_id = format!("{}@{host}", chance.id(at).simple());
        let to = self.world.tokens.address(&division.email, Names::Ticket(self.ticket.reference.number()));
        let subject = format!("Re: [#{}] {}", self.ticket.reference, self.enquiry.subject);
        let headers = raw::Headers {
            sender: &self.enquiry.sender,
            to: to.as_str(),
            subject: &subject,
            at,
            mail_id: &mail_id,
            references: &self.thread.chain,
            automatic: false,
        };
        let (raw, begins) = raw::letter(&headers, &text, &[]);
        let sameness = sameness_of(&[&mail_id], &self.enquiry.sender, &raw[begins..]);
        let arrival = chance.id(at);
        self.rows
            .arrivals
            .row()
            .plain(arrival)
            .plain(at)
            .plain(Channel::Email)
            .text(&writing::shown_sender(&self.enquiry.sender))
            .json(&[to.as_str()])
            .bytes(&raw)
            .bytes(&sameness)
            .null()
            .plain(Outcome::Appended)
            .null()
            .plain(self.id)
            .plain(false);
        self.messages.push(Message {
            id: chance.id(at),
            kind: "inbound",
            channel: Channel::Email,
            staff: None,
            arrival: Some(arrival),
            sender_name: self.enquiry.sender.name.clone(),
            sender_address: address_of(&self.enquiry),
            automatic: false,
            new_part: (text != said).then(|| said.to_owned()),
            text,
            mail_id: Some(mail_id.clone()),
            bounce: None,
            at,
        });
        self.thread.chain.push(mail_id.clone());
        self.thread.last = Some(LastInbound {
            mail_id: Some(mail_id),
            name: self.enquiry.sender.name.clone(),
            text: said.to_owned(),
            language: self.enquiry.language,
            at,
        });
        self.decided(chance, decision, None, at);
    }

    /// Our last letter comes back.
    pub(in crate::desk::demo) fn bounce(&mut self, chance: &mut Chance, at: Timestamp) {
        let Some((message, mail_id, _)) = &self.last_letter else { return };
        let recipient = address_of(&self.enquiry);
        let (status, permanence) = chance.weighed(&[
            (("5.1.1", Permanence::Hard), 6),
            (("5.2.2", Permanence::Soft), 2),
            (("4.4.7", Permanence::Soft), 1),
        ]);
        let report = BounceReport { recipient: recipient.clone(), status: status.to_owned(), permanence };
        let raw = raw::bounce(&recipient, status, mail_id, at);
        let sameness: [u8; 32] = Sha256::digest(&raw).into();
        self.rows
            .arrivals
            .row()
            .plain(chance.id(at))
            .plain(at)
            .plain(Channel::Email)
            .text("MAILER-DAEMON@mx.example")
            .json(&Vec::<String>::new())
            .bytes(&raw)
            .bytes(&sameness)
            .null()
            .plain(Outcome::Bounce)
            .text(&format!("{status} {recipient}"))
            .plain(self.id)
            .plain(false);
        write_event(self.rows, chance, self.id, at, None, &Event::Bounced { report: report.clone() });
        if let Some(bounced) = self.messages.iter_mut().find(|other| other.id == *message) {
            bounced.bounce = Some(report);
        }
        self.ticket.bounced = true;
    }
}
