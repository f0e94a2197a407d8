//! Lifelike enquiries, as many as one likes: to look at the desk, and to measure it.
//!
//! A ticket's story is chosen ([`story`]), lived by the desk's own rules ([`life`]), and its rows go to the database by
//! `COPY` ([`load`]), thousands of tickets at a time. All addresses are under names that nobody can have (RFC 2606), and
//! every letter has been sent long ago: nothing of it leaves the desk.

mod answers;
mod chance;
mod life;
mod load;
mod person;
mod raw;
mod rows;
mod story;
mod texts;
mod times;
mod world;

use std::sync::Arc;

use futures_util::future::try_join_all;
use jiff::Timestamp;
use tokio::sync::mpsc;

use crate::desk::demo::chance::Chance;
use crate::desk::demo::load::Loader;
use crate::desk::demo::person::{First, Person};
use crate::desk::demo::rows::Rows;
use crate::desk::demo::story::Ending;
use crate::desk::demo::times::Period;
use crate::desk::demo::world::World;
use crate::desk::{Desk, DeskError, receive};
use crate::domain::status::Status;

/// Tickets that are stored together, and how many such batches at the same time.
const BATCH: usize = 2_500;
const ABREAST: usize = 2;
/// Tickets under way, where there are enough of them for a lively desk; of more, this share.
const LIVELY: usize = 120;
const LIVE_SHARE: usize = 50;
/// People who ask again, of those who ask.
const ASK_AGAIN: f64 = 0.35;

impl Desk {
    /// Adds so many enquiries to what is there. `progress` hears how many are stored.
    ///
    /// # Errors
    /// When the database does not answer; what was stored by then stays.
    pub async fn add_demo(
        &self,
        tickets: usize,
        seed: u64,
        now: Timestamp,
        progress: impl Fn(usize),
    ) -> Result<(), DeskError> {
        let world = Arc::new(World::read(self, seed, now).await?);
        if tickets == 0 || world.staff.is_empty() {
            return Err(DeskError::NotFound { what: "member of staff who may work with tickets" });
        }
        let numbers = receive::draw_numbers(&mut *self.database.connection().await?, tickets).await?;
        let mut loaders = Vec::new();
        for _ in 0..ABREAST {
            loaders.push(Loader::connect(&self.database).await?);
        }
        load::prepare(&loaders[0], tickets).await?;
        // Some batches are written while the next are thought of.
        let (batches, mut written) = mpsc::channel(1);
        let thinking = tokio::task::spawn_blocking(move || think(&world, &numbers, &batches));
        let mut stored = Ok(());
        let mut count = 0;
        while let Some(abreast) = written.recv().await {
            let abreast: Vec<(usize, Rows)> = abreast;
            count += abreast.iter().map(|(tickets, _)| tickets).sum::<usize>();
            let storing = loaders.iter().zip(abreast).map(|(loader, (_, rows))| loader.store(rows));
            stored = try_join_all(storing).await.map(drop);
            if stored.is_err() {
                break;
            }
            progress(count);
        }
        drop(written);
        // It ends as soon as nobody takes its batches.
        let _ = thinking.await;
        // However it ended, the search index goes back to its way.
        stored.and(load::finish(&loaders[0], tickets).await)?;
        Ok(())
    }
}

/// Thinks of all stories, in the order in which they began.
fn think(world: &World, numbers: &[u64], batches: &mpsc::Sender<Vec<(usize, Rows)>>) {
    let cast = Cast::of(numbers.len());
    let mut people: Vec<First> = Vec::new();
    for (round, numbers) in numbers.chunks(BATCH * ABREAST).enumerate() {
        // Batches that are stored at the same time do not see each other's people.
        let mut newcomers = Vec::new();
        let mut abreast = Vec::new();
        for (batch, numbers) in numbers.chunks(BATCH).enumerate() {
            let mut rows = Rows::new();
            for (index, number) in numbers.iter().enumerate() {
                let mut chance = Chance::new(world.seed, *number | 1 << 49);
                let index = (round * ABREAST + batch) * BATCH + index;
                let (period, place, ending) = cast.role(index, &mut chance);
                let at = world.times.of(period, place);
                let again = !people.is_empty() && ending != Ending::Spam && chance.happens(ASK_AGAIN);
                let first = if again { *chance.pick(&people) } else { First { number: *number, at } };
                let person = Person::new(&world.texts, world.seed, first);
                if !again {
                    write_person(&mut rows, &person, at);
                    // Only by an address does the desk know somebody again.
                    newcomers.extend(person.sender.email.is_some().then_some(first));
                }
                story::tell(world, &mut rows, *number, at, &person, ending);
            }
            abreast.push((numbers.len(), rows));
        }
        people.append(&mut newcomers);
        if batches.blocking_send(abreast).is_err() {
            return;
        }
    }
}

fn write_person(rows: &mut Rows, person: &Person, at: Timestamp) {
    let sender = &person.sender;
    rows.people.row().plain(person.id).text(&sender.name).text(&sender.organisation).plain(at);
    if let Some(email) = &sender.email {
        rows.contacts.row().plain(person.id).plain("email").text(&email.folded()).text(email.as_str());
    }
    if let Some(number) = &sender.telephone {
        rows.contacts.row().plain(person.id).plain("phone").text(&number.value).text(&number.shown);
    }
}

/// How many tickets there are of each kind.
struct Cast {
    tickets: usize,
    /// The newest, of which half are under way: the newer the more.
    recent: usize,
}

impl Cast {
    fn of(tickets: usize) -> Self {
        let live = (tickets / LIVE_SHARE).max(LIVELY.min(tickets * 7 / 20));
        Self { tickets, recent: (2 * live).min(tickets) }
    }

    /// When the ticket of this place in the row came, and how it ends.
    fn role(&self, index: usize, chance: &mut Chance) -> (Period, f64, Ending) {
        let old = self.tickets - self.recent;
        let within = |index: usize, of: usize, chance: &mut Chance| (index as f64 + chance.share()) / of.max(1) as f64;
        if index < old {
            let ending = match chance.between(0, 999) {
                0..=34 => Ending::Spam,
                35..=54 => Ending::Machine,
                // A few wait for months.
                55 => Ending::Live(Status::Pending),
                _ => Ending::Done,
            };
            return (Period::Old, within(index, old, chance), ending);
        }
        let place = within(index - old, self.recent, chance);
        let ending = match chance.share() {
            live if live < place => match chance.share() {
                new if new < (place - 0.7) / 0.3 => Ending::Live(Status::New),
                open if open < 0.6 => Ending::Live(Status::Open),
                _ => Ending::Live(Status::Pending),
            },
            spam if spam > 0.97 => Ending::Spam,
            machine if machine > 0.955 => Ending::Machine,
            _ => Ending::Done,
        };
        (Period::Recent, place, ending)
    }
}

#[cfg(test)]
mod tests {
    use super::Cast;
    use crate::desk::demo::chance::Chance;
    use crate::desk::demo::story::Ending;
    use crate::domain::status::Status;

    #[test]
    fn enough_are_under_way_and_never_too_many() {
        for (tickets, least, most) in [(10, 1, 8), (500, 90, 150), (1_000, 90, 150), (100_000, 1_800, 2_400)] {
            let cast = Cast::of(tickets);
            let endings: Vec<Ending> =
                (0..tickets).map(|index| cast.role(index, &mut Chance::new(1, index as u64)).2).collect();
            let live = endings.iter().filter(|ending| matches!(ending, Ending::Live(_))).count();
            assert!((least..=most).contains(&live), "{live} of {tickets}");
            let waiting = |ending: &&Ending| matches!(ending, Ending::Live(Status::New | Status::Open));
            assert!(tickets < 500 || endings.iter().filter(waiting).count() >= 60, "of {tickets}");
        }
    }
}
