use futures::FutureExt;
use tokio::sync::oneshot;
use tokio::time::{Duration, sleep};

async fn parameter(mut stop: oneshot::Receiver<()>) {
    loop {
        tokio::select! {
            _ = &mut stop => println!("bye"), //~ future_repolled
            _ = work() => {}
        }
    }
}

async fn pinned() {
    let later = sleep(Duration::from_secs(1));
    tokio::pin!(later);
    loop {
        tokio::select! {
            _ = &mut later => println!("late"), //~ future_repolled
            _ = work() => {}
        }
    }
}

async fn as_mut() {
    let mut job = Box::pin(work());
    let mut count = 0;
    while count < 9 {
        tokio::select! {
            _ = job.as_mut() => println!("done"), //~ future_repolled
            _ = tick() => count += 1,
        }
    }
}

async fn leaves(mut stop: oneshot::Receiver<()>) {
    loop {
        tokio::select! {
            _ = &mut stop => break,
            _ = work() => {}
        }
    }
}

async fn returns(mut stop: oneshot::Receiver<()>) {
    loop {
        tokio::select! {
            _ = &mut stop => {
                println!("bye");
                return;
            }
            _ = work() => {}
        }
    }
}

async fn turned_off(mut stop: oneshot::Receiver<()>) {
    let mut stopped = false;
    loop {
        tokio::select! {
            _ = &mut stop, if !stopped => stopped = true,
            _ = work() => {}
        }
    }
}

async fn fused(stop: oneshot::Receiver<()>) {
    let mut stop = stop.fuse();
    loop {
        tokio::select! {
            _ = &mut stop => println!("bye"),
            _ = work() => {}
        }
    }
}

async fn replaced() {
    let mut job = Box::pin(work());
    loop {
        tokio::select! {
            _ = &mut job => job = Box::pin(work()),
            _ = tick() => {}
        }
    }
}

async fn set() {
    let job = work();
    tokio::pin!(job);
    loop {
        tokio::select! {
            _ = &mut job => job.set(work()),
            _ = tick() => {}
        }
    }
}

async fn reset_elsewhere() {
    let timer = sleep(Duration::from_secs(1));
    tokio::pin!(timer);
    loop {
        tokio::select! {
            _ = &mut timer => println!("late"),
            _ = tick() => {}
        }
        timer.as_mut().reset(next());
    }
}

async fn no_loop(mut stop: oneshot::Receiver<()>) {
    tokio::select! {
        _ = &mut stop => println!("bye"),
        _ = work() => {}
    }
}

async fn made_in_the_loop() {
    loop {
        let mut job = Box::pin(work());
        tokio::select! {
            _ = &mut job => println!("done"),
            _ = tick() => {}
        }
    }
}

async fn condition(mut stop: oneshot::Receiver<()>) {
    let mut running = true;
    while running {
        tokio::select! {
            _ = &mut stop => running = false,
            _ = work() => {}
        }
    }
}

async fn value_decides(mut stop: oneshot::Receiver<()>) {
    loop {
        let go_on = tokio::select! {
            _ = &mut stop => false,
            _ = work() => true,
        };
        if !go_on {
            break;
        }
    }
}

async fn futures_select(stop: oneshot::Receiver<()>) {
    let mut stop = stop.fuse();
    loop {
        futures::select! {
            _ = &mut stop => println!("bye"),
            _ = work().fuse() => {}
        }
    }
}

async fn channel(mut jobs: tokio::sync::mpsc::Receiver<u32>) {
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => println!("{job}"),
            _ = work() => {}
        }
    }
}

async fn work() {}
async fn tick() {}

async fn fused_in_a_macro(stop: oneshot::Receiver<()>) {
    let mut stop = std::pin::pin!(Fuse { inner: Some(stop) });
    loop {
        tokio::select! {
            _ = &mut stop => println!("bye"),
            _ = work() => {}
        }
    }
}
