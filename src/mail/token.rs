//! Signed tokens in addresses: `exchange+TOKEN@example.org`.
//!
//! A token names a ticket (in `Reply-To`) or a letter (in the return path, so that a bounce tells which letter it is
//! about: variable envelope return paths). It is base32 in lower case, since servers fold case, and 26 characters
//! long, so that local parts of up to 37 octets stay within the 64 of RFC 5321, 4.5.3.1.1. It does not name the
//! division: a token stays valid though its ticket moves.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::person::EmailAddress;

/// What a token names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// A ticket, by its number.
    Ticket(u64),
    /// A letter in the outbox, by its number.
    Letter(u64),
}

/// Makes and checks tokens with the desk's key.
#[derive(Clone)]
pub struct Tokens {
    key: [u8; 32],
}

const NUMBER_BYTES: usize = 5;
const SIGNATURE_BYTES: usize = 10;
const TOKEN_BYTES: usize = 1 + NUMBER_BYTES + SIGNATURE_BYTES;
const LONGEST_LOCAL: usize = 64;

impl Tokens {
    /// With the key that all instances share.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The token of a ticket or letter.
    #[must_use]
    pub fn token(&self, names: Names) -> String {
        let (kind, number) = match names {
            Names::Ticket(number) => (b't', number),
            Names::Letter(number) => (b'l', number),
        };
        let mut bytes = vec![kind];
        bytes.extend_from_slice(&number.to_be_bytes()[8 - NUMBER_BYTES..]);
        let signature = self.signature(&bytes);
        bytes.extend_from_slice(&signature);
        BASE32_NOPAD.encode(&bytes).to_lowercase()
    }

    /// What a token names; `None` where it is not one of ours.
    #[must_use]
    pub fn read(&self, token: &str) -> Option<Names> {
        let bytes =
            BASE32_NOPAD.decode(token.to_uppercase().as_bytes()).ok().filter(|bytes| bytes.len() == TOKEN_BYTES)?;
        let (named, signature) = bytes.split_at(1 + NUMBER_BYTES);
        if !bool::from(subtle::ConstantTimeEq::ct_eq(signature, &self.signature(named)[..])) {
            return None;
        }
        let number = named[1..].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        match named[0] {
            b't' => Some(Names::Ticket(number)),
            b'l' => Some(Names::Letter(number)),
            _ => None,
        }
    }

    /// What the token in an address names, if there is one.
    #[must_use]
    pub fn in_address(&self, address: &str) -> Option<Names> {
        let (local, _) = address.rsplit_once('@')?;
        let (_, detail) = local.rsplit_once('+')?;
        self.read(detail)
    }

    /// The division's address with a token, or as it is where the token would make it too long.
    #[must_use]
    pub fn address(&self, division: &EmailAddress, names: Names) -> EmailAddress {
        let local = format!("{}+{}", division.local(), self.token(names));
        if local.len() > LONGEST_LOCAL {
            return division.clone();
        }
        EmailAddress::parse(&format!("{local}@{}", division.host())).unwrap_or_else(|_| division.clone())
    }

    fn signature(&self, named: &[u8]) -> [u8; SIGNATURE_BYTES] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(b"address token ");
        mac.update(named);
        let full = mac.finalize().into_bytes();
        let mut short = [0; SIGNATURE_BYTES];
        short.copy_from_slice(&full[..SIGNATURE_BYTES]);
        short
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Tokens")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Names, Tokens};
    use crate::domain::person::EmailAddress;

    fn tokens() -> Tokens {
        Tokens::new([7; 32])
    }

    #[test]
    fn survives_servers_that_fold_case() {
        let division = EmailAddress::parse("exchange@clair.example").expect("an address");
        let address = tokens().address(&division, Names::Ticket(123));
        assert!(address.as_str().starts_with("exchange+") && address.local().len() <= 64, "{address}");
        assert_eq!(tokens().in_address(&address.as_str().to_uppercase()), Some(Names::Ticket(123)));
        assert_eq!(Tokens::new([8; 32]).in_address(address.as_str()), None, "another desk's token is none");
        assert_eq!(tokens().in_address("exchange@clair.example"), None);
    }

    #[test]
    fn a_long_local_part_goes_without() {
        let division = EmailAddress::parse(&format!("{}@clair.example", "a".repeat(40))).expect("an address");
        assert_eq!(tokens().address(&division, Names::Ticket(1)), division);
    }

    proptest! {
        #[test]
        fn reads_what_it_wrote(number in 0_u64..1 << 40, letter in any::<bool>()) {
            let names = if letter { Names::Letter(number) } else { Names::Ticket(number) };
            prop_assert_eq!(tokens().read(&tokens().token(names)), Some(names));
        }

        #[test]
        fn a_changed_character_is_noticed(number in 0_u64..1 << 40, at in 0_usize..25, to in "[a-z2-7]") {
            let token = tokens().token(Names::Ticket(number));
            let mut changed = token.clone();
            changed.replace_range(at..=at, &to);
            prop_assert_eq!(tokens().read(&changed).is_some(), changed == token);
        }
    }
}
