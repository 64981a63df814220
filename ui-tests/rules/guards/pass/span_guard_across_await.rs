#![deny(warnings)]
//! Spans that are left in time, and what else has an `enter`.

use tracing::{Span, info_span};

async fn work() {}

struct Request {
    span: Span,
}

#[steadfast::checked]
async fn left_in_time(request: Request) -> &'static str {
    {
        let _entered = request.span.enter();
    }
    work().await;
    let name = request.span.in_scope(|| "inside");
    work().await;
    name
}

struct Door;

impl Door {
    fn enter(&self) -> u8 {
        1
    }

    fn entered(self) -> u8 {
        2
    }
}

#[steadfast::checked]
async fn a_door(door: Door) -> u8 {
    let first = door.enter();
    work().await;
    let second = door.entered();
    work().await;
    first + second
}

fn main() {
    drop(left_in_time(Request { span: info_span!("request") }));
    drop(a_door(Door));
}
