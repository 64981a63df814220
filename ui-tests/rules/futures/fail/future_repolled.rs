//! A future is polled again after it is done.

#[steadfast::checked]
async fn serve(mut stop: tokio::sync::oneshot::Receiver<()>) {
    loop {
        tokio::select! {
            _ = &mut stop => println!("bye"),
            _ = work() => {}
        }
    }
}

async fn work() {}

fn main() {}
