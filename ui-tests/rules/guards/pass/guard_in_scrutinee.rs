#![deny(warnings)]
//! What only its type tells from a guard in the head of an expression.

struct Shelf(Vec<u32>);

impl Shelf {
    fn read(&self) -> &[u32] {
        &self.0
    }

    fn borrow(&self) -> &Vec<u32> {
        &self.0
    }

    fn lock(&self) -> Vec<u32> {
        self.0.clone()
    }
}

#[steadfast::checked]
async fn heads(shelf: &Shelf) -> u32 {
    let mut sum = 0;
    for item in shelf.read().iter() {
        sum += double(*item).await;
    }
    for item in shelf.lock().iter() {
        sum += double(*item).await;
    }
    match shelf.borrow().first() {
        Some(item) => sum + double(*item).await,
        None => sum,
    }
}

async fn double(value: u32) -> u32 {
    value * 2
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(heads(&Shelf(vec![1, 2])).await, 14);
}
