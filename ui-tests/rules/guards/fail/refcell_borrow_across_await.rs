//! A borrow of a `RefCell` lives across an await.

use std::cell::RefCell;

#[steadfast::checked]
async fn certain(sum: &std::cell::RefCell<u32>) {
    let mut sum = sum.borrow_mut();
    *sum += fetch().await;
}

#[steadfast::checked]
async fn asked(sum: &RefCell<u32>) {
    let sum = sum.borrow();
    println!("{} {sum}", fetch().await);
}

async fn fetch() -> u32 {
    1
}

fn main() {}
