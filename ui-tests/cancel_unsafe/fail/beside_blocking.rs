use steadfast::{blocking, cancel_unsafe, offload};

#[blocking]
#[cancel_unsafe]
fn plain() {}

#[cancel_unsafe]
#[blocking]
fn plain_too() {}

#[cancel_unsafe]
#[blocking]
async fn asynchronous() {}

#[steadfast::blocking]
#[steadfast::cancel_unsafe]
fn future() -> impl Future<Output = ()> {
    async {}
}

#[cancel_unsafe]
#[offload]
fn offloaded() {}

#[offload]
#[cancel_unsafe]
fn offloaded_too() {}

fn main() {
    plain();
    plain_too();
    drop((asynchronous(), future(), offloaded(), offloaded_too()));
}
