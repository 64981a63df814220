use tokio::runtime::{Handle, Runtime};

async fn current() {
    Handle::current().block_on(async {}); //~ block_on_in_async
}

async fn given(runtime: &Runtime, handle: Handle) {
    runtime.block_on(async {}); //~ block_on_in_async
    handle.block_on(async {}); //~ block_on_in_async
}

async fn executors() {
    futures::executor::block_on(async {}); //~ block_on_in_async
    pollster::block_on(async {}); //~ block_on_in_async
}

async fn unknown(app: App) {
    app.runtime.block_on(async {}); //? block_on_in_async
}

#[tokio::test]
async fn in_a_test(handle: Handle) {
    handle.block_on(async {}); //~ block_on_in_async
}

async fn offloaded(handle: Handle) {
    tokio::task::spawn_blocking(move || handle.block_on(async {})).await.unwrap();
}

async fn in_place(handle: Handle) {
    tokio::task::block_in_place(|| handle.block_on(async {}));
}

async fn in_place_behind_a_block(handle: Handle) {
    tokio::task::block_in_place(move || {
        handle.block_on(async {
            tokio::task::yield_now().await;
        })
    });
}

async fn on_a_thread(handle: Handle) {
    std::thread::spawn({
        let handle = handle.clone();
        move || handle.block_on(async {})
    });
}

fn main() {
    Runtime::new().unwrap().block_on(async {});
}

fn synchronous(handle: &Handle) {
    handle.block_on(async {});
}

async fn not_waiting() {
    use futures::FutureExt;
    let _ = async {}.now_or_never();
}

async fn own_function() {
    fn block_on(_: u32) {}
    block_on(5);
}
