//! Which life a ticket has: what is asked, by whom, what comes of it and when.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::desk::demo::answers;
use crate::desk::demo::chance::Chance;
use crate::desk::demo::life::Life;
use crate::desk::demo::person::Person;
use crate::desk::demo::raw;
use crate::desk::demo::rows::Rows;
use crate::desk::demo::texts::Filling;
use crate::desk::demo::world::{Member, World};
use crate::desk::receive::letter::sameness_of;
use crate::domain::authenticity::Authenticity;
use crate::domain::change::Change;
use crate::domain::channel::Channel;
use crate::domain::enquiry::{Doubt, Enquiry, File, Nature, Sender, ThreadMarks};
use crate::domain::language::Language;
use crate::domain::questionnaire::Answered;
use crate::domain::routing::OTHER;
use crate::domain::status::{Priority, Status};

/// How a ticket stands at the end of its story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It is under way.
    Live(Status),
    /// It is answered.
    Done,
    /// It is no enquiry.
    Spam,
    /// A machine wrote it.
    Machine,
}

/// Something that happens to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Assign,
    Route,
    Note,
    Tag,
    Urge,
    Reply(Status),
    Answer,
    Thank,
    Bounce,
    Set(Status),
}

/// Tells the story of one ticket.
pub(super) fn tell(world: &World, rows: &mut Rows, number: u64, at: Timestamp, person: &Person, ending: Ending) {
    let mut chance = Chance::new(world.seed, number);
    let by = chance.pick(&world.staff);
    let (enquiry, topic) = enquire(world, &mut chance, person, by, at, ending);
    let steps = steps(&mut chance, &enquiry, at, world.times.now, ending);
    let times = times(world, &mut chance, at, &steps);
    let Some(mut life) = Life::begin(world, rows, &mut chance, person, number, enquiry) else { return };
    for (step, at) in steps.into_iter().zip(times) {
        take(&mut life, &mut chance, by, &topic, step, at);
    }
    if chance.happens(0.05) {
        life.also_about(chance.pick(&world.directory.topics).slug.as_str());
    }
    life.end();
}

fn filling<'a>(world: &World, person: &'a Person, topic: &'a str, at: Timestamp) -> Filling<'a> {
    Filling {
        place: &person.place,
        partner: &person.partner,
        name: &person.sender.name,
        org: &person.sender.organisation,
        topic,
        year: world.times.year(at),
    }
}

/// What somebody sends or says, and what it is about.
fn enquire(
    world: &World,
    chance: &mut Chance,
    person: &Person,
    by: &Member,
    at: Timestamp,
    ending: Ending,
) -> (Enquiry, String) {
    let texts = &world.texts;
    let tongue = texts.of(person.language);
    let topic = chance.pick(&world.directory.topics);
    let about = tongue.about(&topic.slug);
    let shown = topic.names.text(person.language);
    let filling = filling(world, person, shown, at);
    let channel = channel(world, chance, person, at, ending);
    let (subject, text) = match ending {
        Ending::Spam => (chance.word(&texts.spam.subjects), vec![chance.word(&texts.spam.texts)]),
        Ending::Machine => (chance.word(&texts.machine.subjects), vec![chance.word(&texts.machine.texts)]),
        _ if is_spoken(channel) => (chance.word(&about.subjects), vec![chance.word(&tongue.calls)]),
        _ => {
            let mut parts = vec![chance.word(&tongue.greetings), chance.word(&about.questions)];
            if chance.happens(0.35) {
                let further = chance.word(&about.questions);
                parts.extend((!parts.contains(&further)).then_some(further));
            }
            parts.push(chance.word(&tongue.closings));
            (chance.word(&about.subjects), parts)
        }
    };
    let subject = filling.fill(subject, chance);
    let between = if matches!(person.language, Language::English | Language::French) { "\n\n" } else { "\n" };
    let text = text.into_iter().map(|part| filling.fill(part, chance)).collect::<Vec<_>>().join(between);
    let mut sender = person.sender.clone();
    if ending == Ending::Spam {
        sender.name = chance.word(&texts.spam.senders).to_owned();
    }
    if channel == Channel::Fax {
        sender.fax = sender.telephone.take();
    }
    let files: Vec<File> = match chance.happens(0.08) && matches!(channel, Channel::Web | Channel::Email) {
        true => vec![chance.pick(&world.files).clone()],
        false => Vec::new(),
    };
    let set = world.directory.questionnaire(&topic.slug).filter(|_| channel == Channel::Web && ending != Ending::Spam);
    let answered = set.and_then(|set| answers::answers(set, chance, person, at));
    let enquiry =
        arrived(world, chance, Said { channel, sender, topic: &topic.slug, subject, text, files, answered }, by, at);
    let nature = if ending == Ending::Machine { Nature::Automatic } else { Nature::Human };
    let doubt = (ending == Ending::Spam && channel == Channel::Web).then_some(Doubt::HiddenFieldFilled);
    let doubts = doubt.into_iter().collect();
    let language = Some(person.language).filter(|_| !matches!(ending, Ending::Spam | Ending::Machine));
    (Enquiry { nature, doubts, language, ..enquiry }, topic.slug.clone())
}

fn is_spoken(channel: Channel) -> bool {
    matches!(channel, Channel::Phone | Channel::Visit)
}

fn channel(world: &World, chance: &mut Chance, person: &Person, at: Timestamp, ending: Ending) -> Channel {
    use Channel::{Api, Email, Fax, Phone, Post, Visit, Web};
    match (ending, person.sender.email.is_some()) {
        (Ending::Machine, _) => Email,
        (Ending::Spam, _) => chance.weighed(&[(Web, 2), (Email, 1)]),
        (_, true) if world.times.is_open(at) => {
            chance.weighed(&[(Web, 52), (Email, 34), (Phone, 7), (Fax, 2), (Visit, 3), (Post, 1), (Api, 1)])
        }
        (_, true) => chance.weighed(&[(Web, 60), (Email, 39), (Api, 1)]),
        (_, false) if world.times.is_open(at) => chance.weighed(&[(Phone, 70), (Fax, 15), (Visit, 8), (Post, 7)]),
        (_, false) => chance.weighed(&[(Fax, 2), (Web, 3)]),
    }
}

/// What a door was given.
struct Said<'a> {
    channel: Channel,
    sender: Sender,
    topic: &'a str,
    subject: String,
    text: String,
    files: Vec<File>,
    answered: Option<Answered>,
}

/// The enquiry that a door makes of it.
fn arrived(world: &World, chance: &mut Chance, said: Said<'_>, by: &Member, at: Timestamp) -> Enquiry {
    let Said { channel, sender, topic, subject, text, files, answered } = said;
    let division = world.directory.divisions.first().map(|division| division.email.to_string()).unwrap_or_default();
    let mut thread = ThreadMarks::default();
    let (raw, sameness, form) = match channel {
        Channel::Email => {
            let host = sender.email.as_ref().map_or("mail.example", |email| email.host()).to_owned();
            let mail_id = format!("{}@{host}", chance.id(at).simple());
            let headers = raw::Headers {
                sender: &sender,
                to: &division,
                subject: &subject,
                at,
                mail_id: &mail_id,
                references: &[],
                automatic: false,
            };
            let (raw, begins) = raw::letter(&headers, &text, &files);
            let sameness = sameness_of(&[&mail_id], &sender, &raw[begins..]);
            thread.mail_id = Some(mail_id);
            (raw, sameness, None)
        }
        _ => {
            let nonce: [u8; 16] = chance.bytes();
            let by_form = matches!(channel, Channel::Web | Channel::Api);
            let raw = match by_form {
                true => raw::form(&sender, topic, &subject, &text, answered.as_ref(), &files),
                false => raw::logged(&channel.to_string(), &sender, topic, &subject, &text),
            };
            let kind: &[u8] = if by_form { b"form" } else { b"log" };
            let sameness = Sha256::new().chain_update(kind).chain_update(nonce).chain_update(&raw).finalize().into();
            (raw, sameness, Some(nonce))
        }
    };
    Enquiry {
        channel,
        received_at: at,
        raw,
        sameness,
        form,
        sender,
        recipients: if channel == Channel::Email { vec![division] } else { Vec::new() },
        copied_to: Vec::new(),
        subject,
        text,
        new_part: None,
        html: None,
        language: None,
        topic: (channel != Channel::Email).then(|| topic.to_owned()),
        answered,
        files,
        nature: Nature::Human,
        thread,
        authenticity: Authenticity::Unknown,
        doubts: Vec::new(),
        logged_by: (!matches!(channel, Channel::Email | Channel::Web | Channel::Api)).then_some(by.id),
    }
}

/// What happens after it came.
fn steps(chance: &mut Chance, enquiry: &Enquiry, at: Timestamp, now: Timestamp, ending: Ending) -> Vec<Step> {
    let reachable = enquiry.sender.email.is_some();
    let old = now.duration_since(at).as_hours() > 60;
    let mut steps = Vec::new();
    match ending {
        Ending::Live(Status::New) => return steps,
        Ending::Spam if !enquiry.doubts.is_empty() => return steps,
        Ending::Spam => return vec![Step::Set(Status::Spam)],
        Ending::Machine => return vec![Step::Set(Status::Closed)],
        Ending::Live(_) | Ending::Done => steps.push(Step::Assign),
    }
    for (step, probability) in [(Step::Note, 0.12), (Step::Tag, 0.1), (Step::Urge, 0.06)] {
        steps.extend(chance.happens(probability).then_some(step));
    }
    steps.extend((enquiry.channel == Channel::Email && chance.happens(0.7)).then_some(Step::Route));
    match ending {
        Ending::Live(Status::Pending) if reachable => {
            steps.push(Step::Reply(Status::Pending));
            steps.extend(chance.happens(0.03).then_some(Step::Bounce));
        }
        Ending::Live(Status::Pending) => steps.push(Step::Set(Status::Pending)),
        Ending::Live(_) if reachable && old && chance.happens(0.9) => {
            steps.extend([Step::Reply(Status::Pending), Step::Answer]);
        }
        Ending::Live(_) => {}
        _ if !reachable => steps.push(Step::Set(Status::Resolved)),
        _ if chance.happens(0.012) => {
            steps.extend([Step::Reply(Status::Pending), Step::Bounce, Step::Set(Status::Closed)]);
        }
        _ if chance.happens(0.25) => {
            steps.extend([Step::Reply(Status::Pending), Step::Answer, Step::Reply(Status::Resolved)]);
            steps
                .extend(chance.happens(0.15).then_some([Step::Thank, Step::Set(Status::Closed)]).into_iter().flatten());
        }
        _ => {
            steps.push(Step::Reply(if chance.happens(0.8) { Status::Resolved } else { Status::Pending }));
            steps.extend(chance.happens(0.3).then_some(Step::Set(Status::Closed)));
        }
    }
    if ending == Ending::Done && steps.last() == Some(&Step::Reply(Status::Pending)) {
        steps.push(Step::Set(Status::Closed));
    }
    steps
}

/// When it happens: staff work in office hours; what would not be over by now was done faster.
fn times(world: &World, chance: &mut Chance, at: Timestamp, steps: &[Step]) -> Vec<Timestamp> {
    let mut last = at;
    let mut times = Vec::new();
    for step in steps {
        let minutes = match step {
            Step::Assign => chance.between(3, 300),
            Step::Note | Step::Tag | Step::Urge | Step::Route => chance.between(1, 20),
            Step::Reply(_) => chance.between(15, 1500),
            Step::Answer | Step::Thank => chance.between(20, 2800),
            Step::Bounce => chance.between(1, 3),
            Step::Set(_) => chance.between(10, 6000),
        };
        let then = last + SignedDuration::from_secs(minutes * 60 + chance.between(0, 59));
        last = match step {
            Step::Answer | Step::Thank | Step::Bounce => then,
            _ => world.times.when_open(then, minutes).max(then),
        };
        times.push(last);
    }
    if last >= world.times.now {
        let span = world.times.now.duration_since(at).as_millis_f64();
        let pieces = steps.len() as f64 + 1.0;
        let part = |index: usize| SignedDuration::from_millis((span * (index as f64 + 1.0) / pieces) as i64);
        times = (0..steps.len()).map(|index| at + part(index)).collect();
    }
    times
}

fn take(life: &mut Life<'_>, chance: &mut Chance, by: &Member, topic: &str, step: Step, at: Timestamp) {
    let (world, person) = (life.world, life.person);
    let tongue = world.texts.of(person.language);
    let filling = filling(world, person, topic, at);
    match step {
        Step::Assign => {
            life.change(chance, by, &Change::Assign(Some(by.id)), at);
        }
        Step::Route => {
            let known = world.directory.topic(topic).filter(|topic| topic.slug != OTHER);
            if let Some(known) = known {
                life.change(chance, by, &Change::Route { division: known.division, topic: known.slug.clone() }, at);
            }
        }
        Step::Note => {
            let note = filling.fill(chance.word(&world.texts.staff.notes), chance);
            life.note(chance, by, &note, at);
        }
        Step::Tag => {
            let tags = (0..chance.between(1, 2)).map(|_| chance.pick(&world.texts.staff.tags).clone()).collect();
            life.change(chance, by, &Change::SetTags(tags), at);
        }
        Step::Urge => {
            let priority = chance.weighed(&[(Priority::High, 5), (Priority::Urgent, 1), (Priority::Low, 4)]);
            life.change(chance, by, &Change::SetPriority(priority), at);
        }
        Step::Reply(status) => {
            let about = tongue.about(topic);
            let parts = [&tongue.answers_open, &about.answers, &tongue.answers_close];
            let body = parts.map(|part| filling.fill(chance.word(part), chance)).join("\n\n");
            let files = if chance.happens(0.05) { vec![chance.pick(&world.files).clone()] } else { Vec::new() };
            life.reply(chance, by, &body, &files, Some(status), at);
        }
        Step::Answer => {
            let said = filling.fill(chance.word(&tongue.follow_ups), chance);
            life.answered(chance, &said, at);
        }
        Step::Thank => {
            let said = filling.fill(chance.word(&tongue.thanks), chance);
            life.answered(chance, &said, at);
        }
        Step::Bounce => life.bounce(chance, at),
        Step::Set(status) => {
            life.change(chance, by, &Change::SetStatus(status), at);
        }
    }
}
