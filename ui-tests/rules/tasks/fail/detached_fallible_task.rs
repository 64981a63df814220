//! The error of a task goes to a handle that nobody has.

use std::io;

use tokio::spawn as start;

async fn serve() -> io::Result<()> {
    Ok(())
}

#[steadfast::checked]
async fn certain() {
    tokio::spawn(async {
        tokio::task::yield_now().await;
        Ok::<(), io::Error>(())
    });
}

#[steadfast::checked]
async fn asked() {
    tokio::spawn(serve());
}

#[steadfast::checked]
async fn under_another_runtime_handle(runtime: tokio::runtime::Handle) {
    runtime.spawn(async move { serve().await });
}

#[steadfast::checked]
async fn on_purpose() {
    let _ = tokio::task::spawn_blocking(|| std::fs::remove_file("a"));
}

#[steadfast::checked]
async fn renamed() {
    // The name says nothing, so nothing is asked.
    start(serve());
}

fn main() {}
