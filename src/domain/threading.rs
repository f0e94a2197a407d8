//! Which ticket a letter belongs to.
//!
//! In this order: a signed token in an address it was sent to (of a ticket, or of a letter in its return path), or the
//! Message-ID of our letter in a machine's report on it; `In-Reply-To` and `References` against Message-IDs that the desk
//! sent or received; the reference in the subject. The last two only if the sender takes part in that ticket: otherwise
//! anyone who has seen a reference could write into another's ticket. And the last one only if no check of the sender
//! failed, since an address is easily forged, and a reference is read out on the telephone. Such a letter makes a ticket
//! of its own, which tells staff what it looks related to.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::enquiry::{Enquiry, Nature};
use crate::domain::named::named;
use crate::domain::reference::Reference;

/// What the database knows of the tickets that a letter could belong to.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Whether a ticket exists, and whether the sender takes part in it.
    pub tickets: BTreeMap<u64, Part>,
    /// The tickets of Message-IDs.
    pub by_mail_id: BTreeMap<String, u64>,
    /// Those of the tickets that were taken for spam.
    pub spam: BTreeSet<u64>,
    /// The ticket of the letter of ours to whose return path it was sent, as absence notes and receipts are (RFC 3834, 4),
    /// or that a machine reports on.
    pub of_our_letter: Option<Reference>,
}

/// Whether the sender takes part in a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The address wrote to it or was written to by it.
    Takes,
    /// The address is new to it.
    Stranger,
}

named! {
    /// By what something joins a ticket.
    pub enum Proof as "proof" {
        /// A token that only those have whom the desk gave it to: of an address, or of a form.
        Token = "token",
        /// The Message-ID of an earlier letter.
        MessageId = "message-id",
        /// The reference in the subject, and nothing else.
        Subject = "subject",
        /// Staff say so.
        Staff = "staff",
    }
}

/// Where a letter belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thread {
    /// To this ticket.
    Joins {
        /// The ticket.
        ticket: Reference,
        /// Whether the sender took part before.
        part: Part,
        /// By what it joins.
        by: Proof,
        /// Further tickets whose tokens it was sent to; each has an event with a link.
        also: Vec<Reference>,
    },
    /// To none: a new ticket, perhaps with a hint for staff.
    Begins {
        /// The ticket that it looks related to.
        looks_related_to: Option<Reference>,
    },
}

/// Decides which ticket a letter belongs to. A person's letter to one that was taken for spam makes a ticket of its own,
/// for nobody looks for answers among spam.
#[must_use]
pub fn thread(enquiry: &Enquiry, known: &Known) -> Thread {
    match by_marks(enquiry, known) {
        Thread::Joins { ticket, .. } if known.spam.contains(&ticket.number()) && is_of_a_person(enquiry) => {
            Thread::Begins { looks_related_to: Some(ticket) }
        }
        thread => thread,
    }
}

fn is_of_a_person(enquiry: &Enquiry) -> bool {
    enquiry.nature == Nature::Human && enquiry.doubts.is_empty()
}

fn by_marks(enquiry: &Enquiry, known: &Known) -> Thread {
    let marks = &enquiry.thread;
    let tokens = marks.tickets_by_token.iter().chain(&known.of_our_letter);
    let mut by_token = tokens.filter_map(|ticket| Some((*ticket, part_in(known, *ticket)?)));
    if let Some((ticket, part)) = by_token.next() {
        let mut also: Vec<Reference> = by_token.map(|(other, _)| other).filter(|other| *other != ticket).collect();
        also.dedup();
        return Thread::Joins { ticket, part, by: Proof::Token, also };
    }
    let by_id = marks.answers.iter().filter_map(|id| known.by_mail_id.get(id));
    let by_id = by_id.map(|number| (Reference::from_number(*number), Proof::MessageId));
    let by_subject = marks.mentioned.iter().map(|ticket| (*ticket, Proof::Subject));
    let candidates: Vec<(Reference, Proof)> = by_id.chain(by_subject).collect();
    let is_believed = |proof: Proof| proof != Proof::Subject || enquiry.authenticity.failed().is_empty();
    let takes_part = |ticket: Reference| part_in(known, ticket) == Some(Part::Takes);
    match candidates.iter().find(|(ticket, proof)| is_believed(*proof) && takes_part(*ticket)) {
        Some((ticket, by)) => Thread::Joins { ticket: *ticket, part: Part::Takes, by: *by, also: Vec::new() },
        None => {
            // The same letter by another way, as through a mailing list that wrote a footer below it.
            let same = marks.mail_id.iter().filter_map(|id| known.by_mail_id.get(id));
            let same = same.map(|number| Reference::from_number(*number));
            let mut tickets = candidates.into_iter().map(|(ticket, _)| ticket).chain(same);
            Thread::Begins { looks_related_to: tickets.find(|ticket| part_in(known, *ticket).is_some()) }
        }
    }
}

fn part_in(known: &Known, ticket: Reference) -> Option<Part> {
    known.tickets.get(&ticket.number()).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Known, Part, Proof, Thread, thread};
    use crate::domain::authenticity::{Authenticity, Check};
    use crate::domain::enquiry::{Doubt, Enquiry, Nature, ThreadMarks, samples};
    use crate::domain::reference::Reference;

    fn reference(number: u64) -> Reference {
        Reference::from_number(number)
    }

    fn letter(marks: ThreadMarks) -> Enquiry {
        Enquiry { thread: marks, ..samples::letter() }
    }

    /// Ticket 1 is the sender's, ticket 2 somebody else's; a letter with id `a` is in 1, `b` in 2.
    fn known() -> Known {
        Known {
            tickets: [(1, Part::Takes), (2, Part::Stranger)].into(),
            by_mail_id: [("a".to_owned(), 1), ("b".to_owned(), 2)].into(),
            spam: BTreeSet::new(),
            of_our_letter: None,
        }
    }

    fn joins(number: u64, part: Part, by: Proof) -> Thread {
        Thread::Joins { ticket: reference(number), part, by, also: Vec::new() }
    }

    fn begins(related: Option<u64>) -> Thread {
        Thread::Begins { looks_related_to: related.map(reference) }
    }

    #[test]
    fn token_then_ids_then_reference() {
        let ids = |list: &[&str]| list.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let numbers = |list: &[u64]| list.iter().map(|number| reference(*number)).collect::<Vec<_>>();
        for (name, tokens, answers, mentioned, expected) in [
            (
                "a token suffices, even for a stranger",
                &[2][..],
                &[][..],
                &[1][..],
                joins(2, Part::Stranger, Proof::Token),
            ),
            ("a token wins over ids", &[1], &["b"], &[], joins(1, Part::Takes, Proof::Token)),
            (
                "a token of a ticket that is not there is none",
                &[9],
                &["a"],
                &[],
                joins(1, Part::Takes, Proof::MessageId),
            ),
            ("an id of one's own ticket", &[], &["a"], &[], joins(1, Part::Takes, Proof::MessageId)),
            ("an id of another's ticket", &[], &["b"], &[], begins(Some(2))),
            ("another's first, one's own next", &[], &["b", "a"], &[], joins(1, Part::Takes, Proof::MessageId)),
            ("an unknown id", &[], &["x"], &[], begins(None)),
            ("a reference to one's own ticket", &[], &[], &[1], joins(1, Part::Takes, Proof::Subject)),
            ("a stranger's reference", &[], &[], &[2], begins(Some(2))),
            ("a reference that is not there", &[], &[], &[7], begins(None)),
            ("nothing", &[], &[], &[], begins(None)),
        ] {
            let marks = ThreadMarks {
                tickets_by_token: numbers(tokens),
                answers: ids(answers),
                mentioned: numbers(mentioned),
                ..ThreadMarks::default()
            };
            assert_eq!(thread(&letter(marks), &known()), expected, "{name}");
        }
    }

    #[test]
    fn the_same_letter_by_a_list_points_at_the_first() {
        for id in ["a", "b"] {
            let marks = ThreadMarks { mail_id: Some(id.to_owned()), ..ThreadMarks::default() };
            assert_eq!(thread(&letter(marks), &known()), begins(known().by_mail_id.get(id).copied()), "{id}");
        }
    }

    #[test]
    fn a_person_is_not_heard_among_spam() {
        let known = Known { spam: [1].into(), ..known() };
        let marks = ThreadMarks { tickets_by_token: vec![reference(1)], ..ThreadMarks::default() };
        let letter = letter(marks);
        assert_eq!(thread(&letter, &known), begins(Some(1)));
        let machine = Enquiry { nature: Nature::Automatic, ..letter.clone() };
        let spam = Enquiry { doubts: vec![Doubt::FilteredAsSpam], ..letter };
        for other in [machine, spam] {
            assert_eq!(thread(&other, &known), joins(1, Part::Takes, Proof::Token));
        }
    }

    #[test]
    fn further_tokens_are_linked() {
        let marks =
            ThreadMarks { tickets_by_token: vec![reference(1), reference(2), reference(1)], ..ThreadMarks::default() };
        let (part, by) = (Part::Takes, Proof::Token);
        let expected = Thread::Joins { ticket: reference(1), part, by, also: vec![reference(2)] };
        assert_eq!(thread(&letter(marks), &known()), expected);
    }

    #[test]
    fn what_comes_to_a_return_path_joins_its_letters_ticket() {
        let marks = |tokens: &[u64], answers: &[&str]| ThreadMarks {
            tickets_by_token: tokens.iter().map(|number| reference(*number)).collect(),
            answers: answers.iter().map(|id| (*id).to_owned()).collect(),
            ..ThreadMarks::default()
        };
        let known = Known { of_our_letter: Some(reference(2)), ..known() };
        assert_eq!(thread(&letter(marks(&[], &["a"])), &known), joins(2, Part::Stranger, Proof::Token));
        let (part, by) = (Part::Takes, Proof::Token);
        let both = Thread::Joins { ticket: reference(1), part, by, also: vec![reference(2)] };
        assert_eq!(thread(&letter(marks(&[1], &[])), &known), both, "a ticket's own token goes before");
    }

    #[test]
    fn a_sender_who_fails_is_not_believed_by_the_subject_alone() {
        let marks = |tokens: &[u64], answers: &[&str]| ThreadMarks {
            tickets_by_token: tokens.iter().map(|number| reference(*number)).collect(),
            answers: answers.iter().map(|id| (*id).to_owned()).collect(),
            mentioned: vec![reference(1)],
            ..ThreadMarks::default()
        };
        let judged = |failed: &[Check]| Authenticity::Judged { failed: failed.to_vec() };
        for (authenticity, tokens, answers, expected) in [
            (judged(&[Check::Dkim]), &[][..], &[][..], begins(Some(1))),
            (judged(&[Check::Spf]), &[1], &[], joins(1, Part::Takes, Proof::Token)),
            (judged(&[Check::Dmarc]), &[], &["a"], joins(1, Part::Takes, Proof::MessageId)),
            (judged(&[]), &[], &[], joins(1, Part::Takes, Proof::Subject)),
            (Authenticity::Signed, &[], &[], joins(1, Part::Takes, Proof::Subject)),
        ] {
            let letter = Enquiry { authenticity: authenticity.clone(), ..letter(marks(tokens, answers)) };
            assert_eq!(thread(&letter, &known()), expected, "{authenticity:?} {tokens:?} {answers:?}");
        }
    }
}
