use std::sync::{Barrier, Condvar, Mutex};

async fn at_a_barrier(barrier: &Barrier) {
    barrier.wait(); //~ blocking_sync_wait
}

async fn for_a_condition(condition: &Condvar, lock: &Mutex<bool>) {
    let _ = condition.wait_while(guard(lock), |ready| !*ready); //~ blocking_sync_wait
}

async fn parks() {
    std::thread::park(); //~ blocking_sync_wait
}

async fn unknown(shared: Shared) {
    let _ = shared.gate.wait(); //? blocking_sync_wait blocking_process
}

async fn with_tokio(barrier: &tokio::sync::Barrier) {
    barrier.wait().await;
}

async fn notifies(condition: &Condvar) {
    condition.notify_all();
}

async fn child(child: &mut tokio::process::Child) {
    let _ = child.wait().await;
}

fn synchronous(barrier: &Barrier) {
    barrier.wait();
}

async fn offloaded(barrier: std::sync::Arc<Barrier>) {
    tokio::task::spawn_blocking(move || barrier.wait().is_leader()).await.unwrap();
}
