//! The picture beside the organisation's name.

use crate::domain::named::named;

named! {
    /// What kind of picture it is: those that browsers show and that can hold no script.
    pub enum Kind as "kind of picture" {
        /// PNG (ISO/IEC 15948).
        Png = "png",
        /// JPEG (ISO/IEC 10918).
        Jpeg = "jpeg",
        /// WebP (RFC 9649).
        Webp = "webp",
    }
}

impl Kind {
    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

/// A logo, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// What kind of picture it is.
    pub kind: Kind,
    /// In pixels.
    pub width: i32,
    /// In pixels.
    pub height: i32,
}
