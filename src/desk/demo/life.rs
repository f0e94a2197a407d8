//! The life of one ticket, written down as the desk itself writes it: each step is decided by
//! [`crate::domain::change::decide`], letters are worded by [`crate::desk::writing`], and documents for the search are
//! made by its own code.

mod again;
mod written;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::desk::demo::chance::Chance;
use crate::desk::demo::person::Person;
use crate::desk::demo::rows::Rows;
use crate::desk::demo::world::{Member, World};
use crate::desk::writing::{self, Acknowledged, LastInbound, Replied, Thread};
use crate::domain::acknowledgement::{self, Cap, Recent};
use crate::domain::arrival::Outcome;
use crate::domain::change::{Change, Decision, Seen, decide};
use crate::domain::channel::Channel;
use crate::domain::copies::Copies;
use crate::domain::enquiry::{Enquiry, File, Nature};
use crate::domain::event::Event;
use crate::domain::letter::Letter;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::routing;
use crate::domain::status::Status;
use crate::domain::ticket::{Actor, Ticket};

use written::{Message, address_of, ours, write_arrival, write_event, write_files};

/// A ticket that is being lived.
pub(super) struct Life<'a> {
    pub(super) world: &'a World,
    pub(super) person: &'a Person,
    pub(super) ticket: Ticket,
    rows: &'a mut Rows,
    id: Uuid,
    enquiry: Enquiry,
    due_at: Timestamp,
    updated_at: Timestamp,
    thread: Thread,
    /// Our last letter to the enquirer: its message, Message-ID and text.
    last_letter: Option<(Uuid, String, String)>,
    /// Messages are written at the end: a bounce marks one that is written already.
    messages: Vec<Message>,
}

impl<'a> Life<'a> {
    /// The enquiry comes, is routed, and acknowledged where it is due.
    pub(super) fn begin(
        world: &'a World,
        rows: &'a mut Rows,
        chance: &mut Chance,
        person: &'a Person,
        number: u64,
        enquiry: Enquiry,
    ) -> Option<Self> {
        let at = enquiry.received_at;
        let route = routing::route(&enquiry, &world.map)?;
        let status = if !enquiry.doubts.is_empty() { Status::Spam } else { Status::New };
        let ticket = Ticket {
            reference: Reference::from_number(number),
            status,
            priority: route.priority,
            division: route.division,
            topic: route.topic,
            assignee: None,
            language: enquiry.language,
            address: enquiry.sender.email.clone(),
            enquirer_addresses: enquiry.sender.email.iter().map(EmailAddress::folded).collect(),
            bounced: false,
            waiting_since: status.waits_for_us().then_some(at),
            answered_at: None,
            version: 1,
        };
        let due_at = world.times.promise(at);
        let id = chance.id(at);
        let mut life = Self {
            world,
            person,
            ticket,
            rows,
            id,
            due_at,
            updated_at: at,
            thread: Thread::default(),
            last_letter: None,
            messages: Vec::new(),
            enquiry,
        };
        let acknowledged = life.acknowledge(chance);
        life.came(chance, acknowledged);
        Some(life)
    }

    /// Writes the arrival, the message and the event of the beginning.
    fn came(&mut self, chance: &mut Chance, acknowledged: bool) {
        let enquiry = &self.enquiry;
        let at = enquiry.received_at;
        let arrival = chance.id(at);
        let copies = if enquiry.channel == Channel::Email && chance.happens(0.01) { 2 } else { 1 };
        let mut again = at;
        for copy in 0..copies {
            let outcome = if copy == 0 { Outcome::Created } else { Outcome::Duplicate };
            let id = if copy == 0 { arrival } else { chance.id(again) };
            write_arrival(self.rows, id, enquiry, again, outcome, self.id, acknowledged && copy == 0);
            again = (again + SignedDuration::from_secs(chance.between(1, 90))).min(self.world.times.now);
        }
        let id = chance.id(at);
        write_files(self.rows, chance, id, &enquiry.files, at);
        self.messages.push(Message {
            id,
            kind: "inbound",
            channel: enquiry.channel,
            staff: enquiry.logged_by,
            arrival: Some(arrival),
            sender_name: enquiry.sender.name.clone(),
            sender_address: address_of(enquiry),
            automatic: enquiry.nature != Nature::Human,
            text: enquiry.text.clone(),
            new_part: None,
            mail_id: enquiry.thread.mail_id.clone(),
            bounce: None,
            at,
        });
        let event = Event::Created { channel: enquiry.channel };
        write_event(self.rows, chance, self.id, at, enquiry.logged_by, &event);
        self.thread.chain.extend(enquiry.thread.mail_id.clone());
        self.thread.last = Some(LastInbound {
            mail_id: enquiry.thread.mail_id.clone(),
            name: enquiry.sender.name.clone(),
            text: enquiry.text.clone(),
            language: enquiry.language,
            at,
        });
    }

    fn acknowledge(&mut self, chance: &mut Chance) -> bool {
        let enquiry = &self.enquiry;
        let due = acknowledgement::is_due(enquiry, Recent::default(), Cap::Hourly, &self.world.ours);
        let (Some(to), Some(division)) = (&enquiry.sender.email, self.world.directory.division(self.ticket.division))
        else {
            return false;
        };
        if due {
            let facts = Acknowledged {
                reference: self.ticket.reference,
                division,
                directory: &self.world.directory,
                language: enquiry.language,
                due_at: self.due_at,
                to,
                enquiry,
            };
            let letter = writing::acknowledgement(&self.world.tokens, &facts);
            let mail_id = self.post(chance, letter, None, enquiry.channel, enquiry.received_at);
            self.thread.chain.push(mail_id);
        }
        due
    }

    /// Puts a letter into the outbox as one that was sent long ago; returns its Message-ID.
    fn post(
        &mut self,
        chance: &mut Chance,
        mut letter: Letter,
        message: Option<Uuid>,
        channel: Channel,
        at: Timestamp,
    ) -> String {
        // What the desk makes of the hour would lie about a letter of last year.
        letter.mail_id = format!("{}@{}", chance.id(at).simple(), letter.from.address.host());
        let gone = (at + SignedDuration::from_secs(chance.between(1, 20))).min(self.world.times.now);
        let purpose = if message.is_some() { "reply" } else { "acknowledgement" };
        self.rows
            .outbox
            .row()
            .plain(chance.id(at))
            .plain(self.id)
            .id(message)
            .plain(purpose)
            .plain(channel)
            .text(&letter.to.address.folded())
            .json(&letter)
            .text(&letter.mail_id)
            .plain("sent")
            .plain(1)
            .plain(at)
            .plain(at)
            .plain(gone);
        letter.mail_id
    }

    /// A member of staff, or a machine, changes the ticket, if the rules allow it.
    pub(super) fn change(&mut self, chance: &mut Chance, by: &Member, change: &Change, at: Timestamp) -> bool {
        let actor = Actor::Staff { id: by.id, role: by.role };
        let Ok(decision) = decide(&self.ticket, actor, change, Seen::Whatever, at) else { return false };
        if let (Change::SetTags(_), Some(Event::Tagged { tags })) = (change, &decision.event) {
            for tag in tags {
                let number = self.ticket.reference.number();
                self.rows.tags.row().plain(self.id).text(tag).plain(number);
            }
        }
        self.decided(chance, decision, Some(by.id), at);
        true
    }

    fn decided(&mut self, chance: &mut Chance, decision: Decision, staff: Option<Uuid>, at: Timestamp) {
        if let Some(event) = &decision.event {
            write_event(self.rows, chance, self.id, at, staff, event);
            self.updated_at = at;
        }
        self.ticket = decision.after;
    }

    /// A member of staff answers.
    pub(super) fn reply(
        &mut self,
        chance: &mut Chance,
        by: &Member,
        body: &str,
        files: &[File],
        status: Option<Status>,
        at: Timestamp,
    ) {
        let change = Change::Reply { body: body.to_owned(), copies: Copies::default(), status };
        let division = self.world.directory.division(self.ticket.division);
        let (Some(division), Some(to)) = (division, self.ticket.address.clone()) else { return };
        let facts = Replied {
            reference: self.ticket.reference,
            division,
            directory: &self.world.directory,
            language: self.person.language,
            subject: &self.enquiry.subject,
            to_name: &self.enquiry.sender.name,
            to: &to,
            cc: Vec::new(),
            body,
            thread: &self.thread,
            files,
            now: at,
        };
        let letter = writing::reply(&self.world.tokens, &facts);
        if !self.change(chance, by, &change, at) {
            return;
        }
        let id = chance.id(at);
        let mail_id = self.post(chance, letter, Some(id), Channel::Email, at);
        write_files(self.rows, chance, id, files, at);
        self.messages.push(ours(id, "outbound", by, body, Some(mail_id.clone()), at));
        self.thread.chain.push(mail_id.clone());
        self.last_letter = Some((id, mail_id, body.to_owned()));
    }

    /// A member of staff writes something down.
    pub(super) fn note(&mut self, chance: &mut Chance, by: &Member, body: &str, at: Timestamp) {
        if self.change(chance, by, &Change::Note { body: body.to_owned() }, at) {
            let id = chance.id(at);
            self.messages.push(ours(id, "note", by, body, None, at));
        }
    }

    /// Adds a further topic.
    pub(super) fn also_about(&mut self, topic: &str) {
        if topic != self.ticket.topic {
            self.rows.topics.row().plain(self.id).text(topic);
        }
    }
}
