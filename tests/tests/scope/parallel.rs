//! On several threads, at random: nothing is left, and nothing is lost.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::FutureExt;
use steadfast::Scope;
use steadfast::scope::Panics;
use tokio::task::yield_now;

use crate::Alive;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_error_is_reported_or_was_seen() {
    const CHILDREN: u64 = 50;
    for seed in 0..200 {
        let returned = Arc::new(AtomicUsize::new(0));
        let alive = Alive::default();
        let outcome = Scope::options().collect().panics(Panics::Collect).run(async |s: Scope<u64>| {
            let mut handles = Vec::new();
            for nth in 0..CHILDREN {
                let (returned, guard) = (Arc::clone(&returned), alive.guard());
                let handle = s.spawn(async move {
                    let _guard = guard;
                    for _ in 0..(nth * seed) % 3 {
                        yield_now().await;
                    }
                    match (nth + seed) % 4 {
                        0 => Ok(()),
                        1 => panic!("child {nth}"),
                        _ => {
                            returned.fetch_add(1, Ordering::SeqCst);
                            Err(nth)
                        }
                    }
                });
                if nth % 2 == 0 {
                    handles.push(handle);
                }
            }
            let mut seen = 0;
            for handle in handles {
                seen += usize::from(matches!(handle.await, Ok(Err(_))));
            }
            // The value is lost with the failures, so it is counted where the test sees it.
            returned.fetch_sub(seen, Ordering::SeqCst);
            Ok(())
        });
        let error = outcome.await.unwrap_err();
        let reported = error.failures().iter().filter(|failure| failure.error().is_some()).count();
        assert_eq!(reported, returned.load(Ordering::SeqCst), "seed {seed}");
        let panics = error.len() - reported;
        let expected = (0..CHILDREN).filter(|nth| (nth + seed) % 4 == 1).count();
        assert_eq!((panics, alive.count()), (expected, 0), "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_failure_at_any_moment_leaves_nothing() {
    for seed in 0..500_usize {
        let alive = Alive::default();
        let work = Scope::options().run(async |s: Scope<usize>| {
            for nth in 0..20 {
                let guard = alive.guard();
                drop(s.spawn(async move {
                    let _guard = guard;
                    for _ in 0..nth {
                        yield_now().await;
                    }
                    match (nth + seed) % 20 {
                        3 => Err(nth),
                        4 if seed % 3 == 0 => panic!("child"),
                        _ => std::future::pending().await,
                    }
                }) as steadfast::TaskHandle<Result<(), usize>>);
            }
            Ok(())
        });
        let outcome = AssertUnwindSafe(work).catch_unwind().await;
        assert!(outcome.is_err() || outcome.unwrap().is_err());
        assert_eq!(alive.count(), 0, "seed {seed}");
    }
}
