//! Marks of clients on what they quote and on signatures: in `class`, `id` or `name`, in lower case.

/// Marks of quotations.
pub(super) const QUOTES: [&str; 18] = [
    "gmail_quote",
    "gmail_attr",
    "gmail_extra",
    "yahoo_quoted",
    "protonmail_quote",
    "zmail_extra",
    "moz-cite-prefix",
    "moz-email-headers-table",
    "isreplycontent",
    "divneteasemailcard",
    "reply-intro",
    "mail-quote",
    "quoted-content",
    "outlookmessageheader",
    "tutanota_quote",
    "hwmail_quote",
    "messagereplysection",
    "domino-section",
];
/// Marks behind which all is quoted.
pub(super) const ALL_BELOW: [&str; 5] = [
    "divrplyfwdmsg",
    "appendonsend",
    "olk_src_body_section",
    "mailcontainerquote",
    "mail-editor-reference-message-container",
];
/// Marks of signatures.
pub(super) const SIGNATURES: [&str; 9] = [
    "gmail_signature",
    "moz-signature",
    "applemailsignature",
    "ms-outlook-mobile-signature",
    "protonmail_signature_block",
    "signature",
    "sh-signature",
    "composer_signature",
    "messagesignaturesection",
];

/// A mark without what stands before it: Outlook's `x_` in letters within letters, Yahoo's `ydp1a2b3c4dyahoo_quoted`.
pub(super) fn without_prefix(mark: &str) -> &str {
    match mark.starts_with("ydp") {
        true => mark.find("yahoo_quoted").map_or(mark, |at| &mark[at..]),
        false => mark.trim_start_matches("x_"),
    }
}

/// Whether a `blockquote` is what the button for indentation makes of a paragraph, in Gmail and in Apple's editor.
pub(super) fn is_indented(style: &str, marks: &[String]) -> bool {
    let is_by_gmail = style.contains("border:none") && style.contains("margin:00040px");
    is_by_gmail || marks.iter().any(|mark| mark == "webkit-indent-blockquote")
}
