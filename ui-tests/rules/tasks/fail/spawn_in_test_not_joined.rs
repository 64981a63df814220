//! An assertion in a task that the test does not wait for.

#[steadfast::checked(deny(spawn_in_test_not_joined))]
mod certain {
    use tokio::sync::mpsc;

    #[cfg(any(test, not(test)))]
    pub(crate) async fn receives(mut rx: mpsc::Receiver<u8>) {
        tokio::spawn(async move { assert_eq!(rx.recv().await, Some(1)) });
    }
}

#[steadfast::checked]
mod asked {
    use tokio::sync::mpsc;

    #[cfg(any(test, not(test)))]
    pub(crate) async fn receives(runtime: super::Server, mut rx: mpsc::Receiver<u8>) {
        let _task = runtime.handle.spawn(async move { assert_eq!(rx.recv().await, Some(1)) });
    }
}

struct Server {
    handle: tokio::runtime::Handle,
}

fn main() {}
