//! The rules for changes, as tables.

use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::{Change, Decision, FollowUp, Refusal, Seen, decide, next_statuses};
use crate::domain::channel::Channel;
use crate::domain::copies::Copies;
use crate::domain::event::{Event, Step};
use crate::domain::named::Named;
use crate::domain::person::EmailAddress;
use crate::domain::reference::Reference;
use crate::domain::status::{Priority, Status};
use crate::domain::ticket::{Actor, Role, Ticket};

const SUZUKI: Uuid = Uuid::from_u128(7);
const AGENT: Actor = Actor::Staff { id: SUZUKI, role: Role::Agent };

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).expect("a time")
}

fn ticket(status: Status) -> Ticket {
    Ticket {
        reference: Reference::from_number(1),
        status,
        priority: Priority::Normal,
        division: Uuid::from_u128(1),
        topic: "other".into(),
        assignee: None,
        language: None,
        address: Some(EmailAddress::parse("mayor@town.example").expect("an address")),
        enquirer_addresses: vec!["mayor@town.example".into()],
        bounced: false,
        waiting_since: status.waits_for_us().then_some(Timestamp::UNIX_EPOCH),
        answered_at: None,
        version: 4,
    }
}

fn staff(status: Status, change: &Change) -> Result<Decision, Refusal> {
    decide(&ticket(status), AGENT, change, Seen::Version(4), now())
}

fn reply(status: Option<Status>) -> Change {
    Change::Reply { body: "Dear mayor".into(), copies: Copies::default(), status }
}

#[test]
fn what_staff_may_set_from_which_status() {
    use Status::{Closed, New, Open, Pending, Resolved, Spam};
    for (from, to) in [
        (New, &[Open, Pending, Resolved, Closed, Spam][..]),
        (Open, &[Pending, Resolved, Closed, Spam]),
        (Pending, &[Open, Resolved, Closed, Spam]),
        (Resolved, &[Open, Pending, Closed, Spam]),
        (Closed, &[Open, Pending, Resolved, Spam]),
        (Spam, &[New, Open]),
    ] {
        assert_eq!(next_statuses(from), to, "{from}");
        for status in Status::ALL {
            let allowed = *status == from || to.contains(status);
            assert_eq!(staff(from, &Change::SetStatus(*status)).is_ok(), allowed, "{from} to {status}");
        }
    }
}

#[test]
fn what_follows_in_which_status() {
    use Status::{Closed, New, Open, Pending, Resolved, Spam};
    let taken = Change::Assign(Some(SUZUKI));
    let wrote = Change::Receive(Channel::Email);
    for (actor, change, from, to) in [
        (AGENT, &taken, New, New),
        (AGENT, &taken, Pending, Pending),
        (AGENT, &reply(None), New, Pending),
        (AGENT, &reply(None), Closed, Pending),
        (AGENT, &reply(Some(Resolved)), Open, Resolved),
        (Actor::Enquirer, &wrote, New, New),
        (Actor::Enquirer, &wrote, Open, Open),
        (Actor::Enquirer, &wrote, Pending, Open),
        (Actor::Enquirer, &wrote, Resolved, Open),
        (Actor::Enquirer, &wrote, Closed, Open),
        (Actor::Enquirer, &wrote, Spam, Spam),
        (Actor::Machine, &wrote, Pending, Pending),
        (Actor::Machine, &wrote, Resolved, Resolved),
    ] {
        let to = if *change == taken && from == New { Open } else { to };
        let after = decide(&ticket(from), actor, change, Seen::Whatever, now()).expect("allowed").after;
        assert_eq!(after.status, to, "{change:?} on {from}");
    }
}

#[test]
fn waiting_begins_once() {
    let still = staff(Status::New, &Change::Assign(Some(SUZUKI))).expect("allowed").after;
    assert_eq!(still.waiting_since, Some(Timestamp::UNIX_EPOCH), "taking it does not restart the clock");
    let again = decide(&ticket(Status::Closed), Actor::Enquirer, &Change::Receive(Channel::Web), Seen::Whatever, now());
    assert_eq!(again.expect("allowed").after.waiting_since, Some(now()));
    assert_eq!(staff(Status::Open, &reply(None)).expect("allowed").after.waiting_since, None);
}

#[test]
fn refusals() {
    let viewer = Actor::Staff { id: SUZUKI, role: Role::Viewer };
    let note = Change::Note { body: "call back".into() };
    let stale = |change: &Change| decide(&ticket(Status::Open), AGENT, change, Seen::Version(3), now());
    assert_eq!(stale(&reply(None)), Err(Refusal::Held));
    assert_eq!(stale(&Change::SetStatus(Status::Closed)), Err(Refusal::Held));
    assert!(stale(&note).is_ok(), "a note is never held");
    assert_eq!(decide(&ticket(Status::Open), viewer, &note, Seen::Whatever, now()), Err(Refusal::MayOnlyRead));
    assert_eq!(staff(Status::Spam, &reply(None)), Err(Refusal::Spam));
    assert_eq!(staff(Status::Open, &Change::Note { body: " \n".into() }), Err(Refusal::Empty));
    let by_telephone = Ticket { address: None, ..ticket(Status::Open) };
    assert_eq!(decide(&by_telephone, AGENT, &reply(None), Seen::Whatever, now()), Err(Refusal::NoAddress));
}

#[test]
fn spam_that_is_none_is_acknowledged_then() {
    let decision = staff(Status::Spam, &Change::SetStatus(Status::New)).expect("allowed");
    assert_eq!(decision.follow_up, FollowUp::Acknowledge);
    assert_eq!(decision.event, Some(Event::StatusSet { status: Step { from: Status::Spam, to: Status::New } }));
}

#[test]
fn only_what_others_must_know_counts() {
    for (change, counts) in [
        (Change::SetPriority(Priority::High), 0),
        (Change::SetTags(vec!["visa".into()]), 0),
        (Change::Route { division: Uuid::from_u128(1), topic: "seminar".into() }, 0),
        (Change::Route { division: Uuid::from_u128(2), topic: "other".into() }, 1),
        (Change::Note { body: "x".into() }, 1),
        (Change::SetStatus(Status::Closed), 1),
    ] {
        assert_eq!(staff(Status::Open, &change).expect("allowed").after.version - 4, counts, "{change:?}");
    }
}

#[test]
fn who_ends_a_ticket_has_taken_care_of_what_did_not_arrive() {
    use Status::{Closed, New, Open, Pending, Resolved};
    let wrote = Change::Receive(Channel::Email);
    for (actor, from, change, still) in [
        (AGENT, Open, Change::SetStatus(Resolved), false),
        (AGENT, Resolved, Change::SetStatus(Closed), false),
        (AGENT, Resolved, reply(Some(Resolved)), false),
        (AGENT, Resolved, Change::SetStatus(Open), true),
        (AGENT, Open, reply(None), true),
        (AGENT, New, Change::Assign(Some(SUZUKI)), true),
        (AGENT, Pending, Change::Note { body: "call them".into() }, true),
        (Actor::Machine, Resolved, wrote.clone(), true),
        (Actor::Enquirer, Closed, wrote, true),
    ] {
        let before = Ticket { bounced: true, ..ticket(from) };
        let after = decide(&before, actor, &change, Seen::Whatever, now()).expect("allowed").after;
        assert_eq!(after.bounced, still, "{change:?} on {from}");
    }
}

#[test]
fn answers_go_where_staff_say() {
    let [same, other] = ["mayor@town.example", "mayor@city.example"].map(|text| EmailAddress::parse(text).expect(text));
    assert_eq!(staff(Status::Open, &Change::SetAddress(same.clone())).expect("allowed").event, None);
    let decision = staff(Status::Open, &Change::SetAddress(other.clone())).expect("allowed");
    assert_eq!((decision.after.address.as_ref(), decision.after.version), (Some(&other), 5));
    assert_eq!(decision.event, Some(Event::AddressSet { address: Step { from: Some(same), to: Some(other) } }));
}

proptest! {
    #[test]
    fn whoever_waits_for_us_is_in_the_queue(from in 0_usize..6, to in 0_usize..6, enquirer in any::<bool>()) {
        let (from, to) = (Status::ALL[from], Status::ALL[to]);
        let change = if enquirer { Change::Receive(Channel::Email) } else { Change::SetStatus(to) };
        let actor = if enquirer { Actor::Enquirer } else { AGENT };
        if let Ok(decision) = decide(&ticket(from), actor, &change, Seen::Whatever, now()) {
            prop_assert_eq!(decision.after.waiting_since.is_some(), decision.after.status.waits_for_us());
            prop_assert!(decision.after.version >= 4);
        }
    }
}
