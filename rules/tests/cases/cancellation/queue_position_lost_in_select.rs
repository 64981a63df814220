use std::sync::Arc;

use tokio::sync::{mpsc, Mutex, Notify, Semaphore};
use tokio_util::sync::CancellationToken;

async fn permit(slots: Arc<Semaphore>, mut orders: mpsc::Receiver<Order>) {
    loop {
        tokio::select! {
            permit = slots.clone().acquire_owned() => work(permit), //~ queue_position_lost_in_select
            order = orders.recv() => obey(order),
        }
    }
}

async fn notification(notify: &Notify, table: &Mutex<Table>, mut ticks: tokio::time::Interval) {
    loop {
        tokio::select! {
            () = notify.notified() => refresh(), //~ queue_position_lost_in_select
            _ = ticks.tick() => {}
            guard = table.lock() => use_it(guard), //~ queue_position_lost_in_select
        }
    }
}

async fn of_unknown_type(pool: &Pool, mut orders: mpsc::Receiver<Order>) {
    loop {
        tokio::select! {
            slot = pool.slots.acquire() => work(slot), //? queue_position_lost_in_select
            order = orders.recv() => obey(order),
        }
    }
}

async fn until_shutdown(slots: Arc<Semaphore>, stop: CancellationToken) {
    loop {
        tokio::select! {
            permit = slots.acquire() => work(permit),
            _ = stop.cancelled() => break,
        }
    }
}

async fn pinned(slots: Arc<Semaphore>, mut orders: mpsc::Receiver<Order>) {
    let mut permit = std::pin::pin!(slots.acquire());
    loop {
        tokio::select! {
            granted = &mut permit => break work(granted),
            order = orders.recv() => obey(order),
        }
    }
}

async fn a_read_of_bytes(mut stream: tokio::net::TcpStream, mut orders: mpsc::Receiver<Order>) {
    let mut buffer = [0; 1024];
    loop {
        tokio::select! {
            n = stream.read(&mut buffer) => parse(&buffer[..n.unwrap()]),
            order = orders.recv() => obey(order),
        }
    }
}
