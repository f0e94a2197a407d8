//! What staff are told when something is not done: in their language, with who may do it, and nothing lost.

use crate::harness::{Desk, Visitor};

const NOWHERE: &str = "/staff/outbox/01938000-0000-7000-8000-000000000009/again";

async fn colleague(desk: &Desk, role: &str) -> Visitor {
    let email = format!("{role}@clair.example");
    let added = desk.command(
        &["staff", "add", "--email", &email, "--name", role, "--role", role, "--password-stdin"],
        b"a-long-password\n",
    );
    assert_eq!(added.code, 0, "{}", added.stderr);
    let visitor = desk.visitor();
    visitor.sign_in_as(&email, "a-long-password").await;
    visitor
}

#[tokio::test]
async fn refusals_speak_the_language_of_whoever_is_signed_in() {
    let desk = Desk::start().await;
    let (viewer, agent) = (colleague(&desk, "viewer").await, colleague(&desk, "agent").await);
    for path in ["/staff/tickets/999999-9", "/staff/nowhere", "/staff/arrivals/x/look"] {
        let page = viewer.get(path).await;
        assert!(page.status == 404 && page.text.contains("見つかりません"), "{path}: {} {}", page.status, page.text);
    }
    let token = viewer.get("/staff").await.hidden("token");
    let refused = viewer.post(NOWHERE, &[("token", &token)]).await;
    assert!(refused.status == 403 && refused.text.contains("担当者、責任者または管理者"), "{}", refused.text);
    let refused = agent.get("/staff/settings/wording").await;
    assert!(refused.status == 403 && refused.text.contains("管理者の役割を持つ職員だけ"), "{}", refused.text);
    assert_eq!(viewer.post("/staff/language", &[("token", &token), ("language", "en")]).await.status, 303);
    let page = viewer.get("/staff/nowhere").await;
    assert!(page.status == 404 && page.text.contains("This does not exist"), "{}", page.text);
    let refused = viewer.post(NOWHERE, &[("token", &token)]).await;
    assert!(refused.text.contains("Agents, managers and administrators may"), "{}", refused.text);
}

#[tokio::test]
async fn a_form_on_a_page_of_somebody_else_does_nothing() {
    let desk = Desk::start().await;
    let sent = desk.enquire(&desk.seal().await, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    desk.sign_in().await;
    let ticket = "/staff/tickets/000001-3";
    let page = desk.get(ticket).await;
    let (token, version) = (page.hidden("token"), page.hidden("version"));
    let fields = [("token", token.as_str()), ("version", version.as_str()), ("body", "Typed with care.")];
    let note = format!("{ticket}/note");
    for origin in ["https://evil.example", "http://127.0.0.1:1"] {
        let refused = desk.post_from(origin, &note, &fields).await;
        assert!(refused.status == 403 && refused.text.contains("Typed with care."), "{origin}: {}", refused.text);
        let seal = desk.seal().await;
        let form = [("seal", seal.as_str()), ("message", "Typed by an enquirer.")];
        let refused = desk.post_from(origin, "/en/enquiries", &form).await;
        assert!(refused.status == 403 && refused.text.contains("Typed by an enquirer."), "{origin}: {}", refused.text);
    }
    assert_eq!(desk.count("SELECT count(*) FROM messages WHERE kind = 'note'").await, 0);
    let ours = desk.base.clone();
    for (origin, body) in [(ours.as_str(), "From our page."), ("null", "From a browser that tells nothing.")] {
        let page = desk.get(ticket).await;
        let (token, version) = (page.hidden("token"), page.hidden("version"));
        let fields = [("token", token.as_str()), ("version", version.as_str()), ("body", body)];
        assert_eq!(desk.post_from(origin, &note, &fields).await.status, 303, "{origin}");
    }
}
