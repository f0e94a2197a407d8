//! Pauses that grow: after failed sign-ins, and between tries to send a letter.

use std::time::Duration;

/// What failed sign-ins are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// The address that somebody wants to sign in with.
    Account,
    /// The network that they come from; an office has one for all.
    Network,
}

/// How long one has to wait after so many failed sign-ins in a row, counted from the last one.
#[must_use]
pub fn sign_in_pause(failures: u32, counted: Counted) -> Duration {
    let free = match counted {
        Counted::Account => 4,
        Counted::Network => 19,
    };
    match failures.saturating_sub(free) {
        0 => Duration::ZERO,
        over => Duration::from_secs(30 << (over - 1).min(5)).min(Duration::from_mins(15)),
    }
}

/// How long a letter is tried: about two days, as mail servers do (RFC 5321, 4.5.4.1, asks for four to five; people
/// who wait for an answer want to hear of it sooner).
pub const LETTER_LIFETIME: Duration = Duration::from_hours(48);

/// The pause after so many failed tries to send a letter. `jitter` between 0 and 1 takes up to a quarter off, so that
/// letters that failed together are not tried together for ever.
#[must_use]
pub fn letter_pause(tries: u32, jitter: f64) -> Duration {
    let full = Duration::from_secs(10 << tries.saturating_sub(1).min(10)).min(Duration::from_hours(3));
    full.mul_f64(1.0 - jitter.clamp(0.0, 1.0) / 4.0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Counted, LETTER_LIFETIME, letter_pause, sign_in_pause};

    #[test]
    fn failed_sign_ins() {
        for (failures, account, network) in
            [(0, 0, 0), (4, 0, 0), (5, 30, 0), (6, 60, 0), (20, 900, 30), (400, 900, 900)]
        {
            assert_eq!(sign_in_pause(failures, Counted::Account).as_secs(), account, "{failures} of an account");
            assert_eq!(sign_in_pause(failures, Counted::Network).as_secs(), network, "{failures} of a network");
        }
    }

    #[test]
    fn letters_are_tried_for_two_days() {
        assert_eq!([1, 2, 3].map(|tries| letter_pause(tries, 0.0).as_secs()), [10, 20, 40]);
        assert!(letter_pause(1, 1.0) >= Duration::from_millis(7500));
        let tries = (1..).scan(Duration::ZERO, |spent, n| {
            *spent += letter_pause(n, 0.0);
            Some(*spent)
        });
        let within = tries.take_while(|spent| *spent < LETTER_LIFETIME).count();
        assert!((15..60).contains(&within), "{within} tries");
    }
}
