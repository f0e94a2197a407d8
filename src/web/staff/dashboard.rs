//! The dashboard: channels, queue, one's own tickets, what needs a person.

use jiff::SignedDuration;
use poem::web::Data;
use poem::{Request, Response, Result, handler};

use crate::domain::calendar::OpenState;
use crate::domain::division::Division;
use crate::domain::phone::national;
use crate::language::dates;
use crate::search::Query;
use crate::web::answer::ok;
use crate::web::public::failure::away;
use crate::web::site::{Outgoing, Site};
use crate::web::staff::session;
use crate::web::staff::view::mailbox::MailboxLine;
use crate::web::staff::view::pages::DashboardPage;
use crate::web::staff::view::row::Row;
use crate::web::staff::view::shell::{Nav, StaffShell};

/// Rows of the queue, and of one's own tickets.
const QUEUE_ROWS: usize = 15;
const MINE_ROWS: usize = 8;

/// How long files may wait for the virus scanner before the dashboard says so.
const SCANNED_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// The dashboard.
#[handler]
pub async fn dashboard(request: &Request, site: Data<&Site>) -> Result<Response> {
    let opened = site.opened()?;
    let viewer = session::viewer(request, &site).await?;
    let waits = opened.desk.dashboard(&viewer, QUEUE_ROWS, MINE_ROWS).await.map_err(away)?;
    let overview = waits.overview;
    let shell = session::shell_with(opened, &viewer, Nav::Dashboard, "nav-dashboard", "/staff", &overview).await?;
    let told =
        tokio::try_join!(opened.desk.mailbox_states(&site.serving().mailboxes), opened.desk.last_flooded(shell.now));
    let (mailboxes, flooded) = told.map_err(away)?;
    let mailboxes = mailboxes.into_iter().map(|mailbox| MailboxLine::new(&shell, mailbox)).collect();
    let unscanned = match &site.serving().scanner {
        Some(_) => opened.desk.count_unscanned(shell.now - SCANNED_WITHIN).await.map_err(away)?,
        None => 0,
    };
    let directory = opened.desk.directory().await.map_err(away)?;
    let division = directory.divisions.iter().find(|division| viewer.sees(division.id));
    let division = division.or_else(|| directory.divisions.first());
    let rows = |listed: Vec<_>| listed.into_iter().map(|ticket| Row::new(&shell, ticket, &Query::default())).collect();
    let (open, is_open) = division.map(|division| open(&shell, division)).unwrap_or_default();
    Ok(ok(&DashboardPage {
        today: dates::date_long(shell.language, shell.now.to_zoned(shell.zone.clone()).date()),
        open,
        is_open,
        telephone: division.map(|d| (national(&d.telephone), d.telephone.clone())).unwrap_or_default(),
        fax: division.and_then(|d| d.fax.as_deref().map(national)),
        email: division.map(|d| d.email.to_string()).unwrap_or_default(),
        counts: overview.counts,
        mine: rows(waits.mine.rows),
        queue: rows(waits.queue.rows),
        letters: overview.letters,
        mailboxes,
        unscanned,
        undelivered: (overview.undelivered.all(), overview.undelivered.assigned_to(viewer.id)),
        flooded: flooded.map(|at| shell.when(&at)),
        captured: site.serving().outgoing == Outgoing::Captured,
        shell,
    }))
}

fn open(shell: &StaffShell, division: &Division) -> (String, bool) {
    match division.calendar.open_state(shell.now) {
        OpenState::Open { until } => (shell.words.with("open-until", "time", dates::clock(until.time())), true),
        OpenState::Closed { opens: Some(opens) } => {
            let date = dates::date_long(shell.language, opens.date());
            let time = dates::clock(opens.time());
            (shell.words.tell("closed-until", &[("date", date.into()), ("time", time.into())]), false)
        }
        OpenState::Closed { opens: None } => (shell.words.say("closed"), false),
    }
}
