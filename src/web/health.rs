//! Whether the process is alive, and whether the desk is ready.

use std::time::Duration;

use poem::http::StatusCode;
use poem::web::Data;
use poem::{Response, handler};

use crate::postgres::migration;
use crate::web::site::Site;

/// Longer than this, and the database counts as away.
const PATIENCE: Duration = Duration::from_secs(3);

/// The process is alive.
#[handler]
pub fn alive() -> &'static str {
    "alive\n"
}

/// The database answers and is up to date, web and mail intake listen.
#[handler]
pub async fn ready(site: Data<&Site>) -> Response {
    let asked = async {
        let opened = site.opened().ok()?;
        migration::is_up_to_date(&opened.desk.database).await.ok().filter(|up_to_date| *up_to_date)
    };
    let database = tokio::time::timeout(PATIENCE, asked).await.ok().flatten().is_some();
    if database && site.has_lmtp() {
        Response::builder().body("ready\n")
    } else {
        Response::builder().status(StatusCode::SERVICE_UNAVAILABLE).body("not ready\n")
    }
}
