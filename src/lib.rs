//! Madoguchi (窓口, the counter where a public office receives people): an enquiry desk for public bodies.
//!
//! # One enquiry's way
//!
//! An enquiry comes in through a *door*: the web form ([`web`]), an MTA that speaks LMTP ([`lmtp`]), a mailbox
//! ([`imap`]), or a pipe (`madoguchi ingest`, [`cli`]). Each door turns what it was given into the same plain value,
//! [`domain::enquiry::Enquiry`]; for letters, [`mail::parse`] does so, is pure, and never fails. Then there is
//! **one door in**, [`desk::receive`]: it stores the *arrival* (the raw bytes as they came, and exactly one outcome)
//! in the same transaction as what follows from it, which is a ticket or a message, its event and the acknowledgement.
//! What the desk cannot understand is stored all the same, as `quarantined`, and a person looks at it.
//!
//! What is stored is then shown to others, who may be slow or away ([`screening`]): signatures are judged by the keys that
//! stand in the DNS, files by a virus scanner. What they say marks a message, and never loses one.
//!
//! Staff see the queue and the ticket in [`web`]. There is **one way to change a ticket**: [`domain::change::decide`]
//! is a pure function that says what a change makes of a ticket, or why not; [`desk::change`] locks the row, asks it,
//! and writes what it says.
//!
//! There is **one door out**: a letter is a row in the outbox, written in the transaction that causes it.
//! The worker in [`outbox`] claims it, commits, sends, marks. No transaction is open across the network, and a letter
//! whose fate is unknown waits for a person.
//!
//! Enquirers have a page of their own ([`desk::own_page`]), opened by a key that [`mail::own_page`] puts into their letters
//! as they leave; what they write there comes in by the same door. What the public reads besides, staff write as pages
//! ([`desk::site`]).
//!
//! Everything else reads.
//!
//! # Who may name whom
//!
//! The order of the modules below is the rule: **names point up**. A module may name only modules under headings above
//! its own, and itself; modules under one heading never name each other; `super` never leaves the module.
//! So no door sees SQL and no rule sees a clock. `tests/it/tidy.rs` reads this file and keeps it.

// what is decided: plain values, no clock, no I/O
pub mod domain;
pub mod search;

// what is said
pub mod language;
pub mod settings;

// letters: bytes ↔ values
pub mod mail;

// what is kept
pub mod postgres;

// what is done
pub mod desk;

// what others are asked (DNS, virus scanner): may be slow, may fail, never loses mail
pub mod screening;

// doors: no door knows another
pub mod imap;
pub mod lmtp;
pub mod outbox;
pub mod web;

// what runs it all
pub mod service;

// the command line
pub mod cli;
