//! A `select!` that panics when the last channel is closed.

#[steadfast::checked]
async fn certain(mut a: tokio::sync::mpsc::Receiver<u8>, mut b: tokio::sync::mpsc::Receiver<u8>) {
    loop {
        tokio::select! {
            Some(x) = a.recv() => println!("{x}"),
            Some(y) = b.recv() => println!("{y}"),
        }
    }
}

#[steadfast::checked]
async fn likely(mut a: tokio::sync::mpsc::Receiver<u8>, mut b: tokio::sync::watch::Receiver<u8>) {
    tokio::select! {
        Some(x) = a.recv() => println!("{x}"),
        Ok(()) = b.changed() => {}
    }
}

fn main() {}
