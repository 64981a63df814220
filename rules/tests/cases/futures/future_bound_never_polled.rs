async fn underscored() {
    let _saved = save(); //~ future_bound_never_polled
}

async fn plain() {
    let saved = save(); //~ future_bound_never_polled
    println!("done");
}

async fn block() {
    let _later = async { save().await }; //~ future_bound_never_polled
}

async fn unknown(store: Store) {
    let _flushed = store.flush(); //? future_bound_never_polled
}

async fn only_dropped() {
    let saved = save(); //~ future_bound_never_polled
    drop(saved);
}

async fn awaited() {
    let saved = save();
    saved.await;
}

async fn awaited_on_the_spot() {
    let _saved = save().await;
}

async fn pinned() {
    let saved = save();
    tokio::pin!(saved);
    saved.await;
}

async fn joined() {
    let (a, b) = (save(), save());
    tokio::join!(a, b);
}

async fn spawned() {
    let _task = tokio::spawn(save());
}

async fn pushed(tasks: &mut Vec<Task>) {
    let saved = save();
    tasks.push(Box::pin(saved));
}

async fn literal() {
    let _count = 3;
    let _name = String::from("a");
    let _items = vec![1];
}

async fn formatted() {
    let saved = save();
    later!(saved);
}

async fn save() {}

async fn pinned_by_the_block() {
    tokio::pin! {
        let first = save();
        let second = save();
    }
    (&mut first).await;
    (&mut second).await;
}
