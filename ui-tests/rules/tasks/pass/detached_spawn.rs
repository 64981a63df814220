#![deny(warnings)]
//! Tasks with an owner, and what is no task.

struct Pool;

impl Pool {
    fn spawn(&self, _: u8) {}
}

#[steadfast::checked(deny(detached_spawn))]
async fn no_task(pool: Pool) {
    pool.spawn(1);
}

#[steadfast::checked(deny(detached_spawn))]
async fn on_purpose() {
    let _ = tokio::spawn(async {});
    tokio::spawn(async {}).await.unwrap();
}

fn main() {}
