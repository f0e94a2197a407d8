//! Seals: hidden tokens of forms, and paths that cannot be guessed.
//!
//! A seal is 16 random bytes, the time, and an HMAC over both, the purpose and the session. It proves that the page was
//! ours, is made anew for each page, and its random part names the form, so that the same form sent twice is known.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

/// Makes and opens seals with the desk's key.
#[derive(Clone)]
pub struct Sealer {
    key: [u8; 32],
}

/// A seal that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// Names the page that it stood on.
    pub nonce: [u8; 16],
    /// How long ago the page was made.
    pub age: Duration,
}

/// Why a seal is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSeal {
    /// It is not ours, or not for this.
    #[error("the token is not ours")]
    Forged,
    /// It is too old.
    #[error("the token is too old")]
    Stale,
}

const NONCE: usize = 16;
const TIME: usize = 8;
const MAC: usize = 32;

impl Sealer {
    /// With the key that all instances share.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// A seal for a purpose and a session (nothing for those without one).
    #[must_use]
    pub fn seal(&self, purpose: &str, session: &str, now: Timestamp) -> String {
        // Version 7 carries the time, version 4 is random all over but for six bits.
        let nonce = uuid::Uuid::new_v4().into_bytes();
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&now.as_second().to_be_bytes());
        let mac = self.mac(purpose, session, &bytes);
        bytes.extend_from_slice(&mac);
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// Opens a seal that is not older than `lifetime`.
    ///
    /// # Errors
    /// When it is not ours or too old.
    pub fn open(
        &self,
        purpose: &str,
        session: &str,
        seal: &str,
        lifetime: Duration,
        now: Timestamp,
    ) -> Result<Sealed, BadSeal> {
        let bytes = BASE64URL_NOPAD.decode(seal.as_bytes()).map_err(|_| BadSeal::Forged)?;
        if bytes.len() != NONCE + TIME + MAC {
            return Err(BadSeal::Forged);
        }
        let (said, mac) = bytes.split_at(NONCE + TIME);
        if !bool::from(subtle::ConstantTimeEq::ct_eq(mac, &self.mac(purpose, session, said)[..])) {
            return Err(BadSeal::Forged);
        }
        let (nonce, time) = said.split_at(NONCE);
        let made = time.iter().fold(0_i64, |seconds, byte| seconds << 8 | i64::from(*byte));
        let age = now.as_second().saturating_sub(made);
        if age > i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX) {
            return Err(BadSeal::Stale);
        }
        let mut name = [0; NONCE];
        name.copy_from_slice(nonce);
        Ok(Sealed { nonce: name, age: Duration::from_secs(u64::try_from(age).unwrap_or_default()) })
    }

    /// Words that cannot be guessed or changed, good for `lifetime`: for paths.
    #[must_use]
    pub fn sign(&self, purpose: &str, words: &str, until: Timestamp) -> String {
        let mut bytes = until.as_second().to_be_bytes().to_vec();
        bytes.extend_from_slice(words.as_bytes());
        let mac = self.mac(purpose, "", &bytes);
        bytes.extend_from_slice(&mac);
        BASE64URL_NOPAD.encode(&bytes)
    }

    /// The words that were signed.
    ///
    /// # Errors
    /// When they are not ours or their time is over.
    pub fn read(&self, purpose: &str, signed: &str, now: Timestamp) -> Result<String, BadSeal> {
        let bytes = BASE64URL_NOPAD.decode(signed.as_bytes()).map_err(|_| BadSeal::Forged)?;
        let (said, mac) = bytes.split_at_checked(bytes.len().saturating_sub(MAC)).ok_or(BadSeal::Forged)?;
        if said.len() < TIME || !bool::from(subtle::ConstantTimeEq::ct_eq(mac, &self.mac(purpose, "", said)[..])) {
            return Err(BadSeal::Forged);
        }
        let (time, words) = said.split_at(TIME);
        let until = time.iter().fold(0_i64, |seconds, byte| seconds << 8 | i64::from(*byte));
        if now.as_second() > until {
            return Err(BadSeal::Stale);
        }
        String::from_utf8(words.to_vec()).map_err(|_| BadSeal::Forged)
    }

    fn mac(&self, purpose: &str, session: &str, said: &[u8]) -> [u8; MAC] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        for part in [purpose.as_bytes(), session.as_bytes(), said] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::{BadSeal, Sealer};

    const DAY: Duration = Duration::from_hours(24);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    #[test]
    fn opens_for_its_purpose_session_and_time_only() {
        let sealer = Sealer::new([1; 32]);
        let seal = sealer.seal("enquiry", "s", at(1000));
        for (purpose, session, second, expected) in [
            ("enquiry", "s", 1000, None),
            ("enquiry", "s", 1000 + 86_400, None),
            ("enquiry", "s", 1001 + 86_400, Some(BadSeal::Stale)),
            ("reply", "s", 1000, Some(BadSeal::Forged)),
            ("enquiry", "t", 1000, Some(BadSeal::Forged)),
        ] {
            assert_eq!(
                sealer.open(purpose, session, &seal, DAY, at(second)).err(),
                expected,
                "{purpose} {session} {second}"
            );
        }
        assert_ne!(seal, sealer.seal("enquiry", "s", at(1000)), "each page has its own");
    }

    proptest! {
        #[test]
        fn a_changed_byte_is_noticed(byte in 0_usize..74, to in "[A-Za-z0-9_-]") {
            let sealer = Sealer::new([1; 32]);
            let seal = sealer.seal("enquiry", "", at(1000));
            let mut changed = seal.clone();
            changed.replace_range(byte..=byte, &to);
            prop_assert_eq!(sealer.open("enquiry", "", &changed, DAY, at(1000)).is_ok(), changed == seal);
        }

        #[test]
        fn signed_words_are_read_back(words in "\\PC{0,40}", later in 0_i64..7200) {
            let sealer = Sealer::new([1; 32]);
            let signed = sealer.sign("receipt", &words, at(4600));
            let read = sealer.read("receipt", &signed, at(1000 + later));
            prop_assert_eq!(read, if later <= 3600 { Ok(words) } else { Err(BadSeal::Stale) });
        }
    }
}
