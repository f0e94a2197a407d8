//! tmp
#![allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Reference(u64);
impl Reference { pub fn from_number(n: u64) -> Self { Self(n) } pub fn number(self) -> u64 { self.0 } pub fn find_all(_: &str) -> Vec<Self> { vec![] } }
impl std::fmt::Display for Reference { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, "{:06}-0", self.0) } }
