use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::time::{Duration, sleep};

struct App {
    store: Store,
}

impl App {
    async fn save(&self) {}

    async fn method(&self) {
        let _ = self.save(); //~ future_not_awaited
    }

    async fn field(&self) {
        let _ = self.store.write_back(); //? future_not_awaited
    }

    async fn done(&self) {
        self.save().await;
        let _ = self.store.write_back().await;
    }
}

async fn underscore() {
    let _ = save(); //~ future_not_awaited
}

async fn assigned() {
    _ = save(); //~ future_not_awaited
}

async fn dropped() {
    drop(save()); //~ future_not_awaited
}

async fn dropped_unknown(store: Store) {
    drop(store.flush()); //? future_not_awaited
}

async fn statement() {
    sleep(Duration::from_secs(1)); //~ future_not_awaited
}

async fn block() {
    async { save().await }; //~ future_not_awaited
}

async fn boxed() {
    let _ = save().boxed(); //~ future_not_awaited
}

async fn bounded(tx: mpsc::Sender<u32>) {
    let _ = tx.send(1); //~ future_not_awaited
}

async fn locked(m: &Mutex<u32>) {
    let _ = m.lock(); //~ future_not_awaited
}

fn synchronous() {
    let _ = save(); //~ future_not_awaited
}

async fn awaited() {
    let _ = save().await;
    _ = save().await;
    drop(save().await);
}

async fn spawned() {
    let _ = tokio::spawn(save());
    drop(tokio::spawn(save()));
}

async fn values(tx: std::sync::mpsc::Sender<u32>, items: &mut Vec<u32>) {
    let _ = items.pop_if_any().is_some();
    let _ = tx.send(1);
    let _ = items.remove(0);
    drop(std::mem::take(items));
}

async fn written(out: &mut String) {
    let _ = writeln!(out, "a");
}

async fn typed() {
    let _: Later = save();
}

async fn variable(handle: Handle) {
    let _ = handle;
    drop(handle);
}

async fn shadowed() {
    let save = || 1;
    let _ = save().to_string();
    save();
}

async fn joined() {
    tokio::join!(save(), save());
}

async fn returned() -> impl Future<Output = ()> {
    save()
}

fn in_a_task(store: Store, own: Own) {
    let mut rows = Vec::new();
    let mut next = None;
    tokio::spawn(async move {
        let _ = store.flush(); //? future_not_awaited
        drop(store.flush(RequestId::Number(7))); //? future_not_awaited
        let (sender, receiver) = own.channel();
        let _ = sender.send(()); //? future_not_awaited
        // What comes out may have any type that is told behind the block.
        let _ = rows.remove(0);
        let _ = next.replace(own.first().into());
        let _ = own.first().into();
        drop(receiver);
    });
}

async fn save() {}

#[cfg(feature = "wait")]
async fn drain() {}
#[cfg(not(feature = "wait"))]
fn drain() {}

#[maybe_async::maybe_async]
async fn either() {}

async fn under_a_feature() {
    #[cfg(not(feature = "wait"))]
    drain();
    either();
}

fn under_a_runtime() {
    #[tokio::main(flavor = "current_thread")] //~ tokio_main_on_helper
    async fn inner() {
        save().await;
    }
    inner();
}
