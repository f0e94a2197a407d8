//! tmp
#![allow(missing_docs)]
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct WorkingCalendar { #[serde(skip, default="z")] pub zone: jiff::tz::TimeZone }
fn z() -> jiff::tz::TimeZone { jiff::tz::TimeZone::UTC }
pub struct Promise { pub day: jiff::civil::Date, pub at: jiff::Timestamp }
impl WorkingCalendar { pub fn promise(&self, t: jiff::Timestamp) -> Promise { Promise { day: jiff::civil::date(2026,1,1), at: t } } }
