//! MJ007 and MJ008: what starts work that the call cannot join.
use steadfast::must_join;
use tokio::runtime::Handle;

#[must_join]
async fn thread() {
    std::thread::spawn(|| println!("gone"));
}

#[must_join]
async fn handle() {
    let work = Handle::current().spawn(async { 1 });
    let more = tokio::runtime::Handle::current().spawn_blocking(|| 2);
    let _ = (work.await, more.await);
}

fn main() {
    let _ = (thread(), handle());
}
