#![deny(warnings)]
//! Tasks that the test waits for, in one way or another.

#[steadfast::checked]
mod tests {
    use tokio::sync::{mpsc, oneshot};

    #[cfg(any(test, not(test)))]
    pub async fn joined(mut rx: mpsc::Receiver<u8>) {
        let task = tokio::spawn(async move { assert_eq!(rx.recv().await, Some(1)) });
        task.await.unwrap();
    }

    #[cfg(any(test, not(test)))]
    pub async fn heard_of(mut rx: mpsc::Receiver<u8>) {
        let (done, heard) = oneshot::channel();
        tokio::spawn(async move {
            assert_eq!(rx.recv().await, Some(1));
            done.send(()).unwrap();
        });
        heard.await.unwrap();
    }

    #[cfg(any(test, not(test)))]
    pub async fn no_task(set: &mut tokio::task::JoinSet<()>, mut rx: mpsc::Receiver<u8>) {
        set.spawn(async move { assert_eq!(rx.recv().await, Some(1)) });
    }
}

fn main() {
    let _ = (tests::joined, tests::heard_of, tests::no_task);
}
