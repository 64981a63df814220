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

struct Session {
    tx: mpsc::Sender<u8>,
}

impl Session {
    /// The receiver of the old one gets its end.
    fn end(&mut self) {
        let (tx, _) = mpsc::channel(1);
        self.tx = tx;
    }

    fn begin() -> Self {
        let (tx, _) = mpsc::channel(1); //~ channel_half_discarded
        Self { tx }
    }
}

fn named_for_what_it_is() -> mpsc::Sender<u8> {
    let (closed_tx, _) = mpsc::channel(1);
    closed_tx
}

fn dropped_on_purpose() -> mpsc::Sender<u8> {
    let (tx, rx) = mpsc::channel(1);
    drop(rx);
    tx
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
