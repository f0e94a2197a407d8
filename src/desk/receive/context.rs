//! What the database knows of a batch of arrivals, asked in one round trip.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::dsl::{count_star, max};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::future::try_join_all;
use futures_util::try_join;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::desk::DeskError;
use crate::desk::receive::flood;
use crate::domain::acknowledgement::Recent;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Enquiry, ThreadMarks};
use crate::domain::language::Language;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::status::Status;
use crate::domain::threading::{self, Part};
use crate::postgres::column::Word;
use crate::postgres::condition::{IsAcknowledgement, IsEmail, IsFirst, MadeATicket, RecipientWithoutDetail};
use crate::postgres::schema::{arrivals, contacts, messages, outbox, participants, tickets};

/// How far back acknowledgements to an address count.
const RECENT: SignedDuration = SignedDuration::from_hours(1);

/// A letter of ours that a bounce may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) id: Uuid,
    /// Who was to get this copy, folded.
    pub(super) recipient: String,
    pub(super) ticket: Reference,
    pub(super) message: Option<Uuid>,
}

/// A ticket that a form made, and who had sent it.
#[derive(Debug)]
pub(super) struct MadeByForm {
    pub(super) ticket: Reference,
    pub(super) name: String,
    pub(super) address: Option<String>,
}

/// What is known of the senders, letters and tickets of a batch.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Arrivals that are the very same, with their tickets.
    pub(super) same: HashMap<[u8; 32], Option<Reference>>,
    /// Tickets made by forms with the same hidden token.
    pub(super) forms: HashMap<[u8; 16], MadeByForm>,
    /// People by address.
    pub(super) people: HashMap<String, Person>,
    /// Acknowledgements of the last hour by [`Enquiry::mailbox`].
    pub(super) recent: HashMap<String, Recent>,
    /// Letters that were acknowledged lately, to whichever address, as far as that matters.
    pub(super) lately: usize,
    /// Tickets by the Message-IDs of their letters.
    by_mail_id: HashMap<String, u64>,
    /// Letters of ours by Message-ID, which all copies share.
    pub(super) letters_by_mail_id: HashMap<String, Vec<Letter>>,
    /// Letters of ours by their number.
    pub(super) letters_by_number: HashMap<u64, Letter>,
    /// The tickets among those named that there are.
    pub(super) numbers: HashSet<u64>,
    /// Those of them that were taken for spam.
    spam: HashSet<u64>,
    participants: HashSet<(u64, String)>,
}

/// A person who wrote before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) id: Uuid,
    /// The language of the last ticket.
    pub(super) language: Option<Language>,
}

impl Known {
    /// What threading asks about one letter.
    pub(super) fn tickets_of(&self, enquiry: &Enquiry) -> threading::Known {
        let authors: Vec<String> = enquiry.takers_of_part().collect();
        let part = |number: &u64| {
            let known = |author: &String| self.participants.contains(&(*number, author.clone()));
            let takes = !authors.is_empty() && authors.iter().all(known);
            (*number, if takes { Part::Takes } else { Part::Stranger })
        };
        let by_mail_id: BTreeMap<String, u64> = enquiry
            .thread
            .mail_ids()
            .filter_map(|id| self.by_mail_id.get(id).map(|number| (id.clone(), *number)))
            .collect();
        let by_token = enquiry.thread.letter_by_token.and_then(|number| self.letters_by_number.get(&number));
        // Only those who got a letter of ours can name it.
        let reported = || self.letters_by_mail_id.get(enquiry.thread.reported.as_ref()?)?[..].first();
        let letter = by_token.or_else(reported);
        let of_our_letter = letter.map(|letter| letter.ticket);
        let tickets = self.numbers.iter().map(part).collect();
        threading::Known { tickets, by_mail_id, spam: self.spam.iter().copied().collect(), of_our_letter }
    }
}

/// Asks all that can be asked at once in one round trip, on one connection side by side.
pub(super) async fn read(connection: &AsyncPgConnection, enquiries: &[Enquiry]) -> Result<Known, DeskError> {
    let senders: Vec<String> =
        enquiries.iter().filter_map(|enquiry| Some(enquiry.sender.email.as_ref()?.folded())).collect();
    let mailboxes: Vec<String> = enquiries.iter().filter_map(Enquiry::mailbox).collect();
    let newest = enquiries.iter().map(|enquiry| enquiry.received_at).max().unwrap_or(Timestamp::MIN);
    let is_threaded = |enquiry: &Enquiry| {
        let by_token = !enquiry.thread.tickets_by_token.is_empty();
        enquiry.channel == Channel::Email || enquiry.logged_by.is_some() || by_token
    };
    let threaded = enquiries.iter().any(is_threaded);
    let has_letters = enquiries.iter().any(|enquiry| enquiry.channel == Channel::Email);
    let lately = async { if has_letters { flood::read_lately(connection, newest).await } else { Ok(0) } };
    let (same, forms, people, recent, lately, threads) = try_join!(
        read_same(connection, enquiries),
        read_forms(connection, enquiries),
        read_people(connection, &senders),
        read_recent(connection, &mailboxes, newest - RECENT),
        lately,
        read_threads(connection, enquiries, threaded),
    )?;
    Ok(Known { same, forms, people, recent, lately, ..threads })
}

async fn read_same(
    mut connection: &AsyncPgConnection,
    enquiries: &[Enquiry],
) -> Result<HashMap<[u8; 32], Option<Reference>>, DeskError> {
    let sameness: Vec<&[u8]> = enquiries.iter().map(|enquiry| &enquiry.sameness[..]).collect();
    let same: Vec<(Vec<u8>, Option<i64>)> = arrivals::table
        .left_join(tickets::table.on(arrivals::ticket_id.eq(tickets::id.nullable())))
        .filter(arrivals::sameness.eq_any(sameness).and(IsFirst))
        .select((arrivals::sameness, tickets::number.nullable()))
        .load(&mut connection)
        .await?;
    Ok(same.into_iter().filter_map(|(hash, number)| Some((hash.try_into().ok()?, number.map(reference)))).collect())
}

async fn read_forms(
    mut connection: &AsyncPgConnection,
    enquiries: &[Enquiry],
) -> Result<HashMap<[u8; 16], MadeByForm>, DeskError> {
    let forms: Vec<&[u8]> = enquiries.iter().filter_map(|enquiry| Some(&enquiry.form.as_ref()?[..])).collect();
    if forms.is_empty() {
        return Ok(HashMap::new());
    }
    type Row = (Option<Vec<u8>>, i64, String, Option<String>);
    let made: Vec<Row> = arrivals::table
        .inner_join(tickets::table.on(arrivals::ticket_id.eq(tickets::id.nullable())))
        .filter(arrivals::form_nonce.eq_any(forms).and(MadeATicket))
        .select((arrivals::form_nonce, tickets::number, tickets::enquirer_name, tickets::enquirer_address))
        .load(&mut connection)
        .await?;
    let made = made.into_iter().filter_map(|(nonce, number, name, address)| {
        Some((nonce?.try_into().ok()?, MadeByForm { ticket: reference(number), name, address }))
    });
    Ok(made.collect())
}

async fn read_people(
    mut connection: &AsyncPgConnection,
    senders: &[String],
) -> Result<HashMap<String, Person>, DeskError> {
    if senders.is_empty() {
        return Ok(HashMap::new());
    }
    let people: Vec<(String, Uuid)> = contacts::table
        .filter(contacts::value.eq_any(senders).and(IsEmail))
        .select((contacts::value, contacts::person_id))
        .load(&mut connection)
        .await?;
    // Each by itself, since one row of each person is wanted and some have thousands, but all at once.
    let languages = people.iter().map(|(_, id)| async move {
        let mut connection = connection;
        let last: Option<Option<Word<Language>>> = tickets::table
            .filter(tickets::person_id.eq(*id))
            .order(tickets::number.desc())
            .select(tickets::language)
            .first(&mut connection)
            .await
            .optional()?;
        Ok::<_, DeskError>(last.flatten().map(|Word(language)| language))
    });
    let languages = try_join_all(languages).await?;
    Ok(people.into_iter().zip(languages).map(|((address, id), language)| (address, Person { id, language })).collect())
}

async fn read_recent(
    mut connection: &AsyncPgConnection,
    mailboxes: &[String],
    since: Timestamp,
) -> Result<HashMap<String, Recent>, DeskError> {
    let mut known: HashMap<String, Recent> = HashMap::new();
    if mailboxes.is_empty() {
        return Ok(known);
    }
    type Row = (String, Word<Channel>, i64, Option<jiff_diesel::Timestamp>);
    let recent: Vec<Row> = outbox::table
        .filter(RecipientWithoutDetail.eq_any(mailboxes).and(IsAcknowledgement))
        .filter(outbox::created_at.gt(jiff_diesel::Timestamp::from(since)))
        .group_by((outbox::recipient, outbox::channel))
        .select((outbox::recipient, outbox::channel, count_star(), max(outbox::created_at)))
        .load(&mut connection)
        .await?;
    for (address, Word(channel), count, last) in recent {
        let Ok(address) = EmailAddress::parse(&address) else { continue };
        let recent = known.entry(address.without_detail().folded()).or_default();
        let count = u64::try_from(count).unwrap_or_default();
        if channel == Channel::Email {
            recent.letters += count;
            recent.last_of_letter = recent.last_of_letter.max(last.map(|at| at.to_jiff()));
        } else {
            recent.forms += count;
        }
    }
    Ok(known)
}

async fn read_threads(
    mut connection: &AsyncPgConnection,
    enquiries: &[Enquiry],
    threaded: bool,
) -> Result<Known, DeskError> {
    let mut known = Known::default();
    if !threaded {
        return Ok(known);
    }
    let marks = || enquiries.iter().map(|enquiry| &enquiry.thread);
    let ids: Vec<&String> = marks().flat_map(ThreadMarks::mail_ids).collect();
    let letters: Vec<i64> = marks().filter_map(|marks| i64::try_from(marks.letter_by_token?).ok()).collect();
    if !ids.is_empty() || !letters.is_empty() {
        read_letters(connection, &ids, &letters, &mut known).await?;
    }
    let named: Vec<i64> = marks()
        .flat_map(|marks| marks.tickets_by_token.iter().chain(&marks.mentioned).map(|ticket| ticket.number()))
        .chain(known.by_mail_id.values().copied())
        .filter_map(|number| i64::try_from(number).ok())
        .collect();
    if named.is_empty() {
        return Ok(known);
    }
    let there: Vec<(i64, Uuid, Word<Status>)> = tickets::table
        .filter(tickets::number.eq_any(&named))
        .select((tickets::number, tickets::id, tickets::status))
        .load(&mut connection)
        .await?;
    let authors: Vec<String> = enquiries.iter().flat_map(Enquiry::takers_of_part).collect();
    let parts: Vec<(Uuid, String)> = participants::table
        .filter(participants::ticket_id.eq_any(there.iter().map(|(_, id, _)| *id).collect::<Vec<_>>()))
        .filter(participants::address.eq_any(authors))
        .select((participants::ticket_id, participants::address))
        .load(&mut connection)
        .await?;
    let numbers: HashMap<Uuid, u64> = there.iter().map(|(number, id, _)| (*id, unsigned(*number))).collect();
    known.numbers = numbers.values().copied().collect();
    let spam = there.iter().filter(|(.., Word(status))| *status == Status::Spam);
    known.spam = spam.map(|(number, ..)| unsigned(*number)).collect();
    known.participants = parts.into_iter().filter_map(|(id, address)| Some((*numbers.get(&id)?, address))).collect();
    Ok(known)
}

async fn read_letters(
    mut connection: &AsyncPgConnection,
    ids: &[&String],
    letters: &[i64],
    known: &mut Known,
) -> Result<(), DeskError> {
    let by_id: Vec<(Option<String>, i64)> = messages::table
        .inner_join(tickets::table)
        .filter(messages::mail_id.eq_any(ids).and(messages::mail_id.is_not_null()))
        .select((messages::mail_id, tickets::number))
        .load(&mut connection)
        .await?;
    let ours: Vec<(Uuid, i64, String, String, i64, Option<Uuid>)> = outbox::table
        .inner_join(tickets::table)
        .filter(outbox::mail_id.eq_any(ids).or(outbox::number.eq_any(letters)))
        .order(outbox::number)
        .select((outbox::id, outbox::number, outbox::mail_id, outbox::recipient, tickets::number, outbox::message_id))
        .load(&mut connection)
        .await?;
    known.by_mail_id = by_id.into_iter().filter_map(|(id, number)| Some((id?, unsigned(number)))).collect();
    for (id, letter, mail_id, recipient, ticket, message) in ours {
        let entry = Letter { id, recipient, ticket: reference(ticket), message };
        known.by_mail_id.insert(mail_id.clone(), unsigned(ticket));
        known.letters_by_mail_id.entry(mail_id).or_default().push(entry.clone());
        known.letters_by_number.insert(unsigned(letter), entry);
    }
    Ok(())
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn reference(number: i64) -> Reference {
    Reference::from_number(unsigned(number))
}
