use tokio::sync::mpsc::{Receiver, UnboundedReceiver};

async fn spins(mut jobs: Receiver<Job>) {
    loop {
        if let Some(job) = jobs.recv().await { //~ closed_channel_spin
            run(job).await;
        }
    }
}

async fn in_a_match(mut jobs: UnboundedReceiver<Job>) {
    loop {
        match jobs.recv().await {
            Some(job) => run(job).await,
            None => {} //~ closed_channel_spin
        }
    }
}

async fn goes_on(mut jobs: Receiver<Job>) {
    while true {
        let Some(job) = jobs.recv().await else { continue }; //~ closed_channel_spin
        run(job).await;
    }
}

async fn of_unknown_type(inbox: &mut Inbox) {
    loop {
        match inbox.jobs.recv().await {
            Some(job) => run(job).await,
            _ => log::warn!("nothing"), //? closed_channel_spin
        }
    }
}

async fn while_let(mut jobs: Receiver<Job>) {
    while let Some(job) = jobs.recv().await {
        run(job).await;
    }
}

async fn leaves(mut jobs: Receiver<Job>) {
    loop {
        if let Some(job) = jobs.recv().await {
            run(job).await;
        } else {
            break;
        }
    }
}

async fn leaves_later(mut jobs: Receiver<Job>) {
    let mut rounds = 0;
    loop {
        if let Some(job) = jobs.recv().await {
            run(job).await;
        }
        rounds += 1;
        if rounds == 100 {
            return;
        }
    }
}

async fn pauses(mut jobs: Receiver<Job>) {
    loop {
        match jobs.recv().await {
            Some(job) => run(job).await,
            None => tokio::time::sleep(PAUSE).await,
        }
    }
}

async fn panics(mut jobs: Receiver<Job>) {
    loop {
        match jobs.recv().await {
            Some(job) => run(job).await,
            None => unreachable!("the sender lives in `self`"),
        }
    }
}

async fn not_a_channel(mut socket: tokio::net::UdpSocket) {
    loop {
        if let Some(packet) = socket.recv().await {
            parse(packet);
        }
    }
}

async fn asks_without_waiting(mut jobs: Receiver<Job>) {
    loop {
        if let Ok(job) = jobs.try_recv() {
            run(job).await;
        }
        tokio::task::yield_now().await;
    }
}
