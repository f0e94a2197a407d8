//! Enquiries by the web form: what is taken, what is refused and how, and that the same is taken once.

use reqwest::multipart::{Form, Part};

use crate::harness::{Desk, soon};

const UNLIMITED: (&str, &str) = ("MADOGUCHI_ENQUIRIES_PER_HOUR", "0");

#[tokio::test]
async fn mistakes_are_explained_and_what_was_typed_is_kept() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    let long = "あ".repeat(10_001);
    let ends_of_lines = format!("{}x", "a\r\n".repeat(5000));
    for (name, given, field, sentence) in [
        ("no topic", &[("topic", "")][..], "topic", "Choose"),
        ("no name", &[("name", " ")], "name", "name"),
        ("no @", &[("email", "abena.example")], "email", "has no “@”"),
        ("half an address", &[("email", "abena@")], "email", "name@example.org"),
        ("neither address nor telephone", &[("email", "")], "email", "phone"),
        ("a telephone of words", &[("phone", "call me")], "phone", "number"),
        ("no subject", &[("subject", "")], "subject", "subject"),
        ("no message", &[("message", " \r\n ")], "message", "Write"),
        ("one character too many", &[("message", &long)], "message", "one character too long"),
        ("an end of line counts once", &[("message", &ends_of_lines)], "message", "one character too long"),
        ("no consent", &[("consent", "")], "consent", "agree"),
    ] {
        let given: Vec<(&str, &str)> =
            [("organisation", "Kept <b>&</b>")].into_iter().chain(given.iter().copied()).collect();
        let page = desk.enquire(&seal, &given).await;
        assert_eq!(page.status, 422, "{name}: {}", page.text);
        assert!(page.text.contains(&format!("href=\"#{field}")), "{name}: the summary links to the field");
        assert!(
            page.text.contains("Kept &#60;b&#62;") || page.text.contains("Kept &lt;b&gt;"),
            "{name}: {}",
            page.text
        );
        let visible = page.text.replace("&quot;", "\"").replace("&#34;", "\"").replace("\"@\"", "“@”");
        assert!(visible.contains(sentence), "{name}: {sentence} in {visible}");
    }
    assert_eq!(desk.count("SELECT count(*) FROM arrivals").await, 0, "nothing was taken");
    let fits = format!("{}a", "a\r\n".repeat(4999) + "\r\n");
    let page = desk.enquire(&seal, &[("message", &fits)]).await;
    assert_eq!(page.status, 303, "{}", page.text);
}

#[tokio::test]
async fn files_come_with_it_within_their_limits() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    let form = |seal: &str, files: Vec<Part>| {
        let fields = [
            ("topic", "other"),
            ("name", "山田"),
            ("email", "yamada@town.example"),
            ("subject", "図面"),
            ("message", "図面を送ります。"),
            ("consent", "yes"),
        ];
        let form = fields.into_iter().fold(Form::new(), |form, (name, value)| form.text(name, value));
        files.into_iter().fold(form.text("seal", seal.to_owned()), |form, file| form.part("attachments", file))
    };
    let file = |name: &str, bytes: Vec<u8>| {
        Part::bytes(bytes).file_name(name.to_owned()).mime_str("application/pdf").expect("a type")
    };
    let mib = 1024 * 1024;
    for (name, files) in [
        ("one of more than 10 MiB", vec![file("scan.pdf", vec![b'x'; 10 * mib + 1])]),
        ("together more than 20 MiB", (0..3).map(|_| file("scan.pdf", vec![b'x'; 7 * mib])).collect()),
    ] {
        let page = desk.post_multipart("/ja/enquiries", form(&seal, files)).await;
        assert_eq!(page.status, 413, "{name}");
        assert!(page.text.contains("図面を送ります。") && page.text.contains("scan.pdf"), "{name}: {}", page.text);
    }
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let files = vec![file("../../etc/図面\u{202e}.pdf", svg.clone()), file("two.pdf", vec![b'x'; 10 * mib])];
    let sent = desk.post_multipart("/ja/enquiries", form(&seal, files)).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    desk.sign_in().await;
    let ticket = desk.get("/staff/tickets/000001-3").await;
    assert!(ticket.text.contains("図面.pdf") && !ticket.text.contains("../etc"), "{}", ticket.text);
    let link =
        ticket.text.split("href=\"/staff/attachments/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let down = desk.get(&format!("/staff/attachments/{link}")).await;
    let header =
        |name: &str| down.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert!(header("content-disposition").starts_with("attachment;"), "{:?}", down.headers);
    assert_eq!(header("content-type"), "application/octet-stream", "what it is said to be is not believed");
    assert!(
        header("content-security-policy").contains("default-src 'none'")
            && header("x-content-type-options") == "nosniff"
    );
    assert_eq!(down.text.as_bytes(), svg);
    assert_eq!(
        desk.visitor().get(&format!("/staff/attachments/{link}")).await.status,
        303,
        "strangers are led to the sign-in"
    );
    let kept = desk.count("SELECT count(*) FROM attachments WHERE sniffed_type = 'image/svg+xml' AND content_type = 'application/pdf'").await;
    assert_eq!(kept, 1, "what it declares and what it is are both kept");
}

#[tokio::test]
async fn the_same_form_is_one_ticket() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    let (one, other) = tokio::join!(desk.enquire(&seal, &[]), desk.enquire(&seal, &[]));
    assert_eq!((one.status, other.status), (303, 303));
    let again = desk.enquire(&seal, &[]).await;
    for page in [&one, &other, &again] {
        assert!(desk.get(&page.location).await.text.contains(" 000001-3 "), "the same receipt");
    }
    let corrected = desk.enquire(&seal, &[("message", "Three participants, not two.")]).await;
    assert!(desk.get(&corrected.location).await.text.contains(" 000001-3 "));
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1);
    assert_eq!(desk.count("SELECT count(*) FROM messages").await, 2, "corrected and sent again: a further message");
    assert_eq!(
        desk.count("SELECT count(*) FROM arrivals WHERE outcome = 'duplicate'").await,
        2,
        "the ledger keeps each delivery"
    );
    assert_eq!(desk.letters_soon(1).await.len(), 1, "acknowledged once");
    let blank = desk.enquire(&desk.seal().await, &[]).await;
    assert!(desk.get(&blank.location).await.text.contains(" 000002-"), "another page is another enquiry");
}

#[tokio::test]
async fn two_instances_take_the_same_form_once() {
    let desk = Desk::start().await;
    let twin = Desk::settings().on(&desk.database_url).start().await;
    for _ in 0..10 {
        let seal = desk.seal().await;
        let (one, other) = tokio::join!(desk.enquire(&seal, &[]), twin.enquire(&seal, &[]));
        assert_eq!((one.status, other.status), (303, 303), "{} {}", one.text, other.text);
        let receipt = |text: &str| text.split("class=\"receipt-reference\"").nth(1).map(|rest| rest[..60].to_owned());
        let (here, there) = (twin.get(&one.location).await, desk.get(&other.location).await);
        assert_eq!((here.status, there.status), (200, 200), "a receipt made by one is good at the other");
        assert_eq!(receipt(&here.text), receipt(&there.text));
    }
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 10);
    assert_eq!(desk.count("SELECT count(*) FROM messages").await, 10);
}

#[tokio::test]
async fn a_page_that_is_not_ours_or_stale_is_refused_and_what_was_typed_is_kept() {
    let desk = Desk::start().await;
    for seal in ["", "forged", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let page = desk.enquire(seal, &[("message", "Kept for the next try.")]).await;
        assert_eq!(page.status, 403);
        assert!(page.text.contains("Kept for the next try."), "{}", page.text);
        let fresh = page.hidden("seal");
        assert_ne!(fresh, seal, "the page has a fresh token");
    }
    assert_eq!(desk.count("SELECT count(*) FROM arrivals").await, 0);
}

#[tokio::test]
async fn one_network_address_is_limited_and_told_so() {
    let settings =
        Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "2").with("MADOGUCHI_TRUSTED_PROXIES", "127.0.0.0/8");
    let desk = settings.start().await;
    for expected in [303, 303, 429] {
        let page = desk.enquire(&desk.seal().await, &[("message", "How do we begin?")]).await;
        assert_eq!(page.status, expected);
        assert!(expected == 303 || page.text.contains("How do we begin?"), "what was typed is kept");
    }
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    for (network, expected) in [
        ("2001:db8:1:2::1", 303),
        ("2001:db8:1:2:ffff::9", 303),
        ("2001:db8:1:2:aaaa::3", 429),
        ("2001:db8:1:3::1", 303),
    ] {
        let seal = desk.seal().await;
        let fields = [
            ("seal", seal.as_str()),
            ("topic", "other"),
            ("name", "A"),
            ("email", "a@b.example"),
            ("subject", "S"),
            ("message", "M"),
            ("consent", "yes"),
        ];
        let request =
            client.post(format!("{}/en/enquiries", desk.base)).header("x-forwarded-for", network).form(&fields);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), expected, "{network}: an IPv6 client has its /64");
    }
}

#[tokio::test]
async fn what_is_doubtful_becomes_spam_and_is_acknowledged_when_staff_say_that_it_is_none() {
    let desk = Desk::start().await;
    let sent = desk.enquire(&desk.seal().await, &[("website", "https://pills.example"), ("subject", "Doubtful")]).await;
    assert_eq!(sent.status, 303, "the sender sees the same page");
    assert!(desk.get(&sent.location).await.text.contains(" 000001-3 "));
    desk.sign_in().await;
    assert!(desk.get("/staff/tickets").await.tickets().is_empty(), "not among the others");
    assert_eq!(desk.get("/staff/tickets?status=spam").await.tickets(), ["000001-3"]);
    let page = desk.get("/staff/tickets/000001-3").await.text;
    assert!(page.contains("迷惑ではない") && page.contains("人には見えない欄"), "{page}");
    let refused = desk.deed("000001-3", "reply", &[("body", "Hello"), ("status", "")]).await;
    assert_eq!(refused.status, 422, "spam is not answered: the robot would learn of it");
    assert_eq!(desk.deed("000001-3", "status", &[("status", "new")]).await.status, 303);
    desk.letters_soon(1).await;
    let page = desk.get("/staff/tickets/000001-3").await.text;
    assert!(!page.contains("迷惑ではない") && !page.contains("人には見えない欄"), "{page}");
    for status in ["spam", "open"] {
        assert_eq!(desk.deed("000001-3", "status", &[("status", status)]).await.status, 303);
    }
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(desk.letters().len(), 1, "once");
    // A quick hand is never doubtful: the first form was sent within milliseconds.
    desk.enquire(&desk.seal().await, &[]).await;
    assert_eq!(desk.count("SELECT count(*) FROM tickets WHERE status = 'new'").await, 1);
}

#[tokio::test]
async fn nobodys_mailbox_is_flooded_through_us() {
    let desk = Desk::start().await;
    for _ in 0..7 {
        assert_eq!(desk.enquire(&desk.seal().await, &[]).await.status, 303);
    }
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 7, "all are taken");
    let last = desk.enquire(&desk.seal().await, &[]).await;
    assert!(
        !desk.get(&last.location).await.text.contains("abena@kma.example"),
        "no letter is promised that is not sent"
    );
    assert_eq!(desk.count("SELECT count(*) FROM outbox").await, 5, "five forms an hour are acknowledged");
    let unlimited = Desk::settings().with(UNLIMITED.0, UNLIMITED.1).start().await;
    for _ in 0..7 {
        unlimited.enquire(&unlimited.seal().await, &[]).await;
    }
    unlimited.letters_soon(7).await;
}

#[tokio::test]
async fn those_without_email_are_served_too() {
    let desk = Desk::start().await;
    let sent = desk.enquire(&desk.seal().await, &[("email", ""), ("phone", "０３（５２１３）１７２４")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let receipt = desk.get(&sent.location).await;
    assert!(receipt.text.contains(" 000001-3 ") && !receipt.text.contains("confirmation to"), "{}", receipt.text);
    desk.sign_in().await;
    let ticket = desk.get("/staff/tickets/000001-3").await;
    assert!(ticket.text.contains("03(5213)1724"), "{}", ticket.text);
    let refused = desk.deed("000001-3", "reply", &[("body", "Hello"), ("status", "")]).await;
    assert_eq!(refused.status, 422, "there is nowhere to send it");
    assert!(refused.text.contains("Hello"), "what was written is kept");
}

#[tokio::test]
async fn what_a_corrected_form_says_is_what_holds() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    desk.enquire(&seal, &[("email", "typo@kma.exmaple"), ("subject", "Two"), ("topic", "other")]).await;
    let right = [("email", "right@kma.example"), ("subject", "Three, not two"), ("topic", "sister-cities")];
    let sent = desk.enquire(&seal, &right).await;
    assert!(desk.get(&sent.location).await.text.contains("right@kma.example"), "the receipt names the right address");
    let recipients: Vec<_> =
        desk.letters_soon(2).await.into_iter().map(|letter| letter.to[0].address.clone()).collect();
    assert_eq!(recipients, ["typo@kma.exmaple", "right@kma.example"], "the right address has an acknowledgement");
    desk.sign_in().await;
    assert_eq!(desk.get("/staff/tickets?topic=sister-cities").await.tickets(), ["000001-3"]);
    assert!(desk.get("/staff/tickets/000001-3").await.text.contains("Three, not two"));
    desk.deed("000001-3", "reply", &[("body", "Gladly."), ("status", "")]).await;
    assert_eq!(desk.letters_soon(3).await[2].to[0].address, "right@kma.example", "and the answer");
}

#[tokio::test]
async fn who_goes_back_to_anothers_form_has_an_enquiry_of_their_own() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    let first = desk.enquire(&seal, &[]).await;
    let other = [("name", "Kofi Boateng"), ("email", "kofi@kma.example"), ("message", "Something else altogether.")];
    let second = desk.enquire(&seal, &other).await;
    let again = desk.enquire(&seal, &other).await;
    for (sent, reference, address) in [
        (&first, "000001-3", "abena@kma.example"),
        (&second, "000002-1", "kofi@kma.example"),
        (&again, "000002-1", "kofi@kma.example"),
    ] {
        let receipt = desk.get(&sent.location).await.text;
        assert!(receipt.contains(reference) && receipt.contains(address), "{reference}: {receipt}");
    }
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 2);
}

#[tokio::test]
async fn a_number_given_later_is_remembered() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    desk.enquire(&seal, &[]).await;
    desk.enquire(&seal, &[("phone", "+33 1 42 00 00 00"), ("message", "My number, in case.")]).await;
    desk.enquire(&desk.seal().await, &[("phone", "+233 30 200 0000"), ("subject", "Another question")]).await;
    desk.sign_in().await;
    let ticket = desk.get("/staff/tickets/000001-3").await.text;
    for number in ["+33 1 42 00 00 00", "+233 30 200 0000", "abena@kma.example"] {
        assert!(ticket.contains(number), "{number} in {ticket}");
    }
    assert_eq!(desk.count("SELECT count(*) FROM people").await, 1);
}

#[tokio::test]
async fn a_receipt_cannot_be_guessed() {
    let desk = Desk::start().await;
    let sent = desk.enquire(&desk.seal().await, &[]).await;
    let (path, token) = sent.location.rsplit_once('/').expect("a path");
    let mut bytes = data_encoding::BASE64URL_NOPAD.decode(token.as_bytes()).expect("base64");
    *bytes.last_mut().expect("bytes") ^= 1;
    let forged = data_encoding::BASE64URL_NOPAD.encode(&bytes);
    assert_eq!(desk.get(&format!("{path}/{forged}")).await.status, 404);
    for path in ["/en/receipts/000001-3", "/en/receipts/x", "/xx/", "/en/nowhere"] {
        let page = desk.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.text.contains("<html"), "{path}: error pages carry a way on");
    }
}

#[tokio::test]
async fn each_answer_carries_its_policies() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    for path in [
        "/",
        "/ja/",
        "/en/enquiries/new",
        "/en/pages/privacy",
        "/healthz",
        "/readyz",
        "/nowhere",
        "/staff",
        "/staff/tickets/1",
        "/staff/login",
        "/assets/x",
    ] {
        let page = desk.get(path).await;
        let header =
            |name: &str| page.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(
            (header("x-content-type-options").as_str(), header("referrer-policy").as_str()),
            ("nosniff", "same-origin"),
            "{path}"
        );
    }
    for (asked, to) in [
        ("fr-CH, fr;q=0.9, en;q=0.8", "/fr/"),
        ("de", "/en/"),
        ("zh-TW,zh;q=0.9", "/zh/"),
        ("", "/en/"),
        ("ko", "/ko/"),
    ] {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let answer =
            client.get(format!("{}/", desk.base)).header("accept-language", asked).send().await.expect("an answer");
        assert_eq!(answer.headers()["location"], to, "{asked}");
    }
    soon("metrics or not, the desk is well", async || desk.get("/healthz").await.status == 200).await;
}
