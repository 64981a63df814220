//! `abort` has no effect on a closure that runs.

#[steadfast::checked(deny(abort_spawn_blocking))]
async fn certain() {
    let scan = tokio::task::spawn_blocking(|| 1);
    tokio::task::yield_now().await;
    scan.abort();
}

#[steadfast::checked]
async fn lowered(runtime: tokio::runtime::Handle) {
    let scan = runtime.spawn_blocking(|| 1);
    tokio::task::yield_now().await;
    scan.abort();
}

fn main() {}
