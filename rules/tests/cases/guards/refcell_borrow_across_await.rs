use std::cell::{RefCell, RefMut};
use std::rc::Rc;

async fn shared() {
    let cell = Rc::new(RefCell::new(1));
    let mut value = cell.borrow_mut(); //~ refcell_borrow_across_await
    *value += 1;
    fetch().await;
}

async fn read(cell: &RefCell<u32>) {
    let value = cell.borrow(); //~ refcell_borrow_across_await
    fetch().await;
    println!("{value}");
}

async fn parameter(value: RefMut<'_, u32>) { //~ refcell_borrow_across_await
    fetch().await;
}

async fn unknown(cell: Cell) {
    let value = cell.borrow_mut(); //? refcell_borrow_across_await
    fetch().await;
}

async fn tried(cell: &RefCell<u32>) {
    if let Ok(value) = cell.try_borrow_mut() { //~ refcell_borrow_across_await
        fetch().await;
    }
}

async fn copied(cell: &RefCell<u32>) {
    let value = *cell.borrow();
    fetch().await;
}

async fn cloned(cell: &RefCell<Vec<u32>>) {
    let value = cell.borrow().clone();
    fetch().await;
}

async fn in_a_block(cell: &RefCell<u32>) {
    {
        let mut value = cell.borrow_mut();
        *value += 1;
    }
    fetch().await;
}

async fn taken(cell: &RefCell<Vec<u32>>) {
    let items = std::mem::take(&mut *cell.borrow_mut());
    fetch().await;
}

async fn statement(cell: &RefCell<Vec<u32>>) {
    cell.borrow_mut().push(1);
    fetch().await;
}

async fn fetch() {}
