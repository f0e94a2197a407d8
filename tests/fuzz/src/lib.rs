//! What holds of any letter, however broken.

use madoguchi::mail::parse::{Parsed, parse};

/// Parses a letter and panics where a promise of `madoguchi parse` is broken.
pub fn keeps_promises(raw: &[u8]) -> Parsed {
    let parsed = parse(raw);
    let json = serde_json::to_string(&parsed).expect("JSON");
    assert!(!json.contains("\\u0000"), "NUL");
    assert!(is_within(&parsed.reply, &parsed.text), "{:?} is not within {:?}", parsed.reply, parsed.text);
    let people = parsed.from.iter().chain(&parsed.to).chain(&parsed.cc);
    let people = people.flat_map(|who| [who.name.as_str(), who.address.as_str()]);
    let names = parsed.attachments.iter().map(|file| file.filename.as_str()).chain(people);
    for name in names.chain([parsed.subject.as_str()]).chain(parsed.message_id.as_deref()) {
        assert!(!name.contains(char::is_control), "{name:?}");
    }
    for file in &parsed.attachments {
        assert!(file.filename.len() <= 255 && !file.filename.contains(['/', '\\']), "{:?}", file.filename);
        assert_eq!(file.size, file.content.len());
    }
    assert!(parsed.bounce.is_none() || parsed.auto_submitted, "a bounce that would be acknowledged");
    parsed
}

/// Whether each line of `reply` is a line of `text`, in its order.
pub fn is_within(reply: &str, text: &str) -> bool {
    let mut lines = text.lines();
    reply.lines().all(|line| lines.any(|other| other == line))
}
