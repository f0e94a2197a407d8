//! Signatures of letters, verified as a receiver does; the keys below `keys` sign nothing else.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;

use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use mail_auth::{AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters, ResolverCache, Txt};

use crate::harness::desk::run;
use crate::harness::post::Post;
use crate::harness::{Desk, soon};

const RSA: (&str, &str) = (include_str!("keys/dkim-rsa.pem"), include_str!("keys/dkim-rsa.txt"));
const ED25519: (&str, &str) = (include_str!("keys/dkim-ed25519.pem"), include_str!("keys/dkim-ed25519.txt"));

/// The DNS, with one record.
struct Dns(std::collections::HashMap<Box<str>, Txt>);

impl ResolverCache<Box<str>, Txt> for Dns {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.0.get(name).cloned()
    }
    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }
    fn insert(&self, _: Box<str>, _: Txt, _: std::time::Instant) {}
}

/// What a receiver makes of a letter's signature, for whom it is, and with which name.
async fn verified(raw: &[u8], record: &str, at: &str) -> (bool, String, String) {
    let key = DomainKey::parse(record.trim().as_bytes()).expect("a record");
    let dns = Dns([(at.into(), Txt::DomainKey(Arc::new(key)))].into());
    let message = AuthenticatedMessage::parse(raw).expect("a message");
    let receiver = MessageAuthenticator::new_cloudflare().expect("a receiver that has to ask nobody");
    let outputs = receiver.verify_dkim(Parameters::new(&message).with_txt_cache(&dns)).await;
    assert_eq!(outputs.len(), 1, "one signature");
    let signature = outputs[0].signature().expect("it can be read");
    (*outputs[0].result() == DkimResult::Pass, signature.d.clone(), signature.s.clone())
}

#[tokio::test]
async fn letters_are_signed_and_verify() {
    for ((pem, record), domain) in [(RSA, None), (ED25519, Some("letters.desk.test"))] {
        let folder = tempfile::tempdir().expect("a folder");
        let key = folder.path().join("key.pem");
        std::fs::write(&key, pem).expect("written");
        let post = Post::start().await;
        let settings = Desk::settings()
            .with("MADOGUCHI_SMTP_URL", post.url())
            .with("MADOGUCHI_DKIM_KEY_FILE", key.display().to_string())
            .with("MADOGUCHI_DKIM_SELECTOR", "desk2026");
        let desk = match domain {
            Some(domain) => settings.with("MADOGUCHI_DKIM_DOMAIN", domain),
            None => settings,
        };
        let desk = desk.start().await;
        assert_eq!(desk.enquire(&desk.seal().await, &[]).await.status, 303);
        desk.sign_in().await;
        let body = "拝啓\n\n. は行頭の点です。  \n\n\n行末の空白と**強調**。\n\n\n";
        let file = reqwest::multipart::Part::bytes(b"%PDF-1.4\r\n".to_vec()).file_name("名簿.pdf");
        let page = desk.get("/staff/tickets/000001-3").await;
        let form = ["token", "version", "seen"].map(|name| (name, page.hidden(name)));
        let form = form.into_iter().fold(reqwest::multipart::Form::new(), |form, (name, value)| form.text(name, value));
        let form = form.text("body", body).text("status", "").part("attachments", file);
        assert_eq!(desk.post_multipart("/staff/tickets/000001-3/reply", form).await.status, 303);
        soon("both letters leave", async || post.sent().len() == 2).await;
        let expected = domain.unwrap_or("desk.test");
        for sent in post.sent() {
            let at = format!("desk2026._domainkey.{expected}.");
            let result = verified(&sent.raw, record, &at).await;
            assert_eq!(result, (true, expected.to_owned(), "desk2026".to_owned()));
            let changed = String::from_utf8_lossy(&sent.raw).replacen("Subject: ", "Subject: x", 1);
            assert!(!verified(changed.as_bytes(), record, &at).await.0, "a changed letter does not verify");
        }
    }
}

#[test]
fn a_key_that_cannot_sign_is_named_and_nothing_starts() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = folder.path().join("key.pem");
    std::fs::write(&key, "-----BEGIN PRIVATE KEY-----\nMAo=\n-----END PRIVATE KEY-----\n").expect("written");
    let flags = ["--dkim-key-file", key.to_str().expect("text"), "--dkim-selector", "desk2026"];
    let ran = run("", folder.path(), &[&["serve"], &flags[..]].concat(), b"");
    assert_eq!(ran.code, 78, "{}", ran.stderr);
    assert!(
        ran.stderr.starts_with("MADOGUCHI_DKIM_KEY_FILE (from the command line) must be a private key"),
        "{}",
        ran.stderr
    );
    assert!(!folder.path().join("postgres").exists(), "nothing was started");
    let checked = run("postgres://nobody@127.0.0.1:1/none", folder.path(), &[&["check"], &flags[..]].concat(), b"");
    assert!(checked.stdout.contains("wrong  signing: MADOGUCHI_DKIM_KEY_FILE"), "{}", checked.stdout);
}
