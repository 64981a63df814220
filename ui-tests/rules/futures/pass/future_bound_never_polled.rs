#![deny(warnings)]
//! What only its type tells from a future that is never awaited.

struct Timer;

impl Drop for Timer {
    fn drop(&mut self) {
        println!("done");
    }
}

fn timer() -> Timer {
    Timer
}

fn task() -> tokio::task::JoinHandle<()> {
    tokio::spawn(async {})
}

#[steadfast::checked]
async fn measured() {
    let _timer = timer();
    let _task = task();
    tokio::task::yield_now().await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    measured().await;
}
