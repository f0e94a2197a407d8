//! What a virus scanner says of a file.

/// What a virus scanner says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// It found nothing.
    Clean,
    /// It found a virus: such bytes are kept, and never handed out.
    Found {
        /// By the scanner's name for it.
        virus: String,
    },
    /// The file is larger than the scanner takes, or fails it: nobody knows.
    Unscannable,
}
