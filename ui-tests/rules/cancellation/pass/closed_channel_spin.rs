//! Only the type tells that `None` is not the end.

struct Jobs;

impl Jobs {
    /// `None` after a while without a job.
    async fn recv(&mut self) -> Option<u8> {
        tokio::task::yield_now().await;
        None
    }
}

#[steadfast::checked]
async fn own_type(mut jobs: Jobs) {
    loop {
        if let Some(job) = jobs.recv().await {
            println!("{job}");
        }
    }
}

fn main() {}
