//! Floods of forms: what is doubtful is never refused, never dropped, and told to staff with its reasons.

use serde_json::json;

use crate::harness::Desk;
use crate::harness::browser::Browser;
use crate::harness::visitor::Visitor;

const SPAM: &str = "SELECT count(*) FROM tickets WHERE status = 'spam' AND spam_reason =";
const LINKS: &str = "http://a.example http://b.example http://c.example http://d.example http://e.example";

/// Enquiries of as many networks, each with its own text.
async fn flood(desk: &Desk, count: usize) {
    for network in 0..count {
        let visitor = Visitor::from(desk.base.clone(), &format!("2001:db8:{network:x}::1"));
        let message = format!("{} {}", "flood".repeat(network % 7 + 1), "x".repeat(network % 30));
        assert_eq!(visitor.enquire(&visitor.seal().await, &[("message", &message)]).await.status, 303);
    }
}

#[tokio::test]
async fn the_same_text_again_and_again_goes_to_spam() {
    let desk = Desk::start().await;
    let text = "Our offer of the week, only today: buy two watches and pay one.";
    for number in 0..22 {
        let message = format!("{text} ({number})");
        let sent = desk.enquire(&desk.seal().await, &[("message", &message)]).await;
        assert_eq!(sent.status, 303);
        assert_eq!(desk.get(&sent.location).await.status, 200, "the sender sees the same page");
    }
    assert_eq!(desk.count(&format!("{SPAM} 'same-text-again'")).await, 2);
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 22, "nothing is dropped");
    let both = [("message", LINKS), ("website", "http://spam.example")];
    assert_eq!(desk.enquire(&desk.seal().await, &both).await.status, 303);
    assert_eq!(desk.count(&format!("{SPAM} 'hidden-field-filled links-at-once'")).await, 1);
    desk.sign_in().await;
    let doubtful = desk.get("/staff/tickets?status=spam").await.tickets();
    let shown = desk.get(&format!("/staff/tickets/{}", doubtful[0])).await.text;
    assert!(shown.contains("人には見えない欄") && shown.contains("リンクが多く"), "every reason is told: {shown}");
}

#[tokio::test]
async fn under_attack_a_browser_does_some_work_and_who_has_no_scripts_is_looked_at_first() {
    let settings = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "2");
    let desk = settings.with("MADOGUCHI_TRUSTED_PROXIES", "127.0.0.0/8").start().await;
    flood(&desk, 12).await;
    let before = desk.count(&format!("{SPAM} 'work-missing'")).await;
    assert_eq!(before, 2, "five times what one network may send is an attack");

    let browser = Browser::start().await;
    browser.go(&format!("{}/en/enquiries/new?topic=seminar", desk.base)).await;
    browser.fill("#name", "Abena Owusu-Ansah").await;
    browser.fill("#email", "abena@kma.example").await;
    browser.fill("#subject", "Two participants").await;
    browser.fill("#message", "We would like to send two participants.").await;
    browser.ask("document.querySelector('#consent').click()").await;
    browser.send("main form").await;
    assert_eq!(browser.ask("return document.forms.check.dataset.work").await, json!("15"));
    browser.send("main form").await;
    assert!(browser.path().await.contains("/receipts/"), "{}", browser.text().await);
    assert_eq!(desk.count(&format!("{SPAM} 'work-missing'")).await, before, "its work was done");
    assert_eq!(desk.count("SELECT count(*) FROM tickets WHERE subject = 'Two participants' AND status = 'new' AND enquirer_address = 'abena@kma.example'").await, 11);

    let without = Visitor::from(desk.base.clone(), "2001:db8:ffff::1");
    let sent = without.enquire(&without.seal().await, &[]).await;
    assert_eq!((sent.status, without.get(&sent.location).await.status), (303, 200), "refused is nobody");
    assert_eq!(desk.count(&format!("{SPAM} 'work-missing'")).await, before + 1);
}

#[tokio::test]
async fn where_there_are_no_limits_nothing_is_doubtful_but_the_trap() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    for _ in 0..25 {
        let sent = desk.enquire(&desk.seal().await, &[("message", LINKS)]).await;
        assert_eq!(sent.status, 303);
    }
    assert_eq!(desk.count("SELECT count(*) FROM tickets WHERE status = 'spam'").await, 0);
}
