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

async fn ignores_the_end(mut state: tokio::sync::watch::Receiver<u32>) {
    loop {
        let _ = state.changed().await; //~ closed_channel_spin
        show(*state.borrow_and_update());
    }
}

async fn only_if_changed(mut state: tokio::sync::watch::Receiver<u32>) {
    loop {
        if state.changed().await.is_ok() { //~ closed_channel_spin
            show(*state.borrow());
        }
    }
}

async fn logs_all_errors(mut news: tokio::sync::broadcast::Receiver<u32>) {
    loop {
        match news.recv().await {
            Ok(item) => show(item),
            Err(error) => log::warn!("{error}"), //~ closed_channel_spin
        }
    }
}

async fn goes_on_at_the_end(mut news: tokio::sync::broadcast::Receiver<u32>) {
    loop {
        match news.recv().await {
            Ok(item) => show(item),
            Err(RecvError::Lagged(missed)) => show(missed),
            Err(RecvError::Closed) => continue, //~ closed_channel_spin
        }
    }
}

async fn drops_what_comes(mut wake: Receiver<()>) {
    loop {
        _ = wake.recv().await; //~ closed_channel_spin
        work();
    }
}

async fn of_unseen_type(mut state: watch::Receiver<u32>) {
    loop {
        state.changed().await.ok(); //? closed_channel_spin
        show(*state.borrow());
    }
}

async fn leaves_at_the_end(mut state: tokio::sync::watch::Receiver<u32>) {
    loop {
        if state.changed().await.is_err() {
            return;
        }
        show(*state.borrow());
    }
}

async fn while_it_changes(mut state: tokio::sync::watch::Receiver<u32>) {
    while state.changed().await.is_ok() {
        show(*state.borrow());
    }
}

async fn waits_for_more(mut state: tokio::sync::watch::Receiver<u32>) {
    loop {
        let _ = state.changed().await;
        tokio::time::sleep(PAUSE).await;
    }
}

async fn told_apart(mut news: tokio::sync::broadcast::Receiver<u32>) {
    loop {
        match news.recv().await {
            Ok(item) => show(item),
            Err(RecvError::Closed) => break,
            Err(_) => {}
        }
    }
}

async fn told_apart_in_the_arm(mut news: tokio::sync::broadcast::Receiver<u32>) {
    loop {
        match news.recv().await {
            Ok(item) => show(item),
            Err(error) => {
                if error == RecvError::Closed {
                    return;
                }
            }
        }
    }
}

async fn beside_its_sender(sender: tokio::sync::watch::Sender<u32>, mut state: tokio::sync::watch::Receiver<u32>) {
    loop {
        let _ = state.changed().await;
        sender.send_modify(|count| *count += 1);
    }
}

struct Hub {
    sender: tokio::sync::watch::Sender<u32>,
}

impl Hub {
    async fn follow(&self) {
        let mut state = self.sender.subscribe();
        loop {
            let _ = state.changed().await;
            show(*state.borrow());
        }
    }

    async fn follow_one_that_was_made(&self, mut state: tokio::sync::watch::Receiver<u32>) {
        loop {
            let _ = state.changed().await;
            show(*state.borrow());
        }
    }
}

async fn of_its_own() {
    let (sender, mut state) = tokio::sync::watch::channel(0);
    loop {
        let _ = state.changed().await;
        sender.send_modify(|count| *count += 1);
    }
}

async fn over_a_socket(mut socket: Socket) {
    loop {
        let _ = socket.changed().await.unwrap();
        show(1);
    }
}
