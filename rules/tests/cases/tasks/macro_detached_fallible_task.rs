async fn imported_by_somebody(listener: Listener) {
    spawn(listener.run()); //? detached_fallible_task
}

async fn by_its_path(listener: Listener) {
    tokio::spawn(async move { //? detached_fallible_task
        listener.run().await
    });
}

async fn certain() {
    tokio::spawn(async { //~ detached_fallible_task
        step().await?;
        Ok::<(), Error>(())
    });
}

async fn unit(listener: Listener) {
    spawn(async move {
        listener.run().await;
    });
    task::spawn(async move { while let Some(item) = next().await {} });
}

async fn no_task(pool: Pool) {
    let child = Command::new("ls").spawn();
    pool.spawn_all();
    spawn(1, 2).await;
}

async fn kept(listener: Listener) {
    let task = spawn(listener.run());
    task.await.unwrap().unwrap();
}
