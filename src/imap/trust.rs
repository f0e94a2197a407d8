//! Whose certificates are believed: the system's authorities, and those of the settings.

use std::path::PathBuf;
use std::sync::Arc;

use rustls_platform_verifier::Verifier;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

use crate::settings::Settings;

/// Whose certificates are believed. Cheap to clone.
#[derive(Clone)]
pub struct Trust {
    pub(super) tls: Arc<ClientConfig>,
}

/// Why nobody can be believed.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file of authorities.
    #[error("reading the authorities in {}: {words}", path.display())]
    Authorities {
        /// Which file.
        path: PathBuf,
        /// Why not.
        words: String,
    },
    /// The system's own.
    #[error("setting up TLS: {0}")]
    Tls(#[from] tokio_rustls::rustls::Error),
}

impl Trust {
    /// The system's authorities, and those of the settings.
    ///
    /// # Errors
    /// When the file of authorities cannot be read.
    pub fn of(settings: &Settings) -> Result<Self, TrustError> {
        let mut authorities: Vec<CertificateDer<'static>> = Vec::new();
        if let Some(path) = &settings.ca_file {
            let unread = |words: String| TrustError::Authorities { path: path.clone(), words };
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unread(error.to_string()))? {
                authorities.push(certificate.map_err(|error| unread(error.to_string()))?);
            }
        }
        let provider = Arc::new(ring::default_provider());
        let verifier = Verifier::new_with_extra_roots(authorities, provider.clone())?;
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Self { tls: Arc::new(tls) })
    }
}
