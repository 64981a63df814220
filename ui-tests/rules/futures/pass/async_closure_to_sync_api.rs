#![deny(warnings)]
//! A `spawn` of one's own that runs the future of the closure.

mod thread {
    pub fn spawn<F, T: Future>(make: F) -> T
    where
        F: FnOnce() -> T,
    {
        make()
    }
}

#[steadfast::checked]
async fn own() -> u32 {
    let future = thread::spawn(|| async { 1 });
    future.await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(own().await, 1);
}
