#![deny(warnings)]
//! What only its type tells from a lock that is taken twice.

struct Door(std::cell::Cell<u32>);

impl Door {
    fn lock(&self) -> u32 {
        self.0.replace(self.0.get() + 1)
    }

    async fn write(&self) -> u32 {
        self.0.replace(self.0.get() + 1)
    }
}

#[steadfast::checked]
async fn twice(door: &Door) -> u32 {
    let first = door.lock();
    let second = door.lock();
    let third = door.write().await;
    let fourth = door.write().await;
    first + second + third + fourth
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(twice(&Door(0.into())).await, 6);
}
