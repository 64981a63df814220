use tokio::sync::mpsc::{self, Receiver, Sender, UnboundedSender};
use tokio_util::sync::CancellationToken;

async fn forward(mut rx: Receiver<Job>, tx: Sender<Job>, mut orders: Receiver<Order>) {
    while let Some(job) = rx.recv().await {
        tokio::select! {
            _ = tx.send(job) => {} //~ send_in_select_loses_message
            order = orders.recv() => obey(order),
        }
    }
}

async fn out_of_a_queue(tx: Sender<Job>, mut queue: VecDeque<Job>, mut orders: Receiver<Order>) {
    loop {
        tokio::select! {
            _ = tx.send(queue.pop_front().unwrap()), if !queue.is_empty() => {} //~ send_in_select_loses_message select_guard_still_evaluates
            Some(order) = orders.recv() => queue.extend(order.jobs()),
            else => break,
        }
    }
}

struct Worker {
    outbox: crate::Outbox,
}

impl Worker {
    async fn run(&self, mut rx: Receiver<Job>, mut ticks: tokio::time::Interval) {
        loop {
            let job = rx.recv().await.unwrap();
            tokio::select! {
                _ = self.outbox.send(job) => {} //? send_in_select_loses_message
                _ = ticks.tick() => log::warn!("the consumer is slow"),
            }
        }
    }
}

async fn until_shutdown(mut rx: Receiver<Job>, tx: Sender<Job>, stop: CancellationToken) {
    while let Some(job) = rx.recv().await {
        tokio::select! {
            sent = tx.send(job) => if sent.is_err() { return },
            _ = stop.cancelled() => return,
        }
    }
}

async fn once(job: Job, tx: Sender<Job>, stop: CancellationToken) {
    tokio::select! {
        _ = tx.send(job) => {}
        _ = stop.cancelled() => {}
    }
}

async fn made_anew(tx: Sender<Status>, state: &State, mut orders: Receiver<Order>) {
    loop {
        tokio::select! {
            _ = tx.send(state.snapshot()) => {}
            order = orders.recv() => obey(order),
        }
    }
}

async fn a_copy(mut rx: Receiver<Job>, tx: Sender<Job>, mut orders: Receiver<Order>) {
    let job = rx.recv().await.unwrap();
    loop {
        tokio::select! {
            _ = tx.send(job.clone()) => break,
            order = orders.recv() => obey(order),
        }
    }
}

async fn with_room(mut rx: Receiver<Job>, tx: Sender<Job>, mut orders: Receiver<Order>) {
    let mut waiting = None;
    loop {
        tokio::select! {
            Ok(permit) = tx.reserve(), if waiting.is_some() => permit.send(waiting.take().unwrap()),
            job = rx.recv(), if waiting.is_none() => waiting = job,
            order = orders.recv() => obey(order),
        }
    }
}

async fn unbounded(mut rx: Receiver<Job>, tx: UnboundedSender<Job>, mut orders: Receiver<Order>) {
    while let Some(job) = rx.recv().await {
        tokio::select! {
            _ = async { tx.send(job) } => {}
            order = orders.recv() => obey(order),
        }
    }
}

async fn an_http_request(mut rx: Receiver<Job>, client: reqwest::Client, mut orders: Receiver<Order>) {
    while let Some(job) = rx.recv().await {
        tokio::select! {
            _ = client.post(URL).json(&job).send() => {}
            order = orders.recv() => obey(order),
        }
    }
}
