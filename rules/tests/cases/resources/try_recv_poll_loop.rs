use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;

async fn polls(mut jobs: mpsc::Receiver<u8>) {
    loop {
        match jobs.try_recv() { //~ try_recv_poll_loop
            Ok(job) => println!("{job}"),
            Err(mpsc::error::TryRecvError::Empty) => sleep(Duration::from_millis(20)).await,
            Err(mpsc::error::TryRecvError::Disconnected) => break,
        }
    }
}

async fn polls_until(mut jobs: mpsc::Receiver<u8>) {
    while jobs.try_recv().is_err() { //~ try_recv_poll_loop
        tokio::task::yield_now().await;
    }
}

async fn waits(mut jobs: mpsc::Receiver<u8>) {
    while let Some(job) = jobs.recv().await {
        println!("{job}");
    }
}

async fn empties(mut jobs: mpsc::Receiver<u8>) {
    while let Ok(job) = jobs.try_recv() {
        println!("{job}");
    }
}

async fn in_batches(mut jobs: mpsc::Receiver<u8>) {
    loop {
        let mut batch = Vec::new();
        while let Ok(job) = jobs.try_recv() {
            batch.push(job);
        }
        println!("{}", batch.len());
        sleep(Duration::from_secs(1)).await;
    }
}

async fn with_other_work(mut stop: mpsc::Receiver<()>, device: Device) {
    loop {
        if stop.try_recv().is_ok() {
            break;
        }
        device.step().await;
        sleep(Duration::from_millis(20)).await;
    }
}

fn on_a_thread(jobs: std::sync::mpsc::Receiver<u8>) {
    loop {
        if let Ok(job) = jobs.try_recv() {
            println!("{job}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
