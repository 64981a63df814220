use std::time::Duration;
use tokio::time::{self, timeout};

async fn computes(rows: &[Row]) {
    keep(timeout(LIMIT, async { rows[0] + rows[1] }).await); //~ timeout_without_await
}

async fn at_a_point(rows: Vec<Row>, deadline: time::Instant) {
    time::timeout_at(deadline, async move { //~ timeout_without_await
        for row in rows {
            keep(row.bytes());
        }
    })
    .await
    .unwrap();
}

async fn the_await_is_elsewhere(rows: &[Row]) {
    let _ = tokio::time::timeout(LIMIT, async { //~ timeout_without_await
        async fn inner() { other().await }
        let task = async { other().await };
        keep(tokio::spawn(task));
        keep(tokio::spawn(async move { inner().await }));
    }).await;
}

async fn with_await(rows: &[Row]) {
    let _ = timeout(LIMIT, async { store(rows).await }).await;
}

async fn with_a_macro() {
    let _ = timeout(LIMIT, async { tokio::join!(a(), b()) }).await;
    let _ = timeout(LIMIT, async { unknown!(a, b) }).await;
    let _ = timeout(LIMIT, async {
        tokio::select! {
            _ = a() => {}
            _ = b() => {}
        }
    })
    .await;
}

async fn a_call(rows: &[Row]) {
    let _ = timeout(LIMIT, store(rows)).await;
}

async fn own_timeout(rows: &[Row]) {
    fn timeout<F>(_: Duration, future: F) -> F { future }
    keep(timeout(LIMIT, async { rows[0] + rows[1] }).await);
}

async fn a_variable(rows: &[Row]) {
    let work = async { rows[0] + rows[1] };
    keep(timeout(LIMIT, work).await); //? timeout_detaches_task
}

async fn a_ready_future() {
    keep(timeout(LIMIT, async {}).await);
}
