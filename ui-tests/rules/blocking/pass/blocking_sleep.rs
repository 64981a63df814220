#![deny(warnings, rust_2018_idioms, unused_extern_crates, unreachable_pub, missing_docs)]
//! Sleeps that block nobody.

use std::thread;
use std::time::Duration;

#[steadfast::checked(allow(blocking_sleep))]
async fn switched_off() {
    std::thread::sleep(Duration::from_millis(0));
}

#[steadfast::checked]
async fn in_a_closure() {
    tokio::task::spawn_blocking(|| thread::sleep(Duration::from_millis(0))).await.unwrap();
}

#[steadfast::checked]
async fn allowed() {
    #[steadfast::allow(blocking_sleep, reason = "no time at all")]
    std::thread::sleep(Duration::from_millis(0));
}

mod of_its_own {
    pub(super) mod thread {
        pub(in super::super) fn sleep(_: std::time::Duration) {}
    }
    use thread::sleep;

    #[steadfast::checked]
    pub(super) async fn asked() {
        sleep(std::time::Duration::MAX);
        thread::sleep(std::time::Duration::MAX);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    switched_off().await;
    in_a_closure().await;
    allowed().await;
    of_its_own::asked().await;
}
