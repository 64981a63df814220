#![deny(warnings)]
//! What only its type tells from a borrow of a `RefCell`.

struct Book(String);

impl Book {
    fn borrow(&self) -> &str {
        &self.0
    }

    fn borrow_and_update(&mut self) -> usize {
        self.0.push('!');
        self.0.len()
    }
}

#[steadfast::checked]
async fn own(book: &mut Book) -> usize {
    let length = book.borrow_and_update();
    let title = book.borrow();
    fetch().await;
    title.len() + length
}

#[steadfast::checked]
async fn of_std(mut items: Vec<u32>) -> usize {
    use std::borrow::{Borrow, BorrowMut};

    let slice: &mut [u32] = items.borrow_mut();
    fetch().await;
    slice[0] = 2;
    let slice: &[u32] = items.borrow();
    fetch().await;
    slice.len()
}

async fn fetch() {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(own(&mut Book("a".to_owned())).await, 4);
    assert_eq!(of_std(vec![1]).await, 1);
}
