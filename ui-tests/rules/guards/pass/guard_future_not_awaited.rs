#![deny(warnings)]
//! What only its type tells from the future of a guard.

struct Counter(std::cell::Cell<u32>);

impl Counter {
    fn lock(&self) -> u32 {
        self.0.replace(self.0.get() + 1)
    }
}

#[steadfast::checked]
async fn numbers(counter: &Counter) -> u32 {
    let _before = counter.lock();
    let later = limit().acquire_owned();
    drop(later.await);
    counter.0.get()
}

fn limit() -> std::sync::Arc<tokio::sync::Semaphore> {
    std::sync::Arc::new(tokio::sync::Semaphore::new(1))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(numbers(&Counter(0.into())).await, 1);
}
