//! The writer: takes the arrivals that wait, and stores them together.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::AssertUnwindSafe;

use diesel_async::AsyncPgConnection;
use futures_util::FutureExt;
use tokio::sync::{mpsc, oneshot};

use crate::desk::receive::correct::Around;
use crate::desk::receive::{Arrival, NotUnderstood, Receipt, append, context, create, ledger, plan};
use crate::desk::{Desk, DeskError};
use crate::domain::arrival::Obstacle;
use crate::domain::channel::Channel;
use crate::domain::enquiry::Enquiry;
use crate::postgres::DatabaseError;

/// The most arrivals that are stored together.
const BATCH: usize = 64;
/// Writers: two keep PostgreSQL busy while one of them thinks; more gain nothing.
const WRITERS: usize = 2;
/// Arrivals that wait for a writer before a door has to wait.
const WAITING: usize = 256;
/// The most bytes that are stored together, so that large letters do not pile up in memory.
const BATCH_BYTES: usize = 8 * 1024 * 1024;

struct Job {
    arrival: Arrival,
    answer: oneshot::Sender<Result<Receipt, DeskError>>,
}

/// The door in for a running service. Cheap to clone.
#[derive(Clone)]
pub struct Intake {
    writers: Vec<mpsc::Sender<Job>>,
}

impl Intake {
    /// Starts the writers.
    #[must_use]
    pub fn start(desk: &Desk) -> Self {
        let writers = (0..WRITERS)
            .map(|_| {
                let (jobs, waiting) = mpsc::channel(WAITING);
                tokio::spawn(write(desk.clone(), waiting));
                jobs
            })
            .collect();
        Self { writers }
    }

    /// Stores an arrival together with others that come at the same time.
    ///
    /// # Errors
    /// When it could not be stored; then nothing of it is.
    pub async fn receive(&self, arrival: Arrival) -> Result<Receipt, DeskError> {
        let (answer, stored) = oneshot::channel();
        // One sender's arrivals go to one writer, so that two of them at once are seen one after the other.
        let mut hasher = DefaultHasher::new();
        arrival.sender().hash(&mut hasher);
        let writer = &self.writers[(hasher.finish() % WRITERS as u64) as usize];
        let stopped = || DeskError::from(DatabaseError::Away("the intake has stopped".into()));
        writer.send(Job { arrival, answer }).await.map_err(|_| stopped())?;
        stored.await.map_err(|_| stopped())?
    }
}

async fn write(desk: Desk, mut waiting: mpsc::Receiver<Job>) {
    let mut left_over: Option<Job> = None;
    loop {
        let first = match left_over.take() {
            Some(job) => job,
            None => match waiting.recv().await {
                Some(job) => job,
                None => return,
            },
        };
        let mut batch = vec![first];
        let mut apart = HashSet::from([batch[0].arrival.sender()]);
        let mut bytes = size(&batch[0].arrival);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            match waiting.try_recv() {
                Ok(job) if apart.insert(job.arrival.sender()) => {
                    bytes += size(&job.arrival);
                    batch.push(job);
                }
                Ok(job) => {
                    left_over = Some(job);
                    break;
                }
                Err(_) => break,
            }
        }
        store(&desk, batch).await;
    }
}

fn size(arrival: &Arrival) -> usize {
    match arrival {
        Arrival::Enquiry(enquiry) => {
            enquiry.raw.len() + enquiry.files.iter().map(|file| file.content.len()).sum::<usize>()
        }
        Arrival::NotUnderstood(arrival) => arrival.raw.len(),
    }
}

async fn store(desk: &Desk, batch: Vec<Job>) {
    let (mut enquiries, mut answers) = (Vec::new(), Vec::new());
    let ready = async { Ok::<_, DeskError>((desk.directory().await?.addresses(), desk.database.connection().await?)) };
    let (ours, mut connection) = match ready.await {
        Ok(ready) => ready,
        Err(error) => {
            let words = error.to_string();
            for job in batch {
                let _ = job.answer.send(Err(DatabaseError::Away(words.clone()).into()));
            }
            return;
        }
    };
    for job in batch {
        match job.arrival {
            Arrival::Enquiry(enquiry) => {
                enquiries.push(enquiry.not_answered_to(&ours));
                answers.push(job.answer);
            }
            other @ Arrival::NotUnderstood(_) => {
                // As below.
                let _ = job.answer.send(store_one(desk, &mut connection, other).await);
            }
        }
    }
    let mut receipts = vec![None; enquiries.len()];
    let together = store_together(desk, &mut connection, &enquiries, &mut receipts);
    let together = AssertUnwindSafe(together).catch_unwind().await;
    drop(connection);
    let away = match together {
        Ok(Ok(())) => None,
        Ok(Err(DeskError::Database(error))) if !error.is_taken() && !is_at_fault(&error) => Some(error.to_string()),
        Ok(Err(error)) => {
            tracing::warn!(%error, "arrivals could not be stored together; each is tried alone");
            None
        }
        Err(_) => None,
    };
    for ((enquiry, receipt), answer) in enquiries.into_iter().zip(receipts).zip(answers) {
        let stored = match (receipt, &away) {
            (Some(receipt), _) => Ok(receipt),
            // The database is in trouble: it would be for each of them.
            (None, Some(words)) => Err(DatabaseError::Away(words.clone()).into()),
            // One of them is at fault; each alone, the others do not suffer.
            (None, None) => desk.receive(Arrival::Enquiry(Box::new(enquiry))).await,
        };
        // A door whose client has gone does not wait for the answer; the arrival is stored all the same.
        let _ = answer.send(stored);
    }
}

/// Stores one arrival; what makes this code fail is quarantined.
pub(super) async fn store_one(
    desk: &Desk,
    connection: &mut AsyncPgConnection,
    arrival: Arrival,
) -> Result<Receipt, DeskError> {
    let enquiry = match arrival {
        Arrival::NotUnderstood(arrival) => {
            let receipt = ledger::quarantine(connection, &arrival).await?;
            desk.changed();
            return Ok(receipt);
        }
        Arrival::Enquiry(enquiry) => enquiry.not_answered_to(&desk.directory().await?.addresses()),
    };
    let mut reason = "the desk failed to understand it".to_owned();
    // Twice: who loses a race for a unique key finds the winner's row the second time.
    for _ in 0..3 {
        let mut receipt = [None];
        let attempt = store_together(desk, connection, std::slice::from_ref(&enquiry), &mut receipt);
        match AssertUnwindSafe(attempt).catch_unwind().await {
            Ok(Ok(())) => match receipt {
                [Some(receipt)] => return Ok(receipt),
                [None] => break,
            },
            Ok(Err(DeskError::Database(error))) if error.is_taken() => reason = error.to_string(),
            Ok(Err(DeskError::Database(error))) if is_at_fault(&error) => {
                reason = error.to_string();
                break;
            }
            Ok(Err(error)) => return Err(error),
            Err(_) => break,
        }
    }
    tracing::error!(reason, channel = %enquiry.channel, "an arrival was quarantined");
    // Not on the same connection: a panic may have left a transaction open on it, which would end in a rollback.
    let mut another = desk.database.connection().await?;
    let receipt = ledger::quarantine(&mut another, &not_understood(enquiry, Obstacle::Other(reason))).await?;
    desk.changed();
    Ok(receipt)
}

/// Whether the database objected to the values, not to being asked.
pub(super) fn is_at_fault(error: &DatabaseError) -> bool {
    use diesel::result::{DatabaseErrorKind, Error};
    match error {
        DatabaseError::Statement(Error::DatabaseError(kind, words)) => match kind {
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::ReadOnlyTransaction => false,
            DatabaseErrorKind::Unknown => !is_trouble_of_the_server(words.message()),
            _ => true,
        },
        DatabaseError::Statement(Error::SerializationError(_)) | DatabaseError::Row(_) => true,
        _ => false,
    }
}

/// Full disks, timeouts and shutdowns come without a kind of their own; the message is all that diesel passes on.
fn is_trouble_of_the_server(words: &str) -> bool {
    [
        "No space left",
        "could not extend",
        "could not write",
        "canceling statement",
        "terminating connection",
        "out of memory",
        "recovery mode",
        "shutting down",
        "starting up",
        "Disk quota",
        "could not access",
        "PANIC",
        "connection",
    ]
    .iter()
    .any(|sign| words.contains(sign))
}

fn not_understood(enquiry: Enquiry, reason: Obstacle) -> NotUnderstood {
    NotUnderstood {
        channel: enquiry.channel,
        received_at: enquiry.received_at,
        raw: enquiry.raw,
        sender: enquiry.sender.email.map(|email| email.to_string()).unwrap_or_default(),
        recipients: enquiry.recipients,
        reason,
    }
}

/// Stores enquiries of different senders, and fills in the receipt of each as soon as it is committed. Those that make
/// tickets go in one statement.
pub(super) async fn store_together(
    desk: &Desk,
    connection: &mut AsyncPgConnection,
    enquiries: &[Enquiry],
    receipts: &mut [Option<Receipt>],
) -> Result<(), DeskError> {
    if enquiries.is_empty() {
        return Ok(());
    }
    let directory = desk.directory().await?;
    let known = context::read(connection, enquiries).await?;
    let around = Around { desk, directory: &directory, known: &known };
    let mut creations = Vec::new();
    for (index, enquiry) in enquiries.iter().enumerate() {
        match plan::plan(enquiry, &known) {
            plan::Plan::Create { looks_related_to } => creations.push((index, enquiry, looks_related_to)),
            plan => {
                receipts[index] = Some(append::store(around, connection, enquiry, plan).await?);
                desk.changed();
            }
        }
    }
    let made: Vec<_> = creations.iter().map(|(_, enquiry, related)| (*enquiry, *related)).collect();
    let created = create::store(desk, connection, &directory, &known, &made).await?;
    for ((index, ..), receipt) in creations.into_iter().zip(created) {
        receipts[index] = Some(receipt);
    }
    desk.changed();
    if enquiries.iter().any(|enquiry| matches!(enquiry.channel, Channel::Web | Channel::Email)) {
        desk.letter_written();
    }
    Ok(())
}
