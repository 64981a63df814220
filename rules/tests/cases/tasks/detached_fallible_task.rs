use std::convert::Infallible;
use std::io;

use tokio::runtime::Handle;
use tokio::task::{self, JoinSet};

async fn serve() -> io::Result<()> {
    Ok(())
}

async fn pump() -> Result<(), Infallible> {
    Ok(())
}

async fn log_everything() {}

async fn calls_a_function() {
    tokio::spawn(serve()); //~ detached_fallible_task
}

async fn awaits_in_a_block() {
    let port = 80;
    tokio::spawn(async move { //~ detached_fallible_task
        println!("{port}");
        serve().await
    });
}

async fn ends_in_ok() {
    task::spawn(async { //~ detached_fallible_task
        let text = tokio::fs::read("a").await?;
        println!("{}", text.len());
        Ok::<(), io::Error>(())
    });
}

async fn explicitly() {
    let _ = tokio::spawn(serve()); //~ detached_fallible_task
}

async fn on_the_blocking_pool() {
    task::spawn_blocking(|| { //~ detached_fallible_task
        std::fs::remove_file("a")?;
        Ok::<(), io::Error>(())
    });
}

async fn in_a_match() {
    tokio::spawn(async { //~ detached_fallible_task
        match tokio::fs::read("a").await {
            Ok(text) => print(text).await,
            Err(error) => Err(error),
        }
    });
}

async fn a_function_from_elsewhere(server: Server) {
    tokio::spawn(server.run()); //? detached_fallible_task
}

async fn a_handle_from_elsewhere(app: App) {
    app.runtime.spawn(serve()); //? detached_fallible_task
}

async fn drops_it(server: Server) {
    let _ = tokio::spawn(async move { server.run().await }); //? detached_fallible_task
}

async fn kept() -> task::JoinHandle<io::Result<()>> {
    let first = tokio::spawn(serve());
    first.await.unwrap().unwrap();
    tokio::spawn(serve())
}

async fn pushed(handles: &mut Vec<task::JoinHandle<io::Result<()>>>) {
    handles.push(tokio::spawn(serve()));
    let all: Vec<_> = (0..3).map(|_| tokio::spawn(serve())).collect();
    handles.extend(all);
}

async fn logs_its_error() {
    tokio::spawn(async {
        if let Err(error) = serve().await {
            eprintln!("{error}");
        }
    });
}

async fn matches_its_error() {
    tokio::spawn(async {
        match serve().await {
            Ok(()) => {}
            Err(error) => eprintln!("{error}"),
        }
    });
}

async fn unit() {
    tokio::spawn(log_everything());
    tokio::spawn(async {
        log_everything().await;
    });
}

async fn cannot_fail() {
    tokio::spawn(pump());
}

async fn loops() {
    tokio::spawn(async {
        for _ in 0..3 {
            let _ = serve().await;
        }
    });
}

async fn a_set() {
    let mut set = JoinSet::new();
    set.spawn(serve());
    while let Some(result) = set.join_next().await {
        println!("{result:?}");
    }
}

async fn awaited() {
    tokio::spawn(serve()).await.unwrap().unwrap();
    Handle::current().spawn(serve()).await.unwrap().unwrap();
}

async fn a_process() {
    tokio::process::Command::new("ls").spawn().unwrap();
}

async fn own_spawn() {
    fn spawn(_: impl Future<Output = io::Result<()>>) {}
    spawn(serve());
}

fn on_a_thread() {
    std::thread::spawn(|| Ok::<(), io::Error>(()));
}

#[tokio::test]
async fn in_a_test() {
    tokio::spawn(serve());
}
