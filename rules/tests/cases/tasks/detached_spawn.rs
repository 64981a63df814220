use tokio::task::JoinSet;

async fn work() {}

async fn dropped() {
    tokio::spawn(work()); //~ detached_spawn
}

fn in_a_plain_function(runtime: &tokio::runtime::Runtime) {
    runtime.spawn(work()); //~ detached_spawn
}

async fn unknown(app: App) {
    app.executor.spawn(work()); //? detached_spawn
}

async fn explicit() {
    let _ = tokio::spawn(work());
    _ = tokio::spawn(work());
    drop(tokio::spawn(work()));
}

async fn awaited() {
    tokio::spawn(work()).await.unwrap();
}

async fn kept() {
    let task = tokio::spawn(work());
    task.await.unwrap();
}

async fn owned() {
    let mut set = JoinSet::new();
    set.spawn(work());
    set.join_all().await;
}

async fn in_a_field(server: &mut Server) {
    server.task = Some(tokio::spawn(work()));
}

fn returned() -> tokio::task::JoinHandle<()> {
    tokio::spawn(work())
}
