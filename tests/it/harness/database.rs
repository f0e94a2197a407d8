//! A database for each test, cloned from a template that is migrated once.

use std::path::PathBuf;

use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use madoguchi::postgres::cluster::{Cluster, Durability, Use};
use madoguchi::postgres::{Database, migration};

/// Names the template; a test run has a folder of its own, so that it is never older than the migrations.
const TEMPLATE: &str = "template_desk";

/// A database of one's own, dropped with the cluster at the end of the run.
pub async fn own() -> String {
    let cluster = cluster().await;
    let url = cluster.url();
    let server = url.rsplit_once('/').expect("a URL has a path").0.to_owned();
    let mut admin = AsyncPgConnection::establish(&format!("{server}/postgres")).await.expect("the cluster answers");
    make_template(&mut admin, &server).await;
    let name = format!("t{}", uuid::Uuid::new_v4().simple());
    let clone = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy");
    // Two clones at once find the template in use for a moment.
    for _ in 0..100 {
        match admin.batch_execute(&clone).await {
            Ok(()) => break,
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
        }
    }
    // The cluster stays for the other tests; bin/test stops it.
    std::mem::forget(cluster);
    format!("{server}/{name}")
}

/// A database without any table.
pub async fn empty() -> String {
    let cluster = cluster().await;
    let server = cluster.url().rsplit_once('/').expect("a URL has a path").0.to_owned();
    std::mem::forget(cluster);
    let name = format!("e{}", uuid::Uuid::new_v4().simple());
    execute(&format!("{server}/postgres"), &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
    format!("{server}/{name}")
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    count: i64,
}

/// The one number that a query gives, in a column called `count`.
pub async fn count(url: &str, sql: &str) -> i64 {
    let mut connection = AsyncPgConnection::establish(url).await.expect("the database answers");
    let row: Count = diesel::sql_query(sql).get_result(&mut connection).await.expect(sql);
    row.count
}

/// Carries out statements.
pub async fn execute(url: &str, sql: &str) {
    let mut connection = AsyncPgConnection::establish(url).await.expect("the database answers");
    connection.batch_execute(sql).await.expect(sql);
}

/// Where the cluster of the tests says what it has to say.
pub fn log() -> PathBuf {
    folder().join("postgres.log")
}

fn folder() -> PathBuf {
    std::env::var_os("MADOGUCHI_TEST_DIR").map_or_else(|| std::env::temp_dir().join("madoguchi-test"), PathBuf::from)
}

async fn cluster() -> Cluster {
    Cluster::start(&folder(), Use::Borrow, Durability::None).await.expect("a cluster for the tests")
}

async fn make_template(admin: &mut AsyncPgConnection, server: &str) {
    // Whoever comes first makes it, the others wait.
    admin.batch_execute("SELECT pg_advisory_lock(1)").await.expect("locked");
    let making = "template_in_the_making";
    let made = admin.batch_execute(&format!("CREATE DATABASE {TEMPLATE}_made")).await.is_ok();
    if made {
        admin.batch_execute(&format!("CREATE DATABASE {making}")).await.expect("a database");
        let database = Database::new(&format!("{server}/{making}"), 2).expect("a pool");
        migration::run(&database).await.expect("migrated");
        drop(database);
        let rename = format!("ALTER DATABASE {making} RENAME TO {TEMPLATE}");
        for _ in 0..100 {
            if admin.batch_execute(&rename).await.is_ok() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
    admin.batch_execute("SELECT pg_advisory_unlock(1)").await.expect("unlocked");
}

/// One column of text, asked past the desk.
pub async fn ask(url: &str, query: &str) -> Vec<String> {
    use diesel_async::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
        answer: Option<String>,
    }
    let mut connection = AsyncPgConnection::establish(url).await.expect("the database answers");
    let query = format!("SELECT answer::text FROM ({query}) AS asked(answer)");
    let rows: Vec<Row> = diesel::sql_query(query).load(&mut connection).await.expect("rows");
    rows.into_iter().map(|row| row.answer.unwrap_or_default()).collect()
}
