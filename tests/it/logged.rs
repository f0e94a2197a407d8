//! What staff log of calls, faxes and visits: the questions of its topic, and files.

use reqwest::multipart::{Form, Part};

use crate::harness::visitor::Page;
use crate::harness::{Desk, soon};
use crate::settings::set;

const LOG: &str = "/staff/tickets/new";
const CALL: [(&str, &str); 4] =
    [("channel", "phone"), ("name", "中村"), ("topic", "seminar"), ("message", "研修に申し込みたいとのお電話。")];

fn form(page: &Page, fields: &[(&str, &str)]) -> Form {
    let fields = [&CALL[..], fields].concat();
    let form = Form::new().text("token", page.hidden("token")).text("asked", page.hidden("asked"));
    fields.into_iter().fold(form, |form, (name, value)| form.text(name.to_owned(), value.to_owned()))
}

fn file(bytes: &'static [u8], name: &'static str) -> Part {
    Part::bytes(bytes).file_name(name)
}

#[tokio::test]
async fn a_call_answers_the_questions_of_its_topic() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    assert_eq!(
        set(&desk, "/staff/settings/topics/seminar/questions/position", &[("need", "required")]).await.status,
        303
    );
    let blank = desk.get(&format!("{LOG}?topic=seminar")).await;
    assert!(blank.text.contains("お聞きできたことだけで構いません"), "{}", blank.text);
    let wrong = form(&blank, &[("seminar.participants", "many"), ("seminar.municipality", "Valmont-sur-Lys")]);
    let again = desk.post_multipart(LOG, wrong).await;
    assert_eq!(again.status, 422);
    let link = "<a href=\"#seminar.participants\">「参加予定人数」は整数で書いてください。例 12</a>";
    for part in [link, "id=\"seminar.participants-error\"", "value=\"many\"", "value=\"Valmont-sur-Lys\""] {
        assert!(again.text.contains(part), "{part} in {}", again.text);
    }
    let answers =
        [("seminar.participants", "３名"), ("seminar.country", "フランス"), ("commendation.x", "of no question")];
    let logged = desk.post_multipart(LOG, form(&again, &answers)).await;
    assert_eq!(logged.status, 303, "what the caller did not say is not asked of staff: {}", logged.text);
    let ticket = desk.get(&logged.location).await.text;
    let answers = ticket.split_once("class=\"answers\"").expect("answers").1;
    let answers = answers.split_once("</dl>").expect("their end").0;
    for part in ["<bdi>3</bdi>", "<bdi>フランス</bdi>"] {
        assert!(answers.contains(part), "{part} in {answers}");
    }
    assert!(!answers.contains("回答なし"), "what was not said is not listed: {answers}");
    let more = desk.get(&format!("{LOG}?topic=seminar")).await;
    let more = form(&more, &[("seminar.participants", "4"), ("reference", "000001-3")]);
    assert_eq!(desk.post_multipart(LOG, more).await.location, "/staff/tickets/000001-3");
    let table = desk.get("/staff/tickets.csv?topic=seminar").await.text;
    assert!(table.contains("フランス,,,4,"), "what was said last holds, and the rest stays: {table}");
    soon("answers are found", async || !desk.get("/staff/tickets?q=フランス").await.tickets().is_empty()).await;
    let raw = "SELECT count(*) FROM arrivals WHERE convert_from(raw, 'UTF8')::jsonb -> 'answers' ->> 'country' = 'FR'";
    assert_eq!(desk.count(raw).await, 1);
}

#[tokio::test]
async fn what_was_faxed_goes_with_what_is_logged() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let blank = desk.get(LOG).await;
    let scan = file(b"%PDF-1.4 page", "受信FAX.pdf");
    let again = desk.post_multipart(LOG, form(&blank, &[("email", "half@")]).part("attachments", scan)).await;
    assert!(again.status == 422 && again.text.contains("受信FAX.pdf"), "{}", again.text);
    let second = file(b"\x89PNG\r\n\x1a\n", "card.png");
    let whole = form(&again, &[("kept", &again.hidden("kept"))]).part("attachments", second);
    let logged = desk.post_multipart(LOG, whole).await;
    assert_eq!(logged.status, 303, "{}", logged.text);
    let ticket = desk.get(&logged.location).await.text;
    assert!(ticket.contains("受信FAX.pdf") && ticket.contains("card.png"), "{ticket}");

    let blank = desk.get(LOG).await;
    let large = Part::bytes(vec![b'x'; 11_000_000]).file_name("large.tif");
    let refused = desk.post_multipart(LOG, form(&blank, &[]).part("attachments", large)).await;
    assert_eq!(refused.status, 413);
    assert!(
        refused.text.contains("id=\"attachments-error\"") && refused.text.contains("large.tif を添付できませんでした")
    );
    assert!(refused.text.contains("研修に申し込みたい"));
    let gone = form(&blank, &[("kept", "forged")]);
    assert_eq!(desk.post_multipart(LOG, gone).await.status, 422, "a file that is gone is told, not left out");
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1);

    desk.execute("DELETE FROM sessions").await;
    let scan = file(b"%PDF-1.4 page", "scan.pdf");
    let lost = form(&blank, &[("seminar.participants", "3")]).part("attachments", scan);
    let lost = desk.post_multipart(LOG, lost).await;
    assert_eq!(lost.status, 403);
    for part in ["中村", "研修に申し込みたい", "Number of participants: 3", "scan.pdf"] {
        assert!(lost.text.contains(part), "{part} in {}", lost.text);
    }
}
