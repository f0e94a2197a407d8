//! Addresses that stand in a text. Japanese puts no blank behind them, so they end where ASCII does.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Text(&'a str),
    /// An address, and where it leads.
    Link {
        /// As it stands in the text.
        shown: &'a str,
        /// Where it leads.
        url: String,
    },
}

/// Cuts a text into addresses and what stands between them.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut done, mut at) = (Vec::new(), 0, 0);
    while at < text.len() {
        let run = text[at..].find(|c| !is_of_an_address(c)).unwrap_or(text.len() - at);
        if run == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if let Some((start, shown, url)) = address_in(&text[at..at + run]) {
            if at + start > done {
                pieces.push(Piece::Text(&text[done..at + start]));
            }
            done = at + start + shown.len();
            pieces.push(Piece::Link { shown, url });
        }
        at += run;
    }
    if done < text.len() {
        pieces.push(Piece::Text(&text[done..]));
    }
    pieces
}

/// RFC 3986, 2: unreserved, reserved, and the percent sign.
fn is_of_an_address(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(character)
}

/// Where in a word an address begins, how it stands there, and where it leads.
fn address_in(word: &str) -> Option<(usize, &str, String)> {
    let web = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min();
    if let Some(start) = web {
        let shown = without_stops(&word[start..]);
        let host = shown.split_once("://").map_or("", |(_, host)| host);
        return host.starts_with(|c: char| c.is_ascii_alphanumeric()).then(|| (start, shown, shown.to_owned()));
    }
    let start = word.find(|c: char| c.is_ascii_alphanumeric())?;
    let shown = without_stops(&word[start..]).trim_end_matches(')');
    let (local, host) = shown.split_once('@')?;
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._+".contains(&byte));
    let has_dot = host.contains('.') && !host.starts_with('.') && !host.contains("..");
    (is_plain(local) && is_plain(host) && has_dot).then(|| (start, shown, format!("mailto:{shown}")))
}

/// What ends a sentence, or a bracket that was opened before it, is not part of an address.
fn without_stops(address: &str) -> &str {
    let mut shown = address;
    loop {
        let trimmed = shown.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
        let is_open = trimmed.ends_with(')') && trimmed.matches(')').count() > trimmed.matches('(').count();
        let trimmed = if is_open { &trimmed[..trimmed.len() - 1] } else { trimmed };
        if trimmed == shown {
            return shown;
        }
        shown = trimmed;
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn addresses_end_where_they_end() {
        for (text, shown, url) in [
            ("(https://a.example/x(y)).", "https://a.example/x(y)", "https://a.example/x(y)"),
            ("https://a.example/。次", "https://a.example/", "https://a.example/"),
            ("宛先は info@a.example です", "info@a.example", "mailto:info@a.example"),
            ("(info@a.example)", "info@a.example", "mailto:info@a.example"),
        ] {
            let link = Piece::Link { shown, url: url.to_owned() };
            assert!(pieces(text).contains(&link), "{text}: {:?}", pieces(text));
            let whole: String = pieces(text)
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => *text,
                    Piece::Link { shown, .. } => shown,
                })
                .collect();
            assert_eq!(whole, text);
        }
        for text in ["http://", "a@b", "@", "ratio 1:2", "x@.example"] {
            assert_eq!(pieces(text), [Piece::Text(text)]);
        }
    }
}
