//! People and how to reach them.

use std::fmt;

/// An email address as it is used: bare, in one line, with something on both sides of its last `@`.
///
/// Carriers in Japan gave out addresses such as `a..b.@docomo.ne.jp`; they are addresses of people and accepted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is no email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// No `@` stands in it.
    #[error("the address has no @")]
    NoAt,
    /// Nothing, or nothing sensible, stands before or behind the `@`.
    #[error("the address is not complete")]
    Incomplete,
    /// Blanks, control characters, characters that are not seen, or more than 254 bytes (RFC 5321, 4.5.3.1.3).
    #[error("the address has characters that no address has, or is too long")]
    NotAnAddress,
}

impl EmailAddress {
    /// Reads an address that stands alone, blanks around it aside; full-width characters count as what they show, as a
    /// Japanese keyboard writes them.
    ///
    /// # Errors
    /// Says what is missing.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        match Self::read(text)? {
            address if address.0.chars().any(is_unseen) => Err(BadAddress::NotAnAddress),
            address => Ok(address),
        }
    }

    fn read(text: &str) -> Result<Self, BadAddress> {
        let text: String = text.trim().chars().map(half_width).collect();
        let text = unquoted(text);
        let (local, host) = text.rsplit_once('@').ok_or(BadAddress::NoAt)?;
        if text.len() > 254 || text.chars().any(is_never_in_an_address) {
            return Err(BadAddress::NotAnAddress);
        }
        let dotted_well = !host.starts_with(['.', '-']) && !host.ends_with(['.', '-']) && !host.contains("..");
        if local.is_empty() || local.contains('@') || host.is_empty() || !dotted_well {
            return Err(BadAddress::Incomplete);
        }
        Ok(Self(text))
    }

    /// The address as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two spellings of one mailbox agree: lower case throughout, since no server in use tells
    /// `A@example.org` from `a@example.org`, and the domain as it stands in the DNS (A-labels, RFC 5890), as which a mail
    /// program may write it in an answer.
    #[must_use]
    pub fn folded(&self) -> String {
        let lower = self.0.to_lowercase();
        if self.host().is_ascii() {
            return lower;
        }
        idna::domain_to_ascii(self.host()).map_or(lower, |host| format!("{}@{host}", self.local().to_lowercase()))
    }

    /// The address without what stands behind a `+`: our own addresses carry tokens there.
    #[must_use]
    pub fn without_detail(&self) -> Self {
        let local = self.local().split('+').next().unwrap_or_default();
        Self(format!("{local}@{}", self.host()))
    }

    /// What stands before the last `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// What stands behind the last `@`.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, host)| host)
    }
}

/// An address whose local part stands in quotation marks, as RFC 5321, 4.1.2, wants the carriers' `"a..b."@docomo.ne.jp`:
/// they are no part of it, and come back where it is sent to.
fn unquoted(text: String) -> String {
    let bare = text.rsplit_once('@').and_then(|(local, host)| {
        let inner = local.strip_prefix('"')?.strip_suffix('"')?;
        (!inner.is_empty()).then(|| format!("{inner}@{host}"))
    });
    bare.unwrap_or(text)
}

/// Full-width forms of ASCII (Unicode block FF00) as ASCII.
fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

fn is_never_in_an_address(character: char) -> bool {
    character.is_whitespace() || character.is_control() || "<>()[],;:\\\"".contains(character)
}

/// Characters that change how others are shown, or leave no mark themselves: with them an address reads as another one
/// (Unicode's category Cf, and what else is ignored where it cannot be shown).
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{600}'..='\u{605}'
            | '\u{61c}'
            | '\u{6dd}'
            | '\u{70f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = BadAddress;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        // What was stored by an older rule is still read: a letter that cannot be read would stop the others.
        Self::read(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::{BadAddress, EmailAddress};

    #[test]
    fn addresses_as_people_have_them() {
        for good in
            ["a@b.example", "a..b.@docomo.ne.jp", "山@例え.jp", " a@b.example ", "o'neil+x@b.example", "a＠b.example"]
        {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        assert_eq!(EmailAddress::parse("ａｎｎ＠ｂ．example").map(String::from), Ok("ann@b.example".into()));
        let carriers = EmailAddress::parse("\"a..b.\"@docomo.ne.jp");
        assert_eq!(carriers.map(String::from), Ok("a..b.@docomo.ne.jp".into()));
        for (bad, why) in [
            ("a.b.example", BadAddress::NoAt),
            ("", BadAddress::NoAt),
            ("@b.example", BadAddress::Incomplete),
            ("a@", BadAddress::Incomplete),
            ("a@b@c.example", BadAddress::Incomplete),
            ("a@b..example", BadAddress::Incomplete),
            ("a b@c.example", BadAddress::NotAnAddress),
            ("a@b.example\r\nBcc: c@d.example", BadAddress::NotAnAddress),
            ("a@\u{202e}elpmaxe.b", BadAddress::NotAnAddress),
            ("a\u{200b}@b.example", BadAddress::NotAnAddress),
            ("a@b.example\u{200e}", BadAddress::NotAnAddress),
            ("\u{61c}a@b.example", BadAddress::NotAnAddress),
            ("a@b\u{2066}c\u{2069}.example", BadAddress::NotAnAddress),
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(why), "{bad}");
        }
    }

    #[test]
    fn one_mailbox_in_two_spellings() {
        for (one, other) in [
            ("Ann@B.example", "ann@b.example"),
            ("yamada@例え.jp", "yamada@xn--r8jz45g.jp"),
            ("yamada@例え。ＪＰ", "YAMADA@XN--R8JZ45G.jp"),
            ("山@Bücher.example", "山@xn--bcher-kva.example"),
        ] {
            let folded = |text| EmailAddress::parse(text).map(|address| address.folded());
            assert_eq!(folded(one), folded(other), "{one}");
        }
    }
}
