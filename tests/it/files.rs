//! Files: what those of a letter hold in short; those of a reply, kept while it is shown again and shown where its text
//! names them.

use crate::harness::{Desk, Page};
use crate::staff::{TICKET, with_ticket};
use crate::threads::{deliver, letter};

#[tokio::test]
async fn a_reply_that_is_shown_again_keeps_its_files() {
    let desk = with_ticket().await;
    let stale = desk.get(TICKET).await;
    desk.deed("000001-3", "note", &[("body", "Something happened meanwhile.")]).await;
    let form = |page: &Page, more: reqwest::multipart::Form| {
        let fields = ["token", "version", "seen"].map(|name| (name, page.hidden(name)));
        let form = fields.into_iter().fold(more, |form, (name, value)| form.text(name, value));
        form.text("body", "The form is attached.").text("status", "")
    };
    let file = reqwest::multipart::Part::bytes(b"%PDF-1.4 form".to_vec()).file_name("form.pdf");
    let path = format!("{TICKET}/reply");
    let sent = form(&stale, reqwest::multipart::Form::new().part("attachments", file));
    let held = desk.post_multipart(&path, sent).await;
    assert_eq!(held.status, 409, "{}", held.text);
    assert!(held.text.contains("form.pdf"), "{}", held.text);
    let anyway = form(&held, reqwest::multipart::Form::new().text("kept", held.hidden("kept")));
    assert_eq!(desk.post_multipart(&path, anyway).await.status, 303);
    let reply = desk.letters_soon(2).await.remove(1);
    assert_eq!(reply.attachments.iter().map(|file| file.filename.as_str()).collect::<Vec<_>>(), ["form.pdf"]);
    let page = desk.get(TICKET).await;
    let file = reqwest::multipart::Part::bytes(b"%PDF-1.4 map".to_vec()).file_name("map.pdf");
    let with_a_slip = reqwest::multipart::Form::new().part("attachments", file).text("cc", "clerk.town.example");
    let refused = desk.post_multipart(&path, form(&page, with_a_slip)).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("map.pdf") && !refused.hidden("kept").is_empty(), "{}", refused.text);
    let without = form(&page, reqwest::multipart::Form::new().text("kept", refused.hidden("kept")));
    assert_eq!(desk.post_multipart(&path, without).await.status, 303, "the file is kept though the address was wrong");
    let forged = form(&page, reqwest::multipart::Form::new().text("kept", "forged"));
    assert_eq!(desk.post_multipart(&path, forged).await.status, 422);
}

#[tokio::test]
async fn a_picture_is_shown_by_the_name_that_its_file_has() {
    let desk = with_ticket().await;
    let page = desk.get(TICKET).await;
    let form = |body: &str| {
        let fields = ["token", "version", "seen"].map(|name| (name, page.hidden(name)));
        let form =
            fields.into_iter().fold(reqwest::multipart::Form::new(), |form, (name, value)| form.text(name, value));
        let picture =
            reqwest::multipart::Part::bytes(b"\x89PNG\r\n\x1a\n".to_vec()).file_name("スクリーンショット (3).png");
        form.text("body", body.to_owned()).text("status", "").part("attachments", picture)
    };
    let path = format!("{TICKET}/reply");
    let absent = desk.post_multipart(&path, form("![道順](map.png)")).await;
    assert_eq!(absent.status, 422);
    assert!(absent.text.contains("「map.png」が添付されていません"), "{}", absent.text);
    let shown = desk.post_multipart(&path, form("![画面](スクリーンショット (3).png)")).await;
    assert_eq!(shown.status, 303, "{}", shown.text);
    let reply = desk.letters_soon(2).await.remove(1);
    assert!(reply.attachments[0].inline && reply.text.contains("[画面: スクリーンショット (3).png]"), "{}", reply.text);
}

#[tokio::test]
async fn calendars_cards_and_letters_say_in_short_what_they_hold() {
    let desk = Desk::start().await;
    let event = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nDTSTART:20201203T010000Z\r\nDTEND:20201203T023000Z\r\n\
                 SUMMARY:Visit <b>of</b> the mayor\r\nLOCATION:Tokyo\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Town\r\nTEL:+33 1 23 45 67 89\r\nEND:VCARD\r\n";
    let head = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n";
    let forwarded =
        "From: Marie <marie@town.example>\r\nSubject: Our school\r\n\r\nThe <i>children</i> would like to write.";
    let body = format!(
        "--b\r\nContent-Type: message/rfc822\r\n\r\n{forwarded}\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the files.\r\n--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\
         Content-Disposition: attachment; filename=visit.ics\r\n\r\n{event}\r\n--b\r\nContent-Type: text/vcard\r\n\
         Content-Disposition: attachment; filename=ada.vcf\r\n\r\n{card}\r\n--b--\r\n"
    );
    deliver(&desk, "exchange@desk.test", &letter("ada@town.example", "cal@town.example", "Visit", head, &body)).await;
    desk.sign_in().await;
    let page = desk.get("/staff/tickets/000001-3").await;
    for line in [
        "招待 · Visit &#60;b&#62;of&#60;/b&#62; the mayor · 2020年12月3日 10:00–11:30 · Tokyo",
        "連絡先 · Ada Town · +33 1 23 45 67 89",
        "メール · Marie · Our school",
        "The &#60;i&#62;children&#60;/i&#62; would like to write.",
    ] {
        assert!(page.text.contains(line), "{line} in {}", page.text);
    }
    assert!(!page.text.contains("BEGIN:VCARD"), "the text holds no file");
}
