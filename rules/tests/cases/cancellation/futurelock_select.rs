use std::sync::Arc;
use tokio::sync::Mutex;
use tokio::time::sleep;

async fn rfd_609(lock: Arc<Mutex<Table>>) {
    let mut work = Box::pin(do_work(lock.clone()));
    tokio::select! {
        _ = &mut work => {}
        _ = sleep(LIMIT) => {
            let table = lock.lock().await; //~ futurelock_select
            report(&table);
        }
    }
    work.await;
}

async fn in_a_loop(pool: Pool, mut jobs: Receiver<Job>) {
    let refresh = refresh(&pool);
    tokio::pin!(refresh);
    loop {
        tokio::select! {
            _ = &mut refresh => break,
            Some(job) = jobs.recv() => {
                pool.get().await.run(job); //~ futurelock_select
            }
            else => break,
        }
    }
}

impl Server {
    async fn a_field(&self, mut jobs: Receiver<Job>) {
        let mut flush = std::pin::pin!(async { self.store.flush().await });
        loop {
            tokio::select! {
                _ = &mut flush => break,
                job = jobs.recv() => self.store.insert(job).await, //~ futurelock_select
            }
        }
    }

    async fn something_else(&self, mut jobs: Receiver<Job>) {
        let mut flush = std::pin::pin!(async { self.store.flush().await });
        loop {
            tokio::select! {
                _ = &mut flush => break,
                job = jobs.recv() => self.outbox.send(job).await,
            }
        }
    }
}

async fn a_task(lock: Arc<Mutex<Table>>) {
    let mut work = tokio::spawn(do_work(lock.clone()));
    tokio::select! {
        _ = &mut work => {}
        _ = sleep(LIMIT) => report(lock.lock().await),
    }
    work.await;
}

async fn a_timer(limit: Duration, clock: Clock, mut jobs: Receiver<Job>) {
    let deadline = sleep(limit);
    tokio::pin!(deadline);
    loop {
        tokio::select! {
            _ = &mut deadline => break,
            job = jobs.recv() => run_within(job, limit).await,
        }
    }
}

async fn nothing_is_awaited(lock: Arc<Mutex<Table>>) {
    let mut work = Box::pin(do_work(lock.clone()));
    tokio::select! {
        _ = &mut work => {}
        _ = sleep(LIMIT) => log::warn!("slow: {:?}", lock.try_lock()),
    }
    work.await;
}

async fn a_notification(stop: CancellationToken, mut jobs: Receiver<Job>) {
    let mut stopped = Box::pin(stop.cancelled());
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            job = jobs.recv() => run(job, stop.child_token()).await,
        }
    }
}

async fn owned(lock: Arc<Mutex<Table>>) {
    tokio::select! {
        _ = do_work(lock.clone()) => {}
        _ = sleep(LIMIT) => report(lock.lock().await),
    }
}
