//! MJ003 and MJ005: `strict` wants every handle to be used.
use steadfast::must_join;

#[must_join(strict)]
async fn discarded() {
    tokio::spawn(async {});
}

#[must_join(strict)]
async fn underscore() {
    let _ = tokio::spawn(async {});
    let _ = tokio::task::spawn_blocking(|| 1);
}

#[must_join(strict)]
async fn never_used() {
    let flusher = tokio::spawn(async {});
    let mut other = tokio::task::spawn_local(async {});
    tokio::task::yield_now().await;
}

fn main() {
    let _ = (discarded(), underscore(), never_used());
}
