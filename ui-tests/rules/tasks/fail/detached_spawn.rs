//! Nobody waits for a task. The rule is off unless somebody asks for it.

#[steadfast::checked(deny(detached_spawn))]
async fn certain() {
    tokio::spawn(async {});
}

#[steadfast::checked(deny(detached_spawn))]
async fn asked() {
    use tokio::task::*;
    spawn_blocking(|| ());
}

#[steadfast::checked]
async fn off() {
    tokio::spawn(async {});
}

fn main() {}
