use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

async fn serve(limit: Arc<Semaphore>, listener: TcpListener) {
    loop {
        let _permit = limit.clone().acquire_owned().await.unwrap(); //~ permit_not_moved_into_task
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(async move {
            handle(socket).await;
        });
    }
}

async fn tried(limit: Arc<Semaphore>) {
    let permit = limit.try_acquire_owned().unwrap(); //~ permit_not_moved_into_task
    let task = tokio::spawn(async move { work().await });
    TASKS.push(task);
}

async fn unknown(app: App) {
    let permit = app.limit.acquire().await?; //? permit_not_moved_into_task
    app.tasks.spawn(async move { work().await });
}

async fn moved(limit: Arc<Semaphore>) {
    let permit = limit.acquire_owned().await.unwrap();
    tokio::spawn(async move {
        let _permit = permit;
        work().await;
    });
}

async fn dropped_in_the_task(limit: Arc<Semaphore>) {
    let permit = limit.acquire_owned().await.unwrap();
    tokio::spawn(async move {
        work().await;
        drop(permit);
    });
}

async fn awaited(limit: Arc<Semaphore>) {
    let _permit = limit.acquire_owned().await.unwrap();
    let task = tokio::spawn(async move { work().await });
    task.await.unwrap();
}

async fn awaited_on_the_spot(limit: Arc<Semaphore>) {
    let _permit = limit.acquire_owned().await.unwrap();
    tokio::spawn(async move { work().await }).await.unwrap();
}

async fn no_task(limit: Arc<Semaphore>) {
    let _permit = limit.acquire().await.unwrap();
    work().await;
}

async fn handed_on(limit: Arc<Semaphore>) {
    let permit = limit.acquire_owned().await.unwrap();
    let job = Job { permit };
    TASKS.push(tokio::spawn(async move { job.run().await }));
}

async fn forgotten(limit: Arc<Semaphore>) {
    let permit = limit.acquire().await.unwrap();
    permit.forget();
    tokio::spawn(async move { work().await });
}

async fn work() {}
