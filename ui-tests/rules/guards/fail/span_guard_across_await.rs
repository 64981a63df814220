//! An entered span stays entered on its thread while the task waits somewhere else.

use tracing::{Span, info_span};

async fn work() {}

#[steadfast::checked]
async fn certain() {
    let span = info_span!("certain");
    let entered = span.enter();
    work().await;
    drop(entered);
}

#[steadfast::checked]
async fn owned() {
    let _entered = info_span!("owned").entered();
    work().await;
}

struct Request {
    span: Span,
}

#[steadfast::checked]
async fn asked(request: Request) {
    let _entered = request.span.enter();
    work().await;
}

fn main() {}
