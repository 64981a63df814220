use std::pin::pin;
use tokio::select;
use tokio::sync::mpsc::Receiver;
use tokio::time::{timeout, timeout as within};

/// Takes an order off the book, and stores it.
#[steadfast::cancel_unsafe]
async fn transfer(order: &Order) -> Result<(), Error> {
    take(order).await?;
    store(order).await
}

/// Only looks.
async fn peek(order: &Order) -> Result<(), Error> {
    look(order).await
}

mod ledger {
    #[cancel_unsafe]
    pub fn post(entry: Entry) -> impl Future<Output = ()> {
        async move { write(entry).await }
    }

    #[cancel_unsafe(local)]
    pub async fn close() {}
}

async fn beside_news(order: &Order, mut news: Receiver<Item>) {
    loop {
        select! {
            done = transfer(order) => return report(done), //~ cancel_unsafe_call
            item = news.recv() => show(item),
        }
    }
}

async fn with_ticks(entries: Vec<Entry>, mut ticks: tokio::time::Interval) {
    for entry in entries {
        tokio::select! {
            _ = ticks.tick() => continue,
            () = ledger::post(entry) => {} //~ cancel_unsafe_call
        }
    }
}

async fn guarded(order: &Order, mut news: Receiver<Item>) {
    let mut done = false;
    while let Some(next) = news.recv().await {
        futures::select! {
            result = (transfer(order)).fuse(), if !done => done = result.is_ok(), //~ cancel_unsafe_call
            item = news.recv() => show(item),
        }
    }
}

async fn shortened(order: &Order, mut news: Receiver<Item>) {
    loop {
        select! {
            result = timeout(LIMIT, transfer(order)) => return report(result), //~ cancel_unsafe_call
            item = news.recv() => show(item),
        }
    }
}

struct Journal {
    file: File,
}

impl Journal {
    #[steadfast::cancel_unsafe]
    async fn append(&mut self, line: &str) -> io::Result<()> {
        self.file.write_all(line.as_bytes()).await?;
        self.file.sync_all().await
    }

    async fn len(&self) -> u64 {
        self.file.metadata().await.len()
    }

    async fn run(&mut self, mut lines: Receiver<String>, stop: CancellationToken) {
        let mut line = String::new();
        loop {
            select! {
                written = self.append(&line) => log(written), //~ cancel_unsafe_call
                next = lines.recv() => line = next.unwrap_or_default(),
                () = stop.cancelled() => return,
            }
        }
    }

    async fn by_its_path(&mut self, mut lines: Receiver<String>) {
        loop {
            select! {
                written = Self::append(self, "") => log(written), //~ cancel_unsafe_call
                next = lines.recv() => drop(next),
            }
        }
    }

    async fn until_stopped(&mut self, line: &str, stop: CancellationToken) {
        loop {
            select! {
                written = self.append(line) => log(written),
                () = stop.cancelled() => break,
            }
        }
    }

    async fn with_a_limit(&mut self, lines: &[String]) {
        for line in lines {
            if timeout(LIMIT, self.append(line)).await.is_err() { //~ cancel_unsafe_call
                tracing::warn!("slow");
            }
        }
    }

    async fn reopened(&mut self, mut lines: Receiver<String>) {
        while let Some(line) = lines.recv().await {
            match timeout(LIMIT, self.append(&line)).await {
                Ok(written) => log(written),
                Err(_) => *self = Journal::open().await,
            }
        }
    }

    async fn of_another(&mut self, other: &mut Other, mut lines: Receiver<String>) {
        loop {
            select! {
                written = other.append("") => log(written),
                length = self.len() => show(length),
                next = lines.recv() => drop(next),
            }
        }
    }
}

async fn late_and_on(order: &Order) -> Result<(), Error> {
    match tokio::time::timeout(LIMIT, transfer(order)).await { //~ cancel_unsafe_call
        Ok(done) => done?,
        Err(_) => tracing::warn!("the transfer took too long"),
    }
    notify(order).await
}

async fn thrown_away(orders: &[Order]) {
    for order in orders {
        let _ = within(LIMIT, transfer(order)).await; //~ cancel_unsafe_call
    }
}

async fn made_nothing_of(order: &Order, entry: Entry) {
    if order.is_open() {
        timeout(LIMIT, ledger::post(entry)).await.ok(); //~ cancel_unsafe_call
    }
    notify(order).await;
}

async fn until_then(order: &Order) {
    tokio::time::timeout_at(deadline(), transfer(order)).await; //~ cancel_unsafe_call
    metrics::count("transfers");
    notify(order).await;
}

async fn only_if_in_time(order: &Order) {
    if let Ok(Ok(())) = timeout(LIMIT, transfer(order)).await { //~ cancel_unsafe_call
        show(order);
    }
    ledger::close().await;
}

async fn applied(orders: &[Order]) {
    for order in orders {
        if let Err(error) = steadfast::apply!(timeout(2s); transfer(order)).await { //~ cancel_unsafe_call
            tracing::warn!(%error, "goes on");
        }
    }
}

async fn tried_again(order: &Order) -> Result<(), Error> {
    apply!(retry(on = any), timeout(attempt = 1s, total = 5s); transfer(order)).await //~ cancel_unsafe_call
}

// From here on nothing is to be said.

async fn applied_and_handed_on(order: &Order) -> Result<(), Error> {
    steadfast::apply!(timeout(2s); transfer(order)).await?;
    steadfast::apply!(retry(on = any), timeout(total = 5s); transfer(order)).await?;
    notify(order).await
}

async fn applied_and_looked_at(orders: &[Order]) -> Result<(), Error> {
    for order in orders {
        match steadfast::apply!(timeout(2s); transfer(order)).await {
            Ok(()) => {}
            Err(Error::Closed) => continue,
            Err(error) if error.is_harmless() => continue,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn shielded_or_without_a_limit(order: &'static Order) {
    apply!(timeout(2s), shield; transfer(order)).await.ok();
    apply!(bounded(8), retry(on = any); transfer(order)).await.ok();
    notify(order).await;
}

async fn polled_on(order: &Order, mut news: Receiver<Item>) {
    let mut future = pin!(transfer(order));
    loop {
        select! {
            done = &mut future => return report(done),
            done = future.as_mut() => return report(done),
            item = news.recv() => show(item),
        }
    }
}

async fn spawned(order: Order, mut news: Receiver<Item>) {
    let mut task = tokio::spawn(async move { transfer(&order).await });
    loop {
        select! {
            done = &mut task => return report(done),
            item = news.recv() => show(item),
        }
    }
}

async fn unmarked(order: &Order, mut news: Receiver<Item>) {
    loop {
        select! {
            done = peek(order) => return report(done),
            item = news.recv() => show(item),
        }
    }
}

async fn until_shutdown(order: &Order, mut shutdown: Receiver<()>) {
    loop {
        select! {
            done = transfer(order) => report(done),
            _ = shutdown.recv() => return,
            _ = tokio::signal::ctrl_c() => break,
        }
    }
}

async fn without_a_loop(order: &Order, mut news: Receiver<Item>) {
    select! {
        done = transfer(order) => report(done),
        item = news.recv() => show(item),
    }
    notify(order).await;
}

async fn in_a_handler(orders: &[Order], mut news: Receiver<Item>) {
    loop {
        select! {
            item = news.recv() => report(transfer(item).await),
            () = wait() => {
                transfer(&orders[0]).await.ok();
            }
        }
    }
}

async fn inside_of_a_block(order: &Order, mut news: Receiver<Item>) {
    loop {
        select! {
            () = async { transfer(order).await.unwrap(); sleep().await } => return,
            item = news.recv() => show(item),
        }
    }
}

async fn shadowed(transfer: impl Fn(u8) -> Wait, mut news: Receiver<Item>) {
    loop {
        select! {
            done = transfer(1) => return report(done),
            item = news.recv() => show(item),
        }
    }
}

async fn joined(order: &Order, other: &Order) {
    loop {
        tokio::join!(transfer(order), transfer(other));
    }
}

async fn handed_on(order: &Order) -> Result<(), Error> {
    timeout(LIMIT, transfer(order)).await??;
    notify(order).await
}

async fn an_error_of_its_own(order: &Order) -> Result<(), Error> {
    match timeout(LIMIT, transfer(order)).await {
        Ok(done) => done?,
        Err(_) => return Err(Error::Slow),
    }
    notify(order).await
}

async fn the_value_of_the_function(order: &Order) -> Result<(), Error> {
    match timeout(LIMIT, transfer(order)).await {
        Ok(done) => done,
        Err(_) => Err(Error::Slow),
    }
}

async fn a_panic(order: &Order) {
    timeout(LIMIT, transfer(order)).await.expect("in time").unwrap();
    notify(order).await;
}

async fn at_the_end(order: &Order) -> Result<(), Error> {
    ledger::close().await;
    let _ = timeout(GRACE, transfer(order)).await;
    tracing::info!("closed");
    Ok(())
}

async fn remembered(order: &Order) -> Result<(), Error> {
    let mut late = false;
    if timeout(LIMIT, transfer(order)).await.is_err() {
        late = true;
    }
    if late {
        return Err(Error::Slow);
    }
    notify(order).await
}

async fn asked_later(order: &Order) -> Result<(), Error> {
    let done = timeout(LIMIT, transfer(order)).await;
    done??;
    notify(order).await
}

async fn made_to_a_value(order: &Order) -> bool {
    let is_late = match timeout(LIMIT, transfer(order)).await {
        Ok(_) => false,
        Err(_) => true,
    };
    if is_late { undo(order).await } else { true }
}

async fn left_in_between(order: &Order) -> Result<(), Error> {
    if timeout(LIMIT, transfer(order)).await.is_err() {
        tracing::warn!("slow");
    }
    if order.is_open() {
        return Err(Error::Open);
    }
    notify(order).await
}

async fn in_time_or_left(orders: &[Order]) {
    for order in orders {
        let Ok(_) = timeout(LIMIT, transfer(order)).await else { break };
    }
}

async fn a_reference(order: &Order) {
    let mut future = pin!(transfer(order));
    if timeout(LIMIT, &mut future).await.is_err() {
        tracing::warn!("slow");
        future.await.unwrap();
    }
    notify(order).await;
}

async fn another_timeout(order: &Order) {
    timeout(order, transfer(order)).await.ok();
    notify(order).await;

    fn timeout(order: &Order, of: impl Future) -> Wait {
        Wait::new(order, of)
    }
}

fn awaited_elsewhere(order: &Order) -> impl Future {
    timeout(LIMIT, transfer(order))
}

#[tokio::test]
async fn a_test() {
    loop {
        select! {
            done = transfer(&order()) => report(done),
            item = news().recv() => show(item),
        }
    }
}
