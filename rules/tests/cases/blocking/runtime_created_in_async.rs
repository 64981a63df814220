use tokio::runtime::{Builder, Runtime};

async fn new() -> std::io::Result<()> {
    let runtime = Runtime::new()?; //~ runtime_created_in_async
    runtime.spawn(async {});
    Ok(())
}

async fn built() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap(); //~ runtime_created_in_async
    drop(runtime);
}

#[tokio::main]
async fn main() {
    let _runtime = tokio::runtime::Builder::new_multi_thread().build(); //~ runtime_created_in_async
}

async fn ended() {
    let runtime = Runtime::new().unwrap();
    runtime.spawn(async {});
    runtime.shutdown_background();
}

async fn leaked() {
    let _: &'static Runtime = Box::leak(Box::new(Runtime::new().unwrap()));
}

async fn given_back() -> Runtime {
    Runtime::new().unwrap()
}

async fn on_a_thread() {
    std::thread::spawn(|| {
        let runtime = Runtime::new().unwrap();
        drop(runtime);
    });
}

fn synchronous() {
    let _ = Runtime::new();
}

async fn other_builder() {
    let _ = reqwest::Client::builder().timeout(LIMIT).connect_timeout(LIMIT).build();
}
