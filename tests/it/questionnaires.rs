//! What topics ask beside what every form asks: defined by administrators, asked, checked, answered, and kept as asked.

use reqwest::multipart::{Form, Part};

use crate::harness::visitor::Page;
use crate::harness::{Desk, soon};
use crate::settings::set;

const QUESTIONS: &str = "/staff/settings/topics/seminar/questions";
const ANSWERS: [(&str, &str); 4] = [
    ("seminar.country", "FR"),
    ("seminar.municipality", "Valmont-sur-Lys"),
    ("seminar.participants", "３名"),
    ("seminar.first-date", "2127-02-03"),
];

async fn enquire(desk: &Desk, given: &[(&str, &str)]) -> Page {
    desk.enquire(&desk.seal().await, given).await
}

/// Part of a page between two words.
fn between<'a>(text: &'a str, from: &str, until: &str) -> &'a str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("no {from} in {text}")).1;
    rest.split_once(until).map_or(rest, |(part, _)| part)
}

#[tokio::test]
async fn answers_are_shown_wherever_the_enquiry_is() {
    let desk = Desk::start().await;
    let check = enquire(&desk, &[&ANSWERS[..], &[("step", "check"), ("reading", "なかむら")]].concat()).await;
    assert_eq!(check.status, 200);
    for part in ["Country or region</dt>", "<bdi>France</bdi>", "<bdi>3</bdi>", "<bdi>3 February 2127</bdi>"] {
        assert!(check.text.contains(part), "{part} in {}", check.text);
    }
    let fields = check.fields("id=\"check\"");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let back = desk.post("/en/enquiries", &[&fields[..], &[("step", "write")]].concat()).await;
    assert!(back.text.contains("value=\"FR\" selected") && back.text.contains("value=\"３名\""), "{}", back.text);
    assert_eq!(desk.post("/en/enquiries", &fields).await.status, 303);

    desk.letters_soon(1).await;
    let own = desk.own_page(0, "000001-3").replace("/en/", "/fr/");
    let page = desk.get(&own).await.text;
    for part in ["Pays ou région", "France", "3 février 2127", "Sans réponse"] {
        assert!(between(&page, "class=\"answers\"", "</dl>").contains(part), "{part} in {page}");
    }
    let whole = desk.get(&own.replace('?', "/all?")).await.text;
    assert!(whole.contains("Collectivité ou organisme participant\u{a0}: Valmont-sur-Lys\r\n"), "{whole}");

    desk.sign_in().await;
    let ticket = desk.get("/staff/tickets/000001-3").await.text;
    for part in ["国・地域", "フランス", "Valmont-sur-Lys", "2127年2月3日", "回答なし"] {
        assert!(between(&ticket, "class=\"answers\"", "</dl>").contains(part), "{part} in {ticket}");
    }
    soon("answers are found", async || {
        let words = ["フランス", "Valmont-sur", "2127年2月3日", "2127-02-03", "なかむら"];
        let mut found = Vec::new();
        for word in words {
            found.push(desk.get(&format!("/staff/tickets?q={word}")).await.tickets());
        }
        found.iter().all(|tickets| tickets == &["000001-3"])
    })
    .await;
    let raw = "SELECT count(*) FROM arrivals WHERE convert_from(raw, 'UTF8')::jsonb -> 'answers' ->> 'country' = 'FR'";
    assert_eq!(desk.count(raw).await, 1);
}

#[tokio::test]
async fn mistakes_are_told_beside_the_question_and_nothing_is_lost() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    for name in ["country", "municipality"] {
        assert_eq!(set(&desk, &format!("{QUESTIONS}/{name}"), &[("need", "required")]).await.status, 303);
    }
    let long = "長".repeat(201);
    let wrong = [
        ("seminar.country", "Atlantis"),
        ("seminar.position", long.as_str()),
        ("seminar.participants", "0"),
        ("seminar.first-date", "the third of May"),
        ("seminar.second-date", "2026-11-01"),
        ("topic", "seminar"),
    ];
    let page = enquire(&desk, &wrong).await;
    assert_eq!(page.status, 422);
    let summary = between(&page.text, "id=\"errors\"", "</ul>");
    for (field, sentence) in [
        ("country", "“Country or region”: choose one from the list"),
        ("municipality", "“Municipality or organisation taking part”: write an answer"),
        ("position", "“Position of those taking part”: the answer is one character too long"),
        ("participants", "“Number of participants”: write 1 or more"),
        (
            "first-date",
            "“Preferred date, first choice”: this is no date that we can read. Write its year first, as in 2027-02-03",
        ),
        ("second-date", "“Preferred date, second choice”: this day is over. Choose today or a later day"),
    ] {
        let link = format!("<a href=\"#seminar.{field}\">{sentence}</a>");
        assert!(summary.contains(&link), "{link} in {summary}");
        assert!(page.text.contains(&format!("id=\"seminar.{field}-error\"")), "{field}");
    }
    assert!(page.text.contains(&long) && page.text.contains("value=\"the third of May\""), "{}", page.text);
    assert!(
        !between(&page.text, "id=\"seminar.first-date\"", ">").contains("type=\"date\""),
        "a browser would show none"
    );
    let date = between(&page.text, "id=\"seminar.second-date\"", ">");
    assert!(date.contains("value=\"2026-11-01\" type=\"date\" min=\"20"), "{date}");
    let any = set(&desk, &format!("{QUESTIONS}/second-date"), &[("days", "any")]).await;
    assert_eq!(any.status, 303, "{}", any.text);
    assert!(
        !desk
            .get("/en/enquiries/new?topic=seminar")
            .await
            .text
            .contains("id=\"seminar.second-date\" name=\"seminar.second-date\" value=\"\" type=\"date\" min")
    );
    for (language, sentence) in [
        ("ja", "「国・地域」をお選びください"),
        ("zh", "请选择“国家或地区”"),
        ("ko", "‘국가·지역’ 항목을 선택해 주십시오"),
        ("fr", "«\u{a0}Pays ou région\u{a0}»\u{a0}: choisissez un pays ou une région"),
    ] {
        let seal = desk.seal().await;
        let page = desk.post(&format!("/{language}/enquiries"), &[("seal", &seal), ("topic", "seminar")]).await;
        assert!(page.text.contains(sentence), "{sentence} in {}", page.text);
    }
    let other = enquire(&desk, &[("topic", "commendation"), ("seminar.participants", "0")]).await;
    assert_eq!(other.status, 303, "another topic does not ask it");
    assert_eq!(desk.count("SELECT count(*) FROM answers").await, 0);
}

#[tokio::test]
async fn an_old_enquiry_goes_on_showing_the_questions_as_they_were_asked() {
    let desk = Desk::start().await;
    let blank = desk.get("/en/enquiries/new?topic=seminar").await;
    let asked = blank.hidden("asked");
    assert_eq!(enquire(&desk, &ANSWERS).await.status, 303);
    desk.sign_in().await;
    let saved =
        set(&desk, &format!("{QUESTIONS}/participants"), &[("labels-ja", "人数"), ("labels-en", "Head count")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    assert_eq!(set(&desk, &format!("{QUESTIONS}/country"), &[("asking", "withdrawn")]).await.status, 303);
    assert_eq!(
        set(&desk, &format!("{QUESTIONS}/municipality"), &[("need", "required"), ("position", "1")]).await.status,
        303
    );
    assert_eq!(set(&desk, &format!("{QUESTIONS}/municipality"), &[]).await.status, 303);
    assert_eq!(
        desk.count("SELECT count(*) FROM questionnaires WHERE topic = 'seminar' AND made_by IS NOT NULL").await,
        3,
        "what is as it was is no version"
    );
    let form = desk.get("/en/enquiries/new?topic=seminar").await.text;
    assert!(form.contains("Head count") && !form.contains("seminar.country"), "{form}");
    assert!(form.find("seminar.municipality") < form.find("seminar.position"), "it has moved");

    // Somebody had the form open all the while.
    desk.execute("UPDATE questionnaires SET made_at = made_at - interval '47 hours'").await;
    let late =
        enquire(&desk, &[("asked", asked.as_str()), ("email", "late@kma.example"), ANSWERS[0], ANSWERS[2]]).await;
    assert_eq!(late.status, 303, "what was not required when it was asked is not required: {}", late.text);
    desk.execute("UPDATE questionnaires SET made_at = made_at - interval '2 hours'").await;
    let old = enquire(&desk, &[("asked", asked.as_str()), ("email", "old@kma.example"), ANSWERS[0]]).await;
    assert_eq!(old.status, 422, "no page is as old as that");
    let missing = enquire(&desk, &[("email", "new@kma.example"), ("seminar.participants", "2")]).await;
    assert_eq!(missing.status, 422);
    let new = [("email", "new@kma.example"), ("seminar.participants", "2"), ("seminar.municipality", "Kumasi")];
    assert_eq!(enquire(&desk, &new).await.status, 303);
    for (ticket, shown, not_shown) in [
        ("000001-3", "参加予定人数", "人数</dt>"),
        ("000002-1", "国・地域", "Kumasi"),
        ("000003-7", "人数", "国・地域"),
    ] {
        let page = desk.get(&format!("/staff/tickets/{ticket}")).await.text;
        let answers = between(&page, "class=\"answers\"", "</dl>");
        assert!(answers.contains(shown), "{ticket} {shown}: {answers}");
        assert!(!answers.contains(not_shown) || ticket == "000001-3", "{ticket} {not_shown}: {answers}");
    }
    let table = desk.get("/staff/tickets.csv?topic=seminar").await.text;
    let lines: Vec<&str> = table.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 4, "{table}");
    assert!(
        lines[0].ends_with(
            "参加する自治体・団体,国・地域,参加される方の役職,人数,希望日（第1希望）,希望日（第2希望）,そのほかの回答"
        ),
        "{table}"
    );
    assert!(lines[1].starts_with("000003-7,") && lines[1].ends_with(",Kumasi,,,2,,,"), "{table}");
    assert!(lines[3].ends_with(",Valmont-sur-Lys,フランス,,3,2127年2月3日,,"), "{table}");
    let all = desk.get("/staff/tickets.csv?channel=web").await.text;
    assert!(all.contains("参加予定人数：3"), "without a topic all answers stand together: {all}");
}

#[tokio::test]
async fn administrators_define_questions_of_every_kind() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let path = "/staff/settings/topics/commendation/questions";
    let names = |ja: &'static str, en: &'static str| [("labels-ja", ja), ("labels-en", en), ("need", "required")];
    for (by, given) in [
        ("line", names("事業の名称", "Name of the project")),
        ("paragraph", names("事業の概要", "What it was about")),
        ("number", names("年数", "Years")),
        ("date", names("開始日", "Begun on")),
        ("country", names("相手国", "Partner country")),
        ("file", names("推薦書", "Nomination form")),
    ] {
        let made = set(&desk, &format!("{path}/new/{by}"), &given).await;
        let to = "/staff/settings/topics/commendation?done=saved";
        assert_eq!((made.status, made.location.as_str()), (303, to), "{}", made.text);
    }
    let choice = names("部門", "Category");
    let uneven = [&choice[..], &[("options-ja", "教育\n文化\n経済"), ("options-en", "Education\nCulture")]].concat();
    let page = set(&desk, &format!("{path}/new/choice"), &uneven).await;
    assert_eq!(page.status, 422);
    assert!(
        page.text.contains("選択肢が2個あります。日本語の3個と同じ数を") && page.text.contains("教育\n文化"),
        "{}",
        page.text
    );
    let even = [&choice[..], &[("options-ja", "教育\n\n文化 "), ("options-en", "Education\nCulture")]].concat();
    assert_eq!(set(&desk, &format!("{path}/new/choice"), &even).await.status, 303);
    let twice = [&choice[..], &[("options-ja", "教育\n文化"), ("options-en", "Culture\nCulture")]].concat();
    assert!(set(&desk, &format!("{path}/new/choice"), &twice).await.text.contains("同じ選択肢が2つあります"));
    let blank = set(&desk, &format!("{path}/new/choice"), &[("position", "last")]).await;
    assert_eq!((blank.status, blank.text.matches("<li><a href=\"#").count()), (422, 5), "all at once: {}", blank.text);
    let bounds = [("least", "10"), ("most", "1")];
    assert_eq!(set(&desk, &format!("{path}/years"), &bounds).await.status, 422);
    for unknown in ["new/colour", "nothing", "new", "new/line/x"] {
        assert_eq!(desk.get(&format!("{path}/{unknown}")).await.status, 404, "{unknown}");
    }
    assert_eq!(desk.get("/staff/settings/topics/nothing/questions/new/line").await.status, 404);

    let form = desk.get("/fr/enquiries/new?topic=commendation").await.text;
    assert!(form.contains("lang=\"en\">Partner country") && form.contains("<option value=\"JP\">Japon"), "{form}");
    let answered = || {
        [
            ("seal", ""),
            ("topic", "commendation"),
            ("name", "Ada"),
            ("email", "ada@town.example"),
            ("subject", "Nomination"),
            ("message", "Please find it enclosed."),
            ("consent", "yes"),
            ("commendation.name-of-the-project", "Pupils by the sea"),
            ("commendation.what-it-was-about", "One.\r\nTwo."),
            ("commendation.years", "12"),
            ("commendation.begun-on", "2015/4/1"),
            ("commendation.partner-country", "NZ"),
            ("commendation.category", "2"),
        ]
    };
    let form_of = async |fields: &[(&'static str, &'static str)]| {
        let seal = desk.seal().await;
        let fields = fields.iter().filter(|(name, _)| *name != "seal");
        fields.fold(Form::new().text("seal", seal), |form, (name, value)| form.text(*name, *value))
    };
    let without = desk.post_multipart("/en/enquiries", form_of(&answered()).await).await;
    assert!(without.text.contains("“Nomination form”: choose a file"), "{}", without.text);
    let empty = Part::bytes(Vec::new()).file_name("empty.pdf");
    let empty = form_of(&answered()).await.part("commendation.nomination-form", empty);
    assert_eq!(desk.post_multipart("/en/enquiries", empty).await.status, 422, "an empty file answers nothing");
    let optional = [("step", "check"), ("topic", "other")];
    let empty = Part::bytes(Vec::new()).file_name("blank.pdf");
    let fields: Vec<_> = answered().into_iter().filter(|(name, _)| *name != "topic").chain(optional).collect();
    let elsewhere = form_of(&fields).await.part("commendation.nomination-form", empty);
    let elsewhere = desk.post_multipart("/en/enquiries", elsewhere).await;
    assert!(elsewhere.text.contains("<bdi>blank.pdf</bdi>"), "what comes is shown: {}", elsewhere.text);
    let file = Part::bytes(b"%PDF-1.4 nomination".to_vec()).file_name("推薦書.pdf");
    let with = form_of(&answered()).await.part("commendation.nomination-form", file).text("step", "check");
    let check = desk.post_multipart("/en/enquiries", with).await;
    assert_eq!(check.status, 200, "{}", check.text);
    assert!(
        check.text.contains("<bdi>推薦書.pdf (1 kB)</bdi>") && check.text.contains("<bdi>Culture</bdi>"),
        "{}",
        check.text
    );
    let fields = check.fields("id=\"check\"");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let back = desk.post("/en/enquiries", &[&fields[..], &[("step", "write")]].concat()).await.text;
    assert!(between(&back, "Nomination form", "type=\"file\"").contains("推薦書.pdf"), "it waits where it was chosen");
    let topic = "/staff/settings/topics/commendation";
    assert_eq!(set(&desk, topic, &[("offer", "withdrawn")]).await.status, 303);
    let withdrawn = desk.post("/en/enquiries", &fields).await;
    assert_eq!(withdrawn.status, 422);
    for part in ["推薦書.pdf", "value=\"Pupils by the sea\"", "name=\"kept\"", "class=\"asked\""] {
        assert!(withdrawn.text.contains(part), "{part} is not lost: {}", withdrawn.text);
    }
    assert_eq!(set(&desk, topic, &[("offer", "offered")]).await.status, 303);
    assert_eq!(desk.post("/en/enquiries", &fields).await.status, 303);
    let ticket = desk.get("/staff/tickets/000001-3").await.text;
    let answers = between(&ticket, "class=\"answers\"", "</dl>");
    let linked = "<a href=\"/staff/attachments/";
    for part in ["One.\nTwo.", ">12<", "2015年4月1日", "ニュージーランド", "推薦書.pdf", ">文化<", linked]
    {
        assert!(answers.contains(part), "{part} in {answers}");
    }
    assert_eq!(desk.count("SELECT count(*) FROM attachments WHERE filename = '推薦書.pdf'").await, 1);
}

#[tokio::test]
async fn questions_that_are_added_at_once_are_all_there() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let blank = crate::settings::as_it_stands(&desk.get(&format!("{QUESTIONS}/new/line")).await);
    let add = async |ja: String| {
        let given = [("labels-ja", ja.as_str()), ("labels-en", "Same")];
        let fields = blank.iter().map(|(name, value)| {
            let typed = given.iter().find(|(field, _)| field == name).map(|(_, typed)| *typed);
            (name.as_str(), typed.unwrap_or(value))
        });
        desk.post(&format!("{QUESTIONS}/new/line"), &fields.collect::<Vec<_>>()).await.status
    };
    let added = futures_util::future::join_all((0..4).map(|number| add(format!("項目{number}")))).await;
    assert_eq!(added, [303; 4]);
    assert_eq!(add("項目0".to_owned()).await, 303);
    let form = desk.get("/ja/enquiries/new").await.text;
    for name in ["same", "same-2", "same-3", "same-4"] {
        assert!(form.contains(&format!("name=\"seminar.{name}\"")), "{name} in {form}");
    }
    assert!(!form.contains("seminar.same-5"), "the same form sent twice is one question");
}

#[tokio::test]
async fn two_administrators_and_two_questions() {
    let desk = Desk::start().await;
    desk.sign_in().await;
    let fields = |name: &str| format!("{QUESTIONS}/{name}");
    let page = desk.get(&fields("position")).await;
    let stale = crate::settings::as_it_stands(&page);
    assert_eq!(set(&desk, &fields("position"), &[("labels-en", "Office held")]).await.status, 303);
    assert_eq!(set(&desk, &fields("country"), &[("labels-en", "From")]).await.status, 303);
    let stale: Vec<(&str, &str)> = stale.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let held = desk.post(&fields("position"), &stale).await;
    assert_eq!((held.status, held.text.contains("Office held")), (409, true), "{}", held.text);
    let form = desk.get("/en/enquiries/new").await.text;
    assert!(form.contains("Office held") && form.contains("From"), "neither is lost: {form}");
}

#[tokio::test]
async fn what_is_sent_again_corrected_has_its_answers() {
    let desk = Desk::start().await;
    let seal = desk.seal().await;
    assert_eq!(desk.enquire(&seal, &ANSWERS).await.status, 303);
    let corrected = [("seminar.participants", "4"), ("seminar.country", "BE")];
    assert_eq!(desk.enquire(&seal, &corrected).await.status, 303);
    desk.sign_in().await;
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 1);
    let ticket = desk.get("/staff/tickets/000001-3").await.text;
    assert!(ticket.contains("フランス") && ticket.contains("ベルギー"), "{ticket}");
    let table = desk.get("/staff/tickets.csv?topic=seminar").await.text;
    assert!(table.contains(",ベルギー,,,4,,,") && !table.contains("フランス"), "the last holds: {table}");
}

#[tokio::test]
async fn tables_of_tickets_hold_what_the_list_holds() {
    let desk = Desk::settings().with("MADOGUCHI_ENQUIRIES_PER_HOUR", "0").start().await;
    desk.enquire(&desk.seal().await, &[("subject", "=cmd|' /C calc'!A0"), ("email", "a@kma.example")]).await;
    desk.enquire(&desk.seal().await, &[("subject", "\"Twice\", he said"), ("email", "b@kma.example")]).await;
    let closed = desk.get("/staff/tickets.csv").await;
    assert_eq!((closed.status, closed.location.starts_with("/staff/login")), (303, true));
    desk.sign_in().await;
    let table = desk.get("/staff/tickets.csv").await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(table.headers["content-disposition"], "attachment; filename=\"tickets.csv\"");
    assert!(table.text.starts_with("\u{feff}番号,受付日時,状態,"), "{}", table.text);
    assert!(
        table.text.contains(",'=cmd|' /C calc'!A0,") && table.text.contains("\"\"\"Twice\"\", he said\""),
        "{}",
        table.text
    );
    let none = desk.get("/staff/tickets.csv?status=closed").await.text;
    assert_eq!(none.lines().count(), 1, "{none}");
    let unknown = desk.get("/staff/tickets.csv?status=lost").await;
    assert_eq!((unknown.status, unknown.location.as_str()), (303, "/staff/tickets?status=lost"));
    let list = desk.get("/staff/tickets?status=new&channel=web").await.text;
    assert!(list.contains("href=\"/staff/tickets.csv?status=new&#38;channel=web\""), "{list}");
}
