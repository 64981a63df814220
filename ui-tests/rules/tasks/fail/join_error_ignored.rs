//! A task panics, and nobody learns of it.

use tokio::task::JoinHandle;

struct Server {
    task: Option<JoinHandle<()>>,
}

#[steadfast::checked(deny(join_error_ignored))]
async fn certain() {
    let task = tokio::spawn(async {});
    let _ = task.await;
}

#[steadfast::checked]
async fn asked(tasks: Vec<JoinHandle<u8>>) {
    for task in tasks {
        let _ = task.await;
    }
}

#[steadfast::checked(deny(join_error_ignored))]
async fn taken(mut server: Server) {
    let _ = server.task.take().unwrap().await;
}

fn main() {}
