use tokio::sync::{broadcast, mpsc, oneshot, watch};

async fn no_receiver() -> mpsc::Sender<u8> {
    let (tx, _) = mpsc::channel(8); //~ channel_half_discarded
    tx
}

async fn no_sender() {
    let (_, mut stop) = oneshot::channel::<()>(); //~ channel_half_discarded
    serve_until(&mut stop).await;
}

fn synchronous() -> std::sync::mpsc::Sender<u8> {
    let (tx, ..) = std::sync::mpsc::channel(); //~ channel_half_discarded
    tx
}

fn unbounded() -> mpsc::UnboundedSender<u8> {
    let (sender, _) = tokio::sync::mpsc::unbounded_channel(); //~ channel_half_discarded
    sender
}

async fn kept() {
    let (tx, _rx) = mpsc::channel(8);
    tx.send(1).await.unwrap();
    let (_tx, rx) = oneshot::channel::<()>();
    rx.await.unwrap();
}

fn made_anew() -> broadcast::Sender<u8> {
    let (tx, _) = broadcast::channel(8);
    tx
}

fn a_value() -> watch::Receiver<u8> {
    let (_, rx) = watch::channel(8);
    rx
}

fn own_channel() {
    fn channel() -> (u8, u8) { (1, 2) }
    let (tx, _) = channel();
    drop(tx);
}

fn unknown_channel() {
    let (tx, _) = pool::channel();
    drop(tx);
}

#[test]
fn in_a_test() {
    let (tx, _) = mpsc::channel::<u8>(8);
    drop(tx);
}
