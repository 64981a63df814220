use std::future::Future;

use steadfast::{blocking, offload};

#[blocking]
async fn asynchronous() {}

#[blocking]
fn returns_a_future() -> impl Future<Output = ()> {
    async {}
}

#[blocking]
#[offload]
fn offloaded() {}

fn main() {}
