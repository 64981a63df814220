use tokio::sync::watch;

async fn receiver(rx: watch::Receiver<String>) {
    let config = rx.borrow(); //~ watch_ref_across_await
    load(&config).await;
}

async fn updated(mut rx: watch::Receiver<String>) {
    let config = rx.borrow_and_update(); //~ watch_ref_across_await
    load(&config).await;
}

async fn sender(tx: &watch::Sender<String>) {
    let config = tx.borrow(); //~ watch_ref_across_await
    load(&config).await;
}

async fn reference(rx: watch::Receiver<String>) {
    let config = &*rx.borrow(); //~ watch_ref_across_await
    load(config).await;
}

async fn unknown(rx: Config) {
    let config = rx.borrow(); //? watch_ref_across_await refcell_borrow_across_await
    load(&config).await;
}

async fn cloned(rx: watch::Receiver<String>) {
    let config = rx.borrow().clone();
    load(&config).await;
}

async fn in_a_block(rx: watch::Receiver<String>) {
    let length = {
        let config = rx.borrow();
        config.len()
    };
    wait(length).await;
}

async fn changed(mut rx: watch::Receiver<bool>) {
    while !*rx.borrow() {
        rx.changed().await.unwrap();
    }
}

async fn compared(mut rx: watch::Receiver<u32>) {
    let value = *rx.borrow_and_update();
    wait(value as usize).await;
}

async fn looked_at(rx: watch::Receiver<Option<String>>) {
    let is_some = rx.borrow().is_some();
    wait(is_some as usize).await;
}

async fn load(_: &str) {}
async fn wait(_: usize) {}
