use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{Receiver, UnboundedReceiver};
use tokio::task::JoinSet;

async fn two_channels(mut jobs: Receiver<Job>, mut orders: UnboundedReceiver<Order>) {
    loop {
        tokio::select! { //~ select_all_refutable_no_else
            Some(job) = jobs.recv() => run(job),
            Some(order) = orders.recv() => obey(order),
        }
    }
}

async fn tasks(mut tasks: JoinSet<()>, mut listener: Listener) {
    loop {
        tokio::select! { //~ select_all_refutable_no_else
            Some(done) = tasks.join_next() => report(done),
            Event::Connection(stream) = listener.next() => serve(stream),
        }
    }
}

async fn with_a_condition(mut jobs: Receiver<Job>, is_idle: bool) {
    tokio::select! { //~ select_all_refutable_no_else
        _ = tokio::time::sleep(IDLE), if is_idle => {}
        Some(job) = jobs.recv() => run(job),
    }
}

async fn with_else(mut jobs: Receiver<Job>, mut orders: Receiver<Order>) {
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => run(job),
            Some(order) = orders.recv() => obey(order),
            else => break,
        }
    }
}

async fn with_a_branch_that_always_matches(mut jobs: Receiver<Job>, stop: CancellationToken) {
    loop {
        tokio::select! {
            Some(job) = jobs.recv() => run(job),
            () = stop.cancelled() => return,
        }
    }
}

async fn pairs_match(mut jobs: Receiver<Job>, mut pairs: Pairs) {
    tokio::select! {
        Some(job) = jobs.recv() => run(job),
        (key, _) = pairs.next() => look_up(key),
    }
}

async fn may_be_a_struct(mut jobs: Receiver<Job>, mut clock: Clock) {
    tokio::select! {
        Some(job) = jobs.recv() => run(job),
        Tick { at, .. } = clock.next() => wake(at),
    }
}

async fn a_signal_never_ends(mut jobs: Receiver<Job>) {
    let mut terminate = signal(SignalKind::terminate()).unwrap();
    let mut interrupt: Signal = signal(SignalKind::interrupt()).unwrap();
    tokio::select! {
        Some(job) = jobs.recv() => run(job),
        Some(()) = interrupt.recv() => {}
    }
}

async fn opposite_conditions(mut jobs: Receiver<Job>, mut waiting: Option<Job>, tx: Sender<Job>) {
    tokio::select! {
        job = jobs.recv(), if waiting.is_none() => waiting = job,
        permit = tx.reserve(), if waiting.is_some() => pass_on(permit, waiting),
    }
}

async fn of_the_futures_crate(mut jobs: Receiver<Job>, mut orders: Receiver<Order>) {
    futures::select! {
        job = jobs.next() => run(job),
        order = orders.next() => obey(order),
        complete => {}
    }
}

async fn every_branch_is_counted(mut a: Receiver<Job>, mut b: Receiver<Job>) {
    let (mut a_done, mut b_done) = (false, false);
    while !a_done || !b_done {
        tokio::select! {
            job = a.recv(), if !a_done => a_done = job.is_none(),
            Some(job) = b.recv(), if !b_done => b_done = job.is_last(),
        }
    }
}
