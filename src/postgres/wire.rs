//! Wires that are cut without a word: a cable, a firewall that forgets, a machine that is gone. TCP by itself waits for a
//! quarter of an hour, or for ever; the desk is to work again within fifteen seconds of the database's return.

use std::borrow::Cow;

/// How the operating system watches a connection to a server elsewhere, in seconds; what a URL says itself holds.
const WATCH: [(&str, &str); 4] =
    [("keepalives_idle", "4"), ("keepalives_interval", "2"), ("keepalives_retries", "3"), ("tcp_user_timeout", "10")];

/// The same for the server's side, which gives up what was locked by somebody who is gone. Of no effect on a Unix socket,
/// which ends when its other end does.
pub(super) const WATCHED_BY_THE_SERVER: &str = "SET tcp_keepalives_idle = 4; SET tcp_keepalives_interval = 2; \
    SET tcp_keepalives_count = 3; SET tcp_user_timeout = '10s'";

/// A URL that asks for its connections to be watched.
pub(super) fn watched(url: &str) -> Cow<'_, str> {
    let (_, said) = url.split_once('?').unwrap_or((url, ""));
    let is_said = |name: &str| said.split('&').any(|pair| pair.split('=').next() == Some(name));
    let more: Vec<String> =
        WATCH.iter().filter(|(name, _)| !is_said(name)).map(|(name, value)| format!("{name}={value}")).collect();
    match (url.contains('?'), more.is_empty()) {
        (_, true) => url.into(),
        (true, false) => format!("{url}&{}", more.join("&")).into(),
        (false, false) => format!("{url}?{}", more.join("&")).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::watched;

    #[test]
    fn what_is_said_holds() {
        let watch = "keepalives_idle=4&keepalives_interval=2&keepalives_retries=3&tcp_user_timeout=10";
        for (url, expected) in [
            ("postgres://a@b/c", format!("postgres://a@b/c?{watch}")),
            ("postgres://a@b/c?connect_timeout=9", format!("postgres://a@b/c?connect_timeout=9&{watch}")),
            (
                "postgres://a@b/c?tcp_user_timeout=60",
                format!("postgres://a@b/c?tcp_user_timeout=60&{}", watch.trim_end_matches("&tcp_user_timeout=10")),
            ),
        ] {
            assert_eq!(watched(url), expected);
        }
    }
}
