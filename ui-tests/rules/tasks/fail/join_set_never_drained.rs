//! A set of tasks that only ever grows.

use tokio::net::TcpListener;
use tokio::task::JoinSet;

#[steadfast::checked(deny(join_set_never_drained))]
async fn asked(listener: TcpListener) {
    let mut set = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        set.spawn(async move { drop(stream) });
    }
}

#[steadfast::checked]
async fn certain(listener: TcpListener) {
    let mut set = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        set.spawn(async move { drop(stream) });
    }
}

fn main() {}
