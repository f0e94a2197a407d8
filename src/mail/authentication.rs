//! What the border server found out about a sender, as it wrote into the head (`Authentication-Results`, RFC 8601).
//!
//! Believed is only the server whose authserv-id the settings name. It must take away what claims to be its own (RFC 8601,
//! 5), and its own stand above the rest; so the first word about a method counts. Only `fail` says something: `none`,
//! `neutral`, `softfail` and `temperror` are what honest senders get every day.

use crate::mail::{header, structure};

/// Header fields of one letter that are looked at.
const MOST_FIELDS: usize = 50;

/// How a sender was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Whether the server may send for the domain of the return path (RFC 7208).
    Spf,
    /// Whether the letter is signed by the domain, and unchanged (RFC 6376).
    Dkim,
    /// Whether one of these agrees with the author's domain (RFC 7489).
    Dmarc,
    /// Whether those who forwarded it vouch for it (RFC 8617).
    Arc,
}

impl Method {
    /// As people who know of it write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Spf => "SPF",
            Self::Dkim => "DKIM",
            Self::Dmarc => "DMARC",
            Self::Arc => "ARC",
        }
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "spf" => Some(Self::Spf),
            "dkim" => Some(Self::Dkim),
            "dmarc" => Some(Self::Dmarc),
            "arc" => Some(Self::Arc),
            _ => None,
        }
    }
}

/// One word about a method: in the how manieth field it stands, and what it is.
struct Word {
    field: usize,
    method: Method,
    result: String,
}

/// The checks that failed, as the trusted server says. `start` is the beginning of a letter with its head.
#[must_use]
pub fn failed(start: &[u8], authserv_id: &str) -> Vec<Method> {
    let head = header::head(start);
    let parts = structure::parts(head);
    let fields = parts[0].fields.all(head, "authentication-results").take(MOST_FIELDS);
    let words: Vec<Word> = fields
        .enumerate()
        .flat_map(|(field, value)| said(field, &without_comments(&String::from_utf8_lossy(value)), authserv_id))
        .collect();
    let first = |method: Method| words.iter().find(|word| word.method == method);
    let passes = |word: &Word| word.result == "pass";
    // A letter often has several signatures: one that holds is enough.
    let signed = first(Method::Dkim).is_some_and(|first| {
        words.iter().any(|word| word.field == first.field && word.method == Method::Dkim && passes(word))
    });
    let confirmed = first(Method::Dmarc).filter(|word| passes(word)).map(|word| word.field);
    [Method::Spf, Method::Dkim, Method::Dmarc, Method::Arc]
        .into_iter()
        .filter(|method| {
            let Some(word) = first(*method) else { return false };
            // Where the author's domain is confirmed, the rest is how lists and forwarders work.
            let settled = confirmed.is_some_and(|field| field <= word.field);
            word.result == "fail" && !settled && !(*method == Method::Dkim && signed)
        })
        .collect()
}

fn said(field: usize, value: &str, authserv_id: &str) -> Vec<Word> {
    let mut statements = value.split(';').map(str::trim);
    let id = statements.next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
    if !id.trim_matches('"').eq_ignore_ascii_case(authserv_id) {
        return Vec::new();
    }
    let word = |statement: &str| {
        let (method, rest) = statement.split_once('=')?;
        let method = Method::named(method.split('/').next()?.trim().to_ascii_lowercase().as_str())?;
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
    use super::{Method, failed};

    #[test]
    fn only_what_the_trusted_server_says_failed() {
        let ours = "Authentication-Results: mx.desk.test";
        for (head, methods) in [
            (
                format!("{ours}; spf=fail smtp.mailfrom=a.example; dkim=none; dmarc=fail (p=reject)"),
                vec![Method::Spf, Method::Dmarc],
            ),
            (
                format!(
                    "{ours} 1;\r\n\tdkim=fail (bad; signature) header.d=a.example;\r\n\tdkim=pass header.d=b.example"
                ),
                vec![],
            ),
            (format!("{ours}; SPF=Fail; dmarc=pass header.from=a.example"), vec![]),
            (format!("{ours}; spf=softfail; dkim=neutral; dmarc=temperror; arc=none"), vec![]),
            (format!("{ours}; arc=fail; spf=pass"), vec![Method::Arc]),
            ("Authentication-Results: mx.other.test; dmarc=fail".to_owned(), vec![]),
            (format!("{ours}; spf=fail\r\nReceived: from x\r\n{ours}; spf=pass; dmarc=pass"), vec![Method::Spf]),
            (format!("{ours}; none"), vec![]),
            (format!("{ours}; spf=pass (dmarc=fail; ) smtp.mailfrom=\"; dmarc=fail\"@a.example"), vec![]),
        ] {
            let raw =
                format!("{head}\r\nFrom: a@a.example\r\n\r\nAuthentication-Results: mx.desk.test; dmarc=fail\r\n");
            assert_eq!(failed(raw.as_bytes(), "MX.desk.test"), methods, "{head}");
        }
        assert!(failed(b"", "mx").is_empty());
    }
}
