//! An error that nobody sees.

#[steadfast::checked(deny(select_pattern_disables_arm))]
async fn certain(listener: tokio::net::TcpListener) {
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => drop(stream),
            _ = tokio::task::yield_now() => break,
        }
    }
}

#[steadfast::checked]
async fn a_warning(listener: tokio::net::TcpListener) {
    tokio::select! {
        Err(error) = listener.accept() => println!("{error}"),
        _ = tokio::task::yield_now() => {}
    }
}

fn main() {}
