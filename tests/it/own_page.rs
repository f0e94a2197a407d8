//! The enquirer's own page: the key in the acknowledgement opens it, and nothing else does.

use reqwest::multipart::{Form, Part};

use crate::harness::Desk;
use crate::harness::visitor::{Page, Visitor};

async fn enquired(desk: &Desk) -> String {
    assert_eq!(desk.enquire(&desk.seal().await, &[]).await.status, 303);
    desk.letters_soon(1).await;
    desk.own_page(0, "000001-3")
}

/// Does something there.
async fn act(visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    let seal = visitor.get(path).await.hidden("seal");
    visitor.post(path, &[&[("seal", seal.as_str())], fields].concat()).await
}

#[tokio::test]
async fn the_key_in_the_letter_opens_the_page() {
    let desk = Desk::start().await;
    let path = enquired(&desk).await;
    let page = desk.get(&path).await;
    assert_eq!(page.status, 200, "{}", page.text);
    for part in ["000001-3", "Two participants", "We would like to send", "We will answer by", "<dd>Received</dd>"] {
        assert!(page.text.contains(part), "{part}: {}", page.text);
    }
    assert!(page.text.contains("content=\"noindex\"") && page.headers["cache-control"] == "no-store");
    let key = path.split("key=").nth(1).unwrap_or_default();
    let (without, _) = path.split_once('?').expect("a key");
    for (path, status) in [
        (without.to_owned(), 200),
        (format!("{without}?key="), 200),
        (format!("{without}?key={}", "A".repeat(22)), 403),
        (path.replace("000001-3", "000002-1"), 403),
        (format!("/en/enquiries/000001-4?key={key}"), 404),
        (format!("{without}/all?key=x"), 403),
    ] {
        let page = desk.get(&path).await;
        assert_eq!(page.status, status, "{path}: {}", page.text);
        assert!(!page.text.contains("We would like to send"), "{path}");
    }
    assert_eq!(desk.get(&path.replace("/en/", "/fr/")).await.status, 200, "in any language");
    let kept = "SELECT count(*) FROM outbox WHERE letter::text LIKE '%' || $$KEY$$ || '%'".replace("KEY", key);
    assert_eq!(desk.count(&kept).await, 0, "the outbox has a placeholder");
}

#[tokio::test]
async fn enquirers_see_theirs_and_nobody_elses() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    let path = enquired(&desk).await;
    desk.sign_in().await;
    desk.deed("000001-3", "note", &[("body", "Colleagues only: too many already.")]).await;
    desk.deed("000001-3", "reply", &[("body", "Both are welcome. Which dates suit you?")]).await;
    desk.letters_soon(2).await;
    let stranger = "From: Cy <cy@other.example>\r\nTo: exchange@desk.test\r\nMessage-ID: <s@other.example>\r\n\
        Subject: About them\r\n\r\nA third party's words.\r\n";
    let to = desk.reply_address(0);
    assert_eq!(desk.deliver("cy@other.example", &[&to], stranger.as_bytes()).await, ["250"]);
    let key = path.split("key=").nth(1).unwrap_or_default();
    let theirs = format!(
        "From: abena@kma.example\r\nTo: {to}\r\nMessage-ID: <t@kma.example>\r\nSubject: Re\r\n\r\nIn May, please.\r\n\r\n\
         > http://127.0.0.1{path}\r\n> {}?\r\n> key={key} key%3D{key}\r\n",
        path.split('?').next().unwrap_or_default()
    );
    assert_eq!(desk.deliver("abena@kma.example", &[&to], theirs.as_bytes()).await, ["250"]);
    let page = desk.get(&path).await.text;
    for (part, is_there) in [
        ("Both are welcome.", true),
        ("In May, please.", true),
        ("Colleagues only", false),
        ("third party", false),
        ("cy@other.example", false),
    ] {
        assert_eq!(page.contains(part), is_there, "{part}: {page}");
    }
    let staff = desk.get("/staff/tickets/000001-3").await.text;
    assert!(staff.contains("In May, please.") && !staff.contains(key), "staff see no key that somebody quotes");
    let whole = desk.get(&path.replace('?', "/all?")).await;
    assert_eq!(whole.headers["content-type"], "application/octet-stream");
    assert!(whole.text.contains("Both are welcome.") && !whole.text.contains("Colleagues only"), "{}", whole.text);
}

#[tokio::test]
async fn a_further_message_with_a_file_reopens_the_ticket() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    let path = enquired(&desk).await;
    desk.sign_in().await;
    desk.deed("000001-3", "status", &[("status", "pending")]).await;
    assert!(desk.get(&path).await.text.contains("We are waiting for your answer"));
    let seal = desk.get(&path).await.hidden("seal");
    let form = || {
        let file = Part::bytes(b"%PDF-1.4 list".to_vec()).file_name("liste 一.pdf");
        Form::new()
            .text("seal", seal.clone())
            .text("message", "There will be three.\nNot two.")
            .part("attachments", file)
    };
    for _ in 0..2 {
        let sent = desk.post_multipart(&path, form()).await;
        assert_eq!((sent.status, sent.location.contains("done=written")), (303, true), "{}", sent.text);
    }
    assert_eq!(
        desk.count("SELECT count(*) FROM messages WHERE kind = 'inbound'").await,
        2,
        "the same form twice is once"
    );
    assert_eq!(
        desk.count("SELECT count(*) FROM tickets WHERE status = 'open' AND subject = 'Two participants'").await,
        1
    );
    let page = desk.get(&path).await.text;
    let file = page.split("/files/").nth(1).and_then(|rest| rest.split('"').next()).expect("the file");
    let base = path.split('?').next().unwrap_or_default();
    assert_eq!(desk.get(&format!("{base}/files/{file}")).await.text, "%PDF-1.4 list");
    let id = file.split('?').next().unwrap_or_default();
    assert_eq!(desk.get(&format!("{base}/files/{id}?key=x")).await.status, 404);
    for (fields, status, told) in [
        (&[("message", " ")][..], 422, "Write what you would like to tell us"),
        (&[("message", &"x".repeat(10_002))], 422, "2 characters too long"),
        (&[("message", "kept"), ("seal", "forged")], 403, "open for too long"),
    ] {
        let fields: Vec<_> = fields.to_vec();
        let page = match fields.iter().any(|(name, _)| *name == "seal") {
            true => desk.post(&path, &fields).await,
            false => act(&desk, &path, &fields).await,
        };
        assert_eq!(page.status, status, "{}", page.text);
        assert!(page.text.contains(told), "{told}: {}", page.text);
        assert!(!fields.contains(&("message", "kept")) || page.text.contains("\nkept</textarea>"), "{}", page.text);
    }
    let asked = act(&desk, &path, &[("deed", "data"), ("message", "Erase my number.")]).await;
    assert!(asked.location.contains("done=data"), "{}", asked.text);
    let staff = desk.get("/staff/tickets/000001-3").await.text;
    assert!(staff.contains("[Request to correct or erase personal data]") && staff.contains("Erase my number."));
}

#[tokio::test]
async fn nothing_that_was_written_or_chosen_there_is_lost() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    let path = enquired(&desk).await;
    let file = |size: usize, name: &'static str| Part::bytes(vec![b'x'; size]).file_name(name);
    let form = |page: &Page| Form::new().text("seal", page.hidden("seal"));
    let blank = desk.get(&path).await;
    let large = form(&blank).text("message", "Two files.").part("attachments", file(6, "small.pdf"));
    let again = desk.post_multipart(&path, large.part("attachments", file(11_000_000, "large.tif"))).await;
    assert_eq!(again.status, 413);
    for part in ["Two files.</textarea>", "<bdi>small.pdf</bdi>", "“large.tif” is 11", "id=\"attachments-error\""] {
        assert!(again.text.contains(part), "{part} in {}", again.text);
    }
    assert!(!again.text.contains("id=\"message-error\""), "the text is good: {}", again.text);
    let alone = form(&again).text("message", "").text("kept", again.hidden("kept"));
    let sent = desk.post_multipart(&path, alone).await;
    assert_eq!(sent.status, 303, "a file needs no words: {}", sent.text);
    assert!(desk.get(&path).await.text.contains("small.pdf"));
    assert_eq!(desk.count("SELECT count(*) FROM attachments WHERE filename = 'small.pdf'").await, 1);
    let wish = form(&again).text("deed", "data").part("attachments", file(6, "new.pdf"));
    let wish = desk.post_multipart(&path, wish).await;
    assert!(wish.status == 422 && wish.text.contains("<bdi>new.pdf</bdi>"), "a wish needs words: {}", wish.text);
    let gone = form(&again).text("message", "x").text("kept", "forged");
    let gone = desk.post_multipart(&path, gone).await;
    assert!(gone.status == 422 && gone.text.contains("id=\"attachments-error\""), "{}", gone.text);
    assert_eq!(
        desk.get(&format!("{path}。")).await.status,
        200,
        "what stands behind the link in a letter is no part of it"
    );
    let renewed = desk.post(&path, &[("seal", &blank.hidden("seal")), ("deed", "renew")]).await;
    assert_eq!(renewed.status, 303);
    let late = desk.post_multipart(&path, form(&blank).text("message", "Written for half an hour.")).await;
    assert!(late.status == 403 && late.text.contains("Written for half an hour."), "{}", late.text);
}

#[tokio::test]
async fn enquirers_say_that_it_is_settled_and_how_content_they_are() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    let path = enquired(&desk).await;
    assert!(!desk.get(&path).await.text.contains("value=\"rate\""), "nobody is asked before the end");
    for _ in 0..2 {
        assert_eq!(act(&desk, &path, &[("deed", "answered")]).await.status, 303);
    }
    assert_eq!(desk.count("SELECT count(*) FROM tickets WHERE status = 'resolved'").await, 1);
    let nothing = act(&desk, &path, &[("deed", "rate"), ("score", "six")]).await;
    assert!(nothing.status == 422 && nothing.text.contains("Choose one of the five"), "{}", nothing.text);
    let rated = act(&desk, &path, &[("deed", "rate"), ("score", "5"), ("words", "Quick & kind")]).await;
    assert!(rated.location.contains("done=rated"), "{}", rated.text);
    assert_eq!(act(&desk, &path, &[("deed", "rate"), ("score", "1")]).await.status, 303);
    assert!(!desk.get(&path).await.text.contains("value=\"rate\""));
    assert_eq!(act(&desk, &path, &[("message", "One more thing.")]).await.status, 303);
    assert_eq!(act(&desk, &path, &[("deed", "answered")]).await.status, 303);
    assert!(desk.get(&path).await.text.contains("value=\"rate\""), "another end, another answer");
    assert_eq!(desk.count("SELECT count(*) FROM satisfactions").await, 1, "once for each end");
    assert_eq!(desk.count("SELECT count(*) FROM satisfactions WHERE score = 5 AND words = 'Quick & kind'").await, 1);

    desk.sign_in().await;
    let staff = desk.get("/staff/tickets/000001-3").await.text;
    assert!(staff.contains("5段階の5") && staff.contains("Quick &#38; kind"), "{staff}");
    desk.deed("000001-3", "status", &[("status", "closed")]).await;
    assert_eq!(desk.get(&path).await.status, 200);
    desk.execute("ALTER TABLE events DISABLE TRIGGER USER").await;
    desk.execute("UPDATE events SET at = at - interval '366 days'").await;
    assert_eq!(desk.get(&path).await.status, 403, "a year after its end the page is closed");
}

#[tokio::test]
async fn another_address_has_another_key() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    let sent = desk.enquire(&desk.seal().await, &[]).await;
    desk.letters_soon(1).await;
    let path = desk.own_page(0, "000001-3");
    desk.sign_in().await;
    assert_eq!(desk.deed("000001-3", "address", &[("address", "abena.owusu@other.example")]).await.status, 303);
    assert_eq!(desk.get(&path).await.status, 403, "who had the letters so far may be somebody else");
    let receipt = desk.get(&sent.location).await.text;
    assert!(receipt.contains("abena@kma.example") && !receipt.contains("other.example"), "{receipt}");
    assert_eq!(act(&desk, "/en/links", &[("email", "abena.owusu@other.example")]).await.status, 303);
    desk.letters_soon(2).await;
    assert_eq!(desk.get(&desk.own_page(1, "000001-3")).await.status, 200);
}

#[tokio::test]
async fn what_is_taken_for_spam_grows_no_tickets() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    let path = enquired(&desk).await;
    desk.sign_in().await;
    assert_eq!(desk.deed("000001-3", "status", &[("status", "spam")]).await.status, 303);
    for message in ["Buy this.", "And this."] {
        assert!(act(&desk, &path, &[("message", message)]).await.location.contains("done=written"));
    }
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1);
    assert!(desk.get(&path).await.text.contains("And this."), "the sender sees the same page as everybody");
}

#[tokio::test]
async fn links_are_sent_to_the_address_on_file_alone() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    let path = enquired(&desk).await;
    assert_eq!(desk.enquire(&desk.seal().await, &[("subject", "Second question")]).await.status, 303);
    desk.letters_soon(2).await;
    let ask = async |email: &str| act(&desk, "/en/links", &[("email", email)]).await;
    let answers = [ask("nobody@kma.example").await, ask("Abena@KMA.example").await];
    assert!(answers.iter().all(|page| (page.status, page.location.as_str()) == (303, "/en/links?done=sent")));
    let letters = desk.letters_soon(3).await;
    assert_eq!(letters[2].subject, "The links to your enquiries");
    for (ticket, subject) in [("000001-3", "Two participants"), ("000002-1", "Second question")] {
        assert!(letters[2].text.contains(subject));
        assert_eq!(desk.get(&desk.own_page(2, ticket)).await.status, 200);
    }
    assert_eq!(ask("abena").await.status, 422);

    assert_eq!(act(&desk, &path, &[("deed", "renew")]).await.location, "/en/links?done=renewed");
    desk.letters_soon(4).await;
    assert_eq!(desk.get(&path).await.status, 403, "the key before is worth nothing");
    assert_eq!(desk.get(&desk.own_page(3, "000001-3")).await.status, 200);
    for _ in 0..4 {
        ask("abena@kma.example").await;
    }
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(desk.count("SELECT count(*) FROM outbox WHERE purpose = 'links'").await, 3, "three an hour");
}

#[tokio::test]
async fn everything_can_be_taken_home_in_one_file() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    let path = enquired(&desk).await;
    let file = |content: &[u8]| Part::bytes(content.to_vec()).file_name("名簿.pdf");
    let seal = desk.get(&path).await.hidden("seal");
    let form = Form::new().text("seal", seal).text("message", "Both lists.");
    let form = form.part("attachments", file(b"%PDF-1.4 one")).part("attachments", file(b"%PDF-1.4 two"));
    assert_eq!(desk.post_multipart(&path, form).await.status, 303);
    assert!(desk.get(&path).await.text.contains("with its files (ZIP)"));
    let url = format!("{}{}", desk.base, path.replace('?', "/all?"));
    let answer = reqwest::get(url).await.expect("an answer");
    assert!(answer.headers()["content-disposition"].to_str().expect("text").contains("000001-3.zip"));
    let bytes = std::io::Cursor::new(answer.bytes().await.expect("a file"));
    let mut archive = zip::ZipArchive::new(bytes).expect("an archive");
    let mut read = |name: &str| {
        let mut content = String::new();
        let file = archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        std::io::Read::read_to_string(&mut { file }, &mut content).expect("text");
        content
    };
    assert_eq!([read("名簿.pdf"), read("2 名簿.pdf")], ["%PDF-1.4 one", "%PDF-1.4 two"]);
    let text = read("000001-3.txt");
    assert!(text.contains("Two participants") && text.contains("Both lists.\r\n[名簿.pdf"), "{text}");
    for part in ["[2 名簿.pdf", "Name: Abena Owusu-Ansah\r\n", "Email address: abena@kma.example\r\n", "Status: "] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("not enclosed"), "{text}");
}
