//! What belongs to a ticket that is there: a further message, a second delivery, a bounce. Each in a transaction of its
//! own, which locks the ticket and asks [`crate::domain::change`].

use std::borrow::Cow;

use diesel::sql_types::Bool;
use diesel::{BoolExpressionMethods, ExpressionMethods, IntoSql, PgAnyJsonExpressionMethods, QueryDsl};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::desk::change::{self, Locked};
use crate::desk::outgoing::fate;
use crate::desk::receive::context::Letter;
use crate::desk::receive::correct::{Around, correct};
use crate::desk::receive::plan::Plan;
use crate::desk::receive::{Receipt, create, ledger, new_id};
use crate::desk::{DeskError, attachments, questionnaires};
use crate::domain::arrival::Outcome;
use crate::domain::authenticity::Authenticity;
use crate::domain::change::{Change, Seen, decide};
use crate::domain::channel::Channel;
use crate::domain::enquiry::{BounceReport, Enquiry, Nature, Permanence};
use crate::domain::event::Event;
use crate::domain::reference::Reference;
use crate::domain::threading::{Part, Proof};
use crate::domain::ticket::Actor;
use crate::mail::reply::hides_an_answer;
use crate::mail::subject;
use crate::postgres::column::{Json, Word};
use crate::postgres::schema::{arrivals, contacts, messages, outbox, search_pending, tickets, unjudged};

/// Carries out a plan that makes no new ticket.
pub(super) async fn store(
    around: Around<'_>,
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    plan: Plan,
) -> Result<Receipt, DeskError> {
    attachments::keep(connection, enquiry.files.iter()).await?;
    connection
        .transaction::<_, DeskError, _>(async |connection| match plan {
            Plan::Append { ticket, part, by, also } => {
                append(around, connection, enquiry, Joined { ticket, part, by, also: &also }).await
            }
            Plan::Duplicate { of, also } => duplicate(connection, enquiry, of, &also).await,
            Plan::Bounce { report, letter, ticket } => bounce(connection, enquiry, report, letter, ticket).await,
            Plan::Create { .. } => Err(DeskError::NotFound { what: "ticket to add to" }),
        })
        .await
}

/// How an arrival joins a ticket.
struct Joined<'a> {
    ticket: Reference,
    part: Part,
    by: Proof,
    also: &'a [Reference],
}

async fn append(
    around: Around<'_>,
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    joined: Joined<'_>,
) -> Result<Receipt, DeskError> {
    let ticket = joined.ticket;
    let mut locked = change::lock(connection, ticket).await?;
    let key = around.desk.key_of(connection, &locked).await?;
    let enquiry = &*without_key(enquiry, &key);
    let acknowledged = match enquiry.channel {
        // What comes from the enquirer's own page adds to what they asked, and corrects nothing.
        Channel::Web if enquiry.thread.tickets_by_token.is_empty() => {
            correct(around, connection, enquiry, &mut locked).await?
        }
        _ => false,
    };
    let actor = if enquiry.nature == Nature::Human { Actor::Enquirer } else { Actor::Machine };
    let change = Change::Receive(enquiry.channel);
    let decision = decide(&locked.ticket, actor, &change, Seen::Whatever, enquiry.received_at)?;
    let arrival = ledger::write(connection, enquiry, Outcome::Appended, Some(locked.id), None).await?;
    if acknowledged {
        diesel::update(arrivals::table.find(arrival)).set(arrivals::acknowledged.eq(true)).execute(connection).await?;
    }
    write_message(connection, enquiry, &locked, arrival, &joined).await?;
    remember_numbers(connection, enquiry, &locked).await?;
    change::write(connection, &locked, &decision, enquiry.logged_by, enquiry.received_at).await?;
    tell_others(connection, enquiry, joined.also, ticket).await?;
    Ok(Receipt {
        outcome: Outcome::Appended,
        ticket: Some(ticket),
        due_at: Some(locked.due_at),
        acknowledged,
        reason: None,
    })
}

/// What staff read does not hold the key of the enquirer's own page, however somebody quotes it: broken over two lines, or
/// as gateways rewrite links.
fn without_key<'a>(enquiry: &'a Enquiry, key: &str) -> Cow<'a, Enquiry> {
    let parts = [Some(&enquiry.text), enquiry.new_part.as_ref(), enquiry.html.as_ref()];
    if !parts.into_iter().flatten().any(|part| part.contains(key)) {
        return Cow::Borrowed(enquiry);
    }
    let masked = |text: &String| text.replace(key, "…");
    Cow::Owned(Enquiry {
        text: masked(&enquiry.text),
        new_part: enquiry.new_part.as_ref().map(masked),
        html: enquiry.html.as_ref().map(masked),
        ..enquiry.clone()
    })
}

/// Tells further tickets that a letter was sent to as well where it is.
async fn tell_others(
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    others: &[Reference],
    ticket: Reference,
) -> Result<(), DeskError> {
    for other in others {
        let other = change::lock(connection, *other).await?;
        let event = Event::LetterElsewhere { ticket };
        change::write_event(connection, other.id, enquiry.logged_by, &event, enquiry.received_at).await?;
    }
    Ok(())
}

/// A number that somebody gives with a later message is as good as one given with the first.
async fn remember_numbers(
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    locked: &Locked,
) -> Result<(), DeskError> {
    for (kind, value, shown) in create::numbers(&enquiry.sender) {
        let row = (
            contacts::person_id.eq(locked.person),
            contacts::kind.eq(kind),
            contacts::value.eq(value),
            contacts::shown.eq(shown),
        );
        diesel::insert_into(contacts::table).values(row).on_conflict_do_nothing().execute(connection).await?;
    }
    Ok(())
}

async fn write_message(
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    locked: &Locked,
    arrival: Uuid,
    joined: &Joined<'_>,
) -> Result<(), DeskError> {
    let id = new_id();
    let News { subject, new_part } = news(connection, enquiry, locked).await?;
    diesel::insert_into(messages::table)
        .values((
            (
                messages::id.eq(id),
                messages::ticket_id.eq(locked.id),
                messages::kind.eq("inbound"),
                messages::channel.eq(Word(enquiry.channel)),
                messages::staff_id.eq(enquiry.logged_by),
                messages::arrival_id.eq(arrival),
                messages::sender_name.eq(&enquiry.sender.name),
                messages::sender_address.eq(enquiry.author().map(ToString::to_string).unwrap_or_default()),
            ),
            (
                messages::sender_known.eq(joined.part == Part::Takes),
                messages::automatic.eq(enquiry.nature != Nature::Human),
                messages::language.eq(enquiry.language.map(Word)),
                messages::subject.eq(subject),
                messages::text.eq(&enquiry.text),
                messages::new_part.eq(new_part),
                messages::html.eq(enquiry.html.as_deref()),
                messages::mail_id.eq(enquiry.thread.mail_id.as_deref()),
                messages::cc.eq(Json(&enquiry.copied_to)),
                messages::failed_checks.eq(Json(enquiry.authenticity.failed())),
                messages::created_at.eq(jiff_diesel::Timestamp::from(enquiry.received_at)),
            ),
        ))
        .execute(connection)
        .await?;
    attachments::attach(connection, id, &enquiry.files).await?;
    if let Some(answered) = &enquiry.answered {
        questionnaires::attach(connection, id, answered).await?;
    }
    diesel::insert_into(search_pending::table).values(search_pending::message_id.eq(id)).execute(connection).await?;
    if enquiry.authenticity == Authenticity::Signed {
        let row = (
            unjudged::message_id.eq(id),
            unjudged::joined_by.eq(Word(joined.by)),
            unjudged::next_attempt_at.eq(jiff_diesel::Timestamp::from(enquiry.received_at)),
        );
        diesel::insert_into(unjudged::table).values(row).execute(connection).await?;
    }
    Ok(())
}

/// What a letter says beside its text, judged by our letters of its ticket.
#[derive(Default)]
struct News<'a> {
    /// What the subject says that neither the ticket's does nor those of our letters. What staff log has one of its own only
    /// where it does not begin the text.
    subject: Option<&'a str>,
    /// The new part of the text, unless an answer stands in what else is in it.
    new_part: Option<&'a str>,
}

async fn news<'a>(
    connection: &mut AsyncPgConnection,
    enquiry: &'a Enquiry,
    locked: &Locked,
) -> Result<News<'a>, DeskError> {
    let ticket = locked.ticket.reference;
    let begins_the_text = |subject: &&str| enquiry.text.trim_start().starts_with(*subject);
    let subject = subject::news(&enquiry.subject, ticket, &[&locked.subject]);
    let subject = subject.filter(|subject| enquiry.channel != Channel::Web && !begins_the_text(subject));
    let new_part = enquiry.new_part.as_deref();
    if subject.is_none() && new_part.is_none() {
        return Ok(News::default());
    }
    let ours: Vec<(String, String)> = outbox::table
        .filter(outbox::ticket_id.eq(locked.id))
        .order(outbox::number.desc())
        .limit(MOST_LETTERS)
        .select((outbox::letter.retrieve_as_text("subject"), outbox::letter.retrieve_as_text("text")))
        .load(connection)
        .await?;
    let (subjects, texts): (Vec<String>, Vec<String>) = ours.into_iter().unzip();
    let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
    Ok(News {
        subject: subject.and_then(|subject| subject::news(subject, ticket, &subjects)),
        new_part: new_part.filter(|new| !hides_an_answer(&enquiry.text, new, &texts)),
    })
}

/// Letters of ours that an answer is compared with, the newest.
const MOST_LETTERS: i64 = 10;

async fn duplicate(
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    of: Option<Reference>,
    also: &[Reference],
) -> Result<Receipt, DeskError> {
    let locked = match of {
        Some(ticket) => Some(change::lock(connection, ticket).await?),
        None => None,
    };
    ledger::write(connection, enquiry, Outcome::Duplicate, locked.as_ref().map(|locked| locked.id), None).await?;
    if let Some(ticket) = of {
        tell_others(connection, enquiry, also, ticket).await?;
    }
    let due_at = locked.as_ref().map(|locked| locked.due_at);
    Ok(Receipt { outcome: Outcome::Duplicate, ticket: of, due_at, acknowledged: false, reason: None })
}

async fn bounce(
    connection: &mut AsyncPgConnection,
    enquiry: &Enquiry,
    report: BounceReport,
    letter: Option<Letter>,
    ticket: Option<Reference>,
) -> Result<Receipt, DeskError> {
    let reason = format!("{} {}", report.status, report.recipient).trim().replace('\0', "");
    let locked = match ticket {
        Some(ticket) => Some(change::lock(connection, ticket).await?),
        None => None,
    };
    let ticket_id = locked.as_ref().map(|locked| locked.id);
    ledger::write(connection, enquiry, Outcome::Bounce, ticket_id, Some(&reason)).await?;
    if let Some(locked) = &locked {
        diesel::update(tickets::table.find(locked.id)).set(tickets::bounced.eq(true)).execute(connection).await?;
        let event = Event::Bounced { report: report.clone() };
        change::write_event(connection, locked.id, None, &event, enquiry.received_at).await?;
    }
    // That it waits, said too late, does not undo that it came back.
    let is_final = (report.permanence != Permanence::Delayed).into_sql::<Bool>();
    if let Some(letter) = &letter {
        diesel::update(outbox::table.find(letter.id))
            .filter(outbox::bounce.is_null().or(is_final))
            .set(outbox::bounce.eq(Json(&report)))
            .execute(connection)
            .await?;
    }
    if let Some((message, letter)) = letter.as_ref().and_then(|letter| Some((letter.message?, letter))) {
        diesel::update(messages::table.find(message))
            .filter(messages::bounce.is_null().or(is_final))
            .set(messages::bounce.eq(Json(&report)))
            .execute(connection)
            .await?;
        if let (Some(ticket), Permanence::Hard) = (ticket_id, report.permanence) {
            fate::not_answered(connection, ticket, Some(message), &letter.recipient).await?;
        }
    }
    Ok(Receipt { outcome: Outcome::Bounce, ticket, due_at: None, acknowledged: false, reason: Some(reason) })
}
