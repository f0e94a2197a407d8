//! Letters that are signed as a whole (S/MIME `signed-data`, RFC 8551, 3.5.2): what was signed stands in the clear within
//! the signature, where mail programs that know no S/MIME do not see it.

use bcder::decode::{BytesSource, Constructed, DecodeError, Source};
use bcder::{ConstOid, Mode, OctetString, Oid, Tag};

use crate::mail::structure::Part;

/// `id-signedData` and `id-data` (RFC 5652, 5.1 and 4).
const SIGNED_DATA: ConstOid = Oid(&[42, 134, 72, 134, 247, 13, 1, 7, 2]);
const DATA: ConstOid = Oid(&[42, 134, 72, 134, 247, 13, 1, 7, 1]);

/// The entity (RFC 2045) within a letter that is nothing but such a signature.
pub(super) fn signed_entity(raw: &[u8], parts: &[Part]) -> Option<Vec<u8>> {
    let [part] = parts else { return None };
    let kind = part.media_type();
    let is_smime = kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime";
    if is_smime { content(part.content(raw).into_owned()) } else { None }
}

fn content(signature: Vec<u8>) -> Option<Vec<u8>> {
    // Clients write the lengths of BER, which DER does not know.
    let found = Constructed::decode(BytesSource::new(signature.into()), Mode::Ber, |file| {
        file.take_sequence(|info| {
            if Oid::take_from(info)? != SIGNED_DATA {
                return Err(info.content_err("not signed"));
            }
            info.take_constructed_if(Tag::CTX_0, |explicit| explicit.take_sequence(signed_data))
        })
    });
    found.ok().flatten().map(|octets| octets.to_bytes().to_vec())
}

fn signed_data<S: Source>(data: &mut Constructed<'_, S>) -> Result<Option<OctetString>, DecodeError<S::Error>> {
    data.skip_one()?;
    data.skip_one()?;
    let content = data.take_sequence(|encapsulated| {
        if Oid::take_from(encapsulated)? != DATA {
            return Err(encapsulated.content_err("not a letter"));
        }
        encapsulated.take_opt_constructed_if(Tag::CTX_0, OctetString::take_from)
    })?;
    // Certificates and signatures. `skip_all` fails at the end of what has no length.
    while data.skip_opt(|_, _, _| Ok(()))?.is_some() {}
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::content;

    #[test]
    fn absurd_nesting_takes_its_own_size() {
        for piece in [&b"\x24\x80"[..], b"\x30\x80", b"\xa0\x80", b"\x30\x84\x00\xff\xff\xff"] {
            assert_eq!(content(piece.repeat(1_000_000)), None);
        }
        let start = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80";
        let nested = [&start[..], &b"\x24\x80".repeat(1_000_000)].concat();
        assert_eq!(content(nested), None);
    }
}
