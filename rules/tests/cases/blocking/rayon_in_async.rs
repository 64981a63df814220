use rayon::prelude::*;

async fn sums(parts: &[u64]) -> u64 {
    parts.par_iter().sum() //~ rayon_in_async
}

async fn joins() {
    rayon::join(|| 1, || 2); //~ rayon_in_async
}

async fn sorts(mut parts: Vec<u64>) {
    parts.par_sort_unstable(); //~ rayon_in_async
}

async fn offloaded(parts: Vec<u64>) -> u64 {
    tokio::task::spawn_blocking(move || parts.par_iter().sum()).await.unwrap()
}

async fn on_its_threads(parts: Vec<u64>, done: tokio::sync::oneshot::Sender<u64>) {
    rayon::spawn(move || {
        let _ = done.send(parts.par_iter().sum());
    });
}

fn synchronous(parts: &[u64]) -> u64 {
    parts.par_iter().sum()
}

async fn plain(parts: &[u64]) -> u64 {
    parts.iter().sum()
}

async fn asynchronous() {
    let _ = tokio_rayon::spawn(|| 42).await;
}
