use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};

async fn worker(jobs: Arc<Mutex<mpsc::Receiver<u32>>>) {
    while let Some(job) = jobs.lock().await.recv().await { //~ receiver_behind_mutex
        println!("{job}");
    }
}

async fn named(jobs: Arc<Mutex<mpsc::Receiver<u32>>>) {
    let mut jobs = jobs.lock().await;
    let job = jobs.recv().await; //~ receiver_behind_mutex
}

async fn own(mut jobs: mpsc::Receiver<u32>) {
    while let Some(job) = jobs.recv().await {
        println!("{job}");
    }
}

async fn tried(jobs: Arc<Mutex<mpsc::Receiver<u32>>>) {
    let job = jobs.lock().await.try_recv();
}

async fn sent(jobs: Arc<Mutex<mpsc::Sender<u32>>>) {
    jobs.lock().await.send(1).await.unwrap();
}

async fn socket(socket: Arc<Mutex<Socket>>, buffer: &mut [u8]) {
    let n = socket.lock().await.recv(buffer).await;
}

async fn counted(jobs: Arc<Mutex<mpsc::Receiver<u32>>>) {
    let waiting = jobs.lock().await.len();
    println!("{waiting}");
}
