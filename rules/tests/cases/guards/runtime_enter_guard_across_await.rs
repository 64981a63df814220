use tokio::runtime::{EnterGuard, Handle, Runtime};

async fn handle(handle: Handle) {
    let _guard = handle.enter(); //~ runtime_enter_guard_across_await
    fetch().await;
}

async fn runtime(runtime: &Runtime) {
    let _guard = runtime.enter(); //~ runtime_enter_guard_across_await
    fetch().await;
}

async fn parameter(guard: EnterGuard<'_>) { //~ runtime_enter_guard_across_await
    fetch().await;
}

async fn in_a_block(handle: Handle) {
    let task = {
        let _guard = handle.enter();
        tokio::spawn(fetch())
    };
    task.await.unwrap();
}

async fn spawned(handle: Handle) {
    handle.spawn(fetch()).await.unwrap();
}

async fn dropped(handle: Handle) {
    let guard = handle.enter();
    drop(guard);
    fetch().await;
}

fn synchronous(handle: Handle) {
    let _guard = handle.enter();
}

async fn fetch() {}
