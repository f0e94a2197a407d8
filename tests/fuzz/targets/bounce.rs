//! Any text is what a mail system may say, in prose and in the part for machines.
#![no_main]

libfuzzer_sys::fuzz_target!(|raw: &[u8]| {
    let head = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: exchange@desk.example\nSubject: failure notice\n";
    let report = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n";
    let machine = "\n--b\nContent-Type: message/delivery-status\n\n";
    madoguchi_fuzz::keeps_promises(&[head.as_bytes(), b"\n", raw].concat());
    madoguchi_fuzz::keeps_promises(&[head.as_bytes(), report.as_bytes(), raw, machine.as_bytes(), raw].concat());
});
