//! Machines that answer machines: nothing goes round.

use std::time::Duration;

use crate::harness::post::{Post, Sent};
use crate::harness::{Desk, soon};

/// A desk and the server that its letters leave by.
struct Side {
    desk: Desk,
    post: Post,
    /// How many of its letters the other side has.
    delivered: usize,
}

impl Side {
    async fn of(address: &str) -> Self {
        let post = Post::start().await;
        let desk =
            Desk::settings().with("MADOGUCHI_MAIL_FROM", address).with("MADOGUCHI_SMTP_URL", post.url()).start().await;
        Self { desk, post, delivered: 0 }
    }

    /// What has left since the last time.
    fn news(&mut self) -> Vec<Sent> {
        let sent = self.post.sent().split_off(self.delivered);
        self.delivered += sent.len();
        sent
    }

    async fn take(&self, sent: &[Sent]) {
        for letter in sent {
            // The path as an MTA hands it over.
            let delivered = self.desk.deliver(&letter.from, &[&letter.to], &letter.raw).await;
            assert_eq!(delivered, ["250"]);
        }
    }
}

/// Carries letters from each to the other until nothing has left for a while. Returns how many it carried.
async fn carry(one: &mut Side, other: &mut Side) -> usize {
    let (mut carried, mut quiet) = (0, 0);
    while quiet < 15 {
        let (to_other, to_one) = (one.news(), other.news());
        other.take(&to_other).await;
        one.take(&to_one).await;
        quiet = if to_other.is_empty() && to_one.is_empty() { quiet + 1 } else { 0 };
        carried += to_other.len() + to_one.len();
        assert!(carried < 20, "it goes round");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    carried
}

#[tokio::test]
async fn two_desks_stop_after_one_exchange() {
    let (mut one, mut other) = (Side::of("exchange@one.test").await, Side::of("desk@other.test").await);
    // Somebody gives the other desk's address as theirs.
    let page = one.desk.enquire(&one.desk.seal().await, &[("email", "desk@other.test")]).await;
    assert_eq!(page.status, 303);
    assert_eq!(carry(&mut one, &mut other).await, 1, "an acknowledgement is not acknowledged");

    // Staff of one write to the other, as people do, and are acknowledged; nothing answers that.
    one.desk.sign_in().await;
    let replied = one.desk.deed("000001-3", "reply", &[("body", "Is this your desk?"), ("status", "")]).await;
    assert_eq!(replied.status, 303, "{}", replied.text);
    tokio::time::timeout(Duration::from_secs(20), async {
        while one.post.sent().len() < 2 {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    })
    .await
    .expect("the reply leaves");
    let carried = carry(&mut one, &mut other).await;
    assert!(carried <= 2, "a reply and at most its acknowledgement, not {carried}");
    assert_eq!(one.desk.count("SELECT count(*) FROM tickets").await, 1, "what comes back joins its ticket");
}

#[tokio::test]
async fn a_robot_that_says_nothing_of_itself_is_answered_a_few_times() {
    for address in [|_| "robot@machine.example".to_owned(), |round| format!("robot+{round}@machine.example")] {
        let mut desk = Side::of("exchange@one.test").await;
        let mut answered = 0;
        for round in 0..12 {
            let from: String = address(round);
            let raw = format!(
                "From: {from}\r\nTo: exchange@one.test\r\nSubject: We have got your letter {round}\r\n\
                 Message-ID: <r{round}@machine.example>\r\n\r\nThank you. Your case has the number {round}.\r\n"
            );
            desk.desk.deliver(&from, &["exchange@one.test"], raw.as_bytes()).await;
            tokio::time::sleep(Duration::from_millis(300)).await;
            answered += desk.news().len();
        }
        assert_eq!(answered, 1, "{}", address(0));
        assert_eq!(desk.desk.count("SELECT count(*) FROM tickets").await, 12, "and nothing of it is lost");
    }
}

#[tokio::test]
async fn who_asks_a_second_thing_a_little_later_is_told_so() {
    let mut desk = Side::of("exchange@one.test").await;
    for round in 0..5 {
        let raw = format!(
            "From: info@town.example\r\nTo: exchange@one.test\r\nSubject: Question {round}\r\n\
             Message-ID: <q{round}@town.example>\r\n\r\nWhen does seminar {round} take place?\r\n"
        );
        desk.desk.deliver("info@town.example", &["exchange@one.test"], raw.as_bytes()).await;
        desk.desk.execute("UPDATE outbox SET created_at = created_at - interval '5 minutes'").await;
    }
    soon("three are told", async || desk.post.sent().len() == 3).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(desk.news().len(), 3, "and not more within the hour");
    desk.desk.sign_in().await;
    let last = desk.desk.get("/staff/tickets/000005-9").await.text;
    assert!(last.contains("受付のお知らせは送っていません（"), "with the reason: {last}");
}

fn case(number: usize, text: &str) -> (String, String) {
    let from = format!("x{number}@one.example");
    let raw = format!(
        "From: {from}\r\nTo: exchange@desk.test\r\nSubject: Case {number}\r\nMessage-ID: <{number}@one.example>\r\n\r\n{text}\r\n"
    );
    (from, raw)
}

#[tokio::test]
async fn a_machine_that_changes_its_address_is_stopped_and_told_of() {
    let desk = Desk::start().await;
    let text = "We have received your letter and will look at it.";
    for number in 0..70 {
        let (from, raw) = case(number, text);
        assert_eq!(desk.deliver(&from, &["exchange@desk.test"], raw.as_bytes()).await, ["250"]);
    }
    assert_eq!(desk.count("SELECT count(*) FROM tickets").await, 70, "all are kept");
    assert_eq!(desk.count("SELECT count(*) FROM outbox").await, 60, "not all are answered");
    let (_, raw) = case(70, text);
    let piped = desk.command(&["ingest", "--to", "exchange@desk.test"], raw.as_bytes());
    assert_eq!(piped.json()["acknowledged"], false, "nor what another process of the desk takes");
    desk.sign_in().await;
    assert!(desk.get("/staff").await.text.contains("短い時間にメールが続いたため"), "the dashboard says so");
    let form = desk.enquire(&desk.seal().await, &[]).await;
    assert_eq!(form.status, 303);
    assert_eq!(desk.count("SELECT count(*) FROM outbox").await, 61, "forms are acknowledged meanwhile");
    desk.execute("UPDATE outbox SET created_at = created_at - interval '10 minutes'").await;
    let (from, raw) = case(71, text);
    assert_eq!(desk.deliver(&from, &["exchange@desk.test"], raw.as_bytes()).await, ["250"]);
    assert_eq!(desk.count("SELECT count(*) FROM outbox").await, 62, "and letters again ten minutes later");
}
