//! Passwords: argon2id, at most two at a time, since each takes 19 MiB.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::desk::DeskError;
use crate::postgres::DatabaseError;

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 10;
/// The most bytes of a password: more only keeps the processor busy.
pub const LONGEST_PASSWORD: usize = 1000;

static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A hash that no password has, so that an unknown address takes as long as a wrong password.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bWFkb2d1Y2hpLW5vYm9keQ$pJm1nC1Uxkq3Zq0mYb8YQ2mMAn3yXNfvQ0DkB0qzH3w";

/// Hashes a password.
pub(super) async fn hash(password: &str) -> Result<String, DeskError> {
    let password = password.to_owned();
    aside(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| DatabaseError::Row(format!("hashing a password: {error}")))
    })
    .await?
    .map_err(DeskError::from)
}

/// Whether a password has this hash; where there is none, `false` after the same time.
pub(super) async fn matches(password: &str, hash: Option<String>) -> Result<bool, DeskError> {
    if password.len() > LONGEST_PASSWORD {
        return Ok(false);
    }
    let password = password.to_owned();
    aside(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODYS.to_owned());
        let parsed = PasswordHash::new(&hash).ok();
        let right = parsed.is_some_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        right && known
    })
    .await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, DeskError> {
    let stopped = || DeskError::from(DatabaseError::Row("hashing was stopped".into()));
    let _turn = AT_ONCE.acquire().await.map_err(|_| stopped())?;
    tokio::task::spawn_blocking(work).await.map_err(|_| stopped())
}

#[cfg(test)]
mod tests {
    use super::{NOBODYS, hash, matches};

    #[tokio::test]
    async fn a_password_matches_its_own_hash() {
        let kept = hash("correct horse").await.expect("hashed");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(matches("correct horse", Some(kept.clone())).await.expect("checked"));
        assert!(!matches("wrong horse", Some(kept)).await.expect("checked"));
        assert!(!matches("", None).await.expect("checked"));
    }

    #[test]
    fn nobodys_hash_is_one_that_is_really_computed() {
        assert!(argon2::password_hash::phc::PasswordHash::new(NOBODYS).is_ok());
    }
}
