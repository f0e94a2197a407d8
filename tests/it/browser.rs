//! What people see in Chromium: the whole story, every page judged by axe-core, and the public pages without scripts.

use madoguchi::domain::reference::Reference;
use serde_json::json;

use crate::harness::Desk;
use crate::harness::browser::Browser;
use crate::harness::desk::{ADMIN, PASSWORD};
use crate::harness::soon;

mod pages;

/// Fills the public form, with one thing wrong first, looks at what was written, and sends it.
async fn write_an_enquiry(browser: &Browser, desk: &Desk, language: &str) {
    let before = desk.count("SELECT count(*) FROM arrivals").await;
    browser.go(&format!("{}/{language}/enquiries/new?topic=seminar", desk.base)).await;
    browser.fill("#name", "Abena Owusu-Ansah").await;
    browser.fill("#organisation", "Kumasi Metropolitan Assembly").await;
    browser.fill("#email", "abena.kma.example").await;
    browser.fill("#subject", "Two participants for the seminar").await;
    browser.fill("#message", "We would like to send two participants.\nWhich letter do they need?").await;
    browser.click("[id='seminar.country'] option[value=GH]").await;
    browser.fill("[id='seminar.participants']", "２名").await;
    browser.find("#consent").await.click().await.expect("ticked");
    browser.click("main form button[type=submit]").await;
    let told = browser.find("#errors").await.text().await.expect("a summary");
    assert!(told.contains('@'), "{told}");
    for (field, kept) in [("#name", "Abena Owusu-Ansah"), ("#subject", "Two participants for the seminar")] {
        assert_eq!(browser.find(field).await.value().await.expect("a field").as_deref(), Some(kept), "{field} is kept");
    }
    let email = browser.find("#email").await;
    email.clear().await.expect("emptied");
    email.send_keys("abena@kma.example").await.expect("typed");
    browser.click("main form button[type=submit]").await;
    browser.find(".check").await;
    let shown = browser.text().await;
    assert!(shown.contains("Which letter do they need?") && shown.contains("abena@kma.example"), "{shown}");
    let answers = browser.ask("return [...document.forms.check.elements].map(field => field.value)").await.to_string();
    assert!(answers.contains("\"GH\"") && answers.contains("\"２名\""), "{answers}");
    assert_eq!(desk.count("SELECT count(*) FROM arrivals").await, before, "nothing was sent");
    browser.click("main form button[type=submit]").await;
    let reference = browser.find("[data-reference]").await.text().await.expect("a reference");
    assert!(reference.trim().starts_with("00000"), "the receipt shows the reference: {reference}");
}

async fn sign_in(browser: &Browser, desk: &Desk) {
    browser.go(&format!("{}/staff", desk.base)).await;
    assert_eq!(browser.path().await, "/staff/login");
    browser.fill("#email", ADMIN).await;
    browser.fill("#password", &format!("{PASSWORD}\u{e007}")).await;
    crate::harness::soon("signed in", async || browser.path().await == "/staff").await;
}

/// A picture is pasted into the reply.
const PASTE: &str = "
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'the way.png', { type: 'image/png' }));
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('#body').dispatchEvent(paste);
    return document.querySelector('#body').value;
";

#[tokio::test]
async fn the_whole_story_in_a_browser() {
    let desk = Desk::start().await;
    let browser = Browser::start().await;
    browser.width(1280).await;
    write_an_enquiry(&browser, &desk, "en").await;
    desk.letters_soon(1).await;

    sign_in(&browser, &desk).await;
    let dashboard = browser.text().await;
    for part in ["03-5213-1723", "03-5213-1742", "exchange@desk.test", "Two participants", "Abena Owusu-Ansah"] {
        assert!(dashboard.contains(part), "{part} on the dashboard: {dashboard}");
    }
    for link in ["a[href='tel:+81-3-5213-1723']", "a[href='mailto:exchange@desk.test']"] {
        browser.find(link).await;
    }
    browser.click(".tickets .col-subject a").await;
    assert_eq!(browser.path().await, "/staff/tickets/000001-3");
    browser.fill("#reply textarea", "Both are welcome. We send a letter of invitation.").await;
    browser.ask(PASTE).await;
    browser.send("#reply form").await;
    let ticket = browser.text().await;
    assert!(ticket.contains("Both are welcome.") && ticket.contains("返事待ち"), "{ticket}");
    assert!(ticket.contains("参加予定人数") && ticket.contains("ガーナ"), "{ticket}");
    let letters = desk.letters_soon(2).await;
    assert!(letters[1].text.contains("Both are welcome."), "{}", letters[1].text);
    let picture = &letters[1].attachments[0];
    let content_id = picture.content_id.as_deref().expect("it is shown in its place");
    assert_eq!((picture.filename.as_str(), picture.content_type.as_str()), ("the-way.png", "image/png"));
    let html = letters[1].html_sanitised.as_deref().unwrap_or_default();
    assert!(html.contains(&format!("cid:{content_id}")) && letters[1].text.contains("[画像: the-way.png]"), "{html}");
}

/// A picture is pasted into the form, and a file dropped on it.
const PASTE_AND_DROP: &str = "
    const holding = (name, content) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], name, { type: 'text/plain' }));
        return transfer;
    };
    const form = document.querySelector('main form');
    const clipboardData = holding('pasted.txt', 'pasted');
    form.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    const dataTransfer = holding('dropped.txt', 'dropped');
    form.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
";
const FILES: &str = "return [...document.querySelectorAll('#files-kept li')].map(line => \
    line.querySelector('bdi').textContent + ' ' + (line.querySelector('[name=kept]') !== null))";

#[tokio::test]
async fn the_form_helps_while_it_is_written() {
    let desk = Desk::start().await;
    let browser = Browser::start().await;
    let form = format!("{}/en/enquiries/new", desk.base);
    browser.go(&form).await;
    browser.fill("#name", "Abena Owusu-Ansah").await;
    browser.fill("#subject", "How do we find a sister city?").await;
    soon("a page is offered", async || {
        browser.ask("return !!document.querySelector('#suggested a[href*=\"sister-cities?asking\"]')").await == true
    })
    .await;
    browser.fill("#message", "We are a town of 12,000.").await;
    soon("the draft is kept", async || {
        browser.ask("return (localStorage.getItem('enquiry-draft') || '').includes('12,000')").await == true
    })
    .await;

    browser.go(&format!("{}/en/", desk.base)).await;
    browser.go(&format!("{form}?topic=seminar")).await;
    let typed =
        "return ['name', 'message', 'topic'].map(name => document.querySelector('main form').elements[name].value)";
    assert_eq!(browser.ask(typed).await, json!(["Abena Owusu-Ansah", "We are a town of 12,000.", "seminar"]));
    assert!(browser.text().await.contains("What you had written is here again"));

    browser.fill("[id='seminar.municipality']", "Kumasi").await;
    browser.ask("document.querySelector('[name=topic][value=commendation]').click()").await;
    let municipality = browser.find("[id='seminar.municipality']").await;
    assert!(!municipality.is_displayed().await.expect("an answer"), "another topic asks other questions");
    soon("the answer is kept", async || {
        browser.ask("return (localStorage.getItem('enquiry-draft') || '').includes('Kumasi')").await == true
    })
    .await;
    browser.go(&format!("{form}?topic=seminar")).await;
    let municipality = browser.find("[id='seminar.municipality']").await;
    assert_eq!(municipality.value().await.expect("a field").as_deref(), Some("Kumasi"));
    assert!(municipality.is_displayed().await.expect("an answer"));

    browser.ask(PASTE_AND_DROP).await;
    soon("both files are there", async || browser.ask(FILES).await == json!(["pasted.txt true", "dropped.txt true"]))
        .await;
    browser.ask("document.querySelector('#files-kept input').click()").await;
    browser.fill("#email", "abena@kma.example").await;
    browser.ask("document.querySelector('#consent').click()").await;
    browser.send("main form").await;
    let shown = browser.text().await;
    assert!(shown.contains("dropped.txt") && !shown.contains("pasted.txt"), "{shown}");
    browser.click(".check-change button[formaction$='#message']").await;
    assert_eq!(browser.ask(typed).await, json!(["Abena Owusu-Ansah", "We are a town of 12,000.", "seminar"]));
    assert_eq!(browser.ask(FILES).await, json!(["dropped.txt true"]));
    browser.send("main form").await;
    browser.send("main form").await;
    assert!(browser.path().await.contains("/receipts/"), "{}", browser.text().await);
    assert_eq!(
        browser.ask("return localStorage.getItem('enquiry-draft')").await,
        json!(null),
        "what is sent is no draft"
    );
    assert_eq!(desk.count("SELECT count(*) FROM attachments WHERE filename = 'dropped.txt'").await, 1);
}

#[tokio::test]
async fn the_counter_tells_the_readers_own_time() {
    let desk = Desk::start().await;
    let browser = Browser::start().await;
    for (zone, is_told) in [("Europe/Paris", true), ("Asia/Tokyo", false), ("Asia/Seoul", false)] {
        browser.tell("Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await;
        browser.go(&format!("{}/fr/", desk.base)).await;
        assert_eq!(browser.text().await.contains("à votre heure"), is_told, "{zone}");
    }
}

/// Two gigabytes that the desk does not take: it is told beside the file, and what was typed is still there.
#[tokio::test]
async fn a_file_without_end_takes_nothing_away() {
    let desk = Desk::start().await;
    let browser = Browser::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("everything.bin");
    std::fs::File::create(&path).and_then(|file| file.set_len(2 << 30)).expect("a file with a hole");
    let form = format!("{}/en/enquiries/new?topic=other", desk.base);
    browser.go(&form).await;
    browser.fill("#name", "Abena Owusu-Ansah").await;
    browser.fill("#message", "Please find everything enclosed.").await;
    browser.fill("#attachments", path.to_str().expect("text")).await;
    soon("it is told", async || {
        browser.ask("return document.querySelector('#files-kept .files-failed') !== null").await == true
    })
    .await;
    let typed = "return ['name', 'message'].map(name => document.querySelector('main form').elements[name].value)";
    let expected = json!(["Abena Owusu-Ansah", "Please find everything enclosed."]);
    assert_eq!(browser.ask(typed).await, expected);
    browser.go(&format!("{}/en/", desk.base)).await;
    browser.go(&form).await;
    assert_eq!(browser.ask(typed).await, expected, "the draft has it");
    assert_eq!(desk.count("SELECT count(*) FROM kept_files").await, 0);
}

/// A file that answers a question goes ahead of the form too, and a draft forgets only what means something else now.
#[tokio::test]
async fn questions_of_a_topic_are_helped_with_too() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let path = "/staff/settings/topics/commendation/questions/new";
    let named =
        [("labels-ja", "部門"), ("labels-en", "Category"), ("options-ja", "教育\n文化"), ("options-en", "A\nB")];
    assert_eq!(crate::settings::set(&desk, &format!("{path}/choice"), &named).await.status, 303);
    for (kind, name) in [("file", "Form"), ("line", "Title")] {
        let named = [("labels-ja", name), ("labels-en", name)];
        assert_eq!(crate::settings::set(&desk, &format!("{path}/{kind}"), &named).await.status, 303);
    }
    let browser = Browser::start().await;
    browser.width(320).await;
    let form = format!("{}/en/enquiries/new?topic=commendation", desk.base);
    browser.go(&form).await;
    browser.fill("[id='commendation.form']", concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE-MIT")).await;
    soon("the file is there", async || {
        let there = "return document.querySelector('.asked .files-kept li [name=kept]') !== null";
        browser.ask(there).await == true
    })
    .await;
    browser.fill("[id='commendation.title']", "By the sea").await;
    browser.ask("document.querySelector('[name=\"commendation.category\"][value=\"2\"]').click()").await;
    assert_eq!(browser.faults("a choice first").await, Vec::<String>::new());
    browser.send("main form").await;
    assert!(browser.ask("return document.activeElement.id").await == "errors");
    let kept = "return document.querySelector('.asked .files-kept li').textContent.includes('LICENSE-MIT')";
    assert_eq!(browser.ask(kept).await, true);

    browser.go(&format!("{}/en/", desk.base)).await;
    browser.go(&form).await;
    assert_eq!(browser.ask(kept).await, true, "the draft knows of the file");
    let typed = "return ['title', 'category'].map(name => \
        document.querySelector('main form').elements[`commendation.${name}`].value)";
    browser.go(&form).await;
    assert_eq!(browser.ask(typed).await, json!(["By the sea", "2"]));
    let changed = [("options-ja", "文化\n教育"), ("options-en", "B\nA")];
    let category = "/staff/settings/topics/commendation/questions/category";
    assert_eq!(crate::settings::set(&desk, category, &changed).await.status, 303);
    browser.go(&format!("{}/en/", desk.base)).await;
    browser.go(&form).await;
    assert_eq!(browser.ask(typed).await, json!(["By the sea", ""]), "the second option is another one now");
}

/// The journey of an enquirer without scripts: from the start page to the own page, in every language.
#[tokio::test]
async fn the_public_pages_need_no_scripts() {
    let desk = Desk::start().await;
    let browser = Browser::start().await;
    browser.width(390).await;
    browser.tell("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    for (number, language) in (1..).zip(["ja", "en", "zh", "ko", "fr"]) {
        browser.go(&format!("{}/{language}/", desk.base)).await;
        browser.click(".counter a.button").await;
        assert_eq!(browser.path().await, format!("/{language}/enquiries/new"));
        for (topic, asks) in [("commendation", false), ("seminar", true)] {
            browser.click(&format!("[name=topic][value={topic}]")).await;
            let question = browser.find("[id='seminar.country']").await;
            assert_eq!(question.is_displayed().await.expect("an answer"), asks, "{topic} in {language}");
        }
        write_an_enquiry(&browser, &desk, language).await;
        desk.letters_soon(number).await;
        let ticket = Reference::from_number(number as u64).to_string();
        browser.go(&format!("{}{}", desk.base, desk.own_page(number - 1, &ticket))).await;
        browser.fill(".own-form textarea", "Three participants, not two.").await;
        browser.click(".own-form button").await;
        soon("the message is there", async || browser.text().await.contains("Three participants, not two.")).await;
    }
    assert_eq!(desk.count("SELECT count(*) FROM messages WHERE kind = 'inbound'").await, 10);
}
