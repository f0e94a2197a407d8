//! The public side as readers, searchers and machines meet it, and how staff write it.

use crate::harness::Desk;
use crate::harness::visitor::{Page, Visitor};

const LANGUAGES: [&str; 5] = ["ja", "en", "zh", "ko", "fr"];
const PROGRAMMES: [(&str, &str); 6] = [
    ("sister-cities", "sister-cities"),
    ("commendation", "commendation"),
    ("seminar", "seminar"),
    ("regional-exchange", "other"),
    ("trilateral-conference", "trilateral-conference"),
    ("japan-france-conference", "japan-france-conference"),
];

#[tokio::test]
async fn six_programmes_in_five_languages() {
    let desk = Desk::start().await;
    for language in LANGUAGES {
        let start = desk.get(&format!("/{language}/")).await.text;
        for (slug, topic) in PROGRAMMES {
            let path = format!("/{language}/pages/{slug}");
            assert!(start.contains(&format!("href=\"{path}\"")), "{path} from the start page");
            let page = desk.get(&path).await;
            assert_eq!(page.status, 200);
            let form = format!("/{language}/enquiries/new?topic={topic}\"");
            for part in [form.as_str(), "5213-1723", "5213-1742", "exchange@desk.test", "id=\"counter\""] {
                assert!(page.text.contains(part), "{part} on {path}: {}", page.text);
            }
            assert!(!page.text.contains("notice-quiet"), "{path} is in its language");
        }
    }
    for (path, words) in [
        ("/zh/pages/trilateral-conference", &["会议", "1999"][..]),
        ("/ko/pages/sister-cities", &["자매도시"]),
        ("/fr/pages/japan-france-conference", &["Rencontres", "onférence", "2008"]),
        ("/en/pages/seminar", &["management staff of overseas local governments", "executives of organisations"]),
        ("/en/pages/commendation", &["Minister for Internal Affairs and Communications Award"]),
    ] {
        let text = desk.get(path).await.text;
        assert!(words.iter().all(|word| text.contains(word)), "{words:?} on {path}: {text}");
    }
    assert_eq!(desk.get("/en/pages/nowhere").await.status, 404);
}

/// The pages that a search links to, in their order.
fn found(page: &Page) -> Vec<String> {
    let results = page.text.split("<ol class=\"results\">").nth(1).unwrap_or_default();
    let links = results.split("</ol>").next().unwrap_or_default().split("/pages/").skip(1);
    links.map(|link| link.split('"').next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn the_public_finds_pages_in_every_language() {
    let desk = Desk::start().await;
    for (language, typed, first) in [
        ("ja", "しまいとし", "sister-cities"),
        ("ja", "シマイトシ", "sister-cities"),
        ("ja", "ｾﾐﾅｰ", "seminar"),
        ("ja", "総務大臣賞", "commendation"),
        ("zh", "友好城市", "sister-cities"),
        ("zh", "總務大臣", "commendation"),
        ("ko", "자매도시", "sister-cities"),
        ("fr", "seminaire", "seminar"),
        ("fr", "JUMELAGES", "sister-cities"),
        ("en", "seminar", "seminar"),
        ("en", "semniar", "seminar"),
        ("en", "how do we find a sister city", "finding-a-partner"),
    ] {
        let page = desk.get(&format!("/{language}/search?q={typed}")).await;
        assert_eq!(found(&page).first().map(String::as_str), Some(first), "{typed}: {}", page.text);
    }
    let marked = desk.get("/fr/search?q=seminaire").await.text;
    assert!(marked.contains("<mark>Séminaire</mark>"), "{marked}");
}

#[tokio::test]
async fn a_search_without_a_find_offers_the_form_and_is_listed() {
    let desk = Desk::start().await;
    for _ in 0..2 {
        let page = desk.get("/en/search?q=visa%20%3Cb%3E%26").await;
        assert_eq!((page.status, found(&page).len()), (200, 0));
        let way = page.text.split("href=\"/en/enquiries/new?subject=").nth(1).expect("the form is offered");
        let form = desk.get(&format!("/en/enquiries/new?subject={}", way.split('"').next().unwrap_or_default())).await;
        assert!(form.text.contains("name=\"subject\" value=\"visa &#60;b&#62;&#38;\""), "{}", form.text);
    }
    assert_eq!(desk.get("/en/search").await.status, 200, "a search for nothing is no miss");
    let elsewhere = desk.get("/en/search?q=%E5%A7%89%E5%A6%B9%E9%83%BD%E5%B8%82").await.text;
    let link = "<a href=\"/ja/search?q=%E5%A7%89%E5%A6%B9%E9%83%BD%E5%B8%82\" lang=\"ja\" hreflang=\"ja\">日本語</a>";
    assert!(elsewhere.contains(link), "what is there in another language is no miss: {elsewhere}");
    desk.sign_in().await;
    let pages = desk.get("/staff/pages").await.text;
    assert!(pages.contains("visa &#60;b&#62;&#38;") && pages.contains("2回"), "{pages}");
    assert_eq!(desk.count("SELECT count(*) FROM missed_searches").await, 1);
}

#[tokio::test]
async fn readers_say_whether_a_page_helped() {
    let desk = Desk::start().await;
    let path = "/en/pages/seminar/helpful";
    let token = desk.get("/en/pages/seminar").await.hidden("token");
    for answer in ["yes", "yes", "no"] {
        let said = desk.post(path, &[("token", &token), ("answer", answer)]).await;
        assert_eq!((said.status, said.location), (303, format!("/en/pages/seminar?thanks={answer}#helpful")));
        assert!(said.headers.get("set-cookie").is_none());
    }
    for (fields, status) in
        [(&[("token", "x"), ("answer", "yes")][..], 403), (&[("token", &token), ("answer", "perhaps")], 400)]
    {
        assert_eq!(desk.post(path, fields).await.status, status);
    }
    let elsewhere = desk.post_from("https://evil.example", path, &[("token", &token), ("answer", "no")]).await;
    assert_eq!(elsewhere.status, 403, "not from somebody else's page");
    assert!(desk.get("/en/pages/seminar?thanks=yes").await.text.contains("Thank you."));
    desk.sign_in().await;
    let page = desk.get("/staff/pages/seminar").await.text;
    assert!(page.contains("役に立った：2") && page.contains("役に立たなかった：1"), "{page}");
}

#[tokio::test]
async fn machines_read_what_they_need() {
    let desk = Desk::settings().with("MADOGUCHI_PUBLIC_URL", "https://desk.example").start().await;
    let start = desk.get("/fr/").await;
    for part in [
        "<link rel=\"canonical\" href=\"https://desk.example/fr/\">",
        "hreflang=\"zh-Hans\" href=\"https://desk.example/zh/\"",
        "<meta property=\"og:locale\" content=\"fr_FR\">",
        "<meta name=\"description\" content=\"",
        "type=\"application/atom+xml\"",
    ] {
        assert!(start.text.contains(part), "{part}: {}", start.text);
    }
    let unlisted = desk.get("/fr/search?q=x").await.text;
    assert!(unlisted.contains("content=\"noindex\"") && !unlisted.contains("canonical"), "{unlisted}");
    let map = desk.get("/sitemap.xml").await.text;
    assert!(map.contains("<loc>https://desk.example/ko/pages/seminar</loc>"), "{map}");
    let robots = desk.get("/robots.txt").await.text;
    assert!(robots.contains("Disallow: /staff\n") && robots.contains("Sitemap: https://desk.example/sitemap.xml"));
}

#[tokio::test]
async fn pages_are_kept_and_travel_short() {
    let desk = Desk::start().await;
    let client = reqwest::Client::new();
    let url = format!("{}/en/pages/seminar", desk.base);
    let ask = async |name: &str, value: &str| client.get(&url).header(name, value).send().await.expect("an answer");
    let whole = ask("accept-encoding", "identity").await;
    let header = |answer: &reqwest::Response, name: &str| {
        answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let tag = header(&whole, "etag");
    assert!(tag.starts_with("W/\"") && header(&whole, "cache-control") == "no-cache", "{:?}", whole.headers());
    let length = whole.bytes().await.expect("a page").len();
    let again = ask("if-none-match", &tag).await;
    assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, tag));
    assert!(again.headers().contains_key("content-security-policy"));
    assert_eq!(again.bytes().await.expect("nothing").len(), 0);
    let short = ask("accept-encoding", "gzip").await;
    assert_eq!((header(&short, "content-encoding"), header(&short, "vary")), ("gzip".into(), "Accept-Encoding".into()));
    assert!(short.bytes().await.expect("a page").len() * 2 < length);
    let form = client.get(format!("{}/en/enquiries/new", desk.base)).send().await.expect("the form");
    assert_eq!((header(&form, "cache-control"), header(&form, "etag")), ("no-store".into(), String::new()));
}

/// Sends the form of a page in a language, as it stands but for what is given.
async fn write(visitor: &Visitor, path: &str, language: &str, given: &[(&str, &str)]) -> Page {
    let shown = visitor.get(&format!("{path}?lang={language}")).await;
    let version = shown.hidden("version");
    let token = shown.hidden("token");
    let fields = [
        ("token", token.as_str()),
        ("version", &version),
        ("lang", language),
        ("slug", "closed"),
        ("kind", "news"),
        ("topic", ""),
        ("position", "1"),
        ("title", ""),
        ("summary", ""),
        ("body", ""),
        ("search_words", ""),
    ];
    let given_names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
    let kept = fields.into_iter().filter(|(name, _)| !given_names.contains(name));
    visitor.post(path, &kept.chain(given.iter().copied()).collect::<Vec<_>>()).await
}

#[tokio::test]
async fn staff_write_publish_change_and_go_back() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let new = "/staff/pages/new";
    let news =
        [("title", "年末年始の受付について"), ("body", "12月29日から**1月3日**まで\n<script>休み</script>です。")];
    let preview = write(&desk, new, "ja", &[&news[..], &[("step", "preview")]].concat()).await;
    assert_eq!(preview.status, 200);
    assert!(preview.text.contains("<strong>1月3日</strong>") && preview.text.contains("<ins>"), "{}", preview.text);
    assert_eq!(desk.get("/ja/pages/closed").await.status, 404, "looking publishes nothing");

    let draft = write(&desk, new, "ja", &news).await;
    assert_eq!((draft.status, draft.location.as_str()), (303, "/staff/pages/closed?lang=ja&done=saved"));
    assert_eq!(desk.get("/ja/pages/closed").await.status, 404, "a draft is not public");
    let page = "/staff/pages/closed";
    let published = write(&desk, page, "ja", &[&news[..], &[("step", "publish")]].concat()).await;
    assert_eq!(published.status, 303, "{}", published.text);
    let read = desk.get("/ja/pages/closed").await.text;
    assert!(read.contains("<strong>1月3日</strong>") && read.contains("&lt;script&gt;休み"), "{read}");
    assert!(desk.get("/ja/").await.text.contains("年末年始の受付について"), "news stand on the start page");
    assert!(desk.get("/ja/news.atom").await.text.contains("<title>年末年始の受付について</title>"));

    let foreign = desk.get("/fr/pages/closed").await.text;
    assert!(
        foreign.contains("Elle est affichée en japonais.") && foreign.contains("<article lang=\"ja\">"),
        "{foreign}"
    );
    assert!(desk.get("/staff/pages").await.text.contains("未訳：英語、中国語、韓国語、フランス語"));

    let changed = [("title", "年末年始の受付について"), ("body", "12月28日から**1月3日**までです。")];
    assert_eq!(write(&desk, page, "ja", &changed).await.status, 303);
    assert!(desk.get("/ja/pages/closed").await.text.contains("12月29日"), "the public sees what was published");
    let versions = desk.get("/staff/pages/closed/versions").await;
    assert!(versions.text.contains("<del>") && versions.text.contains("</span>28</ins>"), "{}", versions.text);
    let (token, latest) = (versions.hidden("token"), versions.hidden("latest"));
    let back = [("token", token.as_str()), ("latest", &latest), ("version", "2")];
    assert_eq!(desk.post("/staff/pages/closed/versions", &back).await.status, 303);
    assert!(desk.get("/staff/pages/closed?lang=ja").await.text.contains("12月29日"));
    assert_eq!(desk.post("/staff/pages/closed/versions", &back).await.status, 409, "it is not the latest any more");

    assert_eq!(write(&desk, page, "ja", &[&news[..], &[("step", "withdraw")]].concat()).await.status, 303);
    assert_eq!(desk.get("/ja/pages/closed").await.status, 404);
    assert_eq!(
        desk.count("SELECT count(*) FROM page_versions JOIN pages ON id = page_id WHERE slug = 'closed'").await,
        5
    );
}

#[tokio::test]
async fn what_is_done_with_personal_data_is_worded_by_staff() {
    let desk = Desk::start().await;
    let form = "/fr/enquiries/new";
    assert!(desk.get(form).await.text.contains("href=\"/fr/pages/privacy\""));
    assert_eq!(desk.get("/fr/privacy").await.location, "/fr/pages/privacy", "where it once stood");
    assert!(found(&desk.get("/fr/search?q=RGPD").await).contains(&"privacy".to_owned()));
    desk.sign_in().await;
    let page = "/staff/pages/privacy";
    let as_it_is = [("slug", "privacy"), ("kind", "information"), ("position", "3")];
    let own = [("title", "Vos données"), ("body", "Trois ans."), ("summary", "Nous les gardons trois ans.")];
    let publish = [("step", "publish")];
    assert_eq!(write(&desk, page, "fr", &[&as_it_is[..], &own, &publish].concat()).await.status, 303);
    let asked = desk.get(form).await.text;
    assert!(asked.contains("Nous les gardons trois ans.") && asked.contains(">Vos données</a>"), "{asked}");
    assert_eq!(write(&desk, page, "fr", &[&as_it_is[..], &publish].concat()).await.status, 303);
    let asked = desk.get(form).await.text;
    assert!(asked.contains("<span lang=\"en\">We use your details"), "{asked}");
    assert!(asked.contains("<a href=\"/fr/pages/privacy\" lang=\"en\">Personal information</a>"), "{asked}");
    let renamed = [("slug", "data"), ("kind", "information"), ("position", "3")];
    let no_summary = [&as_it_is[..], &own[..2], &publish].concat();
    for (given, told) in [
        ([&as_it_is[..], &[("step", "withdraw")]].concat(), "公開をやめることも"),
        ([&renamed[..], &own, &publish].concat(), "公開をやめることも"),
        (no_summary, "要約を書いてください"),
    ] {
        let refused = write(&desk, page, "fr", &given).await;
        assert!(refused.status == 422 && refused.text.contains(told), "{} {}", refused.status, refused.text);
    }
    desk.execute("UPDATE pages SET published_version = NULL WHERE slug = 'privacy'").await;
    desk.sign_in().await;
    assert_eq!(
        write(
            &desk,
            "/staff/pages/seminar",
            "ja",
            &[("slug", "seminar"), ("kind", "programme"), ("title", "a"), ("body", "b"), ("step", "publish")]
        )
        .await
        .status,
        303
    );
    let asked = desk.get(form).await.text;
    assert!(asked.contains("id=\"consent\"") && !asked.contains("pages/privacy"), "no link leads nowhere: {asked}");
}

#[tokio::test]
async fn pages_with_mistakes_are_shown_again() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let good = [("title", "Closed"), ("body", "We are closed.")];
    for (given, status, told) in [
        (&[("title", "")][..], 422, "題名を書いてください"),
        (&[("body", " ")], 422, "本文を書いてください"),
        (&[("title", ""), ("body", "")], 422, "どの言語でも空"),
        (&[("slug", "New Year")], 422, "半角の小文字"),
        (&[("slug", "seminar")], 422, "ほかのページが使っています"),
        (&[("position", "first")], 422, "数を書いてください"),
        (&[("token", "forged")], 403, "時間がたちすぎました"),
    ] {
        let kept = good.iter().filter(|(name, _)| given.iter().all(|(other, _)| other != name));
        let page = write(&desk, "/staff/pages/new", "en", &kept.chain(given).copied().collect::<Vec<_>>()).await;
        assert_eq!(page.status, status, "{given:?}: {}", page.text);
        assert!(page.text.contains(told), "{given:?}: {}", page.text);
        assert!(given.iter().any(|(name, _)| *name == "body") || page.text.contains("We are closed."), "{given:?}");
    }
    let held = [("title", "Seminar"), ("body", "New."), ("slug", "seminar"), ("kind", "programme"), ("version", "0")];
    let page = write(&desk, "/staff/pages/seminar", "en", &held).await;
    assert_eq!(page.status, 409, "somebody else saved it");
    assert!(page.text.contains("New."), "{}", page.text);
    let viewer = ["staff", "add", "--email", "v@desk.test", "--name", "V", "--role", "viewer", "--password-stdin"];
    assert_eq!(desk.command(&viewer, b"correct horse battery\n").code, 0);
    let reader = desk.visitor();
    reader.sign_in_as("v@desk.test", "correct horse battery").await;
    assert_eq!(reader.get("/staff/pages/seminar").await.status, 200);
    assert_eq!(reader.get("/staff/pages/new").await.status, 403);
    let token = reader.get("/staff/pages/seminar").await.hidden("token");
    assert_eq!(reader.post("/staff/pages/seminar", &[("token", &token)]).await.status, 403);
    assert_eq!(desk.visitor().get("/staff/pages").await.location, "/staff/login");
}
