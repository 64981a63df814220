//! A loop that keeps its thread.

#[steadfast::checked]
async fn work(step: fn()) {
    loop {
        step();
    }
}

fn main() {}
