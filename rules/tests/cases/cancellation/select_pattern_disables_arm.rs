use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};

async fn accept(listener: TcpListener, stop: CancellationToken) {
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => serve(stream), //~ select_pattern_disables_arm
            _ = stop.cancelled() => break,
        }
    }
}

async fn failure_only(server: Server, stop: CancellationToken) {
    tokio::select! {
        Err(error) = server.run() => log::error!("{error}"), //~ select_pattern_disables_arm
        _ = stop.cancelled() => {}
    }
}

async fn a_task(mut task: JoinHandle<()>, mut jobs: mpsc::Receiver<Job>) {
    loop {
        tokio::select! {
            Err(panic) = &mut task => return report(panic), //~ select_pattern_disables_arm
            job = jobs.recv() => run(job),
        }
    }
}

async fn both_are_handled(listener: TcpListener, stop: CancellationToken) {
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => serve(stream),
                Err(error) => log::warn!("{error}"),
            },
            _ = stop.cancelled() => break,
        }
    }
}

async fn the_other_side_is_gone(mut config: watch::Receiver<Config>, mut jobs: mpsc::Receiver<Job>) {
    loop {
        tokio::select! {
            Ok(()) = config.changed() => reload(&config),
            Some(job) = jobs.recv() => run(job),
            _ = stop() => break,
        }
    }
}

async fn polled_by_name(mut stop: oneshot::Receiver<()>, mut jobs: mpsc::Receiver<Job>) {
    loop {
        tokio::select! {
            Ok(()) = &mut stop => break,
            job = jobs.recv() => run(job),
        }
    }
}

async fn until_interrupted(server: Server) {
    tokio::select! {
        Ok(()) = tokio::signal::ctrl_c() => {}
        _ = server.run() => {}
    }
}

async fn room_in_the_queue(tx: mpsc::Sender<Job>, job: Job, stop: CancellationToken) {
    tokio::select! {
        Ok(permit) = tx.reserve() => permit.send(job),
        _ = stop.cancelled() => {}
    }
}

async fn with_else(listener: TcpListener, mut orders: mpsc::Receiver<Order>) {
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => serve(stream),
            Some(order) = orders.recv() => obey(order),
            else => log::warn!("neither"),
        }
    }
}
