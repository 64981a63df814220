struct State {
    journal: Arc<Journal>,
}

#[steadfast::checked]
async fn functions(order: &Order, mut news: Receiver<Item>) {
    loop {
        tokio::select! {
            done = save(order) => report(done), //? cancel_unsafe_call
            done = (other::save::<u8>(order)) => report(done), //? cancel_unsafe_call
            done = crate::orders::save(order).fuse() => report(done), //? cancel_unsafe_call
            item = news.recv() => show(item),
        }
    }
}

#[steadfast::checked]
async fn imported(order: &Order, mut news: Receiver<Item>) {
    use other::save as keep;
    loop {
        tokio::select! {
            done = keep(order) => report(done), //? cancel_unsafe_call
            item = news.recv() => show(item),
        }
    }
}

#[steadfast::checked]
async fn methods(state: &State, journal: Journal, mut news: Receiver<Item>) {
    loop {
        tokio::select! {
            done = state.journal.append("a") => report(done), //? cancel_unsafe_call
            done = journal.append("b") => report(done), //? cancel_unsafe_call
            item = news.recv() => show(item),
        }
    }
}

#[steadfast::checked]
async fn timeouts(state: &State, orders: &[Order]) {
    for order in orders {
        let _ = tokio::time::timeout(LIMIT, save(order)).await; //? cancel_unsafe_call
    }
    if timeout(LIMIT, state.journal.append("a")).await.is_err() { //? cancel_unsafe_call
        warn!("slow");
    }
    notify().await;
}

#[steadfast::checked]
async fn applied(state: &State, order: &Order) -> Result<(), Error> {
    steadfast::apply!(retry(on = any), timeout(attempt = 1s); save(order)).await?; //? cancel_unsafe_call
    steadfast::apply!(timeout(1s); state.journal.append("a")).await.ok(); //? cancel_unsafe_call
    notify().await
}

#[steadfast::checked]
async fn a_limited_name(orders: &[Order], mut news: Receiver<Item>) {
    loop {
        tokio::select! {
            done = store(&orders[0]) => report(done),
            done = orders.store() => report(done),
            item = news.recv() => show(item),
        }
    }
}

#[steadfast::checked]
async fn types(order: &Order, mut news: Receiver<Item>) {
    loop {
        tokio::select! {
            done = Store::save(order) => report(done),
            done = <Store as Save>::save(order) => report(done),
            item = news.recv() => show(item),
        }
    }
}

#[steadfast::checked]
async fn variables(save: impl Fn(u8) -> Wait, mut news: Receiver<Item>) {
    loop {
        tokio::select! {
            done = save(1) => report(done),
            item = news.recv() => show(item),
        }
    }
}

#[steadfast::checked]
async fn what_is_made_on_the_spot(mut news: Receiver<Item>) {
    loop {
        tokio::select! {
            done = journal().append("a") => report(done),
            item = news.recv() => show(item),
        }
    }
}

#[steadfast::checked]
async fn of_known_types(order: &Order, file: tokio::fs::File, mut news: Receiver<Item>) {
    loop {
        tokio::select! {
            done = file.append("a") => report(done),
            done = tokio::save(order) => report(done),
            item = news.recv() => show(item),
        }
    }
}

#[steadfast::checked]
async fn awaited(order: &Order) {
    save(order).await;
    tokio::time::timeout(LIMIT, save(order)).await??;
    tokio::time::timeout(LIMIT, async { save(order).await }).await.ok();
    notify().await;
}
