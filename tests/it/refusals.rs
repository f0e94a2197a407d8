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
