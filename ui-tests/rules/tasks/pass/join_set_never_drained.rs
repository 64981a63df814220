#![deny(warnings)]
//! Sets that give their tasks back, and one of another kind.

use tokio::net::TcpListener;

mod own {
    pub(crate) struct JoinSet;

    impl JoinSet {
        pub(crate) fn new() -> Self {
            Self
        }

        pub(crate) fn spawn<F: Future>(&mut self, _: F) {}
    }
}

#[steadfast::checked]
async fn of_another_kind(listener: TcpListener) {
    use own::*;
    let mut set = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        set.spawn(async move { drop(stream) });
    }
}

#[steadfast::checked]
async fn drained(listener: TcpListener) {
    let mut set = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        set.spawn(async move { drop(stream) });
        while set.try_join_next().is_some() {}
    }
}

fn main() {}
