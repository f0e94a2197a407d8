//! The page to check, files that wait for the enquiry, and pages that may answer it before it is sent.

use reqwest::multipart::{Form, Part};

use crate::harness::Desk;
use crate::harness::visitor::{Page, Visitor};

const MESSAGE: &str = "お世話になっております。\n\n<b>次回</b>の会議は \"いつ\" ですか & どこですか。\n";

fn written(seal: &str) -> Form {
    let fields = [
        ("seal", seal),
        ("topic", "trilateral-conference"),
        ("name", "中村 さゆり"),
        ("email", "s.nakamura@city.wakakusa.example"),
        ("subject", "姉妹都市と提携するまでの手続き"),
        ("message", MESSAGE),
        ("consent", "yes"),
    ];
    fields.into_iter().fold(Form::new(), |form, (name, value)| form.text(name.to_owned(), value.to_owned()))
}

fn file(name: &'static str, content: &[u8]) -> Part {
    Part::bytes(content.to_vec()).file_name(name)
}

async fn send(visitor: &Visitor, page: &Page, more: &[(&str, &str)]) -> Page {
    let fields = page.fields("id=\"check\"");
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.extend_from_slice(more);
    visitor.post("/ja/enquiries", &all).await
}

/// What the form would send that comes back, and what was typed into it.
fn kept(page: &Page) -> Vec<String> {
    page.fields("<form class=\"form\"").into_iter().filter(|(name, _)| name == "kept").map(|(_, value)| value).collect()
}

#[tokio::test]
async fn what_is_checked_is_not_sent_and_is_sent_as_it_was_written() {
    let desk = Desk::start().await;
    let form = written(&desk.seal().await)
        .part("attachments", file("発表概要（案）.pdf", b"%PDF-1.4 outline"))
        .part("attachments", file("写真.jpg", b"\xff\xd8\xff photograph"));
    let check = desk.post_multipart("/ja/enquiries", form.text("step", "check")).await;
    assert_eq!(check.status, 200, "{}", check.text);
    for part in ["日中韓3か国地方政府交流会議", "中村 さゆり", "発表概要（案）.pdf", "記入なし", "&#60;b&#62;次回"]
    {
        assert!(check.text.contains(part), "{part} in {}", check.text);
    }
    assert_eq!(desk.count("SELECT count(*) FROM arrivals").await, 0, "nothing has arrived");
    assert_eq!(desk.count("SELECT count(*) FROM kept_files").await, 2);
    let receipt = send(&desk, &check, &[]).await;
    assert_eq!(receipt.status, 303, "{}", receipt.text);
    let as_written = format!("SELECT count(*) FROM messages WHERE text = $$ {MESSAGE}$$").replace("$$ ", "$$");
    assert_eq!(desk.count(&as_written).await, 1, "not a sign is lost on the way");
    let files = "SELECT count(*) FROM attachments JOIN blobs USING (sha256) WHERE (filename, content) IN \
        (('発表概要（案）.pdf', '%PDF-1.4 outline'), ('写真.jpg', '\\xffd8ff2070686f746f6772617068'))";
    assert_eq!(desk.count(files).await, 2);
    assert_eq!(send(&desk, &check, &[]).await.status, 303);
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1, "sent twice, it is one enquiry");
}

#[tokio::test]
async fn the_way_back_keeps_everything_and_files_can_be_left_out() {
    let desk = Desk::start().await;
    let form = written(&desk.seal().await)
        .part("attachments", file("one.pdf", b"%PDF-1.4 one"))
        .part("attachments", file("two.pdf", b"%PDF-1.4 two"));
    let check = desk.post_multipart("/ja/enquiries", form.text("step", "check")).await;
    let back = send(&desk, &check, &[("step", "write")]).await;
    assert_eq!(back.status, 200);
    assert!(back.text.contains("value=\"s.nakamura@city.wakakusa.example\"") && back.text.contains("&#60;b&#62;次回"));
    assert!(back.text.contains("value=\"yes\"") && back.text.contains("one.pdf") && back.text.contains("two.pdf"));
    let unknown = send(&desk, &check, &[("step", "anything")]).await;
    assert_eq!(unknown.status, 200, "what is none of ours sends nothing");
    assert_eq!(desk.count("SELECT count(*) FROM arrivals").await, 0);
    let sent = written(&back.hidden("seal")).text("kept", kept(&back).swap_remove(1));
    assert_eq!(desk.post_multipart("/ja/enquiries", sent).await.status, 303);
    assert_eq!(desk.count("SELECT count(*) FROM attachments WHERE filename = 'two.pdf'").await, 1);
    assert_eq!(desk.count("SELECT count(*) FROM attachments").await, 1);
}

#[tokio::test]
async fn files_are_not_chosen_twice_because_of_a_slip() {
    let desk = Desk::start().await;
    let slip =
        written(&desk.seal().await).part("attachments", file("one.pdf", b"%PDF-1.4 one")).text("phone", "call me");
    let again = desk.post_multipart("/ja/enquiries", slip).await;
    assert_eq!((again.status, kept(&again).len()), (422, 1), "{}", again.text);
    let more = (0..20).fold(written(&again.hidden("seal")), |form, _| form.part("attachments", file("x.txt", b"x")));
    let many = desk.post_multipart("/ja/enquiries", more.text("kept", kept(&again).swap_remove(0))).await;
    assert_eq!((many.status, kept(&many).len()), (422, 1), "one and twenty are too many");
    assert!(many.text.contains("20つまで") && many.text.contains("残せませんでした"), "{}", many.text);
    let thrice = (0..3).fold(written(&desk.seal().await), |form, _| form.text("kept", kept(&again).swap_remove(0)));
    let thrice = desk.post_multipart("/ja/enquiries", thrice.text("step", "check")).await;
    assert_eq!(thrice.fields("id=\"check\"").iter().filter(|(name, _)| name == "kept").count(), 1, "one file is one");
    let forged = desk.post_multipart("/ja/enquiries", written(&desk.seal().await).text("kept", "forged")).await;
    assert_eq!(forged.status, 422);
    assert!(forged.text.contains("期限が過ぎました"), "{}", forged.text);
    let stale = written("forged").part("attachments", file("one.pdf", b"%PDF-1.4 one"));
    let stale = desk.post_multipart("/ja/enquiries", stale.text("kept", kept(&again).swap_remove(0))).await;
    assert_eq!((stale.status, kept(&stale).len()), (403, 1), "what was kept stays; what strangers send is not kept");
    let sent = written(&stale.hidden("seal")).text("kept", kept(&stale).swap_remove(0));
    assert_eq!(desk.post_multipart("/ja/enquiries", sent).await.status, 303);
    assert_eq!(desk.count("SELECT count(*) FROM attachments").await, 1);
}

#[tokio::test]
async fn files_go_after_a_day_unless_a_message_has_them() {
    let mut desk = Desk::start().await;
    let check = |seal: String, content: &'static [u8]| {
        written(&seal).part("attachments", file("a.txt", content)).text("step", "check")
    };
    let sent = desk.post_multipart("/ja/enquiries", check(desk.seal().await, b"sent")).await;
    let left = desk.post_multipart("/ja/enquiries", check(desk.seal().await, b"left")).await;
    let fresh = desk.post_multipart("/ja/enquiries", check(desk.seal().await, b"fresh")).await;
    assert_eq!(send(&desk, &sent, &[]).await.status, 303);
    desk.execute(
        "UPDATE kept_files SET until = now() - interval '1 second' FROM blobs \
            WHERE blobs.sha256 = kept_files.sha256 AND content <> 'fresh'",
    )
    .await;
    desk.end();
    let desk = Desk::settings().on(&desk.database_url).start().await;
    crate::harness::soon("what is over is removed", async || desk.count("SELECT count(*) FROM kept_files").await == 1)
        .await;
    assert_eq!(desk.count("SELECT count(*) FROM blobs WHERE content IN ('sent', 'fresh')").await, 2);
    assert_eq!(desk.count("SELECT count(*) FROM blobs").await, 2);
    let gone = send(&desk, &left, &[]).await;
    assert_eq!(gone.status, 422);
    assert!(gone.text.contains("期限が過ぎました") && gone.text.contains("次回"), "{}", gone.text);
    assert_eq!(send(&desk, &fresh, &[]).await.status, 303);
}

#[tokio::test]
async fn files_can_go_ahead_of_the_form() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "1").start().await;
    let seal = desk.seal().await;
    let upload = async |seal: &str, content: Vec<u8>| {
        let form = Form::new().text("seal", seal.to_owned());
        desk.post_multipart("/fr/enquiries/files", form.part("attachments", Part::bytes(content).file_name("plan.pdf")))
            .await
    };
    let answer: serde_json::Value =
        serde_json::from_str(&upload(&seal, b"%PDF-1.4".to_vec()).await.text).expect("JSON");
    assert_eq!(
        (&answer["files"][0]["filename"], &answer["files"][0]["shown"]),
        (&"plan.pdf".into(), &"1\u{a0}ko".into())
    );
    for (seal, content, status, words) in [
        ("forged", vec![b'x'], 403, "La page était ouverte depuis trop longtemps"),
        (seal.as_str(), vec![b'x'; 11 * 1024 * 1024], 413, "« plan.pdf »"),
    ] {
        let refused = upload(seal, content).await;
        let said = refused.text.replace('\u{a0}', " ");
        assert_eq!(refused.status, status, "{said}");
        assert!(said.contains("\"error\"") && said.contains(words), "{said}");
    }
    let signed = answer["files"][0]["signed"].as_str().expect("signed").to_owned();
    for _ in 0..4 {
        assert_eq!(upload(&seal, b"%PDF-1.4".to_vec()).await.status, 200);
    }
    assert_eq!(upload(&seal, b"%PDF-1.4".to_vec()).await.status, 429, "five for each enquiry that may come");
    let checked = written(&seal).part("attachments", file("more.pdf", b"%PDF-1.4 more")).text("step", "check");
    let checked = desk.post_multipart("/ja/enquiries", checked.text("kept", signed.clone())).await;
    assert_eq!((checked.status, kept(&checked).len()), (429, 1), "{}", checked.text);
    assert!(checked.text.contains("more.pdf"), "which files are to be chosen again is told");
    assert_eq!(desk.post_multipart("/ja/enquiries", written(&seal).text("kept", signed)).await.status, 303);
    assert_eq!(desk.count("SELECT count(*) FROM attachments WHERE filename = 'plan.pdf'").await, 1);
}

#[tokio::test]
async fn pages_may_answer_before_anything_is_sent() {
    let desk = Desk::start().await;
    for (language, typed, slug) in [
        ("ja", "姉妹都市と提携するまでの手続きについて", "sister-cities"),
        ("ja", "総務大臣賞に応募できますか", "commendation"),
        ("en", "Two participants for the seminar", "seminar"),
        ("zh", "我们想参加日中韩会议", "trilateral-conference"),
        ("ko", "자매도시를 찾고 있습니다", "sister-cities"),
        ("fr", "Inscription aux Rencontres franco-japonaises", "japan-france-conference"),
    ] {
        let query = form_urlencoded::byte_serialize(typed.as_bytes()).collect::<String>();
        let part = desk.get(&format!("/{language}/suggestions?q={query}")).await;
        assert!(
            part.text.contains(&format!("/{language}/pages/{slug}?asking=yes\"")),
            "{slug} for {typed}: {}",
            part.text
        );
        assert!(part.text.matches("<li>").count() <= 3);
    }
    for typed in ["Hello", "お世話になっております", ""] {
        assert!(!desk.get(&format!("/ja/suggestions?q={typed}")).await.text.contains("<li>"), "{typed}");
    }
    let check = desk.post_multipart("/ja/enquiries", written(&desk.seal().await).text("step", "check")).await;
    assert!(check.text.contains("href=\"/ja/pages/sister-cities?asking=yes\""), "{}", check.text);
    let offered = desk.get("/ja/pages/sister-cities?asking=yes").await;
    assert!(offered.text.contains("分かりましたか") && !offered.text.contains("役に立ちましたか"), "{}", offered.text);
    let token = offered.hidden("token");
    let over = desk.post("/ja/pages/sister-cities/helpful", &[("token", &token), ("answer", "answered")]).await;
    assert_eq!(over.status, 303);
    let thanked = desk.get(over.location.split('#').next().unwrap_or_default()).await;
    assert!(thanked.text.contains("送られていません") && thanked.text.contains("data-draft-over"), "{}", thanked.text);
    assert_eq!(desk.count("SELECT count(*) FROM arrivals").await, 0);
    desk.sign_in().await;
    let page = desk.get("/staff/pages/sister-cities").await;
    assert!(page.text.contains("問い合わせずに済んだ：1"), "{}", page.text);
}
