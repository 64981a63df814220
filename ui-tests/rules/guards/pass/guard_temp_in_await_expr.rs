#![deny(warnings)]
//! What only its type tells from a guard in an expression that waits.

struct Shelf(Vec<u32>);

impl Shelf {
    fn read(&self) -> &[u32] {
        &self.0
    }

    fn lock(&mut self) -> &mut Vec<u32> {
        &mut self.0
    }
}

#[steadfast::checked]
async fn arguments(shelf: &mut Shelf) -> u32 {
    shelf.lock().push(double(1).await);
    double(shelf.read()[0]).await
}

async fn double(value: u32) -> u32 {
    value * 2
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(arguments(&mut Shelf(vec![])).await, 4);
}
