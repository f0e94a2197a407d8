//! Transfer encodings (RFC 2045), tolerantly: what is broken off or has junk in it gives what it has.

/// The bytes behind a transfer encoding.
#[must_use]
pub fn decode(body: &[u8], encoding: &str) -> Vec<u8> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body, Underscore::Itself),
        _ => body.to_vec(),
    }
}

/// What an underscore means: itself in bodies, a blank in encoded words (RFC 2047, 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Underscore {
    Itself,
    Blank,
}

/// Base64, junk and missing ends aside.
pub(super) fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                // Several encoded pieces may follow one another.
                (bits, count) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}

/// Quoted-printable, with soft line breaks; a broken escape stands for itself.
pub(super) fn quoted_printable(body: &[u8], underscore: Underscore) -> Vec<u8> {
    let hex = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        match body[at] {
            b'=' => match (body.get(at + 1), body.get(at + 2)) {
                (Some(b'\r'), Some(b'\n')) => at += 3,
                (Some(b'\n'), _) => at += 2,
                (Some(high), Some(low)) if hex(*high).is_some() && hex(*low).is_some() => {
                    out.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                    at += 3;
                }
                (None, _) => at += 1,
                _ => {
                    out.push(b'=');
                    at += 1;
                }
            },
            b'_' if underscore == Underscore::Blank => {
                out.push(b' ');
                at += 1;
            }
            byte => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn broken_or_whole() {
        for (encoding, body, bytes) in [
            ("base64", &b"5ae J\r\n5!aa5"[..], "姉妹".as_bytes()),
            ("base64", b"aGVsbG8", b"hello"),
            ("base64", b"aGVsbG8=aGVsbG8=", b"hellohello"),
            ("quoted-printable", b"a=3Db=\r\nc=ZZ=", b"a=bc=ZZ"),
            ("8bit", b"as it is", b"as it is"),
        ] {
            assert_eq!(decode(body, encoding), bytes, "{encoding}");
        }
    }
}
