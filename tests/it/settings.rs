//! Another public body's desk, without touching code: names, numbers, hours, topics and colours, as administrators set them.

use crate::harness::Desk;
use crate::harness::visitor::{Page, Visitor};

/// What the form of a setting would send as it stands.
pub(super) fn as_it_stands(page: &Page) -> Vec<(String, String)> {
    let form = page.text.split("class=\"log setting\"").nth(1).expect("a form");
    let form = form.split("</form>").next().unwrap_or_default();
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        Some(value.replace("&#38;", "&").replace("&#39;", "'"))
    };
    let mut fields: Vec<(String, String)> = form
        .split("<input")
        .skip(1)
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect();
    for area in form.split("<textarea").skip(1) {
        let (tag, rest) = area.split_once('>').unwrap_or_default();
        let text = rest.split("</textarea>").next().unwrap_or_default().trim_start_matches('\n');
        fields.extend(attribute(tag, "name").map(|name| (name, text.to_owned())));
    }
    for select in form.split("<select").skip(1) {
        let chosen = select.split("</select>").next().unwrap_or_default().split("<option");
        let chosen = chosen.filter(|option| option.contains(" selected")).find_map(|option| attribute(option, "value"));
        fields.extend(attribute(select, "name").zip(chosen));
    }
    fields
}

pub(super) async fn set(visitor: &Visitor, path: &str, given: &[(&str, &str)]) -> Page {
    let mut fields = as_it_stands(&visitor.get(path).await);
    for (name, value) in given {
        let field = fields.iter_mut().find(|(field, _)| field == name).unwrap_or_else(|| panic!("no {name} on {path}"));
        field.1 = (*value).to_owned();
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post(path, &fields).await
}

/// A second division answers about the commendation.
#[tokio::test]
async fn whoever_answers_stands_at_the_counter() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let second = [
        ("slug", "awards"),
        ("names-ja", "表彰係"),
        ("names-en", "Awards Unit"),
        ("telephone", "+81-3-5213-1799"),
        ("email", "awards@desk.test"),
    ];
    assert_eq!(set(&desk, "/staff/settings/divisions/new", &second).await.status, 303);
    let topic = "/staff/settings/topics/commendation";
    assert_eq!(set(&desk, topic, &[("division", "awards")]).await.status, 303);
    for path in ["/en/pages/commendation", "/en/enquiries/new?topic=commendation"] {
        let page = desk.get(path).await.text;
        assert!(page.contains("+81-3-5213-1799") && page.contains("awards@desk.test"), "{path}: {page}");
        assert!(page.contains("head-division\">International Exchange Division"), "{path}: {page}");
    }
    assert!(!desk.get("/en/").await.text.contains("5213-1799"), "the first division stands at the first counter");
    let sent = desk.enquire(&desk.seal().await, &[("topic", "commendation")]).await;
    assert!(desk.get(&sent.location).await.text.contains("+81-3-5213-1799"));
    desk.letters_soon(1).await;
    desk.deed("000001-3", "reply", &[("body", "By the end of May.")]).await;
    desk.letters_soon(2).await;
    let own = desk.get(&desk.own_page(0, "000001-3")).await.text;
    assert!(own.contains("+81-3-5213-1799") && own.contains("<b>Awards Unit</b>"), "{own}");
}

#[tokio::test]
async fn a_division_needs_no_fax() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    assert_eq!(set(&desk, DIVISION, &[("fax", ""), ("telephone", "０３（５２１３）１７２４")]).await.status, 303);
    let start = desk.get("/en/").await.text;
    assert!(!start.contains("Fax") && start.contains("+81-3-5213-1724"), "{start}");
    assert_eq!(desk.get("/staff").await.status, 200);
    assert_eq!(desk.enquire(&desk.seal().await, &[]).await.status, 303);
    let letter = &desk.letters_soon(1).await[0];
    assert!(letter.text.contains("Tel +81-3-5213-1724") && !letter.text.contains("Fax"), "{}", letter.text);
}

const DIVISION: &str = "/staff/settings/divisions/international-exchange";

#[tokio::test]
async fn another_body_moves_in() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let names = [
        ("names-ja", "若草市"),
        ("names-en", "City of Wakakusa"),
        ("names-fr", ""),
        ("headline-fr", "Bienvenue à Wakakusa"),
    ];
    assert_eq!(set(&desk, "/staff/settings/organisation", &names).await.status, 303);
    let division = [
        ("names-ja", "市民相談課"),
        ("names-en", "Residents' Desk"),
        ("names-fr", "Guichet des habitants"),
        ("telephone", "+81 22 555 0100"),
        ("fax", "＋81-22-555-0101"),
        ("email", "desk@wakakusa.example"),
        ("hours-saturday", "９：００〜１２：００"),
        ("closed", "12/29-1/3\n8/13-8/15"),
    ];
    let saved = set(&desk, DIVISION, &division).await;
    assert_eq!((saved.status, saved.location), (303, format!("{DIVISION}?done=saved")), "{}", saved.text);
    let start = desk.get("/fr/").await.text;
    for part in ["Bienvenue à Wakakusa", "Guichet des habitants", "+81-22-555-0100", "+81-22-555-0101", "samedi"] {
        assert!(start.contains(part), "{part} in {start}");
    }
    assert!(start.contains("Fermé du 13 août au 15 août") && start.contains("Fermé en fin d’année"), "{start}");
    assert!(!start.contains("5213") && !start.contains("CLAIR"), "nothing is left of who was there before: {start}");
    let japanese = desk.get("/ja/").await.text;
    assert!(japanese.contains("若草市") && japanese.contains("022-555-0100"), "{japanese}");

    let topic = [("slug", "waste"), ("names-ja", "ごみの出し方"), ("names-en", "Waste & recycling"), ("position", "0")];
    let made = set(&desk, "/staff/settings/topics/new", &topic).await;
    assert_eq!(
        (made.status, made.location.as_str()),
        (303, "/staff/settings/topics/waste?done=saved"),
        "{}",
        made.text
    );
    let form = desk.get("/en/enquiries/new?topic=waste").await.text;
    assert!(form.contains("Waste &#38; recycling") && form.contains("value=\"waste\" required checked"), "{form}");
    assert_eq!(desk.enquire(&desk.seal().await, &[("topic", "waste")]).await.status, 303);
    let letter = &desk.letters_soon(1).await[0];
    assert!(
        letter.text.contains("City of Wakakusa") && letter.text.contains("desk@wakakusa.example"),
        "{}",
        letter.text
    );
    assert_eq!(set(&desk, "/staff/settings/topics/waste", &[("offer", "withdrawn")]).await.status, 303);
    assert!(!desk.get("/en/enquiries/new?topic=waste").await.text.contains("value=\"waste\""), "no longer offered");
    assert_eq!(desk.enquire(&desk.seal().await, &[("topic", "waste")]).await.status, 422);
    assert!(desk.get("/staff/tickets/000001-3").await.text.contains("ごみの出し方"), "its tickets keep it");
    assert!(desk.get("/en/nowhere").await.text.contains("+81-22-555-0100"), "an error page knows the new number");
    let twin = Desk::settings().on(&desk.database_url).start().await;
    assert!(twin.get("/en/").await.text.contains("desk@wakakusa.example"), "no start overwrites what was set here");
}

#[tokio::test]
async fn colours_are_taken_if_everybody_can_read_them() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let path = "/staff/settings/colours";
    assert!(!desk.get("/en/").await.text.contains("/assets/theme-"));
    let refused = set(&desk, path, &[("light", "#ffcc00")]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text.contains("コントラストは1.") && refused.text.contains("value=\"#ffcc00\""),
        "{}",
        refused.text
    );
    assert_eq!(set(&desk, path, &[("light", "red")]).await.status, 422);
    assert_eq!(set(&desk, path, &[("light", "#8A1C4A"), ("dark", "#ff9ac2")]).await.status, 303);
    for path in ["/en/", "/staff"] {
        let page = desk.get(path).await.text;
        let theme = page.split("href=\"/assets/theme-").nth(1).and_then(|rest| rest.split('"').next());
        let sheet = desk.get(&format!("/assets/theme-{}", theme.expect("a style sheet"))).await;
        assert!(sheet.text.contains("--ai:light-dark(#8a1c4a,#ff9ac2);"), "{}", sheet.text);
        assert!(sheet.headers["cache-control"].to_str().is_ok_and(|kept| kept.contains("immutable")));
    }
    let old = desk.get("/assets/theme-0000000000000000.css").await;
    assert_eq!((old.status, old.headers["cache-control"].as_bytes()), (200, &b"no-store"[..]));
    assert_eq!(set(&desk, path, &[("light", "#165e83"), ("dark", "#7dbbda")]).await.status, 303);
    assert!(!desk.get("/en/").await.text.contains("/assets/theme-"), "the program's own need no style sheet");
    assert_eq!(desk.get("/assets/theme-0000000000000000.css").await.status, 404);
}

#[tokio::test]
async fn mistakes_change_nothing() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    for (path, field, value, told) in [
        (DIVISION, "names-en", "", "英語の名称"),
        (DIVISION, "telephone", "5213-1723", "国番号"),
        (DIVISION, "fax", "none", "国番号"),
        (DIVISION, "email", "desk", "メールアドレスを書いてください"),
        (DIVISION, "hours-monday", "12:00-9:00", "早い順"),
        (DIVISION, "closed", "2/30", "月/日"),
        (DIVISION, "closed", "1/1-12/31", "開庁する日がありません"),
        (DIVISION, "names-en", "\u{200b}", "英語の名称"),
        (DIVISION, "position", "-1", "9999"),
        ("/staff/settings/topics/seminar", "division", "nowhere", "課を選んでください"),
        ("/staff/settings/organisation", "lead-en", &"x".repeat(201), "200字"),
        ("/staff/settings/topics/new", "slug", "New Topic", "英小文字"),
        ("/staff/settings/divisions/new", "slug", "new", "英小文字"),
    ] {
        let refused = set(&desk, path, &[(field, value)]).await;
        let at = if told.starts_with("開庁") { "hours-monday" } else { field };
        assert_eq!(refused.status, 422, "{path} {field}");
        assert!(refused.text.contains(told) && refused.text.contains(&format!("href=\"#{at}\"")), "{}", refused.text);
    }
    let taken = [("slug", "seminar"), ("names-ja", "研修"), ("names-en", "Training")];
    let taken = set(&desk, "/staff/settings/topics/new", &taken).await;
    assert!(taken.status == 422 && taken.text.contains("もう使われています"), "{}", taken.text);
    let second = [
        ("slug", "second"),
        ("names-ja", "総務課"),
        ("names-en", "General Affairs"),
        ("telephone", "+81-3-0000-0000"),
        ("fax", "+81-3-0000-0001"),
        ("email", "Exchange@Desk.test"),
    ];
    let same = set(&desk, "/staff/settings/divisions/new", &second).await;
    assert!(same.status == 422 && same.text.contains("ほかの課が使っています"), "{}", same.text);
    assert_eq!(desk.count("SELECT count(*) FROM divisions").await, 1);
    assert_eq!(desk.get("/staff/settings/topics/nothing").await.status, 404);
    assert_eq!(desk.get("/staff/settings/nothing").await.status, 404);
}

#[tokio::test]
async fn two_administrators_do_not_overwrite_each_other() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let path = "/staff/settings/organisation";
    let stale = as_it_stands(&desk.get(path).await);
    assert_eq!(set(&desk, path, &[("headline-en", "First")]).await.status, 303);
    let stale: Vec<(&str, &str)> = stale.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let held = desk.post(path, &stale).await;
    assert_eq!(held.status, 409);
    assert!(held.text.contains("今「First」です"), "what it is now is told: {}", held.text);
    assert!(desk.get("/en/").await.text.contains("First"), "what was saved first stays");
    let shown = as_it_stands(&desk.get(path).await);
    let at_once = (0..6).map(|number| {
        let mine = format!("At once {number}");
        let shown = shown.to_vec();
        let desk = &desk;
        async move {
            let value = |name: &str, value: &String| if name == "headline-en" { mine.clone() } else { value.clone() };
            let fields: Vec<_> = shown.iter().map(|(name, typed)| (name.as_str(), value(name, typed))).collect();
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            desk.post(path, &fields).await.status
        }
    });
    let mut statuses = futures_util::future::join_all(at_once).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409, 409, 409, 409, 409], "one of many at once");
    assert_eq!(set(&desk, path, &[("headline-en", "")]).await.status, 303);
    assert!(!desk.get("/en/").await.text.contains("First"), "left empty, the program's heading is back");
    let forged = desk.post(path, &[("token", "forged"), ("headline-en", "Forged")]).await;
    assert_eq!(forged.status, 403);

    let agent = ["staff", "add", "--email", "a@desk.test", "--name", "担当", "--role", "manager", "--password-stdin"];
    assert_eq!(desk.command(&agent, b"correct-horse-battery\n").code, 0);
    let manager = desk.visitor();
    manager.sign_in_as("a@desk.test", "correct-horse-battery").await;
    assert_eq!(manager.get("/staff/settings").await.status, 403, "administrators only");
    assert_eq!(manager.post(path, &[("headline-en", "Mine")]).await.status, 403);
}

/// A picture of one pixel.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[tokio::test]
async fn the_organisation_shows_its_own_logo() {
    use reqwest::multipart::{Form, Part};

    const LOGO: &str = "/staff/settings/logo";
    let desk = Desk::start().await;
    desk.sign_in().await;
    let send = async |content: Vec<u8>| {
        let token = desk.get(LOGO).await.hidden("token");
        let file = Part::bytes(content).file_name("logo.png");
        desk.post_multipart(LOGO, Form::new().text("token", token).part("file", file)).await
    };
    let png = data_encoding::BASE64.decode(PNG.as_bytes()).expect("Base64");
    assert_eq!(send(png.clone()).await.location, format!("{LOGO}?done=saved"));
    let start = desk.get("/ko/").await.text;
    let path = start.split("class=\"head-logo\" src=\"").nth(1).and_then(|rest| rest.split('"').next());
    let path = path.unwrap_or_else(|| panic!("no logo in {start}"));
    assert!(start.contains("width=\"1\" height=\"1\" alt=\"\"") && start.contains("og:image"), "{start}");
    let picture = desk.get(path).await;
    assert_eq!((picture.status, picture.headers["content-type"].as_bytes()), (200, &b"image/png"[..]));
    assert!(picture.headers["cache-control"].to_str().expect("text").contains("immutable"));
    for (content, told) in [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(), "画像ではありません"),
        ([&png[..], &vec![0; 100 * 1024]].concat(), "100 kB"),
        (vec![0; 11 << 20], "100 kB"),
        (Vec::new(), "画像を選んで"),
    ] {
        let refused = send(content).await;
        assert!((413..=422).contains(&refused.status) && refused.text.contains(told), "{told}: {}", refused.text);
    }
    assert_eq!(desk.post(LOGO, &[("token", "forged"), ("deed", "remove")]).await.status, 403);
    assert!(desk.get("/ko/").await.text.contains("head-logo"), "what is refused changes nothing");
    let token = desk.get(LOGO).await.hidden("token");
    assert_eq!(desk.post(LOGO, &[("token", token.as_str()), ("deed", "remove")]).await.status, 303);
    assert!(!desk.get("/ko/").await.text.contains("head-logo"));
    assert_eq!(desk.get(path).await.status, 200, "pages that are still open show it");
    assert_eq!(desk.get("/assets/logo-00.png").await.status, 404);
    assert_eq!(desk.visitor().get(LOGO).await.status, 303);
}
