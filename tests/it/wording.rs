//! What automatic messages say: changed by administrators, checked, shown, used from then on, and given up again.

use crate::harness::Desk;

const PAGE: &str = "/staff/settings/wording/acknowledgement/en";

#[tokio::test]
async fn administrators_word_the_acknowledgement() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    desk.sign_in().await;
    let listed = desk.get("/staff/settings/wording").await.text;
    for language in ["ja", "en", "zh", "ko", "fr"] {
        assert!(listed.contains(&format!("/staff/settings/wording/acknowledgement/{language}\"")), "{listed}");
        let page = desk.get(&format!("/staff/settings/wording/acknowledgement/{language}")).await.text;
        assert!(page.contains("{reference}") && page.contains("[#000123-4]"), "with a preview: {page}");
    }
    let send = async |body: &str, step: &[(&str, &str)]| {
        let page = desk.get(PAGE).await;
        let (token, before) = (page.hidden("token"), page.hidden("before"));
        let fields =
            [("token", token.as_str()), ("before", &before), ("subject", "Your enquiry is with us"), ("body", body)];
        desk.post(PAGE, &[&fields[..], step].concat()).await
    };
    for (body, told) in [
        ("{greeting}\n\nThank you.", "{reference} がありません"),
        ("{reference} {deadline}", "{deadline} は置き換えられません"),
        ("  ", "本文を書いてください"),
    ] {
        for step in [&[][..], &[("step", "preview")]] {
            let page = send(body, step).await;
            assert_eq!(page.status, 422, "{body}");
            assert!(
                page.text.contains(told) && page.text.contains("value=\"Your enquiry is with us\""),
                "{}",
                page.text
            );
        }
    }
    let body = "{greeting}\n\nWe keep it as {reference} & answer by {date}: {subject}.\n\nhttps://clair.example/";
    let preview = send(body, &[("step", "preview")]).await;
    assert_eq!(preview.status, 200);
    assert!(preview.text.contains("We keep it as 000123-4 &#38; answer by"), "{}", preview.text);
    assert_eq!(desk.count("SELECT count(*) FROM wordings").await, 0, "looking saves nothing");
    assert_eq!(desk.enquire(&desk.seal().await, &[]).await.status, 303);
    assert!(desk.letters_soon(1).await[0].text.contains("Thank you for your enquiry."));

    let saved = send(body, &[]).await;
    assert_eq!((saved.status, saved.location.as_str()), (303, PAGE), "{}", saved.text);
    assert!(desk.get(PAGE).await.text.contains("さんが変更"));
    let odd = [("email", "odd@town.example"), ("subject", "{date} <b>*x*</b>")];
    assert_eq!(desk.enquire(&desk.seal().await, &odd).await.status, 303);
    let letter = desk.letters_soon(2).await.remove(1);
    assert_eq!(letter.subject, "[#000002-1] Your enquiry is with us");
    assert!(
        letter.text.starts_with("Dear Abena Owusu-Ansah,\n\nWe keep it as 000002-1 & answer by "),
        "{}",
        letter.text
    );
    assert!(letter.text.contains(": {date} <b>*x*</b>.") && letter.text.contains("+81-3-5213-1723"), "{}", letter.text);
    let html = letter.html_sanitised.expect("HTML");
    assert!(!html.contains("<b>") && html.contains("&lt;b&gt;*x*"), "{html}");

    assert_eq!(send(body, &[("step", "default")]).await.status, 303);
    assert_eq!(desk.count("SELECT count(*) FROM wordings").await, 0);
    assert_eq!(desk.enquire(&desk.seal().await, &[("email", "last@town.example")]).await.status, 303);
    assert!(desk.letters_soon(3).await[2].text.contains("Thank you for your enquiry."));
}

#[tokio::test]
async fn administrators_word_the_letter_with_links() {
    const LINKS: &str = "/staff/settings/wording/links/en";
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    desk.sign_in().await;
    let page = desk.get(LINKS).await.text;
    assert!(page.contains("{links}") && !page.contains("{date}") && page.contains("?key=…"), "{page}");
    let send = async |subject: &str, body: &str| {
        let page = desk.get(LINKS).await;
        let (token, before) = (page.hidden("token"), page.hidden("before"));
        desk.post(LINKS, &[("token", token.as_str()), ("before", &before), ("subject", subject), ("body", body)]).await
    };
    for (subject, body, told) in [
        ("Your pages", "Here they are.", "{links} がありません"),
        ("Your pages", "{links} {date}", "{date} は置き換えられません"),
        ("{links}", "{links}", "{links} は置き換えられません"),
    ] {
        let page = send(subject, body).await;
        assert!(page.status == 422 && page.text.contains(told), "{subject} {body}: {}", page.text);
    }
    assert_eq!(send("Your pages at the desk", "You asked for this:\n\n{links}\n\nGood-bye").await.status, 303);
    assert_eq!(desk.enquire(&desk.seal().await, &[("email", "ada@town.example")]).await.status, 303);
    desk.letters_soon(1).await;
    let seal = desk.get("/en/links").await.hidden("seal");
    assert_eq!(desk.post("/en/links", &[("seal", seal.as_str()), ("email", "ada@town.example")]).await.status, 303);
    let letter = desk.letters_soon(2).await.remove(1);
    assert_eq!(letter.subject, "Your pages at the desk");
    let text = &letter.text;
    assert!(text.starts_with("You asked for this:\n\n000001-3  ") && text.contains("?key="), "{text}");
    assert!(
        text.contains("Good-bye\n\n-- \n") && letter.html_sanitised.is_some_and(|html| html.contains("?key=")),
        "{text}"
    );
}

#[tokio::test]
async fn who_is_slower_is_told_what_it_says_now() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let page = desk.get(PAGE).await;
    let (token, before) = (page.hidden("token"), page.hidden("before"));
    let send = async |before: &str, body: &str, step: &str| {
        let fields =
            [("token", token.as_str()), ("before", before), ("subject", "Kept"), ("body", body), ("step", step)];
        desk.post(PAGE, &fields).await
    };
    assert_eq!(send(&before, "The first of {reference}", "").await.status, 303);
    for step in ["", "default"] {
        let held = send(&before, "The second of {reference}", step).await;
        assert_eq!(held.status, 409, "{step}");
        assert!(held.text.contains("The first of {reference}") && held.text.contains("The second of {reference}"));
        assert_eq!(held.hidden("before"), desk.get(PAGE).await.hidden("before"));
    }
    let looked = send(&before, "The second of {reference}", "preview").await;
    assert_eq!((looked.status, looked.hidden("before")), (200, before), "looking does not make it newer");
    let now = desk.get(PAGE).await.hidden("before");
    assert_eq!(send(&now, "The second of {reference}", "").await.status, 303);
}

#[tokio::test]
async fn nobody_else_words_it() {
    let desk = Desk::start().await;
    assert_eq!(desk.get(PAGE).await.location, "/staff/login");
    let arguments =
        ["staff", "add", "--email", "m@clair.example", "--name", "M", "--role", "manager", "--password-stdin"];
    assert_eq!(desk.command(&arguments, b"a-long-password\n").code, 0);
    let manager = desk.visitor();
    manager.sign_in_as("m@clair.example", "a-long-password").await;
    let dashboard = manager.get("/staff").await;
    assert!(!dashboard.text.contains("/staff/settings/wording"));
    assert_eq!(manager.get(PAGE).await.status, 403);
    let fields = [("token", dashboard.hidden("token")), ("body", "{reference}".into()), ("subject", "x".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(manager.post(PAGE, &fields).await.status, 403);
    desk.sign_in().await;
    let forged = desk.post(PAGE, &[("token", "x"), ("subject", "x"), ("body", "Kept {reference}")]).await;
    assert!(forged.status == 403 && forged.text.contains("Kept {reference}"), "{}", forged.status);
    assert_eq!(desk.get("/staff/settings/wording/acknowledgement/de").await.status, 404);
    assert_eq!(desk.count("SELECT count(*) FROM wordings").await, 0);
}
