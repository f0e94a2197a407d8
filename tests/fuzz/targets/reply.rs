//! Any text, plain and as HTML, has a new part that is within it.
#![no_main]

libfuzzer_sys::fuzz_target!(|raw: &[u8]| {
    // A letter's text has no other ends of lines.
    let text = String::from_utf8_lossy(raw).replace('\r', "\n");
    for kind in ["plain", "html"] {
        let head =
            format!("From: a@b.example\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n");
        madoguchi_fuzz::keeps_promises(&[head.as_bytes(), text.as_bytes()].concat());
    }
});
