//! Whose word about senders and spam is believed.

use super::Given;

const AUTHSERV_ID: &str = "MADOGUCHI_AUTHSERV_ID";
const SPAM_SCORE: &str = "MADOGUCHI_SPAM_SCORE";

impl Given<'_> {
    pub(super) fn authserv_id(&mut self) -> Option<String> {
        let name = self.some(AUTHSERV_ID)?.trim().to_owned();
        // It is compared with one word of the header (RFC 8601, 2.2); several would never be met.
        let wanted = "the name of one mail server, such as mx.example.org".to_owned();
        let good = !name.is_empty() && !name.contains(char::is_whitespace);
        self.checked(AUTHSERV_ID, good.then_some(name).ok_or(wanted))
    }

    pub(super) fn spam_score(&mut self) -> Option<f64> {
        let points = self.some(SPAM_SCORE)?.trim().parse().ok();
        // Good letters have points below nought; with such a limit nearly everything would be spam.
        let points = points.filter(|points: &f64| points.is_finite() && *points >= 0.0);
        self.checked(SPAM_SCORE, points.ok_or("a number of points such as 6.5, not below nought".to_owned()))
    }
}
