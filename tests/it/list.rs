//! The list of tickets: filters, sorts, search, and pages that follow one another.

use crate::harness::{Desk, soon};

#[tokio::test]
async fn the_list_filters_sorts_and_finds() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    for (language, topic, subject, message) in [
        ("ja", "sister-cities", "姉妹都市の提携", "髙橋です。ＣＬＡＩＲの資料を請求します。"),
        ("fr", "japan-france-conference", "Participation à la conférence", "Nous sommes une ville près de Genève."),
        ("ko", "seminar", "세미나 신청", "자매도시 세미나에 참가하고 싶습니다."),
    ] {
        let seal = desk.get(&format!("/{language}/enquiries/new")).await.hidden("seal");
        let email = format!("{topic}@town.example");
        let fields = [("topic", topic), ("subject", subject), ("message", message), ("email", &email)];
        assert_eq!(desk.enquire(&seal, &fields).await.status, 303);
    }
    desk.sign_in().await;
    let all = ["000003-9", "000002-6", "000001-3"].map(|_| ());
    let newest = desk.get("/staff/tickets").await.tickets();
    assert_eq!(newest.len(), all.len(), "{newest:?}");
    assert!(newest.windows(2).all(|pair| pair[0] > pair[1]), "newest first: {newest:?}");
    let [third, second, first] = [&newest[0], &newest[1], &newest[2]];
    desk.deed(second, "status", &[("status", "resolved")]).await;
    desk.deed(first, "tags", &[("tags", "大使館, VIP")]).await;
    desk.deed(third, "priority", &[("priority", "urgent")]).await;
    for (query, expected) in [
        ("status=new", vec![third, first]),
        ("status=resolved", vec![second]),
        ("status=new&status=resolved", vec![third, second, first]),
        ("topic=seminar", vec![third]),
        ("channel=web", vec![third, second, first]),
        ("channel=phone", vec![]),
        ("assignee=none", vec![third, second, first]),
        ("assignee=me", vec![]),
        ("tag=vip", vec![first]),
        ("division=international-exchange", vec![third, second, first]),
        ("status=new&status=open&sort=waiting", vec![first, third]),
        ("sort=oldest", vec![first, second, third]),
    ] {
        let page = desk.get(&format!("/staff/tickets?{query}")).await;
        assert_eq!(page.tickets().iter().collect::<Vec<_>>(), expected, "{query}");
    }
    soon("all are indexed", async || desk.count("SELECT count(*) FROM search_pending").await == 0).await;
    for (q, expected) in [
        ("姉妹都市", vec![first]),
        ("高橋", vec![first]),
        ("clair", vec![first]),
        ("Geneve", vec![second]),
        ("GENÈVE conference", vec![second]),
        ("자매도시", vec![third]),
        ("seminar@town.example", vec![third]),
        ("どこにもない", vec![]),
        ("'; DROP TABLE tickets; --", vec![]),
        ("100% _ \\ ' & | ! :*", vec![]),
    ] {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", q).finish();
        let page = desk.get(&format!("/staff/tickets?{query}")).await;
        assert_eq!((page.status, page.tickets().iter().collect::<Vec<_>>()), (200, expected), "{q}");
    }
    assert_eq!(desk.get("/staff/tickets?status=nonsense&cursor=%FF&sort=x").await.status, 200);
}

#[tokio::test]
async fn pages_of_the_list_follow_one_another() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    for number in 0..120 {
        let token = desk.get("/staff/tickets/new").await.hidden("token");
        desk.post(
            "/staff/tickets/new",
            &[("token", &token), ("channel", "visit"), ("message", &format!("Visit {number}"))],
        )
        .await;
    }
    for query in ["", "?sort=waiting&status=new", "?sort=oldest", "?q=visit"] {
        let (mut seen, mut path) = (Vec::new(), format!("/staff/tickets{query}"));
        soon("all are indexed", async || desk.count("SELECT count(*) FROM search_pending").await == 0).await;
        loop {
            let page = desk.get(&path).await;
            seen.extend(page.tickets());
            let Some(next) = page.text.split("rel=\"next\"").next().filter(|before| before.len() < page.text.len())
            else {
                break;
            };
            let href = next.rsplit("href=\"").next().and_then(|rest| rest.split('"').next()).expect("a link");
            path = href.replace("&#38;", "&").replace("&amp;", "&");
            assert!(seen.len() <= 120, "{query}: no end");
        }
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!((seen.len(), once.len()), (120, 120), "{query}: each once");
    }
}
