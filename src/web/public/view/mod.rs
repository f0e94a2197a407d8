//! The pages of the public as plain values.
