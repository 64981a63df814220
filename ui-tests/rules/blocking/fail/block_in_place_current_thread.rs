//! A runtime with one thread.

#[steadfast::checked]
#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::task::block_in_place(|| 42);
}
