#![deny(warnings)]
//! What only its type tells from a guard or permit that is thrown away.

struct Counter(u32);

impl Counter {
    fn lock(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }

    async fn acquire(&mut self) -> Result<u32, ()> {
        self.0 += 1;
        Ok(self.0)
    }

    fn guard(&mut self) -> Option<u32> {
        self.0 += 1;
        None
    }
}

#[steadfast::checked]
async fn numbers(counter: &mut Counter) -> u32 {
    let _ = counter.lock();
    let _ = counter.acquire().await;
    let _ = counter.guard();
    counter.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(numbers(&mut Counter(0)).await, 3);
}
