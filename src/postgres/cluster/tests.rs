//! With a real PostgreSQL, in a folder of its own.

use super::{Cluster, ClusterError, Durability, Use};
use crate::postgres::Database;

async fn start(folder: &std::path::Path, for_what: Use) -> Result<Cluster, ClusterError> {
    Cluster::start(folder, for_what, Durability::None).await
}

#[tokio::test]
async fn made_shared_adopted_and_stopped_by_the_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let service = start(folder.path(), Use::Serve).await.expect("started");
    assert!(matches!(start(folder.path(), Use::Serve).await, Err(ClusterError::AlreadyRunning { .. })));
    let command = start(folder.path(), Use::Borrow).await.expect("beside the service");
    let database = Database::new(&command.url(), 1).expect("a pool");
    assert!(database.connection().await.is_ok());
    command.leave().await.expect("left");
    assert!(service.server.is_running().await, "a command does not stop the service's cluster");
    // As after kill -9: the locks go, the postmaster stays.
    drop(service);
    let adopted = start(folder.path(), Use::Serve).await.expect("adopted");
    adopted.leave().await.expect("stopped");
    let after = start(folder.path(), Use::Borrow).await.expect("started for a command alone");
    after.leave().await.expect("stopped");
}

#[tokio::test]
async fn a_long_path_is_no_trouble() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = folder.path().join("long".repeat(30));
    let cluster = start(&long, Use::Borrow).await.expect("started");
    cluster.leave().await.expect("stopped");
}
