//! What came in, and its one outcome: the intake ledger's words.

use crate::domain::named::named;

named! {
    /// What became of an arrival. Every arrival by any channel has exactly one.
    pub enum Outcome as "outcome" {
        /// A ticket was made of it.
        Created = "created",
        /// It was added to a ticket.
        Appended = "appended",
        /// The very same came before.
        Duplicate = "duplicate",
        /// A report that a letter of ours did not arrive.
        Bounce = "bounce",
        /// Stored, not understood; staff decide.
        Quarantined = "quarantined",
    }
}

/// Why an arrival was not understood. The ledger keeps it as the English that the command line prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// It has more bytes than are taken apart. Of the very largest only the first are kept.
    TooLarge {
        /// How many it has.
        bytes: u64,
        /// How many are taken apart.
        most: u64,
        /// Whether all of them are kept.
        is_whole: bool,
    },
    /// Taking it apart took longer than so many seconds.
    TooSlow(u64),
    /// The desk itself failed on it.
    Unreadable,
    /// Whatever else happened, in English.
    Other(String),
}

const FIRST_OF_THEM: &str = ", and these are the first of them";

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge { bytes, most, is_whole } => {
                let kept = if *is_whole { "" } else { FIRST_OF_THEM };
                write!(f, "the message has {bytes} bytes{kept}; up to {most} are taken apart")
            }
            Self::TooSlow(seconds) => write!(f, "taking the message apart took longer than {seconds} s"),
            Self::Unreadable => f.write_str("the message could not be parsed"),
            Self::Other(words) => f.write_str(words),
        }
    }
}

impl Obstacle {
    /// The obstacle that the ledger tells of.
    #[must_use]
    pub fn read(kept: &str) -> Self {
        Self::too_large(kept)
            .or_else(|| {
                let seconds = kept.strip_prefix("taking the message apart took longer than ")?.strip_suffix(" s")?;
                Some(Self::TooSlow(seconds.parse().ok()?))
            })
            .or_else(|| (kept == Self::Unreadable.to_string()).then_some(Self::Unreadable))
            .unwrap_or_else(|| Self::Other(kept.to_owned()))
    }

    fn too_large(kept: &str) -> Option<Self> {
        let (bytes, rest) = kept.strip_prefix("the message has ")?.split_once(" bytes")?;
        let (which, most) = rest.split_once("; up to ")?;
        let most = most.strip_suffix(" are taken apart")?.parse().ok()?;
        Some(Self::TooLarge { bytes: bytes.parse().ok()?, most, is_whole: which != FIRST_OF_THEM })
    }
}

#[cfg(test)]
mod tests {
    use super::Obstacle;

    #[test]
    fn a_trouble_is_read_as_it_was_written() {
        for obstacle in [
            Obstacle::TooLarge { bytes: 81_052_713, most: 52_428_800, is_whole: true },
            Obstacle::TooLarge { bytes: 500_000_000, most: 52_428_800, is_whole: false },
            Obstacle::TooSlow(10),
            Obstacle::Unreadable,
            Obstacle::Other("the database objected: 22021".to_owned()),
        ] {
            assert_eq!(Obstacle::read(&obstacle.to_string()), obstacle);
        }
    }
}
