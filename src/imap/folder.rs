//! Names of folders as IMAP4rev1 writes them (RFC 3501, 5.1.3: modified UTF-7).

use data_encoding::BASE64_NOPAD;

/// A folder's name for a command.
pub(super) fn encode(name: &str) -> String {
    let mut encoded = String::new();
    let mut others = String::new();
    for character in name.chars() {
        if (' '..='~').contains(&character) {
            shift(&mut others, &mut encoded);
            encoded.push(character);
            if character == '&' {
                encoded.push('-');
            }
        } else {
            others.push(character);
        }
    }
    shift(&mut others, &mut encoded);
    encoded
}

fn shift(others: &mut String, encoded: &mut String) {
    if others.is_empty() {
        return;
    }
    let units: Vec<u8> = others.encode_utf16().flat_map(u16::to_be_bytes).collect();
    encoded.push('&');
    encoded.push_str(&BASE64_NOPAD.encode(&units).replace('/', ","));
    encoded.push('-');
    others.clear();
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn names() {
        for (name, encoded) in [
            ("INBOX", "INBOX"),
            ("A & B", "A &- B"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("Gelöscht", "Gel&APY-scht"),
        ] {
            assert_eq!(encode(name), encoded);
        }
    }
}
