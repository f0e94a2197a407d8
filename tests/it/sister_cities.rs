//! The directory of sister cities: as the public looks through it, and as staff replace it by a file.

use reqwest::multipart::{Form, Part};

use crate::harness::Desk;
use crate::harness::visitor::Page;

const HEAD: &str = "都道府県,自治体名（日本語）,自治体名（英語）,国・地域,提携先（日本語）,提携先（フランス語）,提携日,希望（日本語）\r\n";

#[tokio::test]
async fn the_public_looks_through_the_directory() {
    let desk = Desk::start().await;
    for (path, here, elsewhere) in [
        ("/ja/sister-cities", &["若草市", "宮城県", "1987年6月12日", "砂原町", "例</span>"][..], ""),
        ("/fr/sister-cities?country=FR", &["Wakakusa", "12 juin 1987", "Bellerive-en-Marais"], "Shirakaba"),
        ("/en/sister-cities?prefecture=4", &["Valmont-sur-Lys"], "Willowford"),
        ("/en/sister-cities?q=VALMONT", &["Wakakusa"], "Willowford"),
        ("/en/sister-cities?q=valmnot", &["Wakakusa", "come close"], "Willowford"),
        ("/ko/sister-cities?q=フランス", &["Valmont-sur-Lys", "프랑스"], "Willowford"),
        (
            "/zh/sister-cities?q=zzzz",
            &["没有符合条件", "enquiries/new?topic=sister-cities&#38;subject=zzzz"],
            "Wakakusa",
        ),
        ("/ja/sister-cities?prefecture=x&country=../&page=9999999999999999999999", &["若草市", "砂原町"], "下一页"),
    ] {
        let page = desk.get(path).await;
        assert_eq!(page.status, 200);
        let main = page.text.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default();
        assert!(here.iter().all(|words| main.contains(words)), "{here:?} on {path}: {main}");
        assert!(elsewhere.is_empty() || !main.contains(elsewhere), "{elsewhere} on {path}: {main}");
    }
    let start = desk.get("/ja/").await.text;
    assert!(start.contains("href=\"/ja/sister-cities\""), "it stands in the navigation");
    let found = desk.get("/en/search?q=Wakakusa").await.text;
    assert!(found.contains("href=\"/en/sister-cities?q=Wakakusa\""), "the search of the site finds it: {found}");
    assert!(desk.get("/sitemap.xml").await.text.contains("/zh/sister-cities<"));
}

#[tokio::test]
async fn a_question_about_an_affiliation_is_written_already() {
    let desk = Desk::start().await;
    let list = desk.get("/ja/sister-cities?prefecture=4").await.text;
    let link = list.split("href=\"").find(|rest| rest.contains("若草市") && rest.starts_with("/ja/enquiries/new?"));
    let link = link.and_then(|rest| rest.split('"').next()).expect("a link").replace("&#38;", "&");
    let form = desk.get(&link).await.text;
    let subject = "value=\"若草市（宮城県）とヴァルモン・シュル・リス（フランス）の提携について\"";
    assert!(form.contains(subject) && form.contains("value=\"sister-cities\" required checked"), "{form}");
}

async fn give(desk: &Desk, page: &Page, table: &str, step: Option<&'static str>) -> Page {
    let form = Form::new().text("token", page.hidden("token")).text("version", page.hidden("version"));
    let form = form.part("file", Part::bytes(table.as_bytes().to_vec()).file_name("list.csv"));
    let form = step.into_iter().fold(form, |form, step| form.text("step", step));
    desk.post_multipart("/staff/sister-cities", form).await
}

#[tokio::test]
async fn staff_replace_it_after_a_look_at_what_changes() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let page = desk.get("/staff/sister-cities").await;
    let file = desk.get("/staff/sister-cities/file").await;
    assert!(file.text.starts_with("\u{feff}都道府県,") && file.text.contains("宮城県,若草市"), "{}", file.text);
    let changed = file.text.replace("1994", "1995").replace("若竹市", "=cmd|' /C calc'!A0");
    let look = give(&desk, &page, &changed, Some("check")).await;
    assert_eq!(look.status, 200, "{}", look.text);
    for part in ["そのまま残るもの：7件", "加わるもの：2件", "なくなるもの：2件", "1995年"] {
        assert!(look.text.contains(part), "{part} in {}", look.text);
    }
    assert!(desk.get("/ja/sister-cities").await.text.contains("1994年"), "nothing has changed yet");
    let confirm = [("token", look.hidden("token")), ("version", look.hidden("version")), ("kept", look.hidden("kept"))];
    let confirm = confirm.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(desk.post("/staff/sister-cities", &confirm).await.status, 303);
    let public = desk.get("/ja/sister-cities").await.text;
    assert!(public.contains("1995年") && !public.contains("1994年"));
    assert!(desk.get("/staff/sister-cities/file").await.text.contains("'=cmd|"), "no spreadsheet reckons with it");

    let held = desk.post("/staff/sister-cities", &confirm).await;
    assert_eq!(held.status, 409, "it was replaced since it was looked at");
    assert!(held.text.contains("ほかの職員") && held.text.contains("そのまま残るもの：9件"), "{}", held.text);
}

#[tokio::test]
async fn a_file_with_mistakes_changes_nothing_and_is_told_so() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let page = desk.get("/staff/sister-cities").await;
    let half = format!("{HEAD}宮城県,若草市,,フランス,,,1987,\r\n杜の国,若草市,,フランス,ヴァルモン,,1987,\r\n");
    for (table, told) in [
        (half.as_str(), &["2行目：自治体の名前と所在地は", "3行目：都道府県「杜の国」はありません"][..]),
        ("x,y\n1,2\n", &["都道府県、国・地域、提携日"]),
        (HEAD, &["項目が1つもありません"]),
    ] {
        for step in [Some("check"), None] {
            let refused = give(&desk, &page, table, step).await;
            assert_eq!(refused.status, 422);
            assert!(told.iter().all(|words| refused.text.contains(words)), "{told:?}: {}", refused.text);
        }
    }
    let forged = Form::new().text("token", "forged").part("file", Part::bytes(HEAD.as_bytes().to_vec()).file_name("x"));
    assert_eq!(desk.post_multipart("/staff/sister-cities", forged).await.status, 403);
    let nothing = [("token", page.hidden("token")), ("version", page.hidden("version"))];
    let nothing = nothing.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(desk.post("/staff/sister-cities", &nothing).await.status, 422);
    assert_eq!(desk.count("SELECT count(*) FROM sister_city_list WHERE version = 1").await, 1);

    let viewer =
        ["staff", "add", "--email", "reads@desk.test", "--name", "読む人", "--role", "viewer", "--password-stdin"];
    assert_eq!(desk.command(&viewer, b"correct-horse-battery\n").code, 0);
    let reader = desk.visitor();
    reader.sign_in_as("reads@desk.test", "correct-horse-battery").await;
    let shown = reader.get("/staff/sister-cities").await;
    assert!(!shown.text.contains("type=\"file\""), "who only reads is offered no form");
    let tried = [("token", shown.hidden("token"))];
    let tried = tried.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(reader.post("/staff/sister-cities", &tried).await.status, 403);
    assert_eq!(desk.visitor().get("/staff/sister-cities/file").await.status, 303, "strangers are led to the sign-in");
}

#[tokio::test]
async fn a_long_directory_has_pages() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let page = desk.get("/staff/sister-cities").await;
    let lines: String = (0..120).map(|n| format!("{},町{n},Town {n},FR,村{n},,,\r\n", n % 47 + 1)).collect();
    assert_eq!(give(&desk, &page, &format!("{HEAD}{lines}"), None).await.status, 303);
    let first = desk.get("/en/sister-cities").await.text;
    assert!(first.contains("120 affiliations") && first.contains("Town 49<") && !first.contains("Town 50<"));
    let last = desk.get("/en/sister-cities?page=3").await.text;
    assert!(last.contains("Town 119<") && last.contains("rel=\"prev\"") && !last.contains("rel=\"next\""));
    let narrow = desk.get("/en/sister-cities?prefecture=1").await.text;
    assert!(narrow.contains("3 affiliations") && !narrow.contains("rel=\"next\""), "{narrow}");
}
