//! The thread of the runtime waits for those of `rayon`.

use rayon::prelude::*;

#[steadfast::checked]
async fn total(parts: Vec<u64>) -> u64 {
    parts.par_iter().sum()
}

#[steadfast::checked]
async fn both(mut left: Vec<u64>, mut right: Vec<u64>) {
    rayon::join(|| left.sort_unstable(), || right.sort_unstable());
}

#[steadfast::checked(deny(rayon_in_async))]
async fn raised(mut parts: Vec<u64>) {
    parts.par_sort_unstable();
}

fn main() {}
