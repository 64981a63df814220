use std::thread::sleep as nap;
use std::time::Duration;
use tokio::time;

async fn direct() {
    std::thread::sleep(Duration::from_secs(1)); //~ blocking_sleep
}

async fn renamed() {
    nap(Duration::from_secs(1)); //~ blocking_sleep
}

async fn park() {
    ::std::thread::park_timeout(Duration::from_secs(1)); //~ blocking_sleep
}

async fn in_a_block() {
    let task = async {
        use std::thread;
        thread::sleep(Duration::from_secs(1)); //~ blocking_sleep
    };
    task.await;
}

async fn tokio_sleep() {
    time::sleep(Duration::from_secs(1)).await;
}

async fn own_sleep() {
    fn sleep(_: Duration) {}
    sleep(Duration::from_secs(1));
}

fn synchronous() {
    std::thread::sleep(Duration::from_secs(1));
}

async fn on_the_blocking_pool() {
    tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_secs(1))).await.unwrap();
}

async fn on_a_thread() {
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(1));
    });
}

async fn as_a_value() {
    let sleep: fn(Duration) = std::thread::sleep;
    drop(sleep);
}

#[tokio::test]
async fn in_a_test() {
    std::thread::sleep(Duration::from_millis(5));
}
