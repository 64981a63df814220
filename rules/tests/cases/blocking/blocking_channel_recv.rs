use std::sync::mpsc::{self, Receiver, SyncSender};
use std::time::Duration;

async fn receives(receiver: &Receiver<u32>) {
    let _ = receiver.recv(); //~ blocking_channel_recv
    let _ = receiver.recv_timeout(Duration::from_secs(1)); //~ blocking_channel_recv
}

async fn loops(receiver: Receiver<u32>) {
    for job in &receiver { //~ blocking_channel_recv
        drop(job);
    }
    for job in receiver.iter() { //~ blocking_channel_recv
        drop(job);
    }
}

async fn made_here() {
    let (sender, receiver) = mpsc::channel();
    sender.send(5).unwrap();
    let _: Result<u32, _> = receiver.recv(); //~ blocking_channel_recv
}

async fn waits_for_room(sender: SyncSender<u32>) {
    let _ = sender.send(5); //~ blocking_channel_recv
}

async fn crossbeam() {
    let (_sender, receiver) = crossbeam_channel::bounded::<u32>(5);
    let _ = receiver.recv(); //~ blocking_channel_recv
}

async fn unknown(app: App) {
    let _ = app.jobs.recv(); //? blocking_channel_recv
    let _ = app.done.send(5); //? blocking_channel_recv
}

async fn with_tokio(mut receiver: tokio::sync::mpsc::Receiver<u32>) {
    let _ = receiver.recv().await;
}

async fn in_select(mut receiver: tokio::sync::mpsc::Receiver<u32>) {
    tokio::select! {
        _ = receiver.recv() => {}
        _ = tokio::task::yield_now() => {}
    }
}

async fn without_bounds(sender: mpsc::Sender<u32>) {
    let _ = sender.send(5);
}

async fn trying(receiver: Receiver<u32>) {
    let _ = receiver.try_recv();
    for job in receiver.try_iter() {
        drop(job);
    }
}

async fn asynchronous_flume(receiver: flume::Receiver<u32>) {
    let _ = receiver.recv_async().await;
}

async fn offloaded(receiver: Receiver<u32>) {
    tokio::task::spawn_blocking(move || receiver.recv()).await.unwrap();
}

fn synchronous(receiver: &Receiver<u32>) {
    let _ = receiver.recv();
}

async fn one_into_an_empty_channel() -> u32 {
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    let _ = sender.send(5);
    start(receiver)
}

async fn more_than_it_has_room_for() {
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    let _ = sender.send(5); //~ blocking_channel_recv
    let _ = sender.send(6); //~ blocking_channel_recv
    start(receiver);
}

async fn again_and_again() {
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    start(receiver);
    loop {
        let _ = sender.send(5); //~ blocking_channel_recv
        tokio::task::yield_now().await;
    }
}

async fn from_hand_to_hand() {
    let (sender, receiver) = std::sync::mpsc::sync_channel(0);
    start(receiver);
    let _ = sender.send(5); //~ blocking_channel_recv
}

async fn with_other_senders() {
    let (sender, receiver) = std::sync::mpsc::sync_channel(1);
    start(sender.clone(), receiver);
    let _ = sender.send(5); //~ blocking_channel_recv
}

async fn on_a_condition(wanted: bool) {
    let (sender, receiver) = std::sync::mpsc::sync_channel(4);
    if wanted {
        let _ = sender.send(5);
    }
    start(receiver);
}

async fn from_a_thread() {
    let (sender, receiver) = std::sync::mpsc::sync_channel(0);
    std::thread::spawn(move || sender.send(5));
    start(receiver);
}
