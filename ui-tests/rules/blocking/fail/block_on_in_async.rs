//! A runtime in a runtime.

use tokio::runtime::{Handle, Runtime};

struct App {
    runtime: Runtime,
}

#[steadfast::checked]
async fn certain() {
    tokio::runtime::Handle::current().block_on(async {});
}

#[steadfast::checked]
async fn asked(handle: Handle, app: &App) {
    handle.block_on(async {});
    app.runtime.block_on(async {});
}

fn main() {}
