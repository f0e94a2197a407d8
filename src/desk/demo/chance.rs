//! Chance that can be repeated: the same seed tells the same stories.

use jiff::Timestamp;
use uuid::Uuid;

/// A stream of random numbers (SplitMix64 by Steele, Lea and Flood): small, quick, and good enough for stories.
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of one thing among those of a seed.
    pub(super) fn new(seed: u64, thing: u64) -> Self {
        let mut mixed = Self(seed ^ thing.wrapping_mul(0xd134_2543_de82_ef95));
        mixed.next();
        mixed
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// From `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most - least).unwrap_or_default() + 1;
        least + i64::try_from(self.next() % span).unwrap_or_default()
    }

    /// One of several; a list of the demo's is never empty.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[(self.next() % of.len() as u64) as usize]
    }

    /// One of several texts.
    pub(super) fn word<'a>(&mut self, of: &'a [String]) -> &'a str {
        self.pick::<String>(of)
    }

    /// One of several, each as often as its weight says.
    pub(super) fn weighed<T: Copy>(&mut self, of: &[(T, u64)]) -> T {
        let mut left = self.next() % of.iter().map(|(_, weight)| weight).sum::<u64>().max(1);
        for (thing, weight) in of {
            if left < *weight {
                return *thing;
            }
            left -= weight;
        }
        of[0].0
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for piece in bytes.chunks_mut(8) {
            let drawn = self.next().to_be_bytes();
            piece.copy_from_slice(&drawn[..piece.len()]);
        }
        bytes
    }

    /// A key of the time of what it names, as all keys of the desk are: their order is the order of time.
    pub(super) fn id(&mut self, at: Timestamp) -> Uuid {
        let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &self.bytes()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_draws_the_same() {
        let draw = |seed, thing| Chance::new(seed, thing).next();
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
    }

    #[test]
    fn stays_within_bounds() {
        let mut chance = Chance::new(7, 7);
        for _ in 0..1000 {
            assert!((3..=5).contains(&chance.between(3, 5)));
            assert!((0.0..1.0).contains(&chance.share()));
            assert!(["a", "b"].contains(&chance.weighed(&[("a", 1), ("b", 3), ("c", 0)])));
        }
    }
}
