//! The languages of the desk.

use crate::domain::named::named;

named! {
    /// A language in which enquirers are served. Staff work in Japanese or English.
    pub enum Language as "language" {
        /// Japanese.
        Japanese = "ja",
        /// English.
        English = "en",
        /// Simplified Chinese.
        Chinese = "zh",
        /// Korean.
        Korean = "ko",
        /// French.
        French = "fr",
    }
}
