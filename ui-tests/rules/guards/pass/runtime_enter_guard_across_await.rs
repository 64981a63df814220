#![deny(warnings)]
//! What only its type tells from the guard of an entered runtime or span.

struct Room;

impl Room {
    fn enter(&self) -> u32 {
        1
    }

    fn entered(&self) -> bool {
        true
    }
}

#[steadfast::checked]
async fn room(room: &Room) -> u32 {
    let guests = room.enter();
    let is_full = room.entered();
    fetch().await;
    if is_full { guests } else { 0 }
}

async fn fetch() {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(room(&Room).await, 1);
}
