//! What a message tells a machine: that a letter did not arrive, that it was read, that nobody wrote it.

use super::Parsed;
use crate::mail::address::mailboxes;
use crate::mail::automatic::{Signs, is_automatic};
use crate::mail::bounce::{self, Evidence};
use crate::mail::charset::{self, Surroundings};
use crate::mail::fields::Fields;
use crate::mail::header;
use crate::mail::identifier;
use crate::mail::structure::{Part, parts};

/// Parts that tell a machine what became of a letter (RFC 3464, RFC 6533).
const STATUSES: &[&str] = &["message/delivery-status", "message/global-delivery-status"];
/// Parts that tell a machine that a letter was read (RFC 8098, RFC 6533).
const RECEIPTS: &[&str] = &["message/disposition-notification", "message/global-disposition-notification"];
/// Parts that are the letter that came back, or its head.
const RETURNED: &[&str] =
    &["message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers", "message/rfc822-headers"];

/// Whether a machine wrote it, and whether it reports that a letter did not arrive.
pub(super) fn read(raw: &[u8], parts: &[Part], around: &Surroundings, parsed: &mut Parsed) {
    let of_type = |kinds: &'static [&'static str]| parts.iter().filter(|part| kinds.contains(&part.media_type()));
    let has = |kinds| of_type(kinds).next().is_some();
    let said = |part: &Part| charset::decode(&part.content(raw), part.kind.get("charset"), around);
    let statuses: Vec<String> = of_type(STATUSES).map(said).collect();
    let returned: Vec<&Part> = of_type(RETURNED).collect();
    let is_report = parts[0].media_type() == "multipart/report";
    let named = parts[0].kind.get("report-type").unwrap_or_default().to_ascii_lowercase();
    let report_type = match () {
        () if has(RECEIPTS) => Some("disposition-notification"),
        () if has(&["message/feedback-report"]) => Some("feedback-report"),
        () if is_report => Some(if named.is_empty() { "delivery-status" } else { named.as_str() }),
        () => None,
    };
    let failed = parts[0].fields.raw(raw, "x-failed-recipients").map(|value| header::text(value, around));
    let (address, name) = parsed.from.as_ref().map_or(("", ""), |from| (&from.address, &from.name));
    let own: Vec<&str> = [address].into_iter().chain(parsed.to.iter().map(|to| to.address.as_str())).collect();
    let evidence = Evidence {
        from: (address, name),
        is_path_empty: parsed.return_path.as_deref().is_some_and(bounce::is_empty_path),
        subject: &parsed.subject,
        report_type,
        statuses: &statuses,
        failed: failed.as_deref(),
        text: &parsed.text,
        own: &own,
        returns_a_letter: !returned.is_empty(),
        returned_to: returned.iter().find_map(|part| sole_recipient(&part.content(raw))),
    };
    let found = bounce::read(&evidence);
    let (named, nameless) = found.map_or((None, None), |report| match report.recipient.as_str() {
        "" => (None, Some(report)),
        _ => (Some(report), None),
    });
    parsed.nameless_bounce = nameless;
    parsed.bounce = named.or_else(|| {
        // A gateway hands on another server's report whole, within a letter of its own that says nothing.
        let outer = returned.iter().filter(|_| statuses.is_empty());
        let within: Vec<String> = outer.flat_map(|part| statuses_within(&part.content(raw))).collect();
        (!within.is_empty()).then(|| bounce::read(&Evidence { statuses: &within, ..evidence }))?
    });
    if parsed.bounce.is_some() || report_type.is_some() {
        let receipts = of_type(RECEIPTS).find_map(|part| identifier::original(&part.content(raw)));
        let within = receipts.or_else(|| returned.iter().find_map(|part| identifier::returned(&part.content(raw))));
        parsed.returned_message_id = within.or_else(|| identifier::returned(parsed.text.as_bytes()));
    }
    let signs = Signs {
        raw,
        fields: &parts[0].fields,
        from: parsed.from.as_ref(),
        reply_to: parsed.reply_to.as_ref(),
        to: &parsed.to,
        subject: &parsed.subject,
        text: &parsed.reply,
        content_type: parts[0].media_type(),
        has_report: report_type.is_some(),
    };
    parsed.auto_submitted = is_automatic(&signs) || parsed.bounce.is_some();
}

/// The reports to machines within a letter.
fn statuses_within(raw: &[u8]) -> Vec<String> {
    let parts = parts(raw);
    let reports = parts.iter().filter(|part| part.media_type() == "message/delivery-status");
    reports.map(|part| String::from_utf8_lossy(&part.content(raw)).into_owned()).collect()
}

/// Whom a letter went to, if to one address only and not through a list, which has others.
fn sole_recipient(raw: &[u8]) -> Option<String> {
    let start = &raw[..raw.len().min(256 * 1024)];
    let (fields, _) = Fields::read(start, 0..start.len(), |_| false);
    let is_list = ["list-id", "list-post"].iter().any(|name| fields.raw(start, name).is_some());
    let mut all = ["to", "cc"]
        .into_iter()
        .flat_map(|name| fields.all(start, name))
        .flat_map(|value| mailboxes(value, &Surroundings::NONE));
    let first = all.next().filter(|_| !is_list)?;
    all.next().is_none().then_some(first.address).filter(|address| !address.is_empty())
}
