//! First light.
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use steadfast::{PolicyError, PolicyErrorKind, apply, bounded, retry, timeout};

#[bounded(2)]
async fn b(x: u32) -> u32 {
    x + 1
}

#[timeout(1s)]
async fn t(x: u64) -> Result<u64, PolicyError> {
    tokio::time::sleep(Duration::from_millis(x)).await;
    Ok(x)
}

#[retry(on = any, attempts = 4)]
async fn r(calls: &AtomicU32, ok_at: u32) -> io::Result<u32> {
    let n = calls.fetch_add(1, Ordering::Relaxed) + 1;
    if n >= ok_at { Ok(n) } else { Err(io::ErrorKind::ConnectionReset.into()) }
}

#[timeout(attempt = 100ms, total = 10s)]
#[retry(on = any, attempts = 3, backoff = exp(10ms, factor = 3, cap = 1s), jitter = none, idempotent)]
#[bounded(8, queue = 10, max_wait = 50ms)]
async fn all(calls: &AtomicU32, mut v: Vec<u32>, name: String) -> io::Result<Vec<u32>> {
    let n = calls.fetch_add(1, Ordering::Relaxed) + 1;
    v.push(n);
    if n < 3 {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    drop(name);
    Ok(v)
}

#[retry(attempts = 2)]
fn sync(calls: &AtomicU32) -> io::Result<u32> {
    let n = calls.fetch_add(1, Ordering::Relaxed) + 1;
    if n >= 2 { Ok(n) } else { Err(io::ErrorKind::ConnectionReset.into()) }
}

#[tokio::test(start_paused = true)]
async fn works() {
    assert_eq!(b(1).await, 2);
    assert_eq!(t(5).await.unwrap(), 5);
    assert_eq!(t(5000).await.unwrap_err().kind(), PolicyErrorKind::TimedOut);
    let calls = AtomicU32::new(0);
    assert_eq!(r(&calls, 3).await.unwrap(), 3);
    let calls = AtomicU32::new(0);
    assert!(r(&calls, 9).await.is_err());
    assert_eq!(calls.into_inner(), 4);
    let calls = AtomicU32::new(0);
    assert_eq!(all(&calls, vec![7], "x".into()).await.unwrap(), vec![7, 3]);
    let calls = AtomicU32::new(0);
    assert_eq!(sync(&calls).unwrap(), 2);
    let calls = AtomicU32::new(0);
    let v = apply!(retry(on = any), timeout(attempt = 2s); r(&calls, 99)).await;
    assert!(v.is_err());
    assert_eq!(calls.into_inner(), 12);
    let v: io::Result<u8> =
        apply!(timeout(total = 1s); async { std::future::pending::<()>().await; Ok(1) }).await;
    assert_eq!(v.unwrap_err().kind(), io::ErrorKind::TimedOut);
}
