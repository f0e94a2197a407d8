//! Every page in every state that people meet it in, judged by axe-core, and looked at for sideways scrolling.

use serde_json::json;

use super::sign_in;
use crate::harness::Desk;
use crate::harness::browser::Browser;
use crate::harness::post::{Manner, Post};

const LONG_SUBJECT: &str = "姉妹都市提携六十周年記念事業実行委員会の設立準備に伴う、相手都市の市長及び議会議長の招へい手続きと届出の要否について";
const LETTER: &str = "From: =?UTF-8?B?w4lsb2RpZSBNYXJjaGFuZA==?= <elodie@commune.example>\r\nTo: exchange@desk.test\r\n\
Subject: Jumelage : recherche d'une commune partenaire au Japon\r\nMessage-ID: <j1@commune.example>\r\n\
MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n\
--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
<p>Bonjour,</p><p>Notre commune souhaite nouer un jumelage avec une ville japonaise.</p>\
<blockquote><p>Le 19 novembre, exchange@desk.test a =C3=A9crit :</p><p>Merci de votre message.</p></blockquote>\r\n\
--x\r\nContent-Type: application/pdf; name=\"presentation.pdf\"\r\nContent-Disposition: attachment; filename=\"une-presentation-de-notre-commune-et-de-ses-ecoles.pdf\"\r\n\
Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n\
--x\r\nContent-Type: text/calendar; name=\"visite.ics\"\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20201203T010000Z\r\n\
SUMMARY:Visite de la délégation\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n--x--\r\n";

/// Walks through pages and gathers what is wrong with them, so that one run tells all.
struct Walk<'a> {
    browser: &'a Browser,
    desk: &'a Desk,
    faults: Vec<String>,
}

impl Walk<'_> {
    /// The page at a path.
    async fn visit(&mut self, name: &str, path: &str) {
        self.browser.width(1280).await;
        self.browser.go(&format!("{}{path}", self.desk.base)).await;
        self.look(name).await;
    }

    /// The page that is shown.
    async fn look(&mut self, name: &str) {
        self.faults.extend(self.browser.faults(name).await);
        let is_public = self.browser.ask("return document.body.classList.contains('public')").await == true;
        if is_public && name.ends_with(" en") {
            self.faults.extend(self.browser.faults_mirrored(name).await);
        }
        if self.browser.ask("return document.querySelector('[data-text-size][hidden]') !== null").await == true {
            self.faults.push(format!("{name}: the scripts do not run to their end"));
        }
        let stray = "return [...document.querySelectorAll('form[method=post]')].filter(form => \
            !form.querySelector('input[type=hidden][name=token], input[type=hidden][name=seal]')).map(form => form.action)";
        let stray = self.browser.ask(stray).await;
        if stray != json!([]) {
            self.faults.push(format!("{name}: forms without a hidden token: {stray}"));
        }
    }

    /// Sends the form that is shown, and looks at what comes.
    async fn send(&mut self, name: &str, form: &str) {
        self.browser.width(1280).await;
        self.browser.send(form).await;
        self.look(name).await;
    }

    fn end(self) {
        assert!(self.faults.is_empty(), "{} faults:\n{}", self.faults.len(), self.faults.join("\n"));
    }
}

/// Pages that are read.
const PUBLIC: [(&str, &str); 17] = [
    ("links", "links"),
    ("links sent", "links?done=sent"),
    ("own page without a key", "enquiries/000001-3"),
    ("programme", "pages/regional-exchange"),
    ("programme thanked", "pages/commendation?thanks=yes"),
    ("programme offered", "pages/commendation?asking=yes"),
    ("programme that answered", "pages/commendation?thanks=answered"),
    ("answer", "pages/when-we-answer"),
    ("accessibility", "pages/accessibility"),
    ("questions", "questions"),
    ("sister cities", "sister-cities"),
    ("sister cities resembling", "sister-cities?q=valmnot"),
    ("sister cities nothing", "sister-cities?q=zzzz"),
    ("site map", "sitemap"),
    ("search found", "search?q=1999"),
    ("search resembling", "search?q=1999+zzzz"),
    ("search nothing", "search?q=zzzz"),
];

/// A test for each language, side by side: one after the other they would take longer than everything else.
macro_rules! public_pages_are_for_everybody {
    ($($name:ident $language:literal),*) => {
        $(#[tokio::test]
        async fn $name() {
            public_pages($language).await;
        })*
    };
}

public_pages_are_for_everybody!(
    public_pages_in_japanese "ja",
    public_pages_in_english "en",
    public_pages_in_chinese "zh",
    public_pages_in_korean "ko",
    public_pages_in_french "fr"
);

async fn public_pages(language: &str) {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    let browser = Browser::start().await;
    let mut walk = Walk { browser: &browser, desk: &desk, faults: Vec::new() };
    let name = |page: &str| format!("{page} {language}");
    let form = format!("/{language}/enquiries/new?topic=seminar");
    walk.visit(&name("start"), &format!("/{language}/")).await;
    for (page, path) in PUBLIC {
        walk.visit(&name(page), &format!("/{language}/{path}")).await;
    }
    walk.visit(&name("privacy"), &format!("/{language}/pages/privacy")).await;
    walk.visit(&name("404"), &format!("/{language}/nowhere/at/all")).await;
    walk.visit(&name("form"), &form).await;

    browser.fill("#name", "Maria-Magdalena von Hohenstein-Wolfenbüttel").await;
    browser.fill("#email", "maria.example.org").await;
    browser.fill("#message", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz").await;
    browser.fill("[id='seminar.participants']", "some").await;
    walk.send(&name("form 422"), "main form").await;
    assert_eq!(browser.ask("return document.activeElement.id").await, "errors", "the summary takes the focus");
    let ways = "return [...document.querySelectorAll('#errors a')].map(a => a.hash).\
        filter(hash => !document.getElementById(hash.slice(1)))";
    assert_eq!(browser.ask(ways).await, json!([]), "the summary leads to fields");
    assert_eq!(browser.ask("return document.querySelector('#email').value").await, "maria.example.org");

    browser.ask("document.querySelector('[name=seal]').value = 'forged'").await;
    walk.send(&name("form 403"), "main form").await;

    walk.visit(&name("form with a draft"), &form).await;
    browser.ask("document.querySelector('#draft button').click()").await;
    browser.fill("#name", "Maria-Magdalena von Hohenstein-Wolfenbüttel").await;
    browser.fill("#email", &format!("maria.{language}@example.org")).await;
    browser.fill("#subject", LONG_SUBJECT).await;
    browser.fill("#message", "We are looking for a partner.").await;
    browser.fill("[id='seminar.municipality']", LONG_SUBJECT).await;
    browser.fill("#attachments", path_of_a_file().to_str().expect("text")).await;
    crate::harness::soon("the file is there", async || {
        browser.ask("return !!document.querySelector('[name=kept]')").await == true
    })
    .await;
    walk.look(&name("form with a file")).await;
    browser.ask("document.querySelector('#consent').click()").await;
    walk.send(&name("check"), "main form").await;
    assert_eq!(browser.ask("return document.forms.check.kept.value.length > 50").await, true);
    walk.send(&name("receipt"), "main form").await;
    assert!(browser.path().await.contains("/receipts/"), "{}", browser.text().await);

    let made = desk.count("SELECT count(*) FROM tickets").await;
    let number = u64::try_from(made).expect("tickets");
    desk.letters_soon(usize::try_from(made).expect("letters")).await;
    let reference = desk_reference(number);
    let own = desk.own_page(usize::try_from(made - 1).expect("letters"), &reference);
    let own = own.replace("/en/", &format!("/{language}/"));
    walk.visit(&name("own page"), &own).await;
    walk.send(&name("own page 422"), ".own-form").await;
    browser.ask("document.querySelector('[value=answered]').click()").await;
    crate::harness::soon("the end", async || browser.ask("return !!document.querySelector('#score-5')").await == true)
        .await;
    walk.look(&name("own page ended")).await;
    walk.end();
}

fn path_of_a_file() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("LICENSE-MIT")
}

fn desk_reference(number: u64) -> String {
    madoguchi::domain::reference::Reference::from_number(number).to_string()
}

const GOOD_TABLE: &str = "Prefecture,Municipality (English),Country or region,Partner (English),Since,Wish (English)\n\
    4,Wakakusa,FR,Valmont-sur-Lys,1987,\n31,Sunahara,,,,A town by the sea\n";

/// A desk with something of everything.
async fn fill(desk: &Desk) {
    let sent = desk
        .enquire(
            &desk.seal().await,
            &[("subject", LONG_SUBJECT), ("name", "بلدية المدينة القديمة"), ("seminar.country", "LB")],
        )
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert_eq!(desk.deliver("elodie@commune.example", &["exchange@desk.test"], LETTER.as_bytes()).await, ["250"]);
    let logged = desk.get("/staff/tickets/new?channel=phone").await.hidden("token");
    let call = [
        ("token", logged.as_str()),
        ("channel", "phone"),
        ("phone", "022-555-0142"),
        ("name", "山口 直人"),
        ("topic", "trilateral-conference"),
        ("message", "名簿の最終版は届いているか。"),
    ];
    assert_eq!(desk.post("/staff/tickets/new", &call).await.status, 303);
    desk.deed("000002-1", "note", &[("body", "電話で確かめたほうが早そうです。")]).await;
    desk.deed("000002-1", "status", &[("status", "pending")]).await;
    let arrival = "INSERT INTO arrivals (id, received_at, channel, sender, recipients, raw, sameness, outcome, reason, acknowledged) \
        VALUES ('01938000-0000-7000-8000-000000000009', now(), 'email', 'broken@mailer.example', '[\"exchange@desk.test\"]', 'Subject: x', '\\x00', 'quarantined', 'the letter could not be read', false)";
    desk.execute(arrival).await;
    // As after a scan and a judgement.
    desk.execute("UPDATE blobs SET scan = 'found', virus = 'Win.Test.EICAR_HDB-1' WHERE content LIKE '%PDF%'").await;
    desk.execute(&format!("UPDATE attachments SET id = '{WITHHELD}' WHERE filename LIKE '%.pdf'")).await;
    desk.execute("UPDATE messages SET failed_checks = '[\"spf\", \"dkim\"]' WHERE channel = 'email'").await;
    let apart = "INSERT INTO events (id, ticket_id, at, event) SELECT gen_random_uuid(), id, now(), \
        '{\"what\": \"put_apart\", \"ticket\": \"000003-7\", \"failed\": [\"dkim\"]}' FROM tickets WHERE number = 2";
    desk.execute(apart).await;
}

const WITHHELD: &str = "01938000-0000-7000-8000-00000000000a";

#[tokio::test]
async fn staff_pages_are_for_everybody() {
    let post = Post::start().await;
    post.treat("@", Manner::Refuses);
    // Nobody answers there: the dashboard tells of it.
    let nowhere = "imap://desk:secret@127.0.0.1:1/INBOX";
    let desk =
        Desk::settings().with("MADOGUCHI_SMTP_URL", post.url()).with("MADOGUCHI_IMAP_URL", nowhere).start().await;
    let browser = Browser::start().await;
    let mut walk = Walk { browser: &browser, desk: &desk, faults: Vec::new() };
    browser.tell("Network.enable", json!({})).await;
    for language in ["ja", "en"] {
        browser.tell("Network.setExtraHTTPHeaders", json!({ "headers": { "Accept-Language": language } })).await;
        walk.visit(&format!("sign-in {language}"), "/staff/login").await;
        browser.fill("#email", &format!("nobody.{language}@example.org")).await;
        browser.fill("#password", "not the password").await;
        walk.send(&format!("sign-in refused {language}"), "form").await;
        walk.visit(&format!("404 staff {language}"), "/staff/setup/nothing").await;
    }
    sign_in(&browser, &desk).await;
    desk.sign_in().await;
    for language in ["ja", "en"] {
        staff_pages(
            &mut walk,
            language,
            &["dashboard empty /staff", "list empty /staff/tickets", "outbox empty /staff/outbox"],
        )
        .await;
        browser.send("form[action=\"/staff/language\"]").await;
    }
    fill(&desk).await;
    crate::harness::soon("the letters are refused", async || {
        desk.get("/staff/outbox").await.text.matches("550").count() >= 2
    })
    .await;
    every_figure_agrees_with_its_list(&browser, &desk).await;
    for language in ["ja", "en"] {
        let pages = [
            "dashboard /staff",
            "list /staff/tickets",
            "list found /staff/tickets?q=jumelage",
            "list nothing /staff/tickets?q=nothing&status=spam",
            "list mistake /staff/tickets?status=odd",
            "arrivals /staff/arrivals",
            "quarantine /staff/arrivals/01938000-0000-7000-8000-000000000009/look",
            "withheld /staff/attachments/01938000-0000-7000-8000-00000000000a",
            "outbox /staff/outbox",
            "outbox sent /staff/outbox?state=sent",
            "outbox returned /staff/outbox?state=returned",
            "sister cities /staff/sister-cities",
            "settings /staff/settings",
            "settings division /staff/settings/divisions/international-exchange",
            "settings colours /staff/settings/colours?done=saved",
            "settings logo /staff/settings/logo",
            "settings topic new /staff/settings/topics/new",
            "settings topic /staff/settings/topics/seminar",
            "settings question /staff/settings/topics/seminar/questions/participants",
            "settings question new /staff/settings/topics/commendation/questions/new/choice",
            "wordings /staff/settings/wording",
            "wording /staff/settings/wording/acknowledgement/ja",
            "wording links /staff/settings/wording/links/fr",
            "site /staff/pages",
            "site page /staff/pages/seminar?lang=fr",
            "site versions /staff/pages/seminar/versions",
            "site page new /staff/pages/new?kind=news",
            "call /staff/tickets/new?channel=phone&topic=seminar",
            "ticket call /staff/tickets/000003-7",
        ];
        staff_pages(&mut walk, language, &pages).await;
        staff_states(&mut walk, language).await;
        browser.send("form[action=\"/staff/language\"]").await;
    }
    walk.end();
}

/// Follows every figure of the dashboard, the rail and the facets, and counts the tickets where it leads.
async fn every_figure_agrees_with_its_list(browser: &Browser, desk: &Desk) {
    for (path, least) in [("/staff", 9), ("/staff/tickets", 3)] {
        browser.go(&format!("{}{path}", desk.base)).await;
        let figures = browser
            .ask(
                "return [...document.querySelectorAll('.figures a, .rail-nav a, .facets a')] \
                 .map(a => [a.getAttribute('href'), a.textContent.match(/(\\d+)\\D*$/)?.[1]]) \
                 .filter(([href, count]) => count && href.startsWith('/staff/tickets'))",
            )
            .await;
        let figures = figures.as_array().expect("figures");
        assert!(figures.len() >= least, "{figures:?}");
        for figure in figures {
            let (href, said) = (figure[0].as_str().expect("a way"), figure[1].as_str().expect("a figure"));
            assert_eq!(desk.get(href).await.tickets().len().to_string(), said, "{path}: {href}");
        }
    }
}

async fn staff_pages(walk: &mut Walk<'_>, language: &str, pages: &[&str]) {
    for page in pages {
        let (name, path) = page.rsplit_once(' ').expect("a name and a path");
        walk.visit(&format!("{name} {language}"), path).await;
    }
}

/// What staff see when something is not right.
async fn staff_states(walk: &mut Walk<'_>, language: &str) {
    let (browser, desk) = (walk.browser, walk.desk);
    let name = |page: &str| format!("{page} {language}");
    browser.go(&format!("{}/staff/tickets/new?channel=phone", desk.base)).await;
    browser.fill("#phone", "12").await;
    browser.fill("#reference", "000002-3").await;
    walk.send(&name("call 422"), "main form").await;

    browser.go(&format!("{}/staff/settings/wording/acknowledgement/fr", desk.base)).await;
    browser.fill("#body", "Rien {du tout}").await;
    walk.send(&name("wording 422"), "main form").await;

    for (state, table) in [("422", "都道府県,国・地域,提携日\n1,FR,\n"), ("preview", GOOD_TABLE)] {
        browser.go(&format!("{}/staff/sister-cities", desk.base)).await;
        browser.ask(&format!("const given = new DataTransfer(); given.items.add(new File([`{table}`], 'a.csv')); document.querySelector('#file').files = given.files")).await;
        walk.send(&name(&format!("sister cities {state}")), "form.log").await;
    }

    browser.go(&format!("{}/staff/settings/divisions/new", desk.base)).await;
    walk.send(&name("settings 422"), "form.setting").await;

    browser.go(&format!("{}/staff/pages/new?kind=news", desk.base)).await;
    walk.send(&name("site page 422"), "main form").await;
    browser.go(&format!("{}/staff/pages/seminar?lang=ja", desk.base)).await;
    browser.fill("#body", "\n| 年 | 開催地 |\n|---|---|\n| 2024 | ほげ市 |").await;
    browser.ask("document.querySelector('[value=preview]').click()").await;
    crate::harness::soon("the preview", async || browser.text().await.contains("ほげ市")).await;
    walk.look(&name("site preview")).await;

    browser.go(&format!("{}/staff/tickets/000002-1", desk.base)).await;
    browser.fill("#reply textarea", "Chère Madame, merci.").await;
    browser.ask("document.querySelector('.copies').open = true").await;
    browser.fill("#cc", "mairie@commune-avec-un-nom-tres-long-et-sans-fin.example").await;
    walk.send(&name("ticket to confirm"), "#reply form").await;

    walk.visit(&name("ticket"), "/staff/tickets/000002-1").await;
    walk.send(&name("ticket 422"), "#note form").await;
    browser.fill("#reply textarea", "Chère Madame, merci de votre message.").await;
    browser.ask("document.querySelector('#reply [name=token]').value = 'forged'").await;
    walk.send(&name("ticket 403"), "#reply form").await;
    let kept = browser.ask("return document.querySelector('#reply textarea').value").await;
    assert_eq!(kept, "Chère Madame, merci de votre message.", "what was typed is kept");

    browser.go(&format!("{}/staff/tickets/000002-1", desk.base)).await;
    let other =
        desk.deed("000002-1", "reply", &[("body", &format!("Chère Madame ({language}), voici la liste."))]).await;
    assert_eq!(other.status, 303, "{}", other.text);
    browser.fill("#reply textarea", "Chère Madame, voici ma réponse.").await;
    walk.send(&name("ticket 409"), "#reply form").await;
    browser.find("#held").await;
    let kept = browser.ask("return document.querySelector('#reply textarea').value").await;
    assert_eq!(kept, "Chère Madame, voici ma réponse.", "what was typed is kept");
}
