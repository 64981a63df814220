//! A worker pool over a queue: a producer, N workers, a bar for each of them.
//!
//! ```text
//! cargo run --example worker_pool
//! cargo run --example worker_pool -- --workers 8 --jobs 500
//! ```
//!
//! Each job builds a small picture and compresses it, which takes a core for a while: that half is an `#[offload]`
//! function on the cpu pool. The queue is bounded, so the producer is never far ahead of the workers.
#![forbid(unsafe_code)]

mod bars;
mod picture;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Parser;
use steadfast::{Queue, offload};

use bars::Bars;

#[derive(Parser)]
#[command(about = "Compresses pictures with a pool of workers over a bounded queue")]
struct Options {
    /// How many workers take jobs from the queue.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=64))]
    workers: u8,
    /// How many pictures are compressed.
    #[arg(long, default_value_t = 200)]
    jobs: u32,
    /// Print no bars.
    #[arg(long)]
    plain: bool,
}

/// What all jobs came to.
#[derive(Default)]
struct Total {
    pictures: AtomicUsize,
    before: AtomicUsize,
    after: AtomicUsize,
}

impl Total {
    fn add(&self, before: usize, after: usize) {
        self.pictures.fetch_add(1, Ordering::Relaxed);
        self.before.fetch_add(before, Ordering::Relaxed);
        self.after.fetch_add(after, Ordering::Relaxed);
    }
}

#[steadfast::main(grace = 2s)]
async fn main() -> io::Result<()> {
    let options = Options::parse();
    let total = Arc::new(Total::default());
    let bars = Arc::new(Bars::new(options.jobs, options.plain));
    let jobs = Queue::new(2 * usize::from(options.workers));

    let work = {
        let (total, bars) = (Arc::clone(&total), Arc::clone(&bars));
        async move |job: steadfast::Item<u32>| {
            let picture = picture::paint(*job);
            let before = picture.len();
            let compressed = compress(picture).await;
            if picture::unpacked_len(&compressed) != before {
                return Err(io::Error::other(format!("picture {} was not compressed well", *job)));
            }
            total.add(before, compressed.len());
            bars.done();
            Ok(())
        }
    };
    let produce = async {
        for job in 0..options.jobs {
            // Waits while the queue is full. It is closed early only when a worker has failed.
            if jobs.put(job).await.is_err() {
                break;
            }
        }
        jobs.close();
    };
    let (worked, ()) = tokio::join!(jobs.workers(options.workers.into(), work), produce);
    bars.finish();
    worked.map_err(io::Error::other)?;

    let [pictures, before, after] =
        [&total.pictures, &total.before, &total.after].map(|sum| sum.load(Ordering::Relaxed));
    println!("{pictures} pictures, {before} bytes, compressed to {after}");
    Ok(())
}

/// Keeps a core busy, so it runs on the cpu pool, whose threads are as many as there are cores.
#[offload(pool = "cpu")]
fn compress(picture: Vec<u8>) -> Vec<u8> {
    picture::pack(&picture)
}
