//! To whom a letter was delivered, as the last server wrote it into the head: for doors that are told no envelope.

use crate::mail::{address, header, structure};

/// Recipients at the most; a letter has one for each server that forwarded it.
const MOST: usize = 20;

/// The addresses of `Delivered-To`, `X-Original-To` and `Envelope-To`, the last server's first; they are no standard, but
/// what Postfix, Dovecot, Exim, Gmail and others write.
#[must_use]
pub fn delivered_to(raw: &[u8]) -> Vec<String> {
    let head = header::head(raw);
    let parts = structure::parts(head);
    let fields = ["x-original-to", "envelope-to", "delivered-to"].map(|name| parts[0].fields.all(head, name));
    let mut found: Vec<String> = Vec::new();
    for value in fields.into_iter().flatten().take(MOST) {
        let address = address::bare(String::from_utf8_lossy(value).trim());
        if address.contains('@') && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::delivered_to;

    #[test]
    fn each_once() {
        let raw = b"Delivered-To: desk@town.example\r\nReturn-Path: <a@b.example>\r\n\
            X-Original-To: <Info+abc@town.example>\r\nDelivered-To: desk@town.example\r\nTo: other@c.example\r\n\r\n\
            Delivered-To: no@body.example\r\n";
        assert_eq!(delivered_to(raw), ["Info+abc@town.example", "desk@town.example"]);
        assert!(delivered_to(b"").is_empty());
    }
}
