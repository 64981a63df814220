use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio::time::{self, Instant, sleep, sleep_until};

async fn flush(mut jobs: Receiver<Job>) {
    loop {
        tokio::select! {
            _ = sleep(Duration::from_secs(5)) => flush_all(), //~ select_timer_recreated
            job = jobs.recv() => run(job),
        }
    }
}

async fn until_a_point_from_now(mut jobs: Receiver<Job>) {
    loop {
        tokio::select! {
            job = jobs.recv() => run(job),
            () = time::sleep_until(Instant::now() + PERIOD) => flush_all(), //~ select_timer_recreated
        }
    }
}

async fn a_deadline(mut jobs: Receiver<Job>, deadline: Instant) {
    loop {
        tokio::select! {
            _ = sleep_until(deadline) => break,
            job = jobs.recv() => run(job),
        }
    }
}

async fn pinned(mut jobs: Receiver<Job>) {
    let mut limit = std::pin::pin!(sleep(Duration::from_secs(5)));
    loop {
        tokio::select! {
            _ = &mut limit => break,
            job = jobs.recv() => run(job),
        }
    }
}

async fn until_shutdown(stop: CancellationToken) {
    loop {
        tokio::select! {
            _ = sleep(Duration::from_secs(5)) => poll_once(),
            _ = stop.cancelled() => break,
        }
    }
}

async fn once(mut jobs: Receiver<Job>) {
    tokio::select! {
        _ = sleep(Duration::from_secs(5)) => {}
        job = jobs.recv() => run(job),
    }
}
