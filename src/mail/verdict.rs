//! What a spam filter on the way wrote into the head: rspamd and SpamAssassin, and those that write as they do.
//!
//! The filter that we trust wrote last, and so above what came with the letter: the first of each header counts. A sender
//! who forges one can only harm themselves, for a verdict that says "no" is not needed by anybody.

use crate::mail::{header, structure};

/// What the filter says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Whether it takes the letter for spam.
    pub is_spam: bool,
    /// Its points, the more the worse.
    pub score: Option<f64>,
}

/// The verdict in a letter's head, if there is one.
#[must_use]
pub fn verdict(raw: &[u8]) -> Option<Verdict> {
    let head = header::head(raw);
    let parts = structure::parts(head);
    let value = |name: &str| parts[0].fields.raw(head, name).map(|raw| String::from_utf8_lossy(raw).to_lowercase());
    let said = [
        value("x-spam-flag").map(|flag| is_yes(&flag)),
        value("x-spam").map(|flag| is_yes(&flag)),
        value("x-spam-status").map(|status| is_yes(&status)),
        value("x-spamd-result").map(|result| result.contains("true [")),
        value("x-rspamd-action").map(|action| ["add header", "rewrite subject", "reject"].contains(&action.trim())),
    ];
    let score = value("x-spam-status")
        .and_then(|status| ["score=", "hits="].iter().find_map(|name| number_after(&status, name)))
        .or_else(|| value("x-spamd-result").and_then(|result| number_after(&result, "[")))
        .or_else(|| ["x-spam-score", "x-rspamd-score"].iter().find_map(|name| number_after(&value(name)?, "")))
        .or_else(|| value("x-spam-level").or_else(|| value("x-spamd-bar")).map(|stars| points(&stars)));
    let said: Vec<bool> = said.into_iter().flatten().collect();
    if said.is_empty() && score.is_none() {
        return None;
    }
    Some(Verdict { is_spam: said.contains(&true), score })
}

fn is_yes(value: &str) -> bool {
    ["yes", "true"].iter().any(|yes| value.trim_start().starts_with(yes))
}

fn number_after(text: &str, name: &str) -> Option<f64> {
    let rest = &text[text.find(name)? + name.len()..];
    let number: String =
        rest.trim_start().chars().take_while(|c| c.is_ascii_digit() || "+-.".contains(*c)).take(12).collect();
    number.parse().ok()
}

/// `****` or `++++`: a point each.
fn points(stars: &str) -> f64 {
    let count = stars.trim().chars().take(100).take_while(|c| "*+s".contains(*c)).count();
    u8::try_from(count).map_or(0.0, f64::from)
}

#[cfg(test)]
mod tests {
    use super::{Verdict, verdict};

    #[test]
    fn as_filters_write() {
        for (head, is_spam, score) in [
            ("X-Spam-Flag: YES\r\nX-Spam-Status: Yes, score=7.4 required=5.0\r\n\ttests=BAYES_99", true, Some(7.4)),
            ("X-Spam-Status: No, score=-1.9 required=5.0 tests=BAYES_00", false, Some(-1.9)),
            ("X-Spam-Status: Yes, hits=6.1 required=5.0", true, Some(6.1)),
            ("X-Spamd-Result: default: True [18.20 / 15.00];\r\n\tBAYES_SPAM(5.1)[99.9%]", true, Some(18.2)),
            ("X-Spamd-Result: default: False [4.50 / 15.00]; RCVD_TLS(0.0)[]", false, Some(4.5)),
            ("X-Spam: Yes", true, None),
            ("X-Rspamd-Action: add header\r\nX-Rspamd-Score: 9.3", true, Some(9.3)),
            ("X-Rspamd-Action: no action", false, None),
            ("X-Spam-Level: *****", false, Some(5.0)),
            ("X-Spamd-Bar: ++++", false, Some(4.0)),
            ("X-Spam-Flag: NO\r\nX-Spam-Flag: YES", false, None),
        ] {
            let raw = format!("{head}\r\nSubject: x\r\n\r\nX-Spam-Flag: YES\r\n");
            assert_eq!(verdict(raw.as_bytes()), Some(Verdict { is_spam, score }), "{head}");
        }
        assert_eq!(verdict(b"Subject: x\r\n\r\nX-Spam-Flag: YES\r\n"), None);
        assert_eq!(verdict(b""), None);
    }
}
