//! Any text, plain and as HTML, has a new part that is within it.
#![no_main]

use madoguchi::mail::reply::{Line, new_part};

libfuzzer_sys::fuzz_target!(|raw: &[u8]| {
    // A letter's text has no other ends of lines.
    let text = String::from_utf8_lossy(raw).replace('\r', "\n");
    let lines: Vec<Line> = text.lines().map(Line::plain).collect();
    assert!(madoguchi_fuzz::is_within(&new_part(&lines), &text));
    let head = b"From: a@b.example\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";
    madoguchi_fuzz::keeps_promises(&[&head[..], text.as_bytes()].concat());
});
