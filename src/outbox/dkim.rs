//! Signing letters (DKIM, RFC 6376), so that receivers know that they are ours.

use std::sync::Arc;

use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::{DkimSigner, Done};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;

use crate::mail::compose::ascii_host;

/// What a receiver reads of a letter, and what threads it; a server on the way may add others.
const SIGNED: [&str; 13] = [
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Auto-Submitted",
];

/// Signs with one key.
#[derive(Clone)]
pub struct Signer(Arc<Key>);

enum Key {
    Rsa(DkimSigner<RsaKey<Sha256>, Done>),
    Ed25519(DkimSigner<Ed25519Key, Done>),
}

/// Why letters cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// It is no key that DKIM knows.
    #[error("a private key in PEM form, RSA (2048 bits or more) or Ed25519 (RFC 8463)")]
    Key,
    /// The domain cannot stand in the DNS.
    #[error("a domain such as example.org")]
    Domain,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Signer")
    }
}

impl Signer {
    /// A signer for a domain, whose public key stands at `selector._domainkey.domain`.
    ///
    /// # Errors
    /// Says what is needed.
    pub fn new(pem: &str, selector: &str, domain: &str) -> Result<Self, BadKey> {
        let domain = ascii_host(domain).ok_or(BadKey::Domain)?;
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| BadKey::Key)?;
        let ed25519 = match &key {
            PrivateKeyDer::Pkcs8(der) => Ed25519Key::from_pkcs8_maybe_unchecked_der(der.secret_pkcs8_der()).ok(),
            _ => None,
        };
        let key = match ed25519 {
            Some(key) => Key::Ed25519(DkimSigner::from_key(key).domain(domain).selector(selector).headers(SIGNED)),
            None => {
                let key = RsaKey::<Sha256>::from_key_der(key).map_err(|_| BadKey::Key)?;
                Key::Rsa(DkimSigner::from_key(key).domain(domain).selector(selector).headers(SIGNED))
            }
        };
        Ok(Self(Arc::new(key)))
    }

    /// The letter with its signature before it; `None` where it could not be signed.
    #[must_use]
    pub fn sign(&self, raw: &[u8]) -> Option<Vec<u8>> {
        let signature = match &*self.0 {
            Key::Rsa(signer) => signer.sign(raw),
            Key::Ed25519(signer) => signer.sign(raw),
        };
        let header = signature.ok()?.to_header();
        Some([header.as_bytes(), raw].concat())
    }
}
