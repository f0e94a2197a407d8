//! What the border server found out about a sender, as it wrote into the head (`Authentication-Results`, RFC 8601).
//!
//! Believed is only the server whose authserv-id the settings name. It must take away what claims to be its own (RFC 8601,
//! 5), and its own stand above the rest; so the first word about a method counts. Only `fail` says something: `none`,
//! `neutral`, `softfail` and `temperror` are what honest senders get every day.

use crate::domain::Named;
use crate::domain::authenticity::{Authenticity, Check};
use crate::mail::{header, structure};

/// Header fields of one letter that are looked at.
const MOST_FIELDS: usize = 50;

/// One word about a method: in the how manieth field it stands, and what it is.
struct Word {
    field: usize,
    method: Check,
    result: String,
}

/// Whether a letter is from whom it says, as far as its head tells: by the word of the trusted server, where there is
/// one. `start` is the beginning of a letter with its head.
#[must_use]
pub fn authenticity(start: &[u8], authserv_id: Option<&str>) -> Authenticity {
    let head = header::head(start);
    let fields = &structure::parts(head)[0].fields;
    let words: Vec<Word> = authserv_id.map_or_else(Vec::new, |id| {
        let fields = fields.all(head, "authentication-results").take(MOST_FIELDS);
        let said = |(field, value)| said(field, &without_comments(&String::from_utf8_lossy(value)), id);
        fields.enumerate().flat_map(said).collect()
    });
    let is_signed = || ["dkim-signature", "arc-seal"].iter().any(|name| fields.all(head, name).next().is_some());
    match words.as_slice() {
        [] if is_signed() => Authenticity::Signed,
        [] => Authenticity::Unknown,
        words => Authenticity::Judged { failed: failed(words) },
    }
}

fn failed(words: &[Word]) -> Vec<Check> {
    let first = |method: Check| words.iter().find(|word| word.method == method);
    let passes = |word: &Word| word.result == "pass";
    // A letter often has several signatures: one that holds is enough.
    let signed = first(Check::Dkim).is_some_and(|first| {
        words.iter().any(|word| word.field == first.field && word.method == Check::Dkim && passes(word))
    });
    let confirmed = first(Check::Dmarc).filter(|word| passes(word)).map(|word| word.field);
    let fails = |method: &Check| {
        let Some(word) = first(*method) else { return false };
        // Where the author's domain is confirmed, the rest is how lists and forwarders work.
        let settled = confirmed.is_some_and(|field| field <= word.field);
        word.result == "fail" && !settled && !(*method == Check::Dkim && signed)
    };
    Check::ALL.iter().copied().filter(fails).collect()
}

fn said(field: usize, value: &str, authserv_id: &str) -> Vec<Word> {
    let mut statements = value.split(';').map(str::trim);
    let id = statements.next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
    if !id.trim_matches('"').eq_ignore_ascii_case(authserv_id) {
        return Vec::new();
    }
    let word = |statement: &str| {
        let (method, rest) = statement.split_once('=')?;
        let method = Check::from_name(&method.split('/').next()?.trim().to_ascii_lowercase()).ok()?;
        let result = rest.trim_start().split(|c: char| !c.is_ascii_alphanumeric()).next()?.to_ascii_lowercase();
        Some(Word { field, method, result })
    };
    statements.filter_map(word).collect()
}

/// The value without its comments (RFC 5322, 3.2.2), which may hold anything.
fn without_comments(value: &str) -> String {
    let (mut out, mut depth, mut quoted, mut escaped) = (String::new(), 0_u32, false, false);
    for character in value.chars() {
        let was_escaped = std::mem::take(&mut escaped);
        match character {
            '\\' if !was_escaped => escaped = true,
            '"' if depth == 0 && !was_escaped => quoted = !quoted,
            '(' if !quoted && !was_escaped => depth += 1,
            ')' if !quoted && !was_escaped => depth = depth.saturating_sub(1),
            // What is quoted is a name or an address, and says nothing.
            _ if depth == 0 && !quoted => out.push(character),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::authenticity;
    use crate::domain::authenticity::{Authenticity, Check};

    #[test]
    fn only_what_the_trusted_server_says_failed() {
        let ours = "Authentication-Results: mx.desk.test";
        for (head, methods) in [
            (
                format!("{ours}; spf=fail smtp.mailfrom=a.example; dkim=none; dmarc=fail (p=reject)"),
                vec![Check::Spf, Check::Dmarc],
            ),
            (
                format!(
                    "{ours} 1;\r\n\tdkim=fail (bad; signature) header.d=a.example;\r\n\tdkim=pass header.d=b.example"
                ),
                vec![],
            ),
            (format!("{ours}; SPF=Fail; dmarc=pass header.from=a.example"), vec![]),
            (format!("{ours}; spf=softfail; dkim=neutral; dmarc=temperror; arc=none"), vec![]),
            (format!("{ours}; arc=fail; spf=pass"), vec![Check::Arc]),
            ("Authentication-Results: mx.other.test; dmarc=fail".to_owned(), vec![]),
            (format!("{ours}; spf=fail\r\nReceived: from x\r\n{ours}; spf=pass; dmarc=pass"), vec![Check::Spf]),
            (format!("{ours}; none"), vec![]),
            (format!("{ours}; spf=pass (dmarc=fail; ) smtp.mailfrom=\"; dmarc=fail\"@a.example"), vec![]),
        ] {
            let raw =
                format!("{head}\r\nFrom: a@a.example\r\n\r\nAuthentication-Results: mx.desk.test; dmarc=fail\r\n");
            assert_eq!(authenticity(raw.as_bytes(), Some("MX.desk.test")).failed(), methods, "{head}");
        }
    }

    #[test]
    fn what_is_signed_waits_for_a_judgement_and_nothing_else_does() {
        let signature = "DKIM-Signature: v=1; a=rsa-sha256; d=a.example";
        let judged = |failed| Authenticity::Judged { failed };
        for (head, id, expected) in [
            ("To: b@b.example".to_owned(), Some("mx"), Authenticity::Unknown),
            ("From: a@a.example".to_owned(), Some("mx"), Authenticity::Unknown),
            (signature.to_owned(), Some("mx"), Authenticity::Signed),
            ("ARC-Seal: i=1; cv=none".to_owned(), None, Authenticity::Signed),
            (format!("Authentication-Results: other; dkim=fail\r\n{signature}"), Some("mx"), Authenticity::Signed),
            (format!("Authentication-Results: mx; dkim=pass\r\n{signature}"), None, Authenticity::Signed),
            (format!("Authentication-Results: mx; dkim=pass\r\n{signature}"), Some("mx"), judged(vec![])),
            (format!("Authentication-Results: mx; spf=fail\r\n{signature}"), Some("mx"), judged(vec![Check::Spf])),
        ] {
            let raw = format!("{head}\r\nSubject: Sisters\r\n\r\nText");
            assert_eq!(authenticity(raw.as_bytes(), id), expected, "{head} {id:?}");
        }
    }
}
