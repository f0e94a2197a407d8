//! Forms as browsers and others send them.

use poem::{Body, Request, RequestBody};

use super::{FileLimit, Form, FormError, sniff};

async fn read(content_type: &str, body: Vec<u8>) -> (Form, Option<FormError>) {
    let request = Request::builder().content_type(content_type).finish();
    // In pieces, as it comes over a network.
    Form::read(&request, RequestBody::new(Body::from_async_read(std::io::Cursor::new(body)))).await
}

fn part(name: &str, filename: Option<&str>, content: &[u8]) -> Vec<u8> {
    let file = filename.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
    let head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

const MULTIPART: &str = "multipart/form-data; boundary=b";

#[tokio::test]
async fn what_was_typed_survives_a_file_that_is_too_large() {
    let large = vec![b'x'; 11 << 20];
    let body =
        [part("a", Some("scan.tif"), &large), part("name", None, "山田\r\n\0x".as_bytes()), b"--b--".to_vec()].concat();
    let (form, error) = read(MULTIPART, body).await;
    assert_eq!((form.text("name"), error), ("山田\nx", None));
    assert_eq!((form.too_large[0].limit, form.too_large[0].size), (FileLimit::One, 11 << 20));
}

#[tokio::test]
async fn files_are_counted_together() {
    let nine = vec![b'x'; 9 << 20];
    let files: Vec<u8> = (0..3).flat_map(|_| part("attachments", Some("a.bin"), &nine)).collect();
    let (mut form, _) = read(MULTIPART, [files, b"--b--".to_vec()].concat()).await;
    assert_eq!((form.files.len(), form.too_large[0].limit), (2, FileLimit::Together));
    assert_eq!(form.files[0].content().expect("kept").len(), 9 << 20);
}

#[tokio::test]
async fn a_broken_form_keeps_what_came() {
    let (form, error) = read(MULTIPART, [part("name", None, b"Ada"), b"--b\r\nContent-Dispo".to_vec()].concat()).await;
    assert_eq!((form.text("name"), error), ("Ada", Some(FormError::Broken)));
}

#[tokio::test]
async fn more_than_is_read_at_all() {
    let (form, error) =
        read(MULTIPART, [part("name", None, b"Ada"), part("f", Some("x"), &vec![0; 101 << 20])].concat()).await;
    assert_eq!((form.text("name"), error), ("Ada", Some(FormError::TooLarge)));
}

#[tokio::test]
async fn urlencoded_and_empty_files() {
    let (form, error) = read("application/x-www-form-urlencoded", b"q=%E5%A7%89+x&q=2".to_vec()).await;
    assert_eq!((form.text("q"), form.all("q").count(), error), ("姉 x", 2, None));
    let (form, _) = read(MULTIPART, [part("attachments", Some(""), b""), b"--b--".to_vec()].concat()).await;
    assert!(form.files.is_empty() && form.too_large.is_empty());
}

#[test]
fn types_are_sniffed() {
    for (head, kind) in [
        (&b"%PDF-1.7"[..], "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"<svg xmlns=", "image/svg+xml"),
        (b"<?xml version='1.0'?><svg", "image/svg+xml"),
        ("こんにちは".as_bytes(), "text/plain"),
        (b"\0\x01\x02", "application/octet-stream"),
    ] {
        assert_eq!(sniff(head), kind);
    }
}
