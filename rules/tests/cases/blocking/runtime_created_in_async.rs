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

async fn moved_to_a_thread() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    std::thread::spawn(move || {
        runtime.block_on(async {});
    });
}

async fn one_for_each_thread(names: Vec<String>) -> Vec<std::thread::JoinHandle<()>> {
    names
        .into_iter()
        .map(|name| {
            let runtime = Builder::new_current_thread().build().unwrap();
            std::thread::spawn(move || runtime.block_on(serve(name)))
        })
        .collect()
}

async fn moved_to_the_blocking_pool() {
    let runtime = Runtime::new().unwrap();
    tokio::task::spawn_blocking(move || runtime.block_on(async {})).await.unwrap();
}

async fn handed_to_a_function() -> Service {
    let runtime = Runtime::new().unwrap();
    Service::on(runtime)
}

async fn handed_on_at_once() -> Service {
    Service::on(Runtime::new().unwrap())
}

async fn stored(service: &mut Service) {
    service.runtime = Some(Runtime::new().unwrap());
}

async fn in_a_struct() -> Service {
    let runtime = match Builder::new_multi_thread().build() {
        Ok(runtime) => runtime,
        Err(error) => panic!("{error}"),
    };
    Service { runtime }
}

async fn given_back_behind_ok() -> std::io::Result<Runtime> {
    Ok(Builder::new_multi_thread().build()?)
}

async fn for_good() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().unwrap())
}

async fn lent_to_a_thread() {
    let runtime = Runtime::new().unwrap(); //~ runtime_created_in_async
    std::thread::scope(|scope| {
        scope.spawn(|| runtime.block_on(async {}));
    });
}

async fn moved_to_a_task() {
    let runtime = Runtime::new().unwrap(); //~ runtime_created_in_async
    tokio::spawn(async move {
        runtime.spawn(async {});
    });
}

async fn for_one_call() -> u32 {
    Runtime::new().unwrap().block_on(async { 5 }) //~ runtime_created_in_async block_on_in_async
}

async fn by_a_match() {
    let runtime = match Runtime::new() { //~ runtime_created_in_async
        Ok(runtime) => runtime,
        Err(error) => panic!("{error}"),
    };
    runtime.spawn(async {});
}

async fn by_a_pattern() {
    if let Ok(runtime) = Runtime::new() { //~ runtime_created_in_async
        runtime.spawn(async {});
    }
}

async fn ended_without_waiting() {
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.shutdown_timeout(Duration::from_nanos(0));
    let other = Runtime::new().unwrap();
    other.shutdown_timeout(Duration::ZERO);
}

async fn ended_in_a_second() {
    let runtime = Runtime::new().unwrap(); //~ runtime_created_in_async
    runtime.shutdown_timeout(Duration::from_secs(1));
}
