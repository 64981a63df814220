//! The value of a task is a future that nobody awaits.

#[steadfast::checked]
async fn certain() {
    let task = tokio::spawn(async { async { tokio::task::yield_now().await } });
    drop(task.await);
}

#[steadfast::checked]
async fn own_function() {
    async fn work() {}
    let task = tokio::spawn(async { work() });
    drop(task.await);
}

fn main() {}
