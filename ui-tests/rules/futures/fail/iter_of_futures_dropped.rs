//! An iterator of futures is dropped.

#[steadfast::checked(deny(iter_of_futures_dropped))]
async fn denied(users: Vec<u32>) {
    let _sent: Vec<_> = users.into_iter().map(async |user| send(user).await).collect();
}

#[steadfast::checked]
async fn warned(users: Vec<u32>) {
    let _sent: Vec<_> = users.into_iter().map(|user| async move { send(user).await }).collect();
}

async fn send(_: u32) {}

fn main() {}
