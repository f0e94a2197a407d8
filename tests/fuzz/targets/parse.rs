//! Any bytes are a letter.
#![no_main]

libfuzzer_sys::fuzz_target!(|raw: &[u8]| {
    madoguchi_fuzz::keeps_promises(raw);
});
