use std::time::Duration;

use tokio::sync::mpsc;

fn unwraps(mut jobs: mpsc::Receiver<String>) {
    tokio::spawn(async move { //~ endless_task_unsupervised
        loop {
            let job = jobs.recv().await.unwrap();
            println!("{job}");
        }
    });
}

async fn expects() {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    let _ = tokio::spawn(async move { //~ endless_task_unsupervised
        println!("begin");
        while true {
            ticks.tick().await;
            refresh().await.expect("the cache can be read");
        }
    });
}

async fn asserts(state: State) {
    state.runtime.spawn(async move { //? endless_task_unsupervised
        loop {
            assert!(state.check().await);
        }
    });
}

fn nothing_panics(mut jobs: mpsc::Receiver<String>) {
    tokio::spawn(async move {
        loop {
            match jobs.recv().await {
                Some(job) => println!("{job}"),
                None => tokio::time::sleep(Duration::from_secs(1)).await,
            }
        }
    });
}

fn leaves(mut jobs: mpsc::Receiver<String>) {
    tokio::spawn(async move {
        loop {
            let Some(job) = jobs.recv().await else { break };
            job.parse::<u8>().unwrap();
        }
    });
}

fn ends_with_its_channel(mut jobs: mpsc::Receiver<String>) {
    tokio::spawn(async move {
        while let Some(job) = jobs.recv().await {
            job.parse::<u8>().unwrap();
        }
    });
}

fn kept(mut jobs: mpsc::Receiver<String>) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            jobs.recv().await.unwrap();
        }
    })
}

async fn watched(mut jobs: mpsc::Receiver<String>) {
    let worker = tokio::spawn(async move {
        loop {
            jobs.recv().await.unwrap();
        }
    });
    worker.await.unwrap();
}

fn panics_in_tasks_of_its_own(listener: tokio::net::TcpListener) {
    tokio::spawn(async move {
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            tokio::spawn(async move { stream.peer_addr().unwrap(); });
        }
    });
}

fn a_poisoned_lock(state: std::sync::Arc<std::sync::Mutex<u8>>) {
    tokio::spawn(async move {
        loop {
            *state.lock().unwrap() += 1;
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    });
}

fn stops() {
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = stopped() => break,
                job = next() => job.unwrap(),
            }
        }
    });
}

#[tokio::test]
async fn a_server_in_a_test(listener: tokio::net::TcpListener) {
    tokio::spawn(async move {
        loop {
            listener.accept().await.unwrap();
        }
    });
}
